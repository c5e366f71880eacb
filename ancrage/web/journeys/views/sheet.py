"""The page of a journey; one's own."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import permitted
from ancrage.journeys import services
from ancrage.journeys.models import Journey
from ancrage.journeys.queries import courses_followed, whole_journey
from ancrage.privacy.scopes import viewer_of
from ancrage.training.models import Enrolment
from ancrage.web.access import acts_on
from ancrage.web.journeys.forms.keeping import StepForm
from ancrage.web.journeys.words import done_by, timeline_of
from ancrage.web.rendering import render_page


@require_safe
@never_cache
@acts_on(Journey, "journeys.view")
def detail(request: HttpRequest, journeys: QuerySet[Journey], pk: int) -> HttpResponse:
    """One person's journey, whole; the reading is noted, and shown to the person."""
    journey = get_object_or_404(whole_journey(journeys), pk=pk)
    kept = permitted(request.user, "enrolments.keep", Enrolment.objects.all())
    courses = list(courses_followed(journey, kept))
    seen = services.read_journey(
        journey=journey, viewer=viewer_of(request.user), now=timezone.now(), courses=courses
    )
    today = timezone.localdate()
    context = {
        "journey": journey,
        "seen": seen,
        "timeline": timeline_of(journey, courses),
        "step_form": StepForm(),
        "today": today,
        "is_late": journey.next_action_on is not None and journey.next_action_on < today,
        "asks_if_looking": _has_left_every_post(journey),
        "flagged": [contact for contact in journey.contacts.all() if contact.flags],
    }
    return render_page(request, "journeys/detail.html", context)


def _has_left_every_post(journey: Journey) -> bool:
    """Say whether somebody accompanied, who no longer looks for a post, holds none any more."""
    if not journey.is_open or journey.candidate.settled_at is None:
        return False
    stays = list(journey.stays.all())
    return bool(stays) and all(stay.ended_on is not None for stay in stays)


@require_safe
@never_cache
@acts_on(Journey, "journeys.read_own")
def own(request: HttpRequest, journeys: QuerySet[Journey]) -> HttpResponse:
    """« Mon parcours »: where it stands, for the person themselves."""
    found = whole_journey(journeys).order_by("-opened_on", "-pk").first()
    context: dict[str, Any] = {"journey": found}
    if found is not None:
        mine = permitted(request.user, "enrolments.keep_own", Enrolment.objects.all())
        context["done"] = done_by(found, courses_followed(found, mine))
    return render_page(request, "journeys/own.html", context)
