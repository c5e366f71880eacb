"""Departures in five years: counted by age, masked where few, patients followed to their next."""

import numpy as np
import pytest

from ancrage.core.accessibility.departures import Hypothesis
from ancrage.demography.enums import Care
from ancrage.demography.services.leaving import Assumptions, KnownMove, TooFew, outlook
from ancrage.demography.services.model import territory_model
from tests.demography.land import INSIDE, professionals, save, save_land, territory_of_land

pytestmark = pytest.mark.django_db

# Whoever reaches 65 leaves within a year.
AT_65 = Assumptions(rates=((0, 0.0), (65, 1.0)), replaced=0.5, patients=1_000)


@pytest.fixture
def model():
    save_land()
    return territory_model(territory=territory_of_land(), care=Care.GP)


def test_curves_are_those_of_the_three_hypotheses(model):
    known = (KnownMove("44901", 2, -1.0), KnownMove("44903", 1, 2.0), KnownMove("99999", 1, 5.0))

    found = outlook(model, Assumptions(AT_65.rates, 0.5, 1_000, known))

    assert found is not None
    # Twelve under sixty, two of them past 55: too few to be told apart, and six of sixty or more,
    # two of them past 65: the same. They are spread from 30 to 59, then from 60 to 69 years.
    assert found.today == 18
    assert [(band.first, band.end, band.count) for band in found.bands] == [
        (0, 60, 12),
        (60, None, 6),
    ]
    counts = {curve.hypothesis: curve.counts for curve in found.curves}
    assert counts[Hypothesis.NOBODY_COMES] == pytest.approx((18, 15, 14.4, 13.8, 13.2, 12.6))
    assert counts[Hypothesis.AS_BEFORE] == pytest.approx((18, 16.5, 16.2, 15.9, 15.6, 15.3))
    assert counts[Hypothesis.KNOWN] == (18, 20, 19, 19, 19, 19)
    # The official file says what is left without those older than 65, of two ages only.
    assert [age for age, _access in found.cuts] == [65]


def test_communes_are_told_together_where_too_few_are_on_either_side_of_sixty(model):
    found = outlook(model, AT_65)

    assert found is not None
    (row,) = found.sectors
    assert [model.places[rank].name for rank in row.sector.ranks] == [one[1] for one in INSIDE]
    assert (row.today, row.sector.young, row.sector.old) == (18, 12, 6)
    assert row.left == pytest.approx(12.6)


def test_sectors_are_told_most_leaving_first():
    territory = territory_of_land()
    save(
        professionals(
            "44901;10;45\n44901;5;66\n44902;6;57\n44902;6;64\n44903;3;40\n44904;2;64\n44951;60;50\n"
        )
    )
    model = territory_model(territory=territory, care=Care.GP)

    found = outlook(model, AT_65)

    assert found is not None
    names = [[model.places[rank].name for rank in row.sector.ranks] for row in found.sectors]
    assert names == [["Port-Fictif", "Landes-Fictives"], ["Bourg-Fictif", "Val-Fictif"]]
    assert [(row.today, row.sector.old) for row in found.sectors] == [(17, 7), (15, 6)]
    assert [row.patients for row in found.sectors] == pytest.approx(
        [1_000 * row.leaving for row in found.sectors]
    )
    assert found.looking == pytest.approx(sum(row.patients for row in found.sectors))
    assert sum(one.more for one in found.receivers) + found.nowhere == pytest.approx(found.looking)
    port = next(one for one in found.receivers if one.name == "Port-Fictif")
    assert port.inside
    assert port.growth == pytest.approx(port.more / 15_000)


def test_fewer_than_five_on_one_side_of_sixty_tell_nothing():
    territory = territory_of_land()
    save(professionals("44901;40;45\n44902;4;64\n"))

    with pytest.raises(TooFew):
        outlook(territory_model(territory=territory, care=Care.GP), AT_65)


def test_those_whose_age_nobody_tells_stay():
    territory = territory_of_land()
    save(professionals("44901;10;64\n44901;5;\n44902;5;30\n"))
    model = territory_model(territory=territory, care=Care.GP)

    found = outlook(model, Assumptions(((0, 0.0), (60, 1.0))))

    assert found is not None
    assert (found.today, found.unknown) == (20, 5)
    # Of five under sixty, one in thirty reaches it each year, and leaves in the next.
    assert found.curves[0].counts == pytest.approx(
        [20, *(10 - 5 * reached / 30 for reached in range(5))]
    )


def test_chance_widens_the_curve(model):
    found = outlook(model, Assumptions(((0, 0.1),), 0.5, 1_000))

    assert found is not None
    lows, highs = np.array(found.curves[0].band).T
    counts = np.array(found.curves[0].counts)
    assert np.all(lows[1:] < counts[1:])
    assert np.all(counts[1:] < highs[1:])
    assert counts[1] == pytest.approx(18 * 0.9)


def test_without_ages_nothing_is_told_and_rates_must_make_sense(model):
    assert outlook(territory_model(territory=model_less(), care=Care.NURSE), AT_65) is None
    with pytest.raises(ValueError, match="share"):
        outlook(model, Assumptions(((0, 1.5),), 0.5, 1_000))


def model_less():
    return territory_of_land("autre-pays")
