"""The page of a participant: where they stand, and what they may do now."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.events.models import Participant
from ancrage.web.personal_links import by_personal_link, personal_steps
from ancrage.web.rendering import render_page


@require_safe
@by_personal_link
def personal(request: HttpRequest, participant: Participant, token: str) -> HttpResponse:
    """Where the registration stands, and what may be done now."""
    now = timezone.now()
    context = {
        "participant": participant,
        "event": participant.event,
        "steps": personal_steps(participant, token, now=now),
    }
    return render_page(request, "registrations/personal.html", context)
