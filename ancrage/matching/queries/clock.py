"""The clock of the charter: how long a structure has to answer, who is late, who kept its word."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from ancrage.matching.enums import IntroductionState, Side
from ancrage.matching.models import HELD, Introduction
from ancrage.partners.enums import CommitmentKind
from ancrage.partners.queries import commitments_in, current_charter
from ancrage.territory.models import Territory

# Where the charter promises no delay: reminders still need a date.
DEFAULT_ANSWER_DAYS = 10
# The coordination is late, past that, in passing on a request that the charter holds.
RELAY_EXPECTED_WITHIN = timedelta(days=7)
# What the keeping of the promise is measured over.
MEASURED_DAYS = 365


@dataclass(frozen=True)
class Answers:
    """Introductions answered in time, among those that had to be answered by now."""

    in_time: int = 0
    expected: int = 0


def answer_days(territory: Territory | int) -> int:
    """Return how many days the charter in force gives a structure to answer. Two queries."""
    charter = current_charter(territory)
    if charter is None:
        return DEFAULT_ANSWER_DAYS
    promised = commitments_in(charter).filter(
        kind=CommitmentKind.ANSWER_DELAY, threshold__isnull=False
    )
    days = promised.values_list("threshold", flat=True).first()
    return DEFAULT_ANSWER_DAYS if days is None else days


def answer_due_on(territory: Territory | int, *, now: datetime) -> date:
    """Return the last day on which an answer that begins to be waited for now is in time."""
    return timezone.localdate(now) + timedelta(days=answer_days(territory))


def late_introductions(
    introductions: QuerySet[Introduction], *, on: date
) -> QuerySet[Introduction]:
    """Narrow to those whose structure should have answered before that day."""
    return introductions.filter(unanswered(on=on))


def unanswered(*, on: date) -> Q:
    """The introductions whose structure should have answered before that day."""
    return Q(state=IntroductionState.AGREED, answer_due_on__lt=on)


def unrelayed(*, on: date) -> Q:
    """The requests that the coordination should have passed on, among rows annotated by
    `with_naming`: for it alone, a structure would learn that its request is held."""
    return HELD & Q(
        as_coordination=True,
        state=IntroductionState.PROPOSED,
        state_since__date__lte=on - RELAY_EXPECTED_WITHIN,
    )


def answers_in(
    territory: Territory, *, on: date, since: date | None = None, until: date | None = None
) -> Mapping[int, Answers]:
    """Return how each structure of a territory answered over the last year, by its key. One query.

    With `since` and `until`, both included: over the introductions agreed to between them.

    An introduction counts once it was answered (a refusal is an answer) or its day is past; one
    that the person or the platform ended before does not.
    """
    since = on - timedelta(days=MEASURED_DAYS) if since is None else since
    agreed = Q(agreed_at__date__gte=since)
    if until is not None:
        agreed &= Q(agreed_at__date__lte=until)
    answered = Q(answered_at__isnull=False)
    overdue = Q(state=IntroductionState.AGREED, answer_due_on__lt=on)
    # Ended by the coordination because the structure never said a word: it was due.
    given_up = Q(
        answered_at__isnull=True,
        closed_by=Side.COORDINATION,
        ended_at__date__gt=F("answer_due_on"),
    )
    rows = (
        Introduction.objects.filter(answered | overdue | given_up, territory=territory)
        .filter(agreed, partner__left_at__isnull=True)
        .annotate(answered_on=TruncDate("answered_at"))
        .order_by()
        .values("partner")
        .annotate(
            expected=Count("pk"),
            in_time=Count("pk", filter=Q(answered_on__lte=F("answer_due_on"))),
        )
    )
    return {
        row["partner"]: Answers(in_time=row["in_time"], expected=row["expected"]) for row in rows
    }
