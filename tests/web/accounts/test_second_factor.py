"""The second factor: set up, asked at sign-in, lost, taken away, demanded by a role."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from ancrage.accounts.models import User
from ancrage.kit.models import AuditLine
from tests.factories import TerritoryRoleFactory
from tests.web.accounts.support import (
    SECRET,
    last_code,
    open_ana,
    protect,
    sent,
    sign_in,
    signed_in,
    totp_code,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return open_ana()


@pytest.fixture
def coordinator(ana: User, settings: Settings) -> User:
    settings.MFA_REQUIRED = True
    TerritoryRoleFactory(user=ana)
    return ana


def test_application_is_set_up_and_gives_recovery_codes(
    client: Client, ana: User, django_capture_on_commit_callbacks
) -> None:
    sign_in(client, ana)
    page = client.get(reverse("mfa_activate_totp"))
    assert re.search(r'<img src="data:image/svg\+xml;base64,[\w+/=]+"', page.text)
    secret = page.context["form"].secret

    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("mfa_activate_totp"),
            {"code": totp_code(at=timezone.now(), secret=secret)},
            follow=True,
        )

    assert response.redirect_chain == [(reverse("mfa_view_recovery_codes"), 302)]
    assert response.text.count("<li><code>") == 10
    stored = Authenticator.objects.get(type=Authenticator.Type.TOTP).data
    assert secret not in str(stored)
    assert [message.subject for message in sent()] == ["Second facteur activé"]
    assert "account.totp_activated" in AuditLine.objects.values_list("action", flat=True)


def test_application_is_not_set_up_by_a_wrong_code(client: Client, ana: User) -> None:
    sign_in(client, ana)
    client.get(reverse("mfa_activate_totp"))

    response = client.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert response.status_code == 422
    assert "Ce code n’est pas le bon" in response.text
    assert not Authenticator.objects.exists()


def test_application_asks_for_the_password_again_when_it_is_old(
    client: Client, ana: User, time_machine
) -> None:
    time_machine.move_to(timezone.now())
    sign_in(client, ana)
    time_machine.shift(timedelta(minutes=6))

    response = client.get(reverse("mfa_activate_totp"))

    assert response.url.startswith(reverse("account_reauthenticate"))


def test_password_is_not_enough_once_protected(client: Client, ana: User) -> None:
    protect(ana)

    response = sign_in(client, ana)

    assert response.url == reverse("mfa_authenticate")
    assert signed_in(client) is None
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_password_then_code_of_the_application(client: Client, ana: User) -> None:
    protect(ana)
    sign_in(client, ana, next=reverse("accounts:security"))
    page = client.get(reverse("mfa_authenticate"))
    assert "Une dernière vérification" in page.text

    response = client.post(reverse("mfa_authenticate"), {"code": totp_code(at=timezone.now())})

    assert response.url == reverse("accounts:security")
    assert signed_in(client) == ana


def test_mailed_code_then_code_of_the_application(client: Client, ana: User) -> None:
    protect(ana)
    client.post(reverse("account_request_login_code"), {"email": ana.email})

    response = client.post(reverse("account_confirm_login_code"), {"code": last_code()})

    assert response.url == reverse("mfa_authenticate")
    assert signed_in(client) is None


def test_new_password_does_not_go_round_the_second_factor(client: Client, ana: User) -> None:
    protect(ana)
    client.post(reverse("account_reset_password"), {"email": ana.email})
    client.post(reverse("account_confirm_password_reset_code"), {"code": last_code()})
    new = "une toute autre phrase"
    client.post(reverse("account_complete_password_reset"), {"password1": new, "password2": new})

    response = client.post(reverse("account_login"), {"login": ana.email, "password": new})

    assert response.url == reverse("mfa_authenticate")


def test_code_of_the_application_serves_once(client: Client, ana: User) -> None:
    protect(ana)
    code = totp_code(at=timezone.now())
    sign_in(client, ana)
    client.post(reverse("mfa_authenticate"), {"code": code})
    client.post(reverse("account_logout"))
    sign_in(client, ana)

    response = client.post(reverse("mfa_authenticate"), {"code": code})

    assert response.status_code == 422
    assert signed_in(client) is None


def test_recovery_code_opens_once(client: Client, ana: User) -> None:
    recovery_code, *_others = protect(ana)
    for expected in (ana, None):
        sign_in(client, ana)
        client.post(reverse("mfa_authenticate"), {"code": recovery_code})
        assert signed_in(client) == expected
        client.post(reverse("account_logout"))


def test_wrong_codes_end_by_being_refused_unread(client: Client, ana: User) -> None:
    protect(ana)
    sign_in(client, ana)
    for _time in range(5):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})

    response = client.post(reverse("mfa_authenticate"), {"code": totp_code(at=timezone.now())})

    assert response.status_code == 422
    assert "Trop d’essais" in response.text
    assert signed_in(client) is None


def test_application_is_taken_away_with_its_recovery_codes(client: Client, ana: User) -> None:
    protect(ana)
    sign_in(client, ana)
    client.post(reverse("mfa_authenticate"), {"code": totp_code(at=timezone.now())})
    assert "Retirer l’application" in client.get(reverse("mfa_deactivate_totp")).text

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.exists()
    assert [message.subject for message in sent()][-1] == "Second facteur retiré"


def test_recovery_codes_are_downloaded_as_plain_text(client: Client, ana: User) -> None:
    codes = protect(ana)
    sign_in(client, ana)
    client.post(reverse("mfa_authenticate"), {"code": totp_code(at=timezone.now())})

    response = client.get(reverse("mfa_download_recovery_codes"))

    assert response.headers["Content-Type"].startswith("text/plain")
    assert [line for line in response.text.splitlines() if line in codes] == codes


def test_new_recovery_codes_replace_the_old(client: Client, ana: User) -> None:
    codes = protect(ana)
    sign_in(client, ana)
    client.post(reverse("mfa_authenticate"), {"code": totp_code(at=timezone.now())})
    assert "Les codes actuels ne marcheront plus" in (
        client.get(reverse("mfa_generate_recovery_codes")).text
    )

    page = client.post(reverse("mfa_generate_recovery_codes"), follow=True)

    assert page.text.count("<li><code>") == 10
    assert [code for code in codes if code in page.text] == []


@pytest.mark.parametrize(
    "url_name", ["accounts:profile", "accounts:security", "web:after_login", "accounts:tokens"]
)
def test_coordinator_without_second_factor_can_only_set_one_up(
    client: Client, coordinator: User, url_name: str
) -> None:
    sign_in(client, coordinator)

    response = client.get(reverse(url_name))

    assert (response.status_code, response.url) == (302, reverse("accounts:second_factor_setup"))


def test_coordinator_is_shown_the_two_ways_and_may_leave(
    client: Client, coordinator: User
) -> None:
    sign_in(client, coordinator)

    page = client.get(reverse("accounts:second_factor_setup"))

    assert page.status_code == 200
    assert "Avant de continuer, ajoutez un second facteur" in page.text
    for way in ("mfa_activate_totp", "mfa_add_webauthn"):
        assert client.get(reverse(way)).status_code == 200
    assert client.post(reverse("set_language"), {"language": "en"}).url == "/"
    assert client.post(reverse("account_logout")).url == reverse("web:home")


def test_coordinator_goes_on_once_protected(client: Client, coordinator: User) -> None:
    sign_in(client, coordinator)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret

    client.post(
        reverse("mfa_activate_totp"), {"code": totp_code(at=timezone.now(), secret=secret)}
    )

    assert client.get(reverse("accounts:profile")).status_code == 200
    assert client.get(reverse("accounts:second_factor_setup")).url == (
        reverse("accounts:security")
    )


def test_htmx_request_of_an_unprotected_coordinator_reloads_the_page(
    client: Client, coordinator: User
) -> None:
    sign_in(client, coordinator)

    response = client.get(reverse("accounts:profile"), headers={"HX-Request": "true"})

    assert response.headers["HX-Refresh"] == "true"


def test_coordinator_keeps_the_last_second_factor(client: Client, coordinator: User) -> None:
    protect(coordinator)
    sign_in(client, coordinator)
    client.post(reverse("mfa_authenticate"), {"code": totp_code(at=timezone.now())})

    page = client.get(reverse("mfa_deactivate_totp"))
    response = client.post(reverse("mfa_deactivate_totp"))

    assert "Votre rôle demande un second facteur" in page.text
    assert response.status_code == 422
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_coordinator_may_change_one_second_factor_for_another(
    client: Client, coordinator: User
) -> None:
    protect(coordinator)
    Authenticator.objects.create(
        user=coordinator, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé", "credential": {}}
    )
    sign_in(client, coordinator)
    client.post(reverse("mfa_authenticate"), {"code": totp_code(at=timezone.now())})

    client.post(reverse("mfa_deactivate_totp"))

    assert not Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_last_passkey_of_a_coordinator_is_kept(client: Client, coordinator: User) -> None:
    key = Authenticator.objects.create(
        user=coordinator, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé", "credential": {}}
    )
    client.force_login(coordinator)
    reauthenticate = reverse("account_reauthenticate")
    client.post(reauthenticate, {"password": "une phrase de passe longue"})

    response = client.post(reverse("mfa_remove_webauthn", args=[key.pk]), follow=True)

    assert response.redirect_chain == [(reverse("mfa_list_webauthn"), 302)]
    assert "Votre rôle demande un second facteur" in response.text
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_passkey_of_a_plain_account_is_renamed_then_removed(client: Client, ana: User) -> None:
    key = Authenticator.objects.create(
        user=ana, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé", "credential": {}}
    )
    client.force_login(ana)
    client.post(reverse("account_reauthenticate"), {"password": "une phrase de passe longue"})

    client.post(reverse("mfa_edit_webauthn", args=[key.pk]), {"name": "Mon téléphone"})
    assert "Mon téléphone" in client.get(reverse("mfa_list_webauthn")).text
    assert "« Mon téléphone »" in client.get(reverse("mfa_remove_webauthn", args=[key.pk])).text
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))

    assert not Authenticator.objects.exists()


def test_passkey_of_somebody_else_is_not_found(client: Client, ana: User) -> None:
    key = Authenticator.objects.create(
        user=TerritoryRoleFactory().user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Clé", "credential": {}},
    )
    sign_in(client, ana)

    assert client.post(reverse("mfa_remove_webauthn", args=[key.pk])).status_code == 404
    assert client.get(reverse("mfa_edit_webauthn", args=[key.pk])).status_code == 404


def test_secrets_stay_readable_after_the_key_of_the_site_changes(
    client: Client, ana: User, settings: Settings
) -> None:
    protect(ana)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "une autre clé"

    wrapped = Authenticator.objects.get(type=Authenticator.Type.TOTP).wrap()

    assert SECRET not in str(wrapped.instance.data)
    assert wrapped.validate_code(totp_code(at=timezone.now()))
