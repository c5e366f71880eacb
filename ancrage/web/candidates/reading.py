"""What a reader is shown of a person: asked of privacy, and noted when it names somebody."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest

from ancrage.candidates.models import Candidate, Document, Proof
from ancrage.privacy.queries import visible_fields
from ancrage.privacy.scopes import viewer_of
from ancrage.privacy.services import trace_access

# For what a coordinator opens a profile, the widest last.
PURPOSES = ("talent_pool", "identity", "support")


def seen_by(request: HttpRequest, candidate: Candidate) -> frozenset[str]:
    """Return the fields of a profile that the reader of a page may be shown."""
    viewer = viewer_of(request.user)
    return frozenset().union(
        *(visible_fields(viewer, candidate.subject, Candidate, one) for one in PURPOSES)
    )


def sees_files(request: HttpRequest, candidate: Candidate) -> bool:
    """Say whether the reader may be shown the documents and proofs of a profile."""
    viewer = viewer_of(request.user)
    return all(
        visible_fields(viewer, candidate.subject, model, "identity") for model in (Document, Proof)
    )


def note_reading(
    request: HttpRequest,
    candidate: Candidate,
    fields: Iterable[str],
    *,
    now: datetime,
    purpose: str = "support",
) -> None:
    """Write that the reader saw these fields: the person reads it back."""
    trace_access(
        subject=candidate.subject,
        viewer=viewer_of(request.user),
        purpose=purpose,
        fields=fields,
        now=now,
    )
