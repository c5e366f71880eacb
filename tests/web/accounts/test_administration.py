"""Accounts and journal, as administrators see them."""

import csv
import io

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ancrage.accounts import services
from ancrage.accounts.models import User
from ancrage.kit.models import AuditLine
from ancrage.territory.models import TerritoryRole
from tests.factories import (
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW
from tests.web.accounts.support import faults_of, open_ana, protect, sign_in

pytestmark = pytest.mark.django_db

LIST = "/administration/comptes/"
JOURNAL = "/administration/journal/"


@pytest.fixture
def admin(client: Client) -> User:
    user = open_ana()
    User.objects.filter(pk=user.pk).update(is_platform_admin=True)
    sign_in(client, user)
    return user


@pytest.fixture
def people(admin: User) -> dict[str, User]:
    """One of each, told apart by their first name."""

    def named(first_name: str) -> User:
        return UserFactory(first_name=first_name, last_name="Exemple")

    hospital = PartnerFactory(name="Hôpital fictif")
    found = {
        "employer": MembershipFactory(user=named("Élodie"), partner=hospital).user,
        "coordinator": TerritoryRoleFactory(user=named("Camille")).user,
        "institution": TerritoryRoleFactory(user=named("Ines"), institution=True).user,
        "welcome_partner": MembershipFactory(user=named("Willy"), welcome=True).user,
        "candidate": named("Chloé"),
        "closed": named("Fermine"),
    }
    former = MembershipFactory(user=found["candidate"])
    former.ended_at = NOW
    former.save()
    services.close_account(user=found["closed"], by=admin, now=NOW)
    return found


def names(response: HttpResponse) -> list[str]:
    return [account.first_name for account, _state, _roles in response.context["rows"]]


def messages_of(response: HttpResponse) -> list[str]:
    soup = BeautifulSoup(response.text, "html.parser")
    return [text.get_text(strip=True) for text in soup.select("#messages p")]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Camille", "Chloé", "Élodie", "Fermine", "Ines", "Willy", "Ana"]),
        ("?q=elodie", ["Élodie"]),
        ("?q=exemple+CHLOE", ["Chloé"]),
        ("?q=ana@exemple", ["Ana"]),
        ("?q=personne-de-ce-nom", []),
        ("?role=admin", ["Ana"]),
        ("?role=coordinator", ["Camille"]),
        ("?role=institution", ["Ines"]),
        ("?role=employer", ["Élodie"]),
        ("?role=welcome_partner", ["Willy"]),
        ("?role=candidate", ["Chloé", "Fermine"]),
        ("?state=closed", ["Fermine"]),
        ("?state=open&role=candidate", ["Chloé"]),
        ("?state=erased", []),
        # What the filters do not know filters nothing.
        ("?role=roi", ["Camille", "Chloé", "Élodie", "Fermine", "Ines", "Willy", "Ana"]),
    ],
)
def test_accounts_are_found(
    client: Client, people: dict[str, User], query: str, expected: list[str]
) -> None:
    found = names(client.get(LIST + query))

    assert sorted(found) == sorted(expected)


def test_list_says_what_each_account_opens_and_is_one_of_our_pages(
    client: Client, people: dict[str, User]
) -> None:
    response = client.get(LIST)

    shown = {account.first_name: roles for account, _state, roles in response.context["rows"]}
    assert shown["Élodie"] == ["Structure · Hôpital fictif"] or "Hôpital fictif" in str(
        shown["Élodie"]
    )
    assert shown["Chloé"] == []
    assert shown["Ana"] == ["Administration"]
    assert faults_of(response.text) == []


def test_list_comes_in_pages_and_keeps_its_filters(client: Client, admin: User) -> None:
    for number in range(30):
        UserFactory(first_name="Multiple", last_name=f"Numéro {number:02}")

    first = client.get(f"{LIST}?q=multiple")
    second = client.get(f"{LIST}?q=multiple&page=2")

    assert (len(names(first)), len(names(second))) == (25, 5)
    assert "?q=multiple&amp;page=2" in first.text
    assert "30 comptes" in first.text


def test_fragment_of_the_list_is_the_region_of_the_page(
    client: Client, people: dict[str, User]
) -> None:
    whole = client.get(f"{LIST}?role=employer").text
    part = client.get(f"{LIST}?role=employer", headers={"HX-Request": "true"}).text

    region = BeautifulSoup(whole, "html.parser").find(id="results")
    assert BeautifulSoup(part, "html.parser").find(id="results") == region
    assert "<html" not in part


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_few_and_many(
    client: Client, admin: User, django_assert_num_queries, count: int
) -> None:
    for _number in range(count):
        MembershipFactory()
        TerritoryRoleFactory()
    client.get(LIST)

    with django_assert_num_queries(7):
        client.get(LIST)


def rows_of(response: HttpResponse) -> list[list[str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def test_file_of_accounts_holds_what_the_list_shows(
    client: Client, people: dict[str, User]
) -> None:
    User.objects.filter(pk=people["employer"].pk).update(job_title="=1+1")

    header, *rows = rows_of(client.get("/administration/comptes.csv?role=employer"))

    assert header[:3] == ["Nom", "Prénom", "Adresse électronique"]
    assert [row[:4] for row in rows] == [["Exemple", "Élodie", people["employer"].email, "'=1+1"]]


def test_sheet_shows_rights_protection_and_history(
    client: Client, people: dict[str, User]
) -> None:
    page = client.get(reverse("accounts:user_sheet", args=[people["closed"].pk]))

    assert faults_of(page.text) == []
    assert page.context["state"] == "closed"
    assert [words for _line, words in page.context["lines"]] == ["Compte fermé"]
    assert "Rouvrir le compte" in page.text
    assert "Confier une mission" not in page.text


def test_account_is_closed_then_reopened(client: Client, people: dict[str, User]) -> None:
    pk = people["employer"].pk

    closed = client.post(reverse("accounts:user_close", args=[pk]), follow=True)
    assert messages_of(closed) == ["Le compte est fermé."]
    assert not User.objects.get(pk=pk).is_active
    reopened = client.post(reverse("accounts:user_reopen", args=[pk]), follow=True)

    assert messages_of(reopened) == ["Le compte est rouvert."]
    assert User.objects.get(pk=pk).is_active


def test_administration_is_confided_then_taken_back(
    client: Client, people: dict[str, User]
) -> None:
    pk = people["candidate"].pk

    client.post(reverse("accounts:user_make_admin", args=[pk]))
    assert User.objects.get(pk=pk).is_platform_admin
    client.post(reverse("accounts:user_unmake_admin", args=[pk]))

    assert not User.objects.get(pk=pk).is_platform_admin


def test_last_administrator_is_kept_and_the_page_says_why(client: Client, admin: User) -> None:
    page = client.post(reverse("accounts:user_unmake_admin", args=[admin.pk]), follow=True)

    (message,) = messages_of(page)
    assert message.startswith("C’est le dernier compte d’administration")


def test_office_is_given_once_then_ended(client: Client, people: dict[str, User]) -> None:
    account, territory = people["candidate"], TerritoryFactory(name="Pays fictif")
    url = reverse("accounts:user_appoint", args=[account.pk])
    typed = {"territory": territory.pk, "office": "institution", "organisation": "ARS (fictive)"}

    done = client.post(url, typed, follow=True)
    assert messages_of(done) == ["La mission est confiée."]
    again = client.post(url, typed)
    assert again.status_code == 422
    assert "Cette personne exerce déjà cette mission." in again.text
    role = TerritoryRole.objects.get(user=account)
    for expected in ("La mission est terminée.", "Cette mission est déjà terminée."):
        ended = client.post(reverse("accounts:user_dismiss", args=[role.pk]), follow=True)
        assert messages_of(ended) == [expected]

    role.refresh_from_db()
    assert (role.organisation, role.ended_at is None) == ("ARS (fictive)", False)


def test_office_is_not_given_to_a_closed_account(client: Client, people: dict[str, User]) -> None:
    response = client.post(
        reverse("accounts:user_appoint", args=[people["closed"].pk]),
        {"territory": TerritoryFactory().pk, "office": "coordinator"},
    )

    assert response.status_code == 404


def test_sensitive_acts_ask_the_administrator_again(admin: User, people: dict[str, User]) -> None:
    fresh = Client()
    fresh.force_login(admin)
    pk = people["employer"].pk

    for name in ("user_close", "user_make_admin", "user_appoint"):
        response = fresh.post(reverse(f"accounts:{name}", args=[pk]))
        assert response.url.startswith(reverse("account_reauthenticate"))
    for name in ("user_export", "audit_export"):
        assert fresh.get(reverse(f"accounts:{name}")).status_code == 302

    assert User.objects.get(pk=pk).is_active


# --- the journal ---------------------------------------------------------------------------------


@pytest.fixture
def lines(admin: User, people: dict[str, User]) -> list[AuditLine]:
    AuditLine.objects.all().delete()
    employer = people["employer"]
    services.choose_language(user=employer, language="en", by=employer, now=NOW)
    services.close_account(user=people["coordinator"], by=admin, now=timezone.now())
    return list(AuditLine.objects.order_by("-at", "-pk"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Compte fermé", "Langue changée"]),
        ("?who=elodie", ["Langue changée"]),
        ("?action=account.closed", ["Compte fermé"]),
        ("?since=2000-01-01&until=2000-01-02", []),
        ("?until=2026-11-16", ["Langue changée"]),
        ("?since=2026-11-16&until=2026-11-16", ["Langue changée"]),
        ("?target=introuvable", []),
    ],
)
def test_journal_answers_who_what_when(
    client: Client, lines: list[AuditLine], query: str, expected: list[str]
) -> None:
    response = client.get(JOURNAL + query)

    assert [words for _line, words, _changes in response.context["rows"]] == expected
    assert faults_of(response.text) == []


def test_journal_finds_a_target(
    client: Client, lines: list[AuditLine], people: dict[str, User]
) -> None:
    response = client.get(f"{JOURNAL}?target=compte {people['employer'].pk}")

    assert "Langue changée" in [words for _line, words, _changes in response.context["rows"]]


def test_fragment_of_the_journal_is_the_region_of_the_page(
    client: Client, lines: list[AuditLine]
) -> None:
    whole = client.get(JOURNAL).text
    part = client.get(JOURNAL, headers={"HX-Request": "true"}).text

    region = BeautifulSoup(whole, "html.parser").find(id="results")
    assert BeautifulSoup(part, "html.parser").find(id="results") == region


def test_action_that_no_app_names_is_shown_by_its_code(client: Client, admin: User) -> None:
    AuditLine.objects.create(
        at=NOW, action="chose.inconnue", target_type="x", target_id="1", target_label="X"
    )

    response = client.get(f"{JOURNAL}?action=chose.inconnue")

    assert [words for _line, words, _changes in response.context["rows"]] == ["chose.inconnue"]
    assert "le programme" in response.text


def test_file_of_the_journal_holds_what_was_asked(
    client: Client, lines: list[AuditLine], people: dict[str, User]
) -> None:
    employer = people["employer"]

    header, *rows = rows_of(client.get("/administration/journal.csv?until=2026-11-16"))

    assert header[0] == "Quand"
    assert rows == [
        [
            "2026-11-16T10:30:00+01:00",
            "Élodie Exemple",
            "account.language_changed",
            "Langue changée",
            "accounts.user",
            str(employer.pk),
            f"compte {employer.pk}",
            "language : fr → en",
        ]
    ]


def test_lost_second_factor_is_taken_away_by_an_administrator(
    client: Client, people: dict[str, User]
) -> None:
    account = people["employer"]
    protect(account)
    assert "Retirer les seconds facteurs" in (
        client.get(reverse("accounts:user_sheet", args=[account.pk])).text
    )

    page = client.post(
        reverse("accounts:user_remove_second_factors", args=[account.pk]), follow=True
    )

    assert messages_of(page) == ["Les seconds facteurs sont retirés et les appareils déconnectés."]
    assert "Retirer les seconds facteurs" not in page.text
