"""Structures: what members, coordination and institutions may see and do."""

from typing import Any

from django.db.models import Q, QuerySet

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy, everything, role_source
from ancrage.kit.imports.scopes import imports_for
from ancrage.partners.enums import MemberRole
from ancrage.partners.models import Membership, Partner
from ancrage.privacy.scopes import scope_source
from ancrage.territory.permissions import coordinated_by, watched_by


@role_source
def member_roles(user: Any) -> QuerySet[Membership, str]:
    """The roles given by the structures the user is a member of today."""
    return _current(user).values_list("role", flat=True)


def partners_of(user: Any, *, role: MemberRole = MemberRole.EMPLOYER) -> QuerySet[Partner]:
    """The structures the user acts for in that role: the subquery of every member's scope."""
    return Partner.objects.filter(
        pk__in=_current(user).filter(role=role).values("partner"), left_at__isnull=True
    )


def pools_of(user: Any) -> list[int]:
    """The keys of the territories whose pool of cards the structures of the user consult."""
    held = partners_of(user).order_by("territory").values_list("territory", flat=True)
    return sorted(set(held))


def workplaces_of(user: Any) -> QuerySet[Partner]:
    """The structures the user belongs to, in whatever role: whose employees they may know."""
    return workplaces_of_account(user.pk)


def workplaces_of_account(user_pk: int | None) -> QuerySet[Partner]:
    """The structures that the account of that key belongs to, in whatever role."""
    held = Membership.objects.filter(user=user_pk, ended_at__isnull=True)
    return Partner.objects.filter(pk__in=held.values("partner"))


@scope_source
def recruiting_scopes(user: Any) -> set[str]:
    """The structures the user recruits for, as the journal writes them."""
    return {f"partner:{pk}" for pk in partners_of(user).values_list("pk", flat=True)}


def managed_by(user: Any) -> QuerySet[Partner]:
    """The structures whose sheet and members the user manages."""
    return Partner.objects.filter(
        pk__in=_current(user).filter(is_manager=True).values("partner"), left_at__isnull=True
    )


def signed_for_by(user: Any) -> QuerySet[Partner]:
    """The structures the user may bind by a signature."""
    return Partner.objects.filter(
        pk__in=_current(user).filter(may_sign=True).values("partner"), left_at__isnull=True
    )


def _current(user: Any) -> QuerySet[Membership]:
    return Membership.objects.filter(user=user.pk, ended_at__isnull=True)


def of_partners(partners: QuerySet[Partner], *, field: str = "pk") -> Q:
    """The rows whose `field` points to one of `partners`."""
    return Q(**{f"{field}__in": partners.values("pk")})


def _own(user: Any) -> Q:
    """The structures the user recruits for."""
    return of_partners(partners_of(user))


def _own_welcome(user: Any) -> Q:
    """The welcome bodies the user acts for."""
    return of_partners(partners_of(user, role=MemberRole.WELCOME_PARTNER))


def _managed(user: Any) -> Q:
    """The structures whose sheet and members the user manages."""
    return of_partners(managed_by(user))


def _signable(user: Any) -> Q:
    """The structures the user may bind by a signature."""
    return of_partners(signed_for_by(user))


def _neighbours(user: Any) -> Q:
    """Members of the territories where the user's own structures are."""
    return Q(territory__in=partners_of(user).values("territory"), left_at__isnull=True)


def _in_territory(user: Any) -> Q:
    """Those of the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"))


def _watched(user: Any) -> Q:
    """Those of the territories the user watches for an institution."""
    return Q(territory__in=watched_by(user).values("pk"))


def _imports_in_territory(user: Any) -> Q:
    """The imports of sites of the territories the user coordinates."""
    return imports_for("facilities", "territory", coordinated_by(user))


def _every_import_of_sites(user: Any) -> Q:
    """The imports of sites of every territory."""
    return Q(kind="facilities")


Policy(
    "imports",
    {"use": {Role.COORDINATOR: _imports_in_territory, Role.ADMIN: _every_import_of_sites}},
    joint=True,
)
Policy(
    "partners",
    {
        # The directory of structures: names and sites, no person.
        "view": {
            Role.EMPLOYER: _neighbours,
            Role.WELCOME_PARTNER: _own_welcome,
            Role.COORDINATOR: _in_territory,
            Role.INSTITUTION: _watched,
            Role.ADMIN: everything,
        },
        "create": {Role.COORDINATOR: _in_territory, Role.ADMIN: everything},
        "edit": {
            Role.EMPLOYER: _managed,
            Role.WELCOME_PARTNER: _managed,
            Role.COORDINATOR: _in_territory,
            Role.ADMIN: everything,
        },
        "members": {
            Role.EMPLOYER: _managed,
            Role.WELCOME_PARTNER: _managed,
            Role.COORDINATOR: _in_territory,
            Role.ADMIN: everything,
        },
        # Colleagues know one another; neighbours do not.
        "see_members": {
            Role.EMPLOYER: _own,
            Role.WELCOME_PARTNER: _own_welcome,
            Role.COORDINATOR: _in_territory,
            Role.ADMIN: everything,
        },
        "history": {
            Role.EMPLOYER: _managed,
            Role.WELCOME_PARTNER: _managed,
            Role.COORDINATOR: _in_territory,
            Role.ADMIN: everything,
        },
        "export": {
            Role.EMPLOYER: _neighbours,
            Role.COORDINATOR: _in_territory,
            Role.INSTITUTION: _watched,
            Role.ADMIN: everything,
        },
        # For which structures one writes needs, answers a campaign, shares a resource.
        "recruit_for": {Role.EMPLOYER: _own, Role.COORDINATOR: _in_territory},
        "share_for": {
            Role.EMPLOYER: _own,
            Role.WELCOME_PARTNER: _own_welcome,
            Role.COORDINATOR: _in_territory,
        },
        "leave": {Role.COORDINATOR: _in_territory, Role.ADMIN: everything},
        "sign_charter": {Role.EMPLOYER: _signable, Role.WELCOME_PARTNER: _signable},
        "import": {Role.COORDINATOR: _in_territory, Role.ADMIN: everything},
    },
)


def _published_here(user: Any) -> Q:
    """What is published."""
    return Q(published_at__isnull=False)


def _of_own_territory(user: Any) -> Q:
    """What is published in the territories of the user's own structures."""
    return Q(territory__in=partners_of(user).values("territory"), published_at__isnull=False)


def _of_own_welcome_territory(user: Any) -> Q:
    """What is published in the territories of the user's welcome bodies."""
    own = partners_of(user, role=MemberRole.WELCOME_PARTNER)
    return Q(territory__in=own.values("territory"), published_at__isnull=False)


def _published_where_watched(user: Any) -> Q:
    """What is published in the territories the user watches for an institution."""
    return _watched(user) & Q(published_at__isnull=False)


Policy(
    "charter",
    {
        # The rules themselves are public; who keeps them is told inside.
        "view": {Role.VISITOR: _published_here, Role.COORDINATOR: _in_territory},
        "write": {Role.COORDINATOR: _in_territory},
        # Which structures signed, and when.
        "signatures": {
            Role.EMPLOYER: _of_own_territory,
            Role.WELCOME_PARTNER: _of_own_welcome_territory,
            Role.COORDINATOR: _in_territory,
            Role.INSTITUTION: _published_where_watched,
            Role.ADMIN: everything,
        },
        # By whom: an institution reads no person's name.
        "signatories": {
            Role.EMPLOYER: _of_own_territory,
            Role.WELCOME_PARTNER: _of_own_welcome_territory,
            Role.COORDINATOR: _in_territory,
            Role.ADMIN: everything,
        },
    },
)
