"""What follows from the steps of a scenario: who gains, who loses, who looks for somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ancrage.core.accessibility.departures import to_place
from ancrage.core.accessibility.potential import Change, Moved
from ancrage.demography.services.model import TerritoryModel, mean_of
from ancrage.demography.services.scenarios.steps import Step, changes_of, leaving_of

# Under this, a commune neither gains nor loses: what is shown has two decimals.
NOTHING = 0.005
RECEIVERS = 8
_THOUSANDTHS = 1_000


@dataclass(frozen=True, slots=True)
class Effect:
    """What a scenario does to a commune.

    Attributes:
        code: INSEE.
        name: of the commune.
        inside: whether it belongs to the territory.
        people: who lives there, before.
        published: its official access; None: none to start from.
        before: access by the model, in the unit of the set.
        after: the same once everything supposed is done.
    """

    code: str
    name: str
    inside: bool
    people: float
    published: float | None
    before: float
    after: float

    @property
    def change(self) -> float:
        """What is gained; negative: lost."""
        return self.after - self.before

    @property
    def anchored(self) -> float | None:
        """Official access, plus what changes; None: there is none to start from."""
        return None if self.published is None else self.published + self.change


@dataclass(frozen=True, slots=True)
class ToPlace:
    """Patients of those who leave.

    Attributes:
        name: of the commune they leave.
        looking: how many look for somebody else.
        nowhere: how many find nobody within reach.
        receivers: (commune, how many more its professionals would have), the most first.
    """

    name: str
    looking: float
    nowhere: float
    receivers: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from a scenario.

    Attributes:
        effects: the communes that move, by name, those of the territory first.
        threshold: below it, people lack access; None: there is none.
        under: people of the territory under it, (before, after); None without a threshold.
        mean: anchored access of the mean inhabitant of the territory, (before, after).
        patients: of those who leave; none without the number each follows.
    """

    effects: tuple[Effect, ...]
    threshold: float | None
    under: tuple[float, float] | None
    mean: tuple[float, float] | None
    patients: tuple[ToPlace, ...]

    @property
    def gainers(self) -> tuple[Effect, ...]:
        """The communes that gain, the most first."""
        found = [one for one in self.effects if one.change >= NOTHING]
        return tuple(sorted(found, key=lambda one: (-one.change, one.code)))

    @property
    def losers(self) -> tuple[Effect, ...]:
        """The communes that lose, the most first."""
        found = [one for one in self.effects if one.change <= -NOTHING]
        return tuple(sorted(found, key=lambda one: (one.change, one.code)))

    @property
    def fallen(self) -> tuple[Effect, ...]:
        """The communes that fall under the threshold."""
        return tuple(one for one in self.effects if self._crosses(one, down=True))

    @property
    def risen(self) -> tuple[Effect, ...]:
        """The communes that rise to the threshold or above."""
        return tuple(one for one in self.effects if self._crosses(one, down=False))

    def _crosses(self, effect: Effect, *, down: bool) -> bool:
        if self.threshold is None or effect.published is None or effect.anchored is None:
            return False
        was, will = effect.published < self.threshold, effect.anchored < self.threshold
        return (will and not was) if down else (was and not will)

    def as_json(self) -> dict[str, Any]:
        """Return what is kept: floats keep each of their bits."""
        return {
            "effects": [
                [e.code, e.name, e.inside, e.people, e.published, e.before, e.after]
                for e in self.effects
            ],
            "threshold": self.threshold,
            "under": self.under,
            "mean": self.mean,
            "patients": [
                [p.name, p.looking, p.nowhere, [list(one) for one in p.receivers]]
                for p in self.patients
            ],
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Outcome":
        """Return what was kept."""
        under, mean = kept["under"], kept["mean"]
        return cls(
            effects=tuple(Effect(*row) for row in kept["effects"]),
            threshold=kept["threshold"],
            under=None if under is None else (under[0], under[1]),
            mean=None if mean is None else (mean[0], mean[1]),
            patients=tuple(
                ToPlace(name, looking, nowhere, tuple((one[0], one[1]) for one in receivers))
                for name, looking, nowhere, receivers in kept["patients"]
            ),
        )


def run(
    model: TerritoryModel, steps: Sequence[Step], *, patients_each: int | None = None
) -> Outcome:
    """Return what follows from steps: bit for bit what a full run would give.

    Args:
        model: the territory as it is.
        steps: what is supposed.
        patients_each: how many patients one professional follows; None: not told.

    Raises:
        StepRefused: a step cannot be.
    """
    moved = model.state.changed(changes_of(model, steps))
    patients = () if not patients_each else _patients(model, moved, steps, patients_each)
    return _outcome(model, moved.places.tolist(), moved.access, patients)


def preview(model: TerritoryModel, steps: Sequence[Step], further: Step) -> Outcome:
    """Return what one more step would do on top of others: additive, to the last few bits.

    Effects are those of the further step alone, from what the others make.

    Raises:
        StepRefused: the step cannot be.
    """
    before = changes_of(model, steps)
    both = changes_of(model, [*steps, further])
    base = model.state.changed(before).after
    known = {one.place: one for one in before}
    access = base.access.copy()
    places: set[int] = set()
    people = []
    for change in both:
        old = known.get(change.place, Change(change.place))
        if change.people != old.people:
            people.append(Change(change.place, people=change.people - old.people))
        elif change.supply != old.supply:
            near, gains = base.preview(change.place, change.supply - old.supply)
            access[near] += gains
            places.update(near.tolist())
    if people:
        moved = base.changed(people)
        access[moved.places] = moved.access
        places.update(moved.places.tolist())
    ranks = sorted(places)
    return _outcome(model, ranks, access[ranks], (), start=base.access)


def _outcome(
    model: TerritoryModel,
    ranks: Sequence[int],
    access: Iterable[float],
    patients: tuple[ToPlace, ...],
    *,
    start: Any = None,
) -> Outcome:
    scale = model.parameters.people
    first = model.state.access if start is None else start
    after = first.copy()
    after[list(ranks)] = list(access)
    offset = (first - model.state.access) * scale
    effects = []
    for rank in ranks:
        place = model.places[rank]
        published = place.published
        effects.append(
            Effect(
                place.code,
                place.name,
                place.inside,
                place.people or 0.0,
                None if published is None else published + float(offset[rank]),
                float(first[rank]) * scale,
                float(after[rank]) * scale,
            )
        )
    effects.sort(key=lambda one: (not one.inside, one.name, one.code))
    return Outcome(
        effects=tuple(effects),
        threshold=model.parameters.threshold,
        under=_under(model, first, after),
        mean=_means(model, first, after),
        patients=patients,
    )


def _under(model: TerritoryModel, first: Any, after: Any) -> tuple[float, float] | None:
    threshold = model.parameters.threshold
    if threshold is None or not model.has_published:
        return None
    counts = []
    for access in (first, after):
        anchored = model.anchored(access)[model.inside]
        # Where nothing is published nothing is under: nan compares to nothing.
        counts.append(float(model.people[model.inside][anchored < threshold].sum()))
    return counts[0], counts[1]


def _means(model: TerritoryModel, first: Any, after: Any) -> tuple[float, float] | None:
    before = mean_of(model, model.anchored(first), model.inside)
    later = mean_of(model, model.anchored(after), model.inside)
    return None if before is None or later is None else (before, later)


def _patients(
    model: TerritoryModel, moved: Moved, steps: Sequence[Step], each: int
) -> tuple[ToPlace, ...]:
    """Where the patients of each commune that loses somebody turn, once all else is done."""
    found = []
    for code, thousandths in sorted(leaving_of(steps).items()):
        rank = model.ranks[code]
        leaving = thousandths * model.parameters.post / _THOUSANDTHS
        full = moved.after.changed([Change(rank, supply=leaving)]).after
        there = float(full.supply[rank])
        leaving = min(leaving, there)
        if leaving <= 0:
            continue
        patients = to_place(full, rank, leaving, each * there / model.parameters.post)
        order = np.argsort(-patients.more, kind="stable")[:RECEIVERS].tolist()
        found.append(
            ToPlace(
                model.places[rank].name,
                patients.looking,
                patients.nowhere,
                tuple(
                    (model.places[int(patients.places[one])].name, float(patients.more[one]))
                    for one in order
                ),
            )
        )
    return tuple(found)
