"""Where posts would go on a territory, by each objective, and what each plan would change.

What is planned from is the published accessibility, where there is one: a plan must not raise a
commune that the official file does not find low. A commune without a value that can be shown
(born of others, for instance) may receive posts, but lacks nothing: the map says as much of it.
Where nothing at all is published, our computation stands in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from ancrage.core.accessibility.parameters import Steps
from ancrage.core.accessibility.potential import Catchments, Potential
from ancrage.core.accessibility.siting.cover import by_cover
from ancrage.core.accessibility.siting.lack import by_deficit, by_worst_off
from ancrage.core.accessibility.siting.values import Objective, Request, Search, Siting, Watch
from ancrage.core.accessibility.travel import Floats, Ints
from ancrage.demography.enums import Care
from ancrage.demography.services.model import TerritoryModel

MOST_POSTS = 50
NEAR_MINUTES, NEARER_MINUTES = 10, 5

TARGETS: Mapping[Care, float] = {
    Care.NURSE: 73.1,
    Care.PHYSIO: 51.8,
    Care.MIDWIFE: 9.8,
}
"""Below these, an area is under-served: upper bounds of the class « sous-doté » of the zoning of
each profession (arrêtés du 10 janvier 2020, du 24 septembre 2018 et du 17 octobre 2019)."""

NATIONAL_MEANS: Mapping[Care, tuple[float, int]] = {Care.GP: (3.3, 2023)}
"""The mean of France and its year: a mark above the threshold, where one is known (DREES, release
of 20 December 2024)."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked.

    Attributes:
        posts: how many, at most.
        most: in one commune, at most.
        target: the accessibility below which people lack, in the unit of the parameters.
        near: minutes within which a professional counts as near.
        candidates: codes of the communes that may receive posts.
    """

    posts: int
    most: int
    target: float
    near: float
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Measures:
    """How a territory stands, today or with a plan.

    Attributes:
        lack: what people under the target lack together, in the unit of the supply.
        people_under: how many live in communes under the target.
        communes_under: how many communes are.
        worst: the smallest accessibility, in the unit of the parameters, among those some post
            could help; None: no post helps anybody.
        covered: people who have a professional near.
        farthest: minutes from where somebody lives to the nearest professional, at most; None:
            somebody reaches nobody.
    """

    lack: float
    people_under: float
    communes_under: int
    worst: float | None
    covered: float
    farthest: float | None


def target_of(model: TerritoryModel) -> float | None:
    """Return below what a commune is said to lack, for this profession; None: no source says."""
    return model.parameters.threshold or TARGETS.get(model.care)


def farthest_of(model: TerritoryModel, there: npt.NDArray[np.bool_] | None = None) -> float | None:
    """Return how many minutes from the nearest professional people live, at most.

    None where somebody reaches nobody, or where nobody lives. `there` are the communes that have
    a professional; by default, those of today.
    """
    open_at = model.state.supply > 0 if there is None else there
    nearest = np.full(len(model.places), np.inf)
    reaching = open_at[model.pairs.destinations]
    np.minimum.at(nearest, model.pairs.origins[reaching], model.pairs.minutes[reaching])
    lived_in = model.inside[model.people[model.inside] > 0]
    most = float(nearest[lived_in].max(initial=-np.inf))
    return most if np.isfinite(most) else None


def near_of(model: TerritoryModel) -> int:
    """Return the minutes to propose: fewer where everybody already has a professional near."""
    farthest = farthest_of(model)
    return NEAR_MINUTES if farthest is None or farthest > NEAR_MINUTES else NEARER_MINUTES


def anchored_state(model: TerritoryModel) -> Potential:
    """Return the state of a territory with official accessibility wherever there is one."""
    people, official = model.state.people, model.published
    told = ~np.isnan(official)
    computed = model.computed
    level = float(people[told] @ computed[told])
    scale = float(people[told] @ official[told]) / level if level > 0 else 1.0
    access = np.where(told, official, computed * scale) / model.parameters.people
    return replace(model.state, access=access)


class Planner:
    """Plans for one wish over one territory."""

    def __init__(self, model: TerritoryModel, wish: Wish) -> None:
        self.model = model
        self.wish = wish
        self.state = anchored_state(model)
        self.target = wish.target / model.parameters.people
        self.near = Catchments(model.pairs, Steps((wish.near,), (1.0,), closed=True))
        ranks = tuple(model.ranks[code] for code in wish.candidates if code in model.ranks)
        told = ~np.isnan(model.published[model.inside])
        self.counted: Ints = model.inside[told] if model.has_published else model.inside
        self.request = Request(
            territory=tuple(self.counted.tolist()),
            candidates=ranks,
            posts=wish.posts,
            post=model.parameters.post,
            most=wish.most,
        )
        weights = self.state.catchments.going[self.counted][:, list(ranks)]
        reached = np.diff(weights.indptr) > 0
        lives = self.state.people[self.counted] > 0
        self.helped: Ints = self.counted[reached & lives]

    def plan(
        self,
        objective: Objective,
        *,
        search: Search,
        seconds: float,
        watch: Watch | None = None,
    ) -> Row:
        """Return the posts of one objective, how good they are, and who gains.

        Args:
            objective: what they are placed for.
            search: how far to look.
            seconds: of the search.
            watch: told the answer so far every few seconds, may stop the search.
        """
        found = self._found(objective, search, seconds, watch)
        per = 1 if objective is not Objective.WORST_OFF else self.model.parameters.people
        gains = self._gains(found.posts)
        names = self.model.places
        return {
            "objective": objective.value,
            "posts": [[names[rank].code, count] for rank, count in found.posts],
            "before": found.before * per,
            "value": found.value * per,
            "bound": None if found.bound is None else found.bound * per,
            "gap": found.gap,
            "searched": found.searched,
            "stuck": [names[rank].code for rank in found.stuck],
            "measures": _row(self.measures(found.posts)),
            "gains": [
                [names[rank].code, self._shown(rank, 0.0), self._shown(rank, gains[rank])]
                for rank in np.flatnonzero(gains > 0).tolist()
            ],
        }

    def today(self) -> Row:
        """Return how the territory stands before any post."""
        return _row(self.measures(()))

    def access(self) -> dict[str, float]:
        """Return the accessibility of each commune that counts, before any post, by code."""
        places = self.model.places
        return {places[rank].code: self._shown(rank, 0.0) for rank in self.counted.tolist()}

    def alone(self) -> tuple[str, ...]:
        """Return the candidates whom nobody would come to."""
        return tuple(
            self.model.places[rank].code
            for rank in self.request.candidates
            if self.state.demand[rank] <= 0
        )

    def measures(self, posts: Sequence[tuple[int, int]]) -> Measures:
        """Return how the territory stands with these posts, given as (rank, how many)."""
        model, inside, counted = self.model, self.model.inside, self.counted
        after = self.state.access + self._gains(posts)
        people = model.people[counted]
        under = (after[counted] < self.target) & (people > 0)
        worst = float(after[self.helped].min()) if len(self.helped) else None
        there = self.state.supply > 0
        there[[rank for rank, _count in posts]] = True
        near = self.near.going[inside] @ there.astype(np.float64) > 0
        lack = np.maximum(self.target - after[counted], 0.0)
        return Measures(
            lack=float(self.state.people[counted] @ lack),
            people_under=float(people[under].sum()),
            communes_under=int(under.sum()),
            worst=None if worst is None else worst * model.parameters.people,
            covered=float(model.people[inside][near].sum()),
            farthest=farthest_of(model, there),
        )

    def _found(
        self, objective: Objective, search: Search, seconds: float, watch: Watch | None
    ) -> Siting:
        if objective is Objective.COVER:
            return by_cover(
                self.near,
                self.model.people,
                self.state.supply,
                replace(self.request, territory=tuple(self.model.inside.tolist())),
                search=search,
                seconds=seconds,
                watch=watch,
            )
        place = by_deficit if objective is Objective.DEFICIT else by_worst_off
        how: Any = {"search": search, "seconds": seconds, "watch": watch}
        return place(self.state, self.request, self.target, **how)

    def _gains(self, posts: Iterable[tuple[int, int]]) -> Floats:
        gains = np.zeros(len(self.model.places))
        for rank, count in posts:
            places, more = self.state.preview(rank, count * self.model.parameters.post)
            gains[places] += more
        return gains

    def _shown(self, rank: int, gain: float) -> float:
        return float((self.state.access[rank] + gain) * self.model.parameters.people)


def _row(measures: Measures) -> Row:
    return {name: getattr(measures, name) for name in Measures.__dataclass_fields__}


TINY = 400


def is_tiny(model: TerritoryModel, wish: Wish) -> bool:
    """Say whether the best plans are found while somebody waits: a second or two."""
    return len(model.inside) * wish.posts <= TINY


def codes_of(model: TerritoryModel, codes: Sequence[str] | None = None) -> tuple[str, ...]:
    """Return the communes of the territory that may receive posts, all of them or some."""
    inside = [model.places[rank].code for rank in model.inside.tolist()]
    return tuple(code for code in inside if codes is None or code in codes)
