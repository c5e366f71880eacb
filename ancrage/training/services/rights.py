"""What training keeps of a person who asks for their rights, and of two profiles that are one."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from ancrage.kit.audit import record
from ancrage.privacy.models import DataSubject
from ancrage.privacy.rights import Export, erases, exports, rows_told
from ancrage.privacy.terms import month_of
from ancrage.training.enums import LIVING_STATES, EnrolmentState, TrainingEvent
from ancrage.training.models import (
    Attendance,
    Enrolment,
    EnrolmentMove,
    FundingFile,
    TrainingWish,
)
from ancrage.training.services.places import fill_free_places, shift

_COURSE = ("run__course__provider__partner", "run__commune", "subject")


@erases("training")
def erase_training(*, subject: DataSubject, now: datetime) -> None:
    """Forget the wishes and the money; of a place, only its state and its month remain.

    A place that was still to be used goes to the waiting list.
    """
    gone, _by_model = TrainingWish.objects.filter(subject=subject).delete()
    rows = list(Enrolment.objects.filter(subject=subject).select_related(*_COURSE).order_by("pk"))
    if not rows and not gone:
        return
    for row in rows:
        FundingFile.objects.filter(enrolment=row).delete()
        if row.state in LIVING_STATES - {EnrolmentState.ATTENDED}:
            shift(enrolment=row, to=EnrolmentState.WITHDRAWN, by=None, now=now)
        Attendance.objects.filter(enrolment=row).delete()
        EnrolmentMove.objects.filter(enrolment=row).delete()
        Enrolment.objects.filter(pk=row.pk).update(
            subject=None,
            first_name="",
            last_name="",
            asked_at=month_of(timezone.localtime(row.asked_at)),
            asked_by=None,
            shared_at=None,
            result_on=row.result_on.replace(day=1) if row.result_on else None,
        )
        fill_free_places(run=row.run, by=None, now=now)
    record(
        action=TrainingEvent.ERASED,
        target=subject,
        by=None,
        now=now,
        scope=subject.home,
        changes={"enrolments": [len(rows), 0]},
    )


@exports("training")
def export_training(*, subject: DataSubject) -> Export:
    """Hand over the wishes, the places, the presences and the money."""
    enrolments = Enrolment.objects.filter(subject=subject)
    return Export(
        tables={
            "souhaits_de_formation": rows_told(
                TrainingWish.objects.filter(subject=subject),
                *("course", "profession", "months", "commune", "reach_km", "priority", "state"),
                "at",
            ),
            "inscriptions_en_formation": rows_told(
                enrolments,
                *("run", "first_name", "last_name", "state", "asked_at", "reason", "result"),
                *("result_on", "shared_at"),
            ),
            "presences_en_formation": rows_told(
                Attendance.objects.filter(enrolment__in=enrolments), "session", "presence"
            ),
            "dossiers_de_financement": rows_told(
                FundingFile.objects.filter(enrolment__in=enrolments),
                *("payer", "reference", "due_on", "state", "asked_cents", "granted_cents"),
                *("sent_on", "answered_on"),
            ),
        }
    )


@transaction.atomic
def move_training(*, kept: DataSubject, absorbed: DataSubject) -> dict[str, list[int]]:
    """Give what one person holds to another, who is the same; return the keys that moved.

    What both hold stays where it is: a place or a wish is not doubled.
    """
    return {
        "wishes": _given(TrainingWish, absorbed, kept),
        "enrolments": _given(Enrolment, absorbed, kept),
    }


@transaction.atomic
def move_training_back(
    *, kept: DataSubject, absorbed: DataSubject, moved: Mapping[str, list[int]]
) -> None:
    """Give back what had moved, as far as it still can."""
    for model, name in ((TrainingWish, "wishes"), (Enrolment, "enrolments")):
        _given(model, kept, absorbed, only=moved[name])


def _given(
    model: Any, giver: DataSubject, taker: DataSubject, *, only: list[int] | None = None
) -> list[int]:
    rows = model.objects.filter(subject=giver)
    if only is not None:
        rows = rows.filter(pk__in=only)
    keys = []
    for pk in rows.order_by("pk").values_list("pk", flat=True):
        try:
            with transaction.atomic():
                model.objects.filter(pk=pk).update(subject=taker)
        except IntegrityError:
            continue
        keys.append(pk)
    return keys
