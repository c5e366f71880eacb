"""« Et si… »: what another organisation would give, computed live and kept nowhere."""

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ancrage.events import services
from ancrage.events.models import Event
from ancrage.events.services import Change, Tried
from ancrage.web.access import acts_on
from ancrage.web.meetings.clock import stop_after
from ancrage.web.meetings.forms.trying import TrialForm, change_in_words
from ancrage.web.meetings.rooms import event_of
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

_GUARANTEES = (2, 3, 4)


@require_safe
@throttled("meetings-trials", per="user", rate="300/h")
@acts_on(Event, "events.organise")
def what_if(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Compare what usual changes give, and one's own."""
    event = event_of(events, pk)
    form = TrialForm(request.GET, event=event)
    context = {"event": event, "form": form}
    try:
        context["rows"] = _rows(event, form)
    except ValidationError as refusal:
        context["refusal"] = refusal.messages[0]
    return render_page(request, "meetings/what_if.html", context, fragment="results")


def _rows(event: Event, form: TrialForm) -> list[tuple[str, Tried, bool]]:
    usual = [
        Change(),
        Change(rounds=1),
        Change(tables=2),
        Change(hosts=10),
        Change(minutes=-1),
        *(
            Change(guarantee=count)
            for count in _GUARANTEES
            if count != event.guarantee and count <= event.rounds
        ),
    ]
    own = form.change
    changes = [own, *usual] if own and own not in usual else usual
    found = services.what_if(event=event, changes=changes, out_of_time=stop_after())
    return [(change_in_words(one.change), one, one.change == own) for one in found]
