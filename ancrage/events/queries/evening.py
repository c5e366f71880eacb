"""The evening as it stands: who is there, which round it is, who sits where.

All is read from rows: whatever page asks, after whatever interruption, gets the same answer.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ancrage.events.enums import PLACED_STATES, Presence, RegistrationState, RoundState, SideRole
from ancrage.events.models import Event, Participant, Round, Timetable
from ancrage.kit.text import fold, words

LEAST_OF_BADGE = 3


def presence_of(participant: Participant) -> Presence:
    """Say where somebody is, as far as the organisers noted it."""
    if participant.state == RegistrationState.CANCELLED:
        return Presence.ABSENT
    if participant.left_at is not None:
        return Presence.LEFT
    if participant.arrived_at is not None:
        return Presence.ARRIVED
    if participant.state == RegistrationState.WAITING:
        return Presence.WAITING
    return Presence.EXPECTED


@dataclass(frozen=True)
class Slot:
    """A round (from 0): when it took place, or when it is expected to."""

    number: int
    state: RoundState
    starts_at: datetime
    ends_at: datetime

    @property
    def shown(self) -> int:
        """The number of the round as people say it."""
        return self.number + 1


@dataclass(frozen=True)
class Progress:
    """Where the evening stands. `current` and `last` are rounds that were really started.

    `due_at` is when the next round should start, be it past: what a changeover is counted from.
    """

    slots: tuple[Slot, ...]
    current: Round | None
    last: Round | None
    due_at: datetime

    @property
    def following(self) -> Slot | None:
        """The next round to start; None when there is none left."""
        return next((slot for slot in self.slots if slot.state == RoundState.COMING), None)

    @property
    def ends_at(self) -> datetime | None:
        """When the last round is expected to end; None when all are dropped."""
        played = [slot.ends_at for slot in self.slots if slot.state != RoundState.DROPPED]
        return played[-1] if played else None


def progress_of(event: Event, *, on: datetime) -> Progress:
    """Return the rounds of an evening, those to come at the time they can now be expected.

    They follow what really happened: a late start, a minute more, a dropped round.
    """
    rounds = {one.number: one for one in event.actual_rounds.order_by("number")}
    pauses = {one.after_round: one.minutes for one in event.breaks.order_by("pk")}
    slots: list[Slot] = []
    last: Round | None = None
    due_at = event.starts_at
    free_at = max(due_at, on)
    for number in range(event.rounds):
        actual = rounds.get(number)
        if actual is not None:
            ends_at = actual.ended_at or actual.ends_at
            state = RoundState.OVER if actual.ended_at else RoundState.CURRENT
            slots.append(Slot(number, state, actual.started_at, ends_at))
            last = actual
            due_at = _after(event, number, ends_at, pauses)
            free_at = max(due_at, on)
            continue
        if number in event.dropped_rounds:
            slots.append(Slot(number, RoundState.DROPPED, free_at, free_at))
            continue
        ends_at = free_at + timedelta(minutes=event.minutes)
        slots.append(Slot(number, RoundState.COMING, free_at, ends_at))
        free_at = _after(event, number, ends_at, pauses)
    current = last if last is not None and last.ended_at is None else None
    return Progress(tuple(slots), current, last, due_at)


def _after(event: Event, number: int, ends_at: datetime, pauses: Mapping[int, int]) -> datetime:
    return ends_at + timedelta(minutes=event.changeover + pauses.get(number, 0))


def timetable_in_force(event: Event) -> Timetable | None:
    """Return the version that everybody follows; None before one is published."""
    return event.timetables.filter(in_force=True).first()


def people_of(event: Event) -> list[Participant]:
    """Return everybody registered for an event, by name, each with its party and side.

    Somebody whose data are frozen is only a badge here.
    """
    found = Participant.objects.filter(event=event).select_related("party__side", "subject")
    for one in found:
        hide_if_frozen(one)
    return sorted(found, key=lambda one: (fold(one.last_name), fold(one.first_name), one.pk))


def hide_if_frozen(participant: Participant) -> None:
    """Take the words off a row that was read, if the person had their data frozen."""
    if participant.subject.limited_at is not None:
        for name in ("first_name", "last_name", "organisation", "remark"):
            setattr(participant, name, "")


def matching(people: Iterable[Participant], text: str) -> list[Participant]:
    """Return those of whom each word of `text` begins a name, a team, a practice or the badge.

    Case, accents and ligatures do not count; a badge is known from three of its signs.
    """
    wanted = words(text)
    return [one for one in people if all(_is_said_of(word, one) for word in wanted)]


def _is_said_of(word: str, person: Participant) -> bool:
    named = (person.first_name, person.last_name, person.organisation, person.party.name)
    if len(word) >= LEAST_OF_BADGE and person.badge.casefold().startswith(word):
        return True
    return any(one.startswith(word) for one in words(" ".join(named)))


@dataclass(frozen=True)
class SideCount:
    """How many people of a side are in each state."""

    role: SideRole
    name: str
    counts: Mapping[Presence, int]

    @property
    def arrived(self) -> int:
        """How many are there."""
        return self.counts[Presence.ARRIVED]

    @property
    def expected(self) -> int:
        """How many may still come."""
        return self.counts[Presence.EXPECTED]

    @property
    def left(self) -> int:
        """How many came and are gone."""
        return self.counts[Presence.LEFT]

    @property
    def came(self) -> int:
        """How many came, whether or not they are still there."""
        return self.arrived + self.left

    @property
    def awaited(self) -> int:
        """How many had a place, whether or not they came."""
        there = (Presence.ARRIVED, Presence.LEFT, Presence.EXPECTED)
        return sum(self.counts[presence] for presence in there)


def counts_of(event: Event, people: Iterable[Participant]) -> list[SideCount]:
    """Count the people of each side by presence, hosts first."""
    people = list(people)
    return [
        SideCount(
            SideRole(side.role),
            side.name,
            {
                presence: sum(
                    one.party.side_id == side.pk and presence_of(one) == presence for one in people
                )
                for presence in Presence
            },
        )
        for side in sorted(event.sides.all(), key=lambda side: (side.role, side.pk))
    ]


def parties_present(people: Iterable[Participant]) -> set[int]:
    """Return the keys of the parties of which at least one member is there now."""
    return {one.party_id for one in people if presence_of(one) == Presence.ARRIVED}


def parties_expected(people: Iterable[Participant]) -> set[int]:
    """Return the keys of the parties nobody of which came yet, and of which somebody may."""
    people = list(people)
    waited = {one.party_id for one in people if presence_of(one) == Presence.EXPECTED}
    return waited - parties_present(people)


def parties_that_met(
    people: Iterable[Participant], *, started_at: datetime, ended_at: datetime
) -> set[int]:
    """Return the keys of the parties that came before a round ended and stayed half of it."""
    middle = started_at + (ended_at - started_at) / 2
    return {
        one.party_id
        for one in people
        if one.state in PLACED_STATES
        and one.arrived_at is not None
        and one.arrived_at <= ended_at
        and (one.left_at is None or one.left_at >= middle)
    }
