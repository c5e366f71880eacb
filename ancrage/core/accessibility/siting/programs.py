"""The program of a siting, by fractions of posts or whole ones, handed to HiGHS."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array

from ancrage.core.accessibility.siting.values import HAIR, Request, Search
from ancrage.core.accessibility.travel import Floats

SECONDS = 30.0
# What is told of the end of a program: it was solved, or its time was up.
_SOLVED, _OUT_OF_TIME, _NO_PLAN = 0, 1, 2
# Of a search that may be left: how long it goes on without asking, at first.
SLICE = 5.0
# A share this close to a whole post is one.
NEARLY = 1e-6


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
        value: what these posts cost.
    """

    posts: Floats | None
    bound: float | None
    searched: bool
    value: float = np.inf


UNKNOWN = Solved(posts=None, bound=None, searched=False)
Told = Callable[[Solved], float]
"""Told what is known so far; says how many seconds may still be spent, 0 to stop."""


def solve(
    program: Program,
    request: Request,
    *,
    search: Search,
    seconds: float,
    watch: Told | None = None,
) -> Solved:
    """Return the bound of `program`, and whole posts if `search` is exact.

    Args:
        program: its first variables are the posts of each candidate, in order.
        request: how many posts, and how many in one place.
        search: greedy asks nothing here.
        seconds: of the search; past them, what is known then.
        watch: asked every few seconds of a longer search whether it goes on.
    """
    if search is Search.GREEDY:
        return UNKNOWN
    if search is Search.EXACT and watch is not None:
        return searched(program, request, watch)
    return _slice(program, request, _Node.whole(request), search=search, seconds=seconds)


@dataclass(frozen=True, slots=True)
class _Node:
    """A part of the plans: how many posts each candidate receives at least and at most.

    Attributes:
        least: by candidate.
        most: by candidate.
        bound: no plan of this part costs less; None: nothing is known.
        depth: how many times it was split.
    """

    least: Floats
    most: Floats
    bound: float | None = None
    depth: int = 0

    @classmethod
    def whole(cls, request: Request) -> "_Node":
        count = len(request.candidates)
        return cls(np.zeros(count), np.full(count, float(request.most)))


def searched(program: Program, request: Request, watch: Told) -> Solved:
    """Search the best whole posts by slices of time, so that the search can be left between two.

    A part of the plans that is not searched to its end within a slice is split in two, on the
    candidate whose posts the relaxed program divides most; the part whose bound is lowest goes
    first. Nothing is lost from one slice to the next but the tree of the part that was split: its
    bound and the best posts stay. Slices grow with depth, so that the search ends.
    """
    open_parts = [_Node.whole(request)]
    best = Solved(posts=None, bound=None, searched=False)
    value = closed = np.inf
    while open_parts:
        left = watch(best)
        if left <= 0:
            return best
        open_parts.sort(key=_at_least, reverse=True)
        part = open_parts.pop()
        if part.bound is not None and part.bound >= value - _hair(value):
            closed = min(closed, part.bound)
            continue
        seconds = min(left, SLICE * (1 + part.depth))
        found = _slice(program, request, part, search=Search.EXACT, seconds=seconds)
        if found.posts is not None and found.value < value:
            value, best = found.value, found
        lowest = _larger(part.bound, found.bound)
        if found.searched:
            closed = min(closed, np.inf if lowest is None else lowest)
        elif (part.most - part.least).max(initial=0.0) < 1:
            # One single plan, that the solver gave up on: nothing can be proved any more.
            closed = min(closed, -np.inf if lowest is None else lowest)
        else:
            open_parts += _split(program, request, part, lowest)
        bound = min([closed, value, *(_at_least(one) for one in open_parts)])
        best = replace(
            best,
            bound=float(bound) if np.isfinite(bound) else None,
            searched=not open_parts and bound >= value - _hair(value),
        )
    return best


def _at_least(part: _Node) -> float:
    return -np.inf if part.bound is None else part.bound


def _hair(value: float) -> float:
    return HAIR * max(1.0, abs(value)) if np.isfinite(value) else 0.0


def _larger(one: float | None, other: float | None) -> float | None:
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)


def _split(
    program: Program, request: Request, part: _Node, bound: float | None
) -> tuple[_Node, ...]:
    """Return the two halves of a part: fewer posts in one place than it gets by fractions, or
    more; where fractions say nothing, its widest candidate is halved."""
    room = part.most - part.least
    relaxed = _milp(program, request, part, whole=False, seconds=SLICE)
    count = len(request.candidates)
    middle = (part.least + part.most) / 2
    if relaxed.x is not None:
        shares = np.clip(relaxed.x[:count], part.least, part.most)
        parts = np.abs(shares - np.rint(shares))
        parts[room < 1] = 0.0
        place = int(np.argmax(parts))
        at = shares[place] if parts[place] > NEARLY else middle[int(np.argmax(room))]
        place = place if parts[place] > NEARLY else int(np.argmax(room))
    else:
        place = int(np.argmax(room))
        at = middle[place]
    low, high = part.most.copy(), part.least.copy()
    low[place] = np.floor(at)
    high[place] = np.floor(at) + 1
    depth = part.depth + 1
    return (
        _Node(part.least, low, bound, depth),
        _Node(high, part.most, bound, depth),
    )


def _slice(
    program: Program, request: Request, part: _Node, *, search: Search, seconds: float
) -> Solved:
    """Solve a part of a program for so many seconds."""
    whole = search is Search.EXACT
    count = len(request.candidates)
    found = _milp(program, request, part, whole=whole, seconds=seconds)
    if found.status == _SOLVED:
        posts = np.rint(found.x[:count]) if whole else None
        # By fractions there is no tree: the value is its own bound.
        bound = found.mip_dual_bound if whole else found.fun
        return Solved(posts, float(bound), searched=whole, value=float(found.fun))
    if found.status == _OUT_OF_TIME and whole:
        posts = None if found.x is None else np.rint(found.x[:count])
        value = np.inf if found.x is None else float(found.fun)
        return Solved(posts, found.mip_dual_bound, searched=False, value=value)
    if found.status == _NO_PLAN and part.depth:
        return Solved(None, None, searched=True)
    return UNKNOWN


def _milp(
    program: Program, request: Request, part: _Node, *, whole: bool, seconds: float
) -> OptimizeResult:
    count = len(request.candidates)
    in_all = csr_array(
        (np.ones(count), (np.zeros(count, dtype=int), np.arange(count))),
        shape=(1, len(program.cost)),
    )
    others = np.zeros(len(program.cost) - count)
    return milp(
        program.cost,
        integrality=np.concatenate([np.full(count, int(whole)), others]),
        bounds=Bounds(
            np.concatenate([part.least, program.least]),
            np.concatenate([part.most, program.most]),
        ),
        constraints=[
            LinearConstraint(program.rows, program.floors, np.inf),
            LinearConstraint(in_all, -np.inf, float(request.posts)),
        ],
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
