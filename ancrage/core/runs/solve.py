"""Which training runs to open, and who goes where.

Problem. Runs that could be given (course, site, month, group sizes, cost), people who wish for
courses, on sites and from months that suit them, needs of the territory by profession and month,
maybe a budget. Open some runs and send people to them: everybody once at most, as they wished;
no group too small nor too large; no more spent than the budget. Somebody trained in time covers
one of a need. A wish granted brings its priority, a need covered its worth: the sum of points is
largest; among such plans, the cheapest.

With one run that must be chosen among many for each person, this is facility location with
capacities and least sizes: strongly NP-hard. Once the runs are decided, it is a flow.

Steps:

1. Like people are put together; what shares neither people nor needs is solved apart (`problem`).
2. Runs that open by halves give a bound, prices that prove it, and shares to round (`linear`).
3. Rounded, the runs that would be too small are closed, and the flow says who goes where. Runs
   are then opened or closed one at a time while that gains.
4. Where the bound is not met, the prices say which runs a better plan opens for sure, and which
   it closes; the others are searched to the end, within an effort (`whole`).

What is not proved is said: the proof, the bound and the gap are part of the plan.

Complexity: one linear program per plan that is tried; the search is exponential in the runs in
the worst case. Efforts are counted in steps, so that the answer depends neither on the order of
what is given, nor on the machine unless `out_of_time` says stop.

References: J.-M. Leung, T. L. Magnanti, « Valid inequalities and facets of the capacitated plant
location problem », Mathematical Programming 44 (1989), p. 271–291. H. Crowder, E. L. Johnson,
M. Padberg, « Solving Large-Scale Zero-One Linear Programming Problems », Operations Research 31
(1983), p. 803–834 (deciding by prices).
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ancrage.core.runs.linear import PARTS, Bounds, Program, Relaxed, Unsolved
from ancrage.core.runs.problem import Problem, problems_of, scale_of
from ancrage.core.runs.values import (
    Certificate,
    Cover,
    Instance,
    OpenRun,
    Plan,
    Proof,
    Worth,
    check,
)
from ancrage.core.runs.whole import searched

# The effort of the complete searches of a plan, in units of the solver: a second or two each.
EFFORT = 2.5
# The effort of exchanges: options in all the linear programs that they solve.
EXCHANGES = 60_000
NEARLY = 1e-6

Runs = frozenset[int]
NO_RUN: Runs = frozenset()


def always() -> bool:
    """Say that there is no time limit."""
    return False


def plan(
    instance: Instance, *, effort: float = EFFORT, out_of_time: Callable[[], bool] = always
) -> Plan:
    """Return the plan of most points, then least cost: exactly, or with the gap.

    Args:
        instance: what is asked.
        effort: of the complete searches, all together; one that ends is counted for a quarter
            of what it was allowed.
        out_of_time: asked between two steps; without it, the same instance always
            gets the same plan.

    Raises:
        InvalidInstance: what is asked makes no sense.
    """
    check(instance)
    problems = problems_of(instance)
    problems.sort(key=lambda one: (_size(one), one.runs[0].key if one.runs else ""))
    searches = []
    left = effort
    for rank, problem in enumerate(problems):
        search = _Search(problem, out_of_time)
        # Small problems first: what they do not spend is left to the others.
        search.run(left / (len(problems) - rank))
        left = max(0.0, left - search.spent)
        searches.append(search)
    return _announced(instance, searches)


@dataclass(frozen=True, slots=True)
class _Answer:
    """A plan of one problem: the runs that open, who goes, which needs they cover."""

    gain: int
    opened: Runs
    sent: dict[tuple[int, int], int]
    covered: dict[tuple[int, int], int]


NOTHING = _Answer(0, frozenset(), {}, {})


def _size(problem: Problem) -> int:
    return sum(len(group.options) for group in problem.groups) + len(problem.runs)


class _Search:
    """Settles one problem."""

    def __init__(self, problem: Problem, out_of_time: Callable[[], bool]) -> None:
        self.problem = problem
        self._out_of_time = out_of_time
        self._program = Program(problem)
        self._bounds = Bounds(problem)
        self._size = _size(problem)
        self._tried: dict[Runs, _Answer | None] = {}
        self.best = NOTHING
        self.spent = 0.0
        self._exchanged = 0
        self.prices = self._bounds.free()
        self._values = self._bounds.values(self.prices)
        self._ceiling = self._bounds.ceiling(self.prices, self._values)
        self.ceiling = self._ceiling // PARTS
        self.proof = Proof.BOUNDED

    def run(self, effort: float) -> None:
        """Settle the problem, or stop when the effort is spent."""
        try:
            root = self._solve(NO_RUN, NO_RUN)
            if root is not None:
                self._price(root)
                self._round(root)
                self._exchange()
                if self.best.gain < self.ceiling and effort > 0 and not self._out_of_time():
                    self._search(effort)
        except Unsolved:
            pass  # what is known so far is true
        if self.best.gain == self._ceiling // PARTS:
            self.proof = Proof.OPTIMAL

    def _price(self, root: Relaxed) -> None:
        self.prices = root.prices
        self._values = self._bounds.values(root.prices)
        self._ceiling = self._bounds.ceiling(root.prices, self._values)
        self.ceiling = self._ceiling // PARTS

    def _search(self, effort: float) -> None:
        """Search the plans that may be better to the end, within this effort."""
        room = self._ceiling - (self.best.gain + 1) * PARTS
        found, complete = searched(
            self.problem,
            opened=frozenset(run for run, value in enumerate(self._values) if value > room),
            closed=frozenset(run for run, value in enumerate(self._values) if -value > room),
            effort=effort,
        )
        self.spent = effort / 4 if complete else effort
        if complete and (found is None or self._try(found)):
            self.ceiling, self.proof = self.best.gain, Proof.SEARCHED
        elif found is not None:
            self._try(found)

    def _solve(self, opened: Runs, closed: Runs) -> Relaxed | None:
        self._exchanged += self._size
        return self._program.solve(opened, closed)

    def _round(self, relaxed: Relaxed) -> None:
        """Try the plan that is nearest to these shares."""
        chosen = [run for run, share in enumerate(relaxed.shares) if share >= 0.5 - NEARLY]
        chosen.sort(key=lambda run: (-relaxed.shares[run], run))
        people: dict[int, float] = defaultdict(float)
        for (_group, run), sent in relaxed.sent.items():
            people[run] += sent
        while chosen:
            if self._try(frozenset(chosen)):
                return
            # The run that is farthest from filling its smallest group.
            worst = min(chosen, key=lambda run: (people[run] / self.problem.runs[run].least, -run))
            chosen.remove(worst)

    def _exchange(self) -> None:
        """Open or close one run at a time, within an effort."""
        for run in range(len(self.problem.runs)):
            spent = self._exchanged > EXCHANGES or self._out_of_time()
            if spent or self.best.gain == self.ceiling:
                return
            self._try(self.best.opened ^ {run})

    def _try(self, opened: Runs) -> bool:
        """Keep the best plan that opens exactly these runs, if there is one and it is better."""
        budget = self.problem.budget
        if budget is not None and sum(self.problem.runs[run].cost for run in opened) > budget:
            return False
        answer = self._answer(opened)
        if answer is not None and answer.gain > self.best.gain:
            self.best = answer
        return answer is not None

    def _answer(self, opened: Runs) -> _Answer | None:
        """Return the best plan that opens exactly these runs; None: some would be too small."""
        if opened in self._tried:
            return self._tried[opened]
        everything = frozenset(range(len(self.problem.runs)))
        found = self._solve(opened, everything - opened)
        answer = None
        if found is not None:
            sent = {key: round(people) for key, people in found.sent.items() if people > 0.5}
            covered = {key: round(people) for key, people in found.covered.items() if people > 0.5}
            points = {
                (rank, run): worth
                for rank, group in enumerate(self.problem.groups)
                for run, worth in group.options
            }
            gain = sum(points[key] * people for key, people in sent.items())
            gain += sum(
                self.problem.needs[need].worth * people for (_run, need), people in covered.items()
            )
            cost = sum(self.problem.runs[run].cost for run in opened)
            answer = _Answer(gain * self.problem.scale - cost, opened, sent, covered)
        self._tried[opened] = answer
        return answer


def _announced(instance: Instance, searches: Sequence[_Search]) -> Plan:
    runs: list[OpenRun] = []
    covers: list[Cover] = []
    people: list[tuple[str, int]] = []
    needs: list[tuple[str, int, int]] = []
    for search in searches:
        problem, best, prices = search.problem, search.best, search.prices
        going: dict[int, list[str]] = {run: [] for run in best.opened}
        for rank, group in enumerate(problem.groups):
            left = list(group.people)
            for run, _points in group.options:
                leaving = best.sent.get((rank, run), 0)
                if leaving:
                    going[run] += left[:leaving]
                    left = left[leaving:]
        runs += [OpenRun(problem.runs[run].key, tuple(sorted(going[run]))) for run in best.opened]
        covers += [
            Cover(
                problem.runs[run].key, problem.needs[need].profession, problem.needs[need].month, n
            )
            for (run, need), n in best.covered.items()
        ]
        for group, price in zip(problem.groups, prices.groups.tolist(), strict=True):
            people += [(person, price) for person in group.people if price]
        for need, price in zip(problem.needs, prices.needs.tolist(), strict=True):
            needs += [(need.profession, need.month, price)] if price else []
    scale = scale_of(instance)
    gain = sum(search.best.gain for search in searches)
    ceiling = sum(search.ceiling for search in searches)
    proofs = {search.proof for search in searches}
    return Plan(
        tuple(sorted(runs, key=lambda one: one.run)),
        tuple(sorted(covers)),
        _worth(gain, scale),
        _worth(ceiling, scale),
        next((one for one in (Proof.BOUNDED, Proof.SEARCHED) if one in proofs), Proof.OPTIMAL),
        Certificate(
            scale,
            PARTS,
            tuple(sorted(people)),
            tuple(sorted(needs)),
            max((search.prices.budget for search in searches), default=0),
        ),
    )


def _worth(gain: int, scale: int) -> Worth:
    """Return the worth of a gain: most points, and the least cost for them."""
    points = -(-gain // scale)
    return Worth(points, points * scale - gain)
