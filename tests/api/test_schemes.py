"""Aids as programs read them: inventory, answers to facts, zones of a commune."""

import json
from datetime import date

import pytest
from django.test import Client

from ancrage.schemes.enums import Zone
from ancrage.schemes.services import ZoningLine, save_zonings
from tests.factories import CommuneFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

URL = "/api/v1/schemes"


def ask(**body):
    return Client().post(f"{URL}/answers", json.dumps(body), "application/json")


def test_inventory_is_listed_found_and_read_whole(november):
    page = Client().get(URL, {"q": "visale", "open": "true"}).json()
    one = Client().get(f"{URL}/mobili-pass").json()

    assert [line["code"] for line in page["items"]] == ["visale-30-ans", "visale-plus-de-30-ans"]
    assert "effectif >= 10" in one["rule"]
    assert [(row["low"], row["high"]) for row in one["amounts"]] == [(3000.0, 3500.0)]
    assert Client().get(f"{URL}/inconnue").status_code == 404


def test_facts_are_answered_with_what_is_missing_and_the_source(november):
    found = {one["code"]: one for one in ask(facts={"age": 25}, on="2026-11-22").json()}

    assert found["visale-30-ans"]["answer"] == "yes"
    assert found["visale-plus-de-30-ans"]["answer"] == "no"
    missing = found["mobili-pass"]["missing"]
    assert "effectif" in {one["name"] for one in missing}
    assert found["mobili-pass"]["source_url"].startswith("https://")


@pytest.mark.parametrize("facts", [{"ags": 3}, {"age": "beaucoup"}, {"zones": ["ZUT"]}])
def test_wrong_fact_is_refused_by_its_name(november, facts):
    response = ask(facts=facts)

    assert response.status_code == 422
    assert next(iter(facts)) in response.content.decode()


def test_zones_of_a_commune_answer_for_it(november):
    CommuneFactory(insee="44982", name="Bréval")
    save_zonings(
        lines=[ZoningLine(2, "44982", Zone.ZIP, date(2026, 1, 1), None)],
        source="Arrêté fictif",
        by=None,
        now=NOW,
    )

    zones = Client().get(f"{URL}/zones/44982").json()
    facts = {"situations": ["docteur_junior"]}
    found = {one["code"]: one for one in ask(facts=facts, commune="44982").json()}

    assert [(one["zone"], one["source"]) for one in zones["zones"]] == [("ZIP", "Arrêté fictif")]
    assert found["docteur-junior-zip"]["answer"] == "yes"
    assert ask(commune="00000").status_code == 404
