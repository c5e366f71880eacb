"""Why this post, and why not that fraction.

A post is explained to each employer by what it fills that nobody would take alone, to the person
by hours, days and roads. A fraction left out is told the first thing that keeps it apart, in the
order in which somebody could mend it: nobody else asks for this profession; the others are too
far; they begin at another time; their days clash; no total is bearable; it was refused; it could
be in a post, and others made a better use of its partners.

Complexity: one listing of the compatible sets, then O(n) per fraction left out.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

from ancrage.core.posts.sets import (
    Rules,
    Together,
    compatible_sets,
    distances,
    ordered,
    rules_of,
)
from ancrage.core.posts.values import Fraction, Instance, Plan, Post, check


class Why(Enum):
    """What keeps a fraction apart, with the figure that tells how much."""

    ALONE = "nobody else asks for this profession"
    FAR = "too far"  # minutes to the nearest partner, when known
    START = "starts too far apart"  # days between this start and the nearest
    CLASH = "days that clash"
    TOTAL = "no bearable total"  # the nearest total of two fractions
    REFUSED = "refused before"
    OUTBID = "partners better used elsewhere"  # how many sets it could have joined


@dataclass(frozen=True, slots=True)
class PartGain:
    """What an employer gets: a part filled, or kept, by somebody who would not come for it alone.

    Attributes:
        kept: whether the person is there already, and would have left.
        missing_alone: what this part lacks to be a post by itself, in hundredths of FTE.
        days: how many days of the week the person comes.
    """

    fraction: str
    employer: str
    site: str
    fte: int
    kept: bool
    missing_alone: int
    days: int


@dataclass(frozen=True, slots=True)
class PostReasons:
    """What a post brings to each.

    Attributes:
        parts: by key of fraction.
        fte: what the person gets in all.
        days: how many days of the week they work.
        days_on_the_road: how many of them on two sites or more.
        longest_trip: minutes, between the two sites farthest apart.
    """

    parts: tuple[PartGain, ...]
    fte: int
    employers: int
    days: int
    days_on_the_road: int
    longest_trip: int
    person: str | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why a fraction is in no post: the reason, its figure, the fractions that were considered."""

    fraction: str
    why: Why
    figure: int | None
    partners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasons:
    """Those of the posts, in the order of the plan; those of the fractions left out, by key."""

    posts: tuple[PostReasons, ...]
    left_out: tuple[LeftOut, ...]


def explain(instance: Instance, plan: Plan) -> Reasons:
    """Return why these posts, and why not the other fractions.

    Raises:
        InvalidInstance: what is asked makes no sense.
    """
    check(instance)
    fractions, minutes = ordered(instance), distances(instance)
    known = {one.key: one for one in fractions}
    taken = {key for post in plan.posts for key in post.keys}
    candidates, _thinned = compatible_sets(instance)
    joined: dict[int, list[tuple[int, ...]]] = {}
    for one in candidates:
        for part in one.parts:
            joined.setdefault(part, []).append(one.parts)
    asker = _Asker(instance, fractions, Together(instance, fractions, minutes))
    return Reasons(
        tuple(_of_post(instance, known, minutes, post) for post in plan.posts),
        tuple(
            asker.why(rank, joined.get(rank, []))
            for rank, one in enumerate(fractions)
            if one.key not in taken
        ),
    )


def _of_post(
    instance: Instance,
    known: dict[str, Fraction],
    minutes: dict[tuple[str, str], int],
    post: Post,
) -> PostReasons:
    own = [known[key] for key in post.keys]
    held = next((one for one in own if one.holder is not None), None)
    least = rules_of(instance, held).least
    sites_by_day: dict[int, set[str]] = {}
    for one, part in zip(own, post.parts, strict=True):
        for slot in part.week:
            sites_by_day.setdefault(slot.day, set()).add(one.site)
    return PostReasons(
        tuple(
            PartGain(
                one.key,
                one.employer,
                one.site,
                one.fte,
                one.holder is not None,
                max(0, least - one.fte),
                len({slot.day for slot in part.week}),
            )
            for one, part in zip(own, post.parts, strict=True)
        ),
        post.fte,
        len({one.employer for one in own}),
        len(sites_by_day),
        sum(len(sites) > 1 for sites in sites_by_day.values()),
        max(minutes[a.site, b.site] for a in own for b in own),
        post.person,
    )


class _Asker:
    """Asks of the possible partners of a fraction, one condition after the other."""

    def __init__(
        self, instance: Instance, fractions: Sequence[Fraction], together: Together
    ) -> None:
        self._instance = instance
        self._fractions = fractions
        self._together = together

    def why(self, rank: int, sets: Sequence[tuple[int, ...]]) -> LeftOut:
        """Return why this fraction is in no post; `sets` are those that it could have joined."""
        if sets:
            partners = sorted({part for one in sets for part in one} - {rank})
            return self._said(rank, Why.OUTBID, len(sets), partners)
        own = self._fractions[rank]
        others = [
            other
            for other, one in enumerate(self._fractions)
            if one.profession == own.profession
            and one.employer != own.employer
            and (one.holder is None or own.holder is None)
        ]
        if not others:
            return self._said(rank, Why.ALONE, None, [])
        conditions: tuple[tuple[Why, Callable[[int, int, Rules], bool]], ...] = (
            (Why.FAR, self._together.near),
            (Why.START, lambda first, second, _rules: self._together.in_time(first, second)),
            (
                Why.CLASH,
                lambda first, second, rules: self._together.in_a_week((first, second), rules),
            ),
        )
        for why, holds in conditions:
            left = [other for other in others if holds(rank, other, self._rules(rank, other))]
            if not left:
                return self._said(rank, why, self._figure(why, rank, others), others)
            others = left
        if any(own.key in keys for keys in self._instance.refused):
            return self._said(rank, Why.REFUSED, None, others)
        return self._said(rank, Why.TOTAL, self._figure(Why.TOTAL, rank, others), others)

    def _rules(self, first: int, second: int) -> Rules:
        pair = self._fractions[first], self._fractions[second]
        return rules_of(self._instance, next((one for one in pair if one.holder), None))

    def _figure(self, why: Why, rank: int, others: Sequence[int]) -> int | None:
        own = self._fractions[rank]
        if why is Why.FAR:
            known = [self._together.apart(rank, other, -1) for other in others]
            return min((minutes for minutes in known if minutes >= 0), default=None)
        if why is Why.START:
            return min(abs((self._fractions[other].start - own.start).days) for other in others)
        if why is Why.TOTAL:
            totals = [
                (own.fte + self._fractions[one].fte, self._rules(rank, one)) for one in others
            ]
            return min(
                totals, key=lambda one: (max(one[1].least - one[0], one[0] - one[1].most), one[0])
            )[0]
        return None

    def _said(self, rank: int, why: Why, figure: int | None, partners: Sequence[int]) -> LeftOut:
        keys = tuple(self._fractions[other].key for other in partners)
        return LeftOut(self._fractions[rank].key, why, figure, keys)
