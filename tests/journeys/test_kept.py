"""Who stayed, by structure and by aid, beside everybody: nobody is told by difference."""

from datetime import date, timedelta

from ancrage.journeys.queries.figures import StayLine
from ancrage.journeys.services.kept import KEPT_AT, keeping_of

START = date(2024, 1, 1)


def stays(partner, number, *, first=0, days=800, leave_after=None):
    """So many posts of one structure, known for `days`; one in four leaves if asked."""
    lines = []
    for rank in range(number):
        ended = leave_after if leave_after and rank % 4 == 0 else None
        last = START + timedelta(days=ended or days)
        reason = "pay" if ended else ""
        lines.append(
            StayLine(first + rank, partner, START, START, last, last if ended else None, reason)
        )
    return lines


def told(groups):
    return {
        one.pk: [None if r is None else (round(100 * r.survival), r.at_risk) for r in one.readings]
        for one in groups
    }


def test_structures_are_told_where_all_may_be():
    lines = stays(1, 20, leave_after=250) + stays(2, 12, first=20)

    kept = keeping_of(lines, {})

    assert KEPT_AT == (6, 12, 24)
    assert told(kept.by_partner) == {
        1: [(100, 20), (75, 15), (75, 15)],
        2: [(100, 12), (100, 12), (100, 12)],
    }
    assert [r.at_risk for _months, r in kept.everybody.readings if r] == [32, 32, 32, 27, 27, 27]


def test_structure_with_few_people_hides_another_lest_the_whole_tell_of_it():
    lines = stays(1, 20) + stays(2, 12, first=20) + stays(None, 3, first=32)

    assert told(keeping_of(lines, {}).by_partner) == {1: [(100, 20)] * 3}


def test_aid_is_told_where_those_who_had_it_not_are_enough():
    lines = stays(1, 20)

    kept = keeping_of(lines, {7: set(range(8)), 8: set(range(17)), 9: {1, 2}})

    assert told(kept.by_scheme) == {7: [(100, 8)] * 3}


def test_nothing_is_told_of_nobody():
    kept = keeping_of([], {7: set()})

    assert (kept.by_partner, kept.by_scheme, kept.everybody.people) == ((), (), 0)
