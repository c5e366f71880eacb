"""What should be seen before it is too late: people lost from sight, early warnings."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.utils import timezone

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate, CandidateWord
from ancrage.journeys.enums import (
    OPEN_STATES,
    WAITING_STATES,
    FollowUpState,
    Rating,
)
from ancrage.journeys.models import FollowUp, Journey, Stay
from ancrage.journeys.queries.lists import MOST_WORDS, main_profession_label
from ancrage.kit.text import words
from ancrage.territory.enums import Office
from ancrage.territory.models import TerritoryRole

# Nobody took the person up so long after they came.
NEVER_TAKEN_UP = timedelta(days=14)
# The next action was due so long ago.
ABANDONED = timedelta(days=30)
# Nobody heard the person for so long, though they are accompanied.
SILENT = timedelta(days=90)
# A question sent so long ago is no longer merely waiting for its answer.
UNANSWERED_AFTER = timedelta(days=14)
CONTRACT_ENDING = timedelta(days=60)
# A bad answer is worth a call within the quarter.
BAD_ANSWER_FOR = timedelta(days=90)


class Lost(StrEnum):
    """Why a person is lost from sight; the gravest first, one reason a person."""

    NOBODY = "nobody"
    NEVER = "never"
    LATE = "late"
    SILENT = "silent"


class Alert(StrEnum):
    """What an early warning is about, the most pressing first."""

    CALL_WANTED = "call_wanted"
    BAD_ANSWER = "bad_answer"
    CONTRACT_ENDING = "contract_ending"
    UNANSWERED = "unanswered"


def lost_people(
    candidates: QuerySet[Candidate], *, on: date, reason: str = "", text: str = ""
) -> QuerySet[Any]:
    """Return those of `candidates` that nobody follows as they should, with `lost` on each.

    Without a journey two weeks after they came; with one that nobody holds any more, whose next
    action is a month late, or whose person was not heard for a quarter. `journey_pk` and
    `advisor_pk` are those of the open journey. Whoever was accompanied to the end is not lost.
    `text` is a name, a commune or a card.
    """
    theirs = Journey.objects.filter(candidate=OuterRef("pk"))
    advised = Exists(
        TerritoryRole.objects.filter(
            user=OuterRef("advisor_pk"),
            territory=OuterRef("territory"),
            office=Office.COORDINATOR,
            ended_at__isnull=True,
        )
    )
    found = (
        candidates.filter(status__in=[CandidateStatus.PENDING, CandidateStatus.ACTIVE])
        .annotate(
            # A person has one open journey at most: joined, it is read once a person.
            open_journey=FilteredRelation(
                "journeys", condition=Q(journeys__state__in=sorted(OPEN_STATES))
            ),
            journey_pk=F("open_journey__pk"),
            next_action_on=F("open_journey__next_action_on"),
            advisor_pk=F("open_journey__advisor"),
            had_journey=Exists(theirs),
        )
        .annotate(is_advised=advised)
        .annotate(
            lost=Case(
                When(Q(journey_pk__isnull=False, is_advised=False), then=Value(Lost.NOBODY.value)),
                When(
                    Q(had_journey=False, created_at__lt=_moment(on - NEVER_TAKEN_UP)),
                    then=Value(Lost.NEVER.value),
                ),
                When(next_action_on__lt=on - ABANDONED, then=Value(Lost.LATE.value)),
                When(
                    Q(
                        journey_pk__isnull=False,
                        subject__last_contact_at__lt=_moment(on - SILENT),
                    ),
                    then=Value(Lost.SILENT.value),
                ),
                default=Value(""),
                output_field=CharField(),
            )
        )
        .annotate(profession_label=main_profession_label("pk"))
        .select_related("subject")
        .order_by("subject__last_contact_at", "pk")
    )
    for word in words(text)[:MOST_WORDS]:
        known = CandidateWord.objects.filter(candidate=OuterRef("pk"), word__startswith=word)
        found = found.filter(Q(Exists(known)) | Q(card=word.upper()))
    return found.filter(lost=reason) if reason else found.exclude(lost="")


def follow_ups_alerting(
    follow_ups: QuerySet[FollowUp], alert: Alert, *, on: date
) -> QuerySet[FollowUp]:
    """Return the questions that are a warning of that kind, the oldest first."""
    return (
        follow_ups.filter(_alerting(alert, on=on))
        .select_related("stay__journey__candidate", "stay__partner", "stay__profession")
        .order_by("due_on", "pk")
    )


def _alerting(alert: Alert, *, on: date) -> Q:
    return {
        Alert.CALL_WANTED: Q(
            state=FollowUpState.ANSWERED, wants_call=True, called_back_on__isnull=True
        ),
        Alert.BAD_ANSWER: Q(
            state=FollowUpState.ANSWERED,
            rating__lte=Rating.RATHER_BAD,
            answered_on__gte=on - BAD_ANSWER_FOR,
            stay__ended_on__isnull=True,
        ),
        # Never sent, since there was nowhere to write: past its day it is just as silent.
        Alert.UNANSWERED: Q(state__in=sorted(WAITING_STATES), sent_on__lte=on - UNANSWERED_AFTER)
        | Q(state=FollowUpState.PLANNED, due_on__lt=on),
    }[alert]


def stays_ending(journeys: QuerySet[Journey], *, on: date) -> QuerySet[Stay]:
    """Return the posts whose contract ends within two months, or ended without a word."""
    return (
        Stay.objects.filter(
            journey__in=journeys.filter(state__in=sorted(OPEN_STATES)).values("pk"),
            ended_on__isnull=True,
            contract_ends_on__lte=on + CONTRACT_ENDING,
        )
        .select_related("journey__candidate", "partner", "profession")
        .order_by(F("contract_ends_on").asc(), "pk")
    )


def alert_counts(
    journeys: QuerySet[Journey], follow_ups: QuerySet[FollowUp], *, on: date
) -> Mapping[Alert, int]:
    """Return how many warnings of each kind there are. Two queries."""
    of_answers = {
        alert: _alerting(alert, on=on)
        for alert in (Alert.CALL_WANTED, Alert.BAD_ANSWER, Alert.UNANSWERED)
    }
    counted: dict[str, int] = follow_ups.order_by().aggregate(
        **{alert.value: Count("pk", filter=condition) for alert, condition in of_answers.items()}
    )
    counted[Alert.CONTRACT_ENDING] = stays_ending(journeys, on=on).count()
    return {alert: counted[alert] for alert in Alert}


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
