"""The meetings of a round that is over: held or not, corrected by hand."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ancrage.events import services
from ancrage.events.models import Event, Meeting
from ancrage.events.queries import people_of, timetable_in_force
from ancrage.events.queries.boards import meetings_of_round
from ancrage.events.services.reading import note_people_shown
from ancrage.web.access import acts_on
from ancrage.web.acting import who
from ancrage.web.evenings.acting import event_of, press
from ancrage.web.rendering import render_page


@require_safe
@acts_on(Event, "events.organise")
def held(request: HttpRequest, events: QuerySet[Event], pk: int, number: int) -> HttpResponse:
    """Who met whom in round `number` (from 1)."""
    event = event_of(events, pk)
    timetable = timetable_in_force(event)
    ended = event.actual_rounds.filter(number=number - 1, ended_at__isnull=False)
    if timetable is None or number < 1 or not ended.exists():
        raise Http404
    lines = meetings_of_round(timetable, number - 1, people_of(event))
    shown = [one for line in lines for seat in (line.host, line.visitor) for one in seat.people]
    note_people_shown(event=event, people=shown, by=request.user, now=timezone.now())
    context = {
        "event": event,
        "number": number,
        "lines": lines,
        "held": sum(line.meeting.held for line in lines),
    }
    return render_page(request, "evenings/held.html", context)


@require_POST
@acts_on(Event, "events.organise")
def correct(request: HttpRequest, events: QuerySet[Event], pk: int, meeting: int) -> HttpResponse:
    """Note that a meeting was held after all, or was not."""
    event = event_of(events, pk)
    rows = Meeting.objects.select_related("timetable__event")
    found = get_object_or_404(rows, pk=meeting, timetable__event=event)
    is_held = request.POST.get("tenue") == "1"
    done = (
        _("Rencontre notée comme tenue.")
        if is_held
        else _(
            "C’est noté : cette rencontre n’a pas eu lieu. Le prochain calcul peut la redonner."
        )
    )
    return press(
        request,
        event,
        lambda: services.correct_held(meeting=found, held=is_held, **who(request)),
        done,
    )
