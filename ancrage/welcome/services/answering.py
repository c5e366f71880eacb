"""What a partner answers: granted with its days, refused with its reason, taken back."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from ancrage.kit.moves import UNDO_WINDOW
from ancrage.resources.models import Resource
from ancrage.welcome.enums import ANSWERS, OPEN_STATES, ClosingReason, RequestState
from ancrage.welcome.models import TakenDay, WelcomeRequest, WelcomeTerms
from ancrage.welcome.services.calendars import Period, calendar_of, places_on
from ancrage.welcome.services.errors import (
    AlreadyRequested,
    ConsentMissing,
    DatesInDisorder,
    DatesMissing,
    NothingFree,
    OfferNotOpen,
    RequestStepNotAllowed,
    UndoTooLate,
)
from ancrage.welcome.services.moving import (
    agreed,
    free_days,
    held_request,
    is_open,
    move_request,
)

_DAY = timedelta(days=1)


@transaction.atomic
def grant_request(
    *,
    request: WelcomeRequest,
    by: Any,
    now: datetime,
    resource: Resource | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    answer: str = "",
) -> WelcomeRequest:
    """Grant a request, giving its places on all its days if the offer's places are counted.

    `resource` says which offer of the partner, the dates from when to when: by default, what was
    asked. Of two requests for the last place answered at once, one is granted. Raises
    RequestStepNotAllowed, ConsentMissing, OfferNotOpen, DatesInDisorder, DatesMissing,
    AlreadyRequested, NothingFree.
    """
    current = held_request(request)
    offer = resource or current.resource
    first, last = starts_on or current.starts_on, ends_on or current.ends_on
    if first and last and last < first:
        raise DatesInDisorder
    if offer != current.resource and _is_asked_apart(current, offer):
        raise AlreadyRequested
    if offer is not None and not is_open(offer, current.partner):
        raise OfferNotOpen
    if current.project is None or not agreed(current.project, current.partner):
        raise ConsentMissing
    move_request(
        request=current,
        after=RequestState.GRANTED,
        by=by,
        now=now,
        values={
            "answer": answer.strip(),
            "answered_at": now,
            "resource": offer,
            "granted_from": first,
            "granted_to": last,
        },
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
    current = held_request(request)
    move_request(
        request=current,
        after=RequestState.REFUSED,
        reason=reason,
        by=by,
        now=now,
        values={"answer": answer.strip(), "answered_at": now, "ended_at": now},
    )
    return current


@transaction.atomic
def undo_answer(*, request: WelcomeRequest, by: Any, now: datetime) -> WelcomeRequest:
    """Take an answer back within the day: the request waits again, its days are free again.

    Raises RequestStepNotAllowed, UndoTooLate.
    """
    current = held_request(request)
    if current.state not in ANSWERS or current.answered_at is None:
        raise RequestStepNotAllowed(RequestState(current.state), RequestState.SEEN)
    if now > current.answered_at + UNDO_WINDOW:
        raise UndoTooLate
    free_days(current, since=date.min)
    cleared = {"answer": "", "answered_at": None, "ended_at": None}
    dates = {"granted_from": None, "granted_to": None}
    move_request(
        request=current, after=RequestState.SEEN, by=by, now=now, values={**cleared, **dates}
    )
    return current


def can_undo(*, request: WelcomeRequest, now: datetime) -> bool:
    """Say whether `undo_answer` would take the answer back now."""
    at = request.answered_at
    return request.state in ANSWERS and at is not None and now <= at + UNDO_WINDOW


def _is_asked_apart(request: WelcomeRequest, offer: Resource | None) -> bool:
    others = WelcomeRequest.objects.filter(project=request.project_id, resource=offer)
    return others.filter(state__in=[*OPEN_STATES, RequestState.GRANTED]).exists()


def _give_places(request: WelcomeRequest, offer: Resource) -> None:
    terms = WelcomeTerms.objects.select_for_update().get(resource=offer)
    if not terms.has_places:
        return
    if request.granted_from is None or request.granted_to is None:
        raise DatesMissing
    days = list(_days(request.granted_from, request.granted_to))
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
