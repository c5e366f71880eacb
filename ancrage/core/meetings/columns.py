"""The same problem pair by pair and round by round, for a linear bound or a complete search.

A column is a pair in a round that its people have in common. As a linear program the model gives
prices per person, per round, and per person in a round: a finer bound than that of the flow. In
integers it is searched to the end, by questions whose numbers are small enough to be exact.

The search is CP-SAT with one worker and an effort counted in its own units: the same instance
gets the same answer.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ortools.linear_solver import pywraplp

from ancrage.core.meetings.choose import Rewards
from ancrage.core.meetings.problem import PLENTY, Problem, SideState, union
from ancrage.core.meetings.values import Person, Prices, Side

# Sums of scores stay exact in the floating-point numbers of the interface.
MOST_EXACT = 1 << 50
# In how many parts a point of score is cut when prices are rounded.
PARTS = 1 << 20
# Larger gains are counted in coarser units in a linear program.
LARGEST_GAIN = 10**7

Column = tuple[int, int]


def columns_of(problem: Problem) -> list[Column]:
    """Return each pair, by number, with each round that its people have in common."""
    ever = [union(own) for own in problem.seats]
    pairs = zip(problem.pair_visitors.tolist(), problem.pair_hosts.tolist(), strict=True)
    return [
        (index, when)
        for index, (visitor, host) in enumerate(pairs)
        for when in range(problem.rounds)
        if problem.free[visitor] & ever[host] & 1 << when
    ]


@dataclass(frozen=True, slots=True)
class LinearBound:
    """Prices, and what each column loses against the bound that they prove.

    `ceiling` is what the levels and scores of no plan exceed, in parts.
    """

    prices: Prices
    ceiling: int
    losses: Sequence[int]

    def score_bound(self, levels: Sequence[int]) -> int:
        """Return what the score of no plan exceeds when so many people more reach each level."""
        reached = sum(
            weight * count for weight, count in zip(self.prices.weights, levels, strict=True)
        )
        return (self.ceiling - reached) // self.prices.scale


def linear_bound(problem: Problem, scores: Sequence[int], columns: list[Column]) -> LinearBound:
    """Solve the linear program, and return the bound that its prices prove exactly.

    Scores are points; the levels weigh enough for the program to reach them first. Large scores
    are counted in coarser units: the prices are coarser, and what they prove is still exact.

    Raises:
        Unfinished: the numbers are too large, or too different, for the program.
    """
    levels = max((*problem.visitors.least, *problem.hosts.least), default=0)
    top = 3 * max(1, max(map(abs, scores), default=1))
    weights = [top * (levels - level) for level in range(levels)]
    model = Model(problem, columns, "GLOP")
    unit = -(-top // LARGEST_GAIN)
    model.maximise(
        [
            *((meets, scores[index] / unit) for (index, _when), meets in model.meets.items()),
            *((one.reached, weights[one.level - 1] / unit) for one in model.levels),
        ]
    )
    prices = model.prices(tuple(weight * PARTS for weight in weights), unit)
    return _priced(problem, scores, columns, prices)


def _priced(
    problem: Problem, scores: Sequence[int], columns: list[Column], prices: Prices
) -> LinearBound:
    visitors, hosts = problem.pair_visitors.tolist(), problem.pair_hosts.tolist()
    ceiling = sum(price * problem.tables[when] for when, price in prices.rounds.items())
    for side, state in ((Side.VISITOR, problem.visitors), (Side.HOST, problem.hosts)):
        for number, name in enumerate(state.ids):
            person = Person(side, name)
            places = problem.seats[number] if side is Side.HOST else [problem.free[number]]
            for when in range(problem.rounds):
                price = prices.presence.get((person, when), 0)
                ceiling += price * sum(mask >> when & 1 for mask in places)
            ceiling += _best_of(state, number, prices.people.get(person, 0), prices.weights)
    margins = []
    best: dict[int, int] = defaultdict(int)
    for index, when in columns:
        visitor = Person(Side.VISITOR, problem.visitors.ids[visitors[index]])
        host = Person(Side.HOST, problem.hosts.ids[hosts[index]])
        margin = scores[index] * PARTS
        margin -= prices.people.get(visitor, 0) + prices.people.get(host, 0)
        margin -= prices.presence.get((visitor, when), 0) + prices.presence.get((host, when), 0)
        if not problem.served[hosts[index]] >> when & 1:
            margin -= prices.rounds.get(when, 0) // len(problem.seats[hosts[index]])
        margins.append(margin)
        best[index] = max(best[index], margin)
    ceiling += sum(best.values())
    losses = [best[index] - margin for (index, _w), margin in zip(columns, margins, strict=True)]
    return LinearBound(prices, ceiling, losses)


def _best_of(state: SideState, number: int, price: int, weights: Sequence[int]) -> int:
    """Return the most that the next meetings of a person are worth at a price."""
    best = total = 0
    done, least = state.done[number], state.least[number]
    for level in range(done, done + state.room[number]):
        total += price + (weights[level] if level < least else 0)
        best = max(best, total)
    return best


class Unfinished(Exception):
    """The effort was spent before the search ended."""


def searched(
    problem: Problem,
    rewards: Rewards,
    columns: list[Column],
    *,
    effort: float,
    levels: Sequence[int] | None = None,
) -> dict[int, int] | None:
    """Return the round of each pair that meets in the best plan of these columns.

    `levels`, if given, are those to reach: how many people beyond those who are there already.
    Returns None when no plan of these columns reaches them. `effort` is that of each question, in
    units of the solver: a few seconds each.

    Raises:
        Unfinished: nothing is known.
    """
    if sum(map(abs, rewards.scores)) > MOST_EXACT:
        raise Unfinished
    model = Model(problem, columns, "SAT")
    model.solver.SetSolverSpecificParametersAsString(
        f"num_workers:1 max_deterministic_time:{effort}"
    )
    for level in range(1, len(rewards.weights) + 1):
        reaching = [one.reached for one in model.levels if one.level == level]
        if levels is None:
            best = model.maximise([(one, 1) for one in reaching]) or 0
        else:
            best = levels[level - 1]
        model.solver.Add(sum(reaching) >= best)
    gains = [(meets, rewards.scores[index]) for (index, _when), meets in model.meets.items()]
    if model.maximise(gains) is None:
        return None
    return {
        index: when for (index, when), meets in model.meets.items() if meets.solution_value() > 0.5
    }


@dataclass(frozen=True, slots=True)
class _Level:
    """Whether a person has at least so many meetings."""

    level: int
    reached: pywraplp.Variable


class Model:
    """The columns as yes or no, or as fractions, and what binds them."""

    def __init__(self, problem: Problem, columns: list[Column], solver: str) -> None:
        self._problem = problem
        self.solver = pywraplp.Solver.CreateSolver(solver)
        self.meets = {column: self.solver.BoolVar("") for column in columns}
        self.levels: list[_Level] = []
        self._degrees: dict[Person, pywraplp.Constraint] = {}
        self._places: dict[tuple[Person, int], pywraplp.Constraint] = {}
        self._tables: dict[int, pywraplp.Constraint] = {}
        self._bind()
        self._bind_people(Side.VISITOR, problem.visitors)
        self._bind_people(Side.HOST, problem.hosts)

    def _bind(self) -> None:
        problem = self._problem
        visitors, hosts = problem.pair_visitors.tolist(), problem.pair_hosts.tolist()
        once: dict[int, pywraplp.Constraint] = {}
        shared: dict[tuple[int, int], pywraplp.Variable] = {}
        for (index, when), meets in self.meets.items():
            host = hosts[index]
            if index not in once:
                once[index] = self.solver.Constraint(0, 1)
            once[index].SetCoefficient(meets, 1)
            guests = (
                (Person(Side.VISITOR, problem.visitors.ids[visitors[index]]), 1),
                (
                    Person(Side.HOST, problem.hosts.ids[host]),
                    sum(mask >> when & 1 for mask in problem.seats[host]),
                ),
            )
            for person, places in guests:
                if (person, when) not in self._places:
                    self._places[person, when] = self.solver.Constraint(0, places)
                self._places[person, when].SetCoefficient(meets, 1)
                if person not in self._degrees:
                    self._degrees[person] = self.solver.Constraint(0, 0)
                self._degrees[person].SetCoefficient(meets, 1)
            if problem.tables[when] >= PLENTY // 2 or problem.served[host] >> when & 1:
                continue
            if when not in self._tables:
                self._tables[when] = self.solver.Constraint(0, problem.tables[when])
            if len(problem.seats[host]) == 1:
                self._tables[when].SetCoefficient(meets, 1)
                continue
            if (host, when) not in shared:
                shared[host, when] = self.solver.BoolVar("")
                self._tables[when].SetCoefficient(shared[host, when], 1)
            self.solver.Add(meets <= shared[host, when])

    def _bind_people(self, side: Side, state: SideState) -> None:
        """Count the meetings of each person: those that reach a level, then the others."""
        for number, name in enumerate(state.ids):
            degree = self._degrees.get(Person(side, name))
            if degree is None:
                continue
            done, room = state.done[number], state.room[number]
            reachable = range(done + 1, min(state.least[number], done + room) + 1)
            own = [_Level(level, self.solver.BoolVar("")) for level in reachable]
            for one in own:
                degree.SetCoefficient(one.reached, -1)
            for lower, higher in pairwise(own):
                self.solver.Add(lower.reached >= higher.reached)
            degree.SetCoefficient(self.solver.IntVar(0, room - len(own), ""), -1)
            self.levels += own

    def maximise(self, gains: Sequence[tuple[pywraplp.Variable, float]]) -> int | None:
        """Return the largest sum (rounded, for fractions); None if there is no plan at all.

        Raises:
            Unfinished: the largest sum is not known.
        """
        objective = self.solver.Objective()
        objective.Clear()
        for one, gain in gains:
            objective.SetCoefficient(one, gain)
        objective.SetMaximization()
        status = self.solver.Solve()
        if status == pywraplp.Solver.INFEASIBLE:
            return None
        if status != pywraplp.Solver.OPTIMAL:
            raise Unfinished
        largest: float = sum(gain * one.solution_value() for one, gain in gains)
        return round(largest)

    def prices(self, weights: tuple[int, ...], unit: int) -> Prices:
        """Return the prices of the linear program, in parts, with the signs that a proof needs.

        `unit` is what its own numbers count as one.
        """

        def price(constraint: pywraplp.Constraint) -> int:
            dual: float = constraint.dual_value()
            return max(0, round(dual * PARTS)) * unit

        return Prices(
            scale=PARTS,
            weights=weights,
            people={
                person: round(degree.dual_value() * PARTS) * unit
                for person, degree in self._degrees.items()
            },
            presence={key: price(places) for key, places in self._places.items()},
            rounds={when: price(tables) for when, tables in self._tables.items()},
        )
