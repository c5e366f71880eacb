"""How much each part of compatibility, and the wishes of each side, count."""

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
from ancrage.events.services.summing import summary_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.meetings.forms.weighing import WeightsForm
from ancrage.web.meetings.rooms import event_of
from ancrage.web.rendering import render_page


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Event, "events.organise")
def edit(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Move the weights."""
    event = event_of(events, pk)
    summary = summary_of(event, None)
    form = WeightsForm(sent_form(request), event=event, summary=summary)
    if form.is_valid():
        event.revision = form.cleaned_data["revision"]
        try:
            services.set_weights(event=event, by=request.user, now=timezone.now(), **form.kept)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Poids enregistrés : recalculez pour en tenir compte."))
            return redirect("meetings:room", pk=pk)
    context = {"event": event, "form": form, "summary": summary}
    status = 422 if form.errors else 200
    return render_page(request, "meetings/weights.html", context, status=status)
