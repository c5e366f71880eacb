"""What is printed for an event: who goes where, round by round, at what time, to meet whom.

Paper is for the evening, when everybody's name is told: one cannot be met without it. A person
whose data are frozen has no paper, and is unnamed on those of the others.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ancrage.events.enums import EventState, SideRole
from ancrage.events.models import Event, Meeting, Participant, Party, Side, Timetable
from ancrage.events.queries.evening import progress_of
from ancrage.events.queries.parties import parties_with_a_place
from ancrage.kit.text import fold


@dataclass(frozen=True, slots=True)
class Turn:
    """A round of the evening (from 0): when it starts, and the minutes of break after it."""

    number: int
    starts_at: datetime
    is_dropped: bool
    break_after: int


@dataclass(frozen=True, slots=True)
class Stop:
    """What a party does in a round. `others` are the keys of the parties it meets."""

    round: int
    table: str
    others: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartyOnPaper:
    """A party: its name, those of its people who are printed, what it does round by round."""

    key: int
    side: Side
    label: str
    people: tuple[Participant, ...]
    stops: Mapping[int, Stop]


@dataclass(frozen=True, slots=True)
class Seat:
    """A host at a table in a round, with the visitors it receives there. Keys of parties."""

    host: int
    visitors: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Handouts:
    """All that can be printed. `tables` is {table: {round: seats}}, in the order of the room.

    `timetable` is the version in force; None before one is published: nobody has a stop then.
    """

    event: Event
    timetable: Timetable | None
    turns: tuple[Turn, ...]
    parties: Mapping[int, PartyOnPaper]
    tables: Mapping[str, Mapping[int, tuple[Seat, ...]]]

    def people(
        self, *, role: str = "", person: int | None = None
    ) -> list[tuple[PartyOnPaper, Participant]]:
        """Return everybody, those of one side, or one person: hosts first, then by name."""
        found = [
            (party, one)
            for party in self.parties.values()
            for one in party.people
            if role in {"", party.side.role} and person in {None, one.pk}
        ]
        return sorted(
            found,
            key=lambda pair: (
                pair[0].side.role != SideRole.HOST,
                fold(pair[1].last_name),
                fold(pair[1].first_name),
                pair[1].pk,
            ),
        )


def handouts_of(event: Event, *, on: datetime) -> Handouts:
    """Gather what is printed for `event`. Seven queries at most, whatever the number of people."""
    timetable = event.timetables.filter(in_force=True).defer("instance").first()
    meetings = _meetings(timetable)
    stops = _stops(meetings)
    parties = [
        (party, tuple(one for one in party.placed if _is_printed(one)))  # type: ignore[attr-defined]
        for party in parties_with_a_place(event)
    ]
    return Handouts(
        event=event,
        timetable=timetable,
        turns=_turns(event, on=on),
        parties={
            party.pk: PartyOnPaper(
                key=party.pk,
                side=party.side,
                label=_label(party, people),
                people=people,
                stops=stops.get(party.pk, {}),
            )
            for party, people in parties
        },
        tables=_tables(meetings),
    )


def _label(party: Party, people: Sequence[Participant]) -> str:
    if people:
        return party.name or ", ".join(one.full_name for one in people)
    return _("%(who)s n° %(number)d") % {"who": capfirst(party.side.singular), "number": party.pk}


def _is_printed(person: Participant) -> bool:
    return person.subject.limited_at is None and person.full_name != ""


def _turns(event: Event, *, on: datetime) -> tuple[Turn, ...]:
    pauses = {one.after_round: one.minutes for one in event.breaks.order_by("pk")}
    if event.state == EventState.RUNNING:
        # A late start, a minute more, a round given up: hours are those that can be expected.
        starts = [slot.starts_at for slot in progress_of(event, on=on).slots]
    else:
        starts = [event.round_starts_at(number, pauses) for number in range(event.rounds)]
    return tuple(
        Turn(
            number=number,
            starts_at=starts_at,
            is_dropped=number in event.dropped_rounds,
            # A break after the last round is the end of the evening.
            break_after=pauses.get(number, 0) if number < event.rounds - 1 else 0,
        )
        for number, starts_at in enumerate(starts)
    )


def _meetings(timetable: Timetable | None) -> list[Meeting]:
    if timetable is None:
        return []
    return list(
        timetable.meetings.select_related("table").order_by("round", "table__number", "pk")
    )


def _stops(meetings: Iterable[Meeting]) -> Mapping[int, Mapping[int, Stop]]:
    met: dict[int, dict[int, tuple[str, list[int]]]] = defaultdict(dict)
    for one in meetings:
        for own, other in ((one.host_id, one.visitor_id), (one.visitor_id, one.host_id)):
            _table, others = met[own].setdefault(one.round, (_name(one), []))
            others.append(other)
    return {
        party: {
            number: Stop(number, table, tuple(others))
            for number, (table, others) in sorted(rounds.items())
        }
        for party, rounds in met.items()
    }


def _tables(meetings: Iterable[Meeting]) -> Mapping[str, Mapping[int, tuple[Seat, ...]]]:
    at: dict[str, dict[int, dict[int, list[int]]]] = defaultdict(lambda: defaultdict(dict))
    # Meetings that have no table come last, together.
    in_order = sorted(
        meetings,
        key=lambda one: (one.table is None, one.table.number if one.table else 0, one.round),
    )
    for one in in_order:
        at[_name(one)][one.round].setdefault(one.host_id, []).append(one.visitor_id)
    return {
        table: {
            number: tuple(Seat(host, tuple(visitors)) for host, visitors in hosts.items())
            for number, hosts in rounds.items()
        }
        for table, rounds in at.items()
    }


def _name(meeting: Meeting) -> str:
    """Return the number of the table, with its name if it has one; nothing without a table."""
    table = meeting.table
    if table is None:
        return ""
    return f"{table.number} · {table.label}" if table.label else str(table.number)
