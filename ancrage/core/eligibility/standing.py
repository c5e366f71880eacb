"""An answer dated: is the scheme open that day, and may its rule still be trusted?

A scheme that is not open yet, or closed, is refused whatever the facts. Beyond that, a yes is only
as sure as the page it was read on: past the date of the next check, or where sources disagree, it
is « to check ». A no stays a no, and says as much.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from ancrage.core.eligibility.evaluate import Answer
from ancrage.core.eligibility.values import State
from ancrage.core.eligibility.zones import Span


class Caution(Enum):
    """What changes an answer besides the facts."""

    NOT_OPEN_YET = "not_open_yet"
    CLOSED = "closed"
    CHECK_OVERDUE = "check_overdue"
    NEVER_CHECKED = "never_checked"
    SOURCES_DISAGREE = "sources_disagree"


@dataclass(frozen=True, slots=True)
class Trust:
    """When a scheme is open, and how far what we know of it can be trusted.

    `check_every`: days after which its page must be read again.
    """

    span: Span
    checked_on: date | None
    check_every: int
    sources_disagree: bool = False


@dataclass(frozen=True, slots=True)
class DatedAnswer:
    """The answer of a scheme on a day: that of its rule, and what was said to temper it."""

    state: State
    answer: Answer
    cautions: tuple[Caution, ...]


def check_due_on(trust: Trust) -> date | None:
    """Return the last day on which the scheme may be trusted; None if it never was checked."""
    if trust.checked_on is None:
        return None
    try:
        return trust.checked_on + timedelta(days=trust.check_every)
    except OverflowError:
        return date.max


def cautions_on(trust: Trust, day: date) -> tuple[Caution, ...]:
    """Return what must temper an answer on a day."""
    due = check_due_on(trust)
    found = (
        (Caution.NOT_OPEN_YET, trust.span.first is not None and day < trust.span.first),
        (Caution.CLOSED, trust.span.last is not None and trust.span.last < day),
        (Caution.CHECK_OVERDUE, due is not None and due < day),
        (Caution.NEVER_CHECKED, due is None),
        (Caution.SOURCES_DISAGREE, trust.sources_disagree),
    )
    return tuple(caution for caution, holds in found if holds)


def dated(answer: Answer, trust: Trust, day: date) -> DatedAnswer:
    """Return the answer of a scheme on a day, from that of its rule."""
    cautions = cautions_on(trust, day)
    state = answer.state
    if Caution.NOT_OPEN_YET in cautions or Caution.CLOSED in cautions:
        state = State.NO
    elif cautions:
        state = min(state, State.TO_CHECK)
    return DatedAnswer(state, answer, cautions)
