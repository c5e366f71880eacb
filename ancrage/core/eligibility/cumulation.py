"""The best set of aids that may be had together.

Problem. Each aid has a value; groups say of which aids one only may be had; some aids are held
already. Choose the aids, at most one of each group, of the greatest total value; of two sets of
the same value, the one with more aids, then the one that comes first in order of names, so that
the answer is one and the same whatever the order of the input. This is a maximum weight
independent set, on a graph whose edges join two aids of a group.

Steps. The three criteria become one whole number: the value, then one more than all that comes
after, then a bit for the rank of the name. Then, exactly:

1. an aid that excludes no other is taken; parts of the graph that do not touch are solved apart;
2. otherwise branch on the aid that excludes most: taken (those it excludes leave), or left;
3. what was solved for a set of aids is remembered.

Complexity: exponential in the size of the largest part at worst; the groups met in practice (a
handful of aids each) take microseconds, sixty aids in one tangle less than a second.

Reference: F. V. Fomin, D. Kratsch, Exact Exponential Algorithms (2010), §2.1 and 2.3.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


class UnknownAid(ValueError):
    """A group, or what is held, names an aid that has no value."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The aids to ask for, their total value, and what each of the others gives way to."""

    chosen: tuple[str, ...]
    total: int
    # Aid left → the aids, chosen or held, that exclude it.
    left: Mapping[str, tuple[str, ...]]


def best_set(
    values: Mapping[str, int],
    groups: Iterable[frozenset[str]],
    held: frozenset[str] = frozenset(),
) -> Choice:
    """Return the best aids to ask for together, beside those held already.

    Args:
        values: aid → its value, in any one unit, never negative; those held may be absent.
        groups: sets of aids of which one only may be had.
        held: aids already had, which exclude those of their groups.

    Raises:
        UnknownAid: a group names an aid that has no value and is not held.
        ValueError: a value is negative.
    """
    groups = list(groups)
    if unknown := frozenset().union(*groups) - values.keys() - held:
        raise UnknownAid(", ".join(sorted(unknown)))
    if any(value < 0 for value in values.values()):
        message = "the value of an aid is never negative"
        raise ValueError(message)
    excluded: dict[str, set[str]] = {name: set() for name in {*values, *held}}
    for group in groups:
        for name in group:
            excluded[name] |= group - {name}
    free = sorted(name for name in values if name not in held and not excluded[name] & held)
    graph = _Graph(free, values, excluded)
    chosen = tuple(graph.names(graph.best((1 << len(free)) - 1)))
    had = held | set(chosen)
    return Choice(
        chosen=chosen,
        total=sum(values[name] for name in chosen),
        left={
            name: tuple(sorted(excluded[name] & had)) for name in sorted(values) if name not in had
        },
    )


class _Graph:
    """Aids as bits: the first name is the highest one, so that it weighs most among equals."""

    def __init__(
        self, free: list[str], values: Mapping[str, int], excluded: Mapping[str, set[str]]
    ) -> None:
        self.free = free
        size = len(free)
        bit = {name: size - 1 - rank for rank, name in enumerate(free)}
        self.neighbours = [0] * size
        self.weights = [0] * size
        for name in free:
            self.neighbours[bit[name]] = sum(1 << bit[o] for o in excluded[name] if o in bit)
            # Value, then number of aids, then ranks: each outweighs all that follows it.
            many = size + 1
            self.weights[bit[name]] = ((values[name] * many + 1) << size) + (1 << bit[name])
        self.solved: dict[int, tuple[int, int]] = {}

    def names(self, mask: int) -> Iterable[str]:
        """Return the names of the bits of a mask, in order."""
        size = len(self.free)
        return (name for rank, name in enumerate(self.free) if mask >> (size - 1 - rank) & 1)

    def best(self, mask: int) -> int:
        """Return the best independent set of the aids of a mask."""
        return self._solve(mask)[1]

    def _solve(self, mask: int) -> tuple[int, int]:
        weight = chosen = 0
        while mask:
            part = self._part(mask)
            mask &= ~part
            more, added = self._solve_part(part)
            weight += more
            chosen |= added
        return weight, chosen

    def _part(self, mask: int) -> int:
        """Return the aids tied, one to the next, to the lowest of a mask."""
        part = frontier = mask & -mask
        while frontier:
            bit = frontier & -frontier
            fresh = self.neighbours[bit.bit_length() - 1] & mask & ~part
            part |= fresh
            frontier = (frontier ^ bit) | fresh
        return part

    def _solve_part(self, part: int) -> tuple[int, int]:
        if part & (part - 1) == 0:
            return self.weights[part.bit_length() - 1], part
        if part not in self.solved:
            pivot = max(_bits(part), key=lambda bit: (self.neighbours[bit] & part).bit_count())
            rest = part & ~(1 << pivot)
            with_weight, with_chosen = self._solve(rest & ~self.neighbours[pivot])
            taken = (with_weight + self.weights[pivot], with_chosen | 1 << pivot)
            self.solved[part] = max(taken, self._solve(rest))
        return self.solved[part]


def _bits(mask: int) -> Iterable[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low
