"""Sets of parameters, for programs: what the pages show, to those who may read the pages."""

from datetime import date

import pytest

from ancrage.core.accessibility.parameters import PER_PEOPLE, Activity, Parameters, Steps
from ancrage.demography.enums import Care
from ancrage.demography.services.model import parameters_of
from ancrage.demography.services.sets import Sheet, archive_set, choose_set, make_set, revise_set
from tests.factories import TerritoryFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

URL = "/api/v1/demography/parameters"
TYPED = Parameters(
    name="",
    decay=Steps((10.0, 20.0), (1.0, 0.3), closed=True),
    activity=Activity(),
    age_weights=None,
    age_cap=65,
    post=1.0,
    people=PER_PEOPLE,
    threshold=73.1,
    approximate=False,
    dated=date(2023, 12, 31),
    source="Feuille « Paramètres »",
)
WHO = {"by": None, "now": NOW}


def typed(territory, name, values=TYPED):
    return make_set(territory=territory, care=Care.NURSE, sheet=Sheet(name, values), **WHO)


def test_a_program_lists_the_sets_of_its_own_territories(field, coordination):
    typed(TerritoryFactory(slug="ailleurs"), "Jeu d’ailleurs")
    old = typed(field.territory, "Ancien jeu")
    archive_set(chosen=old, **WHO)
    kept = typed(field.territory, "Infirmiers 2023")
    choose_set(chosen=kept, **WHO)

    answer = coordination.get(URL).json()

    line = {
        "id": kept.pk,
        "territory": "pays-de-retz",
        "profession": "nurse",
        "name": "Infirmiers 2023",
        "version": 1,
        "is_default": True,
        "archived_at": None,
        "updated_at": "2026-11-16T09:30:00Z",
    }
    assert answer == {"items": [line], "count": 1}
    names = [one["name"] for one in coordination.get(URL, {"state": "all"}).json()["items"]]
    assert names == ["Ancien jeu", "Infirmiers 2023"]
    assert coordination.get(URL, {"state": "archived"}).json()["count"] == 1
    assert coordination.get(URL, {"profession": "gp"}).json()["count"] == 0
    assert coordination.get(URL, {"territory": "ailleurs"}).json()["count"] == 0


def test_each_version_keeps_its_values(field, member):
    kept = typed(field.territory, "Infirmiers 2023")
    sheet = Sheet("Infirmiers 2024", parameters_of(Care.NURSE), "Recopié.")
    revise_set(chosen=kept, sheet=sheet, number=1, **WHO)

    told = member.get(f"{URL}/{kept.pk}").json()
    first = member.get(f"{URL}/{kept.pk}/versions/1").json()
    second = member.get(f"{URL}/{kept.pk}/versions/2").json()

    assert (told["name"], told["version"]) == ("Infirmiers 2024", 2)
    assert [(one["number"], one["name"], one["note"]) for one in told["versions"]] == [
        (2, "Infirmiers 2024", "Recopié."),
        (1, "Infirmiers 2023", ""),
    ]
    assert first["values"] == {
        "dated": "2023-12-31",
        "source": "Feuille « Paramètres »",
        "approximate": False,
        "slope": None,
        "steps": [{"minutes": 10.0, "weight": 1.0}, {"minutes": 20.0, "weight": 0.3}],
        "closed": True,
        "floor": None,
        "ceiling": None,
        "classes": [],
        "ages": [],
        "age_cap": 65,
        "post": 1.0,
        "people": 100_000,
        "threshold": 73.1,
    }
    assert second["values"]["slope"] == {"full": 5.0, "nil": 20.0}
    assert second["values"]["steps"] == []
    # Who typed it is said on the page, among people; never to a program.
    assert set(second) == {"number", "name", "note", "made_at", "values"}
    assert member.get(f"{URL}/{kept.pk}/versions/3").status_code == 404


def test_the_sets_of_the_platform_are_read_by_those_who_read_its_maps(field, member, as_program):
    answer = member.get(f"{URL}/platform").json()

    assert [(one["profession"], one["name"]) for one in answer] == [
        ("gp", "proche-2015"),
        ("nurse", "approche-infirmiers"),
        ("physio", "approche-kinesitherapeutes"),
        ("midwife", "approche-sages-femmes"),
        ("dentist", "approche-dentistes"),
    ]
    assert answer[0]["values"]["ages"][0] == {"age": 0, "weight": pytest.approx(1.27, abs=0.005)}
    assert answer[0]["values"]["floor"] == 3600
    assert as_program(field.person).get(f"{URL}/platform").status_code == 403


def test_a_list_asks_as_much_for_one_as_for_many(field, coordination, django_assert_num_queries):
    typed(field.territory, "Un")
    coordination.get(URL)
    with django_assert_num_queries(4):
        coordination.get(URL)
    typed(field.territory, "Deux"), typed(field.territory, "Trois")
    with django_assert_num_queries(4):
        coordination.get(URL)
