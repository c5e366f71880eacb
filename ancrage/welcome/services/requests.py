"""What is asked of partners: sent, seen, closed."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from ancrage.candidates.models import Candidate
from ancrage.kit.audit import record
from ancrage.partners.models import Partner
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import trace_access, trace_accesses
from ancrage.resources.models import Resource
from ancrage.welcome.enums import (
    OPEN_STATES,
    ClosingReason,
    RequestState,
    WelcomeEvent,
    WelcomeKind,
)
from ancrage.welcome.models import LifeProject, WelcomeRequest
from ancrage.welcome.permissions import PURPOSE, scope_of
from ancrage.welcome.services.errors import (
    AlreadyRequested,
    ConsentMissing,
    OfferNotOpen,
    ProjectClosed,
    RequestStepNotAllowed,
)
from ancrage.welcome.services.moving import (
    agreed,
    free_days,
    held_request,
    is_open,
    leave_step,
    move_request,
)

# What the page of a request shows of the person.
SHOWN = ("first_name", "email", "phone", "starts_on", "ends_on", "places", "child_ages", "message")


@transaction.atomic
def send_request(
    *,
    project: LifeProject,
    partner: Partner,
    kind: WelcomeKind,
    by: Any,
    now: datetime,
    resource: Resource | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    places: int = 1,
    message: str = "",
) -> WelcomeRequest:
    """Ask a partner for something, or for one of its offers.

    The person must have agreed that this partner reads it. Their first name and how to reach
    them are told with it, ages for children's needs only. Raises ProjectClosed, ConsentMissing,
    OfferNotOpen, AlreadyRequested.
    """
    held = LifeProject.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if held.closed_at is not None:
        raise ProjectClosed
    if not agreed(held, partner):
        raise ConsentMissing
    if resource is not None and not is_open(resource, partner):
        raise OfferNotOpen
    person = Candidate.objects.filter(subject=held.subject_id).first()
    for_children = kind in (WelcomeKind.CHILDCARE, WelcomeKind.SCHOOL)
    request = WelcomeRequest(
        project=held,
        partner=partner,
        resource=resource,
        kind=kind,
        first_name=person.first_name if person else "",
        email=person.email if person else "",
        phone=person.phone if person else "",
        starts_on=starts_on,
        ends_on=ends_on,
        places=places,
        child_ages=held.child_ages if for_children else [],
        message=message.strip(),
        sent_at=now,
    )
    try:
        with transaction.atomic():
            request.save(force_insert=True)
    except IntegrityError:
        raise AlreadyRequested from None
    leave_step(request=request, before="", by=by, now=now)
    return request


@transaction.atomic
def see_request(*, request: WelcomeRequest, by: Any, now: datetime) -> None:
    """Note that the partner opened the request, the first time; and what it read of the person."""
    if request.state == RequestState.SENT:
        move_request(request=request, after=RequestState.SEEN, by=by, now=now)
    if request.project is not None:
        scope = scope_of(request.partner)
        trace_access(
            subject=request.project.subject,
            viewer=Viewer(getattr(by, "pk", None), frozenset({scope})),
            purpose=PURPOSE,
            fields=SHOWN,
            now=now,
            scope=scope,
        )


@transaction.atomic
def record_request_export(
    *, requests: Iterable[WelcomeRequest], reason: str, by: Any, now: datetime
) -> None:
    """Note that the requests partners received left in a file: in the journal of each, and for
    each person. Partners, projects and subjects are joined by the caller."""
    told: dict[int, list[WelcomeRequest]] = {}
    for one in requests:
        told.setdefault(one.partner_id, []).append(one)
    for _partner, rows in sorted(told.items()):
        scope = scope_of(rows[0].partner)
        trace_accesses(
            subjects=[one.project.subject for one in rows if one.project is not None],
            viewer=Viewer(getattr(by, "pk", None), frozenset({scope})),
            purpose=PURPOSE,
            fields=["export"],
            now=now,
            scope=scope,
        )
        record(
            action=WelcomeEvent.REQUESTS_EXPORTED,
            target=rows[0],
            by=by,
            now=now,
            scope=scope,
            changes={"count": [0, len(rows)], "reason": ["", reason]},
        )


@transaction.atomic
def close_request(
    *, request: WelcomeRequest, reason: ClosingReason, by: Any, now: datetime
) -> WelcomeRequest:
    """Close a request; the days to come of what it was given are free again.

    Raises RequestStepNotAllowed.
    """
    current = held_request(request)
    move_request(
        request=current,
        after=RequestState.CLOSED,
        reason=reason,
        by=by,
        now=now,
        values={"ended_at": now},
    )
    free_days(current, since=timezone.localdate(now))
    return current


@transaction.atomic
def cancel_place(*, request: WelcomeRequest, by: Any, now: datetime) -> WelcomeRequest:
    """Take back, for the partner, a place that was granted; the need is to be met again.

    The request closes, its days to come are free, its person may ask elsewhere or again. Raises
    RequestStepNotAllowed.
    """
    current = held_request(request)
    if current.state != RequestState.GRANTED:
        raise RequestStepNotAllowed(RequestState(current.state), RequestState.CLOSED)
    return close_request(
        request=current, reason=ClosingReason.CANCELLED_BY_PARTNER, by=by, now=now
    )


def close_all(
    *, project: LifeProject, reason: ClosingReason, granted_too: bool, by: Any, now: datetime
) -> None:
    """Close what waits for an answer, and what is granted if asked."""
    states = OPEN_STATES | {RequestState.GRANTED} if granted_too else OPEN_STATES
    waiting = project.requests.filter(state__in=sorted(states))
    for request in waiting.select_related("partner", "resource").order_by("pk"):
        close_request(request=request, reason=reason, by=by, now=now)
