"""Needs and campaigns: nothing else decides who sees or changes them."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy
from ancrage.kit.imports.scopes import imports_for
from ancrage.needs.enums import Audience, CampaignStatus, NeedStatus
from ancrage.partners.models import Partner
from ancrage.partners.permissions import partners_of
from ancrage.territory.permissions import coordinated_by, watched_by


def public_offers(user: Any) -> Q:
    """What anybody reads: published, meant for the public, by a structure still a member."""
    return Q(
        status=NeedStatus.PUBLISHED,
        audience=Audience.PUBLIC,
        partner__left_at__isnull=True,
    )


def own(user: Any) -> Q:
    """The needs of the structures the user recruits for."""
    return Q(partner__in=partners_of(user).values("pk"))


def of_neighbours(user: Any) -> Q:
    """The published needs of the user's territories, those for members only included."""
    return Q(
        status=NeedStatus.PUBLISHED,
        partner__left_at__isnull=True,
        partner__territory__in=partners_of(user).values("territory"),
    )


def own_or_shared(user: Any) -> Q:
    """One's own needs, and those that neighbours publish."""
    return own(user) | of_neighbours(user)


def watched(user: Any) -> Q:
    """The published needs of the territories an institution watches."""
    return Q(
        status=NeedStatus.PUBLISHED,
        partner__left_at__isnull=True,
        partner__territory__in=watched_by(user).values("pk"),
    )


def open_in_territory(user: Any) -> Q:
    """The published needs of the territories the user coordinates."""
    return in_territory(user) & Q(status=NeedStatus.PUBLISHED, partner__left_at__isnull=True)


def in_territory(user: Any) -> Q:
    """Every need of the territories the user coordinates."""
    return Q(partner__territory__in=coordinated_by(user).values("pk"))


def own_answers(user: Any) -> Q:
    """The answers of the user's structures to campaigns that were opened."""
    return own(user) & ~Q(campaign__status=CampaignStatus.DRAFT)


def answers_in_territory(user: Any) -> Q:
    """Every answer to the campaigns of the user's territories."""
    return Q(campaign__territory__in=coordinated_by(user).values("pk"))


def campaigns_in_territory(user: Any) -> Q:
    """The campaigns of the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"))


def campaigns_to_answer(user: Any) -> Q:
    """The campaigns, once opened, of the territories of the user's structures."""
    return Q(territory__in=partners_of(user).values("territory")) & ~Q(status=CampaignStatus.DRAFT)


def campaigns_watched(user: Any) -> Q:
    """The closed campaigns of the territories an institution watches: aggregates only."""
    return Q(territory__in=watched_by(user).values("pk"), status=CampaignStatus.CLOSED)


def own_imports(user: Any) -> Q:
    """The imports of needs of the structures the user recruits for."""
    return imports_for("needs", "partner", partners_of(user))


def imports_in_territory(user: Any) -> Q:
    """The imports of needs of the structures of the territories the user coordinates."""
    partners = Partner.objects.filter(territory__in=coordinated_by(user).values("pk"))
    return imports_for("needs", "partner", partners)


Policy(
    "imports",
    # A file on its way in, its report, its columns: each kind of import says whose it is.
    {"use": {Role.EMPLOYER: own_imports, Role.COORDINATOR: imports_in_territory}},
    joint=True,
)
Policy(
    "offers",
    {"view": {Role.VISITOR: public_offers}},
)
Policy(
    "needs",
    {
        # The whole sheet of a need, inside the platform.
        "view": {
            Role.EMPLOYER: own_or_shared,
            Role.COORDINATOR: in_territory,
            Role.INSTITUTION: watched,
        },
        # One's own board: to edit, to keep fresh, to import.
        "list_own": {Role.EMPLOYER: own, Role.COORDINATOR: in_territory},
        "create": {Role.EMPLOYER: own, Role.COORDINATOR: in_territory},
        "edit": {Role.EMPLOYER: own, Role.COORDINATOR: in_territory},
        "publish": {Role.EMPLOYER: own, Role.COORDINATOR: in_territory},
        "close": {Role.EMPLOYER: own, Role.COORDINATOR: in_territory},
        "confirm": {Role.EMPLOYER: own, Role.COORDINATOR: in_territory},
        "import": {Role.EMPLOYER: own, Role.COORDINATOR: in_territory},
        "export": {Role.EMPLOYER: own, Role.COORDINATOR: in_territory},
        # « Où, quand, quels métiers ? » counts what its reader may open, and nothing else.
        "overview": {
            Role.VISITOR: public_offers,
            Role.EMPLOYER: of_neighbours,
            Role.COORDINATOR: open_in_territory,
            Role.INSTITUTION: watched,
        },
    },
)
Policy(
    "campaigns",
    {
        "view": {
            Role.EMPLOYER: campaigns_to_answer,
            Role.COORDINATOR: campaigns_in_territory,
            Role.INSTITUTION: campaigns_watched,
        },
        "run": {Role.COORDINATOR: campaigns_in_territory},
        "results": {
            Role.COORDINATOR: campaigns_in_territory,
            Role.INSTITUTION: campaigns_watched,
        },
    },
)
Policy(
    "answers",
    {
        "view": {Role.EMPLOYER: own_answers, Role.COORDINATOR: answers_in_territory},
        "fill": {Role.EMPLOYER: own_answers, Role.COORDINATOR: answers_in_territory},
    },
)
