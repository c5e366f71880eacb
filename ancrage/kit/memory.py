"""What Python does with memory while a long computation fills it."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Let the cycle collector rest: it would go through millions of new values again and again.

    For a bounded computation that makes no cycles, in a task of the outbox. What is no longer
    referred to is freed as ever; the collector is back at the end, whatever happens.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def swept_by_batch() -> Iterator[Callable[[], None]]:
    """Let the cycle collector rest, but for what is yielded: to be called after each batch.

    It looks at what the batch made and at nothing older, so that memory does not follow the number
    of batches, and no batch pays for the ones before it. What a batch leaves in cycles must no
    longer be held by any name when it is called.
    """
    with without_collector():
        gc.collect(0)
        yield _sweep


def _sweep() -> None:
    gc.collect(0)
