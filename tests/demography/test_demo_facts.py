"""The typed facts of the demo: real communes, whole, said to be what they are."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from ancrage.core.accessibility.travel import CrowFly, crow_fly
from ancrage.demo.demography import load_demography, load_study, ring
from ancrage.demo.demography.facts import FACTS
from ancrage.demo.undertakings import TYPED
from ancrage.demography.enums import Care, Dataset
from ancrage.demography.models import SitingStudy
from ancrage.demography.queries import columns_of, latest, vintages
from ancrage.demography.services.model import summary_of, territory_model
from ancrage.territory.models import Commune
from ancrage.territory.reference import pays_de_retz
from ancrage.territory.services import load_reference_communes
from tests.factories import TerritoryFactory

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
    own = [one.insee for one in pays_de_retz.COMMUNES]
    territory = TerritoryFactory(communes=Commune.objects.filter(insee__in=own))
    told = summary_of(territory_model(territory=territory, care=Care.GP))
    assert told.old is not None
    typed = next(
        one
        for axis in TYPED
        for one in axis
        if one.title.startswith("Médecins généralistes de 60")
    )
    assert typed.values[-1] == f"{100 * told.old / told.professionals:.1f}"
    means = latest(Dataset.MEANS, Care.NURSE)
    assert means is not None
    assert columns_of(means)["code"].tolist()[1] == "44"
    assert columns_of(means)["access"].tolist()[1] == pytest.approx(82.85)


@pytest.mark.django_db
def test_the_study_of_the_demo_leaves_something_to_choose():
    load_reference_communes(slug=pays_de_retz.SLUG)
    codes = [one.insee for one in pays_de_retz.COMMUNES]
    territory = TerritoryFactory(communes=list(Commune.objects.filter(insee__in=codes)))
    load_demography(now=NOW)

    load_study(territory, None, now=NOW)

    study = SitingStudy.objects.get()
    deficit, worst, cover = study.plans
    places = [{code for code, _count in plan["posts"]} for plan in study.plans]
    assert places[0] != places[1] != places[2] != places[0]
    assert 0 < deficit["value"] < deficit["before"]
    assert worst["value"] > worst["before"]
    assert cover["value"] > cover["before"]
    assert all(plan["searched"] for plan in study.plans)
