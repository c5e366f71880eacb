from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.utils import translation

from ancrage.territory import measures
from ancrage.territory.enums import MeasureMoment, MeasurePart, MeasureUnit
from ancrage.territory.measures import Measure, Period, PeriodReversed, Reading
from ancrage.territory.models import Territory
from ancrage.territory.perimeters import Perimeter
from tests.factories.moments import NOW, TODAY

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31), NOW)


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(measures, "_measures", {})


def a_measure(key, part=MeasurePart.NEEDS):
    return Measure(
        key=key,
        name=key,
        definition="d",
        unit=MeasureUnit.COUNT,
        part=part,
        compute=lambda territory, period: measures.counted(3),
    )


def test_period_holds_its_first_and_last_days():
    assert (YEAR.starts, YEAR.ends, YEAR.until) == (
        date(2026, 1, 1),
        date(2026, 12, 31),
        date(2027, 1, 1),
    )
    assert YEAR.first_moment == datetime(2025, 12, 31, 23, tzinfo=UTC)
    assert YEAR.end_moment == datetime(2026, 12, 31, 23, tzinfo=UTC)
    assert YEAR.today == TODAY


def test_period_may_last_one_day_but_not_end_before_it_starts():
    assert Period(TODAY, TODAY, NOW).until == date(2026, 11, 17)

    with pytest.raises(PeriodReversed):
        Period(TODAY, date(2026, 11, 15), NOW)


def test_measures_come_by_part_then_as_declared(registry):
    journey = a_measure("j", MeasurePart.JOURNEYS)
    second, first = a_measure("b"), a_measure("a")

    measures.declare(journey, second, first)

    assert measures.measures() == (second, first, journey)
    assert measures.measures(MeasurePart.JOURNEYS) == (journey,)
    assert measures.measure("a") is first


def test_measure_unknown_or_declared_twice_is_named(registry):
    measures.declare(a_measure("a"))

    with pytest.raises(measures.UnknownMeasure, match="b"):
        measures.measure("b")
    with pytest.raises(ValueError, match="'a' is declared twice"):
        measures.declare(a_measure("a"))


def test_people_are_masked_from_one_to_four():
    assert measures.people(0) == Reading(Decimal(0))
    assert measures.people(5) == Reading(Decimal(5))
    assert measures.people(4) == measures.hidden()
    assert measures.people(4).masked


def test_people_by_cell_hide_a_second_cell_where_one_is_hidden():
    shown = [one.value for one in measures.people_by_cell([12, 3, 0, 9])]

    assert shown == [Decimal(12), None, Decimal(0), None]


ONE_SIDE_SMALL = Reading(
    None,
    masked=True,
    note="D’un côté de cette part, moins de 5 personnes\xa0: part non affichée.",
)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (10, 20, Reading(Decimal(50), 10, 20)),
        (20, 20, Reading(Decimal(100), 20, 20)),
        (0, 20, Reading(Decimal(0), 0, 20)),
        (3, 20, ONE_SIDE_SMALL),
        (17, 20, ONE_SIDE_SMALL),
        (4, 4, ONE_SIDE_SMALL),
        (0, 0, Reading(None, note="personne")),
    ],
)
def test_share_of_people_is_masked_when_either_side_is_small(part, whole, expected):
    assert measures.share_of_people(part, whole, none="personne") == expected


def test_share_of_things_is_rounded_as_on_the_pages():
    assert measures.share(5, 8) == Reading(Decimal(63), 5, 8)
    assert measures.share(0, 0) == Reading(None, note="Rien à compter sur la période.")


@pytest.mark.parametrize(
    ("reading", "unit", "words"),
    [
        (measures.fte(250), MeasureUnit.FTE, "2,5 ETP"),
        (measures.fte(10000), MeasureUnit.FTE, "100 ETP"),
        (measures.euros(123450), MeasureUnit.EUROS, "1 234,50 €"),
        (measures.euros(1200000), MeasureUnit.EUROS, "12 000 €"),
        (measures.counted(1234), MeasureUnit.COUNT, "1 234"),
        (measures.people(0), MeasureUnit.PEOPLE, "0 personne"),
        (measures.people(12), MeasureUnit.PEOPLE, "12 personnes"),
        (measures.days(1.5), MeasureUnit.DAYS, "1,5 jour"),
        (measures.days(48), MeasureUnit.DAYS, "48 jours"),
        (measures.days(None), MeasureUnit.DAYS, "sans objet"),
        (measures.share(5, 8), MeasureUnit.SHARE, "63 %"),
        (measures.people(2), MeasureUnit.PEOPLE, "masqué"),
    ],
)
def test_reading_in_words(reading, unit, words):
    # Groups of digits and units are held by spaces that do not break.
    said = measures.reading_in_words(reading, unit).replace("\u202f", " ").replace("\xa0", " ")

    assert said == words


def test_days_in_english_are_many_past_one():
    with translation.override("en"):
        assert measures.reading_in_words(measures.days(1.5), MeasureUnit.DAYS) == "1.5 days"


def test_every_measure_says_what_it_counts():
    known = measures.measures()

    assert len(known) >= 20
    for one in known:
        assert one.key.count(".") == 1
        assert str(one.definition).endswith((".", "…"))
        assert one.moment in MeasureMoment
    assert len({str(one.name) for one in known}) == len(known)


def test_zero_is_said_of_what_was_recorded_before_and_no_data_of_what_was_not(registry):
    facts = {"new": date(2026, 3, 1), "rare": date(2019, 5, 1), "many": date(2025, 6, 1)}
    measures.declare(
        *(
            replace(
                a_measure(key),
                compute=lambda where, period, day=day: measures.counted(
                    int(period.starts <= day <= period.ends)
                ),
            )
            for key, day in facts.items()
        )
    )
    where = Perimeter(Territory())
    before = Period(date(2025, 1, 1), date(2025, 12, 31), NOW)

    found = measures.as_recorded(where, before, measures.readings(where, before))

    assert {key: reading.value for key, reading in found.items()} == {
        "new": None,
        "rare": 0,
        "many": 1,
    }
    assert measures.reading_in_words(found["new"], MeasureUnit.COUNT) == "pas de données"
    # A delay of no day was measured: it is no lack of data.
    days = {"new": Reading(Decimal(0))}
    measures._measures["new"] = replace(a_measure("new"), unit=MeasureUnit.DAYS)
    assert measures.as_recorded(where, before, days) == days
