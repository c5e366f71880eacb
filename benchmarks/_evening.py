"""Invented evenings: people on a map, tastes, wishes on both sides; nobody is real."""

import math
import random

from ancrage.core.meetings.values import Host, Instance, Pair, Visitor

ROUNDS = 12
# Where somebody lives, and what they like.
Somebody = tuple[float, float, list[float]]


def draw_evening(
    visitors: int,
    hosts: int,
    *,
    seed: int,
    absences: bool = False,
    tight: bool = False,
    known: int | None = None,
) -> Instance:
    """Twelve rounds; scores from 1 to 1000: half compatibility, a quarter each side's wishes.

    The 40 % farthest pairs never meet; `known` gives each visitor so many acceptable hosts
    instead, popular ones more often. `tight`: everybody in all rounds, tables just enough.
    """
    dice = random.Random(seed)
    each = ROUNDS if tight else 10
    of_host = min(ROUNDS, math.ceil(1.6 * visitors * each / hosts))
    v_places, h_places = ([_somebody(dice) for _rank in range(n)] for n in (visitors, hosts))

    def compatibility(v: int, h: int) -> float:
        one, other = v_places[v], h_places[h]
        taste = sum(a * b for a, b in zip(one[2], other[2], strict=True))
        return 1 / (1 + math.exp(-(taste - 3 * _distance(one, other) + 1)))

    if known:
        popularity = [dice.expovariate(1) ** 2 + 0.1 for _host in range(hosts)]
        pairs = {
            (v, h)
            for v in range(visitors)
            for h in dice.choices(range(hosts), popularity, k=known)
        }
    else:
        near = sorted(
            ((v, h) for v in range(visitors) for h in range(hosts)),
            key=lambda pair: _distance(v_places[pair[0]], h_places[pair[1]]),
        )
        pairs = set(near[: int(0.6 * len(near))])
    worth = {pair: compatibility(*pair) for pair in sorted(pairs)}
    wished = dict.fromkeys(worth, 0.0)
    for side, most in ((0, 8), (1, 5)):
        own: dict[int, list[tuple[int, int]]] = {}
        for pair in worth:
            own.setdefault(pair[side], []).append(pair)
        for choices in own.values():
            ranked = sorted(choices, key=lambda pair: -worth[pair] - dice.random() / 2)
            for rank, pair in enumerate(ranked[:most]):
                wished[pair] += 0.25 * (1 - rank / most)

    def absent() -> frozenset[int]:
        if not absences:
            return frozenset()
        missed, luck = set(), dice.random()
        if luck < 0.2:
            missed |= set(range(dice.randint(1, 4)))
        elif luck < 0.35:
            missed |= set(range(ROUNDS - dice.randint(1, 4), ROUNDS))
        if dice.random() < 0.3:
            missed.add(dice.randrange(ROUNDS))
        return frozenset(missed)

    smaller = min(visitors, hosts)
    return Instance(
        ROUNDS,
        tuple(Host(f"h{rank}", of_host, None, absent()) for rank in range(hosts)),
        tuple(Visitor(f"v{rank}", each, None, absent()) for rank in range(visitors)),
        tuple(
            Pair(f"h{h}", f"v{v}", max(1, round(1000 * (0.5 * worth[v, h] + wished[v, h]))))
            for v, h in worth
        ),
        math.ceil(smaller * (5 / 6 if tight else 0.9)),
    )


def _somebody(dice: random.Random) -> Somebody:
    return dice.random(), dice.random(), [dice.gauss(0, 1) for _taste in range(4)]


def _distance(one: Somebody, other: Somebody) -> float:
    return math.dist(one[:2], other[:2])
