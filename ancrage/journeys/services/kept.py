"""Who stayed: by structure and by aid, as may be told beside the curve of everybody.

A curve rests on the people followed at each month; those of a group taken away from those of all
leave the others. So a month of a group is told where the numbers of people followed then are, of
all groups at once (`ancrage.privacy.cells.parted`), and where the curve of the group may be
(`ancrage.core.survival.masking`).

Structures share people out: a post is in one, or in none. Aids do not, and each is told where
those who had it and those who had not both may be.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ancrage.core.survival.masking import masked_reading
from ancrage.core.survival.retention import Reading, Stay, retention_curve
from ancrage.journeys.queries.figures import StayLine
from ancrage.journeys.services.figures import Retention, Showing, observed, retention_of
from ancrage.privacy.cells import parted

KEPT_AT = (6, 12, 24)


@dataclass(frozen=True)
class KeptGroup:
    """A structure or an aid, by its primary key: what is told of it, month by month of
    `KEPT_AT`; None is hidden, or nobody was followed so long."""

    pk: int
    readings: tuple[Reading | None, ...]


@dataclass(frozen=True)
class Keeping:
    """How long people stayed in their posts, all years together. Groups of which nothing may be
    told are left out."""

    everybody: Retention
    by_partner: tuple[KeptGroup, ...]
    by_scheme: tuple[KeptGroup, ...]


def keeping_of(lines: Sequence[StayLine], aided: Mapping[int, Collection[int]]) -> Keeping:
    """Return who stayed in these posts, small numbers hidden; `aided` are the people who had each
    aid."""
    return Keeping(
        retention_of(lines, showing=Showing(exact=False)),
        _by_partner(lines),
        _by_scheme(lines, aided),
    )


def _by_partner(lines: Sequence[StayLine]) -> tuple[KeptGroup, ...]:
    stays: dict[int | None, list[Stay]] = defaultdict(list)
    for line in lines:
        if (stay := observed(line)) is not None:
            stays[line.partner].append(stay)
    groups = list(stays)
    told = {
        months: dict(
            zip(groups, parted([_followed(stays[one], months) for one in groups]), strict=True)
        )
        for months in KEPT_AT
    }
    found = [
        KeptGroup(pk, _readings(stays[pk], [bool(told[months][pk]) for months in KEPT_AT]))
        for pk in groups
        if pk is not None
    ]
    return _largest_first(found)


def _by_scheme(
    lines: Sequence[StayLine], aided: Mapping[int, Collection[int]]
) -> tuple[KeptGroup, ...]:
    known = [(line.person, stay) for line in lines if (stay := observed(line)) is not None]
    found = []
    for scheme, people in aided.items():
        stays = [stay for person, stay in known if person in people]
        others = [stay for person, stay in known if person not in people]
        told = [
            bool(parted([_followed(stays, months), _followed(others, months)])[0])
            for months in KEPT_AT
        ]
        found.append(KeptGroup(scheme, _readings(stays, told)))
    return _largest_first(found)


def _readings(stays: Sequence[Stay], told: Sequence[bool]) -> tuple[Reading | None, ...]:
    curve = retention_curve(stays) if any(told) else None
    return tuple(
        masked_reading(curve, months) if curve is not None and is_told else None
        for months, is_told in zip(KEPT_AT, told, strict=True)
    )


def _followed(stays: Sequence[Stay], months: float) -> int:
    return sum(stay.entered < months <= stay.until for stay in stays)


def _largest_first(groups: Sequence[KeptGroup]) -> tuple[KeptGroup, ...]:
    told = [one for one in groups if any(one.readings)]
    return tuple(
        sorted(told, key=lambda one: ([-(r.at_risk if r else 0) for r in one.readings], one.pk))
    )
