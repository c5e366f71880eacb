"""« Mes mises en relation »: what waits for the person, what goes on, what is over."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.matching.enums import OPEN_STATES, IntroductionState, Side
from ancrage.matching.models import Introduction
from ancrage.matching.queries import with_everything, with_naming
from ancrage.web.access import acts_on
from ancrage.web.answers_owed import clock_of
from ancrage.web.introductions.words import next_step, reason_words, stage_of
from ancrage.web.rendering import render_page

PER_PAGE = 20


@require_safe
@acts_on(Introduction, "introductions.keep_own")
def own(request: HttpRequest, introductions: QuerySet[Introduction]) -> HttpResponse:
    """The person's own introductions, those that wait for an answer first.

    Where nothing goes on, the page opens on what is over.
    """
    going_on = introductions.filter(state__in=sorted(OPEN_STATES))
    ended = introductions.exclude(state__in=sorted(OPEN_STATES))
    counts = {"open": going_on.count(), "ended": ended.count()}
    usual = "en-cours" if counts["open"] or not counts["ended"] else "terminees"
    over = request.GET.get("etat", usual) == "terminees"
    first = Case(
        When(Q(state=IntroductionState.PROPOSED) | Q(asks_again=True), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    shown = with_naming(with_everything(ended if over else going_on), request.user)
    page = Paginator(shown.order_by(first, "-state_since", "-pk"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    today = timezone.localdate()
    lines = [_line(row, today) for row in page]
    context = {"page": page, "lines": lines, "over": over, "counts": counts}
    return render_page(request, "introductions/own.html", context)


def _line(row: Any, today: date) -> dict[str, Any]:
    return {
        "row": row,
        "next": next_step(row.state, Side.PERSON, again=row.asks_again),
        "clock": clock_of(row, on=today, side=Side.PERSON),
        "stage": stage_of(row.state, Side.PERSON, again=row.asks_again),
        "waits": row.state == IntroductionState.PROPOSED or row.asks_again,
        "reason": reason_words(row, Side.PERSON),
    }
