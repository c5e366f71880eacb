"""An event is created, changed, given its sides and its breaks."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BoundField
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ancrage.events import services
from ancrage.events.models import Event, Participant
from ancrage.events.queries import pauses_of, sides_with_counts
from ancrage.territory.models import Territory
from ancrage.territory.permissions import coordinated_by
from ancrage.web.access import acts_on, allowed
from ancrage.web.acting import show_refusal
from ancrage.web.events.editor import Editor
from ancrage.web.events.forms.settings import (
    BreaksForm,
    CreateForm,
    FactsForm,
    SideForm,
    running_order,
)
from ancrage.web.events.page import editor_page, event_among
from ancrage.web.events.telling import Telling
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.scope import territory_of

_READ_AND_WRITE = ["GET", "HEAD", "POST"]


@require_http_methods(_READ_AND_WRITE)
@allowed("events.organise")
def create(request: HttpRequest) -> HttpResponse:
    """The short form; the rest comes from the template and the usual dates."""
    territory = _own_territory(request)
    form = CreateForm(sent_form(request), territory=territory)
    if form.is_valid():
        now, starts_at = timezone.now(), form.cleaned_data["starts_at"]
        dates = services.usual_dates(starts_at=starts_at, now=now)
        event = Event(territory=territory, starts_at=starts_at, **dates, **form.facts())
        try:
            services.create_event(
                event=event,
                template=form.cleaned_data["template"],
                places=form.places(),
                by=request.user,
                now=now,
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(
                request, _("Événement créé. Relisez ses questions, puis ouvrez les inscriptions.")
            )
            return redirect("events:detail", pk=event.pk)
    context = {"form": form, "territory": territory}
    return render_page(request, "events/create.html", context, status=422 if form.errors else 200)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Event, "events.organise")
def edit(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """The facts of an event; somebody else's change meanwhile is shown, nothing typed is lost."""
    event = event_among(events, pk)
    editor = Editor(
        sent_form(request), row=event, build=lambda data, row: [FactsForm(data, event=row)]
    )
    facts = editor.forms[0].facts() if editor.is_ready() else {}
    telling = Telling(request, event, facts=facts)
    if facts and not telling.waits:
        try:
            services.edit_event(
                event=event,
                revision=editor.revision,
                by=request.user,
                now=timezone.now(),
                tell=telling.tells,
                **facts,
            )
        except ValidationError as refusal:
            editor.refuse(refusal)
        else:
            _tell_saved(request, _("Modifications enregistrées."), telling)
            return redirect("events:detail", pk=pk)
    return editor_page(request, "events/edit.html", editor, {"telling": telling})


@require_http_methods(_READ_AND_WRITE)
@acts_on(Event, "events.organise")
def sides(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """The names, the places and the weight of the two sides."""
    event = event_among(events, pk)
    editor = Editor(
        sent_form(request),
        row=event,
        build=lambda data, row: [SideForm(data, side=side) for side in row.sides.order_by("role")],
    )
    if editor.is_ready():
        try:
            given = services.edit_sides(
                event=event,
                revision=editor.revision,
                sides={str(form.prefix): form.cleaned_data for form in editor.forms},
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            editor.refuse(refusal)
        else:
            _tell_given(request, event, given)
            return redirect("events:registration", pk=pk)
    return editor_page(request, "events/sides.html", editor)


@require_http_methods(_READ_AND_WRITE)
@acts_on(Event, "events.organise")
def hours(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """When each round begins and ends, and the breaks between."""
    event = event_among(events, pk)
    editor = Editor(sent_form(request), row=event, build=_breaks_forms)
    breaks = editor.forms[0].breaks() if editor.is_ready() else None
    telling = Telling(request, event, pauses=breaks)
    if breaks is not None and not telling.waits:
        try:
            services.set_breaks(
                event=event,
                revision=editor.revision,
                breaks=breaks,
                by=request.user,
                now=timezone.now(),
                tell=telling.tells,
            )
        except ValidationError as refusal:
            editor.refuse(refusal)
        else:
            _tell_saved(request, _("Horaires enregistrés."), telling)
            return redirect("events:hours", pk=pk)
    context = {"order": _order(editor), "telling": telling}
    return editor_page(request, "events/hours.html", editor, context)


def _own_territory(request: HttpRequest) -> Territory:
    territory = territory_of(request)
    if territory is None or not coordinated_by(request.user).filter(pk=territory.pk).exists():
        raise Http404
    return territory


def _breaks_forms(data: Any, event: Event) -> list[BreaksForm]:
    return [BreaksForm(data, event=event, breaks=pauses_of(event))]


def _order(editor: Editor) -> list[tuple[int, datetime, datetime, BoundField | None]]:
    """Return (number, start, end, field of the break that follows) of each round."""
    fields = {bound.name: bound for bound in editor.forms[0]}
    return [
        (number + 1, start, end, fields.get(f"after_{number}"))
        for number, start, end in running_order(editor.row, pauses_of(editor.row))
    ]


def _tell_saved(request: HttpRequest, sentence: str, telling: Telling) -> None:
    messages.success(request, " ".join(filter(None, (sentence, telling.done))))


def _tell_given(request: HttpRequest, event: Event, given: list[Participant]) -> None:
    """Say what the new capacities did: who got a place, who is beyond the number."""
    messages.success(request, _("Côtés enregistrés."))
    if given:
        text = ngettext(
            "%(count)d personne de la liste d’attente a maintenant une place.",
            "%(count)d personnes de la liste d’attente ont maintenant une place.",
            len(given),
        )
        messages.info(request, text % {"count": len(given)})
    for side in sides_with_counts().filter(event=event):
        beyond = side.placed - side.capacity if side.capacity else 0  # type: ignore[attr-defined]
        if beyond > 0:
            text = ngettext(
                "%(name)s : une personne de plus que de places. Personne ne perd la sienne.",
                "%(name)s : %(count)d personnes de plus que de places. Personne ne perd la"
                " sienne.",
                beyond,
            )
            messages.warning(request, text % {"name": side.name, "count": beyond})
