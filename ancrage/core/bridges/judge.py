"""Is this path what it says? Written from the definition, month by month, sharing no code.

Work is a set of months, each in a profession; a course begins in the first month of which every
condition holds, tried one after the other.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from ancrage.core.bridges.values import (
    ANYBODY,
    Bridge,
    Certificate,
    Condition,
    Funding,
    Path,
    Person,
    Sector,
    Seniority,
    Title,
    Word,
    after,
)


class ViolationKind(Enum):
    """What can be wrong with a path."""

    UNKNOWN_BRIDGE = "unknown_bridge"
    NOT_JOINED = "not_joined"
    REACHED_TWICE = "reached_twice"
    NOT_THE_FIRST_MONTH = "not_the_first_month"
    CANNOT_PAY = "cannot_pay"
    WRONG_SUM = "wrong_sum"
    NOT_THE_GOAL = "not_the_goal"
    DOMINATED = "dominated"


@dataclass(frozen=True, slots=True)
class Violation:
    """One violation; `path` is the rank of the path, `step` that of the step, if it has one."""

    kind: ViolationKind
    path: int
    step: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person is: the title reached last, since when, what was reached, what was worked."""

    title: str = ANYBODY
    since: int = 0
    reached: frozenset[str] = frozenset()
    worked: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Judge:
    """The definition, for one person who plans no further than `most_months`."""

    person: Person
    most_months: int = 240

    def start(self) -> Place:
        """Return where the person is before any step."""
        person, worked = self.person, set[tuple[str, int]]()
        for one in person.practices or ():
            ends = 0
            if one.until is not None and one.until < person.starts_on:
                while after(one.until, -ends) < person.starts_on:
                    ends -= 1
            worked |= {(one.profession, ends - 1 - month) for month in range(one.months or 0)}
        return Place(worked=frozenset(worked))

    def holds_from(self, title: str) -> int | None:
        """Return the month from which a title is held, None for one that nobody has told."""
        sure = [one for one in self.person.titles if one.title == title and one.sure]
        told = sure or [one for one in self.person.titles if one.title == title]
        months = []
        for one in told:
            month = 0
            while one.since and after(self.person.starts_on, month) < one.since:
                month += 1
            months.append(month)
        return min(months, default=None)

    def work(self, place: Place, until: int) -> Place:
        """Return the place with the months worked there until a month."""
        if place.title:
            trades = {place.title: place.since}
        else:
            trades = {one.title: self.holds_from(one.title) or 0 for one in self.person.titles}
            for one in self.person.practices or ():
                if one.until is None or one.until >= self.person.starts_on:
                    trades[one.profession] = 0
        months = {(trade, m) for trade, begun in trades.items() for m in range(begun, until)}
        return replace(place, worked=place.worked | months)

    def first_month(self, bridge: Bridge, place: Place) -> int | None:
        """Return the first month in which the course can begin, None if there is none."""
        if place.title and bridge.source not in (ANYBODY, place.title):
            return None
        for month in range(place.since, self.most_months - bridge.months + 1):
            if self._can_begin(bridge, self.work(place, month), month):
                return month
        return None

    def _can_begin(self, bridge: Bridge, place: Place, month: int) -> bool:
        day = after(self.person.starts_on, month)
        if bridge.valid_from and day < bridge.valid_from:
            return False
        if bridge.valid_to and day > bridge.valid_to:
            return False
        if bridge.intakes and day.month not in bridge.intakes:
            return False
        conditions = list(bridge.conditions)
        if not place.title and bridge.source != ANYBODY:
            conditions.append(Title(frozenset({bridge.source})))
        return all(
            isinstance(one, Certificate) or self.answer(one, place, month) is not False
            for one in conditions
        )

    def answer(self, condition: Condition, place: Place, month: int) -> bool | None:
        """Tell whether a condition holds in a month; None where nobody has told."""
        if isinstance(condition, Word):
            told = {value for fact, value in self.person.words if fact == condition.fact}
            return min(told) if told else None
        if isinstance(condition, Title):
            return _any(self._holds(title, place, month) for title in condition.any_of)
        if isinstance(condition, Seniority):
            return self._has_worked(condition, place, month)
        return self._has_paper(condition, month)

    def _holds(self, title: str, place: Place, month: int) -> bool | None:
        if title in place.reached:
            return True
        since = self.holds_from(title)
        if since is None:
            return False if self.person.all_titles_told else None
        if month < since:
            return False
        is_sure = any(one.sure for one in self.person.titles if one.title == title)
        return True if is_sure else None

    def _has_worked(self, asked: Seniority, place: Place, month: int) -> bool | None:
        names = asked.professions
        first = -(10**6) if asked.window is None else month - asked.window
        months = {
            m for trade, m in place.worked if first <= m < month and (not names or trade in names)
        }
        if len(months) >= asked.months:
            return True
        if self.person.practices is None:
            # A profession reached on the way was not practised before.
            return False if names and names <= place.reached else None
        untold = {one.profession for one in self.person.practices if one.months is None}
        return None if (untold & names if names else untold) else False

    def _has_paper(self, asked: Certificate, month: int) -> bool | None:
        day = after(self.person.starts_on, month)
        copies = [one for one in self.person.papers if one.kind == asked.kind]
        if not copies:
            return None
        return _any(
            (None if one.valid_to is None else one.valid_to >= day) if one.held else False
            for one in copies
        )

    def pays(self, funding: Funding, place: Place, month: int) -> bool:
        """Tell whether a funding can, or may, pay for a course that begins in a month."""
        day, sector = after(self.person.starts_on, month), self.person.sector
        if funding.valid_from and day < funding.valid_from:
            return False
        if funding.valid_to and day > funding.valid_to:
            return False
        if sector is Sector.JOBLESS and place.title:
            sector = None
        if funding.sectors and sector not in {*funding.sectors, None}:
            return False
        here = self.work(place, month)
        return all(self.answer(one, here, month) is not False for one in funding.conditions)

    def take(self, bridge: Bridge, place: Place, month: int) -> Place:
        """Return the place once a course that begins in a month is over."""
        worked = self.work(place, month).worked
        reached = place.reached | {bridge.target}
        return Place(bridge.target, month + bridge.months, reached, worked)


def _any(answers: Iterable[bool | None]) -> bool | None:
    known = set(answers)
    return True if True in known else (None if None in known else False)


def violations(
    bridges: Iterable[Bridge],
    person: Person,
    goal: str,
    paths: Sequence[Path],
    *,
    local: Mapping[str, int] | None = None,
    most_months: int = 240,
) -> list[Violation]:
    """Return all that is wrong with paths to a goal; an empty list means that they hold.

    Whether one that no other dominates was left out is not told here: the tests try them all.
    """
    known = {bridge.key: bridge for bridge in bridges}
    judge, found = Judge(person, most_months), list[Violation]()
    for rank, path in enumerate(paths):
        found += _walk(judge, known, goal, path, rank, local or {})
        if any(_is_worse(path, other) for other in paths):
            found.append(Violation(ViolationKind.DOMINATED, rank))
    return found


def _walk(
    judge: Judge,
    known: Mapping[str, Bridge],
    goal: str,
    path: Path,
    rank: int,
    local: Mapping[str, int],
) -> list[Violation]:
    place, found, chances = judge.start(), list[Violation](), {goal}
    months, costs, lost = judge.holds_from(goal) or 0, list[int | None](), 0
    for number, step in enumerate(path.steps):
        bridge = known.get(step.bridge)
        if bridge is None:
            return [*found, Violation(ViolationKind.UNKNOWN_BRIDGE, rank, number)]
        if (step.source, step.target) != (bridge.source, bridge.target) or (
            place.title and bridge.source not in (ANYBODY, place.title)
        ):
            found.append(Violation(ViolationKind.NOT_JOINED, rank, number))
        if bridge.target in place.reached or judge.holds_from(bridge.target) is not None:
            found.append(Violation(ViolationKind.REACHED_TWICE, rank, number))
        if judge.first_month(bridge, place) != step.begins:
            found.append(Violation(ViolationKind.NOT_THE_FIRST_MONTH, rank, number))
        payers = [one for one in bridge.fundings if one.key == step.paid_by.funding]
        if payers and not judge.pays(payers[0], place, step.begins):
            found.append(Violation(ViolationKind.CANNOT_PAY, rank, number))
        if place.title and step.begins > place.since:
            chances.add(place.title)
        place = judge.take(bridge, place, step.begins)
        months = place.since
        costs.append(payers[0].rest if payers else bridge.fee)
        lost += bridge.months * (100 - ((payers[0].kept or 0) if payers else bridge.kept_alone))
    cost = None if None in costs else sum(one or 0 for one in costs)
    told = [local[one] for one in chances if one in local]
    if (path.months, path.cost, path.lost) != (months, cost, lost) or path.chance != min(
        told, default=None
    ):
        found.append(Violation(ViolationKind.WRONG_SUM, rank))
    if place.title != goal and (path.steps or judge.holds_from(goal) is None):
        found.append(Violation(ViolationKind.NOT_THE_GOAL, rank))
    return found


def _is_worse(path: Path, other: Path) -> bool:
    """Whether another path is as good on all four, and better on one or shorter."""
    mine, theirs = _worth(path), _worth(other)
    if mine == theirs:
        return len(other.steps) < len(path.steps)
    return all(b <= a for a, b in zip(mine, theirs, strict=True))


def _worth(path: Path) -> tuple[tuple[int, ...], ...]:
    """The four, the smaller the better. A cost that nobody has told is above all costs: fewer of
    them, then less of the others.
    """
    costs = [step.paid_by.cost for step in path.steps]
    cost = (costs.count(None), sum(one or 0 for one in costs))
    return (path.months,), cost, (path.lost,), (-(101 if path.chance is None else path.chance),)
