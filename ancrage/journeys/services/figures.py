"""The figures: who came, who was accompanied, introduced, hired, who stayed, and how long.

The rule of small numbers stands here, in `Showing`, and nowhere else: everybody reads nothing
below five people, but whoever coordinates the territory, who knows these people by name and
opens the very lists that the figures count. Retention curves are masked for everybody.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from typing import Any

from ancrage.core.survival.masking import MaskedCurve, masked_reading
from ancrage.core.survival.masking import masked as masked_curve
from ancrage.core.survival.retention import Reading, Stay, retention_curve
from ancrage.journeys.queries.figures import (
    FigureFilter,
    PersonLine,
    StayLine,
    cohort,
    introduced_by_partner,
    stay_lines,
)
from ancrage.journeys.services.stays import months_after
from ancrage.privacy.cells import masked, small_cell

KEPT_MONTHS = (3, 6, 12)
READ_AT = (1, 3, 6, 12, 18, 24)
_DAYS_IN_MONTH = 30.4375


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
    search = replace(search, confirmed=not exact)
    people, stays = cohort(search), stay_lines(search)
    showing = Showing(exact)
    posts = _by_person(stays)
    return Figures(
        funnel=_funnel(people, posts, on=on, showing=showing),
        by_profession=_groups(people, posts, lambda one: one.profession, on, showing),
        by_origin=_groups(people, posts, lambda one: one.origin, on, showing),
        by_partner=_partners(introduced_by_partner(search), stays, on, showing),
        delays=_delays(people, posts, showing),
        retention=retention_of(stays, showing=showing),
        reasons=_reasons(stays, showing),
    )


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
    entered = _months(line.followed_since, line.started_on)
    until = _months(line.ended_on or line.known_on, line.started_on)
    # Followed from the day of the last news: nothing was observed.
    if until < 0 or (entered and until <= entered):
        return None
    return Stay(until=until, departed=line.ended_on is not None, entered=entered)


def kept_at(line: StayLine, months: int, *, on: date) -> bool | None:
    """Say whether the person was still there so many months later; None when nobody knows."""
    reached_on = months_after(line.started_on, months)
    if line.known_on >= reached_on:
        return True
    if line.ended_on is not None and line.ended_on < reached_on:
        return False
    return None


def _months(day: date, start: date) -> float:
    return round((day - start).days / _DAYS_IN_MONTH, 1)


def _by_person(stays: Iterable[StayLine]) -> dict[int, list[StayLine]]:
    found: dict[int, list[StayLine]] = defaultdict(list)
    for stay in stays:
        found[stay.person].append(stay)
    return found


def _funnel(
    people: Sequence[PersonLine],
    posts: Mapping[int, list[StayLine]],
    *,
    on: date,
    showing: Showing,
) -> Funnel:
    known, accompanied, introduced, hired, *_kept = _counts(people, posts, on)
    firsts = [posts[one.pk][0] for one in people if one.pk in posts]
    return Funnel(
        known=showing.one(known),
        accompanied=showing.one(accompanied),
        introduced=showing.one(introduced),
        hired=showing.one(hired),
        kept=tuple(_kept_line(firsts, months, on, showing) for months in KEPT_MONTHS),
    )


def _kept_line(firsts: Sequence[StayLine], months: int, on: date, showing: Showing) -> Kept:
    due = [line for line in firsts if months_after(line.started_on, months) <= on]
    answers = Counter(kept_at(line, months, on=on) for line in due)
    kept, left, unknown = showing.column([answers[True], answers[False], answers[None]])
    return Kept(months, showing.one(len(due)), kept, left, unknown)


def _counts(
    people: Sequence[PersonLine], posts: Mapping[int, list[StayLine]], on: date
) -> tuple[int, ...]:
    """Count a group at each step: whoever reached a later one reached those before."""
    hired = [posts[one.pk] for one in people if one.pk in posts]
    introduced = sum(one.introduced_on is not None or one.pk in posts for one in people)
    accompanied = sum(
        one.accompanied_on is not None or one.introduced_on is not None or one.pk in posts
        for one in people
    )
    kept = (
        sum(kept_at(theirs[0], months, on=on) is True for theirs in hired)
        for months in KEPT_MONTHS
    )
    return (len(people), accompanied, introduced, len(hired), *kept)


def _groups(
    people: Sequence[PersonLine],
    posts: Mapping[int, list[StayLine]],
    key_of: Any,
    on: date,
    showing: Showing,
) -> tuple[GroupLine, ...]:
    groups: dict[Any, list[PersonLine]] = defaultdict(list)
    for one in people:
        groups[key_of(one)].append(one)
    counts = {key: _counts(group, posts, on) for key, group in groups.items()}
    return _shown(counts, showing)


def _partners(
    introduced: Iterable[tuple[int, int]],
    stays: Sequence[StayLine],
    on: date,
    showing: Showing,
) -> tuple[GroupLine, ...]:
    """Count by structure, from the introduction on: before it, nobody belongs to one."""
    reached: dict[int, set[int]] = defaultdict(set)
    for partner, person in introduced:
        reached[partner].add(person)
    posts: dict[int, dict[int, StayLine]] = defaultdict(dict)
    for stay in stays:
        if stay.partner is not None:
            posts[stay.partner].setdefault(stay.person, stay)
            reached[stay.partner].add(stay.person)
    counts = {
        partner: (
            len(reached[partner]),
            len(posts[partner]),
            *(
                sum(kept_at(line, months, on=on) is True for line in posts[partner].values())
                for months in KEPT_MONTHS
            ),
        )
        for partner in list(reached)
    }
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
    people: Sequence[PersonLine], posts: Mapping[int, list[StayLine]], showing: Showing
) -> dict[str, Delay]:
    spans: dict[str, list[int]] = {"accompanied": [], "introduced": [], "hired": []}
    for one in people:
        first_post = posts[one.pk][0].started_on if one.pk in posts else None
        _span(spans["accompanied"], one.known_on, one.accompanied_on)
        _span(spans["introduced"], one.known_on, one.introduced_on)
        _span(spans["hired"], one.known_on, first_post)
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
