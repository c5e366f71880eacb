"""The introductions one follows: searched, sorted, counted, laid out by state."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import Lower, RowNumber

from ancrage.candidates.models import CandidateWord
from ancrage.kit.text import words
from ancrage.matching.enums import OPEN_STATES, IntroductionState
from ancrage.matching.models import HELD, Introduction
from ancrage.matching.queries.clock import unanswered, unrelayed
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession

MOST_WORDS = 8
# Cards of one column: beyond, the list is the better page.
MOST_IN_COLUMN = 30
_LONGEST_NUMBER = 9
# A hire stays in sight that long.
HIRED_SHOWN_DAYS = 30
COLUMNS = (
    IntroductionState.PROPOSED,
    IntroductionState.AGREED,
    IntroductionState.ANSWERED,
    IntroductionState.MEETING,
    IntroductionState.OFFER,
    IntroductionState.HIRED,
)
_SORTS: Mapping[str, str] = {
    "since": "state_since",
    "due": "answer_due_on",
    "partner": "partner__search",
    "profession": "need__profession__label_fr",
    "proposed": "proposed_at",
}


@dataclass(frozen=True)
class IntroductionFilter:
    """What a reader looks for. Every part is optional; `late` keeps what the structure, or the
    coordination that passes a request on, is late for,
    `held` what waits for the coordination to pass it on."""

    text: str = ""
    state: str = ""
    profession: Profession | None = None
    partner: Partner | None = None
    origin: str = ""
    late: bool = False
    held: bool = False


def with_everything(introductions: QuerySet[Any]) -> QuerySet[Any]:
    """Join what a line, a card or a page prints."""
    return introductions.select_related(
        "candidate__subject",
        "candidate__commune",
        "need__profession",
        "need__specialty",
        "need__partner",
        "need__commune",
        "partner",
        "territory",
    )


def introductions_matching(
    introductions: QuerySet[Any], search: IntroductionFilter, *, on: date, sort: str = "-since"
) -> QuerySet[Any]:
    """Narrow rows annotated by `with_naming` to what is looked for, sorted.

    A name finds only the rows that show it to this reader; a card, those of the coordination.
    """
    bare = sort.lstrip("-")
    column = F(_SORTS.get(bare, "state_since"))
    backwards = sort.startswith("-") or bare not in _SORTS
    order = column.desc(nulls_last=True) if backwards else column.asc(nulls_last=True)
    return _found(introductions, search, on=on).order_by(order, "-pk")


def state_counts(
    introductions: QuerySet[Any], search: IntroductionFilter, *, on: date
) -> Mapping[IntroductionState, int]:
    """Return how many the search finds at each step, its own step left aside. One query."""
    found = _found(introductions, replace(search, state=""), on=on)
    counted = dict(
        found.order_by().values_list("state").annotate(total=Count("pk")).order_by("state")
    )
    return {state: counted.get(state.value, 0) for state in IntroductionState}


def board_of(
    introductions: QuerySet[Any], search: IntroductionFilter, *, on: date
) -> Mapping[IntroductionState, list[Any]]:
    """Return the first cards of each column, the longest waiting first. Two queries."""
    recent = Q(state__in=sorted(OPEN_STATES)) | Q(
        state=IntroductionState.HIRED,
        state_since__date__gte=on - timedelta(days=HIRED_SHOWN_DAYS),
    )
    ranked = (
        _found(introductions, replace(search, state=""), on=on)
        .filter(recent)
        .annotate(
            rank=Window(
                RowNumber(),
                partition_by=F("state"),
                order_by=[F("state_since").asc(), F("pk").asc()],
            )
        )
        .filter(rank__lte=MOST_IN_COLUMN)
    )
    # Ranked bare, then read whole, by their keys: who may be named is not asked of the cards
    # below, nor are ten thousand rows joined to what a card prints for the hundred shown.
    shown = introductions.filter(pk__in=list(ranked.values_list("pk", flat=True)))
    columns: dict[IntroductionState, list[Any]] = {state: [] for state in COLUMNS}
    for introduction in shown.order_by("state", "state_since", "pk"):
        columns[IntroductionState(introduction.state)].append(introduction)
    return columns


def open_between(introductions: QuerySet[Introduction], candidate: Any, need: Any) -> bool:
    """Say whether an introduction of that person to that need is open."""
    return introductions.filter(
        candidate=candidate, need=need, state__in=sorted(OPEN_STATES)
    ).exists()


def _numbered(word: str) -> Q:
    is_number = word.isascii() and word.isdecimal() and len(word) <= _LONGEST_NUMBER
    return Q(pk=int(word)) if is_number else Q(pk__in=[])


def _found(introductions: QuerySet[Any], search: IntroductionFilter, *, on: date) -> QuerySet[Any]:
    condition = Q()
    for name, value in (
        ("state", search.state),
        ("need__profession", search.profession),
        ("partner", search.partner),
        ("origin", search.origin),
    ):
        if value:
            condition &= Q(**{name: value})
    for word in words(search.text)[:MOST_WORDS]:
        named = CandidateWord.objects.filter(
            candidate=OuterRef("candidate"), word__startswith=word
        )
        # A structure would learn, by typing the cards of the pool, which is whose.
        of_name = named.exclude(word=Lower(OuterRef("candidate__card")))
        condition &= (
            Q(need__search__contains=f" {word}")
            | _numbered(word)
            | Q(as_coordination=True, candidate__card=word.upper())
            | (Q(as_coordination=True, is_named=True) & Q(Exists(named)))
            | (Q(is_named=True) & Q(Exists(of_name)))
        )
    if search.held:
        condition &= HELD & Q(state=IntroductionState.PROPOSED)
    found = introductions.filter(condition)
    return found.filter(unanswered(on=on) | unrelayed(on=on)) if search.late else found
