"""The room: its tables, where they stand, which of them serve."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.events import services
from ancrage.events.models import Event, Table
from ancrage.web.access import acts_on
from ancrage.web.acting import show_refusal
from ancrage.web.conflicts import revision_sent
from ancrage.web.events.editor import Editor
from ancrage.web.events.forms.room import CountForm, RowsForm, TableForm
from ancrage.web.events.page import event_among
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page

# Units of the drawing for one pace; a table is a disc of `_RADIUS`.
_PACE = 20
_RADIUS = 22
_MARGIN = 34


@dataclass(frozen=True)
class Disc:
    """A table of the drawing."""

    number: int
    label: str
    usable: bool
    x: int
    y: int


@dataclass(frozen=True)
class Plan:
    """The room seen from above."""

    width: int
    height: int
    radius: int
    discs: tuple[Disc, ...]


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Event, "events.organise")
def room(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """The plan of the room, and every table in a list that can be changed."""
    event = event_among(events, pk)
    editor = Editor(sent_form(request), row=event, build=_forms)
    if editor.is_ready():
        try:
            services.edit_tables(
                event=event,
                tables={form.number: form.facts() for form in editor.forms},
                revision=editor.revision,
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            editor.refuse(refusal)
        else:
            messages.success(request, _("Salle enregistrée."))
            return redirect("events:room", pk=pk)
    return _page(request, editor)


@require_POST
@acts_on(Event, "events.organise")
def room_count(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Give the room more tables or fewer."""
    event = event_among(events, pk)
    form = CountForm(request.POST)
    return _arranged(request, event, form, services.set_table_count)


@require_POST
@acts_on(Event, "events.organise")
def room_rows(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Set the tables out in rows again."""
    event = event_among(events, pk)
    form = RowsForm(request.POST)
    return _arranged(request, event, form, services.arrange_tables)


def _arranged(
    request: HttpRequest, event: Event, form: CountForm | RowsForm, act: Callable[..., Any]
) -> HttpResponse:
    """Do `act` with what the form says, or show the page again with why not."""
    if form.is_valid():
        try:
            act(
                event=event,
                revision=revision_sent(request.POST, event.revision),
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            show_refusal(refusal, form)
        else:
            messages.success(request, _("Salle enregistrée."))
            return redirect("events:room", pk=event.pk)
    event = Event.objects.select_related("territory", "commune").get(pk=event.pk)
    return _page(request, Editor(None, row=event, build=_forms), form)


def _forms(data: Any, event: Event) -> list[TableForm]:
    return [TableForm(data, table=table) for table in event.tables.order_by("number")]


def _page(
    request: HttpRequest, editor: Editor, wrong: CountForm | RowsForm | None = None
) -> HttpResponse:
    tables = list(editor.row.tables.order_by("number"))
    count = CountForm(initial={"count": len(tables)})
    rows = RowsForm(initial={"columns": len({table.x for table in tables}) or 5})
    context = {
        "event": editor.row,
        "editor": editor,
        "form": wrong,
        "plan": plan_of(tables) if tables else None,
        "usable": sum(1 for table in tables if table.usable),
        "count_form": wrong if isinstance(wrong, CountForm) else count,
        "rows_form": wrong if isinstance(wrong, RowsForm) else rows,
        "rows": list(zip(tables, editor.forms, strict=False)),
    }
    status = 422 if wrong is not None else editor.status
    return render_page(request, "events/room.html", context, status=status)


def plan_of(tables: Sequence[Table]) -> Plan:
    """Draw the tables where they stand, the nearest corner at the top left."""
    left = min(table.x for table in tables)
    top = min(table.y for table in tables)
    discs = tuple(
        Disc(
            table.number,
            table.label,
            table.usable,
            (table.x - left) * _PACE + _MARGIN,
            (table.y - top) * _PACE + _MARGIN,
        )
        for table in tables
    )
    return Plan(
        width=max(disc.x for disc in discs) + _MARGIN,
        height=max(disc.y for disc in discs) + _MARGIN,
        radius=_RADIUS,
        discs=discs,
    )
