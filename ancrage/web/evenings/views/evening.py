"""The organiser's page: who is there, who goes where now."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.events.enums import EventState
from ancrage.events.models import Event, Participant
from ancrage.events.queries import (
    RoundBoard,
    SideCount,
    TableLine,
    board_of,
    counts_of,
    people_of,
    presence_of,
    timetable_in_force,
)
from ancrage.events.services.reading import note_people_shown
from ancrage.web.access import acts_on
from ancrage.web.evenings.acting import event_of
from ancrage.web.evenings.forms import PeopleForm
from ancrage.web.evenings.stage import Stage, stage_of
from ancrage.web.evenings.words import Act, Shown, acts_from, presence_shown
from ancrage.web.rendering import render_page
from ancrage.web.undo import undo_offered

PER_PAGE = 30


@dataclass(frozen=True)
class PersonRow:
    """A line of the list: somebody, where they are, where they go now, what may be noted."""

    person: Participant
    presence: Shown
    line: TableLine | None
    acts: list[Act]


@require_safe
@acts_on(Event, "events.organise")
def evening(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Search, check in, see the counters and the tables of the round."""
    event = event_of(events.prefetch_related("sides"), pk)
    people = people_of(event)
    stage = stage_of(event, now=timezone.now())
    board = board_shown(event, stage, people)
    form = PeopleForm(request.GET, event=event)
    page = Paginator(form.found(people), PER_PAGE).get_page(request.GET.get("page"))
    shown = [*page, *(board.people if board else ())]
    note_people_shown(event=event, people=shown, by=request.user, now=timezone.now())
    moving = _pulse(event, stage, people, board)
    context = moving | {
        "form": form,
        "page": page,
        "rows": rows_of(list(page), board, is_over=event.state == EventState.OVER),
        "board": board,
        "back": _kept(request),
        "awaited": sum(side.expected for side in moving["counts"]),
        "undo_offer": undo_offered(request, "evenings"),
    }
    return render_page(request, "evenings/evening.html", context, fragment="results")


@require_safe
@acts_on(Event, "events.organise")
def pulse(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """The round and the counters, asked again every few seconds."""
    event = event_of(events.prefetch_related("sides"), pk)
    people = people_of(event)
    stage = stage_of(event, now=timezone.now())
    board = board_shown(event, stage, people)
    context = _pulse(event, stage, people, board) | {"seen": request.GET.get("vu", "")}
    return render_page(request, "evenings/_pulse.html", context)


def board_shown(event: Event, stage: Stage, people: Collection[Participant]) -> RoundBoard | None:
    """Return who sits where in the round being played, else in the next one."""
    timetable = timetable_in_force(event)
    progress = stage.progress
    if timetable is None:
        return None
    if progress.current is not None:
        return board_of(timetable, progress.current.number, people)
    if progress.following is not None:
        return board_of(timetable, progress.following.number, people)
    return None


def rows_of(
    people: Collection[Participant], board: RoundBoard | None, *, is_over: bool
) -> list[PersonRow]:
    """Lay out people with where they go in the round of `board`."""
    places = {
        seated.party.pk: line
        for line in (board.lines if board else ())
        for seated in (line.host, *line.visitors)
    }
    rows = []
    for person in people:
        presence = presence_of(person)
        place = places.get(person.party_id)
        shown = presence_shown(presence, is_over=is_over)
        rows.append(PersonRow(person, shown, place, acts_from(presence)))
    return rows


def _pulse(
    event: Event, stage: Stage, people: list[Participant], board: RoundBoard | None
) -> dict[str, Any]:
    counts = counts_of(event, people)
    return {
        "event": event,
        "stage": stage,
        "counts": counts,
        "incomplete": board.incomplete if board else 0,
        "planned": board is not None,
        "stamp": _stamp(stage, counts),
    }


def _stamp(stage: Stage, counts: list[SideCount]) -> str:
    """Changes when the list of people or the round does: an open page then says so."""
    told = "-".join(str(number) for side in counts for number in side.counts.values())
    last = stage.progress.last
    return f"{told}-{last.pk if last else 0}-{stage.number}-{stage.following}"


def _kept(request: HttpRequest) -> str:
    """Return this page with its filters, ready for the next name."""
    query = request.GET.copy()
    query.pop("q", None)
    query.pop("page", None)
    return f"{request.path}?{query.urlencode()}" if query else request.path
