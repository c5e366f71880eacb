"""Every account with what it opens, for administrators."""

from collections.abc import Callable, Iterator, Mapping

from django.db.models import Model, Prefetch, Q, QuerySet

from ancrage.accounts.enums import AccountState, Role
from ancrage.accounts.models import User
from ancrage.partners.enums import MemberRole
from ancrage.partners.models import Membership
from ancrage.territory.enums import Office
from ancrage.territory.models import TerritoryRole


def _among(rows: QuerySet[Model]) -> Q:
    return Q(pk__in=rows.filter(ended_at__isnull=True).values("user"))


# What each answer of the filter selects. Everybody is a professional: that one says « no other ».
_WITH_ROLE: Mapping[str, Callable[[], Q]] = {
    Role.ADMIN: lambda: Q(is_platform_admin=True),
    Role.COORDINATOR: lambda: _among(TerritoryRole.objects.filter(office=Office.COORDINATOR)),
    Role.INSTITUTION: lambda: _among(TerritoryRole.objects.filter(office=Office.INSTITUTION)),
    Role.EMPLOYER: lambda: _among(Membership.objects.filter(role=MemberRole.EMPLOYER)),
    Role.WELCOME_PARTNER: lambda: _among(
        Membership.objects.filter(role=MemberRole.WELCOME_PARTNER)
    ),
    Role.CANDIDATE: lambda: (
        ~(
            Q(is_platform_admin=True)
            | _among(TerritoryRole.objects.all())
            | _among(Membership.objects.all())
        )
    ),
}
ROLES_ASKED = tuple(Role(role) for role in _WITH_ROLE)


def with_role(accounts: QuerySet[User], role: str) -> QuerySet[User]:
    """Return those of `accounts` that hold `role` today; an empty role asks for all."""
    return accounts.filter(_WITH_ROLE[role]()) if role else accounts


def with_standing(accounts: QuerySet[User]) -> QuerySet[User]:
    """Read with each account the structures and territories it acts for today."""
    return accounts.prefetch_related(
        Prefetch(
            "memberships",
            Membership.objects.filter(ended_at__isnull=True)
            .select_related("partner")
            .order_by("since", "pk"),
            to_attr="memberships_today",
        ),
        Prefetch(
            "territory_roles",
            TerritoryRole.objects.filter(ended_at__isnull=True)
            .select_related("territory")
            .order_by("since", "pk"),
            to_attr="offices_today",
        ),
    )


def state_of(account: User) -> AccountState:
    """Return what has become of an account."""
    if account.erased_at is not None:
        return AccountState.ERASED
    return AccountState.OPEN if account.is_active else AccountState.CLOSED


def roles_in_words(account: User) -> Iterator[str]:
    """Say each right of an account read by `with_standing`, as the list and its file show it."""
    if account.is_platform_admin:
        yield str(Role.ADMIN.label)
    for office in account.offices_today:  # type: ignore[attr-defined]
        yield f"{office.get_office_display()} · {office.territory.short_name}"
    for membership in account.memberships_today:  # type: ignore[attr-defined]
        yield f"{membership.get_role_display()} · {membership.partner.name}"
