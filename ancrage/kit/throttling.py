"""So many calls in so much time, counted in the cache in windows of the rate's unit."""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from django.core.cache import cache

_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


@dataclass(frozen=True)
class Rate:
    """So many calls in so many seconds."""

    calls: int
    seconds: int


def parse_rate(text: str) -> Rate:
    """Return the rate that « 30/m » writes: thirty a minute.

    >>> parse_rate("5/h")
    Rate(calls=5, seconds=3600)
    """
    calls, _slash, unit = text.partition("/")
    return Rate(calls=int(calls), seconds=_SECONDS[unit])


def seconds_to_wait(key: str, limit: Rate, *, clock: Callable[[], float] = time.time) -> int:
    """Count one call under `key`; return 0 if it may go on, else the seconds to wait."""
    now = clock()
    window = int(now // limit.seconds)
    # Hashed: the cache of production is a table, and an address is a personal datum.
    counter = f"throttle:{sha256(f'{key}:{limit}:{window}'.encode()).hexdigest()}"
    if cache.add(counter, 1, timeout=2 * limit.seconds):
        return 0
    try:
        calls = cache.incr(counter)
    except ValueError:  # dropped by the cache between the two lines
        return 0
    return 0 if calls <= limit.calls else math.ceil((window + 1) * limit.seconds - now)
