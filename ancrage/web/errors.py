"""The pages of what went wrong: what it is, why, what to do now.

The page of an internal error asks nothing of the database nor of the session: it must come out
even when they are what failed.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from ancrage.web.context import deployment


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form sent cannot be understood."""
    return _page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this account has no right to this page."""
    return _page(request, 403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 again: the form is too old, or its token did not come back."""
    return render(request, "errors/csrf.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: no such page, or not for this reader."""
    return _page(request, 404)


def gone(request: HttpRequest, context: dict[str, Any] | None = None) -> HttpResponse:
    """410: it existed, and is over. `context` may give `title`, `text` and `href`, `label`."""
    return _page(request, 410, context)


def too_many_requests(
    request: HttpRequest, exception: Exception | None = None, *, wait: int = 60
) -> HttpResponse:
    """429: too many tries in too little time; come back in `wait` seconds."""
    response = _page(request, 429)
    response.headers["Retry-After"] = str(wait)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our fault. Rendered without a request, so that no reader is looked for."""
    context = deployment(request)
    return HttpResponse(render_to_string("500.html", context), status=500)


def _page(
    request: HttpRequest, status: int, context: dict[str, Any] | None = None
) -> HttpResponse:
    return render(request, f"{status}.html", context, status=status)
