"""« Recalculer »: who would be affected, then yes or no."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancrage.events import services
from ancrage.events.models import Event
from ancrage.events.queries import Seated
from ancrage.web.access import acts_on
from ancrage.web.acting import who
from ancrage.web.evenings.acting import event_of
from ancrage.web.evenings.forms import ChoiceForm
from ancrage.web.evenings.words import change_words
from ancrage.web.rendering import render_page


@dataclass(frozen=True)
class ImpactRow:
    """What changes for somebody, in sentences."""

    who: Seated
    sentences: list[str]


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Event, "events.organise")
def replan(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Show what a new plan would change; put it in force if nothing moved meanwhile."""
    event = event_of(events, pk)
    data = request.POST if request.method == "POST" else request.GET
    form = ChoiceForm(data if "promesses" in data else _usual(event))
    context: dict[str, Any] = {"event": event, "form": form}
    status = 200
    if not form.is_valid():
        status = 422 if request.method == "POST" else 200
    else:
        try:
            if request.method == "POST":
                return _confirmed(request, event, form)
        except services.EveningMovedOn as refusal:
            context["moved_on"] = refusal.messages[0]
            status = 422
        except ValidationError as refusal:
            context["refusal"] = " ".join(refusal.messages)
            status = 422
        context |= _proposed(event, form)
    return render_page(request, "evenings/replan.html", context, status=status)


def _confirmed(request: HttpRequest, event: Event, form: ChoiceForm) -> HttpResponse:
    timetable = services.confirm_replan(
        event=event,
        choice=form.choice,
        fingerprint=request.POST.get("empreinte", ""),
        **who(request),
    )
    messages.success(
        request,
        _(
            "Version %(version)s en vigueur dès le tour %(round)s :"
            " les pages et les téléphones sont à jour."
        )
        % {"version": timetable.version, "round": timetable.from_round + 1},
    )
    return redirect("evenings:evening", event.pk)


def _proposed(event: Event, form: ChoiceForm) -> dict[str, Any]:
    try:
        proposal = services.propose_replan(event=event, choice=form.choice, now=timezone.now())
    except ValidationError as refusal:
        return {"refusal": " ".join(refusal.messages)}
    return {
        "proposal": proposal,
        "first": proposal.from_round + 1,
        "rows": [
            ImpactRow(one.who, [change_words(change) for change in one.changes])
            for one in proposal.impacts
        ],
    }


def _usual(event: Event) -> dict[str, str]:
    """Touch nothing promised; wait for people until the first round begins."""
    begun = event.actual_rounds.exists()
    return {
        "promesses": ChoiceForm.KEEP,
        "nombre": "3",
        "absents": "retirer" if begun else "attendre",
    }
