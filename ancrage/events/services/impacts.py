"""Who is affected by a new version of the timetable, round by round, and why."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from ancrage.core.meetings.values import Meeting as Planned
from ancrage.events.models import Meeting, Table
from ancrage.events.queries.boards import Seated
from ancrage.events.services.asking import party_of
from ancrage.kit.text import fold


class Why(Enum):
    """What happens to a meeting that was announced, or is new."""

    # The other one is not there.
    MISSING = "missing"
    # Nobody meets in that round any more.
    DROPPED = "dropped"
    # It was refused, or forbidden, since.
    FORBIDDEN = "forbidden"
    # No table is left for it in that round.
    NO_TABLE = "no_table"
    # Given up for a better evening, as the organiser allowed.
    EXCHANGED = "exchanged"
    NEW = "new"
    # The same people, in another round.
    MOVED = "moved"
    # The same people and round, at another table.
    OTHER_TABLE = "other_table"


@dataclass(frozen=True)
class Change:
    """One line of what changes for a party. Rounds from 0; `round` is the round left.

    For a new meeting `round` is the one gained; for a move, `to_round` says where it goes.
    """

    why: Why
    round: int
    other: Seated
    table: Table | None = None
    to_round: int | None = None


@dataclass(frozen=True)
class Impact:
    """What changes for one party that is there or awaited."""

    who: Seated
    role: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Withdrawn:
    """A party that is not counted on any more, and how many meetings it was promised."""

    who: Seated
    role: str
    count: int


@dataclass(frozen=True)
class Situation:
    """What is needed to say why: who is there, which pairs and rounds are still possible."""

    seats: Mapping[int, Seated]
    available: Collection[int]
    pairs: Collection[tuple[int, int]]
    dropped: Collection[int]
    may_exchange: bool


def impacts_of(
    promised: Iterable[Meeting],
    after: Iterable[tuple[Planned, Table | None]],
    situation: Situation,
) -> tuple[tuple[Impact, ...], tuple[Withdrawn, ...]]:
    """Compare what was announced with what would be, for the rounds left.

    Returns the parties that are there and for which something changes, and those that are not
    there and whose meetings are withdrawn; hosts first, then by name.
    """
    kept = {
        (party_of(one.host), party_of(one.visitor)): (one.round, table) for one, table in after
    }
    lines: dict[int, list[Change]] = {}
    withdrawn: dict[int, int] = {}
    announced: set[tuple[int, int]] = set()
    for row in promised:
        pair = row.host_id, row.visitor_id
        announced.add(pair)
        for missing in set(pair) - set(situation.available):
            withdrawn[missing] = withdrawn.get(missing, 0) + 1
        change = _change_of(row, kept.get(pair), situation)
        if change is not None:
            _tell(lines, pair, situation, *change)
    for pair, (when, table) in kept.items():
        if pair not in announced:
            _tell(lines, pair, situation, Why.NEW, when, table, None)
    roles = {seated.party.pk: seated.party.side.role for seated in situation.seats.values()}

    def order(key: int) -> tuple[str, str, int]:
        return roles[key], fold(situation.seats[key].name), key

    return (
        tuple(
            Impact(
                situation.seats[key],
                roles[key],
                tuple(sorted(lines[key], key=lambda one: (one.round, one.why.value))),
            )
            for key in sorted(lines, key=order)
        ),
        tuple(
            Withdrawn(situation.seats[key], roles[key], withdrawn[key])
            for key in sorted(withdrawn, key=order)
        ),
    )


Told = tuple[Why, int, Table | None, int | None]


def _change_of(
    row: Meeting, now: tuple[int, Table | None] | None, situation: Situation
) -> Told | None:
    if now is not None:
        when, table = now
        if when != row.round:
            return Why.MOVED, row.round, table, when
        if table != row.table:
            return Why.OTHER_TABLE, row.round, table, None
        return None
    if not {row.host_id, row.visitor_id} <= set(situation.available):
        why = Why.MISSING
    elif row.round in situation.dropped:
        why = Why.DROPPED
    elif (row.host_id, row.visitor_id) not in situation.pairs:
        why = Why.FORBIDDEN
    else:
        why = Why.EXCHANGED if situation.may_exchange else Why.NO_TABLE
    return why, row.round, None, None


def _tell(
    lines: dict[int, list[Change]],
    pair: tuple[int, int],
    situation: Situation,
    why: Why,
    when: int,
    table: Table | None,
    to_round: int | None,
) -> None:
    """Write the change on the sheets of those of the two who are there."""
    for own, other in (pair, pair[::-1]):
        if own in situation.available:
            lines.setdefault(own, []).append(
                Change(why, when, situation.seats[other], table, to_round)
            )
