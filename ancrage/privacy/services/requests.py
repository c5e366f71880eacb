"""The rights desk: each request has a kind, a day by which to answer, an end and its proof."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ancrage.kit.audit import record
from ancrage.kit.refusals import FieldRefusal, Refusal
from ancrage.privacy.enums import PrivacyEvent, RequestChannel, RequestKind, RequestStatus
from ancrage.privacy.models import DataSubject, RightsRequest
from ancrage.privacy.retention import purges
from ancrage.privacy.terms import add_months

# GDPR art. 12.3: one month, and two more where the request is complex.
MONTHS_TO_ANSWER, MONTHS_MORE = 1, 2
# The time during which an answer may be disputed (Code civil, art. 2224).
REQUESTS_KEPT_MONTHS = 60


class RequesterMissing(FieldRefusal):
    """Nobody could be answered."""

    field = "requester"
    sentence = _("Dites qui demande, et comment lui répondre.")


class RequestClosed(Refusal):
    """The request has been answered by somebody else in between."""

    sentence = _("Cette demande est déjà close.")
    known_as = "closed"


class RequestExtended(Refusal):
    """The law allows one extension only."""

    sentence = _("Le délai de cette demande a déjà été prolongé.")
    known_as = "extended"


class AnswerMissing(FieldRefusal):
    """A request is closed with what was answered, and a refusal with its reason."""

    field = "answer"
    sentence = _("Dites ce qui a été répondu, et où en est la preuve.")


@transaction.atomic
def file_request(
    *,
    subject: DataSubject | None,
    home: str,
    kind: str,
    channel: str,
    by: Any,
    now: datetime,
    requester: str = "",
    details: str = "",
    received_at: datetime | None = None,
) -> RightsRequest:
    """Note a request; the month runs from the day it was received (default: now).

    Raises `RequesterMissing` when neither a profile nor a name is given.
    """
    if subject is None and not requester.strip():
        raise RequesterMissing
    start = received_at or now
    request = RightsRequest.objects.create(
        subject=subject,
        home=home,
        requester=requester.strip(),
        kind=RequestKind(kind),
        channel=RequestChannel(channel),
        details=details.strip(),
        received_at=start,
        due_at=add_months(start, MONTHS_TO_ANSWER),
    )
    record(
        action=PrivacyEvent.REQUEST_FILED,
        target=request,
        by=by,
        now=now,
        scope=home,
        changes={"kind": ["", request.kind]},
    )
    return request


@transaction.atomic
def extend_request(*, request: RightsRequest, reason: str, by: Any, now: datetime) -> None:
    """Take two months more; the person must be told why within the first.

    Raises `RequestClosed`, `RequestExtended`.
    """
    # Held: a colleague may be closing it.
    request = RightsRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    if request.status != RequestStatus.OPEN:
        raise RequestClosed
    if request.extension_reason:
        raise RequestExtended
    before = request.due_at
    request.due_at = add_months(before, MONTHS_MORE)
    request.extension_reason = reason.strip()
    request.save(update_fields=["due_at", "extension_reason"])
    record(
        action=PrivacyEvent.REQUEST_EXTENDED,
        target=request,
        by=by,
        now=now,
        scope=request.home,
        changes={"due_at": [before.isoformat(), request.due_at.isoformat()]},
    )


@transaction.atomic
def close_request(
    *, request: RightsRequest, status: str, answer: str, by: Any, now: datetime
) -> None:
    """Write the end of a request and its proof. Raises `AnswerMissing`, `RequestClosed`."""
    if not answer.strip():
        raise AnswerMissing
    end = RequestStatus(status)
    changed = RightsRequest.objects.filter(pk=request.pk, status=RequestStatus.OPEN).update(
        status=end, closed_at=now, closed_by=by, answer=answer.strip()
    )
    if not changed:
        raise RequestClosed
    record(
        action=PrivacyEvent.REQUEST_CLOSED,
        target=request,
        by=by,
        now=now,
        scope=request.home,
        changes={"status": [RequestStatus.OPEN.value, end.value]},
    )


@transaction.atomic
def note_own_act(
    *, subject: DataSubject, kind: str, answer: str, by: Any, now: datetime
) -> RightsRequest:
    """Write that a person exercised a right by themselves: asked and satisfied at once."""
    request = file_request(
        subject=subject,
        home=subject.home,
        kind=kind,
        channel=RequestChannel.SELF,
        by=by,
        now=now,
    )
    close_request(request=request, status=RequestStatus.DONE, answer=answer, by=by, now=now)
    request.refresh_from_db()
    return request


@purges("rights_requests")
@transaction.atomic
def forget_old_requests(*, now: datetime) -> int:
    """Forget the requests closed more than five years ago."""
    old = RightsRequest.objects.filter(closed_at__lte=add_months(now, -REQUESTS_KEPT_MONTHS))
    return old.delete()[0]
