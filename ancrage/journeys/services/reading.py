"""Reading a journey: what of the profile goes with it, and the line that says it was seen."""

from datetime import datetime

from ancrage.candidates.models import Candidate
from ancrage.journeys.models import Journey
from ancrage.privacy.queries import visible_fields
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import trace_access

# What is shown of the profile beside a journey.
_SHOWN = frozenset({"first_name", "last_name", "email", "phone", "commune"})


def read_journey(*, journey: Journey, viewer: Viewer, now: datetime) -> frozenset[str]:
    """Note that a reader opened a journey; return the fields of the profile they may be shown.

    The profile and its subject are joined by the caller.
    """
    subject = journey.candidate.subject
    seen = visible_fields(viewer, subject, Candidate, "identity") & _SHOWN
    kept = visible_fields(viewer, subject, Journey, "support")
    trace_access(subject=subject, viewer=viewer, purpose="support", fields=seen | kept, now=now)
    return seen
