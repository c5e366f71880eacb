"""One person at the door: by badge, or without a registration."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.events import services
from ancrage.events.enums import EventState, Presence, RegistrationOrigin
from ancrage.events.models import Event, Participant
from ancrage.events.queries import path_of, people_of, presence_of, timetable_in_force
from ancrage.events.queries.evening import hide_if_frozen
from ancrage.events.services.reading import note_people_shown
from ancrage.web.access import acts_on
from ancrage.web.acting import who
from ancrage.web.evenings.acting import back, event_of, moment_in, press
from ancrage.web.evenings.forms import WalkInForm
from ancrage.web.evenings.stage import stage_of
from ancrage.web.evenings.words import acts_from, presence_shown
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.undo import offer_undo

_FORM = ["GET", "HEAD", "POST"]


@require_http_methods(_FORM)
@acts_on(Event, "events.organise")
def person(request: HttpRequest, events: QuerySet[Event], pk: int, badge: str) -> HttpResponse:
    """Somebody, by the code of their badge: where they are, where they go; note it."""
    event = event_of(events, pk)
    found = get_object_or_404(
        Participant.objects.select_related("event", "party__side", "subject"),
        event=event,
        badge=badge.upper(),
    )
    hide_if_frozen(found)
    if request.method == "POST":
        return _note(request, event, found)
    note_people_shown(event=event, people=[found], by=request.user, now=timezone.now())
    timetable = timetable_in_force(event)
    presence = presence_of(found)
    stage = stage_of(event, now=timezone.now())
    context = {
        "event": event,
        "person": found,
        "presence": presence_shown(presence, is_over=event.state == EventState.OVER),
        "comes": presence not in {Presence.ABSENT, Presence.LEFT},
        "acts": acts_from(presence),
        "stage": stage,
        "path": path_of(timetable, found.party_id, people_of(event)) if timetable else [],
        "playing": stage.progress.current.number if stage.progress.current else None,
    }
    return render_page(request, "evenings/person.html", context)


def _note(request: HttpRequest, event: Event, found: Participant) -> HttpResponse:
    act, seen = request.POST.get("geste", ""), request.POST.get("revision", "")
    if act not in Presence.values or not (seen.isdecimal() and len(seen) < 16):
        raise Http404
    after = Presence(act)
    done = _("%(who)s : %(presence)s.") % {
        "who": found.full_name or found.badge,
        "presence": after.label,
    }
    return press(
        request,
        event,
        lambda: services.note_presence(
            participant=found, after=after, seen=int(seen), **who(request)
        ),
        done,
    )


@require_http_methods(_FORM)
@acts_on(Event, "events.organise")
def walk_in(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Register somebody who is already there."""
    event = event_of(events, pk)
    form = WalkInForm(sent_form(request), event=event)
    if form.is_valid():
        try:
            guest = _welcomed(request, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("evenings:person", event.pk, guest.badge)
    status = 422 if form.errors else 200
    return render_page(
        request, "evenings/walk_in.html", {"event": event, "form": form}, status=status
    )


def _welcomed(request: HttpRequest, form: WalkInForm) -> Participant:
    facts = dict(form.cleaned_data)
    side = facts.pop("side")
    party = services.register(
        side=side,
        people=[services.Person(language=get_language() or "fr", **facts)],
        origin=RegistrationOrigin.WALK_IN,
        **who(request),
    )
    guest: Participant = party.members.get()
    messages.success(
        request,
        _("%(who)s est sur place, badge %(badge)s. Recalculez pour lui donner des rencontres.")
        % {"who": guest.full_name, "badge": guest.badge},
    )
    return guest


@require_POST
@acts_on(Event, "events.organise")
def everybody(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Note that all those who are awaited are there, and offer to take it back."""
    event, now = event_of(events, pk), timezone.now()
    try:
        count = services.note_everybody(event=event, by=request.user, now=now)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        noted = ngettext(
            "%(count)d personne notée sur place.", "%(count)d personnes notées sur place.", count
        )
        url = reverse("evenings:everybody_back", args=[pk])
        offer_undo(request, "evenings", noted % {"count": count}, [now.isoformat()], url=url)
    return back(request, event)


@require_POST
@acts_on(Event, "events.organise")
def everybody_back(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Take back what was noted of everybody at the time that the form names."""
    event = event_of(events, pk)
    at = moment_in(request.POST.get("evenings", ""))
    return press(
        request,
        event,
        lambda: services.take_everybody_back(event=event, at=at, **who(request)),
        _("C’est annulé : ces personnes sont de nouveau attendues."),
    )
