"""What is asked of the planner of posts, and what it answers."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

import numpy as np

from ancrage.core.accessibility.travel import Floats

# Two values closer than this, relatively, are the same.
HAIR = 1e-9


class Objective(Enum):
    """What the posts are placed for."""

    DEFICIT = "deficit"
    WORST_OFF = "worst-off"
    COVER = "cover"


class Search(Enum):
    """How far to look."""

    GREEDY = "greedy"
    BOUND = "bound"
    EXACT = "exact"


@dataclass(frozen=True, slots=True)
class Request:
    """Posts to place.

    Attributes:
        territory: the rank of each place whose people count.
        candidates: the rank of each place that may receive posts.
        posts: how many, at most.
        post: what one brings, in the unit of the supply.
        most: posts in one place, at most.
    """

    territory: tuple[int, ...]
    candidates: tuple[int, ...]
    posts: int
    post: float
    most: int = 1

    def __post_init__(self) -> None:
        if self.posts < 1 or self.most < 1 or not self.post > 0:
            raise ValueError("at least one post is placed, and it brings something")
        for ranks in (self.territory, self.candidates):
            if not ranks or len(set(ranks)) != len(ranks):
                raise ValueError("a territory has places, each listed once; so have candidates")


@dataclass(frozen=True, slots=True)
class Siting:
    """Where the posts go, and how good that is.

    Attributes:
        objective: what they are placed for.
        posts: (place, how many), by rank.
        value: what the objective comes to: the deficit left, the worst accessibility, the people
            covered.
        before: the same without any post.
        bound: no plan does better; None: it was not looked for.
        searched: whether plans were searched to the end: this one is the best.
        stuck: places of the territory that no candidate can help, though they would need it.
    """

    objective: Objective
    posts: tuple[tuple[int, int], ...]
    value: float
    before: float
    bound: float | None
    searched: bool
    stuck: tuple[int, ...]

    @property
    def gap(self) -> float | None:
        """How much more the best plan may gain, as a share of what it gains; None: unknown."""
        if self.bound is None:
            return None
        possible = abs(self.bound - self.before)
        missed = abs(self.bound - self.value)
        if missed <= HAIR * max(1.0, abs(self.bound)):
            return 0.0
        return missed / possible

    @property
    def proved(self) -> bool:
        """Whether no plan does better."""
        return self.searched or self.gap == 0


Watch = Callable[[Siting], float]
"""Told the answer so far; says how many seconds may still be spent on it, 0 to stop."""


def listed(candidates: tuple[int, ...], chosen: Floats) -> tuple[tuple[int, int], ...]:
    """Return the places that receive posts, and how many."""
    counts = np.rint(chosen).astype(int)
    return tuple(
        sorted(
            (place, int(count)) for place, count in zip(candidates, counts, strict=True) if count
        )
    )
