"""How a request goes from one state to another: only from the one it was read in."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db.models import F

from ancrage.kit.audit import record
from ancrage.kit.outbox import enqueue
from ancrage.partners.models import Partner
from ancrage.privacy.queries import consent_holds
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.welcome.enums import TRANSITIONS, ClosingReason, RequestState, WelcomeEvent
from ancrage.welcome.models import (
    LifeProject,
    RequestMove,
    TakenDay,
    WelcomeRequest,
    WelcomeTerms,
)
from ancrage.welcome.permissions import PURPOSE, scope_of
from ancrage.welcome.services.errors import RequestStepNotAllowed

TELL = "welcome.tell"

_EVENTS: Mapping[RequestState, WelcomeEvent] = MappingProxyType(
    {
        RequestState.SENT: WelcomeEvent.REQUEST_SENT,
        RequestState.SEEN: WelcomeEvent.REQUEST_SEEN,
        RequestState.GRANTED: WelcomeEvent.REQUEST_GRANTED,
        RequestState.REFUSED: WelcomeEvent.REQUEST_REFUSED,
        RequestState.CLOSED: WelcomeEvent.REQUEST_CLOSED,
    }
)


def agreed(project: LifeProject, partner: Partner) -> bool:
    """Say whether the person agrees today that this is held and that this partner reads it."""
    return consent_holds(project.subject, PURPOSE) and consent_holds(
        project.subject, PURPOSE, scope_of(partner)
    )


def is_open(resource: Resource, partner: Partner) -> bool:
    """Say whether the partner offers it today, on terms."""
    published = Resource.objects.filter(
        pk=resource.pk,
        partner=partner,
        status=ResourceStatus.PUBLISHED,
        welcome_terms__isnull=False,
    )
    return published.exists()


def held_request(request: WelcomeRequest) -> WelcomeRequest:
    """Return the request as it is now, held until the transaction ends."""
    rows = WelcomeRequest.objects.select_for_update(of=("self",))
    return rows.select_related("partner", "resource", "project__subject").get(pk=request.pk)


def move_request(
    *,
    request: WelcomeRequest,
    after: RequestState,
    by: Any,
    now: datetime,
    reason: ClosingReason | str = "",
    values: dict[str, Any] | None = None,
) -> RequestMove:
    """Write the new state, its step, its line; let whoever waits be told.

    Raises RequestStepNotAllowed.
    """
    before = RequestState(request.state)
    if after not in TRANSITIONS[before]:
        raise RequestStepNotAllowed(before, after)
    written = {"state": after, "reason": reason, **(values or {})}
    # Only from the state it was read in: of two answers at once, one is written.
    if not WelcomeRequest.objects.filter(pk=request.pk, state=before).update(**written):
        current = WelcomeRequest.objects.get(pk=request.pk)
        raise RequestStepNotAllowed(RequestState(current.state), after)
    for name, value in written.items():
        setattr(request, name, value)
    return leave_step(request=request, before=before, by=by, now=now)


def leave_step(
    *, request: WelcomeRequest, before: RequestState | str, by: Any, now: datetime
) -> RequestMove:
    """Keep the step, tell the journal and, by mail, whoever waits for it."""
    move = RequestMove.objects.create(
        request=request,
        before=before,
        after=request.state,
        reason=request.reason,
        at=now,
        by=by if getattr(by, "pk", None) else None,
    )
    record(
        action=_EVENTS[RequestState(request.state)],
        target=request,
        by=by,
        now=now,
        scope=scope_of(request.partner),
        changes={"state": [before, request.state]},
    )
    enqueue(key=f"welcome-step:{move.pk}", kind=TELL, payload={"move": move.pk}, now=now)
    return move


def free_days(request: WelcomeRequest, *, since: date) -> None:
    """Give back the days of a request from a day on."""
    freed, _details = TakenDay.objects.filter(request=request, on__gte=since).delete()
    if freed:
        WelcomeTerms.objects.filter(resource=request.resource_id).update(
            calendar_revision=F("calendar_revision") + 1
        )
