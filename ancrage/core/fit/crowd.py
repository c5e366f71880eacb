"""Many people beside one need, without the reasons: who may, what they cover, their score.

Problem. A plan asks three things of millions of pairs: does something known keep the person from
the post, how much of it would they cover, what is their score? `fit` answers with all its reasons,
in some forty microseconds a pair: too long where nobody reads them.

Steps:

1. The facts of a person that few people differ by (ways into the profession and papers; contracts;
   hours, days, experience and skills) are asked of `fit` itself, once for each different set of
   them and each need that asks differently. Nothing is decided a second time here.
2. Dates, journeys and FTE are numbers, compared for everybody at once.

The answers equal those of `fit` without travel times, pair by pair; distances may differ by the
last bit of a float.

Complexity: O(n) array operations for a need, and one `fit` for each different set of facts beside
each different way of asking.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from ancrage.core.accessibility.distances import distances_km
from ancrage.core.fit.answers import Topic
from ancrage.core.fit.conditions import FASTEST_KMH
from ancrage.core.fit.facts import Need, Person, Zone
from ancrage.core.fit.parts import FAR_KM, LATEST_DAYS, NEAR_KM, NEUTRAL, Part, Weights
from ancrage.core.fit.scoring import USUAL_WEIGHTS, fit
from ancrage.core.fit.territory.values import Pair
from ancrage.core.kleene import State

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]
# `Pair._make`, without a call of Python for each of millions.
_pair: Callable[[Iterable[object]], Pair] = partial(tuple.__new__, Pair)
# More than any score: a hundredth of FTE outweighs it.
_SCORES = 1_000


class Crowd:
    """People ready to be set beside needs, in the order of their keys."""

    def __init__(self, people: Iterable[Person], weights: Weights = USUAL_WEIGHTS) -> None:
        self._people = sorted(people, key=lambda person: person.key)
        self._weights = weights
        self.keys = tuple(person.key for person in self._people)
        self._rank = {key: rank for rank, key in enumerate(self.keys)}
        self._ways = _Facts(
            self._people,
            lambda one: (one.practices, one.licences, one.proofs),
            ("practices", "licences", "proofs"),
            (Topic.PROFESSION, Topic.RIGHT, Topic.PROOFS),
            (Part.PROFESSION,),
        )
        self._contracts = _Facts(
            self._people, lambda one: (one.contracts,), ("contracts",), (Topic.CONTRACT,), ()
        )
        self._week = _Facts(
            self._people,
            lambda one: (
                one.hours_accepted,
                one.hours_refused,
                one.days,
                one.years_of_experience,
                one.skills,
            ),
            ("hours_accepted", "hours_refused", "days", "years_of_experience", "skills"),
            (Topic.HOURS, Topic.DAYS),
            (Part.HOURS, Part.EXPERIENCE, Part.SKILLS),
        )
        self._expects = any(
            practice.diploma.on or practice.registration.on
            for one in self._people
            for practice in one.practices or ()
        )
        self._begins = _days(one.available_from for one in self._people)
        self._ends = _days(one.available_to for one in self._people)
        self._least = _numbers(one.fte_min for one in self._people)
        self._most = _numbers(one.fte_max for one in self._people)
        self._zones = _Zones([one.zones for one in self._people])

    def best(
        self,
        need: Need,
        most: int,
        *,
        imposed: Collection[str] = (),
        without: Collection[str] = (),
    ) -> list[Pair]:
        """Return those imposed, then the best people that nothing known keeps from the post.

        The best cover the most FTE, then have the highest score, then the first key. People of
        `without` are left out; keys that the crowd does not hold are ignored.
        """
        missing, covered, score = self.beside(need)
        may = ~missing
        wanted = [self._rank[key] for key in sorted(imposed) if key in self._rank]
        left_out = [self._rank[key] for key in without if key in self._rank]
        may[[*wanted, *left_out]] = False
        able = np.flatnonzero(may)
        worth = covered[able] * _SCORES + score[able]
        chosen = [*wanted, *able[np.argsort(-worth, kind="stable")[:most]].tolist()]
        keys = map(self.keys.__getitem__, chosen)
        columns = zip(
            keys,
            repeat(need.key),
            covered[chosen].tolist(),
            score[chosen].tolist(),
            strict=False,
        )
        return list(map(_pair, columns))

    def beside(self, need: Need) -> tuple[Bools, Ints, Ints]:
        """Return for each person whether a condition is missing, the FTE covered, the score."""
        weights = self._weights
        dated = bool(need.licences or need.proofs or self._expects)
        way = (need.profession, need.specialty, need.bridges, need.licences, need.proofs)
        titles = (need.diploma_required, need.registration_required)
        dates = (need.contract, need.starts_on, need.latest_start, need.ends_on)
        no_way, points = self._ways.beside(need, (*way, *titles, dates if dated else ()), weights)
        no_contract, _none = self._contracts.beside(need, (need.contract,), weights)
        asked = (need.hours, need.days, need.years_of_experience, need.skills)
        no_week, week_points = self._week.beside(need, asked, weights)
        no_date, timing = self._dates(need)
        no_journey, proximity = self._zones.beside(need)
        no_fte, share, covered = self._fte(need)
        total = weights.total
        points = points + week_points + timing * weights.timing
        points = points + proximity * weights.proximity + share * weights.fte
        missing = no_way | no_contract | no_week | no_date | no_journey | no_fte
        return missing, covered, (2 * points + total) // (2 * total)

    def _dates(self, need: Need) -> tuple[Bools, Ints]:
        (begins, begins_known), (ends, ends_known) = self._begins, self._ends
        missing = np.zeros(len(begins), dtype=bool)
        last_start = need.latest_start or need.starts_on
        if last_start is not None:
            missing |= begins_known & (begins > last_start.toordinal())
        for day in (need.starts_on, need.ends_on):
            if day is not None:
                missing |= ends_known & (day.toordinal() > ends)
        if need.starts_on is None:
            return missing, np.full(len(begins), NEUTRAL)
        late = np.clip(begins - need.starts_on.toordinal(), 0, LATEST_DAYS)
        worth = 100 * (LATEST_DAYS - late) // LATEST_DAYS
        return missing, np.where(begins_known, worth, NEUTRAL)

    def _fte(self, need: Need) -> tuple[Bools, Ints, Ints]:
        (least, least_known), (most, most_known) = self._least, self._most
        covered = np.where(most_known, np.minimum(need.fte, most), need.fte)
        missing = (least_known & (need.fte < least)) | (most_known & (need.fte > most))
        share = 100 * np.minimum(need.fte, most) // np.maximum(need.fte, least)
        return missing, np.where(least_known & most_known, share, NEUTRAL), covered


class _Facts:
    """Facts that few people differ by, each different set of them asked of `fit` once."""

    def __init__(
        self,
        people: Sequence[Person],
        read: Callable[[Person], tuple[Hashable, ...]],
        names: tuple[str, ...],
        topics: tuple[Topic, ...],
        parts: tuple[Part, ...],
    ) -> None:
        numbers: dict[tuple[Hashable, ...], int] = {}
        self._number = np.array(
            [numbers.setdefault(read(one), len(numbers)) for one in people], dtype=np.intp
        )
        self._kinds = [
            Person("", **dict(zip(names, facts, strict=True)))  # type: ignore[arg-type]
            for facts in numbers
        ]
        self._topics, self._parts = frozenset(topics), frozenset(parts)
        self._known: dict[tuple[Hashable, ...], tuple[Bools, Ints]] = {}

    def beside(
        self, need: Need, asked: tuple[Hashable, ...], weights: Weights
    ) -> tuple[Bools, Ints]:
        """Say for each person whether a topic is missing, and the points of the parts.

        `asked` holds all of the need that these facts are compared with.
        """
        if asked not in self._known:
            fits = [fit(one, need, weights) for one in self._kinds]
            missing = [
                any(c.state is State.MISSING for c in one.conditions if c.topic in self._topics)
                for one in fits
            ]
            points = [
                sum(p.value * p.weight for p in one.parts if p.part in self._parts) for one in fits
            ]
            self._known[asked] = np.array(missing, dtype=bool), np.array(points, dtype=np.int64)
        missing_of, points_of = self._known[asked]
        return missing_of[self._number], points_of[self._number]


class _Zones:
    """The zones of all the people, one after the other."""

    def __init__(self, zones: Sequence[tuple[Zone, ...] | None]) -> None:
        self._count = len(zones)
        # Nowhere to go is known; « nobody has said where » is not.
        self._said = np.array([own is not None for own in zones], dtype=bool)
        flat = [(rank, zone) for rank, own in enumerate(zones) for zone in own or ()]
        self._owner = np.array([rank for rank, _zone in flat], dtype=np.intp)
        communes: dict[str, int] = {}
        self._communes = communes
        self._commune = np.array(
            [communes.setdefault(zone.commune, len(communes)) for _rank, zone in flat],
            dtype=np.intp,
        )
        placed = [zone.latitude is not None and zone.longitude is not None for _r, zone in flat]
        self._placed = np.array(placed, dtype=bool)
        self._latitudes = np.array([zone.latitude or 0.0 for _rank, zone in flat])
        self._longitudes = np.array([zone.longitude or 0.0 for _rank, zone in flat])
        self._minutes = _reaches(zone.max_minutes for _rank, zone in flat)
        self._km = _reaches(zone.max_km for _rank, zone in flat)

    def beside(self, need: Need) -> tuple[Bools, Ints]:
        """Say for each person whether all zones are too far, and what the nearest is worth."""
        known = self._placed
        far = np.zeros(len(self._owner))
        if need.latitude is None or need.longitude is None or not len(far):
            known = np.zeros_like(known)
        else:
            far = distances_km(need.latitude, need.longitude, self._latitudes, self._longitudes)
            far = np.where(known, far, 0.0)
        there = self._commune == (self._communes.get(need.commune, -1) if need.commune else -1)
        too_far = np.ceil(far * 60 / FASTEST_KMH) > self._minutes
        too_far |= known & (far > self._km)
        reached = np.zeros(self._count, dtype=bool)
        reached[self._owner[there | ~too_far]] = True
        worth = np.clip(100 * (FAR_KM - far) / (FAR_KM - NEAR_KM), 0, 100).astype(np.int64)
        worth = np.where(there, 100, np.where(known, worth, -1))
        nearest = np.full(self._count, -1)
        np.maximum.at(nearest, self._owner, worth)
        return self._said & ~reached, np.where(nearest < 0, NEUTRAL, nearest)


def _days(days: Iterable[date | None]) -> tuple[Ints, Bools]:
    return _numbers(None if day is None else day.toordinal() for day in days)


def _numbers(values: Iterable[int | None]) -> tuple[Ints, Bools]:
    listed = list(values)
    known = np.array([value is not None for value in listed], dtype=bool)
    return np.array([value or 0 for value in listed], dtype=np.int64), known


def _reaches(values: Iterable[float | None]) -> NDArray[np.float64]:
    return np.array([np.inf if value is None else value for value in values], dtype=np.float64)
