"""The rights desk and the register of breaches, as those who answer use them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.privacy.models import AccessTrace, Breach, RightsRequest
from ancrage.privacy.terms import add_months
from ancrage.territory.models import Territory
from ancrage.web.privacy.clock import Clock, clock_of
from ancrage.web.privacy.requesters import Requester, who_asks
from tests.factories import (
    BreachFactory,
    CandidateFactory,
    DataSubjectFactory,
    RightsRequestFactory,
    UserFactory,
)
from tests.factories.moments import NOW
from tests.web.accounts.support import faults_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
HOUR = timedelta(hours=1)


def main_of(response: HttpResponse) -> BeautifulSoup:
    assert faults_of(response.text) == []
    return BeautifulSoup(response.text, "html.parser").main


def words(response: HttpResponse) -> str:
    return " ".join(main_of(response).get_text(" ").split())


def at(name: str, *args: Any) -> str:
    return reverse(f"privacy:{name}", args=args)


@pytest.fixture
def filed(coordinator: User, territory: Territory) -> RightsRequest:
    """A letter that falls to the territory, and another that does not."""
    RightsRequestFactory(home="territory:999999", requester="Personne d’ailleurs")
    return RightsRequestFactory(
        home=f"territory:{territory.pk}", requester="Mme Fictive", details="Tout"
    )


def rows(response: HttpResponse) -> list[str]:
    soup = BeautifulSoup(response.text, "html.parser")
    return [row.get_text(" ", strip=True) for row in soup.select("#results tbody tr")]


def test_the_desk_shows_what_is_due_first_and_what_is_late(
    client: Client, filed: RightsRequest
) -> None:
    late = RightsRequestFactory(home=filed.home, due_at=NOW - timedelta(days=900))
    RightsRequestFactory(home=filed.home, closed=True)

    page = client.get(at("request_list"))

    assert faults_of(page.text) == []
    found = rows(page)
    assert [f"({one.pk})" in row for one, row in zip((late, filed), found, strict=False)] == [
        True,
        True,
    ]
    assert "En retard" in found[0]
    assert "Satisfaite" in found[2]
    assert "d’ailleurs" not in page.text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 2),
        ({"etat": "open"}, 1),
        ({"droit": "erasure"}, 1),
        ({"q": "fictive"}, 1),
        ({"q": "introuvable"}, 0),
        ({"etat": "rumeur"}, 2),
    ],
)
def test_the_desk_is_narrowed_and_the_fragment_is_that_of_the_page(
    query: dict[str, str], count: int, client: Client, filed: RightsRequest
) -> None:
    RightsRequestFactory(
        home=filed.home, requester="Autre", kind="erasure", closed=True, details=""
    )

    page = client.get(at("request_list"), query)
    part = client.get(at("request_list"), query, headers=HTMX)

    assert len(rows(page)) == count
    whole = BeautifulSoup(page.text, "html.parser").find(id="results")
    assert str(whole) == str(BeautifulSoup(part.text, "html.parser").find(id="results"))


def test_the_desk_takes_the_same_queries_for_one_and_three(
    client: Client, filed: RightsRequest, django_assert_max_num_queries: Any
) -> None:
    for _time in range(2):
        with django_assert_max_num_queries(14):
            client.get(at("request_list"))
        RightsRequestFactory.create_batch(2, home=filed.home, closed=True)


def test_the_desk_is_handed_over_without_names(client: Client, filed: RightsRequest) -> None:
    RightsRequestFactory(home=filed.home, closed=True)

    text = client.get(at("request_export")).getvalue().decode("utf-8-sig")

    lines = text.splitlines()
    assert len(lines) == 3
    assert lines[1].startswith(f"{filed.pk};Voir ses données;16/11/2026;16/12/2026;À traiter")
    assert "Fictive" not in text


def test_a_letter_is_noted(client: Client, coordinator: User, territory: Territory) -> None:
    assert client.get(at("request_file")).status_code == 200
    data = {
        "territory": territory.pk,
        "requester": "M. Fictif, 1 rue du Port",
        "kind": "erasure",
        "channel": "letter",
        "received_on": "2026-11-02",
        "details": "",
    }

    for wrong in ({"requester": ""}, {"received_on": "2999-01-01"}, {"territory": "0"}):
        refused = client.post(at("request_file"), {**data, **wrong})
        assert refused.status_code == 422
        assert faults_of(refused.text) == []
    page = client.post(at("request_file"), data, follow=True)

    request = RightsRequest.objects.get()
    assert page.redirect_chain[-1][0] == at("request_sheet", request.pk)
    assert (request.home, timezone.localdate(request.due_at).isoformat()) == (
        f"territory:{territory.pk}",
        "2026-12-02",
    )
    assert "M. Fictif" in words(page)


def test_a_request_is_extended_then_closed(client: Client, filed: RightsRequest) -> None:
    assert "Pays fictif" in words(client.get(at("request_sheet", filed.pk)))
    refused = client.post(at("request_extend", filed.pk), {"reason": ""})
    assert refused.status_code == 422
    assert faults_of(refused.text) == []

    said = words(client.post(at("request_extend", filed.pk), {"reason": "Archives"}, follow=True))
    assert "Délai prolongé" in said
    assert "Prolonger de deux mois" not in said
    again = client.post(at("request_extend", filed.pk), {"reason": "Encore"}, follow=True)
    assert "déjà été prolongé" in words(again)

    refused = client.post(at("request_close", filed.pk), {"status": "done", "answer": ""})
    assert refused.status_code == 422
    data = {"status": "done", "answer": "Courrier du 20 novembre"}
    closed = client.post(at("request_close", filed.pk), data, follow=True)
    assert "Courrier du 20 novembre" in words(closed)
    again = client.post(at("request_close", filed.pk), data, follow=True)
    assert "déjà close" in words(again)
    filed.refresh_from_db()
    assert (filed.status, filed.due_at) == ("done", add_months(NOW, 3))


def test_a_persons_request_names_them_to_whoever_may_read_it_and_notes_the_reading(
    client: Client, coordinator: User, territory: Territory
) -> None:
    person = CandidateFactory(territory=territory, first_name="Alix", last_name="Fictive")
    asked = RightsRequestFactory(
        home=f"territory:{territory.pk}", subject=person.subject, requester=""
    )

    listed = words(client.get(at("request_list")))
    page = client.get(at("request_sheet", asked.pk))

    assert (person.card in listed, "Alix" in listed) == (True, False)
    link = BeautifulSoup(page.text, "html.parser").main.find("a", string="Alix Fictive")
    assert link["href"] == reverse("candidates:detail", args=[person.pk])
    assert AccessTrace.objects.get().fields == ["first_name", "last_name"]


def test_a_person_whom_the_reader_may_not_read_is_called_by_their_card(
    territory: Territory,
) -> None:
    person = CandidateFactory(territory=territory)
    asked = RightsRequestFactory(subject=person.subject, requester="")
    without = RightsRequestFactory(subject=DataSubjectFactory(), requester="")
    admin = UserFactory(is_platform_admin=True)

    assert who_asks(admin, asked, now=NOW) == Requester(f"Profil {person.card}")
    assert who_asks(admin, without, now=NOW).label.startswith("Personne n°")
    assert AccessTrace.objects.count() == 0


def test_the_request_of_an_erased_person_still_has_its_sheet(
    client: Client, filed: RightsRequest
) -> None:
    done = RightsRequestFactory(home=filed.home, requester="", closed=True, answer="")

    said = words(client.get(at("request_sheet", done.pk)))

    assert "une personne effacée depuis" in said
    assert "la personne elle-même" in said


# --- breaches ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "later", "clock"),
    [
        ({}, HOUR, Clock("Restent 71 heures", "warning")),
        ({}, 71 * HOUR, Clock("Reste 1 heure", "warning")),
        ({}, 75 * HOUR, Clock("En retard de 3 heures", "error")),
        ({"risk": "none"}, 90 * HOUR, Clock("Pas à notifier", "plain")),
        ({"notified_at": NOW + HOUR}, 90 * HOUR, Clock("CNIL prévenue à temps", "success")),
        ({"notified_at": NOW + 80 * HOUR}, HOUR, Clock("CNIL prévenue en retard", "warning")),
    ],
)
def test_the_clock_says_what_remains(
    facts: dict[str, Any], later: timedelta, clock: Clock
) -> None:
    assert clock_of(BreachFactory.build(**facts), now=NOW + later) == clock


def test_a_breach_is_logged_assessed_notified_told_and_closed(
    client: Client, coordinator: User
) -> None:
    now = timezone.localtime()
    assert "Aucune violation" in words(client.get(at("breach_list")))
    assert client.get(at("breach_log")).status_code == 200
    future = {"discovered_at": f"{now + HOUR:%Y-%m-%dT%H:%M}", "facts": "x"}
    for wrong in (future, {"discovered_at": "", "facts": ""}):
        refused = client.post(at("breach_log"), wrong)
        assert refused.status_code == 422
        assert faults_of(refused.text) == []
    moment = f"{now - 80 * HOUR:%Y-%m-%dT%H:%M}"
    page = client.post(
        at("breach_log"), {"discovered_at": moment, "facts": "Courriel à tous"}, follow=True
    )
    breach = Breach.objects.get()
    assert "En retard de" in words(page)

    assert "Évaluez le risque" in words(client.post(at("breach_close", breach.pk), follow=True))
    facts = {"risk": "high", "people_count": "12", "facts": "Courriel à 12", "measures": "Rappel"}
    refused = client.post(at("breach_assess", breach.pk), {**facts, "facts": ""})
    assert refused.status_code == 422
    assert "Courriel à tous" in refused.text
    client.post(at("breach_assess", breach.pk), facts)
    notice = {"notified_at": f"{now:%Y-%m-%dT%H:%M}", "reference": "N-7"}
    refused = client.post(at("breach_notify", breach.pk), notice)
    assert refused.status_code == 422
    assert "72 heures sont passées" in words(refused)
    client.post(at("breach_notify", breach.pk), {**notice, "late_reason": "Week-end"})
    refused = client.post(at("breach_tell", breach.pk), {"told_at": "", "silence_reason": " "})
    assert refused.status_code == 422
    client.post(at("breach_tell", breach.pk), {"silence_reason": "Données chiffrées"})
    said = words(client.post(at("breach_close", breach.pk), follow=True))

    assert "Violation close." in said
    breach.refresh_from_db()
    assert (breach.people_count, breach.authority_reference, breach.late_reason) == (
        12,
        "N-7",
        "Week-end",
    )
    assert "Données chiffrées" in said
    after = client.post(at("breach_assess", breach.pk), facts)
    assert after.status_code == 422


def test_the_register_is_narrowed_and_handed_over(client: Client, coordinator: User) -> None:
    BreachFactory(recorded_by=coordinator, facts="=ouverte")
    BreachFactory(recorded_by=coordinator, facts="Finie", closed_at=NOW)
    BreachFactory(facts="D’une autre")

    assert len(rows(client.get(at("breach_list")))) == 2
    assert "Finie" in rows(client.get(at("breach_list"), {"etat": "closed"}))[0]
    part = client.get(at("breach_list"), {"etat": "open"}, headers=HTMX)
    assert len(rows(part)) == 1
    text = client.get(at("breach_export")).getvalue().decode("utf-8-sig")
    assert len(text.splitlines()) == 3
    assert "'=ouverte" in text
    assert "D’une autre" not in text


def test_hours_of_the_register_are_those_of_the_clocks_here(
    client: Client, coordinator: User
) -> None:
    late = datetime(2026, 8, 31, 22, 30, tzinfo=UTC)
    breach = BreachFactory(recorded_by=coordinator, discovered_at=late)

    lines = client.get(at("breach_export")).getvalue().decode("utf-8-sig").splitlines()

    assert lines[1].startswith(f"{breach.pk};01/09/2026 00:30;")


def test_the_desk_and_the_register_are_in_the_menu_of_those_who_answer(
    client: Client, coordinator: User
) -> None:
    header = BeautifulSoup(client.get(at("request_list")).text, "html.parser").header

    assert header.find("a", href=at("request_list"))
    assert header.find("a", href=at("breach_list"))
