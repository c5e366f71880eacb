"""The line that says that a page of the advisor's named people."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils import timezone

from ancrage.candidates import services
from ancrage.candidates.models import Candidate


def note_names(request: HttpRequest, candidates: Iterable[Candidate]) -> None:
    """Write that a list of journeys named these people to its reader."""
    services.note_names(
        candidates=candidates,
        by=request.user,
        now=timezone.now(),
        purpose="support",
    )
