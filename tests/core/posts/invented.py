"""Fractions and plans of the tests, and what is true of them by trying all."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations, product

from hypothesis import strategies as st

from ancrage.core.posts.values import (
    Fraction,
    Holder,
    Instance,
    Limits,
    Shift,
    Slot,
    Trip,
    Worth,
)

NEW_YEAR = date(2027, 1, 1)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = range(5)


def day(*days: int) -> frozenset[Slot]:
    """Mornings and afternoons of these days."""
    return frozenset(Slot(one, half) for one in days for half in (Shift.MORNING, Shift.AFTERNOON))


def fraction(key: str, fte: int, slots: frozenset[Slot] = frozenset(), **more) -> Fraction:
    """A fraction of a nurse's post, each on the site of its own employer."""
    facts = {"employer": f"employer of {key}", "site": f"site of {key}", "profession": "nurse"}
    return Fraction(key=key, fte=fte, slots=slots, **{"start": NEW_YEAR, **facts, **more})


def everywhere(fractions: tuple[Fraction, ...], minutes: int = 20) -> tuple[Trip, ...]:
    """The same trip between any two sites."""
    sites = sorted({one.site for one in fractions})
    return tuple(Trip(*pair, minutes) for pair in combinations(sites, 2))


@st.composite
def instances(draw, most: int = 6):
    """Few fractions, on few sites, with all that can set them apart."""
    slots = st.frozensets(
        st.builds(Slot, st.integers(0, 2), st.sampled_from(Shift)), max_size=4
    ) | st.just(day(0, 1))
    fractions = []
    for rank in range(draw(st.integers(0, most))):
        own = draw(slots)
        holder = None
        if draw(st.integers(0, 4)) == 0:
            least = draw(st.sampled_from([60, 80]))
            travel = draw(st.sampled_from([None, 10, 60]))
            holder = Holder(
                f"p{rank}", least, draw(st.sampled_from([80, 100])), travel, draw(slots)
            )
        fractions.append(
            Fraction(
                f"f{rank}",
                draw(st.sampled_from("abcd")),
                draw(st.sampled_from("xyz")),
                draw(st.sampled_from(["nurse", "nurse", "nurse", "cook"])),
                draw(st.sampled_from([20, 30, 40, 50, 60])),
                NEW_YEAR + timedelta(draw(st.sampled_from([0, 0, 30, 200]))),
                own,
                draw(st.none() | st.integers(0, len(own))),
                holder,
            )
        )
    trips = tuple(
        Trip(*ends, draw(st.sampled_from([5, 15, 40, 50])))
        for ends in ("xy", "xz", "yz")
        if draw(st.integers(0, 3))
    )
    limits = Limits(employers=draw(st.integers(2, 3)), parts=draw(st.integers(2, 4)))
    names = [one.key for one in fractions]
    pairs = list(combinations(names, 2))
    refused = draw(st.frozensets(st.sampled_from(pairs), max_size=2)) if pairs else frozenset()
    return Instance(
        tuple(draw(st.permutations(fractions))), trips, limits, frozenset(map(frozenset, refused))
    )


def crowded(seed: int, fractions: int) -> Instance:
    """Fractions that nearly all go together: what is hard is to choose."""
    dice = random.Random(seed)
    drawn = tuple(
        fraction(f"f{rank:02}", dice.choice([20, 30, 40, 50, 60]), employer=dice.choice("abcdefg"))
        for rank in range(fractions)
    )
    pairs = combinations((one.site for one in drawn), 2)
    return Instance(drawn, tuple(Trip(*pair, dice.randrange(5, 60)) for pair in pairs))


def hours(slot: Slot) -> tuple[float, float]:
    """From and to, in hours after Monday midnight."""
    opens, closes = {
        Shift.MORNING: (8, 12),
        Shift.AFTERNOON: (13, 18),
        Shift.EVENING: (14, 21.5),
        Shift.NIGHT: (21, 31),
    }[slot.shift]
    return slot.day * 24 + opens, slot.day * 24 + closes


def clash(one: Slot, other: Slot) -> bool:
    """Overlap, or less than eleven hours of rest but within a day of thirteen; weeks turn."""
    for week in (-168, 0, 168):
        (a, b), (c, d) = hours(one), [hour + week for hour in hours(other)]
        if a < d and c < b:
            return True
        if 0 <= max(c - b, a - d) < 11 and max(b, d) - min(a, c) > 13:
            return True
    return False


def sets_by_trying_all(instance: Instance) -> Iterator[tuple[tuple[str, ...], Worth]]:
    """Every set of fractions that one person can hold."""
    minutes = {frozenset(trip[:2]): trip.minutes for trip in instance.trips}
    limits = instance.limits
    for size in range(2, limits.parts + 1):
        for own in combinations(sorted(instance.fractions, key=lambda one: one.key), size):
            held = [one.holder for one in own if one.holder]
            wish = held[0] if held else Holder("", limits.least, limits.most)
            most_minutes = limits.travel if wish.travel is None else wish.travel
            sites = [frozenset(pair) for pair in combinations({one.site for one in own}, 2)]
            starts = sorted(one.start for one in own)
            if (
                len(held) < 2
                and len({one.profession for one in own}) == 1
                and 2 <= len({one.employer for one in own}) <= limits.employers
                and wish.least <= sum(one.fte for one in own) <= wish.most
                and all(minutes.get(pair, 999) <= most_minutes for pair in sites)
                and (starts[-1] - starts[0]).days <= limits.wait
                and frozenset(one.key for one in own) not in instance.refused
                and any(weeks_of(own, wish.off))
            ):
                travel = sum(minutes[pair] for pair in sites)
                yield tuple(one.key for one in own), Worth(sum(one.fte for one in own), travel)


def weeks_of(own: tuple[Fraction, ...], off: frozenset[Slot]) -> Iterator[bool]:
    """Whether each way to share out the week holds."""
    choices = [
        combinations(
            sorted(one.slots if one.holder else one.slots - off),
            len(one.slots) if one.needed is None else one.needed,
        )
        for one in own
    ]
    for weeks in product(*choices):
        yield not any(
            clash(one, other)
            for first, second in combinations(weeks, 2)
            for one in first
            for other in second
        )


def best_by_trying_all(instance: Instance) -> Worth:
    """The worth of the best plan."""
    sets = list(sets_by_trying_all(instance))
    best = Worth(0, 0)
    stack = [(0, frozenset[str](), Worth(0, 0))]
    while stack:
        rank, taken, worth = stack.pop()
        if (worth.fte, -worth.travel) > (best.fte, -best.travel):
            best = worth
        for later in range(rank, len(sets)):
            keys, gain = sets[later]
            if taken.isdisjoint(keys):
                total = Worth(worth.fte + gain.fte, worth.travel + gain.travel)
                stack.append((later + 1, taken | set(keys), total))
    return best
