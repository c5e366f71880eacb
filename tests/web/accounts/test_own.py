"""« Mon compte » : profile, tokens, data, leaving."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from ancrage.accounts import services
from ancrage.accounts.models import ApiToken, User
from ancrage.kit.models import AuditLine
from ancrage.partners.models import Membership
from ancrage.territory.models import TerritoryRole
from tests.factories import (
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.web.accounts.support import open_ana, sign_in, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(client: Client) -> User:
    user = open_ana()
    sign_in(client, user)
    return user


def words(page: str) -> str:
    return " ".join(BeautifulSoup(page, "html.parser").main.get_text(" ").split())


def test_profile_is_changed_and_the_page_follows_the_language(client: Client, ana: User) -> None:
    response = client.post(
        reverse("accounts:profile"),
        {
            "first_name": "Anaïs",
            "last_name": "Roux",
            "job_title": "Cadre de santé",
            "language": "en",
        },
    )

    ana.refresh_from_db()
    assert response.url == reverse("accounts:profile")
    assert (ana.full_name, ana.job_title, ana.language) == ("Anaïs Roux", "Cadre de santé", "en")
    assert response.cookies["django_language"].value == "en"


def test_roles_are_those_of_today_and_of_nobody_else(client: Client, ana: User) -> None:
    MembershipFactory(user=ana, partner=PartnerFactory(name="Hôpital fictif"), manager=True)
    MembershipFactory(
        user=ana, partner=PartnerFactory(name="Ancienne structure"), ended_at=timezone.now()
    )
    MembershipFactory(partner=PartnerFactory(name="Structure des autres"))
    TerritoryRoleFactory(user=ana, territory=TerritoryFactory(name="Pays fictif"))

    page = words(client.get(reverse("accounts:roles")).text)

    assert "Hôpital fictif" in page
    assert "gérer la structure" in page
    assert "Pays fictif" in page
    assert "Ancienne structure" not in page
    assert "Structure des autres" not in page


def test_account_without_a_role_is_told_how_to_get_one(client: Client, ana: User) -> None:
    assert "demandez à l’un de ses membres de vous inviter" in words(
        client.get(reverse("accounts:roles")).text
    )


def test_token_is_shown_once_and_opens(client: Client, ana: User) -> None:
    end = timezone.localdate() + timedelta(days=30)

    page = client.post(
        reverse("accounts:tokens"), {"name": "Export vers la paie", "expires_on": end.isoformat()}
    )

    secret = BeautifulSoup(page.text, "html.parser").find(id="secret").string
    assert services.use_token(secret=secret, now=timezone.now()) == ana
    token = ApiToken.objects.get()
    assert timezone.localdate(token.expires_at) == end
    again = client.get(reverse("accounts:tokens")).text
    assert secret not in again
    assert "Export vers la paie" in again


def test_token_is_revoked_by_its_owner(client: Client, ana: User) -> None:
    end = timezone.now() + timedelta(days=30)
    services.create_token(user=ana, name="Paie", expires_at=end, by=ana, now=timezone.now())
    token = ApiToken.objects.get()

    page = client.post(reverse("accounts:token_revoke", args=[token.pk]), follow=True)

    token.refresh_from_db()
    assert token.revoked_at is not None
    assert "Le jeton « Paie » n’ouvre plus rien" in words(page.text)
    assert "Révoqué" in words(page.text)


def test_expired_token_says_so(client: Client, ana: User) -> None:
    now = timezone.now()
    services.create_token(
        user=ana, name="Paie", expires_at=now + timedelta(days=2), by=ana, now=now
    )
    ApiToken.objects.update(expires_at=now - timedelta(days=1))

    assert "Expiré" in words(client.get(reverse("accounts:tokens")).text)


def test_tokens_of_others_are_not_shown(client: Client, ana: User) -> None:
    other, now = UserFactory(), timezone.now()
    services.create_token(
        user=other, name="À un autre", expires_at=now + timedelta(days=2), by=other, now=now
    )

    assert "À un autre" not in client.get(reverse("accounts:tokens")).text


def test_data_are_handed_over_whole_and_without_secrets(client: Client, ana: User) -> None:
    partner = PartnerFactory(name="Hôpital fictif")
    MembershipFactory(user=ana, partner=partner, signatory=True)
    TerritoryRoleFactory(user=ana, territory=TerritoryFactory(name="Pays fictif"))
    now = timezone.now()
    secret = services.create_token(
        user=ana, name="Paie", expires_at=now + timedelta(days=2), by=ana, now=now
    )
    UserFactory(email="un-autre@exemple.test")

    response = client.get(reverse("accounts:download"))

    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="mes-donnees-{timezone.localdate().isoformat()}.json"'
    )
    data = json.loads(response.content)
    assert sorted(data) == [
        "account",
        "addresses",
        "exported_at",
        "journal",
        "memberships",
        "roles",
        "second_factors",
        "sessions",
        "tokens",
    ]
    assert data["account"]["email"] == "ana@exemple.test"
    assert data["addresses"] == [{"email": "ana@exemple.test", "verified": True, "primary": True}]
    assert [(one["structure"], one["signs"]) for one in data["memberships"]] == [
        ("Hôpital fictif", True)
    ]
    assert [(one["territory"], one["office"]) for one in data["roles"]] == [
        ("Pays fictif", "coordinator")
    ]
    assert [one["name"] for one in data["tokens"]] == ["Paie"]
    assert len(data["sessions"]) == 1
    assert [one["action"] for one in data["journal"]] == ["account.opened", "token.created"]
    text = response.text
    assert secret not in text
    assert ana.password not in text
    assert "un-autre" not in text


def test_sensitive_pages_ask_again_who_one_is_then_go_on(client: Client, ana: User) -> None:
    fresh = Client()
    fresh.force_login(ana)

    asked = fresh.get(reverse("accounts:close"))
    assert asked.url == (
        f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('accounts:close')})}"
    )
    response = fresh.post(asked.url, {"password": "une phrase de passe longue"})

    assert response.url == reverse("accounts:close")
    assert fresh.get(response.url).status_code == 200


def test_file_asked_for_is_offered_on_a_page_once_one_has_proved_who_one_is(ana: User) -> None:
    fresh = Client()
    fresh.force_login(ana)

    asked = fresh.get(reverse("accounts:download"))
    assert asked.url.startswith(f"{reverse('account_reauthenticate')}?next=")
    landed = fresh.post(asked.url, {"password": "une phrase de passe longue"}, follow=True)

    assert (landed.status_code, landed.request["PATH_INFO"]) == (
        200,
        reverse("accounts:file_ready"),
    )
    page = BeautifulSoup(landed.content, "html.parser").main
    links = [link["href"] for link in page.select(".actions a")]
    assert links == [reverse("accounts:download"), reverse("privacy:mine")]
    assert fresh.get(links[0]).headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "address", ["", "/", "https://ailleurs.test/compte/donnees/telecharger/", "/inconnu/"]
)
def test_nothing_but_a_file_of_ours_is_offered(client: Client, ana: User, address: str) -> None:
    assert client.get(reverse("accounts:file_ready"), {"de": address}).status_code == 404


def test_form_is_kept_while_the_question_is_asked(ana: User) -> None:
    fresh = Client()
    fresh.force_login(ana)
    typed = {
        "name": "Paie",
        "expires_on": (timezone.localdate() + timedelta(days=5)).isoformat(),
    }

    asked = fresh.post(reverse("accounts:tokens"), typed)
    response = fresh.post(asked.url, {"password": "une phrase de passe longue"})

    assert response.status_code == 200
    assert ApiToken.objects.get().name == "Paie"


def test_closing_says_what_is_lost(client: Client, ana: User) -> None:
    MembershipFactory(user=ana, partner=PartnerFactory(name="Hôpital fictif"))
    TerritoryRoleFactory(user=ana, territory=TerritoryFactory(name="Pays fictif"))

    page = words(client.get(reverse("accounts:close")).text)

    assert "Vous quittez « Hôpital fictif »" in page
    assert "Votre mission pour « Pays fictif » prend fin" in page
    assert "C’est définitif" in page
    ana.refresh_from_db()
    assert ana.is_active


def test_closing_ends_everything_and_forgets_the_person(client: Client, ana: User) -> None:
    partner = PartnerFactory()
    MembershipFactory(user=ana, partner=partner, manager=True)
    kept = MembershipFactory(partner=partner, manager=True)
    TerritoryRoleFactory(user=ana)

    page = client.post(reverse("accounts:close"), follow=True)

    ana.refresh_from_db()
    assert "Votre compte est fermé et vos données sont effacées" in words(page.text)
    assert signed_in(client) is None
    assert (ana.email, ana.full_name) == (f"compte-{ana.pk}@efface.invalid", "")
    assert list(Membership.objects.filter(ended_at__isnull=True)) == [kept]
    assert not TerritoryRole.objects.filter(ended_at__isnull=True).exists()
    text = str(list(AuditLine.objects.values()))
    assert "Ana" not in text
    assert "Roux" not in text
    assert sign_in(client, User(email="ana@exemple.test")).status_code == 422


def test_last_administrator_does_not_leave(client: Client, ana: User) -> None:
    User.objects.filter(pk=ana.pk).update(is_platform_admin=True)
    membership = MembershipFactory(user=ana)

    page = client.post(reverse("accounts:close"), follow=True)

    assert "C’est le dernier compte d’administration" in words(page.text)
    membership.refresh_from_db()
    assert membership.ended_at is None
    assert signed_in(client) == ana
