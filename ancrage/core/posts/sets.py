"""The sets of fractions that one person can hold: every one of them.

Problem. List the sets of fractions of one profession, of two employers or more, that respect the
limits: parts, employers, travel between any two sites, starts, total, and a week that holds them
all. At most one fraction of a set has a holder, whose wishes then take the place of the limits.

Steps. Whether two fractions go together is asked once. A set grows by fractions that go with all
it has, in the order of their keys, so that none is met twice; those with a holder grow from the
fraction held. Total, employers and weeks only get worse as a set grows: a set that fails is left
with all that contains it.

Complexity: O(n²) pairs within a profession, then one step per set that respects all but the
least total. Where fractions are so many that sets cannot all be listed, each keeps its nearest
partners, and the answer says that it is not complete.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ancrage.core.posts.values import Fraction, Instance, Part, Post, check
from ancrage.core.posts.weeks import Pattern, fits, mask_of, pattern_of, shared_out, slots_of

# How many sets are looked at for each fraction of a profession, before partners are chosen.
EFFORT_PER_FRACTION = 100
FEWEST_LOOKED_AT = 40_000
# Partners kept by each fraction when sets are too many to be listed.
PARTNERS = (24, 12, 8)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A set of fractions that one person can hold, by rank in the order of keys."""

    parts: tuple[int, ...]
    fte: int
    travel: int


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits of a set: those of everybody, or the wishes of who holds a part of it."""

    least: int
    most: int
    travel: int
    off: int = 0


class TooMany(Exception):
    """There are more sets than the effort allows."""


def ordered(instance: Instance) -> list[Fraction]:
    """Return the fractions in the order that gives them their ranks."""
    return sorted(instance.fractions, key=lambda one: one.key)


def distances(instance: Instance) -> dict[tuple[str, str], int]:
    """Return the minutes between two sites, either way; a site is at 0 from itself."""
    minutes = {(one.site, one.site): 0 for one in instance.fractions}
    for first, second, time in instance.trips:
        minutes[first, second] = minutes[second, first] = time
    return minutes


def rules_of(instance: Instance, fraction: Fraction | None) -> Rules:
    """Return the rules of the sets that contain this fraction held, or of those without."""
    limits = instance.limits
    if fraction is None or fraction.holder is None:
        return Rules(limits.least, limits.most, limits.travel)
    holder = fraction.holder
    travel = limits.travel if holder.travel is None else holder.travel
    return Rules(holder.least, holder.most, travel, mask_of(holder.off))


def compatible_sets(instance: Instance) -> tuple[list[Candidate], frozenset[str]]:
    """Return the compatible sets, and the professions whose sets could not all be listed."""
    fractions, minutes = ordered(instance), distances(instance)
    professions: dict[str, list[int]] = defaultdict(list)
    for rank, fraction in enumerate(fractions):
        professions[fraction.profession].append(rank)
    refused = frozenset(
        tuple(rank for rank, fraction in enumerate(fractions) if fraction.key in keys)
        for keys in instance.refused
    )
    found: list[Candidate] = []
    thinned = set()
    for profession, ranks in sorted(professions.items()):
        grower = _Grower(instance, fractions, minutes, ranks)
        for partners in (None, *PARTNERS):
            sets = []
            try:
                for one in grower.sets(partners):
                    sets.append(one)
            except TooMany:
                thinned.add(profession)
                continue
            break
        found += [one for one in sets if one.parts not in refused]
    found.sort(key=lambda one: one.parts)
    return found, frozenset(thinned)


def best_posts(instance: Instance, *, most: int) -> tuple[Post, ...]:
    """Return the posts worth most, each by itself: they may share fractions.

    By FTE, then by travel, then by keys. For one person who chooses among them, whose wishes are
    the limits of the instance.

    Raises:
        InvalidInstance: what is asked makes no sense.
    """
    check(instance)
    fractions = ordered(instance)
    found, _thinned = compatible_sets(instance)
    found.sort(key=lambda one: (-one.fte, one.travel, one.parts))
    return tuple(post_of(instance, fractions, one) for one in found[:most])


def post_of(instance: Instance, fractions: Sequence[Fraction], one: Candidate) -> Post:
    """Return the post that a compatible set makes, with the week of each part."""
    own = [fractions[part] for part in one.parts]
    held = next((part for part in own if part.holder is not None), None)
    rules = rules_of(instance, held)
    patterns = [pattern_of(part) for part in own]
    weeks = shared_out(week_of(own, patterns, range(len(own)), rules))
    return Post(
        tuple(Part(part.key, slots_of(week)) for part, week in zip(own, weeks, strict=True)),
        one.fte,
        one.travel,
        max(part.start for part in own),
        held.holder.person if held is not None and held.holder is not None else None,
    )


class Together:
    """Whether fractions go together under some rules."""

    def __init__(
        self,
        instance: Instance,
        fractions: Sequence[Fraction],
        minutes: Mapping[tuple[str, str], int],
    ) -> None:
        self._wait = instance.limits.wait
        self._fractions = fractions
        self._minutes = minutes
        self.patterns = [pattern_of(one) for one in fractions]

    def near(self, first: int, second: int, rules: Rules) -> bool:
        """Whether the sites are within reach of one another."""
        return self.apart(first, second, rules.travel + 1) <= rules.travel

    def apart(self, first: int, second: int, unknown: int = 0) -> int:
        """Return the minutes between the sites of two fractions."""
        ends = self._fractions[first].site, self._fractions[second].site
        return self._minutes.get(ends, unknown)

    def in_time(self, first: int, second: int) -> bool:
        """Whether both begin at about the same time."""
        starts = self._fractions[first].start, self._fractions[second].start
        return abs((starts[0] - starts[1]).days) <= self._wait

    def in_a_week(self, parts: Sequence[int], rules: Rules) -> bool:
        """Whether one week holds them all."""
        return fits(tuple(sorted(week_of(self._fractions, self.patterns, parts, rules))))


def week_of(
    fractions: Sequence[Fraction], patterns: Sequence[Pattern], parts: Sequence[int], rules: Rules
) -> tuple[Pattern, ...]:
    """Return what each part asks of the week, once its holder has said when they are off."""
    return tuple(
        patterns[part]
        if fractions[part].holder is not None
        else (patterns[part][0] & ~rules.off, patterns[part][1])
        for part in parts
    )


class _Grower:
    """Lists the sets of one profession."""

    def __init__(
        self,
        instance: Instance,
        fractions: Sequence[Fraction],
        minutes: Mapping[tuple[str, str], int],
        ranks: Sequence[int],
    ) -> None:
        self._instance = instance
        self._fractions = fractions
        self._together = Together(instance, fractions, minutes)
        self._open = [rank for rank in ranks if fractions[rank].holder is None]
        self._held = [rank for rank in ranks if fractions[rank].holder is not None]
        self._effort = max(FEWEST_LOOKED_AT, EFFORT_PER_FRACTION * len(ranks))
        self._left = self._effort
        self._partners: int | None = None
        self._pairs = self._paired(self._open, rules_of(instance, None))

    def sets(self, partners: int | None) -> Iterator[Candidate]:
        """Yield every set, or those of the nearest partners of each fraction.

        Raises:
            TooMany: they are more than the effort allows.
        """
        self._left, self._partners = self._effort, partners
        rules = rules_of(self._instance, None)
        friends = self._friends(self._pairs)
        for rank in self._open:
            later = friends[rank] & -(1 << rank)
            yield from self._grow((rank,), later, friends, rules)
        for held in self._held:
            rules = rules_of(self._instance, self._fractions[held])
            able = [rank for rank in self._open if self._pair(held, rank, rules)]
            able = self._nearest(held, able)
            friends = self._friends(self._paired(able, rules))
            yield from self._grow((held,), sum(1 << rank for rank in able), friends, rules)

    def _pair(self, first: int, second: int, rules: Rules) -> bool:
        together = self._together
        return (
            self._fractions[first].fte + self._fractions[second].fte <= rules.most
            and together.near(first, second, rules)
            and together.in_time(first, second)
            and together.in_a_week((first, second), rules)
        )

    def _paired(self, ranks: Sequence[int], rules: Rules) -> dict[int, list[int]]:
        """For each fraction, those that go with it."""
        pairs: dict[int, list[int]] = {rank: [] for rank in ranks}
        for place, first in enumerate(ranks):
            for second in ranks[place + 1 :]:
                if self._pair(first, second, rules):
                    pairs[first].append(second)
                    pairs[second].append(first)
        return pairs

    def _friends(self, pairs: Mapping[int, list[int]]) -> dict[int, int]:
        """The bits of those that go with each fraction, or of the nearest of them."""
        friends = dict.fromkeys(pairs, 0)
        for first, able in pairs.items():
            for second in self._nearest(first, able):
                friends[first] |= 1 << second
                friends[second] |= 1 << first
        return friends

    def _nearest(self, rank: int, able: list[int]) -> list[int]:
        if self._partners is None:
            return able
        # At the same distance, those that follow: all would otherwise choose the same ones.
        count = len(self._fractions)
        nearest = sorted(
            able, key=lambda other: (self._together.apart(rank, other), (other - rank) % count)
        )
        return sorted(nearest[: self._partners])

    def _grow(
        self, parts: tuple[int, ...], able: int, friends: Mapping[int, int], rules: Rules
    ) -> Iterator[Candidate]:
        limits, fractions = self._instance.limits, self._fractions
        fte = sum(fractions[part].fte for part in parts)
        while able:
            low = able & -able
            able ^= low
            rank = low.bit_length() - 1
            grown, total = (*parts, rank), fte + fractions[rank].fte
            if total > rules.most:
                continue
            employers = len({fractions[part].employer for part in grown})
            if employers > limits.employers:
                continue
            self._left -= 1
            if self._left < 0:
                raise TooMany
            if len(grown) > 2 and not self._together.in_a_week(grown, rules):
                continue
            if total >= rules.least and employers > 1:
                yield Candidate(tuple(sorted(grown)), total, self._travel(grown))
            if len(grown) < limits.parts:
                yield from self._grow(grown, able & friends[rank], friends, rules)

    def _travel(self, parts: Sequence[int]) -> int:
        sites = sorted({self._fractions[part].site: part for part in parts}.values())
        return sum(
            self._together.apart(first, second)
            for place, first in enumerate(sites)
            for second in sites[place + 1 :]
        )
