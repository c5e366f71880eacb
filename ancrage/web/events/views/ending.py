"""An event that does not take place: called off with a reason, taken back, deleted."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ancrage.events import services
from ancrage.events.enums import TRANSITIONS, EventState
from ancrage.events.models import Event
from ancrage.events.queries import people_to_tell
from ancrage.web.access import acts_on
from ancrage.web.acting import who
from ancrage.web.conflicts import revision_sent
from ancrage.web.events.forms.ending import ReasonForm
from ancrage.web.events.page import event_among
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page

_ASKS_FIRST = ["GET", "HEAD", "POST"]


@require_http_methods(_ASKS_FIRST)
@acts_on(Event, "events.organise")
def cancel(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Say whom it is told to, ask why, then call the event off."""
    event, now = event_among(events, pk), timezone.now()
    if EventState.CANCELLED not in TRANSITIONS[EventState(event.state)]:
        raise Http404
    form = ReasonForm(sent_form(request), is_told=event.state != EventState.DRAFT)
    if form.is_valid():
        # What was confirmed is what was read: a colleague's change meanwhile is told.
        event.revision = revision_sent(request.POST, event.revision)
        moved: dict[str, Any] = {"after": EventState.CANCELLED, **form.cleaned_data}
        try:
            services.move_event(event=event, by=request.user, now=now, **moved)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("L’événement est annulé."))
        return redirect("events:detail", pk=pk)
    context = {"event": event, "form": form, "told": _told(event)}
    return render_page(request, "events/cancel.html", context, status=422 if form.errors else 200)


@require_http_methods(_ASKS_FIRST)
@acts_on(Event, "events.organise")
def restore(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Take back, within a day, that an event was called off."""
    event, now = event_among(events, pk), timezone.now()
    if request.method == "POST":
        event.revision = revision_sent(request.POST, event.revision)
        try:
            services.restore_event(event=event, by=request.user, now=now)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("L’événement a de nouveau lieu."))
        return redirect("events:detail", pk=pk)
    if not services.may_restore(event=event, now=now):
        raise Http404
    state = event.get_cancelled_from_display()
    context = {
        "event": event,
        "title": _("Rétablir cet événement ?"),
        "consequences": [_("il redevient « %(state)s » ;") % {"state": state}, _told_back(event)],
        "confirm_label": _("Rétablir l’événement"),
        "cancel_href": reverse("events:detail", args=[pk]),
    }
    return render_page(request, "events/move.html", context)


@require_http_methods(_ASKS_FIRST)
@acts_on(Event, "events.organise")
def delete(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Ask, then delete an event in preparation that nobody registered for."""
    event = event_among(events, pk)
    if request.method == "POST":
        revision = revision_sent(request.POST, event.revision)
        try:
            services.delete_event(event=event, revision=revision, **who(request))
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect("events:detail", pk=pk)
        messages.success(request, _("L’événement « %(title)s » est supprimé.") % {"title": event})
        return redirect("events:list")
    if not services.may_delete(event=event, sides=list(event.sides.order_by("pk"))):
        raise Http404
    context = {
        "event": event,
        "title": _("Supprimer cet événement ?"),
        "consequences": [
            _("ses côtés, ses questions, sa salle et ses horaires sont effacés avec lui ;"),
            _("cela ne se retire pas. Personne n’y est inscrit : personne n’est prévenu."),
        ],
        "confirm_label": _("Supprimer l’événement"),
        "cancel_href": reverse("events:detail", args=[pk]),
        "danger": True,
    }
    return render_page(request, "events/move.html", context)


def _told(event: Event) -> str:
    """Say to whom the calling off of an event is written."""
    if event.state == EventState.DRAFT:
        return _("personne n’est prévenu : il n’était pas annoncé ;")
    people = people_to_tell(event).count()
    if not people:
        return _("aucune personne inscrite n’a laissé d’adresse : personne n’est prévenu ;")
    text = ngettext(
        "%(count)d personne inscrite est prévenue par courriel, avec la raison ;",
        "%(count)d personnes inscrites sont prévenues par courriel, avec la raison ;",
        people,
    )
    return text % {"count": people}


def _told_back(event: Event) -> str:
    """Say to whom it is written that the event takes place after all."""
    if event.cancelled_from == EventState.DRAFT:
        return _("personne n’est prévenu : il n’était pas annoncé.")
    return _("les personnes qui ont reçu l’annulation apprennent qu’il a bien lieu.")
