"""Aid schemes: everybody reads them; coordinators and administrators keep them. Requests for
aids: one's own, those of one's structures, those of the people whom the coordination follows."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything
from ancrage.partners.permissions import partners_of
from ancrage.privacy.models import DataSubject
from ancrage.territory.permissions import coordinated_by, coordinated_scopes


def followed_people(user: Any) -> Q:
    """The people of the territories the user coordinates, but those who asked to be left alone."""
    return Q(
        home__in=coordinated_scopes(user), limited_at__isnull=True, anonymised_at__isnull=True
    )


def oneself(user: Any) -> Q:
    """The reader's own standing."""
    return Q(user=user.pk, limited_at__isnull=True)


def own_requests(user: Any) -> Q:
    """The requests of the reader for themselves."""
    return Q(subject__user=user.pk, subject__limited_at__isnull=True)


def requests_of_own_structures(user: Any) -> Q:
    """The requests of the structures the user recruits for, never those of people."""
    return Q(partner__in=partners_of(user).values("pk"))


def followed_requests(user: Any) -> Q:
    """The requests of the territories the user coordinates, but those of people who asked to be
    left alone."""
    people = DataSubject.objects.filter(followed_people(user))
    return Q(territory__in=coordinated_by(user).values("pk")) & (
        Q(partner__isnull=False) | Q(subject__in=people.values("pk"))
    )


def own_structures(user: Any) -> Q:
    """The structures the user recruits for."""
    return Q(pk__in=partners_of(user).values("pk"))


def structures_in_territory(user: Any) -> Q:
    """The structures of the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"), left_at__isnull=True)


def zoning_imports(user: Any) -> Q:
    """The imports of zonings: those of the platform, like the zonings."""
    return Q(kind="zonings")


Policy(
    "zonings",
    {
        "view": {Role.VISITOR: everything},
        "import": {Role.COORDINATOR: everything, Role.ADMIN: everything},
    },
)
Policy(
    "imports",
    {"use": {Role.COORDINATOR: zoning_imports, Role.ADMIN: zoning_imports}},
    joint=True,
)

_REQUESTS = {
    Role.CANDIDATE: own_requests,
    Role.EMPLOYER: requests_of_own_structures,
    Role.COORDINATOR: followed_requests,
}

Policy(
    "schemes",
    {
        "view": {Role.VISITOR: everything},
        # National and regional facts, alike for all territories: any coordinator mends them.
        "edit": {Role.COORDINATOR: everything, Role.ADMIN: everything},
    },
)
Policy(
    "aid_requests",
    {
        # For whom one may ask: the rows are people, then structures.
        "ask": {Role.CANDIDATE: oneself, Role.COORDINATOR: followed_people},
        "ask_for_structure": {
            Role.EMPLOYER: own_structures,
            Role.COORDINATOR: structures_in_territory,
        },
        "view": _REQUESTS,
        "keep": _REQUESTS,
        "list": {Role.COORDINATOR: followed_requests},
        "list_structure": {Role.EMPLOYER: requests_of_own_structures},
        "read_own": {Role.CANDIDATE: own_requests},
        "export": {Role.COORDINATOR: followed_requests},
    },
)
