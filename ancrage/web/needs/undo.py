"""The bar that offers to undo, on the pages of needs."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.functional import Promise

from ancrage.needs.models import Need
from ancrage.web import undo
from ancrage.web.undo import UndoOffer


def offer_undo(request: HttpRequest, message: str | Promise, needs: Iterable[Need]) -> None:
    """Let the next page say `message` beside a button that takes the change back."""
    undo.offer_undo(request, "needs", message, [need.pk for need in needs])


def undo_offered(request: HttpRequest) -> UndoOffer | None:
    """Return what may be undone, once."""
    return undo.undo_offered(request, "needs")
