"""Where to go now, where next, whom one would meet again."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ancrage.events.enums import PLACED_STATES
from ancrage.events.models import Event, Participant
from ancrage.events.queries import OwnEvening, Stop, own_evening
from ancrage.events.services import keep_mark, marks_are_open
from ancrage.web.my_evening.forms import MarkForm
from ancrage.web.my_evening.moments import clock, panel_now, panels_of, rounds_of
from ancrage.web.personal_links import by_personal_link
from ancrage.web.rendering import render_page

# A telephone forgets the evening so long after its last round, or after it last heard of us.
KEPT_AFTER = timedelta(hours=6)


@require_safe
@by_personal_link
def show(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """The whole page."""
    context = _context(participant, token)
    return _kept(render_page(request, "my_evening/show.html", context), context)


@require_safe
@by_personal_link
def refresh(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """What changes during the evening: asked again every few seconds by the page itself."""
    context = _context(participant, token)
    return _kept(render(request, "my_evening/show.html#evening", context), context)


@require_POST
@by_personal_link
def mark(request: HttpRequest, participant: Participant, token: str, party: int) -> HttpResponse:
    """Keep an answer. A telephone that queued it asks for JSON; a form gets the page again."""
    queued = request.accepts("application/json") and not request.accepts("text/html")
    form = MarkForm(request.POST, auto_id=_ids(party))
    try:
        if not form.is_valid():
            raise ValidationError(_("Note trop longue : 2 000 signes au plus."))
        keep_mark(
            participant=participant,
            about=party,
            interest=form.cleaned_data["interest"],
            note=form.cleaned_data["note"],
            now=timezone.now(),
        )
    except ValidationError as refusal:
        mistake = " ".join(refusal.messages)
        if queued:
            return JsonResponse({"mistake": mistake}, status=422)
        context = _context(participant, token, failed={party: form}) | {"mistake": mistake}
        return render_page(request, "my_evening/show.html", context, status=422)
    if queued:
        return JsonResponse({"kept": True})
    address = reverse("my_evening:show", kwargs={"token": token})
    return HttpResponseRedirect(f"{address}#rencontre-{party}")


@require_safe
@by_personal_link
def worker(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """The script that keeps the page for when there is no network, for this address alone."""
    return render(request, "my_evening/relay.js", content_type="text/javascript; charset=utf-8")


def _context(
    participant: Participant, token: str, *, failed: dict[int, MarkForm] | None = None
) -> dict[str, Any]:
    now = timezone.now()
    placed = participant.state in PLACED_STATES
    evening = own_evening(participant, on=now) if placed else None
    context: dict[str, Any] = {
        "participant": participant,
        "event": participant.event,
        "token": token,
        "now": now,
        "until": _until(participant.event, evening, now),
        "received": clock(now),
        "evening": evening,
        "placed": placed,
        "may_mark": marks_are_open(event=participant.event, now=now),
        "mistake": "",
    }
    return context | (_rounds(participant, evening, failed or {}) if evening else {})


def _until(event: Event, evening: OwnEvening | None, now: datetime) -> datetime:
    """Return when a telephone that does not come back forgets what it is sent now."""
    slots = evening.progress.slots if evening else ()
    return max(now, event.starts_at, *(slot.ends_at for slot in slots)) + KEPT_AFTER


def _kept(response: HttpResponse, context: dict[str, Any]) -> HttpResponse:
    """Tell the worker how long to keep the page, in seconds: its clock may be wrong."""
    life = context["until"] - context["now"]
    response["Ancrage-Keep-For"] = str(int(life.total_seconds()))
    return response


def _rounds(
    participant: Participant, evening: OwnEvening, failed: dict[int, MarkForm]
) -> dict[str, Any]:
    rounds = rounds_of(evening, participant.party.side.role)
    panels = panels_of(participant.event, rounds)
    return {
        "panel": panel_now(panels, evening, rounds),
        "panels": panels,
        "rounds": [(one, [(stop, _form(stop, failed)) for stop in one.stops]) for one in rounds],
    }


def _form(stop: Stop, failed: dict[int, MarkForm]) -> MarkForm | None:
    if stop.party is None or not stop.has_begun:
        return None
    said = {"interest": stop.interest, "note": stop.note}
    return failed.get(stop.party) or MarkForm(initial=said, auto_id=_ids(stop.party))


def _ids(party: int) -> str:
    return f"revoir-{party}-%s"
