"""The typed facts of the demo: real communes, whole, said to be what they are."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from ancrage.core.accessibility.travel import CrowFly, crow_fly
from ancrage.demo.demography import load_demography, ring
from ancrage.demo.demography.facts import FACTS
from ancrage.demography.enums import Care, Dataset
from ancrage.demography.queries import columns_of, latest, vintages
from ancrage.territory.models import Commune
from ancrage.territory.reference import pays_de_retz
from ancrage.territory.services import load_reference_communes

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
PLACES = (*pays_de_retz.COMMUNES, *pays_de_retz.NEIGHBOURS, *ring.COMMUNES)


def test_every_commune_of_the_ring_has_its_facts_once():
    assert Counter(one.insee for one in FACTS) == Counter(one.insee for one in PLACES)
    assert [one.insee for one in FACTS] == sorted(one.insee for one in FACTS)
    assert {one.epci for one in ring.COMMUNES} == set(ring.EPCIS)
    assert [one.insee for one in FACTS if one.merged] == ["44005", "44021", "44087"]


def test_the_ring_goes_as_far_as_two_catchments_and_no_farther():
    people = {one.insee: one.people for one in FACTS}
    pairs = crow_fly(
        [one.latitude for one in PLACES],
        [one.longitude for one in PLACES],
        most=40,
        people=[people[one.insee] for one in PLACES],
        roads=CrowFly(),
    )
    inside = pairs.origins < len(pays_de_retz.COMMUNES)

    assert set(pairs.destinations[inside].tolist()) == set(range(len(PLACES)))


@pytest.mark.django_db
def test_the_demo_holds_its_vintages_and_says_what_is_invented():
    load_reference_communes(slug=pays_de_retz.SLUG)
    pornic = Commune.objects.get(insee="44131")

    assert load_demography(now=NOW) == len(vintages()) == 7

    assert Commune.objects.count() == len(PLACES) == 134
    pornic.refresh_from_db()
    assert (pornic.population, pornic.version) == (17_910, "2024")
    doctors = latest(Dataset.PROFESSIONALS, Care.GP)
    assert doctors is not None
    assert (doctors.year, doctors.lines) == (2017, 1195)
    assert "âges FICTIFS" in doctors.source
    columns = columns_of(doctors)
    of_pornic = columns["code"] == "44131"
    assert columns["count"][of_pornic].sum() == 23
    assert columns["age"][columns["count"] > 0].min() >= 31
    means = latest(Dataset.MEANS, Care.NURSE)
    assert means is not None
    assert columns_of(means)["code"].tolist()[1] == "44"
    assert columns_of(means)["access"].tolist()[1] == pytest.approx(82.85)
