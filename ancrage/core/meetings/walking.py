"""Less walking between two tables, for the same meetings between the same people.

Problem. Visitors go from table to table. Without changing who meets whom, give meetings other
rounds and hosts other tables so that the sum of the distances between the successive tables of
each visitor is small. Meetings held and promised stay where they are.

Steps (simulated annealing, then descent). Two moves: exchange the tables of two hosts, all along
the evening; exchange two rounds for the people of one component of the meetings of these rounds
(a Kempe chain: nobody is then twice in a round). A move that shortens is kept, one that lengthens
sometimes, less and less.

Deterministic: the draws come from a seeded generator, the effort is counted in moves.

Reference: S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, « Optimization by Simulated Annealing »,
Science 220 (1983), p. 671–680.
"""

import math
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ancrage.core.meetings.values import Instance, Meeting, Plan

Place = tuple[float, float]
# How many moves are tried for each meeting, and how hot the search begins, in table widths.
MOVES_PER_MEETING = 200
WARMTH = 2.0


def always() -> bool:
    """Say that there is no time limit."""
    return False


def room_in_rows(tables: int, width: int | None = None) -> dict[int, Place]:
    """Return where tables stand when nobody drew the room: rows as long as there are rows."""
    width = width or max(1, math.ceil(math.sqrt(tables)))
    return {table: ((table - 1) % width, (table - 1) // width) for table in range(1, tables + 1)}


def walk_of(meetings: Sequence[Meeting], room: Mapping[int, Place]) -> float:
    """Return the distance that all visitors walk between their tables, streets at right angles.

    Raises:
        KeyError: a table is not in the room.
    """
    tables: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for one in meetings:
        tables[one.visitor].append((one.round, one.table or 0))
    total = 0.0
    for own in tables.values():
        own.sort()
        for (_before, first), (_after, second) in pairwise(own):
            total += _distance(room[first], room[second])
    return total


def _distance(first: Place, second: Place) -> float:
    return abs(first[0] - second[0]) + abs(first[1] - second[1])


def shorten_walks(
    instance: Instance,
    plan: Plan,
    *,
    room: Mapping[int, Place] | None = None,
    seed: int = 0,
    out_of_time: Callable[[], bool] = always,
) -> Plan:
    """Return the same meetings between the same people, with less walking from table to table.

    Args:
        instance: what the plan answers.
        plan: a plan without violations.
        room: where each table stands; in rows when it is not given.
        seed: of the draws.
        out_of_time: asked now and then; without it, the same plan gets the same answer.

    Raises:
        KeyError: a table of the plan is not in the room.
    """
    highest = max((one.table or 0 for one in plan.meetings), default=0)
    walk = _Walk(instance, plan, room or room_in_rows(max(highest, instance.tables or 0)))
    walk.anneal(random.Random(seed), out_of_time)  # noqa: S311 -- a search, not a secret
    return replace(plan, meetings=walk.meetings())


class _Walk:
    """The plan on its way, and how far each visitor walks."""

    def __init__(self, instance: Instance, plan: Plan, room: Mapping[int, Place]) -> None:
        self._instance, self._room = instance, room
        self._cards = [(one.host, one.visitor) for one in plan.meetings]
        self._round = [one.round for one in plan.meetings]
        self._table = [one.table or 0 for one in plan.meetings]
        fixed = {one.card for one in (*instance.held, *instance.promised)}
        self._fixed = [one.card in fixed for one in plan.meetings]
        self._of_visitor: dict[str, list[int]] = defaultdict(list)
        self._of_host: dict[str, list[int]] = defaultdict(list)
        self._at: dict[tuple[str, str, int], int] = {}
        self._load = [0] * instance.rounds
        for rank, one in enumerate(plan.meetings):
            self._of_visitor[one.visitor].append(rank)
            self._of_host[one.host].append(rank)
            self._at["visitor", one.visitor, one.round] = rank
            self._at["host", one.host, one.round] = rank
            self._load[one.round] += 1
        seats = {host.id: host.seats for host in instance.hosts}
        absent = {("host", host.id): host.absent for host in instance.hosts}
        absent |= {("visitor", visitor.id): visitor.absent for visitor in instance.visitors}
        self._absent = absent
        # Several visitors at one table stay together in their round.
        self._several = {host for host in self._of_host if seats[host] > 1}
        # A host whose table is announced keeps it; so does one who changes tables.
        self._movable = [
            host
            for host in sorted(self._of_host)
            if len({self._table[rank] for rank in self._of_host[host]}) == 1
            and not any(self._fixed[rank] for rank in self._of_host[host])
        ]
        self._settled = len({(h, self._table[r]) for h in self._of_host for r in self._of_host[h]})
        self._one_table_each = self._settled == len(self._of_host) == len(set(self._table))

    def meetings(self) -> tuple[Meeting, ...]:
        """Return the meetings as they are now, sorted as in a plan."""
        found = [
            Meeting(host, visitor, self._round[rank], self._table[rank])
            for rank, (host, visitor) in enumerate(self._cards)
        ]
        return tuple(sorted(found, key=lambda one: (one.round, one.table or 0, one.visitor)))

    def anneal(self, draws: random.Random, out_of_time: Callable[[], bool]) -> None:
        """Try moves, from the warmest to the coldest."""
        if not self._one_table_each:
            # A table that several hosts share binds their rounds together.
            return
        moves = MOVES_PER_MEETING * len(self._cards)
        rounds = range(self._instance.from_round, self._instance.rounds)
        for move in range(moves):
            if move % 256 == 0 and out_of_time():
                return
            heat = WARMTH * (1 - move / moves) ** 2 + 1e-9
            if draws.random() < 0.5 and len(self._movable) > 1:
                self._try_tables(draws, heat)
            elif len(rounds) > 1:
                self._try_rounds(draws, heat, rounds)

    def _walked(self, visitors: Sequence[str]) -> float:
        total = 0.0
        room, table, when = self._room, self._table, self._round
        for visitor in visitors:
            own = sorted(self._of_visitor[visitor], key=when.__getitem__)
            for before, after in pairwise(own):
                total += _distance(room[table[before]], room[table[after]])
        return total

    def _accept(self, before: float, after: float, heat: float, draws: random.Random) -> bool:
        return after <= before or draws.random() < math.exp((before - after) / heat)

    def _try_tables(self, draws: random.Random, heat: float) -> None:
        first, second = draws.sample(self._movable, 2)
        ranks = [*self._of_host[first], *self._of_host[second]]
        visitors = sorted({self._cards[rank][1] for rank in ranks})
        before = self._walked(visitors)
        self._exchange_tables(first, second)
        if not self._accept(before, self._walked(visitors), heat, draws):
            self._exchange_tables(first, second)

    def _exchange_tables(self, first: str, second: str) -> None:
        one = self._table[self._of_host[first][0]]
        other = self._table[self._of_host[second][0]]
        for rank in self._of_host[first]:
            self._table[rank] = other
        for rank in self._of_host[second]:
            self._table[rank] = one

    def _try_rounds(self, draws: random.Random, heat: float, rounds: range) -> None:
        start = draws.randrange(len(self._cards))
        a, b = self._round[start], draws.choice(rounds)
        if a == b or a not in rounds:
            return
        component = self._component(start, a, b)
        if component is None:
            return
        visitors = sorted({self._cards[rank][1] for rank in component})
        before = self._walked(visitors)
        self._exchange_rounds(component, a, b)
        if not self._accept(before, self._walked(visitors), heat, draws):
            self._exchange_rounds(component, a, b)

    def _component(self, start: int, a: int, b: int) -> list[int] | None:
        """Return the meetings tied to one by rounds a and b; None if they cannot be exchanged."""
        todo, seen = [start], {start}
        shift = 0
        while todo:
            rank = todo.pop()
            host, visitor = self._cards[rank]
            here = self._round[rank]
            there = b if here == a else a
            if self._fixed[rank] or host in self._several:
                return None
            shift += 1 if there == b else -1
            for side, name in (("host", host), ("visitor", visitor)):
                if there in self._absent[side, name]:
                    return None
                other = self._at.get((side, name, there))
                if other is not None and other not in seen:
                    seen.add(other)
                    todo.append(other)
        tables = self._instance.tables
        full = self._load[b] + shift, self._load[a] - shift
        return None if tables is not None and max(full) > tables else sorted(seen)

    def _exchange_rounds(self, component: Sequence[int], a: int, b: int) -> None:
        for rank in component:
            host, visitor = self._cards[rank]
            here = self._round[rank]
            for place in (("host", host, here), ("visitor", visitor, here)):
                self._at.pop(place, None)
            self._load[here] -= 1
        for rank in component:
            host, visitor = self._cards[rank]
            there = b if self._round[rank] == a else a
            self._round[rank] = there
            self._at["host", host, there] = self._at["visitor", visitor, there] = rank
            self._load[there] += 1
