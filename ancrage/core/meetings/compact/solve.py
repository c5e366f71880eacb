"""The timetable with the fewest breaks, for meetings already decided.

Problem (business-to-business meeting scheduling). Give each appointment a round that suits it, so
that nobody is twice in a round, no round has more meetings than tables, and orders asked are
kept. The number of breaks of two people differs by so much at most; their sum is as small as
possible. Anybody may meet anybody: edge colouring says nothing here, and the question is hard.

Steps. The question « with at most so many breaks » is put to a SAT solver (CaDiCaL), from 0
upwards; the first yes is the least. What makes it quick is said in clauses that change no answer:
each person is busy in exactly as many rounds as they have meetings; an even number of people is
busy in a round; and tables are counted by groups of appointments that share a person, of which
one at most is in a round.

Complexity: exponential at worst; seconds for 80 people, 300 meetings and 20 rounds.

References: M. Bofill, J. Coll, M. Garcia, J. Giráldez-Cru, G. Pesant, J. Suy, M. Villaret,
« Constraint Solving Approaches to the Business-to-Business Meeting Scheduling Problem », JAIR 74
(2022). O. Bailleux, Y. Boufkhad, « Efficient CNF Encoding of Boolean Cardinality Constraints »,
CP 2003, LNCS 2833.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise

from pysat.solvers import Cadical195

from ancrage.core.meetings.compact.values import (
    Appointment,
    CompactInstance,
    CompactPlan,
    Infeasible,
    InvalidAppointments,
)

Literal = int


def always() -> bool:
    """Say that there is no time limit."""
    return False


def plan_compactly(
    instance: CompactInstance, *, out_of_time: Callable[[], bool] = always
) -> CompactPlan:
    """Return the timetable with the fewest breaks.

    Stopped by `out_of_time`, asked between two questions, it returns the last timetable found and
    the bound proved so far.

    Raises:
        Infeasible: there is no timetable.
        InvalidAppointments: an appointment names nobody, or comes before itself.
    """
    _check(instance)
    with Cadical195() as solver:
        model = _Model(instance, solver)
        if not solver.solve():
            raise Infeasible
        best = model.rounds(solver.get_model())
        reached, bound = model.count(best), 0
        while bound < reached and not out_of_time():
            if solver.solve(assumptions=[-model.breaks[bound]]):
                best = model.rounds(solver.get_model())
                reached = model.count(best)
            else:
                bound += 1
        return CompactPlan(best, reached, bound)


def _check(instance: CompactInstance) -> None:
    known = range(len(instance.appointments))
    for rank, one in enumerate(instance.appointments):
        if not (0 <= one.first < instance.people and 0 <= one.second < instance.people):
            raise InvalidAppointments(f"appointment {rank} names nobody")
        if one.first == one.second or rank in one.after:
            raise InvalidAppointments(f"appointment {rank} is with itself")
        if any(other not in known for other in one.after):
            raise InvalidAppointments(f"appointment {rank} comes after none")


class _Model:
    """The clauses. `breaks[k]` says that there are more than k breaks in all."""

    def __init__(self, instance: CompactInstance, solver: Cadical195) -> None:
        self._instance, self._solver, self._last = instance, solver, 0
        self._absent = instance.absent or [frozenset()] * instance.people
        self._at: list[dict[int, Literal]] = [self._place(one) for one in instance.appointments]
        of_person: list[list[int]] = [[] for _person in range(instance.people)]
        for rank, one in enumerate(instance.appointments):
            of_person[one.first].append(rank)
            of_person[one.second].append(rank)
        busy = [self._busy(own) for own in of_person]
        for when in range(instance.rounds):
            self._bind_tables(when, of_person)
            self._bind_parity(when, busy)
        self._bind_orders()
        levels = [
            self._breaks_of(own, len(ranks)) for own, ranks in zip(busy, of_person, strict=True)
        ]
        self._share(levels)
        self.breaks = self._sorted([one for own in levels for one in own])

    def rounds(self, model: Sequence[Literal]) -> tuple[int, ...]:
        """Return the round of each appointment in an answer of the solver."""
        return tuple(
            next(when for when, here in places.items() if model[here - 1] > 0)
            for places in self._at
        )

    def count(self, rounds: Sequence[int]) -> int:
        """Return how many breaks a timetable has."""
        busy: list[list[int]] = [[] for _person in range(self._instance.people)]
        for one, when in zip(self._instance.appointments, rounds, strict=True):
            busy[one.first].append(when)
            busy[one.second].append(when)
        return sum(
            after - before > 1 for own in map(sorted, busy) for before, after in pairwise(own)
        )

    def _new(self) -> Literal:
        self._last += 1
        return self._last

    def _add(self, *literals: Literal) -> None:
        self._solver.add_clause(literals)

    def _at_most_one(self, literals: Sequence[Literal]) -> None:
        for rank, one in enumerate(literals):
            for other in literals[:rank]:
                self._add(-one, -other)

    def _place(self, one: Appointment) -> dict[int, Literal]:
        absent = self._absent[one.first] | self._absent[one.second]
        suits = sorted(one.rounds - absent)
        places = {when: self._new() for when in suits if 0 <= when < self._instance.rounds}
        self._add(*places.values())
        self._at_most_one(list(places.values()))
        return places

    def _busy(self, ranks: Sequence[int]) -> list[Literal | None]:
        """Return, round by round, whether a person meets; None where they cannot."""
        busy: list[Literal | None] = []
        for when in range(self._instance.rounds):
            here = [self._at[rank][when] for rank in ranks if when in self._at[rank]]
            self._at_most_one(here)
            if not here:
                busy.append(None)
                continue
            one = self._new()
            self._add(-one, *here)
            for meets in here:
                self._add(-meets, one)
            busy.append(one)
        possible = [one for one in busy if one is not None]
        at_least = self._sorted(possible)
        if len(ranks) <= len(at_least):
            if ranks:
                self._add(at_least[len(ranks) - 1])
            if len(ranks) < len(at_least):
                self._add(-at_least[len(ranks)])
        return busy

    def _bind_tables(self, when: int, of_person: Sequence[Sequence[int]]) -> None:
        """Count tables by groups of appointments that share a person."""
        left = {rank for rank, places in enumerate(self._at) if when in places}
        groups = []
        while left:
            shared = max(
                range(len(of_person)),
                key=lambda person: (len(left.intersection(of_person[person])), -person),
            )
            group = sorted(left.intersection(of_person[shared]))
            left.difference_update(group)
            serves = self._new()
            for rank in group:
                self._add(-self._at[rank][when], serves)
            groups.append(serves)
        if len(groups) > self._instance.tables:
            self._add(-self._sorted(groups, self._instance.tables + 1)[self._instance.tables])

    def _bind_parity(self, when: int, busy: Sequence[Sequence[Literal | None]]) -> None:
        """Say that people meet two by two, and are not more than the tables seat."""
        people = [one for own in busy if (one := own[when]) is not None]
        most = 2 * self._instance.tables
        at_least = self._sorted(people, most + 1)
        for odd in range(0, len(at_least) - 1, 2):
            self._add(-at_least[odd], at_least[odd + 1])
        if len(at_least) % 2:
            self._add(-at_least[-1])

    def _bind_orders(self) -> None:
        for rank, one in enumerate(self._instance.appointments):
            for before in one.after:
                for when, here in self._at[rank].items():
                    for other, there in self._at[before].items():
                        if other >= when:
                            self._add(-here, -there)

    def _breaks_of(self, busy: Sequence[Literal | None], meetings: int) -> list[Literal]:
        """Return whether a person has at least 1, 2, … breaks: runs of meetings but the first."""
        starts = []
        for when, one in enumerate(busy):
            if one is None:
                continue
            before = busy[when - 1] if when else None
            if before is None:
                starts.append(one)
                continue
            start = self._new()
            self._add(-start, one)
            self._add(-start, -before)
            self._add(-one, before, start)
            starts.append(start)
        runs = self._sorted(starts, min(meetings, (len(busy) + 1) // 2) + 1)
        most = min(meetings, (len(busy) + 1) // 2)
        if len(runs) > most:
            self._add(-runs[most])
        return runs[1:most]

    def _share(self, levels: Sequence[Sequence[Literal]]) -> None:
        """Keep the breaks of two people within what is allowed of one another."""
        slack = self._instance.unfairness
        highest = max((len(own) for own in levels), default=0)
        fewest: list[Literal] = []  # whether everybody has at least 1, 2, … breaks
        for level in range(highest - slack):
            least = self._new()
            fewest.append(least)
            if level:
                self._add(-least, fewest[level - 1])
            for own in levels:
                self._add(-least, *own[level : level + 1])
                if len(own) > level + slack:
                    self._add(-own[level + slack], least)

    def _sorted(self, literals: Sequence[Literal], most: int | None = None) -> list[Literal]:
        """Return whether at least 1, 2, … of these literals hold, up to `most` (a totaliser)."""
        if len(literals) <= 1:
            return list(literals)
        middle = len(literals) // 2
        left = self._sorted(literals[:middle], most)
        right = self._sorted(literals[middle:], most)
        total = len(left) + len(right)
        size = total if most is None else min(total, most)
        counts = [self._new() for _count in range(size)]
        for more, fewer in zip(counts[1:], counts, strict=False):
            self._add(-more, fewer)
        for a in range(len(left) + 1):
            for b in range(len(right) + 1):
                if a + b:
                    premises = [-left[a - 1]] if a else []
                    premises += [-right[b - 1]] if b else []
                    self._add(*premises, counts[min(a + b, size) - 1])
                if a + b < size:
                    premises = [left[a]] if a < len(left) else []
                    premises += [right[b]] if b < len(right) else []
                    self._add(*premises, -counts[a + b])
        return counts
