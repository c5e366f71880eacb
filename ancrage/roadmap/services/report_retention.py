"""How long people stay, as a report keeps it: the curve, what it says at some months, groups."""

from collections.abc import Mapping, Sequence
from typing import Any

from ancrage.core.survival.retention import Reading
from ancrage.journeys.measures import posts_ever
from ancrage.journeys.queries.figures import aided_people
from ancrage.journeys.services.kept import KEPT_AT, KeptGroup, keeping_of
from ancrage.partners.models import Partner
from ancrage.schemes.models import Scheme
from ancrage.territory.measures import Period
from ancrage.territory.perimeters import Perimeter

MOST_GROUPS = 10


def retention_told(where: Perimeter, period: Period) -> dict[str, Any] | None:
    """Return what is told of retention: of the whole territory, and where five people at least
    were followed; else None. Four queries at most.

    Shares are percents, rounded; `steps` are (months, share, lowest, highest, people followed).
    """
    if not where.is_whole:
        return None
    kept = keeping_of(posts_ever(where, period), aided_people(where.territory))
    steps = [step for step in kept.everybody.curve.steps if None not in (step.low, step.high)]
    if len(steps) < 2:
        return None
    partners = Partner.objects.in_bulk([one.pk for one in kept.by_partner[:MOST_GROUPS]])
    schemes = Scheme.objects.in_bulk([one.pk for one in kept.by_scheme[:MOST_GROUPS]])
    return {
        "people": kept.everybody.people,
        "median": kept.everybody.curve.median,
        "steps": [
            [step.time, *_percents(step.survival, step.low, step.high), step.at_risk]
            for step in steps
        ],
        "readings": [
            {"months": months, **_reading(reading)} for months, reading in kept.everybody.readings
        ],
        "months": list(KEPT_AT),
        "partners": _groups(kept.by_partner, partners),
        "schemes": _groups(kept.by_scheme, schemes),
    }


def _groups(groups: Sequence[KeptGroup], names: Mapping[int, Any]) -> list[dict[str, Any]]:
    return [
        {"label": str(names[one.pk]), "readings": [_reading(reading) for reading in one.readings]}
        for one in groups[:MOST_GROUPS]
    ]


def _reading(reading: Reading | None) -> dict[str, Any]:
    if reading is None:
        return {"share": None, "low": None, "high": None, "at_risk": None}
    share, low, high = _percents(reading.survival, reading.low, reading.high)
    return {"share": share, "low": low, "high": high, "at_risk": reading.at_risk}


def _percents(*shares: float | None) -> list[int | None]:
    return [None if one is None else round(100 * one) for one in shares]
