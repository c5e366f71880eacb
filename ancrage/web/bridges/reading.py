"""What the pages of bridges read besides the ways: facts told, goals offered, the trace."""

from django.http import HttpRequest
from django.utils import timezone

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate, Career
from ancrage.candidates.services.reading import fields_seen, note_reading
from ancrage.journeys.models import Journey
from ancrage.journeys.queries import open_journeys
from ancrage.kit.text import fold
from ancrage.privacy.queries import visible_fields
from ancrage.privacy.scopes import viewer_of
from ancrage.professions.models import Qualification
from ancrage.professions.queries import bridges_listed_on

# Of the profile, what the ways are computed from and the page names.
_READ = frozenset({"first_name", "last_name", "experience", "employer"})


def career_of(candidate: Candidate) -> Career | None:
    """Return what the person told for the bridges, if anything."""
    return Career.objects.filter(candidate=candidate).first()


def goals_offered() -> list[tuple[str, str]]:
    """Return the titles that some bridge leads to, by their labels. One query."""
    targets = bridges_listed_on(timezone.localdate()).order_by().values("target")
    rows = Qualification.objects.filter(pk__in=targets).order_by("code")
    return sorted(((row.code, row.label) for row in rows), key=lambda one: fold(one[1]))


def note_ways(request: HttpRequest, candidate: Candidate) -> None:
    """Write that the reader saw the ways of a person, and from what they come."""
    viewer, now = viewer_of(request.user), timezone.now()
    seen = fields_seen(candidate=candidate, viewer=viewer) & _READ
    note_reading(candidate=candidate, viewer=viewer, fields=seen, now=now)
    told = visible_fields(viewer, candidate.subject, Career, "support")
    note_reading(candidate=candidate, viewer=viewer, fields=told, now=now, model=Career)


def open_journey_of(request: HttpRequest, candidate: Candidate) -> Journey | None:
    """Return the journey that the reader keeps for the person, if one is open."""
    kept = permitted(request.user, "journeys.keep", Journey.objects.all())
    return open_journeys(kept).filter(candidate=candidate).first()
