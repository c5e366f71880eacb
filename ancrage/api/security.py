"""Who calls, and what they may do: the same policies as the pages."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from ancrage.accounts.models import User
from ancrage.accounts.policy import may, permitted
from ancrage.accounts.queries import TokenRefused
from ancrage.accounts.services import use_token
from ancrage.api.errors import Forbidden, TooManyRequests
from ancrage.kit.throttling import parse_rate, seconds_to_wait

M = TypeVar("M", bound=Model)

RATE = parse_rate("300/m")
# Sheets that may name somebody: enough to follow a territory, not to carry one away unseen.
SHEETS_RATE = parse_rate("600/h")


class TokenAuth(HttpBearer):
    """A token made on the page « Mon compte »: the program acts as its owner."""

    openapi_name = "token"

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        """Return the token's owner, or None; raise `TooManyRequests` beyond `RATE`."""
        try:
            user = use_token(secret=token, now=timezone.now())
        except TokenRefused:
            return None
        wait = seconds_to_wait(f"api:{user.pk}", RATE)
        if wait:
            raise TooManyRequests(wait)
        request.user = user
        return user


def rows(request: HttpRequest, model: type[M], permission: str) -> QuerySet[M]:
    """Return the rows on which the caller has `permission`; raise `Forbidden` if on none."""
    if not may(request.user, permission):
        raise Forbidden
    return permitted(request.user, permission, model._default_manager.all())


def count_sheet(request: HttpRequest) -> None:
    """Count one reading of a sheet that may name somebody; raise `TooManyRequests` beyond
    `SHEETS_RATE`."""
    wait = seconds_to_wait(f"api-sheets:{request.user.pk}", SHEETS_RATE)
    if wait:
        raise TooManyRequests(wait)


def handing_over(permission: str) -> dict[str, Any]:
    """Be `needing`, for an operation that answers with a file instead of JSON."""
    content = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
    answers = {200: {"description": "The file", "content": content}}
    return {"openapi_extra": {"x-permission": permission, "responses": answers}}


def needing(permission: str) -> dict[str, Any]:
    """Say in the OpenAPI document which permission an operation asks: a test reads it back."""
    return {"openapi_extra": {"x-permission": permission}}
