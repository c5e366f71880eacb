"""Errors as RFC 9457 problem details: one shape, whatever went wrong."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.responses import Response

MEDIA_TYPE = "application/problem+json"
MISSING = "Nothing here, or nothing that you may see."

# The code of a refusal because somebody moved the row since it was read.
CHANGED = "changed_meanwhile"

_log = structlog.get_logger(__name__)


class Forbidden(Exception):
    """None of the caller's roles has the permission."""


class Conflict(Exception):
    """Somebody else changed the row in between; `current` is its revision now."""

    def __init__(self, detail: str, *, current: int) -> None:
        super().__init__(detail)
        self.detail = detail
        self.current = current


class TooManyRequests(Exception):
    """The token asks too often; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__()
        self.wait = wait


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    """Return a problem of that HTTP status; `more` are its extension members."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, **more}
    if detail:
        body["detail"] = detail
    return Response(body, status=status, content_type=MEDIA_TYPE)


# It changes nothing, and a program that posts to a wrong address must read a problem, not a page.
@csrf_exempt
def unknown(request: HttpRequest) -> HttpResponse:
    """Answer for an address under that of the API which leads to no operation."""
    return problem(404, MISSING)


unknown.login_required = False  # type: ignore[attr-defined]


def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the shape of the others to the refusals that come before any operation: a method that
    the address does not take, a character that no database keeps."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if _holds_nul(request, kwargs):
                return problem(422, "No text holds the character U+0000.")
        except RequestDataTooBig:
            return problem(413, "The body of a request is 2.5 MB at most.")
        response = view(request, *args, **kwargs)
        if response.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return response
        refusal = problem(405, "This address takes other methods: see « Allow ».")
        refusal.headers["Allow"] = response.headers["Allow"]
        return refusal

    return answered


def _holds_nul(request: HttpRequest, kwargs: dict[str, Any]) -> bool:
    asked = [*request.GET, *(value for values in request.GET.lists() for value in values[1])]
    return (
        any("\x00" in str(text) for text in (*asked, *kwargs.values()))
        or b"\\u0000" in request.body
        or b"\x00" in request.body
    )


def register(api: NinjaAPI) -> None:
    """Give every failure of `api` the same shape."""

    @api.exception_handler(AuthenticationError)
    def _unauthenticated(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        response = problem(401, "A valid token is needed: « Authorization: Bearer … ».")
        response.headers["WWW-Authenticate"] = "Bearer"
        return response

    @api.exception_handler(Forbidden)
    def _forbidden(request: HttpRequest, error: Forbidden) -> HttpResponse:
        return problem(403, "None of your roles allows this.")

    @api.exception_handler(Http404)
    def _missing(request: HttpRequest, error: Http404) -> HttpResponse:
        return problem(404, MISSING)

    @api.exception_handler(ValidationError)
    def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [
            {"place": [str(part) for part in fault["loc"]], "message": fault["msg"]}
            for fault in error.errors
        ]
        return problem(422, "The request is not of the form described.", errors=errors)

    @api.exception_handler(DjangoValidationError)
    def _refused(request: HttpRequest, error: DjangoValidationError) -> HttpResponse:
        if getattr(error, "code", "") == CHANGED:
            return problem(409, " ".join(error.messages))
        if hasattr(error, "error_dict"):
            errors = [
                {"place": ["body", field], "message": str(message)}
                for field, messages in error.message_dict.items()
                for message in messages
            ]
        else:
            errors = [{"place": ["body"], "message": str(message)} for message in error.messages]
        return problem(422, " ".join(str(fault["message"]) for fault in errors), errors=errors)

    @api.exception_handler(Conflict)
    def _conflict(request: HttpRequest, error: Conflict) -> HttpResponse:
        return problem(409, error.detail, current_revision=error.current)

    @api.exception_handler(TooManyRequests)
    def _too_many(request: HttpRequest, error: TooManyRequests) -> HttpResponse:
        response = problem(429, "Too many requests.")
        response.headers["Retry-After"] = str(error.wait)
        return response

    @api.exception_handler(HttpError)
    def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))

    @api.exception_handler(Exception)
    def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
        page = request.resolver_match.view_name if request.resolver_match else ""
        _log.error("api.failed", page=page, exc_info=error)
        return problem(500, "Something broke on our side; it has been written down.")
