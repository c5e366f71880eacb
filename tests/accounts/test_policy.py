"""The engine of rights: what an answer is made of, and what is a mistake rather than a refusal."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from ancrage.accounts import policy
from ancrage.accounts.enums import Role
from ancrage.accounts.models import ApiToken, User
from ancrage.accounts.policy import (
    Policy,
    UnknownPermission,
    declared,
    everything,
    may,
    may_on,
    open_to_visitors,
    permitted,
    roles_of,
)
from tests.factories import MembershipFactory, TerritoryRoleFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Accounts as toys: a visitor sees those called Ana, a member those of their own name."""
    monkeypatch.setattr(policy, "_policies", {})
    monkeypatch.setattr(policy, "_joint", set())
    Policy(
        "toys",
        {
            "view": {
                Role.VISITOR: lambda user: Q(first_name="Ana"),
                Role.EMPLOYER: lambda user: Q(last_name=user.last_name),
                Role.ADMIN: everything,
            },
            "break": {Role.EMPLOYER: lambda user: Q(pk=user.pk)},
        },
    )


def test_roles_come_from_every_app_that_gives_some() -> None:
    user = UserFactory(is_platform_admin=True)
    MembershipFactory(user=user)
    MembershipFactory(user=user, welcome=True)
    TerritoryRoleFactory(user=user)
    TerritoryRoleFactory(user=user, institution=True)

    assert roles_of(User.objects.get(pk=user.pk)) == set(Role)
    assert roles_of(UserFactory()) == {Role.VISITOR, Role.CANDIDATE}


@pytest.mark.parametrize("user", [AnonymousUser(), User(is_active=False)], ids=["visitor", "shut"])
def test_who_has_not_signed_in_is_a_visitor(user: object) -> None:
    assert roles_of(user) == {Role.VISITOR}


def test_roles_are_read_once_per_user(django_assert_num_queries) -> None:
    user = UserFactory()
    roles_of(user)

    with django_assert_num_queries(0):
        assert roles_of(user) == {Role.VISITOR, Role.CANDIDATE}


def test_scopes_of_all_roles_add_up(toys: None) -> None:
    member = MembershipFactory(user=UserFactory(first_name="Zoé", last_name="Roux")).user
    ana = UserFactory(first_name="Ana", last_name="Marin")
    cousin = UserFactory(first_name="Léa", last_name="Roux")
    UserFactory(first_name="Bruno", last_name="Marin")
    rows = User.objects.order_by("pk")

    assert list(permitted(AnonymousUser(), "toys.view", rows)) == [ana]
    assert list(permitted(member, "toys.view", rows)) == [member, ana, cousin]
    admin = UserFactory(is_platform_admin=True)
    assert permitted(admin, "toys.view", rows).count() == User.objects.count()


def test_without_a_line_nothing_is_permitted(toys: None) -> None:
    assert not may(UserFactory(), "toys.break")
    assert list(permitted(UserFactory(), "toys.break", User.objects.order_by("pk"))) == []


def test_one_row_is_asked_on_its_own(toys: None) -> None:
    member = MembershipFactory().user

    assert may_on(member, "toys.break", member)
    assert not may_on(member, "toys.break", UserFactory())


def test_permission_of_visitors_is_known_as_such(toys: None) -> None:
    assert open_to_visitors("toys.view")
    assert not open_to_visitors("toys.break")
    assert list(declared()) == ["toys.break", "toys.view"]


def test_misspelt_permission_is_an_error_and_never_a_refusal(toys: None) -> None:
    for ask in (
        lambda: may(AnonymousUser(), "toys.veiw"),
        lambda: open_to_visitors("toys.veiw"),
        lambda: permitted(AnonymousUser(), "toys.veiw", User.objects.all()),
    ):
        with pytest.raises(UnknownPermission, match=r"toys\.veiw"):
            ask()


def test_permission_declared_twice_is_refused(toys: None) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Policy("toys", {"view": {}})


def test_joint_permission_adds_up_what_each_app_declares(toys: None) -> None:
    def mine(user: User) -> Q:
        """One's own."""
        return Q(pk=user.pk)

    def called_ana(user: User) -> Q:
        """Those called Ana."""
        return Q(first_name="Ana")

    Policy("toys", {"lend": {Role.EMPLOYER: mine}}, joint=True)
    Policy("toys", {"lend": {Role.EMPLOYER: called_ana, Role.ADMIN: everything}}, joint=True)
    member, ana, _other = MembershipFactory().user, UserFactory(first_name="Ana"), UserFactory()

    rows = permitted(member, "toys.lend", User.objects.order_by("pk"))

    assert list(rows) == [member, ana]
    assert declared()["toys.lend"][Role.EMPLOYER].__doc__ == "One's own. Those called Ana."
    assert may(UserFactory(is_platform_admin=True), "toys.lend")


def test_joint_permission_is_not_added_to_one_that_stands_alone(toys: None) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Policy("toys", {"view": {}}, joint=True)


# --- accounts and their tokens -------------------------------------------------------------------


def test_account_is_its_owner_s_and_tokens_too() -> None:
    user, other, admin = UserFactory(), UserFactory(), UserFactory(is_platform_admin=True)
    for owner in (user, other):
        ApiToken.objects.create(
            user=owner,
            name="Paie",
            digest=f"{owner.pk:064}",
            prefix="ancrage_",
            created_at=owner.created_at,
            expires_at=owner.created_at,
        )

    accounts, tokens = User.objects.order_by("pk"), ApiToken.objects.order_by("pk")
    assert list(permitted(user, "accounts.manage_own", accounts)) == [user]
    assert list(permitted(user, "accounts.list", accounts)) == []
    assert list(permitted(admin, "accounts.list", accounts)) == [user, other, admin]
    assert [one.user for one in permitted(user, "api_tokens.manage", tokens)] == [user]
    assert list(permitted(admin, "api_tokens.manage", tokens)) == []


def test_account_is_found_by_its_address_whatever_the_case() -> None:
    user = UserFactory(email="ana@exemple.test")

    assert User.objects.get_by_natural_key("ANA@exemple.test") == user


@pytest.mark.parametrize(
    ("first", "last", "shown", "initials"),
    [
        ("Ana", "Roux", "Ana Roux", "AR"),
        ("Ana", "", "Ana", "A"),
        ("", "", "z@exemple.test", "Z"),
    ],
)
def test_account_is_called_by_its_name_or_its_address(
    first: str, last: str, shown: str, initials: str
) -> None:
    user = User(email="z@exemple.test", first_name=first, last_name=last)

    assert (str(user), user.initials) == (shown, initials)


def test_token_is_called_by_its_name() -> None:
    assert str(ApiToken(name="Paie")) == "Paie"
