"""An instance checked, numbered, and reduced to what is left to decide.

People are numbered in the order of their identifiers, and so are pairs: the answer depends on
what is asked, never on the order in which it is written. What is fixed (meetings held, promises
kept) is taken away from the free rounds, the tables and the meetings that each may still have.

A host who receives several visitors at once counts as so many seats, each with its free rounds.
Sets of rounds are integers: bit r is round r.

Complexity: O(n log n) for n people, pairs and meetings.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from ancrage.core.meetings.values import (
    GUARANTEE,
    FlawKind,
    Guest,
    Host,
    Instance,
    InvalidInstance,
    Meeting,
    Pair,
    Visitor,
)

# How many tables a round has when nobody counts them.
PLENTY = 10**9
# A set of fewer rounds than this fits a 64-bit integer.
SMALL_SET = 63

Integers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SideState:
    """What is left of one side, person by person.

    `room` is how many meetings each may still have, `done` how many it already has, `least` how
    many it is guaranteed.
    """

    ids: Sequence[str]
    room: Sequence[int]
    done: Sequence[int]
    least: Sequence[int]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is left to decide.

    Attributes:
        seats: the free rounds of each seat of each host, as a set.
        free: the free rounds of each visitor, as a set.
        tables: how many more tables may serve, round by round.
        served: hosts that have a table already in a round, by what is fixed, as sets of rounds.
        pair_visitors, pair_hosts, scores: the pairs that may still meet, by number.
    """

    instance: Instance
    fixed: tuple[Meeting, ...]
    visitors: SideState
    hosts: SideState
    free: Sequence[int]
    seats: Sequence[Sequence[int]]
    served: Sequence[int]
    tables: Sequence[int]
    pair_visitors: Integers
    pair_hosts: Integers
    scores: Sequence[int]

    @property
    def rounds(self) -> int:
        return self.instance.rounds

    def named(self, pairs: Iterable[int]) -> list[tuple[str, str]]:
        """Return the host and the visitor of pairs given by number."""
        hosts, visitors = self.hosts.ids, self.visitors.ids
        chosen = np.fromiter(pairs, dtype=np.int64)
        ends = zip(
            self.pair_hosts[chosen].tolist(), self.pair_visitors[chosen].tolist(), strict=True
        )
        return [(hosts[host], visitors[visitor]) for host, visitor in ends]

    def numbers(self) -> dict[tuple[str, str], int]:
        """Return the number of each pair that may still meet, by host and visitor."""
        pairs = zip(self.pair_hosts.tolist(), self.pair_visitors.tolist(), strict=True)
        hosts, visitors = self.hosts.ids, self.visitors.ids
        return {(hosts[h], visitors[v]): index for index, (h, v) in enumerate(pairs)}

    @property
    def alike(self) -> bool:
        """Whether everybody is free in the same rounds: the case that is always solved exactly."""
        masks = {*self.free, *(seat for seats in self.seats for seat in seats)}
        return len(masks) <= 1 and not any(self.served)


def check(instance: Instance) -> None:
    """Raise the first flaw of an instance; those of its pairs are found by `reduce`.

    Raises:
        InvalidInstance: it names the flaw and what it is about.
    """
    if instance.rounds < 0:
        raise InvalidInstance(FlawKind.ROUNDS, instance.rounds)
    if instance.tables is not None and instance.tables < 0:
        raise InvalidInstance(FlawKind.TABLES, instance.tables)
    if not 0 <= instance.from_round <= instance.rounds:
        raise InvalidInstance(FlawKind.FROM_ROUND, instance.from_round)
    for people in (instance.hosts, instance.visitors):
        _check_people(people, instance.rounds)
    hosts = {host.id: host for host in instance.hosts}
    visitors = {visitor.id: visitor for visitor in instance.visitors}
    for meetings in (instance.held, instance.promised):
        _check_meetings(instance, meetings, hosts, visitors)
    _check_held(instance, hosts, visitors)


def _check_people(people: Sequence[Guest], rounds: int) -> None:
    for one, following in pairwise(sorted(person.id for person in people)):
        if one == following:
            raise InvalidInstance(FlawKind.ID_TWICE, one)
    for person in people:
        if isinstance(person, Host) and person.seats < 1:
            raise InvalidInstance(FlawKind.SEATS, person.id, person.seats)
        if person.most is not None and person.most < 0:
            raise InvalidInstance(FlawKind.MOST, person.id, person.most)
        if person.least is not None and person.least < 0:
            raise InvalidInstance(FlawKind.LEAST, person.id, person.least)
        if None not in (person.least, person.most) and person.least > person.most:  # type: ignore[operator]
            raise InvalidInstance(FlawKind.LEAST_OVER_MOST, person.id, person.least, person.most)
        for absent in person.absent:
            if not 0 <= absent < rounds:
                raise InvalidInstance(FlawKind.ABSENT_ROUND, person.id, absent)


def _check_known(
    hosts: dict[str, Host], visitors: dict[str, Visitor], host: str, visitor: str
) -> None:
    if host not in hosts:
        raise InvalidInstance(FlawKind.UNKNOWN_HOST, host)
    if visitor not in visitors:
        raise InvalidInstance(FlawKind.UNKNOWN_VISITOR, visitor)


def _check_meetings(
    instance: Instance,
    meetings: Sequence[Meeting],
    hosts: dict[str, Host],
    visitors: dict[str, Visitor],
) -> None:
    met: set[tuple[str, str]] = set()
    busy: set[tuple[str, int]] = set()
    seated: Counter[tuple[str, int]] = Counter()
    for meeting in sorted(meetings, key=lambda one: one.card):
        host, visitor, when = meeting.card
        _check_known(hosts, visitors, host, visitor)
        if not 0 <= when < instance.rounds:
            raise InvalidInstance(FlawKind.MEETING_ROUND, host, visitor, when)
        if (host, visitor) in met:
            raise InvalidInstance(FlawKind.MEETING_TWICE, host, visitor)
        if (visitor, when) in busy:
            raise InvalidInstance(FlawKind.VISITOR_BUSY, visitor, when)
        met.add((host, visitor))
        busy.add((visitor, when))
        seated[host, when] += 1
        if seated[host, when] > hosts[host].seats:
            raise InvalidInstance(FlawKind.HOST_BUSY, host, when)


def _check_held(instance: Instance, hosts: dict[str, Host], visitors: dict[str, Visitor]) -> None:
    for people, counted in (
        (hosts.values(), Counter(meeting.host for meeting in instance.held)),
        (visitors.values(), Counter(meeting.visitor for meeting in instance.held)),
    ):
        for person in people:
            if counted[person.id] > most_of(person, instance.rounds):
                raise InvalidInstance(
                    FlawKind.HELD_OVER_MOST, person.id, counted[person.id], person.most
                )
    if instance.tables is None:
        return
    for when, serving in sorted(_tables_used(instance.held).items()):
        # What is past was held, whatever tables are left now.
        if when >= instance.from_round and serving > instance.tables:
            raise InvalidInstance(FlawKind.HELD_OVER_TABLES, when, serving, instance.tables)


def _tables_used(meetings: Iterable[Meeting]) -> Counter[int]:
    return Counter(when for _host, when in {(one.host, one.round) for one in meetings})


def most_of(person: Guest, rounds: int) -> int:
    """Return how many meetings a person may have: one per round, unless they say otherwise."""
    seats = person.seats if isinstance(person, Host) else 1
    return rounds if person.most is None else min(person.most, rounds * seats)


def least_of(person: Guest, rounds: int) -> int:
    """Return how many meetings a person is guaranteed, as far as can be."""
    asked = GUARANTEE if person.least is None else person.least
    return min(asked, most_of(person, rounds))


def open_rounds(person: Guest, instance: Instance) -> int:
    """Return the rounds that can still be planned with this person, as a set."""
    rounds = (1 << instance.rounds) - (1 << instance.from_round)
    for absent in person.absent:
        rounds &= ~(1 << absent)
    return rounds


def reduce(instance: Instance, fixed: tuple[Meeting, ...]) -> Problem:
    """Number a checked instance and take away what is fixed.

    Raises:
        InvalidInstance: a pair is given twice, or names somebody unknown.
    """
    hosts = sorted(instance.hosts, key=lambda host: host.id)
    visitors = sorted(instance.visitors, key=lambda visitor: visitor.id)
    host_rank = {host.id: rank for rank, host in enumerate(hosts)}
    visitor_rank = {visitor.id: rank for rank, visitor in enumerate(visitors)}
    free = [open_rounds(visitor, instance) for visitor in visitors]
    seats = [[open_rounds(host, instance)] * host.seats for host in hosts]
    served = [0] * len(hosts)
    tables = [PLENTY if instance.tables is None else instance.tables] * instance.rounds
    for meeting in fixed:
        bit, host = 1 << meeting.round, host_rank[meeting.host]
        free[visitor_rank[meeting.visitor]] &= ~bit
        seat = next((s for s, mask in enumerate(seats[host]) if mask & bit), None)
        if seat is not None:
            seats[host][seat] &= ~bit
        if not served[host] & bit:
            served[host] |= bit
            tables[meeting.round] -= 1
    host_state = _state(instance, hosts, Counter(one.host for one in fixed), seats)
    visitor_state = _state(
        instance, visitors, Counter(one.visitor for one in fixed), [[mask] for mask in free]
    )
    pair_visitors, pair_hosts, scores = _numbered(instance.pairs, host_rank, visitor_rank)
    useful = [
        index
        for index in _meeting_somewhere(pair_visitors, pair_hosts, free, seats, instance.rounds)
        if visitor_state.room[pair_visitors[index]] and host_state.room[pair_hosts[index]]
    ]
    met = {(visitor_rank[one.visitor], host_rank[one.host]) for one in fixed}
    if met:
        useful = [i for i in useful if (pair_visitors[i], pair_hosts[i]) not in met]
    return Problem(
        instance,
        fixed,
        visitor_state,
        host_state,
        free,
        seats,
        served,
        [max(0, left) for left in tables],
        pair_visitors[useful],
        pair_hosts[useful],
        [scores[index] for index in useful],
    )


def _state(
    instance: Instance,
    people: Sequence[Guest],
    done: Counter[str],
    masks: Sequence[Sequence[int]],
) -> SideState:
    rounds = instance.rounds
    return SideState(
        [person.id for person in people],
        [
            max(0, min(most_of(person, rounds) - done[person.id], sum(m.bit_count() for m in own)))
            for person, own in zip(people, masks, strict=True)
        ],
        [done[person.id] for person in people],
        [least_of(person, rounds) for person in people],
    )


def _numbered(
    pairs: Sequence[Pair], host_rank: dict[str, int], visitor_rank: dict[str, int]
) -> tuple[Integers, Integers, list[int]]:
    """Return the visitors, the hosts and the scores of the pairs, sorted by visitor and host."""
    if not pairs:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), []
    hosts = _ranks((pair[0] for pair in pairs), host_rank, FlawKind.UNKNOWN_HOST)
    visitors = _ranks((pair[1] for pair in pairs), visitor_rank, FlawKind.UNKNOWN_VISITOR)
    code = visitors * len(host_rank) + hosts
    order = np.argsort(code, kind="stable")
    twice = np.flatnonzero(code[order][1:] == code[order][:-1])
    if len(twice):
        host, visitor, _score = pairs[order[twice[0]]]
        raise InvalidInstance(FlawKind.PAIR_TWICE, host, visitor)
    scores = [pair[2] for pair in pairs]
    return visitors[order], hosts[order], [scores[index] for index in order.tolist()]


def _ranks(names: Iterable[str], rank: dict[str, int], unknown: FlawKind) -> Integers:
    try:
        return np.array([rank[name] for name in names], dtype=np.int64)
    except KeyError as error:
        raise InvalidInstance(unknown, error.args[0]) from None


def round_sets(masks: Sequence[int], rounds: int) -> npt.NDArray[Any]:
    """Return sets of rounds as an array that knows `&`, whatever the number of rounds."""
    return np.array(masks, dtype=np.int64 if rounds < SMALL_SET else object)


def _meeting_somewhere(
    pair_visitors: Integers,
    pair_hosts: Integers,
    free: Sequence[int],
    seats: Sequence[Sequence[int]],
    rounds: int,
) -> list[int]:
    """Return the numbers of the pairs that have a free round in common."""
    ever = [union(own) for own in seats]
    common = round_sets(free, rounds)[pair_visitors] & round_sets(ever, rounds)[pair_hosts]
    found: list[int] = np.flatnonzero(common != 0).tolist()
    return found


def union(sets: Iterable[int]) -> int:
    """Return the rounds that are in one of these sets."""
    rounds = 0
    for one in sets:
        rounds |= one
    return rounds
