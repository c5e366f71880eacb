"""What is asked of partners: sent, seen, granted, refused, closed. A place is given once."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from ancrage.kit.audit import record
from ancrage.partners.models import Partner
from ancrage.privacy.queries import consent_holds
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.welcome.enums import (
    OPEN_STATES,
    TRANSITIONS,
    ClosingReason,
    RequestState,
    WelcomeEvent,
    WelcomeKind,
)
from ancrage.welcome.models import (
    LifeProject,
    RequestMove,
    TakenDay,
    WelcomeRequest,
    WelcomeTerms,
)
from ancrage.welcome.services.calendars import Period, calendar_of, places_on
from ancrage.welcome.services.errors import (
    AlreadyRequested,
    ConsentMissing,
    DatesMissing,
    NothingFree,
    OfferNotOpen,
    ProjectClosed,
    RequestStepNotAllowed,
)

PURPOSE = "concierge"
_DAY = timedelta(days=1)

_EVENTS = {
    RequestState.SENT: WelcomeEvent.REQUEST_SENT,
    RequestState.SEEN: WelcomeEvent.REQUEST_SEEN,
    RequestState.GRANTED: WelcomeEvent.REQUEST_GRANTED,
    RequestState.REFUSED: WelcomeEvent.REQUEST_REFUSED,
    RequestState.CLOSED: WelcomeEvent.REQUEST_CLOSED,
}


def scope_of(partner: Partner) -> str:
    """Return for whom an agreement with a partner is given, as the ledger writes it."""
    return f"partner:{partner.pk}"


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

    The person must have agreed that this partner reads it. Ages are told for children's needs
    only. Raises ProjectClosed, ConsentMissing, OfferNotOpen, AlreadyRequested.
    """
    held = LifeProject.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if held.closed_at is not None:
        raise ProjectClosed
    if not _agreed(held, partner):
        raise ConsentMissing
    if resource is not None and not _is_open(resource, partner):
        raise OfferNotOpen
    for_children = kind in (WelcomeKind.CHILDCARE, WelcomeKind.SCHOOL)
    request = WelcomeRequest(
        project=held,
        partner=partner,
        resource=resource,
        kind=kind,
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
    _leave_step(request, "", by=by, now=now)
    return request


def see_request(*, request: WelcomeRequest, by: Any, now: datetime) -> None:
    """Note that the partner opened the request; the first time only."""
    if request.state == RequestState.SENT:
        _move(request, RequestState.SEEN, by=by, now=now)


@transaction.atomic
def grant_request(
    *,
    request: WelcomeRequest,
    by: Any,
    now: datetime,
    resource: Resource | None = None,
    answer: str = "",
) -> WelcomeRequest:
    """Grant a request, giving its places on all its days if the offer's places are counted.

    `resource` says which offer, where the request named none. Of two requests for the last place
    answered at once, one is granted. Raises RequestStepNotAllowed, ConsentMissing, OfferNotOpen,
    DatesMissing, NothingFree.
    """
    current = _held(request)
    offer = current.resource or resource
    if offer is not None and not _is_open(offer, current.partner):
        raise OfferNotOpen
    if current.project is None or not _agreed(current.project, current.partner):
        raise ConsentMissing
    _move(
        current,
        RequestState.GRANTED,
        by=by,
        now=now,
        values={"answer": answer.strip(), "answered_at": now, "resource": offer},
    )
    if offer is not None:
        _give_places(current, offer)
    return current


@transaction.atomic
def refuse_request(
    *,
    request: WelcomeRequest,
    reason: ClosingReason,
    by: Any,
    now: datetime,
    answer: str = "",
) -> WelcomeRequest:
    """Say no, and why. Raises RequestStepNotAllowed."""
    current = _held(request)
    _move(
        current,
        RequestState.REFUSED,
        reason=reason,
        by=by,
        now=now,
        values={"answer": answer.strip(), "answered_at": now, "ended_at": now},
    )
    return current


@transaction.atomic
def close_request(
    *, request: WelcomeRequest, reason: ClosingReason, by: Any, now: datetime
) -> WelcomeRequest:
    """Close a request; the days to come of what it was given are free again.

    Raises RequestStepNotAllowed.
    """
    current = _held(request)
    _move(current, RequestState.CLOSED, reason=reason, by=by, now=now, values={"ended_at": now})
    _free_days(current, since=now.date())
    return current


def close_all(
    *, project: LifeProject, reason: ClosingReason, granted_too: bool, by: Any, now: datetime
) -> None:
    """Close what waits for an answer, and what is granted if asked."""
    states = OPEN_STATES | {RequestState.GRANTED} if granted_too else OPEN_STATES
    waiting = project.requests.filter(state__in=sorted(states))
    for request in waiting.select_related("partner", "resource").order_by("pk"):
        close_request(request=request, reason=reason, by=by, now=now)


def _agreed(project: LifeProject, partner: Partner) -> bool:
    return consent_holds(project.subject, PURPOSE) and consent_holds(
        project.subject, PURPOSE, scope_of(partner)
    )


def _is_open(resource: Resource, partner: Partner) -> bool:
    published = Resource.objects.filter(
        pk=resource.pk,
        partner=partner,
        status=ResourceStatus.PUBLISHED,
        welcome_terms__isnull=False,
    )
    return published.exists()


def _held(request: WelcomeRequest) -> WelcomeRequest:
    rows = WelcomeRequest.objects.select_for_update(of=("self",))
    return rows.select_related("partner", "resource", "project__subject").get(pk=request.pk)


def _move(
    request: WelcomeRequest,
    after: RequestState,
    *,
    by: Any,
    now: datetime,
    reason: ClosingReason | str = "",
    values: dict[str, Any] | None = None,
) -> None:
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
    _leave_step(request, before, by=by, now=now)


def _leave_step(
    request: WelcomeRequest, before: RequestState | str, *, by: Any, now: datetime
) -> None:
    RequestMove.objects.create(
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


def _give_places(request: WelcomeRequest, offer: Resource) -> None:
    terms = WelcomeTerms.objects.select_for_update().get(resource=offer)
    if not terms.has_places:
        return
    if request.starts_on is None or request.ends_on is None:
        raise DatesMissing
    days = list(_days(request.starts_on, request.ends_on))
    chosen = _choose_places(calendar_of(terms), days, request.places, _taken(offer, days))
    try:
        with transaction.atomic():
            TakenDay.objects.bulk_create(
                TakenDay(resource=offer, place=place, on=on, request=request)
                for on, places in chosen
                for place in places
            )
    except IntegrityError:
        raise NothingFree from None
    WelcomeTerms.objects.filter(pk=terms.pk).update(calendar_revision=F("calendar_revision") + 1)


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + number * _DAY


def _taken(offer: Resource, days: list[date]) -> dict[date, set[int]]:
    taken: dict[date, set[int]] = {}
    rows = TakenDay.objects.filter(resource=offer, on__range=(days[0], days[-1]))
    for on, place in rows.values_list("on", "place"):
        taken.setdefault(on, set()).add(place)
    return taken


def _choose_places(
    periods: Iterable[Period], days: list[date], wanted: int, taken: dict[date, set[int]]
) -> list[tuple[date, list[int]]]:
    """Choose places for each day, the same all along where they can be: nobody changes rooms."""
    known = list(periods)
    capacity = {on: places_on(known, on) for on in days}
    free = {
        on: [place for place in range(1, capacity[on] + 1) if place not in taken.get(on, ())]
        for on in days
    }
    for on in days:
        if len(free[on]) < wanted:
            raise NothingFree(on if capacity[on] else None)
    lasting = sorted(set.intersection(*(set(places) for places in free.values())))
    if len(lasting) >= wanted:
        return [(on, lasting[:wanted]) for on in days]
    return [
        (on, sorted(free[on], key=lambda place: (place not in lasting, place))[:wanted])
        for on in days
    ]


def _free_days(request: WelcomeRequest, *, since: date) -> None:
    freed, _details = TakenDay.objects.filter(request=request, on__gte=since).delete()
    if freed:
        WelcomeTerms.objects.filter(Q(resource=request.resource)).update(
            calendar_revision=F("calendar_revision") + 1
        )
