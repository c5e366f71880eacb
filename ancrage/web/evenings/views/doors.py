"""The evening opened and closed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.events import services
from ancrage.events.models import Event
from ancrage.web.access import acts_on
from ancrage.web.acting import confirm_page, who
from ancrage.web.evenings.acting import event_of, press


@require_POST
@acts_on(Event, "events.organise")
def open_doors(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Open the evening: arrivals can be noted, rounds started."""
    event = event_of(events, pk)
    return press(
        request,
        event,
        lambda: services.open_evening(event=event, **who(request)),
        _("La soirée est ouverte : notez les arrivées."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Event, "events.organise")
def close_doors(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """End the evening, once confirmed."""
    event = event_of(events, pk)
    home = reverse("evenings:evening", args=[event.pk])
    if request.method == "POST":
        try:
            services.close_evening(event=event, **who(request))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("La soirée est terminée. Merci à toutes et à tous !"))
        return redirect(home)
    return confirm_page(
        request,
        title=_("Terminer la soirée ?"),
        consequences=[
            _("le tour en cours s’arrête, ses rencontres sont notées tenues ;"),
            _("plus aucune arrivée n’est notée, plus aucun tour ne commence."),
        ],
        note=_("Terminée par erreur, la soirée se rouvre depuis la vue d’ensemble."),
        button=_("Terminer la soirée"),
        back=home,
        more={"event": event},
    )
