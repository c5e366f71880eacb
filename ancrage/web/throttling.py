"""A limit on what costs much, or tells much to whoever asks often.

    @throttled("search", per="ip", rate="30/m")
    @acts_on(Need, "needs.view")
    def need_list(request, needs): ...

The count lives in the cache, in windows of the rate's unit: a reader who goes too far is told
when to come back, in French and in the Retry-After header.
"""

import math
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import wraps
from hashlib import sha256
from typing import Any, Literal

from django.core.cache import cache
from django.http import HttpRequest, HttpResponseBase

from ancrage.web.client import client_ip, subscriber_of
from ancrage.web.errors import too_many_requests

View = Callable[..., HttpResponseBase]

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


def throttled(
    name: str,
    *,
    per: Literal["ip", "user", "ip|user"],
    rate: str,
    methods: Collection[str] = ("GET", "HEAD", "POST"),
) -> Callable[[View], View]:
    """Answer 429 to a reader who calls the view more often than `rate`.

    Views of one `name` share one count. `per="user"` (or "ip|user") counts a signed-in reader
    by their account and a visitor by their address.
    """
    limit = parse_rate(rate)

    def decorate(view: View) -> View:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.method in methods:
                wait = seconds_to_wait(f"{name}:{_reader(request, per)}", limit)
                if wait:
                    return too_many_requests(request, wait=wait)
            return view(request, *args, **kwargs)

        return limited

    return decorate


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


def _reader(request: HttpRequest, per: str) -> str:
    if per != "ip" and request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return f"ip:{subscriber_of(client_ip(request))}"
