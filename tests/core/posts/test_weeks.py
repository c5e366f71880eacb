import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.core.posts.values import Shift, Slot
from ancrage.core.posts.weeks import fits, foes_of, mask_of, shared_out, slots_of
from tests.core.posts.invented import clash, day, fraction, weeks_of

WEEK = [Slot(one, shift) for one in range(7) for shift in Shift]


def test_slots_clash_by_the_clock():
    for one in WEEK:
        assert set(slots_of(foes_of(mask_of([one])))) == {
            other for other in WEEK if clash(one, other)
        }


@given(
    st.lists(
        st.tuples(st.frozensets(st.sampled_from(WEEK), max_size=5), st.integers(0, 5)),
        max_size=3,
    )
)
@settings(max_examples=200, deadline=None)
def test_weeks_are_found_when_there_are_some(asked):
    asked = [(slots, min(needed, len(slots))) for slots, needed in asked]
    patterns = tuple((mask_of(slots), needed) for slots, needed in asked)
    fractions = tuple(
        fraction(f"f{rank}", 50, slots, needed=needed)
        for rank, (slots, needed) in enumerate(asked)
    )

    possible = any(weeks_of(fractions, frozenset()))

    assert fits(patterns) is possible
    if possible:
        weeks = [slots_of(mask) for mask in shared_out(patterns)]
        assert [len(week) for week in weeks] == [needed for _slots, needed in asked]
        assert all(set(week) <= own for week, (own, _n) in zip(weeks, asked, strict=True))
        assert not any(
            clash(one, other)
            for rank, week in enumerate(weeks)
            for other_week in weeks[:rank]
            for one in week
            for other in other_week
        )


def test_weeks_of_fractions_that_clash_are_not_shared_out():
    monday = mask_of(day(0))

    with pytest.raises(ValueError, match="clash"):
        shared_out(((monday, 2), (monday, 1)))
