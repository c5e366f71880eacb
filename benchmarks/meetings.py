"""Meetings planned, beside what is done instead: the bell, greed, solvers.

Bars: 100 hosts × 30 visitors over 12 rounds, fair and proved under 100 ms; with tight tables and
absences under 2 s; 10,000 × 5,000 with absences under 1 s; planned again in the evening under
300 ms with nothing held moved; each public instance of decided meetings under 60 s.

Peers, on the same instances: « the bell » (everybody moves one table on), greedy by score, the
best assignment round after round (scipy), stable matching round after round (matching), and the
model with a variable per pair and round given to CP-SAT and to HiGHS, which get the fairness
found by ours as a condition: they only look for the score.

« left out » counts people with fewer than 3 meetings; « no good one », people without a meeting
that is among the best fifth of their own. One process, one core; times are of the processor.

    python -m benchmarks.meetings
"""

import csv
import random
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

from ancrage.core.meetings import evening as live
from ancrage.core.meetings.compact.judge import flaws
from ancrage.core.meetings.compact.solve import plan_compactly
from ancrage.core.meetings.compact.values import Infeasible
from ancrage.core.meetings.judge import violations
from ancrage.core.meetings.plan import plan
from ancrage.core.meetings.replan import replan
from ancrage.core.meetings.values import GUARANTEE, Instance, Meeting, Person, Side
from ancrage.events.management.dzn import read_dzn
from benchmarks._evening import draw_evening

Answer = TypeVar("Answer")
Card = tuple[str, str, int]
Peer = Callable[[Instance], list[Card]]
PUBLIC = Path(__file__).resolve().parents[2] / "shared" / "data" / "b2b"
SOLVER_SECONDS = 60


def main() -> None:
    """Print the four tables."""
    _evenings()
    _large()
    _replanned()
    _decided()


def _evenings() -> None:
    peers: dict[str, Peer] = {"the bell": by_the_bell, "greedy": by_greed}
    if find_spec("scipy"):
        peers["assignment per round"] = by_assignment
    if find_spec("matching"):
        peers["stable matching per round"] = by_stable_matching
    for visitors, hosts in ((30, 100), (60, 100)):
        for name, options in (
            ("all there", {}),
            ("absences", {"absences": True}),
            ("absences, tight", {"absences": True, "tight": True}),
        ):
            instance = draw_evening(visitors, hosts, seed=1, **options)
            print(f"{visitors} visitors × {hosts} hosts, {name}: {len(instance.pairs):,} pairs")
            for peer, method in peers.items():
                _show(instance, peer, *_timed(lambda m=method, i=instance: m(i)))
            _ours(instance)
            if (visitors, name) == (30, "all there"):
                _show(instance, "CP-SAT", *_timed(lambda i=instance: by_cp_sat(i)))
                if find_spec("scipy"):
                    _show(instance, "HiGHS", *_timed(lambda i=instance: by_highs(i)))


def _ours(instance: Instance) -> None:
    found, seconds = _timed(lambda: plan(instance))
    assert violations(instance, found) == []
    label = f"Ancrage ({found.proof.value}, gap {float(found.gap):.4%})"
    _show(instance, label, [one.card for one in found.meetings], seconds)


def _large() -> None:
    for visitors, hosts, known in ((200, 400, None), (1_000, 3_000, 30), (5_000, 10_000, 30)):
        instance = draw_evening(visitors, hosts, seed=1, absences=True, known=known)
        print(f"{visitors:,} visitors × {hosts:,} hosts, absences: {len(instance.pairs):,} pairs")
        _show(instance, "the bell", *_timed(lambda i=instance: by_the_bell(i)))
        _show(instance, "greedy", *_timed(lambda i=instance: by_greed(i)))
        _ours(instance)


def _replanned() -> None:
    print("Planned again after round 3, a tenth of the people gone (absences)")
    for visitors in (30, 60):
        asked = draw_evening(visitors, 100, seed=1, absences=True)
        dice = random.Random(1)
        instance = live.begun(asked, plan(asked), 3)
        gone = {person for person in live.everybody(asked) if dice.random() < 0.1}
        for person in sorted(gone, key=lambda one: (one.side.value, one.id)):
            instance = live.left(instance, person)
        lost = sum(_is_lost(one, gone) for one in instance.promised)
        scratch = plan(replace(instance, promised=()))
        alone = sum(
            pair.score
            for pair in instance.pairs
            if any(
                pair[:2] == one[:2]
                for one in (*instance.held, *instance.promised)
                if one in instance.held or not _is_lost(one, gone)
            )
        )
        for price in (None, 300, 100, 0):
            found, seconds = _timed(lambda i=instance, p=price: replan(i, price=p))
            assert violations(instance, found) == []
            assert {one.card for one in instance.held} <= {one.card for one in found.meetings}
            share = (found.score - alone) / (scratch.score - alone)
            print(
                f"  {visitors} × 100, a promise worth {'all' if price is None else price:>4}"
                f"{share:>8.0%} of what can be recovered"
                f"{len(found.changed) - lost:>5} promises broken{seconds * 1000:>8.0f} ms"
            )


def _is_lost(one: Meeting, gone: set[Person]) -> bool:
    return Person(Side.HOST, one.host) in gone or Person(Side.VISITOR, one.visitor) in gone


def _decided() -> None:
    if not PUBLIC.exists():
        print("The public instances of decided meetings are not here.")
        return
    with (PUBLIC / "reference.csv").open() as table:
        rows = {row["instance"]: row for row in csv.DictReader(table)}
    times: dict[bool, list[float]] = defaultdict(list)
    for path in sorted((PUBLIC / "instances").glob("*.dzn")):
        instance = read_dzn(path.read_text())
        begun = time.process_time()
        try:
            found = plan_compactly(instance)
            assert flaws(instance, found) == []
            assert found.breaks == found.bound
            answer = str(found.breaks)
        except Infeasible:
            answer = "UNSAT"
        times["original" in path.stem].append(time.process_time() - begun)
        assert answer == rows[path.stem]["optimum_d2"], (path.stem, answer)
    for original, own in sorted(times.items()):
        kind = "originals" if original else "modified"
        print(
            f"Decided meetings, {len(own)} {kind}: all proved, as published; "
            f"{sum(own):.1f} s in all, worst {max(own):.1f} s"
        )


def _timed(question: Callable[[], Answer]) -> tuple[Answer, float]:
    begun = time.process_time()
    return question(), time.process_time() - begun


def _show(instance: Instance, name: str, cards: list[Card], seconds: float) -> None:
    scores = {pair[:2]: pair.score for pair in instance.pairs}
    met = Counter[Person]()
    best = Counter[Person]()
    of_person: dict[Person, list[int]] = defaultdict(list)
    for host, visitor, score in instance.pairs:
        for person in (Person(Side.HOST, host), Person(Side.VISITOR, visitor)):
            of_person[person].append(score)
    for host, visitor, _when in cards:
        for person in (Person(Side.HOST, host), Person(Side.VISITOR, visitor)):
            met[person] += 1
            best[person] = max(best[person], scores[host, visitor])
    people = list(live.everybody(instance))
    left_out = sum(met[person] < GUARANTEE for person in people)
    bad = 0
    for person in people:
        own = sorted(of_person[person], reverse=True)
        bad += not own or best[person] < own[len(own) // 5]
    total = sum(scores[card[:2]] for card in cards) / 1000
    print(
        f"  {name:36}{total:>10,.1f} points{left_out:>7,} left out{bad:>7,} no good one"
        f"{seconds * 1000:>10,.1f} ms"
    )


class _Places:
    """Who is free in which round, and how many meetings each may still have."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.cards: list[Card] = []
        self._hosts = {host.id: host for host in instance.hosts}
        self._visitors = {visitor.id: visitor for visitor in instance.visitors}
        self._room = Counter(
            {("h", host.id): host.most or 0 for host in instance.hosts}
            | {("v", visitor.id): visitor.most or 0 for visitor in instance.visitors}
        )
        self._busy: set[tuple[str, str, int]] = set()
        self._met: set[tuple[str, str]] = set()
        self._load = Counter[int]()

    def can(self, host: str, visitor: str, when: int) -> bool:
        """Whether two people can meet in a round, given what is already planned."""
        return (
            (host, visitor) not in self._met
            and when not in self._hosts[host].absent
            and when not in self._visitors[visitor].absent
            and ("h", host, when) not in self._busy
            and ("v", visitor, when) not in self._busy
            and self._room["h", host] > 0
            and self._room["v", visitor] > 0
            and self._load[when] < (self.instance.tables or 0)
        )

    def meet(self, host: str, visitor: str, when: int) -> None:
        self.cards.append((host, visitor, when))
        self._met.add((host, visitor))
        self._busy |= {("h", host, when), ("v", visitor, when)}
        self._room["h", host] -= 1
        self._room["v", visitor] -= 1
        self._load[when] += 1


def by_the_bell(instance: Instance) -> list[Card]:
    """Everybody moves one table on at the bell; a pair that must not meet sits the round out."""
    places = _Places(instance)
    known = {pair[:2] for pair in instance.pairs}
    hosts, visitors = instance.hosts, instance.visitors
    stride = max(1, len(hosts) // len(visitors))
    for when in range(instance.rounds):
        for rank, visitor in enumerate(visitors):
            host = hosts[(rank * stride + when) % len(hosts)]
            if (host.id, visitor.id) in known and places.can(host.id, visitor.id, when):
                places.meet(host.id, visitor.id, when)
    return places.cards


def by_greed(instance: Instance) -> list[Card]:
    """The best scores first, each in the first round that suits."""
    places = _Places(instance)
    for host, visitor, _score in sorted(instance.pairs, key=lambda pair: -pair.score):
        for when in range(instance.rounds):
            if places.can(host, visitor, when):
                places.meet(host, visitor, when)
                break
    return places.cards


def by_assignment(instance: Instance) -> list[Card]:
    """Round after round, the pairs of largest total score."""
    import numpy as np  # noqa: PLC0415 -- the peers are installed for the measures only
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    places = _Places(instance)
    hosts = {host.id: rank for rank, host in enumerate(instance.hosts)}
    visitors = {visitor.id: rank for rank, visitor in enumerate(instance.visitors)}
    for when in range(instance.rounds):
        scores = np.zeros((len(visitors), len(hosts)))
        for host, visitor, score in instance.pairs:
            if places.can(host, visitor, when):
                scores[visitors[visitor], hosts[host]] = score
        rows, columns = linear_sum_assignment(scores, maximize=True)
        for row, column in sorted(
            zip(rows, columns, strict=True), key=lambda place: -scores[place]
        ):
            host, visitor = instance.hosts[column].id, instance.visitors[row].id
            if scores[row, column] and places.can(host, visitor, when):
                places.meet(host, visitor, when)
    return places.cards


def by_stable_matching(instance: Instance) -> list[Card]:
    """Round after round, a matching that no two people would leave for one another."""
    from matching.games import HospitalResident  # noqa: PLC0415

    places = _Places(instance)
    for when in range(instance.rounds):
        able = [pair for pair in instance.pairs if places.can(pair.host, pair.visitor, when)]
        able.sort(key=lambda pair: (-pair.score, pair.host, pair.visitor))
        of_visitor: dict[str, list[str]] = defaultdict(list)
        of_host: dict[str, list[str]] = defaultdict(list)
        for host, visitor, _score in able:
            of_visitor[visitor].append(host)
            of_host[host].append(visitor)
        if not able:
            continue
        game = HospitalResident.create_from_dictionaries(
            of_visitor, of_host, dict.fromkeys(of_host, 1)
        )
        for host, matched in game.solve(optimal="resident").items():
            for visitor in matched:
                if places.can(host.name, visitor.name, when):
                    places.meet(host.name, visitor.name, when)
    return places.cards


def _columns(instance: Instance) -> list[tuple[str, str, int, int]]:
    absent = {("h", host.id): host.absent for host in instance.hosts}
    absent |= {("v", visitor.id): visitor.absent for visitor in instance.visitors}
    return [
        (host, visitor, when, score)
        for host, visitor, score in instance.pairs
        for when in range(instance.rounds)
        if when not in absent["h", host] and when not in absent["v", visitor]
    ]


def _rows(
    instance: Instance, columns: list[tuple[str, str, int, int]]
) -> dict[tuple[object, ...], tuple[int, int, list[int]]]:
    """For each limit: its least, its most, and the columns that it counts."""
    fair = Counter[tuple[str, str]]()
    for one in plan(instance).meetings:
        fair["h", one.host] += 1
        fair["v", one.visitor] += 1
    most = {("h", host.id): host.most or 0 for host in instance.hosts}
    most |= {("v", visitor.id): visitor.most or 0 for visitor in instance.visitors}
    rows: dict[tuple[object, ...], tuple[int, int, list[int]]] = {}
    for rank, (host, visitor, when, _score) in enumerate(columns):
        limits: list[tuple[tuple[object, ...], int, int]] = [
            (("pair", host, visitor), 0, 1),
            (("round", when), 0, instance.tables or 0),
        ]
        for person in (("h", host), ("v", visitor)):
            limits.append(((*person, when), 0, 1))
            limits.append((person, min(GUARANTEE, fair[person]), most[person]))
        for key, least, limit in limits:
            rows.setdefault(key, (least, limit, []))[2].append(rank)
    return rows


def by_cp_sat(instance: Instance) -> list[Card]:
    """A variable per pair and round, for CP-SAT, with a limit of time."""
    from ortools.sat.python import cp_model  # noqa: PLC0415

    columns = _columns(instance)
    model = cp_model.CpModel()
    meets = [model.new_bool_var("") for _column in columns]
    for least, most, own in _rows(instance, columns).values():
        model.add_linear_constraint(sum(meets[rank] for rank in own), least, most)
    model.maximize(sum(column[3] * one for column, one in zip(columns, meets, strict=True)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = SOLVER_SECONDS
    solver.parameters.num_workers = 1
    if solver.solve(model) not in {cp_model.OPTIMAL, cp_model.FEASIBLE}:
        return []
    return [column[:3] for column, one in zip(columns, meets, strict=True) if solver.value(one)]


def by_highs(instance: Instance) -> list[Card]:
    """The same model for HiGHS, with the same limit."""
    import numpy as np  # noqa: PLC0415
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415
    from scipy.sparse import csr_array  # noqa: PLC0415

    columns = _columns(instance)
    rows = list(_rows(instance, columns).values())
    where = [(row, rank) for row, (_least, _most, own) in enumerate(rows) for rank in own]
    places = tuple(np.array(where).T)
    table = csr_array((np.ones(len(where)), places), (len(rows), len(columns)))
    found = milp(
        -np.array([column[3] for column in columns]),
        constraints=LinearConstraint(table, [row[0] for row in rows], [row[1] for row in rows]),
        bounds=Bounds(0, 1),
        integrality=np.ones(len(columns)),
        options={"time_limit": SOLVER_SECONDS},
    )
    if found.x is None:
        return []
    return [column[:3] for column, one in zip(columns, found.x, strict=True) if one > 0.5]


if __name__ == "__main__":
    main()
