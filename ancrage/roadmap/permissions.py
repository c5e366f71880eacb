"""The roadmap: the coordination keeps it, members and institutions read it.

A structure follows the actions that it leads; what it counts on the safety of its carers is
read by nobody else.
"""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything
from ancrage.partners.permissions import partners_of
from ancrage.roadmap.enums import RoadmapStatus
from ancrage.roadmap.models import ReportEdition, Roadmap
from ancrage.territory.permissions import coordinated, coordinated_by, watched, watched_by


def kept(user: Any) -> Q:
    """The roadmaps of the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"))


def of_own_territory(user: Any) -> Q:
    """The roadmaps, once opened, of the territories of the user's own structures."""
    return Q(territory__in=partners_of(user).values("territory")) & ~Q(status=RoadmapStatus.DRAFT)


def where_watched(user: Any) -> Q:
    """The roadmaps, once opened, of the territories the user watches."""
    return Q(territory__in=watched_by(user).values("pk")) & ~Q(status=RoadmapStatus.DRAFT)


def _on_roadmap(path: str, scope: Any, words: str) -> Any:
    def rows(user: Any) -> Q:
        found = Roadmap.objects.filter(scope(user)).order_by()
        return Q(**{f"{path}__in": found.values("pk"), "removed_at__isnull": True})

    rows.__doc__ = words
    return rows


def own_action(user: Any) -> Q:
    """The actions led by the user's own structures, in a roadmap under way."""
    return Q(
        owner__in=partners_of(user).values("pk"),
        axis__roadmap__status=RoadmapStatus.ACTIVE,
        removed_at__isnull=True,
    )


def of_own_action(user: Any) -> Q:
    """The indicators of the actions led by the user's own structures, in a roadmap under way."""
    return Q(
        action__owner__in=partners_of(user).values("pk"),
        axis__roadmap__status=RoadmapStatus.ACTIVE,
        removed_at__isnull=True,
    )


def own_territory(user: Any) -> Q:
    """The territories of the user's own structures."""
    return Q(pk__in=partners_of(user).values("territory"))


def own_structures(user: Any) -> Q:
    """The structures the user recruits for."""
    return Q(pk__in=partners_of(user).values("pk"))


def structures_kept(user: Any) -> Q:
    """The structures of the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"))


def practices_near(user: Any) -> Q:
    """The practices shared in the territories of the user's own structures."""
    return Q(partner__territory__in=partners_of(user).values("territory"), removed_at__isnull=True)


def practices_kept(user: Any) -> Q:
    """The practices shared in the territories the user coordinates."""
    return Q(partner__territory__in=coordinated_by(user).values("pk"), removed_at__isnull=True)


def practices_watched(user: Any) -> Q:
    """The practices shared in the territories the user watches."""
    return Q(partner__territory__in=watched_by(user).values("pk"), removed_at__isnull=True)


def own_practices(user: Any) -> Q:
    """The practices that the user's own structures shared."""
    return Q(partner__in=partners_of(user).values("pk"), removed_at__isnull=True)


def _readers(path: str, rows: str) -> dict[Role, Any]:
    return {
        Role.EMPLOYER: _on_roadmap(
            path, of_own_territory, f"{rows} of the opened roadmaps of one's own territories."
        ),
        Role.INSTITUTION: _on_roadmap(
            path, where_watched, f"{rows} of the opened roadmaps of the territories watched."
        ),
        **_keepers(path, rows),
    }


def _keepers(path: str, rows: str) -> dict[Role, Any]:
    return {
        Role.COORDINATOR: _on_roadmap(
            path, kept, f"{rows} of the roadmaps of the territories coordinated."
        ),
        Role.ADMIN: _on_roadmap(path, everything, f"{rows} of every roadmap."),
    }


_KEPT = {Role.COORDINATOR: kept, Role.ADMIN: everything}

Policy(
    "roadmap",
    {
        "view": {
            Role.EMPLOYER: of_own_territory,
            Role.INSTITUTION: where_watched,
            **_KEPT,
        },
        "edit": _KEPT,
        # The rows are territories.
        "create": {Role.COORDINATOR: coordinated, Role.ADMIN: everything},
    },
)
Policy("roadmap_axes", {"edit": _keepers("roadmap", "The axes")})
Policy(
    "roadmap_actions",
    {
        "view": _readers("axis__roadmap", "The actions"),
        "edit": _keepers("axis__roadmap", "The actions"),
        # Its state, its milestones, its documents.
        "follow": {Role.EMPLOYER: own_action, **_keepers("axis__roadmap", "The actions")},
    },
)
Policy(
    "roadmap_indicators",
    {
        "view": _readers("axis__roadmap", "The indicators"),
        "edit": _keepers("axis__roadmap", "The indicators"),
        "fill": {Role.EMPLOYER: of_own_action, **_keepers("axis__roadmap", "The indicators")},
    },
)
Policy(
    "safety",
    {
        # The figures of a territory, small ones hidden; the rows are territories.
        "view": {
            Role.EMPLOYER: own_territory,
            Role.COORDINATOR: coordinated,
            Role.INSTITUTION: watched,
            Role.ADMIN: everything,
        },
        "close": {Role.COORDINATOR: coordinated},
        # Answering, and reading what one answered; the rows are structures.
        "report": {Role.EMPLOYER: own_structures},
    },
)
Policy(
    "practices",
    {
        "view": {
            Role.EMPLOYER: practices_near,
            Role.COORDINATOR: practices_kept,
            Role.INSTITUTION: practices_watched,
            Role.ADMIN: everything,
        },
        "edit": {Role.EMPLOYER: own_practices, Role.COORDINATOR: practices_kept},
        # Taking a removal back; the rows are structures.
        "restore": {Role.EMPLOYER: own_structures, Role.COORDINATOR: structures_kept},
    },
)


def published_near(user: Any) -> Q:
    """The reports that were published in the territories of the user's own structures."""
    return Q(territory__in=partners_of(user).values("territory")) & _published()


def published_watched(user: Any) -> Q:
    """The reports that were published in the territories the user watches."""
    return Q(territory__in=watched_by(user).values("pk")) & _published()


def _published() -> Q:
    # A subquery, never a join: a report has several versions.
    return Q(pk__in=ReportEdition.objects.order_by().values("report"))


Policy(
    "reports",
    {
        "view": {
            Role.EMPLOYER: published_near,
            Role.INSTITUTION: published_watched,
            **_KEPT,
        },
        # Drafts, comments, publication.
        "edit": _KEPT,
        # The rows are territories.
        "create": {Role.COORDINATOR: coordinated, Role.ADMIN: everything},
    },
)
# Which figures everybody reads; the rows are territories.
Policy("public_figures", {"open": {Role.COORDINATOR: coordinated, Role.ADMIN: everything}})
