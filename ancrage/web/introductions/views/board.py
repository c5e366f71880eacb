"""The introductions one follows: in columns, or in a list."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ancrage.accounts.policy import may
from ancrage.kit.life.moves import act_on_each
from ancrage.matching import services
from ancrage.matching.enums import CloseReason, IntroductionState, Side
from ancrage.matching.models import Introduction
from ancrage.matching.queries import (
    COLUMNS,
    board_of,
    introductions_matching,
    side_of,
    state_counts,
    with_everything,
)
from ancrage.web.access import acts_on
from ancrage.web.answers_owed import Clock, clock_of
from ancrage.web.introductions.forms.filters import FilterForm
from ancrage.web.introductions.forms.steps import BulkForm
from ancrage.web.introductions.rows import rows_for
from ancrage.web.introductions.words import (
    Stage,
    since_words,
    stage_of,
    steps_offered,
    who,
)
from ancrage.web.rendering import render_page, wants_fragment
from ancrage.web.undo import undo_offered

PER_PAGE = 25
# A column says how many it holds, and leads to its list.
CARDS_SHOWN = 8
SORTS = {
    "depuis": "since",
    "delai": "due",
    "structure": "partner",
    "metier": "profession",
    "proposition": "proposed",
}
_MOST_TICKED = 200


@dataclass(frozen=True)
class Line:
    """One introduction, as the board and the list print it."""

    row: Any
    who: str
    stage: Stage
    since: str
    clock: Clock | None
    steps: list[tuple[str, str]]


@dataclass(frozen=True)
class Column:
    """One step, its first cards, and how many there are."""

    state: str
    label: str
    count: int
    lines: list[Line]
    href: str


@dataclass(frozen=True)
class StateTab:
    """One step, how many introductions are there, and the address of their list."""

    label: str
    href: str
    count: int
    current: bool


@require_safe
@acts_on(Introduction, "introductions.list")
def board(request: HttpRequest, introductions: QuerySet[Introduction]) -> HttpResponse:
    """One column a step; each card says who, where, since when, and what comes next."""
    context = board_context(request, introductions)
    if not wants_fragment(request):
        context["undo_offer"] = undo_offered(request, "introductions")
    return render_page(request, "introductions/board.html", context, fragment="results")


@require_safe
@acts_on(Introduction, "introductions.list")
def introduction_list(request: HttpRequest, introductions: QuerySet[Introduction]) -> HttpResponse:
    """The same, in a table: every state, sorted, page by page."""
    today = timezone.localdate()
    form = filters_of(request, introductions)
    rows, search = rows_for(request, introductions), form.search
    found = introductions_matching(rows, search, on=today, sort=sort_asked(request))
    counts = state_counts(rows, search, on=today)
    paginator = Paginator(found.values_list("pk", flat=True), PER_PAGE)
    # Known from the tabs: the words are not looked for once more to be counted.
    paginator.count = (
        counts[IntroductionState(search.state)] if search.state else sum(counts.values())
    )
    page = paginator.get_page(request.GET.get("page"))
    page.object_list = _read_whole(page.object_list, rows)
    services.note_names(introductions=page, by=request.user, now=timezone.now())
    context = {
        **_common(request, form),
        "page": page,
        "lines": [_line(row, today) for row in page],
        "tabs": _tabs(request.GET, counts, search.state),
        "sort": request.GET.get("tri", ""),
        "bulk": BulkForm() if may(request.user, "introductions.bulk") else None,
    }
    if not wants_fragment(request):
        context["undo_offer"] = undo_offered(request, "introductions")
    return render_page(request, "introductions/list.html", context, fragment="results")


def _read_whole(keys: Iterable[int], rows: QuerySet[Any]) -> list[Any]:
    """Return rows in the order of their keys, sorted bare: all of them would otherwise be joined
    to what one page prints."""
    keys = list(keys)
    shown = with_everything(rows).in_bulk(keys)
    return [shown[key] for key in keys if key in shown]


@require_POST
@acts_on(Introduction, "introductions.bulk")
def bulk(request: HttpRequest, introductions: QuerySet[Introduction]) -> HttpResponse:
    """Do one act on the introductions ticked."""
    form = BulkForm(request.POST)
    back = (
        f"{reverse('introductions:list')}?{QueryDict(request.POST.get('retour', '')).urlencode()}"
    )
    if not form.is_valid():
        reasons = form.errors.get("acte", [_("Choix inconnu.")])
        messages.error(request, " ".join(str(text) for text in reasons))
        return redirect(back)
    ticked = [
        int(one)
        for one in request.POST.getlist("introduction")[:_MOST_TICKED]
        if one.isdecimal() and len(one) < 16
    ]
    rows = with_everything(introductions.filter(pk__in=ticked)).order_by("pk")
    outcome = act_on_each(rows, lambda row: _act(request, form, row))
    _tell(request, len(outcome.done), sorted({reason for _row, reason in outcome.refused}))
    return redirect(back)


def board_context(request: HttpRequest, introductions: QuerySet[Introduction]) -> dict[str, Any]:
    """Return all that the board prints."""
    today = timezone.localdate()
    form = filters_of(request, introductions)
    rows, search = rows_for(request, introductions), form.search
    cards = board_of(with_everything(rows), search, on=today)
    counts = state_counts(rows, search, on=today)
    listed = [row for column in cards.values() for row in column[:CARDS_SHOWN]]
    services.note_names(introductions=listed, by=request.user, now=timezone.now())
    return {
        **_common(request, form),
        # A structure that sees only its own cards needs no name on each.
        "names_partners": len({row.partner_id for row in listed}) > 1,
        "columns": [
            Column(
                state=state.value,
                label=str(state.label),
                count=len(cards[state]) if state == IntroductionState.HIRED else counts[state],
                lines=[_line(row, today) for row in cards[state][:CARDS_SHOWN]],
                href=_list_of(request.GET, state),
            )
            for state in COLUMNS
        ],
        "total": sum(counts[state] for state in COLUMNS if state != IntroductionState.HIRED),
    }


def filters_of(request: HttpRequest, introductions: QuerySet[Introduction]) -> FilterForm:
    """Return the filters of the board, of the list and of the file."""
    relays = may(request.user, "introductions.relay")
    return FilterForm(request.GET, rows=introductions, relays=relays)


def sort_asked(request: HttpRequest) -> str:
    """Return the order in force, as the queries name it."""
    asked = request.GET.get("tri", "")
    name = SORTS.get(asked.lstrip("-"), "since")
    return f"-{name}" if asked.startswith("-") or not asked else name


def _common(request: HttpRequest, form: FilterForm) -> dict[str, Any]:
    return {
        "form": form,
        "query": request.GET.urlencode(),
        "may_propose": may(request.user, "introductions.propose"),
        "may_plan": may(request.user, "plans.view"),
        "held_count": form.held_count,
    }


def _line(row: Any, today: Any) -> Line:
    side = side_of(row)
    acts = row.may_handle or row.may_close
    return Line(
        row=row,
        who=who(row),
        stage=stage_of(row.state, side, again=row.asks_again),
        since=since_words(row.state_since, on=today),
        clock=clock_of(row, on=today),
        steps=steps_offered(row, side) if acts and row.is_open else [],
    )


def _list_of(query: QueryDict, state: IntroductionState) -> str:
    address = query.copy()
    address.pop("page", None)
    address["etape"] = state.value
    return f"{reverse('introductions:list')}?{address.urlencode()}"


def _tabs(query: QueryDict, counts: Any, current: str) -> list[StateTab]:
    def tab(label: str, state: str, count: int) -> StateTab:
        address = query.copy()
        address.pop("page", None)
        address["etape"] = state
        return StateTab(label, f"?{address.urlencode()}", count, current == state)

    every = tab(_("Toutes"), "", sum(counts.values()))
    return [every, *(tab(str(one.label), one.value, counts[one]) for one in IntroductionState)]


def _act(request: HttpRequest, form: BulkForm, row: Introduction) -> Introduction:
    now = timezone.now()
    if form.cleaned_data["acte"] == "relancer":
        return services.remind_structure(introduction=row, by=request.user, now=now)
    services.close_introduction(
        introduction=row,
        reason=CloseReason(form.cleaned_data["raison"] or CloseReason.OTHER),
        side=Side.COORDINATION,
        by=request.user,
        now=now,
    )
    return row


def _tell(request: HttpRequest, done: int, refusals: list[str]) -> None:
    if done:
        sentence = ngettext(
            "C’est fait pour %(n)d mise en relation.",
            "C’est fait pour %(n)d mises en relation.",
            done,
        )
        messages.success(request, sentence % {"n": done})
    for reason in refusals:
        messages.warning(request, reason)
    if not done and not refusals:
        messages.info(request, _("Cochez d’abord au moins une mise en relation."))
