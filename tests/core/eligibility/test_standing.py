"""Zones of a day, and answers tempered by what is open and by how fresh the source is."""

from datetime import date

import pytest

from ancrage.core.eligibility.evaluate import Answer
from ancrage.core.eligibility.standing import Caution, Trust, cautions_on, check_due_on, dated
from ancrage.core.eligibility.values import Members, State
from ancrage.core.eligibility.zones import Span, ZonePeriod, overlaps, zones_on

NO, TO_CHECK, YES = State.NO, State.TO_CHECK, State.YES
YEAR_2026 = Span(date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("day", "inside", "outside"),
    [
        (date(2025, 12, 31), {"ZRR"}, {"QPV"}),
        (date(2026, 1, 1), {"ZIP", "ZRR"}, {"ZAC"}),
        (date(2026, 12, 31), {"ZIP"}, {"ZAC", "ZRR"}),
        (date(2027, 1, 1), set(), {"ZRR"}),
    ],
)
def test_zones_of_a_day(day, inside, outside):
    periods = [
        ZonePeriod("ZIP", YEAR_2026),
        ZonePeriod("ZRR", Span(last=date(2026, 6, 30))),
        # A part of the commune is in the district: nobody can say of an address.
        ZonePeriod("QPV", Span(first=date(2026, 1, 1)), whole=False),
    ]
    lists = {
        "ZIP": [YEAR_2026],
        "ZAC": [YEAR_2026],
        "QPV": [Span()],
        "ZRR": [Span(first=date(2026, 3, 1))],
    }

    assert zones_on(periods, lists, day) == Members(frozenset(inside), frozenset(outside))


def test_periods_of_a_zone_that_overlap_are_told():
    first = ZonePeriod("ZIP", YEAR_2026)
    next_year = ZonePeriod("ZIP", Span(date(2027, 1, 1)))
    last_day = ZonePeriod("ZIP", Span(date(2026, 12, 31), date(2026, 12, 31)))
    elsewhere = ZonePeriod("ZAC", YEAR_2026)
    always = ZonePeriod("ZAC", Span())

    assert overlaps([next_year, first, elsewhere]) == []
    assert overlaps([next_year, last_day, first]) == [(first, last_day)]
    assert overlaps([elsewhere, always]) == [(always, elsewhere)]


@pytest.mark.parametrize(
    ("day", "disagree", "state", "cautions"),
    [
        (date(2025, 12, 31), False, NO, (Caution.NOT_OPEN_YET,)),
        (date(2026, 1, 1), False, YES, ()),
        (date(2026, 3, 31), False, YES, ()),
        (date(2026, 4, 1), False, TO_CHECK, (Caution.CHECK_OVERDUE,)),
        (date(2026, 1, 1), True, TO_CHECK, (Caution.SOURCES_DISAGREE,)),
        (date(2027, 1, 1), False, NO, (Caution.CLOSED, Caution.CHECK_OVERDUE)),
    ],
)
def test_yes_is_as_sure_as_its_source(day, disagree, state, cautions):
    trust = Trust(YEAR_2026, date(2025, 12, 31), 90, sources_disagree=disagree)

    found = dated(Answer(YES, ()), trust, day)

    assert (found.state, found.cautions) == (state, cautions)


def test_no_stays_no_and_says_that_its_source_is_old():
    trust = Trust(Span(), date(2026, 1, 1), 30)

    found = dated(Answer(NO, ()), trust, date(2026, 6, 1))

    assert (found.state, found.cautions) == (NO, (Caution.CHECK_OVERDUE,))


def test_scheme_never_checked_is_never_certain():
    trust = Trust(Span(), None, 30)

    assert check_due_on(trust) is None
    assert cautions_on(trust, date(2026, 1, 1)) == (Caution.NEVER_CHECKED,)
    assert dated(Answer(YES, ()), trust, date(2026, 1, 1)).state is TO_CHECK


def test_check_that_is_never_due():
    trust = Trust(Span(), date(2026, 1, 1), 10**7)

    assert check_due_on(trust) == date.max
