"""A territory is computed with its ring, from the vintages held, and says what it lacks."""

import io

import numpy as np
import pytest

from ancrage.core.accessibility.potential import potential
from ancrage.demography.enums import Care, Dataset
from ancrage.demography.services import read_access
from ancrage.demography.services.model import NoteKind, UnknownSet, summary_of, territory_model
from ancrage.territory.models import Commune
from tests.demography.land import (
    INSIDE,
    RING,
    other,
    professionals,
    save,
    save_land,
    territory_of_land,
)
from tests.factories import CommuneFactory, TerritoryFactory

pytestmark = pytest.mark.django_db


def kinds(model) -> dict[NoteKind, tuple[str, ...]]:
    return {note.kind: note.names for note in model.notes}


def test_a_territory_counts_with_its_ring_and_nothing_farther():
    territory = territory_of_land()
    save_land()

    model = territory_model(territory=territory, care=Care.GP)

    assert [place.code for place in model.places] == [row[0] for row in (*INSIDE, *RING)]
    assert [place.inside for place in model.places] == [True] * 4 + [False] * 2
    # Published for those of 65 or less, as the set counts; a commune without number has none.
    assert [place.published for place in model.places] == [3.6, 2.4, 1.7, None, 3.5, 2.0]
    assert model.age_cap == 65
    # Standardised where the official file says so; who is past 65 counts like others, or our
    # figures would tell where they are.
    assert model.state.people.tolist() == [15_000, 4_600, 2_900, 800, 72_000, 5_900]
    assert (model.state.supply / 5_400).tolist() == [15, 3, 0, 0, 60, 3]
    assert model.places[0].professionals == 15
    assert summary_of(model).old == 6
    assert kinds(model) == {
        NoteKind.NOT_PUBLISHED: ("Landes-Fictives",),
        NoteKind.CROW_FLY: (),
        NoteKind.APPROXIMATE: (model.parameters.source,),
        NoteKind.NOT_STANDARDISED: (),
        NoteKind.ALL_AGES: (),
        NoteKind.OTHER_YEARS: ("2023", "2024"),
    }


def test_what_is_shared_out_is_what_there_is():
    territory = territory_of_land()
    save_land()

    model = territory_model(territory=territory, care=Care.GP)

    state = model.state
    assert state.people @ state.access == pytest.approx(state.supply.sum(), rel=1e-12)
    again = potential(state.catchments, state.people, state.supply)
    assert np.array_equal(again.access, state.access)
    assert np.array_equal(model.anchored(state.access)[:3], model.published[:3])


def test_a_model_is_built_once_and_a_new_file_is_seen(django_assert_num_queries):
    territory = territory_of_land()
    save_land()
    first = territory_model(territory=territory, care=Care.GP)

    with django_assert_num_queries(4):
        assert territory_model(territory=territory, care=Care.GP) is first
    save(professionals("44903;1;40\n"), 2024, replace=True)
    second = territory_model(territory=territory, care=Care.GP)

    assert first.digest != second.digest
    assert (second.state.supply / 5_400).tolist() == [0, 0, 1, 0, 0, 0]
    older = territory_model(territory=territory, care=Care.GP, years={Dataset.PROFESSIONALS: 2019})
    assert not older.has_supply


def test_a_commune_that_moves_makes_another_model():
    territory = territory_of_land()
    first = territory_model(territory=territory, care=Care.GP)

    Commune.objects.filter(insee="44904").update(latitude=47.06)

    assert territory_model(territory=territory, care=Care.GP).digest != first.digest


def test_without_a_file_there_is_still_a_territory_and_it_says_so():
    model = territory_model(territory=territory_of_land(), care=Care.MIDWIFE)

    assert (model.has_supply, model.has_published) == (False, False)
    assert model.state.access.tolist() == [0] * 6
    assert [place.people for place in model.places] == [row[4] for row in (*INSIDE, *RING)]
    assert {NoteKind.NO_ACCESS, NoteKind.NO_PROFESSIONALS, NoteKind.SILENT_RING} <= set(
        kinds(model)
    )


def test_a_territory_without_communes_is_survived():
    model = territory_model(territory=TerritoryFactory(), care=Care.GP)

    assert model.places == ()
    assert NoteKind.NO_COMMUNE in kinds(model)


def test_communes_without_a_point_or_people_are_named_and_survived():
    lost = CommuneFactory(insee="44905", name="Perdue", latitude=None, longitude=None)
    here = {"latitude": 43.0, "longitude": 0.0}
    empty = CommuneFactory(insee="44906", name="Village-Mort", population=0, **here)
    unknown = CommuneFactory(insee="44907", name="Inconnue", population=None, **here)
    territory = TerritoryFactory(communes=[lost, empty, unknown])
    save(professionals("44905;1;40\n"), 2024)

    model = territory_model(territory=territory, care=Care.GP)

    assert np.isfinite(model.state.access).all()
    # Nobody but its own people reaches a commune that is nowhere.
    assert model.state.access[0] == pytest.approx(5_400 / 3_000)
    told = kinds(model)
    assert told[NoteKind.NO_POINT] == ("Perdue",)
    assert told[NoteKind.NOBODY] == ("Village-Mort",)
    assert told[NoteKind.UNKNOWN_PEOPLE] == ("Inconnue",)
    assert NoteKind.NO_RING in told


def test_a_commune_that_holds_a_sum_is_compared_to_nothing():
    territory = territory_of_land()
    text = "code;APL\n44901;48,3\n44902;2,4\n"
    save(read_access(io.BytesIO(text.encode()), filename="apl.csv", care=Care.GP), 2023)

    model = territory_model(territory=territory, care=Care.GP)

    assert [place.published for place in model.places[:2]] == [None, 2.4]
    assert kinds(model)[NoteKind.MERGED] == ("Port-Fictif",)
    assert model.age_cap is None


def test_paris_in_one_piece_gathers_its_arrondissements():
    paris = CommuneFactory(insee="75056", name="Paris", latitude=48.86, longitude=2.35)
    save(professionals("75101;2;40\n75120;3;50\n"), 2024)

    model = territory_model(territory=TerritoryFactory(communes=[paris]), care=Care.GP)

    assert model.places[0].professionals == 5
    assert kinds(model)[NoteKind.WHOLE_CITY] == ("Paris",)


def test_ages_weigh_where_the_official_file_does_not_say():
    territory = territory_of_land()
    save(other(Dataset.PEOPLE, "code;age_0;age_75\n44901;100;0\n44902;0;100\n"), 2022)

    model = territory_model(territory=territory, care=Care.GP)

    young, old = model.state.people[:2]
    assert young + old == pytest.approx(200)
    assert 2.3 < old / young < 3.0
    assert [place.people for place in model.places[:2]] == [100, 100]


def test_minutes_of_roads_draw_the_ring_and_the_weights():
    territory = territory_of_land()
    save_land()
    roads = "origine;destination;minutes\n44901;44902;12\n44902;44999;39\n44901;44951;41\n"
    save(other(Dataset.ROADS, roads), 2025)

    model = territory_model(territory=territory, care=Care.GP)

    assert [place.name for place in model.places if not place.inside] == ["Bout-du-Monde"]
    assert not model.crow_fly
    assert model.neighbours(model.ranks["44901"]) == ((model.ranks["44902"], 12.0),)


def test_communes_that_are_no_rows_come_from_the_file_of_places():
    territory = territory_of_land()
    text = (
        "code;nom;lat;lon;population\n"
        "44960;Autre-Voisine;43,15;0,20;1200\n75056;Paris;48,9;2,3;1\n"
    )
    save(other(Dataset.PLACES, text), 2025)

    model = territory_model(territory=territory, care=Care.GP)

    ring = [(place.name, place.people) for place in model.places if not place.inside]
    assert ring == [("Ville-Voisine", 70_000), ("Plaine-Voisine", 6_000), ("Autre-Voisine", 1_200)]


def test_a_profession_has_its_own_sets():
    territory = territory_of_land()

    with pytest.raises(UnknownSet):
        territory_model(territory=territory, care=Care.NURSE, parameters="proche-2015")
    assert territory_model(territory=territory, care=Care.NURSE).parameters.approximate
