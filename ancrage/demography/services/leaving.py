"""Who will have left in five years, what is left then, which patients look for somebody else.

Nobody is named, and a commune with fewer than five professionals tells nothing of their ages: they
are counted with the other communes, as public sources do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ancrage.core.accessibility.departures import (
    CUTS,
    Active,
    Event,
    Hypothesis,
    Leaving,
    ahead,
    to_place,
)
from ancrage.core.accessibility.travel import Floats
from ancrage.demography.services.model import OLD, TerritoryModel
from ancrage.privacy.cells import K

YEARS = 5
# Of a normal law: nineteen chances in twenty lie within so many deviations.
_NINETEEN_IN_TWENTY = 1.96
RECEIVERS = 8


class TooFew(Exception):
    """Fewer than five professionals in all: any figure would tell of somebody."""


@dataclass(frozen=True, slots=True)
class KnownMove:
    """A departure or an arrival that somebody knows of.

    Attributes:
        code: INSEE code of the commune.
        year: in how many years: 1 is a year from now.
        posts: how many come; negative: leave.
    """

    code: str
    year: int
    posts: float


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is supposed; every figure is the reader's.

    Attributes:
        rates: (first age, share that leaves within a year), from age 0 on.
        last: the age from which nobody is left.
        replaced: the share of those who leave that is replaced, « as before ».
        patients: of one professional.
        known: departures and arrivals that are known.
    """

    rates: tuple[tuple[int, float], ...] = ((0, 0.01), (55, 0.02), (60, 0.07), (65, 0.25))
    last: int = 75
    replaced: float = 0.5
    patients: float = 1_000.0
    known: tuple[KnownMove, ...] = ()


@dataclass(frozen=True, slots=True)
class Curve:
    """How many professionals the territory has, year by year from today."""

    hypothesis: Hypothesis
    counts: tuple[float, ...]
    band: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Departures:
    """What becomes of one commune, or of those that are too small to be told apart.

    Attributes:
        codes: of the communes.
        name: of the commune; empty for several.
        today: how many professionals.
        left: how many are expected to be left after five years if nobody comes.
        old: how many are 60 or more today.
        patients: how many patients would look for somebody else.
    """

    codes: tuple[str, ...]
    name: str
    today: float
    left: float
    old: float
    patients: float

    @property
    def leaving(self) -> float:
        """How many are expected to leave."""
        return self.today - self.left


@dataclass(frozen=True, slots=True)
class Receiver:
    """A commune whose lists would grow.

    Attributes:
        name: of the commune.
        inside: whether it belongs to the territory.
        more: patients who would turn to it.
        growth: as a share of the patients its professionals have today.
    """

    name: str
    inside: bool
    more: float
    growth: float

    @property
    def percent(self) -> float:
        """The growth, of a hundred."""
        return 100 * self.growth


@dataclass(frozen=True, slots=True)
class Outlook:
    """What becomes of a territory.

    Attributes:
        curves: by hypothesis.
        cuts: (oldest age, how many are left without those older), as official files count.
        communes: those that are told apart, most leaving first; then the others together.
        receivers: who would be asked most.
        looking: patients who would look for somebody else, in all.
        nowhere: those who reach nobody else.
        today: how many professionals there are.
        unknown: those whose age nobody tells: they are taken to stay.
    """

    curves: tuple[Curve, ...]
    cuts: tuple[tuple[int, float], ...]
    communes: tuple[Departures, ...]
    receivers: tuple[Receiver, ...]
    looking: float
    nowhere: float
    today: float
    unknown: float


def outlook(model: TerritoryModel, assumed: Assumptions, *, years: int = YEARS) -> Outlook | None:
    """Return what becomes of the professionals of a territory; None: no age is told.

    Raises:
        ValueError: rates that make no sense.
        TooFew: the territory has fewer than five professionals.
    """
    actives = _actives(model)
    if not actives:
        return None
    count = len(model.places)
    leaving = Leaving(assumed.rates, assumed.last)
    unknown = _unknown(model)
    alone = ahead(count, actives, years=years, hypothesis=Hypothesis.NOBODY_COMES, leaving=leaving)
    left = alone[:, -1] + unknown
    there = np.array([place.professionals for place in model.places])
    if there[model.inside].sum() < K:
        raise TooFew
    told, others = _apart(model, there)
    share = np.divide(there - left, there, out=np.zeros(count), where=there > 0)
    # Where patients turn must not tell which of the small communes loses somebody.
    together = there[others].sum()
    share[others] = (together - left[others].sum()) / together if together > 0 else 0.0
    looking, receivers, nowhere = _patients(model, share, there, assumed.patients)
    return Outlook(
        curves=_curves(model, actives, unknown, leaving, assumed, years),
        cuts=tuple((age, _younger(model, age)) for age in CUTS),
        communes=_communes(model, told, others, there, left, looking),
        receivers=receivers,
        looking=float(looking[model.inside].sum()),
        nowhere=nowhere,
        today=float(there[model.inside].sum()),
        unknown=float(unknown[model.inside].sum()),
    )


def _actives(model: TerritoryModel) -> list[Active]:
    return [
        Active(int(rank), age, count)
        for rank in model.inside
        for age, count in model.places[rank].ages
        if count > 0
    ]


def _unknown(model: TerritoryModel) -> Floats:
    return np.array(
        [place.professionals - sum(count for _age, count in place.ages) for place in model.places]
    )


def _younger(model: TerritoryModel, oldest: int) -> float:
    """How many of the territory are no older; those whose age is not told are left out."""
    return sum(one.supply for one in _actives(model) if one.age <= oldest)


def _curves(
    model: TerritoryModel,
    actives: Sequence[Active],
    unknown: Floats,
    leaving: Leaving,
    assumed: Assumptions,
    years: int,
) -> tuple[Curve, ...]:
    known = tuple(
        Event(model.ranks[move.code], move.year, move.posts)
        for move in assumed.known
        if move.code in model.ranks
    )
    curves = []
    for hypothesis in Hypothesis:
        table = ahead(
            len(model.places),
            actives,
            years=years,
            hypothesis=hypothesis,
            leaving=leaving,
            replaced=assumed.replaced,
            known=known,
        )
        counts = (table + unknown[:, None])[model.inside].sum(axis=0)
        band: tuple[tuple[float, float], ...] = ()
        if hypothesis is Hypothesis.NOBODY_COMES:
            band = _band(counts, actives, leaving, years)
        curves.append(Curve(hypothesis, tuple(counts.tolist()), band))
    return tuple(curves)


def _band(
    counts: Floats, actives: Sequence[Active], leaving: Leaving, years: int
) -> tuple[tuple[float, float], ...]:
    """Within what the number lies nineteen times in twenty: each stays or leaves on their own."""
    shares = leaving.staying(years)
    spread = np.sqrt(sum(one.supply * shares[one.age] * (1 - shares[one.age]) for one in actives))
    wide = _NINETEEN_IN_TWENTY * spread
    return tuple(
        zip(
            np.maximum(counts - wide, 0.0).tolist(),
            np.minimum(counts + wide, counts[0]).tolist(),
            strict=True,
        )
    )


def _apart(model: TerritoryModel, there: Floats) -> tuple[list[int], list[int]]:
    """The communes that may be told apart, and the others, counted together.

    What is shown in all, less what is told, must not be that of fewer than five.
    """
    ranks = sorted(model.inside.tolist(), key=lambda rank: (-there[rank], rank))
    told = [rank for rank in ranks if there[rank] >= K]
    others = ranks[len(told) :]
    while told and 0 < there[others].sum() < K:
        others.insert(0, told.pop())
    return told, others


def _communes(
    model: TerritoryModel,
    told: Sequence[int],
    others: Sequence[int],
    there: Floats,
    left: Floats,
    looking: Floats,
) -> tuple[Departures, ...]:
    rows = [_departures(model, (rank,), there, left, looking) for rank in told]
    rows.sort(key=lambda one: (-one.leaving / one.today, one.codes))
    if there[list(others)].sum() > 0:
        rows.append(_departures(model, tuple(others), there, left, looking))
    return tuple(rows)


def _departures(
    model: TerritoryModel, ranks: tuple[int, ...], there: Floats, left: Floats, looking: Floats
) -> Departures:
    rows = list(ranks)
    return Departures(
        codes=tuple(model.places[rank].code for rank in rows),
        name=model.places[rows[0]].name if len(rows) == 1 else "",
        today=float(there[rows].sum()),
        left=float(left[rows].sum()),
        old=sum(model.places[rank].count_from(OLD) for rank in rows),
        patients=float(looking[rows].sum()),
    )


def _patients(
    model: TerritoryModel, share: Floats, there: Floats, each: float
) -> tuple[Floats, tuple[Receiver, ...], float]:
    """Patients who look for somebody else by commune; where they turn; those who find nobody.

    Each commune loses on its own: where all do, those who stay are asked even more.
    """
    looking = np.zeros(len(model.places))
    more = np.zeros(len(model.places))
    nowhere = 0.0
    for rank in model.inside.tolist():
        gone = model.state.supply[rank] * share[rank]
        if share[rank] <= 0:
            continue
        if gone <= 0:
            looking[rank] = each * there[rank] * share[rank]
            continue
        found = to_place(model.state, rank, gone, each * there[rank])
        looking[rank] = found.looking
        more[found.places] += found.more
        nowhere += found.nowhere
    ranks = sorted(np.flatnonzero(more >= 1).tolist(), key=lambda rank: (-more[rank], rank))
    receivers = tuple(
        Receiver(
            model.places[rank].name,
            model.places[rank].inside,
            float(more[rank]),
            float(more[rank] / (each * there[rank])) if there[rank] > 0 else 0.0,
        )
        for rank in ranks[:RECEIVERS]
    )
    return looking, receivers, nowhere
