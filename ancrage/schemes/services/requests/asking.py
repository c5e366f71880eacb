"""An aid asked for: by a person, for a person, by a structure."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from ancrage.kit.audit import record
from ancrage.partners.models import Partner
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import refuse_frozen, touch_subject
from ancrage.schemes.enums import AidEvent, AidState
from ancrage.schemes.models import AidMove, AidRequest, Scheme
from ancrage.schemes.services.requests.errors import (
    AidClosed,
    AlreadyAsked,
    DayToCome,
    NotForThem,
    TooManyRequests,
)
from ancrage.territory.models import Territory

# Beyond, a list would no longer be read.
MOST_REQUESTS = 200


@transaction.atomic
def ask_for_person(
    *,
    scheme: Scheme,
    subject: DataSubject,
    on: date,
    by: Any,
    now: datetime,
    asked_cents: int | None = None,
    note: str = "",
) -> AidRequest:
    """Note that an aid was asked for by, or for, a person.

    Raises:
        SubjectFrozen: the person asked to be left alone, or is no longer followed.
        NotForThem, AidClosed, DayToCome, AlreadyAsked, TooManyRequests: as their names say.
    """
    refuse_frozen(subject)
    if not scheme.for_person:
        raise NotForThem
    territory = Territory.objects.get(pk=subject.home.removeprefix("territory:"))
    request = AidRequest(
        scheme=scheme, subject=subject, territory=territory, asked_cents=asked_cents, note=note
    )
    return _open(request, on, by=by, now=now)


@transaction.atomic
def ask_for_partner(
    *,
    scheme: Scheme,
    partner: Partner,
    on: date,
    by: Any,
    now: datetime,
    asked_cents: int | None = None,
    note: str = "",
) -> AidRequest:
    """Note that a structure asked for an aid.

    Raises:
        NotForThem, AidClosed, DayToCome, AlreadyAsked, TooManyRequests: as their names say.
    """
    if not scheme.for_structure:
        raise NotForThem
    request = AidRequest(
        scheme=scheme,
        partner=partner,
        territory_id=partner.territory_id,
        asked_cents=asked_cents,
        note=note,
    )
    return _open(request, on, by=by, now=now)


def _open(request: AidRequest, on: date, *, by: Any, now: datetime) -> AidRequest:
    if on > timezone.localdate(now):
        raise DayToCome
    if request.scheme.closes_on is not None and request.scheme.closes_on < on:
        raise AidClosed(request.scheme.closes_on)
    theirs = AidRequest.objects.filter(subject=request.subject, partner=request.partner)
    if theirs.count() >= MOST_REQUESTS:
        raise TooManyRequests
    user = by if getattr(by, "pk", None) else None
    request.asked_on = request.state_on = on
    request.created_at, request.opened_by = now, user
    try:
        # The constraint decides between two who ask at once.
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError as error:
        raise AlreadyAsked from error
    AidMove.objects.create(request=request, after=AidState.ASKED, on=on, at=now, by=user)
    tell_journal(request=request, event=AidEvent.ASKED, by=by, now=now)
    note_person_act(request=request, by=by, now=now)
    return request


def note_person_act(*, request: AidRequest, by: Any, now: datetime) -> None:
    """Count what a person does for themselves as a contact with them."""
    if request.subject is not None and by is not None and request.subject.user_id == by.pk:
        touch_subject(subject=request.subject, now=now)


def tell_journal(
    *,
    request: AidRequest,
    event: AidEvent,
    by: Any,
    now: datetime,
    changes: dict[str, Any] | None = None,
) -> None:
    """Write the audit line of a change: it names neither the person nor the aid."""
    record(
        action=event,
        target=request,
        by=by,
        now=now,
        scope=f"territory:{request.territory_id}",
        changes=changes,
    )
