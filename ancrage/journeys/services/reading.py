"""Reading a journey: what of the profile goes with it, and the line that says it was seen."""

from collections.abc import Collection
from datetime import datetime

from ancrage.candidates.models import Candidate
from ancrage.journeys.models import Journey
from ancrage.privacy.queries import visible_fields
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import trace_access
from ancrage.training.models import Enrolment

# What is shown of the profile beside a journey.
_SHOWN = frozenset({"first_name", "last_name", "email", "phone", "commune"})
# What is shown of a course that the person follows.
_COURSE = frozenset({"state", "result", "result_on"})


def read_journey(
    *, journey: Journey, viewer: Viewer, now: datetime, courses: Collection[Enrolment] = ()
) -> frozenset[str]:
    """Note that a reader opened a journey; return the fields of the profile they may be shown.

    `courses` are shown beside it. The profile and its subject are joined by the caller.
    """
    subject = journey.candidate.subject
    seen = visible_fields(viewer, subject, Candidate, "identity") & _SHOWN
    kept = visible_fields(viewer, subject, Journey, "support")
    trace_access(subject=subject, viewer=viewer, purpose="support", fields=seen | kept, now=now)
    if courses:
        trace_access(subject=subject, viewer=viewer, purpose="training", fields=_COURSE, now=now)
    return seen
