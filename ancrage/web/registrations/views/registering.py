"""Registering for an event, and asking for one's link again.

Neither page tells whether an address is registered: only its owner is told, by mail.
"""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.events import services
from ancrage.events.enums import RegistrationOrigin, RegistrationState
from ancrage.events.models import Event, Side
from ancrage.events.queries import rank_of, rank_to_come
from ancrage.kit.links import LinkForged
from ancrage.privacy.notices import current_notice
from ancrage.privacy.purposes import purpose_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.registrations.forms.entry import SHARING, Known, RegistrationForm
from ancrage.web.registrations.forms.own import LostLinkForm
from ancrage.web.registrations.results import Result, read, written
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled


@require_http_methods(["GET", "HEAD", "POST"])
# A faculty or a hospital has one address for hundreds of people.
@throttled("event-registration", per="ip", rate="300/h", methods=("POST",))
@acts_on(Event, "events.view")
def register(request: HttpRequest, events: QuerySet[Event], slug: str, role: str) -> HttpResponse:
    """The form of one side."""
    sides = Side.objects.filter(event__in=events).select_related("event__territory")
    side = get_object_or_404(sides, event__slug=slug, role=role)
    if not services.registration_is_open(event=side.event, now=timezone.now()):
        return redirect("registrations:event", slug)
    form = RegistrationForm(sent_form(request), side=side, known=Known.reader(request.user))
    if form.is_valid() and not form.waits_for_a_second_look:
        try:
            return redirect("registrations:done", slug, written(_received(side, form)))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {
        "form": form,
        "side": side,
        "event": side.event,
        "waits": rank_to_come(side, 1) > 0,
        "notice": current_notice(SHARING),
        "purpose": purpose_of("events"),
    }
    status = 422 if form.is_bound else 200
    return render_page(request, "registrations/register.html", context, status=status)


@require_safe
@acts_on(Event, "events.view")
def done(request: HttpRequest, events: QuerySet[Event], slug: str, result: str) -> HttpResponse:
    """What the registration gave, and what comes next."""
    event = get_object_or_404(events.select_related("commune"), slug=slug)
    try:
        given = read(result)
    except LinkForged:
        raise Http404 from None
    return render_page(request, "registrations/done.html", {"event": event, "result": given})


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("event-lost-link", per="ip", rate="30/h", methods=("POST",))
@acts_on(Event, "events.view")
def lost_link(request: HttpRequest, events: QuerySet[Event], slug: str) -> HttpResponse:
    """Send the link of a registration again, to the address it was made with."""
    event = get_object_or_404(events.select_related("commune"), slug=slug)
    form = LostLinkForm(sent_form(request))
    if form.is_valid():
        email = form.cleaned_data["email"]
        services.send_lost_link(event=event, email=email, now=timezone.now())
        return redirect("registrations:link_sent", slug)
    status = 422 if form.errors else 200
    context = {"event": event, "form": form}
    return render_page(request, "registrations/lost_link.html", context, status=status)


@require_safe
@acts_on(Event, "events.view")
def link_sent(request: HttpRequest, events: QuerySet[Event], slug: str) -> HttpResponse:
    """The same words whatever the address."""
    event = get_object_or_404(events, slug=slug)
    return render_page(request, "registrations/link_sent.html", {"event": event})


def _received(side: Side, form: RegistrationForm) -> Result:
    """Register who filled the form in; a program and a known address read the same answer."""
    language, now = get_language() or "fr", timezone.now()
    people = form.people(language=language)
    expected = Result(rank_to_come(side, len(people)), len(people))
    if form.looks_automatic:
        return expected
    try:
        party = services.register(
            side=side,
            people=people,
            kind=form.kind(len(people)),
            party_name=form.cleaned_data.get("party_name", ""),
            origin=RegistrationOrigin.PUBLIC,
            by=form.known.user,
            now=now,
        )
    except services.AlreadyRegistered:
        services.answer_known_address(
            event=side.event, email=people[0].email, language=language, now=now
        )
        return expected
    first = party.members.select_related("party__side").order_by("pk")[0]
    return Result(rank_of(first) if first.state == RegistrationState.WAITING else 0, len(people))
