"""Are these posts allowed, and can there be better ones?

Written from the definition of the problem; shares with the solver the values only.

Proof of a bound. Take any prices u(i) ≥ 0 of fractions and w(T) ≥ 0 of odd sets of fractions T.
A plan takes each fraction once at most, and its posts take at most (|T| − 1) / 2 times two
fractions of T. A post S gains g(S) = fte · scale − minutes. Hence, whatever the plan,

    gain  ≤  Σ u(i) + Σ w(T) · (|T| − 1) / 2 + Σ max(0, g(S) − u(S) − Σ w(T) · ⌊|S ∩ T| / 2⌋)

over all the sets S that are allowed. While `scale` exceeds the minutes of any plan, the quotient
of the bound by `scale`, rounded up, bounds the FTE, and what the rounding added bounds from below
the minutes of any plan that covers that FTE.

A post is checked by the clock: two shifts of different employers must lie within thirteen hours
of one another, or leave eleven hours between them.

Complexity: the bound lists the allowed sets of a profession, unless its prices cover all that
its fractions can bring.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations

from ancrage.core.posts.values import (
    DAYS,
    SMALLEST_CUT,
    Certificate,
    Fraction,
    Instance,
    Plan,
    Post,
    Proof,
    Shift,
    Slot,
    Violation,
    ViolationKind,
    Worth,
)

# From and to, in half hours after midnight.
CLOCK = {
    Shift.MORNING: (16, 24),
    Shift.AFTERNOON: (26, 36),
    Shift.EVENING: (28, 43),
    Shift.NIGHT: (42, 62),
}
DAY, REST = 48, 22
Slots = frozenset[Slot]


def worth(posts: Iterable[Post]) -> Worth:
    """Return what posts bring, by their own figures."""
    known = list(posts)
    return Worth(sum(one.fte for one in known), sum(one.travel for one in known))


def violations(instance: Instance, plan: Plan) -> list[Violation]:
    """Return all that is wrong with a plan."""
    found: list[Violation] = []
    known = {one.key: one for one in instance.fractions}
    minutes = _minutes(instance)
    for post in plan.posts:
        found += _violations_of(instance, known, minutes, post)
    taken = Counter(key for post in plan.posts for key in post.keys)
    found += [
        Violation(ViolationKind.FRACTION_TWICE, (key,))
        for key, times in sorted(taken.items())
        if times > 1
    ]
    if plan.worth != worth(plan.posts):
        found.append(Violation(ViolationKind.WORTH))
    return found + _unproved(instance, plan)


def violations_of(instance: Instance, post: Post) -> list[Violation]:
    """Return all that is wrong with a post by itself."""
    known = {one.key: one for one in instance.fractions}
    return _violations_of(instance, known, _minutes(instance), post)


def upper_bound(instance: Instance, certificate: Certificate | None = None) -> Worth:
    """Return what no plan of this instance can exceed, by these prices.

    Whoever made the prices: any prices ≥ 0 give a true bound. Without prices, every fraction
    counts as if it were covered, without any travel.

    Raises:
        ValueError: the prices are none.
    """
    if certificate is None:
        return Worth(sum(one.fte for one in instance.fractions), 0)
    if not _are_prices(instance, certificate):
        raise ValueError("these are no prices")
    scale, parts = certificate.scale, certificate.parts
    prices = dict(certificate.prices)
    ceiling = sum(prices.values())
    ceiling += sum(cut.price * ((len(cut.fractions) - 1) // 2) for cut in certificate.cuts)
    of: dict[str, list[int]] = defaultdict(list)
    for rank, cut in enumerate(certificate.cuts):
        for key in cut.fractions:
            of[key].append(rank)
    for own in _professions(instance):
        if all(prices.get(one.key, 0) >= one.fte * scale * parts for one in own):
            continue
        for members, fte, travel in _allowed(instance, own):
            surplus = (fte * scale - travel) * parts
            inside: Counter[int] = Counter()
            for key in members:
                surplus -= prices.get(key, 0)
                inside.update(of[key])
            surplus -= sum(certificate.cuts[rank].price * (n // 2) for rank, n in inside.items())
            ceiling += max(0, surplus)
    return bound_of(ceiling // parts, scale)


def bound_of(gain: int, scale: int) -> Worth:
    """Return the worth of a gain: most FTE, and least minutes for that FTE."""
    fte = -(-gain // scale)
    return Worth(fte, fte * scale - gain)


def allowed_sets(instance: Instance) -> Iterator[tuple[tuple[str, ...], Worth]]:
    """Yield every set of fractions that one person can hold, and what it brings."""
    for own in _professions(instance):
        for members, fte, travel in _allowed(instance, own):
            yield members, Worth(fte, travel)


def _violations_of(
    instance: Instance,
    known: Mapping[str, Fraction],
    minutes: Mapping[frozenset[str], int],
    post: Post,
) -> list[Violation]:
    if not known.keys() >= set(post.keys):
        return [Violation(ViolationKind.UNKNOWN_FRACTION, post.keys)]
    own = [known[key] for key in post.keys]
    kinds = [*_wrong(instance, minutes, own), *_miswritten(minutes, own, post)]
    return [Violation(kind, post.keys) for kind in kinds]


def _unproved(instance: Instance, plan: Plan) -> list[Violation]:
    if not _are_prices(instance, plan.certificate):
        return [Violation(ViolationKind.PRICES)]
    scale = plan.certificate.scale
    gain, bound, proved = (
        one.fte * scale - one.travel
        for one in (plan.worth, plan.bound, upper_bound(instance, plan.certificate))
    )
    holds = {
        Proof.OPTIMAL: gain == bound == proved,
        Proof.SEARCHED: gain == bound <= proved,
        Proof.BOUNDED: gain <= bound <= proved,
    }[plan.proof]
    return [] if holds else [Violation(ViolationKind.NOT_PROVED)]


def _are_prices(instance: Instance, certificate: Certificate) -> bool:
    limits = instance.limits
    wished = [one.holder.travel or 0 for one in instance.fractions if one.holder]
    longest = max([limits.travel, *wished])
    most_minutes = len(instance.fractions) * (limits.parts - 1) * longest / 2
    known = {one.key for one in instance.fractions}
    return (
        certificate.parts > 0
        and certificate.scale > most_minutes
        and all(price >= 0 for _key, price in (*certificate.prices, *certificate.cuts))
        and all(
            len(set(cut.fractions)) == len(cut.fractions) >= SMALLEST_CUT
            and len(cut.fractions) % 2 == 1
            and known >= set(cut.fractions)
            for cut in certificate.cuts
        )
    )


def _professions(instance: Instance) -> list[list[Fraction]]:
    own: dict[str, list[Fraction]] = defaultdict(list)
    for one in sorted(instance.fractions, key=lambda one: one.key):
        own[one.profession].append(one)
    return list(own.values())


def _minutes(instance: Instance) -> dict[frozenset[str], int]:
    minutes = {frozenset(trip[:2]): trip.minutes for trip in instance.trips}
    minutes |= {frozenset([one.site]): 0 for one in instance.fractions}
    return minutes


def _allowed(
    instance: Instance, own: Sequence[Fraction]
) -> Iterator[tuple[tuple[str, ...], int, int]]:
    """Try every set, from those with a holder: what a smaller set forbids, a larger one does.

    But for the least total and the two employers, which a set may still reach by growing.
    """
    minutes = _minutes(instance)
    growing = {ViolationKind.TOTAL, ViolationKind.EMPLOYERS, ViolationKind.REFUSED}
    holders_first = sorted(own, key=lambda one: (one.holder is None, one.key))
    stack = [([one], rank) for rank, one in enumerate(holders_first)]
    while stack:
        members, last = stack.pop()
        wrong = _wrong(instance, minutes, members) if len(members) > 1 else [ViolationKind.TOTAL]
        if not wrong:
            keys = tuple(sorted(one.key for one in members))
            yield keys, sum(one.fte for one in members), _travel(minutes, members)
        if set(wrong) <= growing and len(members) < instance.limits.parts:
            total = sum(one.fte for one in members)
            most = _limits(instance, members)[1]
            stack += [
                ([*members, other], rank)
                for rank, other in enumerate(holders_first)
                if rank > last and total + other.fte <= most
            ]


def _limits(instance: Instance, own: Sequence[Fraction]) -> tuple[int, int, int, Slots]:
    """Least and most total, most minutes, slots refused."""
    limits = instance.limits
    for one in own:
        if one.holder is not None:
            travel = limits.travel if one.holder.travel is None else one.holder.travel
            return one.holder.least, one.holder.most, travel, one.holder.off
    return limits.least, limits.most, limits.travel, frozenset()


def _wrong(
    instance: Instance, minutes: Mapping[frozenset[str], int], own: Sequence[Fraction]
) -> list[ViolationKind]:
    """What keeps these fractions from being a post."""
    limits = instance.limits
    least, most, travel, off = _limits(instance, own)
    starts = [one.start for one in own]
    pairs = [frozenset((a.site, b.site)) for a, b in combinations(own, 2)]
    far = any(minutes.get(pair, travel + 1) > travel for pair in pairs)
    broken = {
        ViolationKind.PROFESSIONS: len({one.profession for one in own}) > 1,
        ViolationKind.EMPLOYERS: not 2 <= len({one.employer for one in own}) <= limits.employers,
        ViolationKind.PARTS: len(own) > limits.parts,
        ViolationKind.TRAVEL: far,
        ViolationKind.TOTAL: not least <= sum(one.fte for one in own) <= most,
        ViolationKind.WAIT: (max(starts) - min(starts)).days > limits.wait,
        ViolationKind.PEOPLE: sum(one.holder is not None for one in own) > 1,
        ViolationKind.REFUSED: frozenset(one.key for one in own) in instance.refused,
    }
    found = [kind for kind, is_so in broken.items() if is_so]
    if ViolationKind.PEOPLE not in found and not _has_week(_asked(own, off)):
        found.append(ViolationKind.CLASH)
    return found


def _miswritten(
    minutes: Mapping[frozenset[str], int], own: Sequence[Fraction], post: Post
) -> Iterator[ViolationKind]:
    """Weeks that are not those of the fractions, figures that are not those of the post."""
    off = next((one.holder.off for one in own if one.holder), frozenset())
    weeks = [frozenset(part.week) for part in post.parts]
    for (slots, needed), week, part in zip(_asked(own, off), weeks, post.parts, strict=True):
        if not week <= slots or not len(part.week) == len(week) == needed:
            yield ViolationKind.WEEK
    for first, second in combinations(weeks, 2):
        if any(_clash(one, other) for one in first for other in second):
            yield ViolationKind.CLASH
    person = next((one.holder.person for one in own if one.holder), None)
    figures = sum(one.fte for one in own), max(one.start for one in own), person
    if (post.fte, post.start, post.person) != figures or post.travel != _travel(minutes, own):
        yield ViolationKind.FIGURES


def _travel(minutes: Mapping[frozenset[str], int], own: Sequence[Fraction]) -> int:
    sites = {one.site for one in own}
    return sum(minutes.get(frozenset(pair), 0) for pair in combinations(sites, 2))


def _asked(own: Sequence[Fraction], off: Slots) -> tuple[tuple[Slots, int], ...]:
    """For each fraction, the slots that it may take and how many it needs."""
    return tuple(
        (
            one.slots if one.holder else one.slots - off,
            len(one.slots) if one.needed is None else one.needed,
        )
        for one in own
    )


@cache
def _clash(one: Slot, other: Slot) -> bool:
    """Whether nobody can work both, for two employers, whatever the week before and after."""
    first, last = CLOCK[one.shift]
    for week in (-1, 0, 1):
        away = (other.day - one.day + week * DAYS) * DAY
        begins, ends = (time + away for time in CLOCK[other.shift])
        overlap = begins < last and first < ends
        rested = begins - last >= REST or first - ends >= REST
        same_day = max(last, ends) - min(first, begins) <= DAY - REST
        if overlap or not (rested or same_day):
            return True
    return False


@cache
def _has_week(asked: tuple[tuple[Slots, int], ...]) -> bool:
    """Try the weeks, from the fraction that has least choice."""
    if any(needed > len(slots) for slots, needed in asked):
        return False
    if len(asked) < 2:
        return True
    first, *others = sorted(
        asked, key=lambda one: (len(one[0]) - one[1], len(one[0]), sorted(one[0]))
    )
    for week in combinations(sorted(first[0]), first[1]):
        left = tuple(
            (frozenset(slot for slot in slots if not any(_clash(slot, own) for own in week)), n)
            for slots, n in others
        )
        if _has_week(left):
            return True
    return False
