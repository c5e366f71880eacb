"""The program of a siting, by fractions of posts or whole ones, handed to HiGHS."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from ancrage.core.accessibility.siting.values import Request, Search
from ancrage.core.accessibility.travel import Floats

SECONDS = 30.0
# What is told of the end of a program: it was solved, or its time was up.
_SOLVED, _OUT_OF_TIME = 0, 1


@dataclass(frozen=True, slots=True)
class Program:
    """Minimise cost · (x, y) where rows · (x, y) ≥ floors, x posts, y the rest.

    Attributes:
        cost: of each variable, posts first.
        rows: one row by constraint.
        floors: what each row comes to at least.
        least: of each variable beyond the posts.
        most: the same.
    """

    cost: Floats
    rows: csr_array
    floors: Floats
    least: Floats
    most: Floats


@dataclass(frozen=True, slots=True)
class Solved:
    """What a program comes to.

    Attributes:
        posts: the best whole posts that were found; None: none were looked for, or found.
        bound: the cost is no less; None: nothing is known.
        searched: whether it was searched to the end.
    """

    posts: Floats | None
    bound: float | None
    searched: bool


UNKNOWN = Solved(posts=None, bound=None, searched=False)


def solve(program: Program, request: Request, *, search: Search, seconds: float) -> Solved:
    """Return the bound of `program`, and whole posts if `search` is exact.

    Args:
        program: its first variables are the posts of each candidate, in order.
        request: how many posts, and how many in one place.
        search: greedy asks nothing here.
        seconds: of the search; past them, what is known then.
    """
    if search is Search.GREEDY:
        return UNKNOWN
    count = len(request.candidates)
    others = len(program.cost) - count
    whole = search is Search.EXACT
    in_all = csr_array(
        (np.ones(count), (np.zeros(count, dtype=int), np.arange(count))),
        shape=(1, len(program.cost)),
    )
    found = milp(
        program.cost,
        integrality=np.concatenate([np.full(count, int(whole)), np.zeros(others)]),
        bounds=Bounds(
            np.concatenate([np.zeros(count), program.least]),
            np.concatenate([np.full(count, float(request.most)), program.most]),
        ),
        constraints=[
            LinearConstraint(program.rows, program.floors, np.inf),
            LinearConstraint(in_all, -np.inf, float(request.posts)),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if found.status == _SOLVED:
        posts = np.rint(found.x[:count]) if whole else None
        # By fractions there is no tree: the value is its own bound.
        bound = found.mip_dual_bound if whole else found.fun
        return Solved(posts=posts, bound=float(bound), searched=whole)
    if found.status == _OUT_OF_TIME and whole:
        posts = None if found.x is None else np.rint(found.x[:count])
        return Solved(posts=posts, bound=found.mip_dual_bound, searched=False)
    return UNKNOWN
