"""« Chacun pour soi »: what happens when every structure picks for itself.

Problem. The plan of the whole territory is worth what it adds to what structures reach without
it. Each structure looks at its own posts only and takes, whenever it is its turn, the person who
serves it best among those left.

Steps:

1. Locks are placed first, exclusions hold: the two plans answer the same question.
2. Structures take turns, one person a turn. The one whose oldest need has been open longest
   picks first; ties go by key. Every other round runs backwards (as teams draft players), so
   that nobody is first every time.
3. A structure takes, among its posts still open and the people left, the pair that covers most
   FTE, then has the best fit; ties go by keys. One with nothing left to take leaves.

This is generous to « chacun pour soi »: nobody is approached twice, and no turn is lost on
somebody who has just said yes elsewhere.

Complexity: O(pairs · log pairs): each structure reads its pairs once, in its order.

Reference: S. J. Brams, P. D. Straffin, « Prisoners' Dilemma and Professional Sports Drafts »,
American Mathematical Monthly 86 (1979), p. 80–88, who show that such turns can leave all worse
off than a common plan.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from operator import itemgetter

from ancrage.core.fit.territory.judge import worth
from ancrage.core.fit.territory.solve import check, locked_pairs
from ancrage.core.fit.territory.values import Instance, Pair, Worth


@dataclass(frozen=True, slots=True)
class Gain:
    """What one structure reaches by itself, and in the plan of the territory."""

    structure: str
    alone: Worth
    together: Worth
    posts_alone: int
    posts_together: int


def each_for_itself(instance: Instance) -> tuple[Pair, ...]:
    """Return the pairs that structures would reach by themselves, sorted.

    Raises:
        InvalidInstance: the instance is not one.
        Infeasible: the locks contradict one another.
    """
    check(instance)
    taken = locked_pairs(instance)
    gone = {pair.person for pair in taken}
    posts = Counter({need.key: need.posts for need in instance.needs})
    posts.subtract(pair.need for pair in taken)
    wishes = _wishes(instance)
    turn = _first_round(instance)
    while turn:
        still_in = []
        for structure in turn:
            for pair in wishes[structure]:
                if pair.person not in gone and posts[pair.need] > 0:
                    taken.append(pair)
                    gone.add(pair.person)
                    posts[pair.need] -= 1
                    still_in.append(structure)
                    break
        turn = still_in[::-1]
    return tuple(sorted(taken))


def gains(instance: Instance, alone: Iterable[Pair], together: Iterable[Pair]) -> tuple[Gain, ...]:
    """Return what each structure reaches in both plans, by key of structure."""
    owner = {need.key: need.structure for need in instance.needs}
    by_itself: dict[str, list[Pair]] = {structure: [] for structure in sorted(owner.values())}
    in_common: dict[str, list[Pair]] = {structure: [] for structure in by_itself}
    for pair in alone:
        by_itself[owner[pair.need]].append(pair)
    for pair in together:
        in_common[owner[pair.need]].append(pair)
    return tuple(
        Gain(
            structure,
            worth(by_itself[structure]),
            worth(in_common[structure]),
            len(by_itself[structure]),
            len(in_common[structure]),
        )
        for structure in by_itself
    )


def _first_round(instance: Instance) -> list[str]:
    oldest: dict[str, date] = {}
    for need in instance.needs:
        if need.posts:
            oldest[need.structure] = min(
                oldest.get(need.structure, need.opened_on), need.opened_on
            )
    return sorted(oldest, key=lambda structure: (oldest[structure], structure))


def _wishes(instance: Instance) -> dict[str, Iterator[Pair]]:
    """For each structure, its pairs from the one it wants most; what is passed is never read
    again, since nobody comes back."""
    owner = {need.key: need.structure for need in instance.needs}
    wishes: dict[str, list[Pair]] = {structure: [] for structure in owner.values()}
    for pair in instance.pairs:
        if pair[:2] not in instance.excluded:
            wishes[owner[pair.need]].append(pair)
    for mine in wishes.values():
        # Twice, since a sort keeps the order of equals: a key for each way is quicker than one.
        mine.sort(key=itemgetter(0, 1))
        mine.sort(key=itemgetter(2, 3), reverse=True)
    return {structure: iter(mine) for structure, mine in wishes.items()}
