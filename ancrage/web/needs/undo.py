"""The bar that offers to undo, on the pages of needs."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.functional import Promise

from ancrage.needs.models import Need
from ancrage.web import undo
from ancrage.web.undo import UndoOffer

_MOST_UNDONE = 200


def offer_undo(request: HttpRequest, message: str | Promise, needs: Iterable[Need]) -> None:
    """Let the next page say `message` beside a button that takes the change back."""
    # The revision too: what somebody changes meanwhile is not undone by mistake.
    named = [f"{need.pk}:{need.revision}" for need in needs]
    undo.offer_undo(request, "needs", message, named)


def undo_offered(request: HttpRequest) -> UndoOffer | None:
    """Return what may be undone, once."""
    return undo.undo_offered(request, "needs")


def revisions_named(text: str) -> dict[int, int]:
    """Return the revision at which each need named by the bar may be undone."""
    pairs = (one.partition(":") for one in text.split(",")[:_MOST_UNDONE])
    return {
        int(pk): int(revision)
        for pk, _colon, revision in pairs
        if _is_number(pk) and _is_number(revision)
    }


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 16
