from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ancrage.accounts import services
from ancrage.accounts.models import ApiToken, User
from ancrage.accounts.queries import TokenRefused
from ancrage.kit.models import AuditLine
from tests.factories import UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

SOON = NOW + timedelta(days=30)


def journal() -> list[tuple[str, str, dict]]:
    lines = AuditLine.objects.order_by("pk")
    return [(line.action, line.target_label, line.changes) for line in lines]


def signed_in(user: User) -> str:
    store = SessionStore()
    store["some"] = "thing"
    store.create()
    UserSession.objects.create(user=user, session_key=store.session_key, ip="192.0.2.7")
    return str(store.session_key)


def test_open_account_keeps_the_address_in_lower_case_and_verified() -> None:
    admin = UserFactory(is_platform_admin=True)

    user = services.open_account(
        email=" Ana.Le-Goff@Exemple.TEST ",
        first_name="Ana",
        last_name="Le Goff",
        by=admin,
        now=NOW,
    )

    assert (user.email, user.search_name, user.created_at) == (
        "ana.le-goff@exemple.test",
        "ana le goff",
        NOW,
    )
    assert not user.has_usable_password()
    assert list(EmailAddress.objects.values_list("user", "email", "primary", "verified")) == [
        (user.pk, "ana.le-goff@exemple.test", True, True)
    ]
    assert journal() == [("account.opened", f"compte {user.pk}", {})]


def test_open_account_with_a_password_lets_it_be_checked() -> None:
    user = services.open_account(
        email="ana@exemple.test", password="une longue phrase", by=None, now=NOW
    )

    assert user.check_password("une longue phrase")


def test_open_account_refuses_an_address_already_used_in_another_case() -> None:
    UserFactory(email="ana@exemple.test")

    with pytest.raises(services.AddressTaken):
        services.open_account(email="ANA@exemple.test", by=None, now=NOW)

    assert User.objects.count() == 1


def test_open_account_refuses_an_address_taken_in_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    UserFactory(email="ana@exemple.test")
    monkeypatch.setattr(services, "account_of", lambda address: None)

    with pytest.raises(services.AddressTaken):
        services.open_account(email="ana@exemple.test", by=None, now=NOW)


def test_open_account_refuses_what_is_not_an_address() -> None:
    with pytest.raises(ValidationError):
        services.open_account(email="ana chez exemple", by=None, now=NOW)


def test_update_profile_names_the_fields_and_not_the_values_in_the_journal() -> None:
    user = UserFactory(first_name="Ana", last_name="Roux", job_title="", language="fr")

    services.update_profile(
        user=user,
        first_name="Anaïs",
        last_name="Roux",
        job_title="Cadre de santé",
        language="fr",
        by=user,
        now=NOW,
    )

    user.refresh_from_db()
    assert (user.first_name, user.job_title, user.search_name) == (
        "Anaïs",
        "Cadre de santé",
        "anais roux",
    )
    assert journal() == [
        (
            "account.profile_changed",
            f"compte {user.pk}",
            {"fields": ["", "first_name, job_title"]},
        )
    ]


def test_update_profile_without_a_change_leaves_no_line() -> None:
    user = UserFactory(first_name="Ana", last_name="Roux")

    services.update_profile(
        user=user,
        first_name="Ana",
        last_name="Roux",
        job_title="",
        language="fr",
        by=user,
        now=NOW,
    )

    assert journal() == []


def test_choose_language_twice_writes_one_line() -> None:
    user = UserFactory()

    for _time in range(2):
        services.choose_language(user=user, language="en", by=user, now=NOW)

    user.refresh_from_db()
    assert user.language == "en"
    assert journal() == [
        ("account.language_changed", f"compte {user.pk}", {"language": ["fr", "en"]})
    ]


def test_create_token_keeps_the_digest_only() -> None:
    user = UserFactory()

    secret = services.create_token(user=user, name="Paie", expires_at=SOON, by=user, now=NOW)

    token = ApiToken.objects.get()
    assert secret.startswith("ancrage_")
    assert len(secret) > 40
    assert (token.prefix, len(token.digest), token.user) == (secret[:12], 64, user)
    assert secret not in str(list(ApiToken.objects.values()))
    assert journal() == [("token.created", f"jeton {secret[:12]}…", {})]


@pytest.mark.parametrize(("days", "code"), [(-1, "past"), (0, "past"), (366, "too_far")], ids=str)
def test_create_token_refuses_an_end_out_of_bounds(days: int, code: str) -> None:
    user = UserFactory()

    with pytest.raises(ValidationError) as refusal:
        services.create_token(
            user=user, name="Paie", expires_at=NOW + timedelta(days=days), by=user, now=NOW
        )

    assert refusal.value.code == code
    assert not ApiToken.objects.exists()


def test_use_token_returns_its_owner_and_remembers_the_hour() -> None:
    user = UserFactory()
    secret = services.create_token(user=user, name="Paie", expires_at=SOON, by=user, now=NOW)

    for minutes in (5, 30, 90):
        moment = NOW + timedelta(minutes=minutes)
        assert services.use_token(secret=secret, now=moment) == user

    assert ApiToken.objects.get().last_used_at == NOW + timedelta(minutes=90)


def test_use_token_refuses_an_unknown_secret() -> None:
    with pytest.raises(TokenRefused):
        services.use_token(secret="ancrage_invente", now=NOW)


def test_use_token_refuses_once_expired() -> None:
    user = UserFactory()
    secret = services.create_token(user=user, name="Paie", expires_at=SOON, by=user, now=NOW)

    with pytest.raises(TokenRefused):
        services.use_token(secret=secret, now=SOON)


def test_use_token_refuses_once_revoked() -> None:
    user = UserFactory()
    secret = services.create_token(user=user, name="Paie", expires_at=SOON, by=user, now=NOW)
    token = ApiToken.objects.get()

    for _time in range(2):
        services.revoke_token(token=token, by=user, now=NOW)

    with pytest.raises(TokenRefused):
        services.use_token(secret=secret, now=NOW)
    assert [line[0] for line in journal()] == ["token.created", "token.revoked"]


def test_end_sessions_ends_those_of_the_user_only() -> None:
    user, other = UserFactory(), UserFactory()
    mine, mine_too, theirs = signed_in(user), signed_in(user), signed_in(other)

    ended = services.end_sessions(user=user, keys=[mine, theirs], by=user, now=NOW)

    assert ended == 1
    assert sorted(Session.objects.values_list("session_key", flat=True)) == sorted(
        [mine_too, theirs]
    )
    assert sorted(UserSession.objects.values_list("session_key", flat=True)) == sorted(
        [mine_too, theirs]
    )
    assert journal() == [("account.sessions_ended", f"compte {user.pk}", {"sessions": [1, 0]})]


def test_end_sessions_without_any_leaves_no_line() -> None:
    user = UserFactory()

    assert services.end_sessions(user=user, keys=["inconnue"], by=user, now=NOW) == 0
    assert journal() == []


def test_administration_is_given_and_withdrawn_once_each() -> None:
    admin, user = UserFactory(is_platform_admin=True), UserFactory()

    for _time in range(2):
        services.grant_administration(user=user, by=admin, now=NOW)
    assert User.objects.get(pk=user.pk).is_platform_admin
    for _time in range(2):
        services.withdraw_administration(user=user, by=admin, now=NOW)

    assert not User.objects.get(pk=user.pk).is_platform_admin
    assert [line[0] for line in journal()] == [
        "account.administration_given",
        "account.administration_withdrawn",
    ]


def test_administration_is_not_given_to_an_erased_account() -> None:
    admin, user = UserFactory(is_platform_admin=True), UserFactory()
    services.erase_account(user=user, by=user, now=NOW)

    with pytest.raises(services.AccountErased):
        services.grant_administration(user=user, by=admin, now=NOW)


@pytest.mark.parametrize(
    "service",
    [services.withdraw_administration, services.close_account, services.erase_account],
)
def test_the_last_administrator_stays(service: object) -> None:
    admin = UserFactory(is_platform_admin=True)
    closed = UserFactory(is_platform_admin=True)
    services.close_account(user=closed, by=admin, now=NOW)

    with pytest.raises(services.LastAdministrator):
        service(user=admin, by=admin, now=NOW)  # type: ignore[operator]

    admin.refresh_from_db()
    assert (admin.is_active, admin.is_platform_admin) == (True, True)


def test_close_account_shuts_every_door_and_keeps_the_data() -> None:
    admin, user = UserFactory(is_platform_admin=True), UserFactory(first_name="Ana")
    key = signed_in(user)
    services.create_token(user=user, name="Paie", expires_at=SOON, by=user, now=NOW)

    for _time in range(2):
        services.close_account(user=user, by=admin, now=NOW)

    user.refresh_from_db()
    assert (user.is_active, user.closed_at, user.first_name) == (False, NOW, "Ana")
    assert not Session.objects.filter(session_key=key).exists()
    assert ApiToken.objects.get().revoked_at == NOW
    assert [line[0] for line in journal()] == ["token.created", "account.closed"]


def test_reopen_account_undoes_the_closing() -> None:
    admin, user = UserFactory(is_platform_admin=True), UserFactory()
    services.close_account(user=user, by=admin, now=NOW)

    for _time in range(2):
        services.reopen_account(user=user, by=admin, now=NOW)

    user.refresh_from_db()
    assert (user.is_active, user.closed_at) == (True, None)
    assert [line[0] for line in journal()] == ["account.closed", "account.reopened"]


def test_erase_account_forgets_the_person() -> None:
    user = services.open_account(
        email="ana@exemple.test",
        first_name="Ana",
        last_name="Roux",
        job_title="Cadre",
        password="une longue phrase",
        by=None,
        now=NOW,
    )
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    services.create_token(user=user, name="Paie", expires_at=SOON, by=user, now=NOW)

    for _time in range(2):
        services.erase_account(user=user, by=user, now=NOW)

    user.refresh_from_db()
    assert (user.email, user.full_name, user.search_name, user.job_title) == (
        f"compte-{user.pk}@efface.invalid",
        "",
        "",
        "",
    )
    assert (user.is_active, user.erased_at, user.has_usable_password()) == (False, NOW, False)
    assert not EmailAddress.objects.exists()
    assert not Authenticator.objects.exists()
    assert not ApiToken.objects.exists()
    text = str(list(AuditLine.objects.values()))
    assert "Ana" not in text
    assert "ana@" not in text


def test_reopen_account_refuses_once_erased() -> None:
    user = UserFactory()
    services.erase_account(user=user, by=user, now=NOW)

    with pytest.raises(services.AccountErased):
        services.reopen_account(user=user, by=user, now=NOW)


def test_an_account_is_open_or_closed_at_a_date() -> None:
    user = UserFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_active=False)


def test_remove_second_factors_leaves_the_password_and_signs_out() -> None:
    admin, user = UserFactory(is_platform_admin=True), UserFactory()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    Authenticator.objects.create(user=user, type=Authenticator.Type.RECOVERY_CODES, data={})
    key = signed_in(user)

    for _time in range(2):
        services.remove_second_factors(user=user, by=admin, now=NOW)

    assert not Authenticator.objects.exists()
    assert not Session.objects.filter(session_key=key).exists()
    assert user.has_usable_password()
    assert journal() == [("account.second_factors_removed", f"compte {user.pk}", {})]
