"""What has been kept long enough goes: each part says which of its rows, one command sweeps.

    @purges("contact_requests")
    def forget_old_requests(*, now: datetime) -> int: ...

A sweep deletes what is past its term at `now`, returns how many rows, and may run at any time:
a second run finds nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol


class Sweep(Protocol):
    """Forgets rows past their term at `now`; returns how many."""

    def __call__(self, *, now: datetime) -> int: ...


_sweeps: dict[str, Sweep] = {}


def purges(name: str) -> Callable[[Sweep], Sweep]:
    """Register the function that forgets the rows called `name` once their term has passed."""

    def register(sweep: Sweep) -> Sweep:
        if _sweeps.setdefault(name, sweep) is not sweep:
            message = f"two sweeps are called {name!r}"
            raise ValueError(message)
        return sweep

    return register


def purge(*, now: datetime) -> Mapping[str, int]:
    """Run every sweep; return how many rows each forgot."""
    return {name: _sweeps[name](now=now) for name in sorted(_sweeps)}
