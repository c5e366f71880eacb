"""The ways of a person to a profession over all the bridges, beside trying every simple path.

Bar: the bridges of a person under 20 ms of processor time. The judge, who shares no code with
the search, checks every answer.

What people use instead is networkx: it draws every simple path (`all_simple_edge_paths`), then
each is timed, paid for and compared by the same rules as ours. A course open to anybody can
follow any other, so that there are too many paths to try them at any length: it stops at
`MOST_STEPS`, which no answer of ours exceeds. Both must find the same worths.

    python -m benchmarks.bridges
"""

import datetime as dt
import statistics
import time
from collections.abc import Iterable, Sequence
from importlib.util import find_spec

from ancrage.core.bridges.checks import UNTOLD_COST, counted, payments, worth_counting
from ancrage.core.bridges.judge import violations
from ancrage.core.bridges.network import Network
from ancrage.core.bridges.reach import alike, reliefs
from ancrage.core.bridges.search import dominates, paths
from ancrage.core.bridges.standing import Facts, Standing, begins
from ancrage.core.bridges.values import (
    Bridge,
    Closed,
    Holding,
    Paper,
    Path,
    Person,
    Practice,
    Sector,
)
from benchmarks._database import database

BAR_MS, TURNS, MOST_STEPS, MOST_MONTHS = 20.0, 5, 4, 240
DAY = dt.date(2026, 11, 22)
GOALS = (
    "care_assistant",
    "nurse",
    "advanced_practice_nurse",
    "medical_assistant",
    "locum_nurse",
)
HOSPITAL = Sector.HOSPITAL_SERVICE
ROOT = "start"

Worth = tuple[int, int, int, int]


def people() -> list[Person]:
    """Somebody with nothing, and one of each profession from which the chains begin."""
    work = (Practice("hospital_orderly", 20),)
    care = (Practice("care_assistant", 40),)
    nursed = (Practice("nurse", 60), Practice("nurse", None))
    return [
        Person("out of work", DAY, practices=(), sector=Sector.JOBLESS),
        Person("nothing told", DAY),
        Person("orderly", DAY, (Holding("hospital_orderly"),), True, work, HOSPITAL),
        Person("home carer", DAY, (Holding("home_care_assistant"),), sector=Sector.PRIVATE),
        Person(
            "care assistant",
            DAY,
            (Holding("care_assistant"),),
            practices=care,
            sector=HOSPITAL,
            papers=(Paper("afgsu_2", dt.date(2027, 1, 31)),),
        ),
        Person("nurse", DAY, (Holding("nurse"),), practices=None, sector=HOSPITAL),
        Person("nurse, diploma unread", DAY, (Holding("nurse", None, False),), practices=nursed),
    ]


def main() -> None:
    """Print the time of each person, of a shortage, then of networkx."""
    with database():
        from ancrage.professions.services import network_on  # noqa: PLC0415 -- after set-up

        begun = time.process_time()
        network = network_on(on=DAY)
        read = time.process_time() - begun
    print(f"{len(network.bridges)} bridges, read and made ready in {read * 1000:.0f} ms")
    answers = {}
    print(f"{'':18}{'paths':>7}{'median':>10}{'slowest':>10}   (bar {BAR_MS:.0f} ms)")
    for person in people():
        times, found = [], 0
        for goal in GOALS:
            answer, seconds = _timed(network, person, goal)
            assert violations(network.bridges, person, goal, answer) == []
            answers[person.key, goal] = answer
            found += len(answer)
            times.append(seconds * 1000)
        print(f"{person.key:18}{found:>7}{statistics.median(times):>7.1f} ms{max(times):>7.1f} ms")
    crowd = [
        Person(f"p{rank}", DAY, one.titles, one.all_titles_told, one.practices, one.sector)
        for rank in range(200)
        for one in people()
    ]
    begun = time.process_time()
    everything, *each = reliefs(network, alike(crowd), "care_assistant", 300)
    seconds = time.process_time() - begun
    print(
        f"a shortage of 300 among {len(crowd):,} people, {len(each)} bridges into it: "
        f"{seconds * 1000:.0f} ms, closed in {everything.closes_in} months"
    )
    _beside_networkx(network, answers)


def _timed(network: Network, person: Person, goal: str) -> tuple[tuple[Path, ...], float]:
    times = []
    for _turn in range(TURNS):
        begun = time.process_time()
        ways = paths(network, person, goal, most_months=MOST_MONTHS)
        times.append(time.process_time() - begun)
    return ways.paths, min(times)


def _beside_networkx(network: Network, answers: dict[tuple[str, str], tuple[Path, ...]]) -> None:
    if find_spec("networkx") is None:
        print("networkx is not installed (./run bench installs it)")
        return
    chosen = [one for one in people() if one.key in ("orderly", "care assistant")]
    print(f"\n{'networkx, every path':24}{'tried':>9}{'time':>12}{'ours':>10}")
    for person in chosen:
        begun = time.process_time()
        tried, best = _by_networkx(network.bridges, person, "nurse")
        theirs = time.process_time() - begun
        ours, seconds = _timed(network, person, "nurse")
        assert ours == answers[person.key, "nurse"]
        assert {_worth(path) for path in ours} == best, (ours, best)
        print(
            f"{person.key:24}{tried:>9,}{theirs * 1000:>9.0f} ms{seconds * 1000:>7.1f} ms"
            f"  ×{theirs / seconds:,.0f}"
        )


def _by_networkx(bridges: Sequence[Bridge], person: Person, goal: str) -> tuple[int, set[Worth]]:
    """How many paths of so many steps at most there are, and the worths that none beats."""
    import networkx as nx  # noqa: PLC0415 -- installed for the measures only

    facts = Facts(person, MOST_MONTHS)
    held = set(facts.titles)
    titles = {one.target for one in bridges} | {one.source for one in bridges if one.source}
    graph = nx.MultiDiGraph()
    for bridge in bridges:
        if bridge.target in held:
            continue
        starts = {ROOT} if not bridge.source or bridge.source in held else set()
        after = titles - held - {bridge.target} if not bridge.source else {bridge.source} - held
        for start in starts | after:
            graph.add_edge(start, bridge.target, key=bridge.key)
    known = {bridge.key: bridge for bridge in bridges}
    tried, found = 0, set[Worth]()
    for edges in nx.all_simple_edge_paths(graph, ROOT, goal, cutoff=MOST_STEPS):
        tried += 1
        found |= _worths([known[key] for _start, _end, key in edges], facts)
    return tried, {one for one in found if not any(dominates(other, one) for other in found)}


def _worths(route: Iterable[Bridge], facts: Facts) -> set[Worth]:
    """The worth of a route, once for each way to pay; nothing if it cannot be taken."""
    standing, spent = facts.origin, {(0, 0)}
    for bridge in route:
        at = begins(bridge, standing, facts)
        if isinstance(at, Closed):
            return set()
        offers = worth_counting(payments(bridge, standing, facts, at))
        spent = {
            (cost + counted(one.cost), lost + one.lost) for cost, lost in spent for one in offers
        }
        gained = standing.gained | {bridge.target}
        past = facts.left(standing, at)
        standing = Standing(bridge.target, at + bridge.months, gained, past)
    # Nothing is told of local posts: it sets no path apart.
    return {(standing.since, cost, lost, 0) for cost, lost in spent}


def _worth(path: Path) -> Worth:
    costs = [step.paid_by.cost for step in path.steps]
    return path.months, sum(UNTOLD_COST if one is None else one for one in costs), path.lost, 0


if __name__ == "__main__":
    main()
