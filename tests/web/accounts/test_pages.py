"""Every page of the doors and of one's own account, seen once and checked for what all owe."""

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from ancrage.accounts.demo import DemoAccount, offers_demo_accounts
from ancrage.accounts.models import User
from ancrage.web.accounts import allauth_urls
from tests.factories import MembershipFactory, TerritoryRoleFactory, UserFactory
from tests.factories.accounts import PASSWORD
from tests.web.accounts.software_key import add_key
from tests.web.accounts.support import (
    faults_of,
    last_code,
    open_ana,
    protect,
    sign_in,
    signed_in,
    totp_code,
)

pytestmark = pytest.mark.django_db


def nothing(client: Client, ana: User) -> None:
    """A visitor."""


def here(client: Client, ana: User) -> None:
    """Signed in by password, a moment ago."""
    sign_in(client, ana)


def protected(client: Client, ana: User) -> None:
    """Signed in with the code of an application."""
    protect(ana)
    sign_in(client, ana)
    client.post(reverse("mfa_authenticate"), {"code": totp_code(at=timezone.now())})


def old(client: Client, ana: User) -> None:
    """Signed in long ago: sensitive pages ask again."""
    add_key(Client(), ana)
    client.force_login(ana)


def key_of(client: Client, ana: User) -> None:
    sign_in(client, ana)
    Authenticator.objects.create(
        pk=77, user=ana, type=Authenticator.Type.WEBAUTHN, data={"name": "Clé", "credential": {}}
    )


def without_password(client: Client, ana: User) -> None:
    ana.set_unusable_password()
    ana.save()
    client.force_login(ana)


def code_asked(client: Client, ana: User) -> None:
    client.post(reverse("account_request_login_code"), {"email": ana.email})


def half_way(client: Client, ana: User) -> None:
    protect(ana)
    sign_in(client, ana)


def signing_up(client: Client, ana: User) -> None:
    typed = {"first_name": "Léa", "last_name": "Martin", "email": "lea@exemple.test"}
    client.post(reverse("account_signup"), {**typed, "password1": PASSWORD})


def forgotten(client: Client, ana: User) -> None:
    client.post(reverse("account_reset_password"), {"email": ana.email})


def forgotten_and_proved(client: Client, ana: User) -> None:
    forgotten(client, ana)
    client.post(reverse("account_confirm_password_reset_code"), {"code": last_code()})


State = Callable[[Client, User], None]

PAGES: dict[str, State] = {
    "account_login": nothing,
    "account_request_login_code": nothing,
    "account_confirm_login_code": code_asked,
    "mfa_authenticate": half_way,
    "account_logout": here,
    "account_inactive": nothing,
    "account_signup": nothing,
    "account_email_verification_sent": signing_up,
    "account_reset_password": nothing,
    "account_confirm_password_reset_code": forgotten,
    "account_complete_password_reset": forgotten_and_proved,
    "account_password_reset_completed": nothing,
    "account_email": here,
    "account_change_password": here,
    "account_set_password": without_password,
    "account_reauthenticate": old,
    "mfa_reauthenticate": old,
    "mfa_reauthenticate_webauthn": old,
    "mfa_index": protected,
    "mfa_activate_totp": here,
    "mfa_deactivate_totp": protected,
    "mfa_list_webauthn": key_of,
    "mfa_add_webauthn": here,
    "mfa_edit_webauthn": key_of,
    "mfa_remove_webauthn": key_of,
    "mfa_view_recovery_codes": protected,
    "mfa_generate_recovery_codes": protected,
    "accounts:profile": here,
    "accounts:roles": here,
    "accounts:security": protected,
    "accounts:tokens": here,
    "privacy:mine": here,
    "accounts:close": here,
    "privacy:register": nothing,
}
# Addresses of the same map that show no page of their own.
NOT_PAGES = {"mfa_login_webauthn", "mfa_download_recovery_codes"}


@pytest.fixture
def ana() -> User:
    return open_ana()


def address(name: str) -> str:
    return reverse(name, args=[77] if name in {"mfa_edit_webauthn", "mfa_remove_webauthn"} else [])


def test_every_address_of_the_doors_is_seen_here() -> None:
    names = {pattern.name for pattern in allauth_urls.urlpatterns}

    assert names == {name for name in PAGES if ":" not in name} | NOT_PAGES


def test_no_address_of_allauth_remains_outside_our_map() -> None:
    ours = {pattern.name for pattern in allauth_urls.urlpatterns}
    known = [name for name in get_resolver().reverse_dict if isinstance(name, str)]

    assert {
        name for name in known if name.startswith(("account_", "mfa_", "usersessions"))
    } == ours


@pytest.mark.parametrize("name", sorted(PAGES))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_page_is_one_of_ours(client: Client, ana: User, name: str, language: str) -> None:
    PAGES[name](client, ana)
    client.cookies["django_language"] = language

    response = client.get(address(name))

    assert response.status_code == 200
    faults = faults_of(response.text)
    assert [fault for fault in faults if language == "fr" or "English" not in fault] == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("account_login", {}),
        ("account_request_login_code", {"email": "ana chez exemple"}),
        ("account_confirm_login_code", {"code": "1234-5678"}),
        ("mfa_authenticate", {"code": "123456"}),
        ("account_signup", {"email": "ana@exemple.test"}),
        ("account_email_verification_sent", {"code": ""}),
        ("account_reset_password", {"email": ""}),
        ("account_confirm_password_reset_code", {"code": "1234-5678"}),
        ("account_complete_password_reset", {"password1": "court", "password2": "autre"}),
        ("account_email", {"action_add": "1", "email": "x"}),
        ("account_change_password", {"oldpassword": "inexact", "password1": "court"}),
        ("account_set_password", {"password1": "une phrase assez longue", "password2": "autre"}),
        ("account_reauthenticate", {"password": "inexact"}),
        ("mfa_reauthenticate", {"code": "123456"}),
        ("mfa_activate_totp", {"code": "123456"}),
        ("mfa_add_webauthn", {"name": "Clé", "credential": ""}),
        ("mfa_edit_webauthn", {"name": ""}),
        ("accounts:profile", {"first_name": "", "last_name": "", "language": "xx"}),
        ("accounts:tokens", {"name": "", "expires_on": "hier"}),
    ],
)
def test_form_refused_answers_422_and_says_where(
    client: Client, ana: User, name: str, typed: dict[str, str]
) -> None:
    PAGES[name](client, ana)
    client.get(address(name))

    response = client.post(address(name), typed)

    assert response.status_code == 422
    assert 'class="error-summary"' in response.text
    assert "<title>Erreur – " in response.text
    assert faults_of(response.text) == []


@pytest.mark.parametrize("name", ["account_login", "account_signup"])
def test_doors_lead_those_already_inside_to_their_page(
    client: Client, ana: User, name: str
) -> None:
    sign_in(client, ana)

    assert client.get(reverse(name)).url == reverse("web:after_login")


@pytest.mark.parametrize(
    "name", ["account_confirm_login_code", "mfa_authenticate", "account_complete_password_reset"]
)
def test_middle_of_a_journey_leads_back_to_its_start(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 302


def test_new_address_replaces_the_old_once_proved_and_tells_it(client: Client, ana: User) -> None:
    sign_in(client, ana)
    client.post(reverse("account_email"), {"action_add": "1", "email": "ana.roux@exemple.test"})
    ana.refresh_from_db()
    assert ana.email == "ana@exemple.test"

    client.post(reverse("account_email_verification_sent"), {"code": last_code()})

    ana.refresh_from_db()
    assert ana.email == "ana.roux@exemple.test"
    assert list(ana.emailaddress_set.values_list("email", "verified", "primary")) == [
        ("ana.roux@exemple.test", True, True)
    ]


def test_address_of_somebody_else_is_not_taken(client: Client, ana: User) -> None:
    UserFactory(email="bruno@exemple.test")
    sign_in(client, ana)

    client.post(reverse("account_email"), {"action_add": "1", "email": "bruno@exemple.test"})
    client.post(reverse("account_email_verification_sent"), {"code": last_code()})

    ana.refresh_from_db()
    assert ana.email == "ana@exemple.test"


# --- where one lands -----------------------------------------------------------------------------


def test_first_page_is_the_one_the_role_comes_for(client: Client, ana: User) -> None:
    TerritoryRoleFactory(user=ana)
    MembershipFactory(user=ana)
    sign_in(client, ana)

    assert client.get(reverse("web:after_login")).url in {
        reverse("overview:overview"),
        reverse("web:home"),
    }


def test_first_page_of_a_plain_account_is_the_home(client: Client, ana: User) -> None:
    sign_in(client, ana)

    assert client.get(reverse("web:after_login")).url == reverse("web:home")


# --- the demo ------------------------------------------------------------------------------------


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> DemoAccount:
    monkeypatch.setattr("ancrage.accounts.demo._source", None)
    account = DemoAccount(
        email="coordination@exemple.test", name="Camille (fictif)", part="Coordination"
    )
    offers_demo_accounts(lambda: [account])
    UserFactory(email=account.email, is_fictional=True)
    UserFactory(email="vraie@exemple.test")
    return account


def test_demo_offers_its_people_and_opens_in_one_click(
    client: Client, offered: DemoAccount, settings: Settings
) -> None:
    settings.DEMO = True
    page = client.get(reverse("account_login"))
    assert "Camille (fictif)" in page.text
    assert faults_of(page.text) == []

    response = client.post(reverse("accounts:demo_sign_in"), {"email": offered.email})

    assert response.url == reverse("web:after_login")
    assert signed_in(client).email == offered.email


def test_demo_opens_nobody_that_it_does_not_offer(
    client: Client, offered: DemoAccount, settings: Settings
) -> None:
    settings.DEMO = True

    for email in ("vraie@exemple.test", "personne@exemple.test", ""):
        response = client.post(reverse("accounts:demo_sign_in"), {"email": email})
        assert (response.status_code, signed_in(client)) == (404, None)


def test_demo_opens_no_real_person_even_offered_by_mistake(
    client: Client, offered: DemoAccount, settings: Settings
) -> None:
    settings.DEMO = True
    User.objects.filter(email=offered.email).update(is_fictional=False)

    response = client.post(reverse("accounts:demo_sign_in"), {"email": offered.email})

    assert (response.status_code, signed_in(client)) == (404, None)


def test_outside_the_demo_nothing_is_offered_nor_opened(
    client: Client, offered: DemoAccount
) -> None:
    assert "Camille (fictif)" not in client.get(reverse("account_login")).text

    response = client.post(reverse("accounts:demo_sign_in"), {"email": offered.email})

    assert (response.status_code, signed_in(client)) == (404, None)
