"""The same problem in whole numbers, searched to the end by CP-SAT.

Runs that the prices have decided are held open or closed: they are left out of the search. Linear
relaxation of all the rows (`linearization_level:2`) is what makes it quick here: without it, the
search of the measures is a hundred times longer.

One worker, no gap, an effort in the solver's own units: the same problem gets the same answer.
"""

from collections.abc import Sequence

from ortools.linear_solver import pywraplp

from ancrage.core.runs.problem import Problem

# Gains stay exact in the floating-point numbers of the solver.
MOST_EXACT = 1 << 50


def searched(
    problem: Problem, *, opened: frozenset[int], closed: frozenset[int], effort: float
) -> tuple[frozenset[int] | None, bool]:
    """Return the runs that the best plan found opens, and whether no plan is better.

    Args:
        problem: what is asked.
        opened: runs that are held open.
        closed: runs that are held closed.
        effort: of the solver: about a second or two each.
    """
    solver = pywraplp.Solver.CreateSolver("SAT")
    solver.SetSolverSpecificParametersAsString(
        f"num_workers:1 max_deterministic_time:{effort} relative_gap_limit:0 linearization_level:2"
    )
    opens = [
        solver.IntVar(int(run in opened), int(run not in closed), "")
        for run in range(len(problem.runs))
    ]
    _describe(problem, solver, opens)
    status = solver.Solve()
    if status == pywraplp.Solver.INFEASIBLE:
        return None, True
    if status not in (pywraplp.Solver.OPTIMAL, pywraplp.Solver.FEASIBLE):
        return None, False
    found = frozenset(run for run, share in enumerate(opens) if share.solution_value() > 0.5)
    return found, status == pywraplp.Solver.OPTIMAL and _most(problem) < MOST_EXACT


def _most(problem: Problem) -> int:
    """At least the gain of any plan."""
    points = sum(
        len(group.people) * max(points for _run, points in group.options)
        for group in problem.groups
    )
    points += sum(need.people * need.worth for need in problem.needs)
    return points * problem.scale


def _describe(
    problem: Problem, solver: pywraplp.Solver, opens: Sequence[pywraplp.Variable]
) -> None:
    infinity = solver.infinity()
    objective = solver.Objective()
    objective.SetMaximization()
    budget = solver.Constraint(-infinity, infinity if problem.budget is None else problem.budget)
    least, most, trained = [], [], []
    for run, share in zip(problem.runs, opens, strict=True):
        objective.SetCoefficient(share, -run.cost)
        budget.SetCoefficient(share, run.cost)
        least.append(solver.Constraint(0, infinity))
        least[-1].SetCoefficient(share, -run.least)
        most.append(solver.Constraint(-infinity, 0))
        most[-1].SetCoefficient(share, -run.most)
        trained.append(solver.Constraint(-infinity, 0))
    for group in problem.groups:
        people = solver.Constraint(0, len(group.people))
        for rank, points in group.options:
            sent = solver.IntVar(0, min(len(group.people), problem.runs[rank].most), "")
            objective.SetCoefficient(sent, points * problem.scale)
            for row in (people, least[rank], most[rank]):
                row.SetCoefficient(sent, 1)
            trained[rank].SetCoefficient(sent, -1)
    needed = [solver.Constraint(0, need.people) for need in problem.needs]
    for rank, needs in enumerate(problem.covers):
        for need in needs:
            covered = solver.IntVar(0, problem.needs[need].people, "")
            objective.SetCoefficient(covered, problem.needs[need].worth * problem.scale)
            needed[need].SetCoefficient(covered, 1)
            trained[rank].SetCoefficient(covered, 1)
