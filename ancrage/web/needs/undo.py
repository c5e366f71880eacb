"""The bar that offers to undo: kept in the session for the next page only."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from ancrage.needs.models import Need

_KEY = "needs.undo"


@dataclass(frozen=True)
class UndoOffer:
    """What was done, and what the bar's button sends."""

    message: str
    url: str
    needs: str


def offer_undo(request: HttpRequest, message: str | Promise, needs: Iterable[Need]) -> None:
    """Let the next page say `message` beside a button that takes the change back."""
    request.session[_KEY] = {"message": str(message), "needs": [need.pk for need in needs]}


def undo_offered(request: HttpRequest) -> UndoOffer | None:
    """Return what may be undone, once."""
    kept = request.session.pop(_KEY, None)
    if not kept:
        return None
    return UndoOffer(
        message=kept["message"],
        url=reverse("needs:undo"),
        needs=",".join(str(pk) for pk in kept["needs"]),
    )
