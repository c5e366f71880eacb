"""Departures in five years: counted by age, masked where few, patients followed to their next."""

import numpy as np
import pytest

from ancrage.core.accessibility.departures import Hypothesis
from ancrage.demography.enums import Care
from ancrage.demography.services.leaving import Assumptions, KnownMove, TooFew, outlook
from ancrage.demography.services.model import territory_model
from tests.demography.land import professionals, save, save_land, territory_of_land

pytestmark = pytest.mark.django_db

# Nobody leaves but at 65.
AT_65 = Assumptions(rates=((0, 0.0),), last=65, replaced=0.5, patients=1_000)


@pytest.fixture
def model():
    save_land()
    return territory_model(territory=territory_of_land(), care=Care.GP)


def test_curves_are_those_of_the_three_hypotheses(model):
    known = (KnownMove("44901", 2, -1.0), KnownMove("44903", 1, 2.0), KnownMove("99999", 1, 5.0))

    found = outlook(model, Assumptions(AT_65.rates, 65, 0.5, 1_000, known))

    assert found is not None
    # 10 of 45, 4 of 63, 2 of 58, 1 of 64, and one of 70 who is past the last age.
    assert found.today == 18
    assert {curve.hypothesis: curve.counts for curve in found.curves} == {
        Hypothesis.NOBODY_COMES: (17, 16, 12, 12, 12, 12),
        Hypothesis.AS_BEFORE: (17, 17, 15, 15, 15, 15),
        Hypothesis.KNOWN: (18, 20, 19, 19, 19, 19),
    }
    assert found.cuts == ((65, 17), (62, 12), (60, 12))
    # Where each departure is certain, nothing is left to chance.
    assert found.curves[0].band == tuple((count, count) for count in found.curves[0].counts)


def test_a_commune_of_fewer_than_five_is_not_told_apart(model):
    found = outlook(model, AT_65)

    assert found is not None
    # Fifteen there, three elsewhere: the rest of eighteen would tell of three people.
    assert [(row.name, row.today) for row in found.communes] == [("", 18)]
    assert found.communes[0].left == 12


def test_communes_of_five_or_more_are_told_most_leaving_first():
    territory = territory_of_land()
    save(
        professionals("44901;10;45\n44901;5;64\n44902;6;64\n44903;3;40\n44904;2;64\n44951;60;50\n")
    )
    model = territory_model(territory=territory, care=Care.GP)

    found = outlook(model, AT_65)

    assert found is not None
    assert [(row.name, row.today, row.leaving, row.old) for row in found.communes] == [
        ("Bourg-Fictif", 6, 6, 6),
        ("Port-Fictif", 15, 5, 5),
        ("", 5, 2, 2),
    ]
    assert [row.patients for row in found.communes] == [6_000, 5_000, 2_000]
    assert found.looking == 13_000
    assert sum(one.more for one in found.receivers) + found.nowhere == pytest.approx(13_000)
    port = next(one for one in found.receivers if one.name == "Port-Fictif")
    assert port.inside
    assert port.growth == pytest.approx(port.more / 15_000)


def test_a_commune_whose_doctors_are_past_the_cap_still_has_patients_to_place():
    territory = territory_of_land()
    save(professionals("44901;10;45\n44902;6;70\n"))
    model = territory_model(territory=territory, care=Care.GP)

    found = outlook(model, AT_65)

    assert found is not None
    # None of them counts any more in what people reach: nobody says where theirs turn.
    assert model.state.supply[model.ranks["44902"]] == 0
    assert (found.communes[0].name, found.communes[0].patients) == ("Bourg-Fictif", 6_000)
    assert found.receivers == ()


def test_where_patients_turn_does_not_tell_which_small_commune_loses():
    territory = territory_of_land()
    save(professionals("44901;10;45\n44902;3;64\n44904;3;40\n"))
    first = outlook(territory_model(territory=territory, care=Care.GP), AT_65)
    save(professionals("44901;10;45\n44902;3;40\n44904;3;64\n"), replace=True)
    second = outlook(territory_model(territory=territory, care=Care.GP), AT_65)

    # One loses three, or the other does: what is shown is the same.
    assert first == second


def test_fewer_than_five_in_all_tell_nothing():
    territory = territory_of_land()
    save(professionals("44901;4;45\n"))

    with pytest.raises(TooFew):
        outlook(territory_model(territory=territory, care=Care.GP), AT_65)


def test_those_whose_age_nobody_tells_stay():
    territory = territory_of_land()
    save(professionals("44901;10;64\n44901;5;\n"))
    model = territory_model(territory=territory, care=Care.GP)

    found = outlook(model, AT_65)

    assert found is not None
    assert (found.today, found.unknown) == (15, 5)
    assert found.curves[0].counts == (15, 5, 5, 5, 5, 5)


def test_chance_widens_the_curve(model):
    found = outlook(model, Assumptions(((0, 0.1),), 75, 0.5, 1_000))

    assert found is not None
    lows, highs = np.array(found.curves[0].band).T
    counts = np.array(found.curves[0].counts)
    assert np.all(lows[1:] < counts[1:])
    assert np.all(counts[1:] < highs[1:])
    assert counts[1] == pytest.approx(18 * 0.9)


def test_without_ages_nothing_is_told_and_rates_must_make_sense(model):
    assert outlook(territory_model(territory=model_less(), care=Care.NURSE), AT_65) is None
    with pytest.raises(ValueError, match="share"):
        outlook(model, Assumptions(((0, 1.5),), 75, 0.5, 1_000))


def model_less():
    return territory_of_land("autre-pays")
