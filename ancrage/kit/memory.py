"""What Python does with memory while a long computation fills it."""

import gc
from collections.abc import Iterator
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
