"""One line for every request: which page, for which account, how it ended, how long it took."""

import re
import time
import uuid
from collections.abc import Callable
from typing import Any

import structlog
from django.http import HttpRequest, HttpResponseBase

_log = structlog.get_logger(__name__)

# What a proxy may hand down; anything else is replaced. Figures alone could be a telephone.
_REQUEST_ID = re.compile(r"(?=.*[A-Za-z])[A-Za-z0-9-]{8,64}")


class RequestLogMiddleware:
    """Number each request, hand the number back, and log how it went.

    The page is named by its URL's name: an address may hold a secret link or a search.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        given = request.META.get("HTTP_X_REQUEST_ID", "")
        number = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        with structlog.contextvars.bound_contextvars(request_id=number):
            response = self.get_response(request)
            _write(request, response, time.perf_counter() - started)
        response.headers["X-Request-ID"] = number
        return response


def _write(request: HttpRequest, response: HttpResponseBase, seconds: float) -> None:
    facts: dict[str, Any] = {
        "method": request.method,
        "page": request.resolver_match.view_name if request.resolver_match else "",
        "status": response.status_code,
        "ms": round(seconds * 1000),
        "user": _account(request),
    }
    if response.status_code == 403:
        _log.warning("access.refused", **facts)
    elif response.status_code == 429:
        _log.warning("access.throttled", **facts)
    else:
        _log.info("request", **facts)


def _account(request: HttpRequest) -> int | None:
    # Asking for the user of a page that did not would open the session and the database.
    if not hasattr(request, "session") or not request.session.accessed:
        return None
    return request.user.pk
