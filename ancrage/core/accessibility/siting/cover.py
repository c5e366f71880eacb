"""Posts placed so that most people have one near."""

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array, hstack, identity

from ancrage.core.accessibility.potential import Catchments
from ancrage.core.accessibility.siting.programs import SECONDS, Program, Solved, solve
from ancrage.core.accessibility.siting.values import (
    HAIR,
    Objective,
    Request,
    Search,
    Siting,
    Watch,
    listed,
)
from ancrage.core.accessibility.travel import Floats


def by_cover(
    near: Catchments,
    people: ArrayLike,
    supply: ArrayLike,
    request: Request,
    *,
    search: Search = Search.BOUND,
    seconds: float = SECONDS,
    watch: Watch | None = None,
) -> Siting:
    """Return where new sites let most people have one within reach.

    Args:
        near: who reaches whom in the minutes that count as near (its weights are not read).
        people: place by place: all count the same.
        supply: place by place; people with a supply near need nothing.
        request: what is asked; a place receives one site at most, whatever it says.
        search: how far to look.
        seconds: of the exact search.
        watch: told the answer so far every few seconds, may stop the search.

    Raises:
        ValueError: lists that are not as long as the places.
    """
    living, there = (np.asarray(one, dtype=np.float64) for one in (people, supply))
    if not living.shape == there.shape == (near.places,):
        raise ValueError("people and supply are given for each place")
    territory, candidates = np.asarray(request.territory), np.asarray(request.candidates)
    served = near.going[territory] @ (there > 0).astype(np.float64) > 0
    before = float(living[territory][served].sum())
    bare = np.flatnonzero(~served & (living[territory] > 0))
    table = near.going[territory[bare]][:, candidates]
    table = csr_array((np.ones(table.nnz), table.indices, table.indptr), shape=table.shape)
    gained = living[territory[bare]]

    def covered(posts: Floats) -> float:
        return before + float(gained @ (table @ posts > 0))

    greedy = _greedily(table, gained, request)
    helpless = np.diff(table.indptr) == 0
    stuck = tuple(int(place) for place in territory[bare[helpless]])

    def answer(found: Solved) -> Siting:
        chosen = greedy
        if found.posts is not None and covered(found.posts) > covered(greedy):
            chosen = found.posts
        value = covered(chosen)
        return Siting(
            objective=Objective.COVER,
            posts=listed(request.candidates, chosen),
            value=value,
            before=before,
            bound=None if found.bound is None else max(before - found.bound, value),
            searched=found.searched,
            stuck=stuck,
        )

    one_each = Request(request.territory, request.candidates, request.posts, request.post)
    told = None if watch is None else lambda found: watch(answer(found))
    program = _program(table, gained)
    return answer(solve(program, one_each, search=search, seconds=seconds, watch=told))


def _greedily(table: csr_array, gained: Floats, request: Request) -> Floats:
    chosen = np.zeros(table.shape[1])
    left = gained.copy()
    for _post in range(request.posts):
        gains = table.T @ left
        best = int(np.argmax(gains)) if len(gains) else 0
        if not len(left) or gains[best] <= HAIR:
            break
        chosen[best] = 1
        left[table[:, [best]].toarray()[:, 0] > 0] = 0.0
    return chosen


def _program(table: csr_array, gained: Floats) -> Program:
    """The program: max gained·y where y ≤ table·x and y ≤ 1."""
    rows, count = table.shape
    return Program(
        cost=np.concatenate([np.zeros(count), -gained]),
        rows=csr_array(hstack([table, -identity(rows)])),
        floors=np.zeros(rows),
        least=np.zeros(rows),
        most=np.ones(rows),
    )
