"""Which tests start first, and which go together."""

from pathlib import Path

from tests.distribution import AT_ONCE, FIRST, rank, units

ROOT = Path(__file__).resolve().parents[1]


def test_journeys_make_one_unit_wherever_they_stand():
    collection = ["tests/e2e/test_a.py::x", "tests/kit/test_b.py::y", "tests/e2e/test_c.py::z"]

    assert units(collection) == {
        "tests/e2e/test_a.py::x": "tests/e2e/",
        "tests/kit/test_b.py::y": "tests/kit/test_b.py::y",
        "tests/e2e/test_c.py::z": "tests/e2e/",
    }


def test_the_walk_is_a_unit_of_its_own():
    collection = ["tests/e2e/test_every_page.py::w", "tests/e2e/test_c.py::z"]

    assert units(collection) == {
        "tests/e2e/test_every_page.py::w": "tests/e2e/test_every_page.py",
        "tests/e2e/test_c.py::z": "tests/e2e/",
    }


def test_unit_ends_with_its_file_or_when_it_is_full():
    first = [f"tests/kit/test_a.py::x[{number}]" for number in range(AT_ONCE + 1)]
    second = ["tests/kit/test_b.py::y"]

    unit_of = units([*first, *second])

    assert [unit_of[test] for test in first] == [first[0]] * AT_ONCE + [first[AT_ONCE]]
    assert unit_of[second[0]] == second[0]


def test_the_walk_comes_first_then_the_journeys_then_the_long_tests():
    walk, journey = "tests/e2e/test_every_page.py::w", "tests/e2e/test_c.py::z"
    long, other = "tests/test_demo.py::y", "tests/kit/test_a.py::x"

    assert sorted([other, journey, long, walk], key=rank) == [walk, journey, long, other]


def test_long_tests_named_here_exist():
    assert [path for path in FIRST if not (ROOT / path).exists()] == []
