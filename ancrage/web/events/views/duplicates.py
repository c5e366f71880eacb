"""Registrations that may be one person, side by side: one is kept, or both are left."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ancrage.events import services
from ancrage.events.models import Participant
from ancrage.events.queries.people import likenesses_in, told_apart_in
from ancrage.web.access import acts_on
from ancrage.web.events.freed import tell_freed
from ancrage.web.events.page import event_of
from ancrage.web.rendering import render_page


@require_safe
@never_cache
@acts_on(Participant, "participants.keep")
def duplicates(request: HttpRequest, participants: QuerySet[Participant], pk: int) -> HttpResponse:
    """The pairs of one name or one telephone."""
    event = event_of(request, pk)
    context = {
        "event": event,
        "likenesses": likenesses_in(event),
        "told_apart": told_apart_in(event),
    }
    return render_page(request, "events/duplicates.html", context)


@require_POST
@acts_on(Participant, "participants.keep")
def merge(
    request: HttpRequest,
    participants: QuerySet[Participant],
    pk: int,
    participant: int,
    other: int,
) -> HttpResponse:
    """Keep one of the two, completed by the other."""
    kept, absorbed = _two(participants, pk, participant, other)
    try:
        freed = services.merge_registrations(
            kept=kept, absorbed=absorbed, by=request.user, now=timezone.now()
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("events:duplicates", pk=pk)
    messages.success(request, _("Les deux inscriptions n’en font plus qu’une."))
    tell_freed(request, freed)
    return redirect("events:participant", pk=pk, participant=kept.pk)


@require_POST
@acts_on(Participant, "participants.keep")
def apart(
    request: HttpRequest,
    participants: QuerySet[Participant],
    pk: int,
    participant: int,
    other: int,
) -> HttpResponse:
    """Remember that the two are two people."""
    one, another = _two(participants, pk, participant, other)
    return _told(request, services.tell_apart, one, another, _("C’est noté : deux personnes."))


@require_POST
@acts_on(Participant, "participants.keep")
def again(
    request: HttpRequest,
    participants: QuerySet[Participant],
    pk: int,
    participant: int,
    other: int,
) -> HttpResponse:
    """Compare again two that were said to be two people."""
    one, another = _two(participants, pk, participant, other)
    return _told(request, services.compare_again, one, another, _("La paire est à comparer."))


def _two(
    participants: QuerySet[Participant], pk: int, participant: int, other: int
) -> tuple[Participant, Participant]:
    rows = participants.filter(event=pk).select_related("party__side", "event")
    return get_object_or_404(rows, pk=participant), get_object_or_404(rows, pk=other)


def _told(
    request: HttpRequest,
    act: Callable[..., None],
    one: Participant,
    another: Participant,
    done: str,
) -> HttpResponse:
    try:
        act(one=one, other=another, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, done)
    return redirect("events:duplicates", pk=one.event_id)
