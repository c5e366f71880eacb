"""How accessibility is counted: decay with travel, weights by age, activity, all dated.

A set of parameters is one choice of counting, with its source and its date. None is hard-coded in
the computation: official sets change from one vintage to the next, and a map is only read with
the set that made it.

What a published set does not say is not guessed: a set that stands in for it is marked as an
approximation, and every result made with it says so.

References: M. Barlet, M. Coldefy, C. Collin, V. Lucas-Gabrielli, « L'accessibilité potentielle
localisée », DREES, Études et Résultats 795 (2012). V. Lucas-Gabrielli, C. Nestrigue,
« Analyse de sensibilité de l'accessibilité potentielle localisée », Irdes, DT 70 (2016). Arrêté
du 13 novembre 2017 (zonage des médecins) and its « foire aux questions » of 25 May 2018.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from math import inf, isfinite
from typing import Literal, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# What one post brings where a set counts posts, and people are counted by this many.
PER_PEOPLE = 100_000
DAY_IN_MINUTES = 24 * 60
OLDEST = 120


class Flaw(Enum):
    """What is wrong in a set of parameters, for those who say it in other words."""

    STEPS = "steps"
    BOUND = "bound"
    LEVEL = "level"
    GROWS = "grows"
    SLOPE = "slope"
    FLOOR = "floor"
    CLASSES = "classes"
    AGES = "ages"
    AGE_WEIGHT = "age_weight"
    AGE_CAP = "age_cap"
    POST = "post"
    PEOPLE = "people"
    THRESHOLD = "threshold"


class InvalidParameters(ValueError):
    """A set of parameters makes no sense.

    Attributes:
        where: the field at fault.
        problem: what is wrong there.
        flaw: the same, to be told in another language.
        rank: which line of that field is at fault, from 1; 0: the whole of it.
    """

    def __init__(self, where: str, problem: str, flaw: Flaw, rank: int = 0) -> None:
        self.where = where
        self.problem = problem
        self.flaw = flaw
        self.rank = rank
        super().__init__(f"{where}: {problem}")


class Decay(Protocol):
    """How the willingness to go falls with travel: from 1 at the door to 0."""

    @property
    def reach(self) -> float:
        """Minutes beyond which nobody goes."""
        ...

    def weights(self, minutes: ArrayLike) -> Floats:
        """Return the weight of each travel time, in minutes."""
        ...


@dataclass(frozen=True, slots=True)
class Steps:
    """Weights that fall by steps.

    Attributes:
        bounds: the end of each step in minutes, growing.
        levels: the weight of each step, from 1 down, never growing.
        closed: whether a travel time equal to a bound belongs to the step that ends there;
            otherwise it belongs to the next one. Sources differ: the set says which.
    """

    bounds: tuple[float, ...]
    levels: tuple[float, ...]
    closed: bool = False

    def __post_init__(self) -> None:
        if not self.bounds or len(self.bounds) != len(self.levels):
            raise InvalidParameters("decay", "each step has one bound and one weight", Flaw.STEPS)
        _check_minutes(self.bounds)
        for rank, level in enumerate(self.levels, start=1):
            if not 0 < level <= 1:
                raise InvalidParameters(
                    "decay", "a weight lies above 0, and is 1 at most", Flaw.LEVEL, rank
                )
            if rank > 1 and level > self.levels[rank - 2]:
                raise InvalidParameters(
                    "decay",
                    f"the weight grows from step {rank - 1} to step {rank}",
                    Flaw.GROWS,
                    rank,
                )

    @property
    def reach(self) -> float:
        """Minutes beyond which nobody goes."""
        return self.bounds[-1]

    def weights(self, minutes: ArrayLike) -> Floats:
        """Return the weight of each travel time, in minutes."""
        side: Literal["left", "right"] = "left" if self.closed else "right"
        steps = np.searchsorted(
            np.asarray(self.bounds), np.asarray(minutes, dtype=np.float64), side=side
        )
        weights: Floats = np.append(np.asarray(self.levels), 0.0)[steps]
        return weights


@dataclass(frozen=True, slots=True)
class Slope:
    """A weight of 1 up to some minutes, then a straight line down to 0.

    Attributes:
        full: minutes up to which everybody goes.
        nil: minutes from which nobody does.
    """

    full: float
    nil: float

    def __post_init__(self) -> None:
        if not 0 <= self.full < self.nil <= DAY_IN_MINUTES:
            raise InvalidParameters(
                "decay", "the slope falls from `full` to a later `nil`", Flaw.SLOPE
            )

    @property
    def reach(self) -> float:
        """Minutes beyond which nobody goes."""
        return self.nil

    def weights(self, minutes: ArrayLike) -> Floats:
        """Return the weight of each travel time, in minutes."""
        away = np.asarray(minutes, dtype=np.float64)
        falling: Floats = np.clip((self.nil - away) / (self.nil - self.full), 0.0, 1.0)
        return falling


@dataclass(frozen=True, slots=True)
class Activity:
    """What a practice counts for, from its acts in a year.

    Attributes:
        floor: a practice with fewer acts counts as if it had this many: it could reach them.
        ceiling: acts above it are dropped: nobody keeps that pace for long.
        classes: instead, posts by classes of acts, as (least acts, posts), growing.
    """

    floor: float = 0.0
    ceiling: float = inf
    classes: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        if not (isfinite(self.floor) and 0 <= self.floor <= self.ceiling):
            raise InvalidParameters(
                "activity", "the floor lies between 0 and the ceiling", Flaw.FLOOR
            )
        before = (-1.0, 0.0)
        for rank, (acts, posts) in enumerate(self.classes, start=1):
            # More acts never count for less.
            if not (before[0] < acts < inf and before[1] <= posts < inf):
                raise InvalidParameters("activity", "classes of acts grow", Flaw.CLASSES, rank)
            before = acts, posts

    def counted(self, acts: ArrayLike) -> Floats:
        """Return what each practice counts for: acts, or posts where there are classes.

        Raises:
            ValueError: a number of acts is negative or not a number.
        """
        done = np.asarray(acts, dtype=np.float64)
        if not np.all(done >= 0):
            raise ValueError("acts are counted from 0")
        if not self.classes:
            kept: Floats = np.clip(done, self.floor, self.ceiling)
            return kept
        least = [0.0, *(one[0] for one in self.classes)]
        posts = np.asarray([0.0, *(one[1] for one in self.classes)])
        counted: Floats = posts[np.searchsorted(np.asarray(least), done, side="right") - 1]
        return counted


@dataclass(frozen=True, slots=True)
class AgeWeights:
    """What people use, by age: how much more or less than the mean of all ages.

    Attributes:
        bands: (first age of the band, weight), from age 0 on; the last band has no end.
    """

    bands: tuple[tuple[int, float], ...]

    def __post_init__(self) -> None:
        if not self.bands or self.bands[0][0] != 0:
            raise InvalidParameters("age_weights", "bands begin at age 0 and grow", Flaw.AGES, 1)
        for rank, (age, weight) in enumerate(self.bands, start=1):
            if rank > 1 and not self.bands[rank - 2][0] < age <= OLDEST:
                raise InvalidParameters(
                    "age_weights", "bands begin at age 0 and grow", Flaw.AGES, rank
                )
            if not 0 < weight < inf:
                raise InvalidParameters(
                    "age_weights", "a weight is above 0", Flaw.AGE_WEIGHT, rank
                )

    @property
    def ages(self) -> tuple[int, ...]:
        """The first age of each band."""
        return tuple(age for age, _weight in self.bands)

    def standardised(self, people: ArrayLike) -> Floats:
        """Return people weighted by what their age uses, as many in all as there are people.

        Args:
            people: a table of one row by place, one column by band, in the order of `bands`.

        Raises:
            ValueError: the columns are not the bands, or a count is negative.
        """
        counts = np.asarray(people, dtype=np.float64)
        if counts.ndim != 2 or counts.shape[1] != len(self.bands):
            raise ValueError(f"{len(self.bands)} age bands are expected")
        if not np.all(counts >= 0):
            raise ValueError("people are counted from 0")
        weighted: Floats = counts @ np.asarray([weight for _age, weight in self.bands])
        total = weighted.sum()
        if total == 0:
            return weighted
        rescaled: Floats = weighted * (counts.sum() / total)
        return rescaled


@dataclass(frozen=True, slots=True)
class Parameters:
    """One way of counting accessibility to one profession.

    Attributes:
        name: its identifier, in lower case with hyphens.
        decay: what distance does.
        activity: what a practice counts for.
        age_weights: what age does; None: everybody counts the same.
        age_cap: the oldest age that counts among professionals; None: all do.
        post: what one full-time post brings, in the unit of the supply.
        people: the result is per this many inhabitants.
        threshold: below it, people lack access; None: the source gives none.
        approximate: whether it stands in for an official set whose values are not published.
        dated: when the source says so.
        source: where every value was read.
        title: what people call it; empty: its name is enough.
        version: which of its versions, from 1; 0: it has one only.
    """

    name: str
    decay: Decay
    activity: Activity
    age_weights: AgeWeights | None
    age_cap: int | None
    post: float
    people: int
    threshold: float | None
    approximate: bool
    dated: date
    source: str
    title: str = ""
    version: int = 0

    def __post_init__(self) -> None:
        if not 0 < self.post < inf:
            raise InvalidParameters("post", "a post brings something", Flaw.POST)
        if self.people < 1:
            raise InvalidParameters("people", "a result is per so many people", Flaw.PEOPLE)
        if self.age_cap is not None and not 0 < self.age_cap <= OLDEST:
            raise InvalidParameters("age_cap", "an age is that of somebody", Flaw.AGE_CAP)
        if self.threshold is not None and not 0 < self.threshold < inf:
            raise InvalidParameters("threshold", "a threshold is above 0", Flaw.THRESHOLD)


def _check_minutes(bounds: Sequence[float]) -> None:
    previous = 0.0
    for rank, bound in enumerate(bounds, start=1):
        if not previous < bound <= DAY_IN_MINUTES:
            raise InvalidParameters(
                "decay", f"the bound of step {rank} does not grow", Flaw.BOUND, rank
            )
        previous = bound


AGE_WEIGHTS_2012 = AgeWeights(
    (
        (0, 1.27),
        (5, 0.65),
        (10, 0.55),
        (15, 0.51),
        (20, 0.54),
        (25, 0.65),
        (30, 0.67),
        (35, 0.72),
        (40, 0.75),
        (45, 0.83),
        (50, 1.03),
        (55, 1.07),
        (60, 1.31),
        (65, 1.39),
        (70, 1.54),
        (75, 1.82),
        (80, 2.12),
        (85, 2.84),
        (90, 2.61),
    )
)

IRDES_2012 = Parameters(
    name="irdes-2012",
    decay=Steps((5, 10, 15), (1.0, 0.3, 0.1)),
    activity=Activity(classes=((273, 0.2), (1_028, 0.5), (2_643, 0.7), (4_252, 1.0))),
    age_weights=AGE_WEIGHTS_2012,
    age_cap=None,
    post=1.0,
    people=PER_PEOPLE,
    threshold=None,
    approximate=False,
    dated=date(2016, 2, 1),
    source="Irdes, DT 70, février 2016",
)

NEAR_2015 = Parameters(
    name="proche-2015",
    decay=Slope(5, 20),
    activity=Activity(floor=3_600, ceiling=6_000),
    age_weights=AGE_WEIGHTS_2012,
    age_cap=65,
    post=5_400.0,
    people=1,
    threshold=2.5,
    approximate=True,
    dated=date(2018, 5, 25),
    source=(
        "Arrêté du 13 novembre 2017 et sa foire aux questions du 25 mai 2018 ; la décroissance"
        " (droite de 5 à 20 minutes) et les poids par âge (2012) sont des approximations"
    ),
)

THIRDS = Parameters(
    name="tiers-10-15-20",
    decay=Steps((10, 15, 20), (1.0, 2 / 3, 1 / 3), closed=True),
    activity=Activity(),
    age_weights=None,
    age_cap=None,
    post=1.0,
    people=1,
    threshold=None,
    approximate=False,
    dated=date(2009, 12, 1),
    source="Luo et Qi, Health & Place 15 (2009), pour la méthode ; paliers en tiers",
)

SETS = {one.name: one for one in (IRDES_2012, NEAR_2015, THIRDS)}
