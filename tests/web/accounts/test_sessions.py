"""The life of a session, and the devices it is open on."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from ancrage.accounts.models import User
from tests.factories import TerritoryRoleFactory, UserFactory
from tests.web.accounts.support import open_ana, sign_in, signed_in

pytestmark = pytest.mark.django_db

START = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
PAGE = "/compte/roles/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def ana(time_machine) -> User:
    time_machine.move_to(START, tick=False)
    return open_ana()


def after(time_machine, **passed: int) -> None:
    time_machine.move_to(START + timedelta(**passed), tick=False)


def test_session_ends_twelve_hours_after_the_sign_in(
    client: Client, ana: User, time_machine
) -> None:
    sign_in(client, ana)
    for hours in range(1, 12):
        after(time_machine, hours=hours)
        assert client.get(PAGE).status_code == 200
    after(time_machine, hours=12)

    response = client.get(PAGE, follow=True)

    assert [url for url, _status in response.redirect_chain] == [
        PAGE,
        f"{reverse('account_login')}?next={PAGE}",
    ]
    assert "au bout de 12 heures" in response.text
    assert signed_in(client) is None


@pytest.mark.parametrize("minutes", [29, 59 * 11])
def test_plain_account_may_stay_idle(
    client: Client, ana: User, time_machine, minutes: int
) -> None:
    sign_in(client, ana)
    after(time_machine, minutes=minutes)

    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("is_admin", [False, True], ids=["coordinator", "admin"])
def test_reader_of_others_is_signed_out_after_thirty_idle_minutes(
    client: Client, ana: User, time_machine, is_admin: bool
) -> None:
    if is_admin:
        User.objects.filter(pk=ana.pk).update(is_platform_admin=True)
    else:
        TerritoryRoleFactory(user=ana)
    sign_in(client, ana)
    for minutes in (20, 40, 60):
        after(time_machine, minutes=minutes)
        assert client.get(PAGE).status_code == 200
    after(time_machine, minutes=90)

    response = client.get(PAGE, follow=True)

    assert "Sans activité depuis 30 minutes" in response.text
    assert signed_in(client) is None


@pytest.fixture
def idle(client: Client, ana: User, time_machine) -> Client:
    """The browser of a coordinator who comes back from lunch."""
    TerritoryRoleFactory(user=ana)
    sign_in(client, ana)
    after(time_machine, minutes=45)
    return client


def test_public_page_shows_itself_once_the_session_is_over(idle: Client) -> None:
    response = idle.get("/donnees-personnelles/", follow=True)

    assert [url for url, _status in response.redirect_chain] == ["/donnees-personnelles/"]
    assert "Sans activité depuis 30 minutes" in response.text


def test_form_sent_too_late_leads_to_the_sign_in_and_back_to_its_page(
    idle: Client, ana: User
) -> None:
    response = idle.post(
        "/compte/", {"first_name": "X"}, headers={"Referer": "http://testserver/compte/"}
    )

    assert response.url == f"{reverse('account_login')}?next=/compte/"
    ana.refresh_from_db()
    assert ana.first_name == "Ana"


def test_htmx_request_sent_too_late_reloads_the_page(idle: Client) -> None:
    response = idle.get(PAGE, headers={"HX-Request": "true"})

    assert response.headers["HX-Refresh"] == "true"


def test_htmx_request_of_a_visitor_leads_the_whole_page_to_the_sign_in(client: Client) -> None:
    response = client.get(
        PAGE,
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/besoins/?q=ide"},
    )

    assert response.headers["HX-Redirect"] == (
        f"{reverse('account_login')}?next=/besoins/%3Fq%3Dide"
    )


def test_presence_is_written_once_a_minute(client: Client, ana: User, time_machine) -> None:
    sign_in(client, ana)
    after(time_machine, seconds=90)
    client.get(PAGE)
    assert UserSession.objects.get().last_seen_at == START + timedelta(seconds=90)
    after(time_machine, seconds=120)

    client.get(PAGE)

    assert UserSession.objects.get().last_seen_at == START + timedelta(seconds=90)


def test_devices_are_listed_in_words_and_closed_one_by_one(ana: User, time_machine) -> None:
    office, phone = Client(headers={"User-Agent": FIREFOX}), Client(headers={"User-Agent": IPHONE})
    sign_in(office, ana)
    after(time_machine, minutes=5)
    sign_in(phone, ana)

    page = office.get(reverse("accounts:security"))

    assert [(device.name, device.is_here) for device in page.context["devices"]] == [
        ("Safari sur iPhone", False),
        ("Firefox sur Windows", True),
    ]
    other = page.context["devices"][0]
    for expected in ("Cet appareil est déconnecté", "était déjà déconnecté"):
        response = office.post(reverse("accounts:session_end", args=[other.pk]), follow=True)
        assert expected in response.text
    assert signed_in(office) == ana
    assert phone.get(PAGE).status_code == 302


def test_all_other_devices_are_closed_at_once(ana: User) -> None:
    here, *others = [Client() for _number in range(3)]
    for client in (here, *others):
        sign_in(client, ana)

    response = here.post(reverse("accounts:sessions_end_others"), follow=True)

    assert "2 autres appareils sont déconnectés" in response.text
    assert [client.get(PAGE).status_code for client in (here, *others)] == [200, 302, 302]


def test_device_of_somebody_else_is_not_closed(client: Client, ana: User) -> None:
    victim, other = Client(), UserFactory()
    sign_in(victim, ana)
    client.force_login(other)

    client.post(reverse("accounts:session_end", args=[UserSession.objects.get(user=ana).pk]))

    assert victim.get(PAGE).status_code == 200


def test_new_password_signs_the_other_devices_out(ana: User) -> None:
    here, elsewhere = Client(), Client()
    sign_in(here, ana)
    sign_in(elsewhere, ana)
    new = "une toute autre phrase"

    here.post(
        reverse("account_change_password"),
        {"oldpassword": "une phrase de passe longue", "password1": new, "password2": new},
    )

    assert here.get(PAGE).status_code == 200
    assert elsewhere.get(PAGE).status_code == 302


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    client: Client, ana: User, settings: Settings
) -> None:
    sign_in(client, ana)

    cookie = client.cookies[settings.SESSION_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")


def test_presence_keeps_the_session_of_somebody_who_types(
    client: Client, ana: User, time_machine
) -> None:
    TerritoryRoleFactory(user=ana)
    sign_in(client, ana)
    for minutes in (25, 50, 75):
        after(time_machine, minutes=minutes)
        assert client.post(reverse("accounts:presence")).status_code == 204

    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("coordinates", [True, False])
def test_warning_is_on_the_pages_of_those_who_are_signed_out_when_idle(
    client: Client, ana: User, coordinates: bool
) -> None:
    if coordinates:
        TerritoryRoleFactory(user=ana)
    sign_in(client, ana)

    page = client.get(PAGE).text

    assert ('data-idle="1800"' in page) is coordinates
