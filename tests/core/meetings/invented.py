"""Evenings drawn from a seed: hosts and visitors on a map of tastes, none of them real."""

import random

from ancrage.core.meetings.values import Host, Instance, Pair, Visitor


def evening(
    visitors: int,
    hosts: int,
    *,
    seed: int = 0,
    rounds: int = 12,
    each: int = 10,
    tables: int | None = None,
    absences: bool = False,
    known: float = 0.6,
) -> Instance:
    """An instance where two people may meet with probability `known`."""
    dice = random.Random(seed)

    def absent() -> frozenset[int]:
        if not absences:
            return frozenset()
        missed, luck = set(), dice.random()
        if luck < 0.2:
            missed |= set(range(dice.randint(1, rounds // 3)))
        elif luck < 0.35:
            missed |= set(range(rounds - dice.randint(1, rounds // 3), rounds))
        if dice.random() < 0.3:
            missed.add(dice.randrange(rounds))
        return frozenset(missed)

    of_host = min(rounds, -(-16 * visitors * each // (10 * hosts)))
    return Instance(
        rounds,
        tuple(Host(f"h{rank}", of_host, None, absent()) for rank in range(hosts)),
        tuple(Visitor(f"v{rank}", each, None, absent()) for rank in range(visitors)),
        tuple(
            Pair(f"h{host}", f"v{visitor}", dice.randint(1, 1000))
            for visitor in range(visitors)
            for host in range(hosts)
            if dice.random() < known
        ),
        tables,
    )
