"""The bar that offers to undo: kept in the session for the next page only."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True)
class UndoOffer:
    """What was done, and what the bar's button sends: the keys of the rows."""

    message: str
    url: str
    rows: str


def offer_undo(
    request: HttpRequest,
    section: str,
    message: str | Promise,
    rows: Iterable[int | str],
    *,
    url: str = "",
) -> None:
    """Let the next page of a section say `message` beside a button that takes it back.

    `rows` are keys, or whatever text the section's `undo` page reads them from; `url` is another
    page that takes it back.
    """
    request.session[f"{section}.undo"] = {"message": str(message), "rows": [*rows], "url": url}


def undo_offered(request: HttpRequest, section: str) -> UndoOffer | None:
    """Return what may be undone, once. Without a page of its own, the section has a URL named
    `undo`."""
    kept = request.session.pop(f"{section}.undo", None)
    if not kept:
        return None
    return UndoOffer(
        message=kept["message"],
        url=kept.get("url") or reverse(f"{section}:undo"),
        rows=",".join(str(row) for row in kept["rows"]),
    )
