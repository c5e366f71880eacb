"""Is this compact timetable allowed, and how many breaks has it? Written from the definition.

A break is a maximal run of idle rounds between two meetings of a person.
"""

from collections import Counter
from itertools import pairwise

from ancrage.core.meetings.compact.values import CompactInstance, CompactPlan


def breaks_of(instance: CompactInstance, rounds: tuple[int, ...]) -> list[int]:
    """Return how many breaks each person has."""
    counts = []
    for person in range(instance.people):
        busy = sorted(
            when
            for one, when in zip(instance.appointments, rounds, strict=True)
            if person in (one.first, one.second)
        )
        counts.append(sum(later - sooner > 1 for sooner, later in pairwise(busy)))
    return counts


def flaws(instance: CompactInstance, plan: CompactPlan) -> list[str]:
    """Return all that is wrong, in words for a developer; an empty list means that it holds."""
    if len(plan.rounds) != len(instance.appointments):
        return ["not one round for each appointment"]
    found = []
    at: Counter[tuple[int, int]] = Counter()
    for rank, (one, when) in enumerate(zip(instance.appointments, plan.rounds, strict=True)):
        if when not in one.rounds or not 0 <= when < instance.rounds:
            found.append(f"appointment {rank} cannot be in round {when}")
        for person in (one.first, one.second):
            at[person, when] += 1
            if instance.absent and when in instance.absent[person]:
                found.append(f"{person} is absent in round {when}")
        found += [
            f"appointment {rank} comes before {other}"
            for other in sorted(one.after)
            if plan.rounds[other] >= when
        ]
    found += [f"{person} is twice in round {when}" for (person, when), n in at.items() if n > 1]
    loads = Counter(plan.rounds)
    found += [f"round {when} is too full" for when, n in loads.items() if n > instance.tables]
    breaks = breaks_of(instance, plan.rounds)
    if breaks and max(breaks) - min(breaks) > instance.unfairness:
        found.append("breaks are not shared fairly")
    if sum(breaks) != plan.breaks:
        found.append(f"{sum(breaks)} breaks, not {plan.breaks}")
    if plan.bound > plan.breaks:
        found.append("the bound is above what is reached")
    return found
