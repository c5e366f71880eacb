"""Meetings of the governance: their day, what they decided."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ancrage.roadmap.enums import RoadmapEvent
from ancrage.roadmap.models import Action, Axis, Decision, Meeting, Roadmap
from ancrage.roadmap.services.errors import MeetingNoted
from ancrage.roadmap.services.writing import checked, tell
from ancrage.roadmap.validators import validate_day


@transaction.atomic
def note_meeting(
    *, roadmap: Roadmap, held_on: date, title: str, by: Any, now: datetime
) -> Meeting:
    """Note that those who steer met. Raises `MeetingNoted`, `ValidationError`."""
    validate_day("held_on", held_on)
    meeting = Meeting(
        roadmap=roadmap, held_on=held_on, title=title.strip(), noted_at=now, noted_by=by
    )
    meeting.clean_fields()
    try:
        with transaction.atomic():
            meeting.save(force_insert=True)
    except IntegrityError:
        raise MeetingNoted from None
    tell(
        event=RoadmapEvent.MEETING_NOTED,
        row=meeting,
        territory_pk=roadmap.territory_id,
        by=by,
        now=now,
        changes={"held_on": ["", held_on.isoformat()]},
    )
    return meeting


@transaction.atomic
def note_decision(
    *,
    meeting: Meeting,
    text: str,
    axis: Axis | None = None,
    action: Action | None = None,
    by: Any,
    now: datetime,
) -> Decision:
    """Note what a meeting decided, about an axis or an action of the roadmap.

    Raises `ValidationError`.
    """
    about = action.axis if action is not None else axis
    if about is not None and about.roadmap_id != meeting.roadmap_id:
        raise ValidationError({"axis": _("Choisissez un axe de cette feuille de route.")})
    decision = checked(
        Decision(
            meeting=meeting,
            text=text.strip(),
            axis=about,
            action=action,
            noted_at=now,
            noted_by=by,
        )
    )
    decision.save(force_insert=True)
    _tell(RoadmapEvent.DECISION_NOTED, meeting, by=by, now=now)
    return decision


@transaction.atomic
def remove_decision(*, decision: Decision, by: Any, now: datetime) -> None:
    """Take out a decision that was noted by mistake."""
    Decision.objects.filter(pk=decision.pk).delete()
    _tell(RoadmapEvent.DECISION_REMOVED, decision.meeting, by=by, now=now)


def _tell(event: RoadmapEvent, meeting: Meeting, *, by: Any, now: datetime) -> None:
    tell(event=event, row=meeting, territory_pk=meeting.roadmap.territory_id, by=by, now=now)
