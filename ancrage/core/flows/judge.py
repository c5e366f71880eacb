"""Is a matching what it says, and do its prices prove that none brings more?

Written from the definition of the problem; shares nothing with the solver but the values.

Proof. Take prices u(i) ≥ 0 on the left, v(j) ≥ 0 on the right, and any set F of arcs within the
capacities b and c. Each arc gains at most u(i) + v(j) + max(0, g(i, j) − u(i) − v(j)), and the
arcs at i are at most b(i), those at j at most c(j):

    gain(F)  ≤  Σ b(i)·u(i) + Σ c(j)·v(j) + Σ max(0, g(i, j) − u(i) − v(j))  =  bound(u, v)

The two sides are equal exactly when (complementary slackness) a node with a unit idle has price
0, an arc kept gains at least the prices of its ends, an arc left out gains at most that. All
numbers are integers: equality is exact.

Complexity: O(arcs + nodes), both functions.

Reference: A. Schrijver, Combinatorial Optimization (2003), §5.4 and chapter 21.
"""

from collections import Counter

from ancrage.core.flows.values import BipartiteInstance, Flaw, FlawKind, Matching


def total_gain(instance: BipartiteInstance, matching: Matching) -> int:
    """Return the sum of the gains of the arcs kept.

    Raises:
        KeyError: a pair kept is not an arc.
    """
    gains = _gains(instance)
    return sum(gains[pair] for pair in matching.pairs)


def bound(instance: BipartiteInstance, matching: Matching) -> int:
    """Return what no matching of this instance can exceed, by the prices given.

    True for any prices ≥ 0, whoever found them, and whatever the pairs kept.
    """
    u, v = matching.left_prices, matching.right_prices
    ceiling = sum(capacity * price for capacity, price in zip(instance.left, u, strict=True))
    ceiling += sum(capacity * price for capacity, price in zip(instance.right, v, strict=True))
    for (i, j), gain in _gains(instance).items():
        ceiling += max(0, gain - u[i] - v[j])
    return ceiling


def flaws(instance: BipartiteInstance, matching: Matching) -> list[Flaw]:
    """Return all that is wrong; an empty list proves that the matching is optimal."""
    counts = (len(matching.left_prices), len(matching.right_prices))
    if counts != (len(instance.left), len(instance.right)):
        return [Flaw(FlawKind.PRICE_COUNT, counts)]
    gains = _gains(instance)
    kept = Counter(matching.pairs)
    found = [Flaw(FlawKind.NOT_AN_ARC, pair) for pair in kept if pair not in gains]
    found += [Flaw(FlawKind.TWICE, pair) for pair, times in kept.items() if times > 1]
    sides = (
        ("left", instance.left, matching.left_prices, Counter(i for i, _j in matching.pairs)),
        ("right", instance.right, matching.right_prices, Counter(j for _i, j in matching.pairs)),
    )
    for side, capacities, prices, load in sides:
        for node, (capacity, price) in enumerate(zip(capacities, prices, strict=True)):
            if load[node] > capacity:
                found.append(Flaw(FlawKind.OVER_CAPACITY, (side, node)))
            if price < 0:
                found.append(Flaw(FlawKind.NEGATIVE_PRICE, (side, node)))
            if price > 0 and load[node] < capacity:
                found.append(Flaw(FlawKind.IDLE_WITH_PRICE, (side, node)))
    for (i, j), gain in gains.items():
        margin = gain - matching.left_prices[i] - matching.right_prices[j]
        if margin < 0 and (i, j) in kept:
            found.append(Flaw(FlawKind.KEPT_TOO_DEAR, (i, j)))
        if margin > 0 and (i, j) not in kept:
            found.append(Flaw(FlawKind.LEFT_OUT_TOO_CHEAP, (i, j)))
    return found


def _gains(instance: BipartiteInstance) -> dict[tuple[int, int], int]:
    return {
        (i, j): gain
        for i, j, gain in zip(instance.tails, instance.heads, instance.gains, strict=True)
    }
