"""The best set is that of an exhaustive search, and says what each other aid gives way to."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.core.eligibility.cumulation import Choice, UnknownAid, best_set
from tests.core.eligibility.oracle import subsets

NAMES = "abcdefgh"


def searched(values, groups, held):
    """Every subset tried, from the definition: value, then count, then first in order."""
    allowed = [
        chosen
        for chosen in subsets(name for name in values if name not in held)
        if not any(exclude(one, other, groups) for one, other in combinations(chosen, 2))
        and not any(exclude(one, other, groups) for one in chosen for other in held)
    ]
    return min(
        allowed, key=lambda chosen: (-sum(values[name] for name in chosen), -len(chosen), chosen)
    )


def exclude(one, other, groups):
    """Tell whether two aids may not be had together."""
    return any({one, other} <= group for group in groups)


@given(
    st.dictionaries(st.sampled_from(NAMES), st.integers(0, 3), min_size=1),
    st.lists(st.frozensets(st.sampled_from(NAMES), min_size=2, max_size=4), max_size=5),
    st.frozensets(st.sampled_from(NAMES), max_size=2),
    st.randoms(use_true_random=False),
)
def test_best_set_is_that_of_an_exhaustive_search(values, groups, held, dice):
    groups = [group & (values.keys() | held) for group in groups]

    found = best_set(values, groups, held)

    assert found.chosen == searched(values, groups, held)
    assert found.total == sum(values[name] for name in found.chosen)
    assert set(found.left) == set(values) - set(found.chosen) - held
    for name, reasons in found.left.items():
        assert reasons
        for other in reasons:
            assert other in held or other in found.chosen
            assert exclude(name, other, groups)
    items, shuffled = list(values.items()), list(groups)
    dice.shuffle(items)
    dice.shuffle(shuffled)
    assert best_set(dict(items), shuffled, held) == found


def test_two_small_aids_beat_a_large_one_or_not():
    # The allowances of an intern (housing, transport) against that of a junior doctor.
    groups = [frozenset({"housing", "junior"}), frozenset({"transport", "junior"})]
    values = {"housing": 3_600, "transport": 1_560, "junior": 12_000}

    assert best_set(values, groups) == Choice(
        ("junior",), 12_000, {"housing": ("junior",), "transport": ("junior",)}
    )
    assert best_set(values | {"junior": 5_160}, groups) == Choice(
        ("housing", "transport"), 5_160, {"junior": ("housing", "transport")}
    )
    assert best_set(values, groups, held=frozenset({"transport"})) == Choice(
        ("housing",), 3_600, {"junior": ("housing", "transport")}
    )


def test_tangle_of_sixty_aids_is_solved():
    names = [f"aid{number:02}" for number in range(60)]
    groups = [
        frozenset({names[i], names[(i + step) % 60]}) for i in range(60) for step in (1, 7, 13)
    ]
    values = {name: 100 + (index * 37) % 50 for index, name in enumerate(names)}

    found = best_set(values, groups)

    assert all(len(group & set(found.chosen)) <= 1 for group in groups)
    assert len(found.chosen) + len(found.left) == 60
    assert found.total == sum(values[name] for name in found.chosen) >= 60 * 100 // 4


def test_group_that_names_an_unknown_aid_is_refused():
    with pytest.raises(UnknownAid, match="ghost"):
        best_set({"a": 1}, [frozenset({"a", "ghost"})])


def test_negative_value_is_refused():
    with pytest.raises(ValueError, match="never negative"):
        best_set({"a": -1}, [])
