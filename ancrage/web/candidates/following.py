"""What follows from a profile, for its page: the journey, the introductions."""

from typing import Any

from django.http import HttpRequest

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate
from ancrage.journeys.models import Journey
from ancrage.matching.models import Introduction
from ancrage.matching.queries import with_everything

MOST_SHOWN = 5


def following_of(request: HttpRequest, candidate: Candidate) -> dict[str, Any]:
    """Return the latest journey and introductions of a profile that the reader may open."""
    journeys = permitted(request.user, "journeys.view", Journey.objects.all())
    introductions = permitted(request.user, "introductions.view", Introduction.objects.all())
    return {
        "journey": journeys.filter(candidate=candidate)
        .select_related("advisor")
        .order_by("-opened_on", "-pk")
        .first(),
        "introductions": with_everything(introductions)
        .filter(candidate=candidate)
        .order_by("-state_since", "-pk")[:MOST_SHOWN],
    }
