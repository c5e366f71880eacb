"""Who sits where in a round of the evening, and who is missing there."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q

from ancrage.events.enums import Presence
from ancrage.events.models import Meeting, Participant, Party, Table, Timetable
from ancrage.events.queries.evening import presence_of
from ancrage.kit.text import fold


@dataclass(frozen=True)
class Seated:
    """A party at a table: its people, and whether somebody of it is there."""

    party: Party
    people: tuple[Participant, ...]
    present: bool

    @property
    def name(self) -> str:
        """The name of the team, else those of its people."""
        named = [one.full_name for one in self.people if one.full_name]
        return self.party.name or ", ".join(named) or f"n° {self.party.pk}"


@dataclass(frozen=True)
class TableLine:
    """A table in a round: who receives, whom."""

    table: Table | None
    host: Seated
    visitors: tuple[Seated, ...]

    @property
    def complete(self) -> bool:
        """Whether everybody is there."""
        return self.host.present and all(one.present for one in self.visitors)


@dataclass(frozen=True)
class RoundBoard:
    """Who sits where in a round, and who rests although they are there."""

    number: int
    lines: tuple[TableLine, ...]
    resting: tuple[Seated, ...]

    @property
    def shown(self) -> int:
        """The number of the round as people say it."""
        return self.number + 1

    @property
    def people(self) -> list[Participant]:
        """Everybody whom the board names."""
        seated = [one for line in self.lines for one in (line.host, *line.visitors)]
        return [person for one in (*seated, *self.resting) for person in one.people]

    @property
    def incomplete(self) -> int:
        """How many tables miss somebody."""
        return sum(not line.complete for line in self.lines)


def board_of(timetable: Timetable, number: int, people: Collection[Participant]) -> RoundBoard:
    """Return round `number` (from 0) of a version, table by table.

    `people` is everybody registered, see `people_of`.
    """
    seats = seats_of(people)
    meetings = (
        Meeting.objects.filter(timetable=timetable, round=number)
        .select_related("table")
        .order_by("pk")
    )
    hosts: dict[int, list[Meeting]] = {}
    for one in meetings:
        if one.host_id in seats and one.visitor_id in seats:
            hosts.setdefault(one.host_id, []).append(one)
    lines = [
        TableLine(
            own[0].table,
            seats[host],
            tuple(sorted((seats[one.visitor_id] for one in own), key=_key)),
        )
        for host, own in hosts.items()
    ]
    lines.sort(key=lambda line: (line.table.number if line.table else 0, _key(line.host)))
    busy = {one.party.pk for line in lines for one in (line.host, *line.visitors)}
    resting = [one for key, one in seats.items() if key not in busy and one.present]
    return RoundBoard(number, tuple(lines), tuple(sorted(resting, key=_key)))


@dataclass(frozen=True)
class MeetingLine:
    """A meeting of a round that is over, and whether it was held."""

    meeting: Meeting
    host: Seated
    visitor: Seated


def meetings_of_round(
    timetable: Timetable, number: int, people: Collection[Participant]
) -> list[MeetingLine]:
    """Return the meetings of round `number` (from 0) of a version, by table."""
    seats = seats_of(people)
    rows = Meeting.objects.filter(timetable=timetable, round=number).select_related(
        "table", "host", "visitor"
    )

    def seated(party: Party) -> Seated:
        return seats.get(party.pk) or Seated(party, (), present=False)

    lines = [MeetingLine(one, seated(one.host), seated(one.visitor)) for one in rows]
    return sorted(
        lines,
        key=lambda line: (
            line.meeting.table.number if line.meeting.table else 0,
            _key(line.host),
            _key(line.visitor),
        ),
    )


@dataclass(frozen=True)
class Step:
    """One round of the path of a party: whom it meets, where, and whether that was held."""

    number: int
    table: Table | None
    other: Seated
    held: bool

    @property
    def shown(self) -> int:
        """The number of the round as people say it."""
        return self.number + 1


def path_of(timetable: Timetable, party: int, people: Collection[Participant]) -> list[Step]:
    """Return the rounds (from 0) of one party in a version, in order."""
    seats = seats_of(people)
    own = Meeting.objects.filter(timetable=timetable).filter(Q(host=party) | Q(visitor=party))
    found = []
    for one in own.select_related("table", "host", "visitor").order_by("round", "pk"):
        other = one.visitor if one.host_id == party else one.host
        seated = seats.get(other.pk, Seated(other, (), present=False))
        found.append(Step(one.round, one.table, seated, one.held))
    return found


def seats_of(people: Iterable[Participant]) -> dict[int, Seated]:
    """Gather people by party; those who gave their place up count only if all did."""
    members: dict[int, list[Participant]] = {}
    for one in people:
        members.setdefault(one.party_id, []).append(one)
    gathered: dict[int, Seated] = {}
    for key, own in members.items():
        coming = [one for one in own if presence_of(one) != Presence.ABSENT] or own
        present = any(presence_of(one) == Presence.ARRIVED for one in own)
        gathered[key] = Seated(own[0].party, tuple(coming), present)
    return gathered


def _key(seated: Seated) -> tuple[str, int]:
    return fold(seated.name), seated.party.pk
