"""The questions at 1, 3, 6 and 12 months: answered by link, or noted by the coordination."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ancrage.journeys.enums import (
    UNANSWERED_STATES,
    Difficulty,
    FollowUpSide,
    FollowUpState,
    JourneyEvent,
    LeaveReason,
    Presence,
    Rating,
)
from ancrage.journeys.models import FollowUp
from ancrage.journeys.queries.links import LinkUsed, asked_follow_up
from ancrage.journeys.services.errors import AlreadySettled
from ancrage.journeys.services.keeping import current, day_of, tell_journal
from ancrage.journeys.services.stays import end_stay, know_present
from ancrage.journeys.validators import validate_end, validate_text
from ancrage.privacy.services import touch_subject


@dataclass(frozen=True)
class Answer:
    """What one side says. `left_on` and `leave_reason` go with a departure."""

    presence: str
    rating: int | None = None
    difficulties: Collection[str] = ()
    comment: str = ""
    wants_call: bool = False
    left_on: date | None = None
    leave_reason: str = ""


@transaction.atomic
def answer_by_link(*, token: str, answer: Answer, now: datetime) -> FollowUp:
    """Write the answer of whoever holds the link, the person or the structure.

    Raises LinkForged, LinkExpired, LinkUsed, LinkNotYours, ValidationError (reasons by field).
    """
    asked = asked_follow_up(token, now=now)
    try:
        return answer_follow_up(follow_up=asked.follow_up, answer=answer, by=asked.user, now=now)
    except AlreadySettled:
        # Answered between the reading of the link and this line.
        raise LinkUsed from None


@transaction.atomic
def answer_follow_up(*, follow_up: FollowUp, answer: Answer, by: Any, now: datetime) -> FollowUp:
    """Write an answer, and what follows from it: still there, or gone.

    The person's own answer is a last contact, whoever noted it. Raises ValidationError (reasons
    by field), `AlreadySettled`, `SubjectFrozen`.
    """
    today = day_of(now)
    journey = current(follow_up.stay.journey)
    stay = follow_up.stay
    comment = _checked(answer, stay.started_on, today=today)
    rows = FollowUp.objects.filter(pk=follow_up.pk, state__in=sorted(UNANSWERED_STATES))
    changed = rows.update(
        state=FollowUpState.ANSWERED,
        answered_on=today,
        answered_by=by,
        presence=Presence(answer.presence),
        rating=answer.rating,
        difficulties=[one.value for one in Difficulty if one.value in answer.difficulties],
        comment=comment,
        wants_call=answer.wants_call,
    )
    if not changed:
        raise AlreadySettled
    follow_up.refresh_from_db()
    changes = {
        "side": ["", str(follow_up.side)],
        "presence": ["", str(follow_up.presence)],
    }
    event = JourneyEvent.FOLLOW_UP_ANSWERED
    tell_journal(target=follow_up, journey=journey, event=event, by=by, now=now, changes=changes)
    if follow_up.side == FollowUpSide.PERSON:
        touch_subject(subject=journey.candidate.subject, now=now)
    if follow_up.presence == Presence.HERE:
        know_present(journey, stay, today)
    elif stay.ended_on is None:
        end_stay(
            stay=stay,
            ended_on=answer.left_on or today,
            leave_reason=answer.leave_reason or LeaveReason.UNKNOWN,
            by=by,
            now=now,
        )
    return follow_up


@transaction.atomic
def mark_called_back(*, follow_up: FollowUp, by: Any, now: datetime) -> None:
    """Note that whoever asked to be called was. Raises `AlreadySettled`, `SubjectFrozen`."""
    journey = current(follow_up.stay.journey)
    rows = FollowUp.objects.filter(pk=follow_up.pk, wants_call=True, called_back_on__isnull=True)
    if not rows.update(called_back_on=day_of(now)):
        raise AlreadySettled
    tell_journal(target=follow_up, journey=journey, event=JourneyEvent.CALLED_BACK, by=by, now=now)


def _checked(answer: Answer, started_on: date, *, today: date) -> str:
    reasons: dict[str, Any] = {}
    if answer.presence not in Presence.values:
        reasons["presence"] = _("Dites si la personne est toujours en poste.")
    if answer.presence == Presence.LEFT:
        if answer.leave_reason and answer.leave_reason not in LeaveReason.values:
            reasons["leave_reason"] = _("Choisissez une raison de la liste.")
        if answer.left_on is not None:
            try:
                validate_end(started_on, answer.left_on, today=today)
            except ValidationError as refusal:
                reasons["left_on"] = refusal.messages
    if answer.rating is not None and answer.rating not in Rating.values:
        reasons["rating"] = _("Choisissez une des réponses proposées.")
    if reasons:
        raise ValidationError(reasons)
    return validate_text("comment", answer.comment)
