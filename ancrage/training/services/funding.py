"""The money of a place: one file a payer, sent before its deadline, answered, paid."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.audit import record
from ancrage.training.enums import (
    ANSWERED_WITH_MONEY,
    FUNDING_TRANSITIONS,
    FundingState,
    Payer,
    TrainingEvent,
)
from ancrage.training.models import Enrolment, FundingFile
from ancrage.training.services.enrolling import current_enrolment
from ancrage.training.services.errors import PayerTaken, StepNotAllowed

_ANSWERS = frozenset({FundingState.GRANTED, FundingState.PARTLY, FundingState.REFUSED})


@transaction.atomic
def open_funding(
    *,
    enrolment: Enrolment,
    payer: Payer | str,
    due_on: date,
    asked_cents: int = 0,
    reference: str = "",
    by: Any,
    now: datetime,
) -> FundingFile:
    """Begin a file for a place. Raises `PayerTaken`, `SubjectFrozen`."""
    row = current_enrolment(enrolment)
    file = FundingFile(
        enrolment=row,
        payer=str(payer),
        due_on=due_on,
        asked_cents=asked_cents,
        reference=reference.strip(),
    )
    _save(file)
    _tell(TrainingEvent.FUNDING_OPENED, file, by=by, now=now)
    return file


@transaction.atomic
def edit_funding(
    *,
    file: FundingFile,
    due_on: date,
    asked_cents: int,
    reference: str = "",
    by: Any,
    now: datetime,
) -> FundingFile:
    """Change what is asked and by when; a new deadline is reminded of again.

    Raises `SubjectFrozen`.
    """
    row = _current(file)
    changes = {"due_on": [row.due_on.isoformat(), due_on.isoformat()]}
    if due_on != row.due_on:
        row.reminded_days = None
    row.due_on, row.asked_cents, row.reference = due_on, asked_cents, reference.strip()
    row.save(update_fields=["due_on", "asked_cents", "reference", "reminded_days"])
    _tell(TrainingEvent.FUNDING_EDITED, row, by=by, now=now, changes=changes)
    return row


@transaction.atomic
def move_funding(
    *,
    file: FundingFile,
    to: FundingState,
    by: Any,
    now: datetime,
    on: date | None = None,
    granted_cents: int | None = None,
) -> FundingFile:
    """Take a file to its next state, on the day that it happened (today if none is given).

    Raises `StepNotAllowed`, `SubjectFrozen`, `ValidationError` for an amount that is missing, or
    a day that has not come or contradicts the others.
    """
    row = _current(file)
    before = FundingState(row.state)
    if to not in FUNDING_TRANSITIONS[before]:
        raise StepNotAllowed
    today = timezone.localdate(now)
    day = on or today
    if day > today:
        raise ValidationError({"on": _("Ce jour n’est pas encore venu.")})
    values: dict[str, Any] = {"state": to}
    if to is FundingState.SENT:
        values["sent_on"] = day
    if to in _ANSWERS:
        if row.sent_on is not None and day < row.sent_on:
            raise ValidationError({"on": _("La réponse précède le dépôt : vérifiez le jour.")})
        values["answered_on"] = day
    if to in _ANSWERS & ANSWERED_WITH_MONEY:
        if granted_cents is None:
            raise ValidationError({"granted": _("Donnez le montant accordé.")})
        values["granted_cents"] = granted_cents
    _write(row, before, values)
    _tell(
        TrainingEvent.FUNDING_MOVED,
        row,
        by=by,
        now=now,
        changes={"state": [before.value, to.value]},
    )
    return row


@transaction.atomic
def step_back_funding(*, file: FundingFile, by: Any, now: datetime) -> FundingFile:
    """Correct a state noted by mistake: back to the one before, with its dates.

    Raises `StepNotAllowed`, `PayerTaken`, `SubjectFrozen`.
    """
    row = _current(file)
    before = FundingState(row.state)
    if before in _ANSWERS:
        values = {"state": FundingState.SENT, "answered_on": None, "granted_cents": None}
    elif before is FundingState.SENT:
        values = {"state": FundingState.TO_SEND, "sent_on": None}
    elif before is FundingState.PAID:
        whole = row.granted_cents is not None and row.granted_cents >= row.asked_cents
        values = {"state": FundingState.GRANTED if whole else FundingState.PARTLY}
    elif before is FundingState.ABANDONED:
        values = {
            "state": FundingState.SENT if row.sent_on else FundingState.TO_SEND,
            "answered_on": None,
            "granted_cents": None,
        }
    else:
        raise StepNotAllowed
    _write(row, before, values)
    _tell(
        TrainingEvent.FUNDING_MOVED,
        row,
        by=by,
        now=now,
        changes={"state": [before.value, str(row.state)]},
    )
    return row


def _current(file: FundingFile) -> FundingFile:
    row = FundingFile.objects.select_related("enrolment").get(pk=file.pk)
    row.enrolment = current_enrolment(row.enrolment)
    return row


def _write(row: FundingFile, before: FundingState, values: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            changed = FundingFile.objects.filter(pk=row.pk, state=before).update(**values)
    except IntegrityError as error:
        raise PayerTaken from error
    if not changed:
        raise StepNotAllowed
    for name, value in values.items():
        setattr(row, name, value)


def _save(file: FundingFile) -> None:
    try:
        with transaction.atomic():
            file.save()
    except IntegrityError as error:
        raise PayerTaken from error


def _tell(
    event: TrainingEvent,
    file: FundingFile,
    *,
    by: Any,
    now: datetime,
    changes: dict[str, Any] | None = None,
) -> None:
    partner = file.enrolment.run.course.provider.partner
    record(
        action=event,
        target=file,
        by=by,
        now=now,
        scope=f"territory:{partner.territory_id}",
        changes=changes,
    )
