"""The mails of requests, written when they leave: what was taken back meanwhile is not told.

A mail is read anywhere: it names the offer and the dates, and nobody to anybody else.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from ancrage.candidates.models import Candidate
from ancrage.kit.mail import queue_mail
from ancrage.kit.outbox import handles
from ancrage.territory.queries import coordinators_of
from ancrage.welcome.enums import OPEN_STATES, ClosingReason, RequestState
from ancrage.welcome.models import RequestMove, WelcomeRequest
from ancrage.welcome.services.links import partner_recipients, reply_token
from ancrage.welcome.services.moving import TELL, agreed

_REQUEST = "welcome/email/request"
_NEWS = "welcome/email/news"
_ANSWERED = frozenset({RequestState.GRANTED, RequestState.REFUSED})


@handles(TELL)
def _tell(payload: Mapping[str, Any], now: datetime) -> None:
    """Tell of a step whoever waits for it. Bears a second call."""
    rows = RequestMove.objects.select_related(
        "request__partner__territory", "request__resource", "request__project__subject"
    )
    move = rows.filter(pk=payload["move"]).first()
    if move is None or move.request.state != move.after:
        return  # erased, or gone further since
    request, key = move.request, f"welcome-step:{move.pk}"
    if move.after == RequestState.SENT:
        ask_partner(request=request, key=key, reminds=False, now=now)
    elif move.after in _ANSWERED:
        _tell_person(request, event=move.after, key=key, now=now)
    elif move.after == RequestState.SEEN and move.before in _ANSWERED:
        _tell_person(request, event="taken_back", key=key, now=now)
    elif move.reason == ClosingReason.CANCELLED_BY_PARTNER:
        _tell_person(request, event="cancelled", key=key, now=now)
        _tell_coordination(request, key=key, now=now)
    elif move.after == RequestState.CLOSED:
        _tell_partner(request, freed=move.before == RequestState.GRANTED, key=key, now=now)


def ask_partner(*, request: WelcomeRequest, key: str, reminds: bool, now: datetime) -> int:
    """Ask whoever answers for the partner, with their own link; return how many mails."""
    if request.state not in OPEN_STATES or request.project is None:
        return 0
    if not agreed(request.project, request.partner):
        return 0
    return sum(
        queue_mail(
            key=f"{key}:{recipient.key}",
            to=recipient.email,
            template=_REQUEST,
            context={
                **_context(request),
                "greeting": recipient.user.first_name if recipient.user else "",
                "reminds": reminds,
                "token": reply_token(request, recipient, asked_on=timezone.localdate(now)),
            },
            language=recipient.language,
            now=now,
        )
        for recipient in partner_recipients(request)
    )


def _tell_person(request: WelcomeRequest, *, event: str, key: str, now: datetime) -> None:
    if request.project is None or not request.project.subject.is_shown:
        return
    person = Candidate.objects.filter(subject=request.project.subject_id).first()
    user = request.project.subject.user
    email = person.email if person else user.email if user else ""
    if not email:
        return
    queue_mail(
        key=f"{key}:person",
        to=email,
        template=_NEWS,
        context={
            **_context(request),
            "audience": "person",
            "event": event,
            "greeting": person.first_name if person else user.first_name if user else "",
        },
        language=person.language if person else user.language if user else "fr",
        now=now,
    )


def _tell_coordination(request: WelcomeRequest, *, key: str, now: datetime) -> None:
    for coordinator in coordinators_of(request.partner.territory):
        queue_mail(
            key=f"{key}:user-{coordinator.pk}",
            to=coordinator.email,
            template=_NEWS,
            context={
                **_context(request),
                "audience": "coordination",
                "event": "cancelled",
                "greeting": coordinator.first_name,
            },
            language=coordinator.language,
            now=now,
        )


def _tell_partner(request: WelcomeRequest, *, freed: bool, key: str, now: datetime) -> None:
    for recipient in partner_recipients(request):
        queue_mail(
            key=f"{key}:{recipient.key}",
            to=recipient.email,
            template=_NEWS,
            context={
                **_context(request),
                "audience": "partner",
                "event": "freed" if freed else "closed",
                "greeting": recipient.user.first_name if recipient.user else "",
            },
            language=recipient.language,
            now=now,
        )


def _context(request: WelcomeRequest) -> dict[str, Any]:
    return {
        "number": request.pk,
        "partner": request.partner.name,
        "kind": request.get_kind_display(),
        "offer": request.resource.title if request.resource else "",
    }
