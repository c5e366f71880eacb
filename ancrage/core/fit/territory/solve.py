"""The territory plan: all the open needs, all the people available, at once.

Problem. A need asks for some posts; a pair (person, need) covers some hundredths of FTE of one
post, with some fit. Choose pairs so that nobody is in two of them and no need gets more people
than posts; locked pairs are in, excluded pairs out. Maximise the FTE covered in the whole
territory; among the plans that do, maximise the sum of the fits.

Why one post per person. With one post each, this is a transportation problem: its matrix is
totally unimodular, the optimum is found and proved in polynomial time, at the size of a region.
If a person could hold several fractions of posts up to a total, it would be a multiple knapsack,
strongly NP-hard (it contains 3-PARTITION): no proof at this size. Fractions that go together are
another question, answered for a few posts at a time: shared posts.

Both aims in one number. With `scale` larger than the sum of the fits of any plan, a pair gains
fte · scale + fit: a hundredth of FTE more outweighs any fit, and whole numbers stay exact.

Proposals in reserve. People decline: with n > 1 proposals per person, alternatives are added to
the plan, at most n proposals each in all, and at most n − 1 alternatives per post. They are the
best such set by the same two sums, once the plan is made: two problems of one kind, each solved
exactly, so that a reserve never costs the plan a hundredth. An alternative covers nothing while
the line before it holds: the FTE of a plan is that of its lines.

Steps:

1. Locks are checked for contradictions, then taken out with their person and their post.
2. What is left is a matching of largest gain (`ancrage.core.flows`), whose prices are the proof.
3. With n > 1, the same again for the reserve, over the pairs not in the plan.

Complexity: that of `ancrage.core.flows.matching`: searches as many as posts (or people, where
they are fewer), each over a part of the pairs. The answer does not depend on the input order.

References: A. Schrijver, Combinatorial Optimization (2003), §21.6 (transportation); S. Martello,
P. Toth, Knapsack Problems (1990), chapter 6 (multiple knapsack); M. R. Garey, D. S. Johnson,
Computers and Intractability (1979), SP15 (3-PARTITION).
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from operator import itemgetter

from ancrage.core.fit.territory.values import (
    Certificate,
    Choice,
    Conflict,
    Infeasible,
    Instance,
    InvalidInstance,
    Pair,
    Plan,
)
from ancrage.core.flows.matching import best_matching
from ancrage.core.flows.values import BipartiteInstance

EMPTY = Certificate(scale=1)
_WHO_AND_WHERE = itemgetter(0, 1)


def plan(instance: Instance) -> Plan:
    """Return the best plan, its reserve, and the proof of both.

    Raises:
        InvalidInstance: the instance is not one.
        Infeasible: the locks contradict one another, with the locks that do.
    """
    check(instance)
    locked = locked_pairs(instance)
    people = dict.fromkeys(sorted(instance.people), 1)
    posts = {need.key: need.posts for need in sorted(instance.needs, key=lambda need: need.key)}
    for pair in locked:
        people[pair.person] -= 1
        posts[pair.need] -= 1
    allowed = sorted(instance.pairs, key=_WHO_AND_WHERE)
    if instance.excluded:
        allowed = [pair for pair in allowed if pair[:2] not in instance.excluded]
    found, certificate = _best(allowed, people, posts)
    lines = sorted([*locked, *found])
    more = instance.proposals_per_person - 1
    if not more:
        return Plan(tuple(lines), (), certificate, EMPTY)
    placed = Counter(pair.person for pair in lines)
    taken = set(lines)
    reserve, reserve_certificate = _best(
        [pair for pair in allowed if pair not in taken],
        {person: more + 1 - placed[person] for person in people},
        {need.key: more * need.posts for need in instance.needs},
    )
    return Plan(tuple(lines), tuple(reserve), certificate, reserve_certificate)


def check(instance: Instance) -> None:
    """Refuse what is no instance.

    Raises:
        InvalidInstance: keys given twice, a pair of somebody unknown, or a quantity below what
            it can be.
    """
    people, needs = set(instance.people), {need.key for need in instance.needs}
    if len(people) < len(instance.people) or len(needs) < len(instance.needs):
        raise InvalidInstance("a key is given twice")
    if len(set(map(_WHO_AND_WHERE, instance.pairs))) < len(instance.pairs):
        raise InvalidInstance("a pair is given twice")
    if instance.proposals_per_person < 1:
        raise InvalidInstance("a person has at least one proposal")
    if any(need.posts < 0 for need in instance.needs):
        raise InvalidInstance("a need has fewer than 0 posts")
    # Column by column: pairs are hundreds of thousands, and nearly always right.
    given, asked, ftes, fits = zip(*instance.pairs, strict=True) if instance.pairs else ((),) * 4
    if not (people.issuperset(given) and needs.issuperset(asked)):
        unknown = next(p for p in instance.pairs if p.person not in people or p.need not in needs)
        raise InvalidInstance(f"{unknown.person}, {unknown.need}: not in the lists")
    if min(ftes, default=1) < 1 or min(fits, default=0) < 0:
        wrong = next(pair for pair in instance.pairs if pair.fte < 1 or pair.fit < 0)
        raise InvalidInstance(f"{wrong.person}, {wrong.need}: covers nothing, or a fit below 0")


def locked_pairs(instance: Instance) -> list[Pair]:
    """Return the pairs that every plan holds, sorted.

    Raises:
        Infeasible: they cannot all hold; with the fewest locks that contradict one another, or
            the lists.
    """
    known = {pair[:2]: pair for pair in instance.pairs} if instance.locked else {}
    by_person: dict[str, list[Choice]] = {}
    by_need: dict[str, list[Choice]] = {}
    for lock in sorted(instance.locked):
        if lock not in known:
            raise Infeasible(Conflict.NOT_A_PAIR, (lock,))
        if lock in instance.excluded:
            raise Infeasible(Conflict.ALSO_EXCLUDED, (lock,))
        by_person.setdefault(lock.person, []).append(lock)
        by_need.setdefault(lock.need, []).append(lock)
    for locks in by_person.values():
        if len(locks) > 1:
            raise Infeasible(Conflict.PERSON_LOCKED_TWICE, tuple(locks[:2]))
    posts = {need.key: need.posts for need in instance.needs}
    for need, locks in by_need.items():
        if len(locks) > posts[need]:
            raise Infeasible(Conflict.MORE_LOCKS_THAN_POSTS, tuple(locks[: posts[need] + 1]))
    return [known[lock] for lock in sorted(instance.locked)]


def _best(
    pairs: Iterable[Pair], people: Mapping[str, int], posts: Mapping[str, int]
) -> tuple[list[Pair], Certificate]:
    """Return the best pairs within what each person and each need has left, and their proof."""
    useful = [pair for pair in pairs if people[pair.person] and posts[pair.need]]
    most = min(sum(people.values()), sum(posts.values()), len(useful))
    scale = most * max((pair.fit for pair in useful), default=0) + 1
    left = {key: rank for rank, key in enumerate(dict.fromkeys(pair.person for pair in useful))}
    right = {key: rank for rank, key in enumerate(sorted({pair.need for pair in useful}))}
    matching = best_matching(
        BipartiteInstance(
            [people[key] for key in left],
            [posts[key] for key in right],
            [left[pair.person] for pair in useful],
            [right[pair.need] for pair in useful],
            [pair.fte * scale + pair.fit for pair in useful],
        )
    )
    kept = set(matching.pairs)
    certificate = Certificate(
        scale,
        tuple((k, p) for k, p in zip(left, matching.left_prices, strict=True) if p),
        tuple((k, p) for k, p in zip(right, matching.right_prices, strict=True) if p),
    )
    chosen = [pair for pair in useful if (left[pair.person], right[pair.need]) in kept]
    return chosen, certificate
