"""Where posts would go on a territory, by each objective, and what each plan would change.

What is planned from is the published accessibility, where there is one: a plan must not raise a
commune that the official file does not find low. Where nothing is published, our computation
stands in, brought to the level of the published values.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ancrage.core.accessibility.parameters import Steps
from ancrage.core.accessibility.potential import Catchments, Potential
from ancrage.core.accessibility.siting.cover import by_cover
from ancrage.core.accessibility.siting.lack import by_deficit, by_worst_off
from ancrage.core.accessibility.siting.values import Objective, Request, Search, Siting
from ancrage.core.accessibility.travel import Floats, Ints
from ancrage.demography.enums import Care
from ancrage.demography.services.model import TerritoryModel

MOST_POSTS = 50
NEAR_MINUTES = 10

TARGETS: Mapping[Care, float] = {
    Care.NURSE: 73.1,
    Care.PHYSIO: 51.8,
    Care.MIDWIFE: 9.8,
}
"""Below these, an area is under-served: upper bounds of the class « sous-doté » of the zoning of
each profession (arrêtés du 10 janvier 2020, du 24 septembre 2018 et du 17 octobre 2019)."""

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
    """

    lack: float
    people_under: float
    communes_under: int
    worst: float | None
    covered: float


def target_of(model: TerritoryModel) -> float | None:
    """Return below what a commune is said to lack, for this profession; None: no source says."""
    return model.parameters.threshold or TARGETS.get(model.care)


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
        self.request = Request(
            territory=tuple(model.inside.tolist()),
            candidates=ranks,
            posts=wish.posts,
            post=model.parameters.post,
            most=wish.most,
        )
        weights = self.state.catchments.going[model.inside][:, list(ranks)]
        reached = np.diff(weights.indptr) > 0
        lives = self.state.people[model.inside] > 0
        self.helped: Ints = model.inside[reached & lives]

    def plan(self, objective: Objective, *, search: Search, seconds: float) -> Row:
        """Return the posts of one objective, how good they are, and who gains."""
        found = self._found(objective, search, seconds)
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

    def alone(self) -> tuple[str, ...]:
        """Return the candidates whom nobody would come to."""
        return tuple(
            self.model.places[rank].code
            for rank in self.request.candidates
            if self.state.demand[rank] <= 0
        )

    def measures(self, posts: Sequence[tuple[int, int]]) -> Measures:
        """Return how the territory stands with these posts, given as (rank, how many)."""
        model, inside = self.model, self.model.inside
        after = self.state.access + self._gains(posts)
        people = model.people[inside]
        under = (after[inside] < self.target) & (people > 0)
        worst = float(after[self.helped].min()) if len(self.helped) else None
        there = self.state.supply > 0
        there[[rank for rank, _count in posts]] = True
        near = self.near.going[inside] @ there.astype(np.float64) > 0
        lack = np.maximum(self.target - after[inside], 0.0)
        return Measures(
            lack=float(self.state.people[inside] @ lack),
            people_under=float(people[under].sum()),
            communes_under=int(under.sum()),
            worst=None if worst is None else worst * model.parameters.people,
            covered=float(people[near].sum()),
        )

    def _found(self, objective: Objective, search: Search, seconds: float) -> Siting:
        if objective is Objective.COVER:
            return by_cover(
                self.near,
                self.model.people,
                self.state.supply,
                self.request,
                search=search,
                seconds=seconds,
            )
        place = by_deficit if objective is Objective.DEFICIT else by_worst_off
        return place(self.state, self.request, self.target, search=search, seconds=seconds)

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
