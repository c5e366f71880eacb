"""The rounds and the tables of the evening."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from ancrage.events import services
from ancrage.events.models import Event, Table
from ancrage.events.queries import people_of
from ancrage.events.services.reading import note_people_shown
from ancrage.web.access import acts_on
from ancrage.web.acting import who
from ancrage.web.evenings.acting import event_of, moment_in, press
from ancrage.web.evenings.stage import stage_of
from ancrage.web.evenings.views.evening import board_shown
from ancrage.web.rendering import render_page

_ACTS: dict[str, tuple[Callable[..., Any], str | Promise]] = {
    "commencer": (services.start_round, _("Tour commencé.")),
    "terminer": (services.end_round, _("Tour terminé.")),
    "minute": (services.add_minute, _("Une minute de plus.")),
    "reprendre": (services.take_round_back, _("C’est annulé.")),
    "supprimer": (
        services.drop_round,
        _(
            "Tour supprimé. Recalculez pour redonner leurs rencontres à celles et ceux qui"
            " les perdent."
        ),
    ),
    "remettre": (services.put_round_back, _("Tour remis au programme.")),
}


@require_POST
@acts_on(Event, "events.organise")
def act_on_round(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Start, end, lengthen, take back, drop or put back the round that the form names."""
    event = event_of(events, pk)
    name, number = request.POST.get("geste", ""), request.POST.get("numero", "")
    if name not in _ACTS or not (number.isdecimal() and 0 < int(number[:9]) < 1000):
        raise Http404
    act, done = _ACTS[name]
    facts: dict[str, Any] = {"number": int(number) - 1}
    if name == "minute":
        facts["seen"] = moment_in(request.POST.get("fin", ""))
    # The screen of the room shows what was done: it needs no words.
    quiet = request.POST.get("muet") == "1"
    return press(
        request, event, partial(act, event=event, **facts, **who(request)), "" if quiet else done
    )


@require_safe
@acts_on(Event, "events.organise")
def room(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """The rounds with their hours, the tables with who sits there."""
    event = event_of(events, pk)
    stage = stage_of(event, now=timezone.now())
    board = board_shown(event, stage, people_of(event))
    shown = board.people if board else []
    note_people_shown(event=event, people=shown, by=request.user, now=timezone.now())
    taken = {line.table.pk: line for line in (board.lines if board else ()) if line.table}
    context = {
        "event": event,
        "stage": stage,
        "board": board,
        "tables": [
            (table, taken.get(table.pk)) for table in event.tables.order_by("number", "pk")
        ],
    }
    return render_page(request, "evenings/room.html", context)


@require_POST
@acts_on(Event, "events.organise")
def table(request: HttpRequest, events: QuerySet[Event], pk: int, table: int) -> HttpResponse:
    """Note that a table is lost, or there again."""
    event = event_of(events, pk)
    found = get_object_or_404(Table.objects.select_related("event"), event=event, pk=table)
    usable = request.POST.get("utilisable") == "1"
    done = (
        _("Table remise en service.")
        if usable
        else _("Table notée perdue. Recalculez : ses rencontres iront ailleurs.")
    )
    return press(
        request,
        event,
        lambda: services.set_table(table=found, usable=usable, **who(request)),
        done,
    )
