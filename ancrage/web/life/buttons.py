"""The buttons that change the state of a row, and the bar that takes a change back."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.kit.life.models import LivingRow
from ancrage.kit.life.moves import act_on_each
from ancrage.web import undo

_MOST_UNDONE = 200


def press(
    request: HttpRequest,
    section: str,
    row: LivingRow,
    act: Callable[..., Any],
    sentence: str,
    *,
    undoable: bool = True,
) -> HttpResponse:
    """Do `act(by=…, now=…)`, say `sentence` or why not, and go back to the sheet of the row."""
    try:
        act(by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        if undoable:
            offer_undo(request, section, sentence, [row])
        else:
            messages.success(request, sentence)
    return redirect(f"{section}:detail", pk=row.pk)


def offer_undo(
    request: HttpRequest, section: str, message: str | Promise, rows: Iterable[LivingRow]
) -> None:
    """Let the next page say `message` beside a button that takes the change back."""
    # The revision too: what somebody changes meanwhile is not undone by mistake.
    undo.offer_undo(request, section, message, [f"{row.pk}:{row.revision}" for row in rows])


def undo_named(
    request: HttpRequest, section: str, rows: QuerySet[Any], act: Callable[[Any], Any]
) -> HttpResponse:
    """Take back, by `act`, the last change of the rows that the bar names: one, or a batch."""
    revisions = _revisions(request.POST.get(section, ""))
    named = list(rows.filter(pk__in=revisions).order_by("pk"))
    if not named:
        raise Http404
    unchanged = [row for row in named if row.revision == revisions[row.pk]]
    outcome = act_on_each(unchanged, act)
    if outcome.done:
        count = len(outcome.done)
        done = ngettext("Changement annulé.", "%(count)d changements annulés.", count)
        messages.success(request, done % {"count": count})
    if len(unchanged) < len(named):
        messages.warning(request, _("Ce qui a changé depuis n’a pas été annulé."))
    for reason in sorted({reason for _row, reason in outcome.refused}):
        messages.error(request, reason)
    if len(named) == 1:
        return redirect(f"{section}:detail", pk=named[0].pk)
    return redirect(f"{section}:list")


def _revisions(text: str) -> dict[int, int]:
    """Return the revision at which each row named by the bar may be undone, by its key."""
    pairs = (one.partition(":") for one in text.split(",")[:_MOST_UNDONE])
    return {
        int(pk): int(revision)
        for pk, _colon, revision in pairs
        if _is_number(pk) and _is_number(revision)
    }


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) < 16
