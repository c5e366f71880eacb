"""Passkeys: added, used instead of a password, used after one, used to prove again who one is."""

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from ancrage.accounts.models import User
from ancrage.kit.models import AuditLine
from tests.web.accounts.software_key import SoftwareKey, add_key, options_of
from tests.web.accounts.support import faults_of, open_ana, sent, sign_in, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return open_ana()


def test_key_is_added_and_gives_recovery_codes(client: Client, ana: User) -> None:
    add_key(client, ana)

    stored = Authenticator.objects.get(type=Authenticator.Type.WEBAUTHN)
    assert (stored.user, stored.wrap().name) == (ana, "Mon téléphone")
    assert Authenticator.objects.filter(type=Authenticator.Type.RECOVERY_CODES).exists()
    assert [message.subject for message in sent()] == ["Clé d’accès ajoutée"]
    assert "account.webauthn_added" in AuditLine.objects.values_list("action", flat=True)


def test_answer_to_another_question_adds_nothing(client: Client, ana: User) -> None:
    sign_in(client, ana)
    page = client.get(reverse("mfa_add_webauthn"))
    options = options_of(page.text, "creation_options")
    options["publicKey"]["challenge"] = "cXVlc3Rpb24taW52ZW50w6ll"

    response = client.post(
        reverse("mfa_add_webauthn"),
        {"name": "Clé", "credential": SoftwareKey().create(options)},
    )

    assert response.status_code == 422
    assert not Authenticator.objects.exists()


def test_key_alone_signs_in(client: Client, ana: User) -> None:
    key = add_key(client, ana)
    client.post(reverse("account_logout"))
    asked = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})

    response = client.post(
        reverse("mfa_login_webauthn"),
        {
            "credential": key.get(asked.json()["request_options"]),
            "next": reverse("accounts:security"),
        },
    )

    assert response.url == reverse("accounts:security")
    assert signed_in(client) == ana


def test_key_of_nobody_signs_nobody_in(client: Client, ana: User) -> None:
    add_key(client, ana)
    client.post(reverse("account_logout"))
    asked = client.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})

    response = client.post(
        reverse("mfa_login_webauthn"),
        {"credential": SoftwareKey().get(asked.json()["request_options"])},
        follow=True,
    )

    assert response.redirect_chain == [(reverse("account_login"), 302)]
    assert "Ce code n’est pas le bon" not in response.text
    assert "Cette clé d’accès n’ouvre aucun compte ici" in response.text
    assert signed_in(client) is None


def test_page_of_the_key_without_a_script_leads_to_the_door(client: Client) -> None:
    assert client.get(reverse("mfa_login_webauthn")).url == reverse("account_login")


def test_password_then_key(client: Client, ana: User) -> None:
    key = add_key(client, ana)
    client.post(reverse("account_logout"))
    assert sign_in(client, ana).url == reverse("mfa_authenticate")
    page = client.get(reverse("mfa_authenticate"))

    response = client.post(
        reverse("mfa_authenticate"),
        {"credential": key.get(options_of(page.text, "request_options"))},
    )

    assert response.url == reverse("web:after_login")
    assert signed_in(client) == ana


def test_key_proves_again_who_one_is(client: Client, ana: User) -> None:
    key = add_key(Client(), ana)
    client.force_login(ana)
    assert client.get(reverse("accounts:tokens")).status_code == 302
    url = f"{reverse('mfa_reauthenticate_webauthn')}?next={reverse('accounts:tokens')}"
    page = client.get(url)
    assert faults_of(page.text) == []

    response = client.post(url, {"credential": key.get(options_of(page.text, "request_options"))})

    assert response.url == reverse("accounts:tokens")
    assert client.get(reverse("accounts:tokens")).status_code == 200
