"""Registrations that may be one person, side by side: one is kept, or both are left."""

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
from ancrage.events.queries.people import likenesses_in
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
    found = [
        pair
        for pair in likenesses_in(event)
        if pair.one.subject.is_shown and pair.other.subject.is_shown
    ]
    context = {"event": event, "likenesses": found}
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
    rows = participants.filter(event=pk).select_related("party__side", "event")
    kept, absorbed = get_object_or_404(rows, pk=participant), get_object_or_404(rows, pk=other)
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
