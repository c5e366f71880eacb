"""What the pages of the plan room share: an event, a version of its timetable, its names."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ancrage.events.models import Event, Meeting, Timetable
from ancrage.events.queries import (
    Figures,
    Named,
    SideFigures,
    figures_of,
    meetings_in,
    named_parties,
    versions_of,
    wishes_in,
)


def event_of(events: QuerySet[Event], pk: int) -> Event:
    """Return an event among those its reader organises, or answer 404."""
    return get_object_or_404(events.select_related("territory", "commune"), pk=pk)


@dataclass(frozen=True)
class RoundOf:
    """A round of the evening: its number from 0, when it starts."""

    number: int
    starts_at: datetime

    @property
    def name(self) -> int:
        """The number people say, from 1."""
        return self.number + 1


@dataclass(frozen=True)
class Line:
    """A meeting as the pages read it."""

    round: RoundOf
    table: int | None
    host: Named
    visitor: Named

    def other(self, party: int) -> Named:
        """Who `party` meets."""
        return self.visitor if self.host.pk == party else self.host


class Version:
    """A version being read. What it holds is read once, when it is asked for."""

    def __init__(self, event: Event, timetable: Timetable) -> None:
        self.event, self.timetable = event, timetable

    @cached_property
    def meetings(self) -> list[Meeting]:
        """Its meetings, by round, then by table."""
        return meetings_in(self.timetable)

    @cached_property
    def names(self) -> Mapping[int, Named]:
        """The parties of the event by key."""
        return named_parties(self.event)

    @cached_property
    def wishes(self) -> list[tuple[int, int, int]]:
        """Today's wishes to meet: by, about, rank."""
        return [(one.by_id, one.about_id, one.rank or 1) for one in wishes_in(self.event)]

    @cached_property
    def rounds(self) -> list[RoundOf]:
        """Its rounds, and when each starts."""
        return rounds_of(self.event, self.timetable.instance["rounds"])

    @cached_property
    def lines(self) -> list[Line]:
        """Its meetings with names and times."""
        return [
            Line(
                self.rounds[one.round],
                one.table.number if one.table else None,
                self.names[one.host_id],
                self.names[one.visitor_id],
            )
            for one in self.meetings
        ]

    @cached_property
    def lines_of(self) -> Mapping[int, list[Line]]:
        """The meetings of each party, round by round."""
        found: dict[int, list[Line]] = defaultdict(list)
        for line in self.lines:
            found[line.host.pk].append(line)
            found[line.visitor.pk].append(line)
        return found

    @cached_property
    def parties(self) -> list[Named]:
        """Those who hold a place or have a meeting, in the order of their names."""
        shown = (one for one in self.names.values() if one.has_place or one.pk in self.lines_of)
        return sorted(shown, key=lambda one: (one.role, one.label.casefold(), one.pk))

    @cached_property
    def figures(self) -> Figures:
        """What it is worth for those who hold a place today."""
        return figures_of(
            [(one.round, one.host_id, one.visitor_id) for one in self.meetings],
            {one.pk: one.role for one in self.parties if one.has_place},
            self.wishes,
            guarantee=self.event.guarantee,
        )

    @cached_property
    def sides_in_figures(self) -> list[tuple[SideFigures, str]]:
        """The figures of each side, with its name."""
        names = {side.role: side.name for side in self.event.sides.all()}
        return [(one, names.get(one.role, "")) for one in self.figures.sides]

    @cached_property
    def gone(self) -> list[Named]:
        """Those who have meetings here, and no place any more."""
        return [one for one in self.parties if not one.has_place]

    @cached_property
    def missing(self) -> list[Named]:
        """Those who hold a place today, and have no meeting here."""
        return [one for one in self.parties if one.pk not in self.lines_of]


def version_of(event: Event, number: int) -> Version:
    """Return a version of the timetable of `event`, or answer 404."""
    timetable = get_object_or_404(versions_of(event).defer(None), version=number)
    return Version(event, timetable)


def rounds_of(event: Event, count: int) -> list[RoundOf]:
    """Return the rounds of an evening, and when each starts."""
    pauses = {one.after_round: one.minutes for one in event.breaks.all()}
    return [
        RoundOf(number, timezone.localtime(event.round_starts_at(number, pauses)))
        for number in range(count)
    ]


@dataclass(frozen=True)
class GridRow:
    """A table of the master grid: who sits there, and who comes in each round."""

    table: int | None
    hosts: tuple[Named, ...]
    cells: tuple[tuple[Line, ...], ...]


def grid_of(lines: Iterable[Line], rounds: Sequence[RoundOf]) -> list[GridRow]:
    """Return the tables, each with what happens there in each of `rounds`."""
    shown = {one.number: place for place, one in enumerate(rounds)}
    at: dict[int | None, list[Line]] = defaultdict(list)
    for line in lines:
        at[line.table].append(line)
    rows = []
    for table in sorted(at, key=lambda number: (number is None, number)):
        cells: list[list[Line]] = [[] for _round in rounds]
        for line in at[table]:
            if line.round.number in shown:
                cells[shown[line.round.number]].append(line)
        hosts = {line.host.pk: line.host for line in at[table]}
        rows.append(GridRow(table, tuple(hosts.values()), tuple(map(tuple, cells))))
    return rows
