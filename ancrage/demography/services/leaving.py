"""Who will have left in five years, what is left then, which patients look for somebody else.

Nobody is named, and nobody's age can be found: all is computed from what may be told of ages (see
`ages_told`) and from how many work in each commune, which everybody knows. Whatever rates are
supposed, two answers differ by what is supposed, never by somebody.
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
from ancrage.demography.services.model import (
    AgesTold,
    Band,
    Sector,
    TerritoryModel,
    ages_told,
    mean_of,
)

YEARS = 5
# Nobody is told to work past it. Whoever is 65 or more is spread from 65 to 69 years, so that it
# weighs nothing within five years: it is no hypothesis to play with.
LAST = 75
# Any age: who is there today, whatever comes.
_ANY_AGE = 40
# Of a normal law: nineteen chances in twenty lie within so many deviations.
_NINETEEN_IN_TWENTY = 1.96
RECEIVERS = 8


class TooFew(Exception):
    """Fewer than five on one side of sixty years: any figure would tell of somebody."""


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
        replaced: the share of those who leave that is replaced, « as before ».
        patients: of one professional.
        known: departures and arrivals that are known.
    """

    rates: tuple[tuple[int, float], ...] = ((0, 0.01), (55, 0.02), (60, 0.07), (65, 0.25))
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
    """What becomes of a sector.

    Attributes:
        sector: which.
        today: how many professionals.
        left: how many are expected to be left after five years if nobody comes.
        patients: how many patients would look for somebody else.
    """

    sector: Sector
    today: float
    left: float
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
        bands: how many professionals have which age.
        cuts: (oldest age, published access of the mean inhabitant without those older), as far
            as the official file says.
        sectors: the largest part leaving first.
        receivers: who would be asked most.
        looking: patients who would look for somebody else, in all.
        nowhere: those who reach nobody else.
        today: how many professionals there are.
        unknown: those whose age nobody tells: they are taken to stay.
    """

    curves: tuple[Curve, ...]
    bands: tuple[Band, ...]
    cuts: tuple[tuple[int, float], ...]
    sectors: tuple[Departures, ...]
    receivers: tuple[Receiver, ...]
    looking: float
    nowhere: float
    today: float
    unknown: float


def outlook(model: TerritoryModel, assumed: Assumptions, *, years: int = YEARS) -> Outlook | None:
    """Return what becomes of the professionals of a territory; None: no age is told.

    Raises:
        ValueError: rates that make no sense.
        TooFew: fewer than five are known to be under sixty, or sixty or more.
    """
    if not any(model.places[rank].ages for rank in model.inside.tolist()):
        return None
    told = ages_told(model)
    if told is None:
        raise TooFew
    actives = _spread(told)
    leaving = Leaving(assumed.rates, LAST)
    unknown = np.array([sector.unknown for sector in told.sectors])
    alone = ahead(
        len(told.sectors),
        actives,
        years=years,
        hypothesis=Hypothesis.NOBODY_COMES,
        leaving=leaving,
    )
    left = alone[:, -1] + unknown
    there = np.array([place.professionals for place in model.places])
    share = np.zeros(len(there))
    for sector, staying in zip(told.sectors, left.tolist(), strict=True):
        share[list(sector.ranks)] = 1 - staying / sector.professionals
    looking, receivers, nowhere = _patients(model, share, there, assumed.patients)
    return Outlook(
        curves=_curves(model, told, actives, leaving, assumed, years),
        bands=told.bands,
        cuts=_cuts(model),
        sectors=_departures(told, left, looking),
        receivers=receivers,
        looking=float(looking[model.inside].sum()),
        nowhere=nowhere,
        today=float(there[model.inside].sum()),
        unknown=float(unknown.sum()),
    )


def _spread(told: AgesTold) -> list[Active]:
    """The professionals of each sector, evenly over the ages of each band."""
    return [
        Active(place, age, count / len(band.ages))
        for place, sector in enumerate(told.sectors)
        for band, count in told.expected(sector)
        for age in band.ages
        if count > 0
    ]


def _cuts(model: TerritoryModel) -> tuple[tuple[int, float], ...]:
    found = []
    for oldest in CUTS:
        access = np.array(
            [np.nan if one.merged else one.capped.get(oldest, np.nan) for one in model.places]
        )
        mean = mean_of(model, access, model.inside)
        if mean is not None:
            found.append((oldest, mean))
    return tuple(found)


def _curves(
    model: TerritoryModel,
    told: AgesTold,
    actives: Sequence[Active],
    leaving: Leaving,
    assumed: Assumptions,
    years: int,
) -> tuple[Curve, ...]:
    unknown = sum(sector.unknown for sector in told.sectors)
    curves = []
    for hypothesis in (Hypothesis.NOBODY_COMES, Hypothesis.AS_BEFORE):
        table = ahead(
            len(told.sectors),
            actives,
            years=years,
            hypothesis=hypothesis,
            leaving=leaving,
            replaced=assumed.replaced,
        )
        counts = table.sum(axis=0) + unknown
        band: tuple[tuple[float, float], ...] = ()
        if hypothesis is Hypothesis.NOBODY_COMES:
            band = _band(counts, actives, leaving, years)
        curves.append(Curve(hypothesis, tuple(counts.tolist()), band))
    return (*curves, _known(model, assumed, years))


def _known(model: TerritoryModel, assumed: Assumptions, years: int) -> Curve:
    """Those who are there today, whatever their age, and the moves that are known."""
    table = ahead(
        len(model.places),
        [Active(rank, _ANY_AGE, model.places[rank].professionals) for rank in model.inside],
        years=years,
        hypothesis=Hypothesis.KNOWN,
        known=[
            Event(model.ranks[move.code], move.year, move.posts)
            for move in assumed.known
            if move.code in model.ranks
        ],
    )
    return Curve(Hypothesis.KNOWN, tuple(table[model.inside].sum(axis=0).tolist()))


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


def _departures(told: AgesTold, left: Floats, looking: Floats) -> tuple[Departures, ...]:
    rows = [
        Departures(
            sector,
            today=sector.professionals,
            left=staying,
            patients=float(looking[list(sector.ranks)].sum()),
        )
        for sector, staying in zip(told.sectors, left.tolist(), strict=True)
    ]
    return tuple(sorted(rows, key=lambda one: (-one.leaving / one.today, one.sector.ranks)))


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
        if gone <= 0:
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
