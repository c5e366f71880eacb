"""The figures: who came, who was accompanied, introduced, hired, who stayed, and how long.

The rule of small numbers stands here, in `Showing`, and nowhere else: everybody reads nothing
below five people, but whoever coordinates the territory, who knows these people by name and
opens the very lists that the figures count. Retention curves are masked for everybody.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from statistics import median
from typing import Any, NamedTuple

from ancrage.core.survival.masking import MaskedCurve, masked_reading
from ancrage.core.survival.masking import masked as masked_curve
from ancrage.core.survival.retention import Reading, Stay, retention_curve
from ancrage.journeys.queries.figures import (
    FigureFilter,
    NamedLine,
    PersonLine,
    StayLine,
    cohort,
    named_lines,
    people_reaching,
    stay_lines,
)
from ancrage.journeys.services.stays import months_after
from ancrage.privacy.cells import masked, small_cell

KEPT_MONTHS = (3, 6, 12)
READ_AT = (1, 3, 6, 12, 18, 24)
_DAYS_IN_MONTH = 30.4375

# The steps that somebody reached, in the order of the funnel.
_Steps = tuple[int, ...]
_KNOWN: _Steps = (1, 0, 0, 0, 0, 0, 0)
_ACCOMPANIED: _Steps = (1, 1, 0, 0, 0, 0, 0)
_INTRODUCED: _Steps = (1, 1, 1, 0, 0, 0, 0)


@dataclass(frozen=True)
class Showing:
    """Whether counts are shown as they are, or without the small ones."""

    exact: bool

    def one(self, count: int) -> int | None:
        """Return a count on its own, or None when it is hidden."""
        return None if not self.exact and small_cell(count) else count

    def column(self, counts: Sequence[int]) -> list[int | None]:
        """Return counts whose total is shown: a hidden one is never the total less the rest."""
        return list(counts) if self.exact else masked(counts)


@dataclass(frozen=True)
class Kept:
    """Of those hired long enough ago: still there, gone, and without news. None is hidden."""

    months: int
    due: int | None
    kept: int | None
    left: int | None
    unknown: int | None


@dataclass(frozen=True)
class Funnel:
    """How many people reached each step, or a later one; None is hidden."""

    known: int | None
    accompanied: int | None
    introduced: int | None
    hired: int | None
    kept: tuple[Kept, ...]


@dataclass(frozen=True)
class GroupLine:
    """One profession, origin or structure; `key` names it, counts in the order of the funnel."""

    key: Any
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class Delay:
    """The median number of days between two steps, and over how many people; None is hidden."""

    days: float | None
    people: int | None


@dataclass(frozen=True)
class Retention:
    """The part of the retention curve that may be shown, and what it says at some months."""

    curve: MaskedCurve
    readings: tuple[tuple[int, Reading | None], ...]
    people: int | None


@dataclass(frozen=True)
class Figures:
    """All that the page of figures prints."""

    funnel: Funnel
    by_profession: tuple[GroupLine, ...]
    by_origin: tuple[GroupLine, ...]
    by_partner: tuple[GroupLine, ...]
    delays: Mapping[str, Delay]
    retention: Retention
    reasons: tuple[tuple[str, int | None], ...]


def figures_of(search: FigureFilter, *, on: date, exact: bool) -> Figures:
    """Return the figures at `on`. Three queries, whatever the number of people.

    `exact` shows small numbers: for those who may (`journey_figures.detail`). Otherwise whoever
    is not known to be somebody is left out: four invented people would tell of the fifth.
    """
    search, showing = _about(search, exact=exact), Showing(exact)
    people, stays, named = cohort(search), stay_lines(search), named_lines(search)
    posts, first_named = _first_posts(stays), _first_named(named)
    alike = _alike(people, posts, first_named)
    partner = search.partner
    at_partner = [one for one in named if partner is None or one.partner == partner.pk]
    accompanied = {one.pk for one in people if one.accompanied_on is not None}
    return Figures(
        funnel=_funnel(len(people), accompanied, first_named.keys(), posts, on, showing),
        by_profession=_groups(alike, lambda one: one.profession, showing),
        by_origin=_groups(alike, lambda one: one.origin, showing),
        by_partner=_partners(at_partner, stays, showing),
        delays=_delays(people, posts, first_named, showing),
        retention=retention_of(stays, showing=showing),
        reasons=_reasons(stays, showing),
    )


def funnel_of(search: FigureFilter, *, on: date, exact: bool) -> Funnel:
    """Return the funnel of `figures_of` alone, reading less. Four queries."""
    search = _about(search, exact=exact)
    known, accompanied, named = people_reaching(search)
    return _funnel(known, accompanied, named, _first_posts(stay_lines(search)), on, Showing(exact))


def people_hired(posts: Iterable[StayLine], *, since: date, until: date) -> dict[int | None, int]:
    """Count the people who took one of `posts` between two days, both included, by structure;
    None: outside of any. Whoever took several counts once, for the first."""
    firsts: dict[int, int | None] = {}
    for post in sorted(posts, key=lambda one: one.started_on):
        if since <= post.started_on <= until:
            firsts.setdefault(post.person, post.partner)
    return Counter(firsts.values())


def retention_of(stays: Iterable[StayLine], *, showing: Showing) -> Retention:
    """Return the retention curve of posts, in months, people followed late entering late."""
    known = [stay for line in stays if (stay := observed(line)) is not None]
    curve = retention_curve(known)
    readings = tuple((months, masked_reading(curve, months)) for months in READ_AT)
    return Retention(masked_curve(curve), readings, showing.one(len(known)))


def observed(line: StayLine) -> Stay | None:
    """Return a post as retention counts it, in months; None when nothing of it was observed."""
    entered = _in_months((line.followed_since - line.started_on).days)
    until = _in_months(((line.ended_on or line.known_on) - line.started_on).days)
    # Followed from the day of the last news: nothing was observed.
    if until < 0 or (entered and until <= entered):
        return None
    return Stay(until=until, departed=line.ended_on is not None, entered=entered)


def kept_at(line: StayLine, months: int) -> bool | None:
    """Say whether the person was still there so many months later; None when nobody knows."""
    reached_on = months_after(line.started_on, months)
    if line.known_on >= reached_on:
        return True
    if line.ended_on is not None and line.ended_on < reached_on:
        return False
    return None


# Rounding well takes longer than all the rest of a post, and posts last few different times.
@lru_cache(maxsize=10_000)
def _in_months(days: int) -> float:
    return round(days / _DAYS_IN_MONTH, 1)


class _Alike(NamedTuple):
    """What people are counted by: those who have it in common are counted together."""

    profession: int | None
    origin: str
    steps: _Steps


def _about(search: FigureFilter, *, exact: bool) -> FigureFilter:
    return replace(search, confirmed=not exact)


def _first_posts(stays: Iterable[StayLine]) -> dict[int, StayLine]:
    """Return the first post of each person, from posts in the order of their first days."""
    found: dict[int, StayLine] = {}
    for stay in stays:
        found.setdefault(stay.person, stay)
    return found


def _first_named(named: Iterable[NamedLine]) -> dict[int, date]:
    """Return when each person first agreed to be named to anybody."""
    found: dict[int, date] = {}
    for line in named:
        found[line.person] = min(line.on, found.get(line.person, line.on))
    return found


def _alike(
    people: Iterable[PersonLine], posts: Mapping[int, StayLine], named: Collection[int]
) -> Counter[_Alike]:
    """Count the people who have profession, origin and steps in common."""
    hired = {person: (*_INTRODUCED[:3], 1, *_kept_steps(stay)) for person, stay in posts.items()}

    def steps_of(one: PersonLine) -> _Steps:
        if one.pk in hired:
            return hired[one.pk]
        if one.pk in named:
            return _INTRODUCED
        return _KNOWN if one.accompanied_on is None else _ACCOMPANIED

    return Counter(_Alike(one.profession, one.origin, steps_of(one)) for one in people)


def _kept_steps(line: StayLine) -> _Steps:
    return tuple(int(kept_at(line, months) is True) for months in KEPT_MONTHS)


def _funnel(
    known: int,
    accompanied: Set[int],
    named: Set[int],
    posts: Mapping[int, StayLine],
    on: date,
    showing: Showing,
) -> Funnel:
    """Count at each step: whoever reached a later one reached those before."""
    introduced = named | posts.keys()
    firsts = list(posts.values())
    return Funnel(
        known=showing.one(known),
        accompanied=showing.one(len(accompanied | introduced)),
        introduced=showing.one(len(introduced)),
        hired=showing.one(len(posts)),
        kept=tuple(_kept_line(firsts, months, on, showing) for months in KEPT_MONTHS),
    )


def _kept_line(firsts: Sequence[StayLine], months: int, on: date, showing: Showing) -> Kept:
    due = [line for line in firsts if months_after(line.started_on, months) <= on]
    answers = Counter(kept_at(line, months) for line in due)
    kept, left, unknown = showing.column([answers[True], answers[False], answers[None]])
    return Kept(months, showing.one(len(due)), kept, left, unknown)


def _groups(
    alike: Counter[_Alike], key_of: Callable[[_Alike], Any], showing: Showing
) -> tuple[GroupLine, ...]:
    counts: dict[Any, _Steps] = {}
    for one, people in alike.items():
        before = counts.get(key_of(one), (0,) * len(_KNOWN))
        counts[key_of(one)] = tuple(
            count + people * step for count, step in zip(before, one.steps, strict=True)
        )
    return _shown(counts, showing)


def _partners(
    named: Iterable[NamedLine], stays: Sequence[StayLine], showing: Showing
) -> tuple[GroupLine, ...]:
    """Count by structure, from the introduction on: before it, nobody belongs to one."""
    reached: dict[int, set[int]] = defaultdict(set)
    for line in named:
        reached[line.partner].add(line.person)
    posts: dict[int, dict[int, StayLine]] = defaultdict(dict)
    for stay in stays:
        if stay.partner is not None:
            posts[stay.partner].setdefault(stay.person, stay)
            reached[stay.partner].add(stay.person)
    counts = {}
    for partner, people in reached.items():
        theirs = posts[partner].values()
        kept = [sum(column) for column in zip(*map(_kept_steps, theirs), strict=True)]
        counts[partner] = (len(people), len(theirs), *(kept or [0] * len(KEPT_MONTHS)))
    return _shown(counts, showing)


def _shown(counts: Mapping[Any, tuple[int, ...]], showing: Showing) -> tuple[GroupLine, ...]:
    """Return the groups, the largest first, each column without its small numbers."""
    order = sorted(counts, key=lambda key: ([-count for count in counts[key]], str(key)))
    columns = zip(*(counts[key] for key in order), strict=True)
    shown = [showing.column(column) for column in columns]
    return tuple(
        GroupLine(key, tuple(column[index] for column in shown)) for index, key in enumerate(order)
    )


def _delays(
    people: Iterable[PersonLine],
    posts: Mapping[int, StayLine],
    named: Mapping[int, date],
    showing: Showing,
) -> dict[str, Delay]:
    spans: dict[str, list[int]] = {"accompanied": [], "introduced": [], "hired": []}
    for one in people:
        _span(spans["accompanied"], one.known_on, one.accompanied_on)
        _span(spans["introduced"], one.known_on, named.get(one.pk))
        if one.pk in posts:
            _span(spans["hired"], one.known_on, posts[one.pk].started_on)
    return {name: _delay(days, showing) for name, days in spans.items()}


def _span(days: list[int], start: date, end: date | None) -> None:
    if end is not None and end >= start:
        days.append((end - start).days)


def _delay(days: list[int], showing: Showing) -> Delay:
    people = showing.one(len(days))
    return Delay(float(median(days)) if days and people is not None else None, people)


def _reasons(stays: Iterable[StayLine], showing: Showing) -> tuple[tuple[str, int | None], ...]:
    counted = Counter(stay.leave_reason for stay in stays if stay.ended_on is not None)
    order = sorted(counted, key=lambda reason: (-counted[reason], reason))
    shown = showing.column([counted[reason] for reason in order])
    return tuple(zip(order, shown, strict=True))
