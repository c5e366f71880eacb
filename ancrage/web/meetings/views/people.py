"""A version person by person, and the wishes it does not meet."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from ancrage.events import services
from ancrage.events.enums import SideRole
from ancrage.events.models import Event
from ancrage.events.queries import Named
from ancrage.web.access import acts_on
from ancrage.web.meetings.forms.reading import PeopleForm, UnmetForm
from ancrage.web.meetings.frames import frame
from ancrage.web.meetings.rooms import Line, RoundOf, Version, event_of, version_of
from ancrage.web.meetings.words import reason_of
from ancrage.web.rendering import render_page

PER_PAGE = 50
# A reason costs two computations of a flow: a page never waits a second for them.
WISHES_PER_PAGE = 15


# A meeting of a party: with whom, the rank of its wish, the address of the pair.
Met = tuple[Line, Named, int | None, str]


@dataclass(frozen=True)
class PersonRow:
    """A party of the list: its meetings, its wishes met."""

    party: Named
    meetings: int
    wishes: int
    met: int


@dataclass(frozen=True)
class UnmetRow:
    """A wish that the version does not meet."""

    by: Named
    about: Named
    rank: int
    host: int
    visitor: int
    reason: str = ""


@require_safe
@acts_on(Event, "events.organise")
def listing(request: HttpRequest, events: QuerySet[Event], pk: int, version: int) -> HttpResponse:
    """Everybody of the version, those who have fewest meetings first."""
    shown = version_of(event_of(events, pk), version)
    form = PeopleForm(request.GET, sides=shown.event.sides.order_by("role"))
    least = shown.event.guarantee
    rows = [row for row in _rows(shown) if form.keeps(row.party, row.meetings, least)]
    rows.sort(key=lambda row: (row.meetings, row.party.label.casefold(), row.party.pk))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {**frame(request, shown), "form": form, "page": page}
    return render_page(request, "meetings/people.html", context, fragment="results")


@require_safe
@acts_on(Event, "events.organise")
def detail(
    request: HttpRequest, events: QuerySet[Event], pk: int, version: int, party: int
) -> HttpResponse:
    """The evening of one party: round by round, and its wishes."""
    shown = version_of(event_of(events, pk), version)
    person = shown.names.get(party)
    if person is None:
        raise Http404
    unmet = [row for row in _unmet(shown) if row.by.pk == party]
    context = {
        **frame(request, shown),
        "person": person,
        "evening": _evening(shown, party),
        "count": len(shown.lines_of.get(party, ())),
        "unmet": _explained(shown, unmet[:WISHES_PER_PAGE]),
    }
    return render_page(request, "meetings/person.html", context)


@require_safe
@acts_on(Event, "events.organise")
def unmet(request: HttpRequest, events: QuerySet[Event], pk: int, version: int) -> HttpResponse:
    """The wishes not met, the dearest first, and why."""
    shown = version_of(event_of(events, pk), version)
    form = UnmetForm(request.GET, sides=shown.event.sides.order_by("role"))
    rows = [row for row in _unmet(shown) if form.keeps(row.by, row.about, row.rank)]
    page = Paginator(rows, WISHES_PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {**frame(request, shown), "form": form, "page": page}
    context["rows"] = _explained(shown, list(page))
    return render_page(request, "meetings/unmet.html", context, fragment="results")


def _rows(shown: Version) -> list[PersonRow]:
    wishes: dict[int, list[int]] = {}
    for by, about, _rank in shown.wishes:
        if about in shown.names and shown.names[about].has_place:
            wishes.setdefault(by, []).append(about)
    found = []
    for party in shown.parties:
        lines = shown.lines_of.get(party.pk, ())
        others = {line.other(party.pk).pk for line in lines}
        own = wishes.get(party.pk, [])
        found.append(PersonRow(party, len(lines), len(own), len(others.intersection(own))))
    return found


def _evening(shown: Version, party: int) -> list[tuple[RoundOf, list[Met]]]:
    """Return the meetings of a party round by round, free rounds included."""
    ranks = {about: rank for by, about, rank in shown.wishes if by == party}
    found: dict[int, list[Met]] = {one.number: [] for one in shown.rounds}
    for line in shown.lines_of.get(party, ()):
        other = line.other(party)
        address = reverse("meetings:pair", args=[shown.event.pk, line.host.pk, line.visitor.pk])
        found[line.round.number].append((line, other, ranks.get(other.pk), address))
    return [(one, found[one.number]) for one in shown.rounds]


def _unmet(shown: Version) -> list[UnmetRow]:
    met = {(one.host_id, one.visitor_id) for one in shown.meetings}
    found = []
    for by, about, rank in shown.wishes:
        if not {by, about} <= shown.names.keys():
            continue
        first, second = shown.names[by], shown.names[about]
        if not first.has_place or not second.has_place or first.role == second.role:
            continue
        pair = (by, about) if first.role == SideRole.HOST else (about, by)
        if pair not in met:
            found.append(UnmetRow(first, second, rank, *pair))
    return sorted(found, key=lambda row: (row.rank, row.by.label.casefold(), row.by.pk))


def _explained(shown: Version, rows: list[UnmetRow]) -> list[UnmetRow]:
    reasons = services.why_unmet(
        shown.timetable, shown.meetings, [(row.host, row.visitor) for row in rows]
    )
    return [
        UnmetRow(
            row.by,
            row.about,
            row.rank,
            row.host,
            row.visitor,
            reason_of(reasons[row.host, row.visitor], shown.names),
        )
        for row in rows
    ]
