"""The evening of one participant: where to go, round by round, and what they noted."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ancrage.events.enums import Interest, RoundState
from ancrage.events.models import Mark, Meeting, Participant, Party, Timetable
from ancrage.events.queries.evening import Progress, Slot, progress_of, timetable_in_force
from ancrage.events.queries.sheets import ShownSheet, sheets_for


@dataclass(frozen=True, slots=True)
class Stop:
    """A round for a participant: where and whom. Who receives several at once has several.

    No `party` for a round of rest; no `sheet` when the data of that person are frozen or gone.
    `interest` and `note` are what the participant said of that meeting, for themselves.
    """

    slot: Slot
    table: str = ""
    party: int | None = None
    sheet: ShownSheet | None = None
    interest: str = ""
    note: str = ""

    @property
    def is_rest(self) -> bool:
        """Whether nobody is met in that round."""
        return self.party is None

    @property
    def interest_words(self) -> str:
        """What they said, in words."""
        return str(Interest(self.interest).label) if self.interest else ""

    @property
    def has_begun(self) -> bool:
        """Whether the round was started, so that something may be said of it."""
        return self.slot.state in {RoundState.CURRENT, RoundState.OVER}


@dataclass(frozen=True, slots=True)
class OwnEvening:
    """The rounds of a participant, under the version of the timetable in force."""

    timetable: Timetable
    progress: Progress
    stops: tuple[Stop, ...]

    @property
    def current(self) -> Stop | None:
        """The round that runs."""
        return next((one for one in self.stops if one.slot.state == RoundState.CURRENT), None)

    @property
    def following(self) -> Stop | None:
        """The next meeting, or the next rest when no meeting is left."""
        coming = [one for one in self.stops if one.slot.state == RoundState.COMING]
        return next((one for one in coming if not one.is_rest), next(iter(coming), None))


def names_are_told(participant: Participant, *, on: datetime) -> bool:
    """Say whether everybody's name is told: once the doors are open."""
    return on >= participant.event.doors_at


def own_evening(participant: Participant, *, on: datetime) -> OwnEvening | None:
    """Return the evening of a participant; None before a timetable is published."""
    timetable = timetable_in_force(participant.event)
    if timetable is None:
        return None
    progress = progress_of(participant.event, on=on)
    party = participant.party
    mine = Q(host=party) | Q(visitor=party)
    meetings: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in Meeting.objects.filter(mine, timetable=timetable).select_related("table"):
        meetings[meeting.round].append(meeting)
    sheets = sheets_for(party, on_the_evening=names_are_told(participant, on=on))
    marks = {mark.about_id: mark for mark in participant.marks.all()}
    stops = tuple(
        stop
        for slot in progress.slots
        for stop in (
            [_stop(slot, meeting, party, sheets, marks) for meeting in meetings[slot.number]]
            or [Stop(slot)]
        )
    )
    return OwnEvening(timetable, progress, stops)


def met_by(participant: Participant) -> set[int]:
    """Return the keys of the parties the participant has met or is meeting.

    What counts is that the round began: on an evening run on paper nobody notes arrivals.
    """
    party = participant.party_id
    begun = participant.event.actual_rounds.values("number")
    return {
        visitor if host == party else host
        for host, visitor in Meeting.objects.filter(
            Q(host=party) | Q(visitor=party),
            timetable__event=participant.event_id,
            timetable__in_force=True,
            round__in=begun,
        ).values_list("host_id", "visitor_id")
    }


def _stop(
    slot: Slot,
    meeting: Meeting,
    party: Party,
    sheets: Mapping[int, ShownSheet],
    marks: Mapping[int, Mark],
) -> Stop:
    other = meeting.visitor_id if meeting.host_id == party.pk else meeting.host_id
    mark = marks.get(other)
    return Stop(
        slot=slot,
        table=_table_words(meeting),
        party=other,
        sheet=sheets.get(other),
        interest=mark.interest if mark else "",
        note=mark.note if mark else "",
    )


def _table_words(meeting: Meeting) -> str:
    if meeting.table is None:
        return ""
    return meeting.table.label or str(meeting.table.number)
