from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from ancrage.accounts import queries, services
from ancrage.accounts.models import User
from ancrage.accounts.permissions import needs_strong_sign_in
from tests.factories import MembershipFactory, TerritoryRoleFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("text", "state", "expected"),
    [
        ("", "", ["Hélène", "Noël", "Zoé"]),
        ("HELENE", "", ["Hélène"]),
        ("le goff", "", ["Hélène"]),
        ("goff helene", "", ["Hélène"]),
        ("noel@exemple", "", ["Noël"]),
        ("zz", "", []),
        ("", "open", ["Hélène"]),
        ("", "closed", ["Noël"]),
        ("", "erased", ["Zoé"]),
    ],
)
def test_accounts_are_found_without_their_accents(
    text: str, state: str, expected: list[str]
) -> None:
    UserFactory(first_name="Hélène", last_name="Le Goff", email="h@exemple.test")
    closed = UserFactory(first_name="Noël", last_name="Marin", email="noel@exemple.test")
    erased = UserFactory(first_name="Zoé", last_name="Zingaro", email="z@exemple.test")
    for user in (closed, erased):
        services.close_account(user=user, by=None, now=NOW)
    User.objects.filter(pk=erased.pk).update(erased_at=NOW)

    found = queries.accounts_matching(User.objects.all(), text=text, state=state)

    assert [user.first_name for user in found] == expected


def test_account_of_ignores_case_and_spaces() -> None:
    user = UserFactory(email="ana@exemple.test")

    assert queries.account_of("  ANA@exemple.TEST ") == user
    assert queries.account_of("personne@exemple.test") is None


def test_security_of_counts_what_protects() -> None:
    user, bare = UserFactory(), UserFactory()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    for name in ("a", "b"):
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.WEBAUTHN, data={"name": name}
        )
    RecoveryCodes.activate(user)
    bare.set_unusable_password()

    assert queries.security_of(user) == queries.Security(
        has_password=True, has_totp=True, passkeys=2, recovery_codes_left=10
    )
    assert queries.security_of(user).has_second_factor
    assert queries.security_of(bare) == queries.Security(
        has_password=False, has_totp=False, passkeys=0, recovery_codes_left=0
    )
    assert not queries.security_of(bare).has_second_factor


@pytest.mark.parametrize(
    ("kind", "expected"), [("totp", True), ("webauthn", True), ("recovery_codes", False)]
)
def test_recovery_codes_alone_are_no_second_factor(kind: str, expected: bool) -> None:
    user = UserFactory()
    Authenticator.objects.create(user=user, type=kind, data={})

    assert queries.has_second_factor(user) is expected


def test_sessions_of_are_those_alive_the_latest_first() -> None:
    user = UserFactory()
    for key, hours, seen in (("old", -1, 5), ("first", 5, 1), ("last", 5, 3)):
        Session.objects.create(
            session_key=key, session_data="", expire_date=NOW + timedelta(hours=hours)
        )
        UserSession.objects.create(
            user=user,
            session_key=key,
            ip="192.0.2.7",
            last_seen_at=NOW + timedelta(minutes=seen),
        )
    UserSession.objects.create(user=UserFactory(), session_key="theirs", ip="192.0.2.7")

    assert [one.session_key for one in queries.sessions_of(user, now=NOW)] == ["last", "first"]


def test_token_of_a_closed_account_opens_nothing() -> None:
    user = UserFactory()
    secret = services.create_token(
        user=user, name="Paie", expires_at=NOW + timedelta(days=5), by=user, now=NOW
    )
    assert queries.usable_token(secret, now=NOW).user == user
    User.objects.filter(pk=user.pk).update(is_active=False, closed_at=NOW)

    with pytest.raises(queries.TokenRefused):
        queries.usable_token(secret, now=NOW)


def test_strong_sign_in_is_for_those_who_see_others() -> None:
    strong = [TerritoryRoleFactory().user, UserFactory(is_platform_admin=True)]
    plain = [
        UserFactory(),
        MembershipFactory(manager=True).user,
        TerritoryRoleFactory(institution=True).user,
    ]

    assert [needs_strong_sign_in(user) for user in strong] == [True, True]
    assert [needs_strong_sign_in(user) for user in plain] == [False, False, False]
