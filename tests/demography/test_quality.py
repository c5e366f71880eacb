"""How close we come is measured on the reader's own territory, and says what it leaves out."""

import io

import pytest

from ancrage.demography.enums import Care
from ancrage.demography.services import read_access
from ancrage.demography.services.model import territory_model
from ancrage.demography.services.quality import quality_of
from ancrage.territory.models import Commune
from tests.demography.land import save, save_land, territory_of_land
from tests.factories import CommuneFactory, EpciFactory

pytestmark = pytest.mark.django_db


def test_the_territory_and_what_lies_one_catchment_away_are_compared():
    territory = territory_of_land()
    save_land()
    model = territory_model(territory=territory, care=Care.GP)

    found = quality_of(model)

    assert found.communes is not None
    assert (found.communes.places, found.left_out, found.threshold) == (3, 1, 2.5)
    # Three communes have no order worth telling; the mean of people is the same by construction.
    assert found.communes.rank is None
    own = model.inside[:3]
    people = model.state.people[own]
    assert people @ (model.computed[own] * found.communes.scale) == pytest.approx(
        people @ model.published[own]
    )
    assert found.around is not None
    assert found.around.places > 3
    assert [one.name for one in found.farthest[:1]] == ["Val-Fictif"]
    assert found.groupings is None


def test_groupings_are_compared_once_there_are_five():
    territory = territory_of_land()
    save_land()
    CommuneFactory(insee="44953", name="Tout-Près", latitude=43.13, longitude=0.12, population=900)
    text = "code;APL\n44901;4,1\n44902;2,6\n44903;1,9\n44904;1,8\n44951;3,9\n44953;2,2\n"
    save(read_access(io.BytesIO(text.encode()), filename="a.csv", care=Care.GP), 2025)
    for commune in Commune.objects.filter(insee__startswith="449"):
        Commune.objects.filter(pk=commune.pk).update(
            epci=EpciFactory(siren=f"2000{commune.insee}")
        )
    model = territory_model(territory=territory, care=Care.GP)

    found = quality_of(model)

    assert found.around is not None
    assert found.groupings is not None
    # One commune by grouping: the same order. What lies two catchments away is not compared.
    assert found.groupings.places == found.around.places == 5
    assert found.groupings.rank == pytest.approx(found.around.rank)


def test_without_a_published_file_nothing_is_compared():
    model = territory_model(territory=territory_of_land(), care=Care.GP)

    found = quality_of(model)

    assert (found.communes, found.around, found.groupings, found.farthest) == (None,) * 3 + ((),)
    assert found.left_out == 4
