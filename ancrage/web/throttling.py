"""A limit on what costs much, or tells much to whoever asks often.

    @throttled("search", per="ip", rate="30/m")
    @acts_on(Need, "needs.view")
    def need_list(request, needs): ...

A reader who goes too far is told when to come back, in French and in the Retry-After header.
"""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Any, Literal

from django.http import HttpRequest, HttpResponseBase

from ancrage.kit.throttling import parse_rate, seconds_to_wait
from ancrage.web.client import client_ip, subscriber_of
from ancrage.web.errors import too_many_requests

View = Callable[..., HttpResponseBase]


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


def _reader(request: HttpRequest, per: str) -> str:
    if per != "ip" and request.user.is_authenticated:
        return f"user:{request.user.pk}"
    return f"ip:{subscriber_of(client_ip(request))}"
