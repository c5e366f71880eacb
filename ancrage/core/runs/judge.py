"""Is this plan of training runs allowed, and can there be a better one?

Written from the definition of the problem; shares with the solver the values only.

Proof of a bound. Take any prices ≥ 0: π of sending a person, ν of covering one of a need, β of a
euro of the budget. In a plan each person goes once at most, each need is covered as far as it
goes at most, the budget holds; a run that opens sends k people, from `least` to `most`, covers
at most k of the needs that it can, and is not dearer than the budget. Hence, with points and
worths in euros (`scale` each),

    gain  ≤  Σ π + Σ people · ν + budget · β + Σ max(0, best of each run)

the best of a run being, over k, the k largest (points − π) of its people, plus the k largest
(worth − ν) of its needs where that is positive, less (1 + β) times its cost. While `scale`
exceeds what any plan costs, the quotient of the bound by `scale`, rounded up, bounds the points,
and what the rounding added bounds from below the cost of any plan that has these points.

Complexity: O(runs · (wishes + people needed)).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ancrage.core.runs.values import (
    Certificate,
    Instance,
    Need,
    Plan,
    Proof,
    Run,
    Violation,
    ViolationKind,
    Wish,
    Worth,
)


def worth(instance: Instance, plan: Plan) -> Worth:
    """Return what a plan brings and costs, counted again from who goes where."""
    runs = {run.key: run for run in instance.runs}
    wishes = {(wish.person, wish.course): wish.priority for wish in instance.wishes}
    needs = {(need.profession, need.month): need.worth for need in instance.needs}
    points = sum(
        wishes.get((person, runs[one.run].course), 0)
        for one in plan.runs
        if one.run in runs
        for person in one.people
    )
    points += sum(needs.get((one.profession, one.month), 0) * one.people for one in plan.covers)
    return Worth(points, sum(runs[one.run].cost for one in plan.runs if one.run in runs))


def violations(instance: Instance, plan: Plan) -> list[Violation]:
    """Return all that is wrong with a plan."""
    found = [*_of_runs(instance, plan), *_of_covers(instance, plan)]
    cost = worth(instance, plan).cost
    if instance.budget is not None and cost > instance.budget:
        found.append(Violation(ViolationKind.BUDGET, (cost, instance.budget)))
    if plan.worth != worth(instance, plan):
        found.append(Violation(ViolationKind.WORTH, tuple(plan.worth)))
    return [*found, *_unproved(instance, plan)]


def upper_bound(instance: Instance, certificate: Certificate | None = None) -> Worth:
    """Return what no plan of this instance can exceed, by these prices.

    Whoever made the prices: any prices ≥ 0 give a true bound. Without prices, everybody has
    their dearest wish, and all needs are covered, for nothing.

    Raises:
        ValueError: the prices are none.
    """
    if certificate is None:
        dearest: dict[str, int] = {}
        for wish in instance.wishes:
            dearest[wish.person] = max(wish.priority, dearest.get(wish.person, 0))
        needed = sum(need.people * need.worth for need in instance.needs)
        return Worth(sum(dearest.values()) + needed, 0)
    if not _are_prices(instance, certificate):
        raise ValueError("these are no prices")
    scale, parts = certificate.scale, certificate.parts
    people = dict(certificate.people)
    needs = {(profession, month): price for profession, month, price in certificate.needs}
    ceiling = sum(people.values()) + certificate.budget * (instance.budget or 0)
    for need in instance.needs:
        ceiling += need.people * needs.get((need.profession, need.month), 0)
    for run in instance.runs:
        if instance.budget is not None and run.cost > instance.budget:
            continue
        takers = [
            wish.priority * scale * parts - people.get(wish.person, 0)
            for wish in instance.wishes
            if _suits(run, wish)
        ]
        covers = [
            (need.worth * scale * parts - needs.get((need.profession, need.month), 0), need.people)
            for need in instance.needs
            if _in_time(instance, run, need)
        ]
        ceiling += max(0, _best(run, takers, covers, run.cost * (parts + certificate.budget)))
    gain = ceiling // parts
    points = -(-gain // scale)
    return Worth(points, points * scale - gain)


def _best(run: Run, takers: Iterable[int], covers: Iterable[tuple[int, int]], cost: int) -> int:
    """The most that a run brings when it opens, whatever its size."""
    takers = sorted(takers, reverse=True)[: run.most]
    units = sorted(
        (value for value, n in covers for _one in range(min(n, run.most))), reverse=True
    )
    best = total = 0
    for size, value in enumerate(takers, start=1):
        total += value
        if size <= len(units):
            total += max(0, units[size - 1])
        if size == run.least or (size > run.least and total - cost > best):
            best = total - cost
    return best


def _suits(run: Run, wish: Wish) -> bool:
    return wish.course == run.course and run.site in wish.sites and run.month in wish.months


def _in_time(instance: Instance, run: Run, need: Need) -> bool:
    return any(
        course.profession == need.profession and run.month + course.months <= need.month
        for course in instance.courses
        if course.key == run.course
    )


def _of_runs(instance: Instance, plan: Plan) -> Iterator[Violation]:
    known = {run.key: run for run in instance.runs}
    for key, times in sorted(Counter(one.run for one in plan.runs).items()):
        if key not in known:
            yield Violation(ViolationKind.UNKNOWN_RUN, (key,))
        if times > 1:
            yield Violation(ViolationKind.RUN_TWICE, (key,))
    for one in plan.runs:
        if one.run not in known:
            continue
        run = known[one.run]
        if not run.least <= len(one.people) <= run.most:
            yield Violation(ViolationKind.GROUP_SIZE, (run.key, len(one.people)))
        suited = {wish.person for wish in instance.wishes if _suits(run, wish)}
        for person in one.people:
            if person not in suited:
                yield Violation(ViolationKind.NO_WISH, (person, run.key))
    for person, times in sorted(Counter(p for one in plan.runs for p in one.people).items()):
        if times > 1:
            yield Violation(ViolationKind.PERSON_TWICE, (person,))


def _of_covers(instance: Instance, plan: Plan) -> Iterator[Violation]:
    runs = {run.key: run for run in instance.runs}
    needs = {(need.profession, need.month): need for need in instance.needs}
    sizes = {one.run: len(one.people) for one in plan.runs}
    of_run: Counter[str] = Counter()
    of_need: Counter[tuple[str, int]] = Counter()
    for cover in plan.covers:
        need = needs.get((cover.profession, cover.month))
        if (
            need is None
            or cover.people < 1
            or cover.run not in sizes
            or cover.run not in runs
            or not _in_time(instance, runs[cover.run], need)
        ):
            yield Violation(ViolationKind.COVER, tuple(cover))
            continue
        of_run[cover.run] += cover.people
        of_need[cover.profession, cover.month] += cover.people
    for key, people in sorted(of_need.items()):
        if people > needs[key].people:
            yield Violation(ViolationKind.TOO_MANY_COVERED, key)
    for run, people in sorted(of_run.items()):
        if people > sizes[run]:
            yield Violation(ViolationKind.TOO_MANY_COVERING, (run,))


def _unproved(instance: Instance, plan: Plan) -> Iterator[Violation]:
    if not _are_prices(instance, plan.certificate):
        yield Violation(ViolationKind.PRICES)
        return
    scale = plan.certificate.scale
    gain, bound, proved = (
        one.points * scale - one.cost
        for one in (plan.worth, plan.bound, upper_bound(instance, plan.certificate))
    )
    holds: Mapping[Proof, bool] = {
        Proof.OPTIMAL: gain == bound == proved,
        Proof.SEARCHED: gain == bound <= proved,
        Proof.BOUNDED: gain <= bound <= proved,
    }
    if not holds[plan.proof]:
        yield Violation(ViolationKind.NOT_PROVED)


def _are_prices(instance: Instance, certificate: Certificate) -> bool:
    dearest = sum(run.cost for run in instance.runs)
    if instance.budget is not None:
        dearest = min(dearest, instance.budget)
    prices = [price for _person, price in certificate.people]
    prices += [price for _profession, _month, price in certificate.needs]
    if instance.budget is None and certificate.budget:
        return False
    return (
        certificate.parts > 0
        and certificate.scale > dearest
        and min([certificate.budget, *prices]) >= 0
    )
