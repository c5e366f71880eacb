"""Resources: shared among the members of a territory, kept by their structure."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy
from ancrage.kit.imports.scopes import imports_for
from ancrage.partners.enums import MemberRole
from ancrage.partners.models import Partner
from ancrage.partners.permissions import partners_of
from ancrage.resources.enums import ResourceStatus
from ancrage.territory.permissions import coordinated_by


def own(user: Any) -> Q:
    """The resources of the structures the user recruits for."""
    return Q(partner__in=partners_of(user).values("pk"))


def own_welcome(user: Any) -> Q:
    """The resources of the welcome bodies the user acts for."""
    return Q(partner__in=partners_of(user, role=MemberRole.WELCOME_PARTNER).values("pk"))


def shared(user: Any) -> Q:
    """What the neighbours share today, besides one's own."""
    return own(user) | Q(
        status=ResourceStatus.PUBLISHED,
        partner__territory__in=partners_of(user).values("territory"),
    )


def in_territory(user: Any) -> Q:
    """Every resource of the territories the user coordinates."""
    return Q(partner__territory__in=coordinated_by(user).values("pk"))


def own_imports(user: Any) -> Q:
    """The imports of resources of the structures the user recruits for."""
    return imports_for("resources", "partner", partners_of(user))


def own_welcome_imports(user: Any) -> Q:
    """The imports of resources of the welcome bodies the user acts for."""
    bodies = partners_of(user, role=MemberRole.WELCOME_PARTNER)
    return imports_for("resources", "partner", bodies)


def imports_in_territory(user: Any) -> Q:
    """The imports of resources of the structures of the territories the user coordinates."""
    partners = Partner.objects.filter(territory__in=coordinated_by(user).values("pk"))
    return imports_for("resources", "partner", partners)


_KEEPERS = {
    Role.EMPLOYER: own,
    Role.WELCOME_PARTNER: own_welcome,
    Role.COORDINATOR: in_territory,
}

Policy(
    "resources",
    {
        "view": {
            Role.EMPLOYER: shared,
            Role.WELCOME_PARTNER: own_welcome,
            Role.COORDINATOR: in_territory,
        },
        # Reading what the neighbours share: welcome bodies keep to their own.
        "browse": {Role.EMPLOYER: shared, Role.COORDINATOR: in_territory},
        "create": _KEEPERS,
        "edit": _KEEPERS,
        "publish": _KEEPERS,
        "close": _KEEPERS,
        "confirm": _KEEPERS,
        "import": _KEEPERS,
        "export": _KEEPERS,
    },
)
Policy(
    "imports",
    {
        "use": {
            Role.EMPLOYER: own_imports,
            Role.WELCOME_PARTNER: own_welcome_imports,
            Role.COORDINATOR: imports_in_territory,
        },
    },
    joint=True,
)
