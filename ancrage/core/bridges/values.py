"""Bridges between professions: what is known of them and of a person, and the paths found.

Titles are plain words chosen by the caller: professions, diplomas, ways of practising. Time is
counted in months from the day on which the person would begin; money in euro cents. Everywhere
`None` means « nobody has said »: what is not known is to check, and never refuses anybody.
"""

import calendar
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from ancrage.core.kleene import State

NEVER = date.max
"""The end of what does not end: a certificate without expiry."""

ANYBODY = ""
"""The source of a bridge that is open whatever one holds."""


def after(day: date, months: int) -> date:
    """Return the same day so many months later (the last of a month that has no such day)."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Sector(Enum):
    """Whom the person works for: it decides who may pay for a course."""

    HOSPITAL_SERVICE = "hospital_service"  # fonction publique hospitalière
    OTHER_PUBLIC = "other_public"
    PRIVATE = "private"
    SELF_EMPLOYED = "self_employed"
    JOBLESS = "jobless"


# --- What a bridge asks ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Seniority:
    """So many months of full-time work in one of the professions (in any work without them).

    With a window, only the work of that many months before the course counts.
    """

    months: int
    professions: frozenset[str] = frozenset()
    window: int | None = None


@dataclass(frozen=True, slots=True)
class Title:
    """One of these titles, besides that from which the bridge starts."""

    any_of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Certificate:
    """A paper that expires (first aid), valid on the day the course begins."""

    kind: str


class Topic(Enum):
    """What can only be told by somebody."""

    AGREEMENT = "agreement"
    SELECTION = "selection"
    REQUIREMENT = "requirement"


@dataclass(frozen=True, slots=True)
class Word:
    """The answer of an employer, the result of a selection, a fact that the person tells."""

    topic: Topic
    fact: str


Condition = Seniority | Title | Certificate | Word


@dataclass(frozen=True, slots=True)
class Funding:
    """Who can pay for the course, and what the person then keeps, pays and owes.

    `kept` is the percentage of the pay kept during the course, `rest` what is left to the
    person. Service owed afterwards is `owed_times` the length of the course, `owed_most` months
    at most.
    """

    key: str
    sectors: frozenset[Sector] = frozenset()
    conditions: tuple[Condition, ...] = ()
    kept: int | None = None
    rest: int | None = 0
    owed_times: int = 0
    owed_most: int = 60
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Bridge:
    """A way from one title to another: courses may begin between two days, both included.

    `intakes` are the months of the year in which they begin (any, without). Of somebody whom
    nobody pays for, `fee` is the price and `kept_alone` the percentage of the pay kept.
    """

    key: str
    source: str
    target: str
    months: int
    conditions: tuple[Condition, ...] = ()
    fundings: tuple[Funding, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    intakes: frozenset[int] = frozenset()
    fee: int | None = None
    kept_alone: int = 0


class InvalidNetwork(ValueError):
    """Two bridges of one name, a bridge from a title to itself, a quantity out of its bounds."""


# --- What is known of a person -----------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Holding:
    """A title held since a day (one to come: awaited); not `sure`: said, not shown."""

    title: str
    since: date | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Practice:
    """So many months of full-time work in a profession, in one go until a day.

    Without that day the work goes on. Work with gaps is told in several practices.
    """

    profession: str
    months: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate, valid to a day included."""

    kind: str
    valid_to: date | None = None
    held: bool = True


@dataclass(frozen=True, slots=True)
class Person:
    """The facts. `all_titles_told`: what is not among the titles is known not to be held."""

    key: str
    starts_on: date
    titles: tuple[Holding, ...] = ()
    all_titles_told: bool = False
    practices: tuple[Practice, ...] | None = None
    sector: Sector | None = None
    papers: tuple[Paper, ...] = ()
    words: frozenset[tuple[str, bool]] = frozenset()


# --- What is answered --------------------------------------------------------------------------


class Reason(Enum):
    """Why a condition has its answer."""

    HELD = "held"
    NOT_TOLD = "not_told"
    # Missing today, obtained by the path itself, by the first day of the course.
    ON_THE_WAY = "on_the_way"
    AWAITED = "awaited"
    TO_OBTAIN = "to_obtain"
    TO_RENEW = "to_renew"


class Check(NamedTuple):
    """One condition of a step.

    `day`: when what is on the way or awaited will be there, or the last day of a certificate to
    renew. `months`: work still missing today.
    """

    condition: Condition
    state: State
    reason: Reason
    day: date | None = None
    months: int = 0


class Payment(NamedTuple):
    """One way to pay for a step; the key "" is the person alone.

    `lost` is the pay lost, in hundredths of a month; `is_kept_told` tells whether the pay kept
    is known (if not, none is counted). `owed` is in months.
    """

    funding: str
    state: State
    cost: int | None
    lost: int
    owed: int
    is_kept_told: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One bridge taken. `waited` months are worked before it; all who can pay, the one counted."""

    bridge: str
    source: str
    target: str
    waited: int
    begins: int
    ends: int
    begins_on: date
    ends_on: date
    checks: tuple[Check, ...]
    can_pay: tuple[Payment, ...]
    paid_by: Payment

    @property
    def owed_until(self) -> date | None:
        """The last day of the service owed, if any is."""
        return after(self.ends_on, self.paid_by.owed) if self.paid_by.owed else None


@dataclass(frozen=True, slots=True)
class Path:
    """A way to the goal, and what it is worth.

    `months` to the end of the last step; `cost` to the person, None where it is not known;
    `lost` pay, in hundredths of a month; `chance` of a local post, in percent: the least of
    those of the professions worked in on the way and of the goal, None where none is known.
    """

    steps: tuple[Step, ...]
    months: int
    cost: int | None
    lost: int
    chance: int | None


class Shut(Enum):
    """Why a bridge that leads towards the goal cannot be taken."""

    EXPIRED = "expired"
    TITLE_MISSING = "title_missing"
    SENIORITY_MISSING = "seniority_missing"
    REFUSED = "refused"
    TOO_FAR_AWAY = "too_far_away"


class Closed(NamedTuple):
    """A bridge that cannot be taken.

    `day`: when everything else would be ready, if that is after the last day of the rule.
    """

    bridge: str
    why: Shut
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """All the paths to a goal that no other dominates, nor equals in fewer steps.

    The fastest come first. `closed`: the bridges towards the goal that cannot be taken.
    """

    paths: tuple[Path, ...]
    closed: tuple[Closed, ...]
