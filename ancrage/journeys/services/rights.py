"""What happens to a journey when its person asks for their rights, or two profiles are one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, Q

from ancrage.journeys.enums import CloseReason, FollowUpState, JourneyEvent
from ancrage.journeys.models import (
    ArrivalOutcome,
    ContactLog,
    FollowUp,
    Immersion,
    Journey,
    Milestone,
    Stay,
    Step,
)
from ancrage.journeys.services.journeys import closing_values
from ancrage.journeys.services.keeping import day_of
from ancrage.kit.audit import record
from ancrage.privacy.models import DataSubject
from ancrage.privacy.rights import Export, columns_but, erases, exports, rows_told, withdraws
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import trace_access


@erases("journeys")
def erase_journeys(*, subject: DataSubject, now: datetime) -> None:
    """Empty the journeys: months, states and reasons remain, for the figures.

    Steps, contacts and immersions go entirely, with every text and every name.
    """
    for journey in _journeys_of(subject):
        if journey.close_reason == CloseReason.ERASED:
            continue
        for model in (ArrivalOutcome, Step, ContactLog, Immersion):
            model.objects.filter(journey=journey).delete()
        for stay in Stay.objects.filter(journey=journey).order_by("pk"):
            _erase_stay(stay)
        for milestone in Milestone.objects.filter(journey=journey).order_by("pk"):
            Milestone.objects.filter(pk=milestone.pk).update(on=_month(milestone.on))
        opened_on = _month(journey.opened_on)
        values = closing_values(CloseReason.ERASED, on=_month(day_of(now)))
        Journey.objects.filter(pk=journey.pk).update(
            **values, opened_on=opened_on, goal="", advisor=None, opened_by=None
        )
        record(
            action=JourneyEvent.CLOSED,
            target=journey,
            by=None,
            now=now,
            scope=f"territory:{journey.territory_id}",
            changes={"reason": ["", CloseReason.ERASED.value]},
        )


@withdraws("journeys")
def forget_arrivals(*, subject: DataSubject, purpose: str, scope: str, now: datetime) -> None:
    """Delete what the welcome changed: it rested on the agreement to the life project."""
    if purpose == "concierge" and not scope:
        keys = [journey.pk for journey in _journeys_of(subject)]
        ArrivalOutcome.objects.filter(journey__in=keys).delete()


@exports("journeys")
def export_journeys(*, subject: DataSubject) -> Export:
    """Hand over the journeys and all that hangs on them."""
    keys = [journey.pk for journey in _journeys_of(subject)]
    return Export(
        tables={
            "parcours": _rows(Journey, pk__in=keys),
            "etapes": _rows(Step, journey__in=keys),
            "contacts": _rows(ContactLog, journey__in=keys),
            "immersions": _rows(Immersion, journey__in=keys),
            "issues_de_l_accueil": _rows(ArrivalOutcome, journey__in=keys),
            "jalons": _rows(Milestone, journey__in=keys),
            "postes": _rows(Stay, journey__in=keys),
            # What the structure said of the person is about them: theirs to read.
            "points_d_etape": _rows(FollowUp, stay__journey__in=keys),
        }
    )


@transaction.atomic
def record_export(
    *, journeys: Sequence[Journey], viewer: Viewer, reason: str, by: Any, now: datetime
) -> None:
    """Note that journeys left in a file: one line in the journal of each territory, and one for
    each person, who reads it back."""
    told: dict[int, list[Journey]] = {}
    for journey in journeys:
        trace_access(
            subject=journey.candidate.subject,
            viewer=viewer,
            purpose="support",
            fields=["export"],
            now=now,
        )
        told.setdefault(journey.territory_id, []).append(journey)
    for territory, theirs in sorted(told.items()):
        record(
            action=JourneyEvent.EXPORTED,
            target=theirs[0],
            by=by,
            now=now,
            scope=f"territory:{territory}",
            changes={"count": [0, len(theirs)], "reason": ["", reason]},
        )


def _journeys_of(subject: DataSubject) -> list[Journey]:
    theirs = Q(candidate__subject=subject) | Q(candidate__merged_into__subject=subject)
    return list(Journey.objects.filter(theirs).order_by("pk"))


def _erase_stay(stay: Stay) -> None:
    Stay.objects.filter(pk=stay.pk).update(
        post="",
        note="",
        started_on=_month(stay.started_on),
        followed_since=_month(stay.followed_since),
        known_on=_month(stay.known_on),
        ended_on=_month(stay.ended_on) if stay.ended_on else None,
        contract_ends_on=_month(stay.contract_ends_on) if stay.contract_ends_on else None,
    )
    FollowUp.objects.filter(stay=stay).exclude(state=FollowUpState.ANSWERED).delete()
    for follow_up in FollowUp.objects.filter(stay=stay).order_by("pk"):
        answered_on = follow_up.answered_on
        FollowUp.objects.filter(pk=follow_up.pk).update(
            due_on=_month(follow_up.due_on),
            sent_on=None,
            reminded_on=None,
            answered_on=_month(answered_on) if answered_on else None,
            answered_by=None,
            comment="",
            wants_call=False,
            called_back_on=None,
        )


def _month(day: date) -> date:
    return day.replace(day=1)


def _rows(model: type[Model], **where: Any) -> list[Mapping[str, Any]]:
    inner = ("id", "journey", "candidate", "stay", "revision", "flags")
    return rows_told(model._default_manager.filter(**where), *columns_but(model, *inner))
