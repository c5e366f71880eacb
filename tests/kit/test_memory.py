"""The collector rests, and comes back."""

import gc

import pytest

from ancrage.kit.memory import without_collector


@without_collector()
def fail() -> None:
    assert not gc.isenabled()
    raise KeyError


def test_collector_rests_and_is_back_after_an_error():
    with pytest.raises(KeyError):
        fail()

    assert gc.isenabled()


def test_collector_that_was_off_stays_off():
    with without_collector():
        with without_collector():
            pass

        assert not gc.isenabled()
