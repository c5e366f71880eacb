"""Requests for aids on pages: the person's, the coordination's, the structure's."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.test import Client

from ancrage.privacy.models import AccessTrace
from ancrage.schemes.enums import AidState
from ancrage.schemes.models import AidRequest, Scheme
from tests.factories import (
    AidRequestFactory,
    CandidateFactory,
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.web.partners.support import HTMX, region, soup, words

pytestmark = pytest.mark.django_db

LIST = "/aides/demandes/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T10:00:00+00:00", tick=False):
        yield


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def person(territory):
    return CandidateFactory(
        territory=territory, user=UserFactory(), first_name="Alix", last_name="Marqueur"
    )


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def coordinator(territory) -> Client:
    return as_user(TerritoryRoleFactory(territory=territory).user)


def test_person_asks_then_tells_the_answer_and_reads_the_clock(person):
    client = as_user(person.subject.user)

    asked = client.post("/aides/cae-pays-de-la-loire/demander/", {"on": "2026-09-01"})
    page = soup(client.get(asked["Location"]))
    assert [one.get_text(strip=True) for one in page.select(".page-head__actions a")][:3] == [
        "Accordée",
        "Refusée",
        "Classée",
    ]
    granted = client.post(
        f"{asked['Location']}suite/accordee/",
        {"on": "2026-10-01", "granted_cents": "5 000", "starts_on": "2026-10-01", "revision": "1"},
    )

    read = client.get(f"{granted['Location']}?depart=2027-04-01")
    assert "Dernier jour dû 31 mars 2028" in words(read)
    assert "1er avril 2027" in soup(read).select_one("#si-depart").get_text()
    assert AidRequest.objects.get().granted_cents == 500_000
    undo = soup(client.get(asked["Location"])).select_one(
        'form[action="/aides/demandes/annuler/"]'
    )
    assert undo is None
    assert "Contrat d’allocation" in words(client.get("/aides/demandes/les-miennes/"))


def test_move_is_taken_back_by_the_bar(person):
    client = as_user(person.subject.user)
    row = AidRequestFactory(subject=person.subject, territory=person.territory)

    moved = client.post(f"{LIST}{row.pk}/suite/refusee/", {"on": "2026-11-20"}, follow=True)
    bar = soup(moved).select_one('form[action="/aides/demandes/annuler/"]')
    # A factory writes no first move: the one just made is there to be undone.
    client.post(bar["action"], {"rows": bar.select_one("[name=rows]")["value"]})

    row.refresh_from_db()
    assert row.state == AidState.ASKED


@pytest.mark.parametrize(
    ("data", "field"),
    [({"on": "2027-01-01"}, "id_on"), ({"on": "2026-01-01"}, "id_on"), ({}, "id_on")],
)
def test_move_on_a_day_that_cannot_be_is_refused_beside_it(person, data, field):
    row = AidRequestFactory(subject=person.subject, territory=person.territory)

    response = as_user(person.subject.user).post(f"{LIST}{row.pk}/suite/accordee/", data)

    assert response.status_code == 422
    assert soup(response).select_one(f".field--error #{field}") is not None


def test_request_corrected_by_two_is_refused_and_unknown_moves_are_not_found(person):
    client = as_user(person.subject.user)
    row = AidRequestFactory(subject=person.subject, territory=person.territory, revision=4)

    late = client.post(f"{LIST}{row.pk}/modifier/", {"note": "Relancé", "revision": "3"})
    saved = client.post(f"{LIST}{row.pk}/modifier/", {"note": "Relancé", "revision": "4"})

    assert (late.status_code, saved.status_code) == (422, 302)
    assert client.get(f"{LIST}{row.pk}/suite/perdue/").status_code == 404


def test_account_without_profile_is_told_to_make_one_first():
    page = soup(as_user(UserFactory()).get("/aides/visale-30-ans/demander/"))

    assert page.select_one(".empty") is not None
    assert page.select_one("form[novalidate]") is None


def test_coordination_searches_reads_and_is_noted(person, territory):
    row = AidRequestFactory(subject=person.subject, territory=territory)
    AidRequestFactory(of_structure=True, partner=PartnerFactory(territory=territory))
    AidRequestFactory(subject=CandidateFactory().subject)
    client = coordinator(territory)

    everybody = soup(client.get(LIST))
    named = soup(client.get(LIST, {"q": "marqueur"}))
    client.get(f"{LIST}{row.pk}/")

    assert len(everybody.select("tbody tr")) == 2
    assert [cell.get_text(strip=True) for cell in named.select("tbody th")] == ["Alix Marqueur"]
    fields = AccessTrace.objects.filter(subject=person.subject).values_list("fields", flat=True)
    assert any("note" in one for one in fields)
    assert soup(client.get(LIST, {"etat": "paid"})).select_one(".empty") is not None


def test_list_is_its_fragment_and_asks_few_questions(
    person, territory, django_assert_max_num_queries
):
    client = coordinator(territory)
    client.get(LIST)
    for code in ("visale-30-ans", "mobili-pass", "bail-mobilite"):
        scheme = Scheme.objects.get(code=code)
        AidRequestFactory(subject=person.subject, territory=territory, scheme=scheme)

    with django_assert_max_num_queries(20):
        page = client.get(LIST)

    assert region(client.get(LIST, headers=HTMX), "results") == region(page, "results")


def test_export_asks_why_and_marks_the_file(person, territory):
    AidRequestFactory(subject=person.subject, territory=territory)
    client = coordinator(territory)

    refused = client.post(f"{LIST}export/", {"reason": "?", "format": "csv"})
    file = client.post(f"{LIST}export/", {"reason": "Bilan annuel du territoire", "format": "csv"})

    assert refused.status_code == 422
    rows = list(csv.reader(io.StringIO(file.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][:2] == ["Alix Marqueur", "Visale, 18 à 30 ans"]
    assert "Bilan annuel du territoire" in rows[-1][0]


def test_structure_follows_its_own_and_sees_no_person(person, territory):
    partner = PartnerFactory(territory=territory)
    client = as_user(MembershipFactory(partner=partner).user)
    mine = AidRequestFactory(of_structure=True, partner=partner)
    theirs = AidRequestFactory(subject=person.subject, territory=territory)

    asked = client.post(
        f"/aides/assistant-medical/demander/structure/{partner.pk}/", {"on": "2026-11-02"}
    )
    page = soup(client.get(f"{LIST}structures/"))

    assert asked.status_code == 302
    assert len(page.select("tbody tr")) == 2
    assert client.get(f"{LIST}{mine.pk}/").status_code == 200
    assert client.get(f"{LIST}{theirs.pk}/").status_code == 404


def test_note_that_says_too_much_is_read_again_once(person):
    client = as_user(person.subject.user)
    sent = {"on": "2026-11-02", "note": "Elle est enceinte"}

    first = client.post("/aides/visale-30-ans/demander/", sent)
    again = client.post(
        "/aides/visale-30-ans/demander/",
        {**sent, "relu": soup(first).select_one("[name=relu]")["value"]},
    )

    assert (first.status_code, again.status_code) == (422, 302)
    assert AidRequest.objects.get().asked_on == date(2026, 11, 2)
