"""One introduction: who, where, what comes next, what was said, what happened."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ancrage.candidates.enums import CandidateStatus
from ancrage.kit.moves import standing
from ancrage.matching import services
from ancrage.matching.enums import IntroductionState, Side
from ancrage.matching.models import Introduction, ShownDocument
from ancrage.matching.queries import messages_shown, side_of
from ancrage.privacy.detectors import detect_forbidden
from ancrage.privacy.scopes import Viewer, viewer_of
from ancrage.web.access import acts_on
from ancrage.web.answers_owed import clock_of
from ancrage.web.introductions.forms.steps import MessageForm
from ancrage.web.introductions.rows import row_for
from ancrage.web.introductions.words import (
    happening,
    is_forgotten,
    next_step,
    reason_words,
    stage_of,
    who,
)
from ancrage.web.rendering import render_page
from ancrage.web.undo import undo_offered

_STAGES = (
    IntroductionState.PROPOSED,
    IntroductionState.AGREED,
    IntroductionState.ANSWERED,
    IntroductionState.MEETING,
    IntroductionState.OFFER,
    IntroductionState.HIRED,
)


@require_safe
@acts_on(Introduction, "introductions.view")
def detail(request: HttpRequest, introductions: QuerySet[Introduction], pk: int) -> HttpResponse:
    """All that a reader may know, and the buttons they may press."""
    row = row_for(request, introductions, pk)
    context = sheet_context(request, row) | {
        "message_form": MessageForm(),
        "undo_offer": undo_offered(request, "introductions"),
    }
    return render_page(request, "introductions/detail.html", context)


@require_POST
@acts_on(Introduction, "introductions.write")
def message(request: HttpRequest, introductions: QuerySet[Introduction], pk: int) -> HttpResponse:
    """Write to the other sides."""
    row = row_for(request, introductions, pk)
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            services.post_message(
                introduction=row,
                side=side_of(row),
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("introductions:detail", pk=pk)
    context = sheet_context(request, row) | {"message_form": form, "form": form}
    return render_page(request, "introductions/detail.html", context, status=422)


def sheet_context(request: HttpRequest, row: Any) -> dict[str, Any]:
    """Return what the page prints, whatever is in its form."""
    now = timezone.now()
    side = side_of(row)
    moves = standing(row.moves.all())
    writes = row.may_write and row.is_open and (side != Side.PARTNER or row.is_named)
    return {
        "introduction": row,
        "need": row.need,
        "side": side.value,
        "who": who(row),
        **_person(row, side, viewer=viewer_of(request.user), now=now),
        "clock": clock_of(row, on=timezone.localdate(now), side=side),
        "where": stage_of(row.state, side, again=row.asks_again),
        "next": next_step(row.state, side, held=row.is_held, again=row.asks_again),
        "may_relay": row.may_relay and row.is_held and row.is_open,
        "reason": reason_words(row, side),
        "messages_shown": _messages(row, side),
        **_files(row, side),
        "happenings": [happening(move, row, side) for move in moves],
        "stages": [(stage_of(state, side).label, "") for state in _STAGES],
        "stage": _stage(row),
        "may_write": writes,
        "may_undo": services.can_undo(introduction=row, side=side, now=now),
    }


def _person(row: Any, side: Side, *, viewer: Viewer, now: datetime) -> dict[str, Any]:
    """Who the person is, as far as a side may know, and what an erasure leaves of them."""
    return {
        "identity": services.read_identity(introduction=row, side=side, viewer=viewer, now=now),
        "known_card": services.read_card(introduction=row, side=side, viewer=viewer),
        "is_erased": row.candidate.status == CandidateStatus.ERASED,
        "is_forgotten": is_forgotten(row, side),
    }


def _messages(row: Introduction, side: Side) -> list[Any]:
    """The messages a side reads; the coordination sees which hold what has no place there."""
    shown: list[Any] = list(messages_shown(row, side))
    for one in shown:
        one.to_read_again = side == Side.COORDINATION and bool(detect_forbidden(one.text))
    return shown


def _files(row: Any, side: Side) -> dict[str, list[Any]]:
    return {"shown_documents": _shown(row, side), "own_documents": _to_choose(row)}


def _shown(row: Any, side: Side) -> list[ShownDocument]:
    """The files that the structure reads, while the person is named to it."""
    if side != Side.PARTNER or not row.is_named or not row.is_open:
        return []
    rows = ShownDocument.objects.filter(introduction=row.pk).select_related("document")
    return list(rows.order_by("document__kind", "pk"))


def _to_choose(row: Any) -> list[Any]:
    """The person's files, each with whether the structure reads it, for whoever may choose."""
    if not row.may_show_documents or not row.is_open:
        return []
    shown = set(row.shown_documents.values_list("document", flat=True).order_by("pk"))
    files = list(row.candidate.documents.order_by("kind", "-added_at", "pk"))
    for file in files:
        file.is_shown = file.pk in shown
    return files


def _stage(row: Introduction) -> int:
    """The step reached; of a closed one, the last it had reached."""
    if row.state != IntroductionState.CLOSED:
        return _STAGES.index(IntroductionState(row.state)) + 1
    return 1 if row.agreed_at is None else 2 if row.answered_at is None else 3
