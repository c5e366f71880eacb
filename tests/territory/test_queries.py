from datetime import date

import pytest

from ancrage.territory.models import Commune, LivingArea
from ancrage.territory.queries import (
    MappedCommune,
    commune_search,
    communes_around,
    communes_in,
    communes_within,
    holders_of,
    living_areas_of,
    mapped_communes,
    nearby_communes,
    point_of,
    territories_of,
)
from ancrage.territory.services import load_reference_communes
from tests.factories import (
    CommuneFactory,
    DepartmentFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def pays_de_retz():
    load_reference_communes(slug="pays-de-retz")


def names(communes):
    return [commune.name for commune in communes]


# --- Search -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Pornic", ["Pornic", "Pornichet"]),
        ("pornic 44210", ["Pornic"]),
        ("PAIMBOEUF", ["Paimbœuf"]),
        ("paimbœuf", ["Paimbœuf"]),
        ("st brev", ["Saint-Brevin-les-Pins"]),
        ("Saint Brévin les Pins", ["Saint-Brevin-les-Pins"]),
        ("ste pazanne", ["Sainte-Pazanne"]),
        ("plaine s/mer", ["La Plaine-sur-Mer"]),
        ("retz pere", ["Saint-Père-en-Retz"]),
        ("44131", ["Pornic"]),
        ("4421", ["Pornic"]),
        ("44770", ["La Plaine-sur-Mer", "Préfailles"]),
        ("44680 chaumes", ["Chaumes-en-Retz"]),
        ("noirmoutier en l'ile", ["Noirmoutier-en-l’Île"]),
        ("brevin pornic", []),
        ("ornic", []),
        ("99999", []),
        ("", []),
        ("  -' ", []),
    ],
)
def test_commune_search(pays_de_retz, typed, found):
    assert names(commune_search(typed)) == found


def test_commune_search_puts_the_exact_name_first_then_the_most_populated(pays_de_retz):
    CommuneFactory(insee="44902", name="Vue-du-Lac", search_name="vue du lac", population=90_000)
    CommuneFactory(insee="44903", name="Belle-Vue", search_name="belle vue", population=None)
    CommuneFactory(insee="44904", name="Haute-Vue", search_name="haute vue", population=10)

    assert names(commune_search("vue")) == ["Vue", "Vue-du-Lac", "Haute-Vue", "Belle-Vue"]


def test_commune_search_finds_corsica_by_code_in_any_case():
    CommuneFactory(
        insee="2A004",
        name="Ajaccio",
        search_name="ajaccio",
        department=DepartmentFactory(code="2A"),
    )

    assert names(commune_search("2a004")) == ["Ajaccio"]


def test_commune_search_leaves_out_communes_that_exist_no_more(pays_de_retz):
    CommuneFactory(
        insee="44905", name="Pornic-Ancien", search_name="pornic ancien", valid_to=TODAY
    )

    assert names(commune_search("pornic")) == ["Pornic", "Pornichet"]


def test_commune_search_of_a_commune_with_two_postcodes_finds_it_once(pays_de_retz):
    assert names(commune_search("44 chaumes")) == ["Chaumes-en-Retz"]


# --- Distances ----------------------------------------------------------------------------------


def test_nearby_communes_are_sorted_by_distance(pays_de_retz):
    pornic = commune_search("pornic").first()

    near = nearby_communes((pornic.latitude, pornic.longitude), 7)

    assert [(one.commune.name, round(one.km, 1)) for one in near] == [
        ("Pornic", 0.0),
        ("La Bernerie-en-Retz", 4.4),
        ("Chauvé", 5.1),
    ]


def test_communes_within_leaves_out_unplaced_and_ended_communes(pays_de_retz):
    pornic = commune_search("pornic").first()
    CommuneFactory(insee="44905", latitude=None, longitude=None)
    CommuneFactory(
        insee="44906",
        latitude=pornic.latitude,
        longitude=pornic.longitude,
        valid_to=date(2020, 1, 1),
    )

    assert names(communes_within((pornic.latitude, pornic.longitude), 4.5)) == [
        "Pornic",
        "La Bernerie-en-Retz",
    ]


def test_communes_within_the_corners_of_the_window_are_left_out(pays_de_retz):
    # In the square window but beyond the circle.
    CommuneFactory(insee="44907", name="Coin", latitude=47.08, longitude=3.11)

    assert communes_within((47.0, 3.0), 10) == []


def test_communes_within_runs_one_query(pays_de_retz, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert len(communes_within((47.1224, -2.0518), 30)) > 20


def test_point_of():
    assert point_of(CommuneFactory.build(latitude=47.0, longitude=-2.0)) == (47.0, -2.0)
    assert point_of(CommuneFactory.build(latitude=None, longitude=None)) is None


# --- Territories --------------------------------------------------------------------------------


def test_communes_in_are_sorted_as_people_read(pays_de_retz):
    communes = [commune_search(code).first() for code in ("44116", "44038", "44131")]
    TerritoryFactory(communes=[commune_search("44220").first()])

    assert names(communes_in(TerritoryFactory(communes=communes))) == [
        "Chauvé",
        "Paimbœuf",
        "Pornic",
    ]


def test_territories_of_a_person_are_those_of_their_open_offices():
    user = UserFactory()
    coordinated, watched, left = (TerritoryFactory(name=name) for name in "BAC")
    TerritoryRoleFactory(user=user, territory=coordinated)
    TerritoryRoleFactory(user=user, territory=watched, institution=True)
    TerritoryRoleFactory(user=user, territory=left, ended_at=NOW)
    TerritoryRoleFactory(territory=TerritoryFactory(name="D"))

    assert list(territories_of(user)) == [watched, coordinated]


def test_holders_of_a_territory_come_with_their_account(django_assert_num_queries):
    territory = TerritoryFactory()
    role = TerritoryRoleFactory(territory=territory)
    TerritoryRoleFactory(territory=territory, ended_at=NOW)
    TerritoryRoleFactory()

    with django_assert_num_queries(1):
        assert [(one, one.user.email) for one in holders_of(territory)] == [
            (role, role.user.email)
        ]


def test_living_areas_of_a_territory_come_with_their_communes(django_assert_num_queries):
    commune = CommuneFactory(insee="44901")
    territory = TerritoryFactory(communes=[commune])
    coast = LivingArea.objects.create(territory=territory, name="Côte")
    coast.communes.add(commune)
    LivingArea.objects.create(territory=TerritoryFactory(), name="Ailleurs")

    with django_assert_num_queries(2):
        assert [(area, list(area.communes.all())) for area in living_areas_of(territory)] == [
            (coast, [commune])
        ]


# --- Maps ---------------------------------------------------------------------------------------


def test_communes_without_contour_are_bounded_by_their_neighbours(
    pays_de_retz, django_assert_num_queries
):
    alone = commune_search("44136").first()

    with django_assert_num_queries(2):
        drawn = mapped_communes(Commune.objects.filter(pk=alone.pk))
        around = communes_around(drawn)

    assert drawn == (MappedCommune(alone.pk, "44136", "Préfailles", 47.1315, -2.2139),)
    assert {one.name for one in around} >= {"La Plaine-sur-Mer", "Pornic"}
    assert "Préfailles" not in {one.name for one in around}


def test_communes_with_contours_need_no_neighbour(pays_de_retz, django_assert_num_queries):
    commune = CommuneFactory(
        insee="44901",
        contour='{"type": "Point", "coordinates": [1, 2]}',
        contour_vintage="IGN 2018",
        latitude=47.1,
        longitude=-2.1,
    )

    with django_assert_num_queries(1):
        drawn = mapped_communes(Commune.objects.filter(pk=commune.pk))
        around = communes_around(drawn)

    assert (around, drawn[0].contour_vintage) == ((), "IGN 2018")
    assert '"Point"' in drawn[0].contour


def test_communes_placed_nowhere_have_no_neighbour():
    commune = CommuneFactory(insee="44901", latitude=None, longitude=None)

    assert communes_around(mapped_communes(Commune.objects.filter(pk=commune.pk))) == ()
