"""The collector rests, and comes back."""

import gc
import weakref

import pytest

from ancrage.kit.memory import swept_by_batch, without_collector


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


class Looped:
    """Something that refers to itself, which only the collector frees."""

    def __init__(self) -> None:
        self.itself = self


def test_each_batch_is_swept_while_the_collector_rests():
    left = []
    with swept_by_batch() as sweep:
        for _batch in range(3):
            looped = weakref.ref(Looped())
            was_on, held = gc.isenabled(), looped() is not None
            sweep()
            left.append((was_on, held, looped() is None))

    assert (left, gc.isenabled()) == ([(False, True, True)] * 3, True)
