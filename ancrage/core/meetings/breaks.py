"""Rest rounds: nobody meets more than so many times in a row.

Problem. Visitors ask for no run of more than B meetings. Choose for each of them the rounds when
they rest, so that no run can be longer, and so that the rounds stay evenly filled: rests that all
fall in the same round would cost meetings.

Steps. A visitor who is there for a block of rounds on end must rest in at least one of any B + 1
that follow one another. Visitors are taken in turn, those with the fewest ways to rest first; each
takes the way that rests where most people are there (the least sum of squares of those who stay).
Rests become absences: the plan is then made as usual, and proved for these rests.

Complexity: O(people · ways · rounds); a way is one residue of the rounds modulo B + 1, or several
where blocks are short.
"""

from collections.abc import Collection
from dataclasses import replace

from ancrage.core.meetings.values import Instance, Visitor


def rested(instance: Instance, most_in_a_row: int, *, pauses: Collection[int] = ()) -> Instance:
    """Return the instance where visitors rest so that no run exceeds `most_in_a_row`.

    `pauses` are the rounds after which everybody has a break: it ends every run. Rounds before
    `from_round`, and those where a visitor has a meeting held or promised, are left as they are.

    Raises:
        ValueError: `most_in_a_row` is less than 1.
    """
    if most_in_a_row < 1:
        raise ValueError("a run has at least one meeting")
    present = [0] * instance.rounds
    for visitor in instance.visitors:
        for when in range(instance.from_round, instance.rounds):
            present[when] += when not in visitor.absent
    bound = {(one.visitor, one.round) for one in (*instance.held, *instance.promised)}
    rests: dict[str, frozenset[int]] = {}
    for visitor in sorted(instance.visitors, key=lambda one: (-len(one.absent), one.id)):
        busy = {when for name, when in bound if name == visitor.id}
        rest = _best_rest(visitor, instance, most_in_a_row, present, busy, pauses)
        rests[visitor.id] = rest
        for when in rest:
            present[when] -= 1
    return replace(
        instance,
        visitors=tuple(
            replace(visitor, absent=visitor.absent | rests[visitor.id])
            for visitor in instance.visitors
        ),
    )


def _best_rest(
    visitor: Visitor,
    instance: Instance,
    most: int,
    present: list[int],
    busy: set[int],
    pauses: Collection[int],
) -> frozenset[int]:
    """Return the rests that leave the rounds most even: the cheapest way, block after block.

    The cost of resting in a round falls with the people there, so that the fullest rounds empty
    first; among ways of equal cost, the one with the fewest rests, then the earliest.
    """
    rounds = range(instance.from_round, instance.rounds)
    # Cheapest way to have seen all rounds so far with a run of `length` at the end.
    ways: dict[int, tuple[int, int, tuple[int, ...]]] = {0: (0, 0, ())}
    for when in rounds:
        further: dict[int, tuple[int, int, tuple[int, ...]]] = {}
        for length, (rests, cost, way) in ways.items():
            if when in visitor.absent:
                choices = [(0, rests, cost, way)]
            else:
                choices = [(length + 1, rests, cost, way)]
                if when not in busy:
                    choices.append((0, rests + 1, cost - present[when], (*way, when)))
            for run, count, total, taken in choices:
                if run > most and when not in busy:
                    continue
                run = 0 if when in pauses else min(run, most + 1)
                if run not in further or (count, total, taken) < further[run]:
                    further[run] = (count, total, taken)
        ways = further
    return frozenset(min(ways.values())[2])
