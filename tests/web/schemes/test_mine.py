"""« Mes aides »: answers to what the address tells, and the questions that come next."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from ancrage.privacy.models import AccessTrace
from ancrage.schemes.enums import Zone
from ancrage.schemes.services import ZoningLine, save_zonings
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    MembershipFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW
from tests.web.partners.support import soup

pytestmark = pytest.mark.django_db

URL = "/aides/mes-aides/"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-22T10:00:00+00:00", tick=False):
        yield


def aids(page, part: str) -> set[str]:
    return {link["href"].split("/")[2] for link in page.select(f"#{part} a")}


def asked(page) -> set[str]:
    return {field["name"] for field in page.select("main form [name]")}


def test_first_visit_asks_little_and_answers_nothing():
    response = Client().get(URL)

    page = soup(response)
    assert asked(page) == {"pour", "commune", "metier", "situations", "age", "secteur_employeur"}
    assert page.select_one("#oui") is None
    assert "no-store" in response["Cache-Control"]


def test_answers_are_sorted_and_further_questions_come():
    page = soup(Client().get(URL, {"age": "25", "secteur_employeur": "fph"}))

    assert aids(page, "oui") == {"visale-30-ans"}
    assert "mobili-pass" in aids(page, "non")
    assert "etude-promotionnelle" in aids(page, "a-verifier")
    assert len(asked(page)) == 12
    assert page.select_one("#id_age")["value"] == "25"


def test_aids_to_check_are_gathered_by_the_answer_that_would_settle_them():
    page = soup(Client().get(URL, {"metier": "nurse"}))

    folds = page.select("#a-verifier > details")
    words = [fold.find("summary").get_text(" ", strip=True) for fold in folds]
    shown = sum(len(fold.select(".list > li")) for fold in folds)
    assert [fold.has_attr("open") for fold in folds] == [True] + [False] * (len(folds) - 1)
    assert "Situation" in words[0]
    assert str(shown) == page.select_one("#a-verifier .card__head .count").get_text(strip=True)
    assert folds[0].select_one("li strong").get_text().split()[:2] == ["jusqu’à", "39"]
    assert [fold.has_attr("open") for fold in page.select("#non > details")] == [False]


def test_flags_days_and_sets_are_read():
    told = {
        "situations": ["fonctionnaire"],
        "secteur_employeur": "fph",
        "admis_en_formation": "oui",
        "accord_employeur": "oui",
        "embauche_le": "2026-09-01",
    }

    page = soup(Client().get(URL, told))
    refused = soup(Client().get(URL, {**told, "accord_employeur": "non"}))
    nobody = soup(Client().get(URL, {**told, "situations": ["aucun"]}))

    assert "etude-promotionnelle" in aids(page, "oui")
    assert "etude-promotionnelle" in aids(refused, "non")
    assert "etude-promotionnelle" in aids(nobody, "non")


def test_commune_answers_for_itself():
    page = soup(Client().get(URL, {"commune": "Pornic", "pour": "commune"}))

    assert "voitures-service-autres" in aids(page, "non")
    assert "exoneration-cfe" in aids(page, "a-verifier")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"age": "beaucoup"}, "age"),
        ({"commune": "Atlantide"}, "commune"),
        ({"commune": "Saint"}, "commune"),
    ],
)
def test_answer_in_error_is_told_and_left_aside(told, field):
    response = Client().get(URL, {**told, "secteur_employeur": "fph"})

    page = soup(response)
    assert response.status_code == 200
    assert page.select_one(f".field--error #id_{field}") is not None
    assert "mobili-pass" in aids(page, "non")


def test_what_excludes_what_is_told():
    told = {
        "situations": ["interne", "docteur_junior"],
        "zones": ["ZIP"],
        "distance_chu_km": "40",
        "distance_domicile_km": "25",
        "autre_aide_transport": "non",
    }

    page = soup(Client().get(URL, told))

    assert {"docteur-junior-zip", "transport-interne"} <= aids(page, "oui")
    assert "Celles qui rapportent le plus" in page.select_one("#oui").get_text()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_own_profile_begins_the_answers_and_leads_to_requests():
    person = CandidateFactory(
        user=UserFactory(), professions=[ProfessionFactory(code="care_assistant")]
    )

    page = soup(signed_in(person.subject.user).get(URL))

    assert page.select_one("#id_metier option[selected]")["value"] == "care_assistant"
    assert "Commencé avec votre profil" in page.get_text()
    assert page.select_one('#a-verifier a[href$="/demander/"]') is not None
    # Whoever answers for themselves is no longer answered for.
    told = soup(signed_in(person.subject.user).get(URL, {"age": "25"}))
    assert "Commencé avec votre profil" not in told.get_text()


def test_coordination_answers_for_a_person_and_is_noted():
    person = CandidateFactory(employer=PartnerFactory(public=True))
    client = signed_in(TerritoryRoleFactory(territory=person.territory).user)

    page = soup(client.get(f"{URL}personne/{person.pk}/"))

    assert page.select_one("#id_secteur_employeur option[selected]")["value"] == "fph"
    assert "mobili-pass" in aids(page, "non")
    links = {link["href"] for link in page.select("#a-verifier a")}
    assert f"/aides/visale-30-ans/demander/personne/{person.pk}/" in links
    assert AccessTrace.objects.filter(subject=person.subject).exists()


def test_structure_is_answered_from_its_sheet():
    partner = PartnerFactory(public=True)
    client = signed_in(MembershipFactory(partner=partner).user)

    page = soup(client.get(f"{URL}structure/{partner.pk}/", {"tension_locale": "oui"}))

    assert "secteur_employeur" not in asked(page)
    assert "voitures-service-autres" in aids(page, "non")


def test_move_from_a_commune_to_another_tells_what_is_won_and_lost():
    origin, _destination = (
        CommuneFactory(insee=code, name=name)
        for code, name in (("44981", "Avalle"), ("44982", "Bréval"))
    )
    lines = [ZoningLine(2, "44982", Zone.ZIP, date(2026, 1, 1), None)]
    save_zonings(
        lines=lines,
        source="Arrêté fictif",
        by=None,
        now=NOW,
        whole_departments=frozenset({origin.department.code}),
    )
    told = {
        "de": "Avalle",
        "vers": "Bréval",
        "metier": "general_practitioner",
        "situations": ["liberal"],
        "premiere_installation": "oui",
        "exercice_principal": "oui",
        "secteur": "secteur_1",
        # Told of one place, it would be wrong of the other.
        "zones": ["ZAC"],
    }

    there = soup(Client().get("/aides/demenager/", told))
    back = soup(Client().get("/aides/demenager/", {**told, "de": "Bréval", "vers": "Avalle"}))
    nowhere = Client().get("/aides/demenager/", {"de": "Avalle"})

    assert "primo-installation-zip" in aids(there, "gagne")
    assert "primo-installation-zip" in aids(back, "perdu")
    assert nowhere.status_code == 200
    assert soup(nowhere).select_one("#gagne") is None
