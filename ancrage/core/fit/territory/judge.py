"""Is this plan allowed, and is it the best? What no plan can exceed.

Written from the definition of the problem; shares with the solver the values only.

Proof of a bound. Take any prices u(person) ≥ 0 and v(need) ≥ 0, in the unit of g below. Beyond
the locks, a plan takes at most r(person) pairs of a person and r(need) of a need, r being what
the locks leave of them; each pair gains g = fte · scale + fit ≤ u + v + max(0, g − u − v).
Hence, whatever the plan,

    gain  ≤  Σ r(person) · u + Σ r(need) · v + Σ max(0, g − u − v)

over the pairs not locked and not excluded, between people and needs that have something left.
While `scale` exceeds the fit of any plan, the quotient of the bound by `scale` bounds the FTE,
and the remainder the fit of any plan that covers that FTE. A plan whose gain equals the bound is
the best.

Complexity: O(pairs + people + needs).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ancrage.core.fit.territory.values import (
    Certificate,
    Choice,
    Instance,
    Pair,
    Plan,
    Violation,
    ViolationKind,
    Worth,
)


@dataclass(frozen=True, slots=True)
class _Question:
    """Which pairs may still be taken, and how many of each person and each need."""

    pairs: Collection[Pair]
    people: Mapping[str, int]
    needs: Mapping[str, int]

    def bound(self, certificate: Certificate) -> int:
        u, v = dict(certificate.people), dict(certificate.needs)
        ceiling = sum(self.people.get(key, 0) * price for key, price in u.items())
        ceiling += sum(self.needs.get(key, 0) * price for key, price in v.items())
        for person, need, fte, fit in self.pairs:
            surplus = fte * certificate.scale + fit - u.get(person, 0) - v.get(need, 0)
            if surplus > 0 and self.people[person] and self.needs[need]:
                ceiling += surplus
        return ceiling

    def most_fit(self) -> int:
        """At least the fit of any set of these pairs that may be taken together."""
        fits = [p.fit for p in self.pairs if self.people[p.person] and self.needs[p.need]]
        takers = min(sum(self.people.values()), sum(self.needs.values()), len(fits))
        return takers * max(fits, default=0)


def worth(pairs: Iterable[Pair]) -> Worth:
    """Return the FTE covered by these pairs and the sum of their fits."""
    known = list(pairs)
    return Worth(sum(pair.fte for pair in known), sum(pair.fit for pair in known))


def upper_bound(instance: Instance, certificate: Certificate | None = None) -> Worth:
    """Return what no plan of this instance can exceed, by these prices.

    Whoever made the prices: any prices ≥ 0 give a true bound. Those of the best plan give its
    very worth; without prices, every pair counts as if it could be taken.

    Raises:
        ValueError: a price is negative, or the scale is too small to tell FTE from fit.
    """
    question = _plan_question(instance)
    locked = worth(pair for pair in instance.pairs if pair[:2] in instance.locked)
    if certificate is None:
        free = worth(question.pairs)
    elif min((price for _key, price in (*certificate.people, *certificate.needs)), default=0) < 0:
        raise ValueError("a price is negative")
    elif certificate.scale <= question.most_fit():
        raise ValueError("the scale is too small")
    else:
        free = Worth(*divmod(question.bound(certificate), certificate.scale))
    return Worth(locked.fte + free.fte, locked.fit + free.fit)


def violations(instance: Instance, plan: Plan) -> list[Violation]:
    """Return all that is wrong with a plan; an empty list proves that it is the best."""
    found = [
        *_unlawful(instance, plan),
        *_overfull(instance, plan),
    ]
    free = [pair for pair in plan.lines if _choice(pair) not in instance.locked]
    found += _unproved(_plan_question(instance), free, plan.certificate, "plan")
    if instance.proposals_per_person > 1:
        reserve = _reserve_question(instance, plan)
        found += _unproved(reserve, plan.alternatives, plan.reserve_certificate, "reserve")
    return found


def _choice(pair: Pair) -> Choice:
    return Choice(pair.person, pair.need)


def _unlawful(instance: Instance, plan: Plan) -> Iterable[Violation]:
    """Pairs that are none, given twice, excluded; locks left out."""
    known = set(instance.pairs)
    proposed = Counter([*plan.lines, *plan.alternatives])
    for pair, times in proposed.items():
        if pair not in known:
            yield Violation(ViolationKind.UNKNOWN_PAIR, _choice(pair))
        if times > 1:
            yield Violation(ViolationKind.TWICE, _choice(pair))
        if _choice(pair) in instance.excluded:
            yield Violation(ViolationKind.EXCLUDED, _choice(pair))
    lines = {_choice(pair) for pair in plan.lines}
    for lock in sorted(instance.locked - lines):
        yield Violation(ViolationKind.LOCK_LEFT_OUT, lock)


def _overfull(instance: Instance, plan: Plan) -> Iterable[Violation]:
    """People and needs that are given more than they can take."""
    most, spare = instance.proposals_per_person, instance.proposals_per_person - 1
    for person, times in Counter(pair.person for pair in plan.lines).items():
        if times > 1:
            yield Violation(ViolationKind.PERSON_IN_TWO_LINES, (person,))
    proposals = Counter(pair.person for pair in (*plan.lines, *plan.alternatives))
    for person, times in proposals.items():
        if times > most:
            yield Violation(ViolationKind.TOO_MANY_PROPOSALS, (person,))
    posts = {need.key: need.posts for need in instance.needs}
    for need, times in Counter(pair.need for pair in plan.lines).items():
        if times > posts.get(need, 0):
            yield Violation(ViolationKind.TOO_MANY_LINES, (need,))
    for need, times in Counter(pair.need for pair in plan.alternatives).items():
        if times > spare * posts.get(need, 0):
            yield Violation(ViolationKind.TOO_MANY_ALTERNATIVES, (need,))


def _unproved(
    question: _Question, pairs: Iterable[Pair], certificate: Certificate, name: str
) -> Iterable[Violation]:
    for key, price in (*certificate.people, *certificate.needs):
        if price < 0:
            yield Violation(ViolationKind.NEGATIVE_PRICE, (key,))
    if certificate.scale <= question.most_fit():
        yield Violation(ViolationKind.SCALE_TOO_SMALL, (name,))
    gained = worth(pairs)
    if gained.fte * certificate.scale + gained.fit != question.bound(certificate):
        yield Violation(ViolationKind.NOT_PROVED, (name,))


def _plan_question(instance: Instance) -> _Question:
    people = Counter(instance.people)
    needs = Counter({need.key: need.posts for need in instance.needs})
    people.subtract(choice.person for choice in instance.locked)
    needs.subtract(choice.need for choice in instance.locked)
    free = instance.excluded | instance.locked
    return _Question(
        [pair for pair in instance.pairs if pair[:2] not in free],
        {key: max(0, left) for key, left in people.items()},
        {key: max(0, left) for key, left in needs.items()},
    )


def _reserve_question(instance: Instance, plan: Plan) -> _Question:
    placed = Counter(pair.person for pair in plan.lines)
    most, lines = instance.proposals_per_person, set(plan.lines)
    return _Question(
        [p for p in instance.pairs if p not in lines and p[:2] not in instance.excluded],
        {person: max(0, most - placed[person]) for person in instance.people},
        {need.key: (most - 1) * need.posts for need in instance.needs},
    )
