"""What a person is here: member of structures, in office in territories, administrator."""

from collections.abc import Sequence
from dataclasses import dataclass

from ancrage.accounts.models import User
from ancrage.partners.models import Membership
from ancrage.territory.models import TerritoryRole


@dataclass(frozen=True)
class Standing:
    """The rights of an account, each with the row that gives it."""

    memberships: Sequence[Membership]
    offices: Sequence[TerritoryRole]
    is_administrator: bool

    @property
    def is_empty(self) -> bool:
        """Say whether the account opens no more than its owner's own pages."""
        return not (self.memberships or self.offices or self.is_administrator)


def standing_of(user: User) -> Standing:
    """Return the rights that `user` holds today, in the order they were given."""
    return Standing(
        memberships=list(
            Membership.objects.filter(user=user, ended_at__isnull=True)
            .select_related("partner", "partner__territory")
            .order_by("since", "pk")
        ),
        offices=list(
            TerritoryRole.objects.filter(user=user, ended_at__isnull=True)
            .select_related("territory")
            .order_by("since", "pk")
        ),
        is_administrator=user.is_platform_admin,
    )
