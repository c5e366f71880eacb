"""What a reader is shown of a person: asked of privacy, and noted when it names somebody."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest

from ancrage.candidates.models import Candidate, Document, Proof
from ancrage.kit.models import Base
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
    model: type[Base] = Candidate,
) -> None:
    """Write that the reader saw these fields of `model`, one line a purpose: the person reads it
    back. What a card says names nobody: it is left out."""
    by_purpose: dict[str, list[str]] = {}
    for field in fields:
        by_purpose.setdefault(model.personal[field], []).append(field)
    viewer = viewer_of(request.user)
    for purpose, seen in sorted(by_purpose.items()):
        if purpose != "talent_pool":
            trace_access(
                subject=candidate.subject, viewer=viewer, purpose=purpose, fields=seen, now=now
            )
