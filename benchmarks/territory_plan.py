"""The plan of a region, with its proof, beside networkx and beside « each for itself ».

Bar: 20,000 people and 2,000 needs in under 5 s, the optimum proved. The time of the plan includes
all of it; « proof » is the judge, who shares no code with the solver. One process, one core.

networkx gets the very same problem as a flow of least cost (network simplex), at a size that it
can do; both must find the same worth.

    python -m benchmarks.territory_plan
"""

import random
import time
from importlib.util import find_spec

from ancrage.core.accessibility.distances import distance_matrix_km
from ancrage.core.fit.territory.alone import each_for_itself, gains
from ancrage.core.fit.territory.judge import upper_bound, violations, worth
from ancrage.core.fit.territory.solve import plan
from ancrage.core.fit.territory.values import Instance, OpenNeed, Pair, Worth
from benchmarks._territory import TODAY, draw_needs, draw_people

SEED = 20261121
BAR = 5.0
# (people, needs, fewest and most people who may go to a need)
SIZES = ((20_000, 2_000, 20, 60), (20_000, 2_000, 60, 180), (20_000, 2_000, 200, 400))
SMALL = (2_000, 200, 20, 60)


def main() -> None:
    """Print the plan of each size, then the small one beside networkx."""
    print(f"{'people × needs':>16}{'pairs':>10}{'plan':>9}{'proof':>9}{'bar':>6}", end="")
    print(f"{'FTE':>10}{'bound':>10}{'each for itself':>18}")
    for size in SIZES:
        _show(size)
    print()
    _beside_networkx()


def draw(people: int, needs: int, fewest: int, most: int, *, seed: int = SEED) -> Instance:
    """An instance where each need may get the nearest people of its profession."""
    dice = random.Random(seed)
    asked, known = draw_needs(dice, needs), draw_people(dice, people)
    pairs = []
    for profession in sorted({need.profession for need in asked}):
        posts = [need for need in asked if need.profession == profession]
        able = [one for one in known if one.practices[0].profession == profession]
        table = distance_matrix_km(
            [need.latitude for need in posts],
            [need.longitude for need in posts],
            [one.zones[0].latitude for one in able],
            [one.zones[0].longitude for one in able],
        )
        for need, row in zip(posts, table, strict=True):
            for rank in row.argsort(kind="stable")[: dice.randint(fewest, most)]:
                one = able[rank]
                fit = max(0, 100 - int(row[rank]) - dice.randrange(20))
                pairs.append(Pair(one.key, need.key, min(need.fte, one.fte_max), fit))
    open_needs = tuple(
        OpenNeed(
            need.key,
            f"s{dice.randrange(max(1, needs // 5))}",
            dice.choice((1, 1, 1, 1, 2, 3)),
            need.fte,
            TODAY.replace(day=1 + rank % 20),
        )
        for rank, need in enumerate(asked)
    )
    return Instance(tuple(one.key for one in known), open_needs, tuple(pairs))


def _show(size: tuple[int, int, int, int]) -> None:
    instance = draw(*size)
    begun = time.perf_counter()
    found = plan(instance)
    planned = time.perf_counter()
    assert violations(instance, found) == []
    proved = time.perf_counter()
    alone = each_for_itself(instance)
    bound = upper_bound(instance, found.certificate)
    assert bound == worth(found.lines)
    lost = worth(found.lines).fte - worth(alone).fte
    print(
        f"{size[0]:>8,} × {size[1]:<5,}{len(instance.pairs):>10,}{planned - begun:>7.2f} s"
        f"{proved - planned:>7.2f} s{BAR:>4.0f} s{worth(found.lines).fte / 100:>10,.1f}"
        f"{bound.fte / 100:>10,.1f}{worth(alone).fte / 100:>10,.1f} (−{lost / 100:,.1f})"
    )
    structures = gains(instance, alone, found.lines)
    better = sum(one.together > one.alone for one in structures)
    worse = sum(one.together < one.alone for one in structures)
    print(f"{'':16}structures: {better} gain, {worse} lose, {len(structures)} in all")


def _beside_networkx() -> None:
    if find_spec("networkx") is None:
        print("networkx is not installed (./run bench installs it)")
        return
    instance = draw(*SMALL)
    begun = time.perf_counter()
    ours = worth(plan(instance).lines)
    seconds = time.perf_counter() - begun
    theirs, their_seconds = _by_networkx(instance)
    assert ours == theirs, (ours, theirs)
    print(f"{SMALL[0]:,} × {SMALL[1]:,}, {len(instance.pairs):,} pairs, the same worth: {ours}")
    print(f"{'Ancrage':24}{seconds:>9.3f} s")
    print(f"{'networkx, simplex':24}{their_seconds:>9.3f} s  ×{their_seconds / seconds:,.0f}")


def _by_networkx(instance: Instance) -> tuple[Worth, float]:
    """The best worth by a flow of least cost, and the time of the flow alone."""
    import networkx as nx  # noqa: PLC0415 -- installed for the measures only

    scale = len(instance.pairs) * 100 + 1
    posts = {need.key: need.posts for need in instance.needs}
    graph = nx.DiGraph()
    supply = sum(posts.values())
    graph.add_node("source", demand=-supply)
    graph.add_node("sink", demand=supply)
    graph.add_edge("source", "sink", capacity=supply, weight=0)
    for need, count in posts.items():
        graph.add_edge("source", ("need", need), capacity=count, weight=0)
    for person, need, fte, fit in instance.pairs:
        graph.add_edge(("need", need), ("person", person), capacity=1, weight=-fte * scale - fit)
        graph.add_edge(("person", person), "sink", capacity=1, weight=0)
    begun = time.perf_counter()
    cost, _flow = nx.network_simplex(graph)
    return Worth(*divmod(-cost, scale)), time.perf_counter() - begun


if __name__ == "__main__":
    main()
