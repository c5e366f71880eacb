"""Where a person stands on the way, and when a course can begin there.

Two things change with time alone: work adds up in the profession reached (before the first step,
in those held or practised), and what is awaited comes. A certificate can always be obtained or
renewed. Nothing else that is known to be missing can be mended on the way: the bridge is shut.
"""

from bisect import bisect_left
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from ancrage.core.bridges.values import (
    ANYBODY,
    Bridge,
    Closed,
    Condition,
    Person,
    Seniority,
    Shut,
    Title,
    Word,
    after,
)

LONG_AGO = -100_000


class Spell(NamedTuple):
    """Work in a profession between two months, counted from the start of the path."""

    profession: str
    begins: int
    ends: int


class Standing(NamedTuple):
    """The last title reached ("" before the first step), since when, and what came before."""

    title: str
    since: int
    gained: frozenset[str]
    past: tuple[Spell, ...]


class Facts:
    """The facts of a person, ready to be asked, up to a number of months after the start."""

    def __init__(self, person: Person, most_months: int) -> None:
        self.person, self.most_months = person, most_months
        start = person.starts_on
        self.days = _days_from(start, most_months)
        # The month from which each title is held, the surest and the earliest of two.
        self.titles: dict[str, tuple[bool, int]] = {}
        for one in person.titles:
            held = (not one.sure, self.month_of(one.since) if one.since else 0)
            self.titles[one.title] = min(held, self.titles.get(one.title, held))
        # Told both ways, a fact is denied.
        self.words = dict(sorted(person.words, reverse=True))
        past, self.current, self.untold = [], dict[str, int](), set[str]()
        for practice in person.practices or ():
            if practice.months is None:
                self.untold.add(practice.profession)
            worked = practice.months or 0
            if practice.until is None or practice.until >= start:
                begun = min(-worked, self.current.get(practice.profession, 0))
                self.current[practice.profession] = begun
            else:
                ends = -whole_months(practice.until, start)
                past.append(Spell(practice.profession, ends - worked, ends))
        for title, (_unsure, since) in self.titles.items():
            self.current.setdefault(title, since)
        self.origin = Standing(ANYBODY, 0, frozenset(), tuple(sorted(past)))

    def may_know(self, profession: str) -> bool:
        """Tell whether the person holds the title of a profession, or has worked in it."""
        worked_in = {one.profession for one in self.person.practices or ()}
        return profession in self.titles or profession in worked_in

    def month_of(self, day: date) -> int:
        """Return the first month that begins on that day or later."""
        return bisect_left(self.days, day)

    def left(self, standing: Standing, at: int) -> tuple[Spell, ...]:
        """Return the work done once one leaves for a course, at that month."""
        return (*standing.past, *self._going_on(standing, at))

    def _going_on(self, standing: Standing, at: int) -> list[Spell]:
        if standing.title:
            return [Spell(standing.title, standing.since, at)]
        return [Spell(name, begun, at) for name, begun in self.current.items() if begun < at]

    def worked(self, asked: Seniority, standing: Standing, at: int) -> int:
        """Return the months of work that count at that month, none counted twice."""
        reached = LONG_AGO if asked.window is None else at - asked.window
        total = 0
        counted = sorted(
            (spell.begins, min(spell.ends, at))
            for spell in self.left(standing, at)
            if not asked.professions or spell.profession in asked.professions
        )
        for begins, ends in counted:
            total += max(0, ends - max(begins, reached))
            reached = max(reached, ends)
        return total

    def grows(self, asked: Seniority, standing: Standing) -> bool:
        """Tell whether waiting there adds months that count."""
        names = {standing.title} if standing.title else set(self.current)
        return bool(names & asked.professions if asked.professions else names)

    def may_have_worked(self, asked: Seniority, standing: Standing) -> bool:
        """Tell whether there may be more work that counts, which nobody has told."""
        if self.person.practices is None:
            return not asked.professions or not asked.professions <= standing.gained
        return bool(self.untold & asked.professions if asked.professions else self.untold)


@lru_cache(maxsize=64)
def _days_from(start: date, most_months: int) -> tuple[date, ...]:
    """Return the first day of each month counted from a day: the same for all who begin then."""
    return tuple(after(start, months) for months in range(most_months + 1))


def whole_months(early: date, late: date) -> int:
    """Return the months from a day to a later one, a month begun counted as one."""
    months = (late.year - early.year) * 12 + late.month - early.month
    return months + (after(early, months) < late)


# --- When can the course begin? ----------------------------------------------------------------


def begins(bridge: Bridge, standing: Standing, facts: Facts) -> int | Closed:
    """Return the first month in which the course can begin, or why it never can."""
    at = standing.since
    for condition in all_conditions(bridge, standing):
        if isinstance(condition, Word) and facts.words.get(condition.fact) is False:
            return Closed(bridge.key, Shut.REFUSED)
        if isinstance(condition, Title):
            since = title_month(condition, standing, facts)
            if since is None:
                return Closed(bridge.key, Shut.TITLE_MISSING)
            at = max(at, since)
    if bridge.valid_from:
        at = max(at, facts.month_of(bridge.valid_from))
    while at <= facts.most_months:
        then = _month_to_try(bridge, standing, facts, at)
        if then is None:
            return Closed(bridge.key, Shut.SENIORITY_MISSING)
        if then == at:
            break
        at = then
    if at > facts.most_months:
        return Closed(bridge.key, Shut.TOO_FAR_AWAY)
    if bridge.valid_to and facts.days[at] > bridge.valid_to:
        return Closed(bridge.key, Shut.EXPIRED, facts.days[at])
    if at + bridge.months > facts.most_months:
        return Closed(bridge.key, Shut.TOO_FAR_AWAY)
    return at


def _month_to_try(bridge: Bridge, standing: Standing, facts: Facts, at: int) -> int | None:
    """Return the month itself if the course can begin in it, else a later one; None if never.

    No month between the two will do: work adds up by one month a month at most.
    """
    if bridge.intakes and facts.days[at].month not in bridge.intakes:
        return at + 1
    for condition in bridge.conditions:
        if isinstance(condition, Seniority):
            missing = condition.months - facts.worked(condition, standing, at)
            if missing > 0 and not facts.may_have_worked(condition, standing):
                return at + missing if facts.grows(condition, standing) else None
    return at


def all_conditions(bridge: Bridge, standing: Standing) -> tuple[Condition, ...]:
    """Return the conditions, after that to hold the source where no step has given it."""
    if bridge.source in (ANYBODY, standing.title):
        return bridge.conditions
    return (Title(frozenset({bridge.source})), *bridge.conditions)


def title_month(condition: Title, standing: Standing, facts: Facts) -> int | None:
    """Return the month from which one of the titles is there, or may be; None if never."""
    may_hold_others = not facts.person.all_titles_told
    return min(
        (
            facts.titles[one][1] if one in facts.titles else 0
            for one in condition.any_of
            if may_hold_others or one in facts.titles or one in standing.gained
        ),
        default=None,
    )
