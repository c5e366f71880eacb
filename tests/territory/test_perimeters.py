"""Parts of a territory, and what may be told of them beside the whole."""

import pytest

from ancrage.territory.enums import MeasureCut, MeasurePart, MeasureUnit, PerimeterKind
from ancrage.territory.measures import (
    Measure,
    NotToldOfThisPart,
    Period,
    counted,
    measures,
    people_in,
)
from ancrage.territory.models import LivingArea
from ancrage.territory.perimeters import Perimeter, UnknownPerimeter, parts_of, perimeter_of
from tests.factories import CommuneFactory, EpciFactory, TerritoryFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

DAY = Period(TODAY, TODAY, NOW)


@pytest.fixture
def communes():
    """Two communes of an intercommunality, one of another, one of none; one of elsewhere."""
    west = EpciFactory(siren="200000001", name="Ouest")
    east = EpciFactory(siren="200000002", name="Est")
    CommuneFactory(epci=east)
    return [CommuneFactory(epci=epci) for epci in (west, west, east, None)]


@pytest.fixture
def territory(communes):
    return TerritoryFactory(communes=communes)


def area_of(territory, name, communes):
    area = LivingArea.objects.create(territory=territory, name=name)
    area.communes.set(communes)
    return area


def told(key, cut):
    return Measure(
        key, key, key, MeasureUnit.COUNT, MeasurePart.NEEDS, lambda *_: counted(1), cut=cut
    )


def test_parts_are_the_intercommunalities_then_the_living_areas(
    territory, communes, django_assert_num_queries
):
    area = area_of(territory, "Côte", [communes[0], communes[2], CommuneFactory()])
    alone = TerritoryFactory(communes=communes[:2])

    with django_assert_num_queries(2):
        found = parts_of([alone, territory])

    first, second, third, _alone = communes
    assert [(one.territory, one.key, one.name, one.communes) for one in found] == [
        (territory, "epci:200000002", "Est", {third.pk}),
        (territory, "epci:200000001", "Ouest", {first.pk, second.pk}),
        (territory, f"area:{area.pk}", "Côte", {first.pk, third.pk}),
    ]
    assert perimeter_of(territory, "epci:200000001") == found[1]
    assert perimeter_of(territory, "").is_whole
    with pytest.raises(UnknownPerimeter):
        perimeter_of(territory, "epci:200000009")


def test_a_measure_is_told_of_the_perimeters_of_its_cut(territory, communes):
    epci = perimeter_of(territory, "epci:200000001")
    area = Perimeter(territory, PerimeterKind.AREA, "area:1", "Côte", frozenset({1}))
    kinds = {
        cut: [told("x", cut).is_told_of(where) for where in (Perimeter(territory), epci, area)]
        for cut in MeasureCut
    }

    assert kinds == {
        MeasureCut.WHOLE: [True, False, False],
        MeasureCut.PLACE: [True, True, True],
        MeasureCut.EPCI: [True, True, False],
    }
    with pytest.raises(NotToldOfThisPart):
        told("x", MeasureCut.EPCI).read(area, DAY)


def test_no_share_delay_nor_amount_of_people_is_told_of_a_part():
    of_people = {"people", "journeys", "welcome", "training", "schemes"}

    cut = [one for one in measures() if one.cut != MeasureCut.WHOLE]

    assert all(
        one.unit in (MeasureUnit.COUNT, MeasureUnit.PEOPLE)
        for one in cut
        if one.key.partition(".")[0] in of_people
    )
    assert all(one.cut == MeasureCut.EPCI for one in cut if one.unit == MeasureUnit.PEOPLE)


def test_people_of_an_intercommunality_are_told_beside_the_others(territory, communes):
    first, second, third, _alone = (one.pk for one in communes)

    def read(counts):
        parts = [Perimeter(territory), *parts_of([territory])]
        return [people_in(where, DAY, counts).value for where in parts]

    assert read({first: 4, second: 8, third: 7, None: 6}) == [25, 7, 12]
    assert read({first: 4, second: 8, None: 6}) == [18, 0, 12]
    # Two of no intercommunality would be the whole less the others: the seven go with them.
    assert read({first: 12, third: 7, None: 2}) == [21, None, 12]
    # The same for a commune that is not in the territory.
    assert read({first: 12, third: 7, third + 100: 2}) == [21, None, 12]
    assert read({third: 3}) == [None, None, None]
    masked = people_in(perimeter_of(territory, "epci:200000001"), DAY, {first: 3, third: 30})
    assert (masked.value, masked.masked) == (None, True)
    assert "une autre intercommunalité" in masked.note
