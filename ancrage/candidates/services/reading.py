"""Reading a person's profile: what a reader may be shown, and the line that says they saw it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from ancrage.candidates.models import Candidate, Document, Proof
from ancrage.kit.models import Base
from ancrage.privacy.queries import visible_fields
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import trace_access, trace_list

NAME = ("first_name", "last_name")
# For what a profile is opened, the widest last.
PURPOSES = ("talent_pool", "identity", "support", "current_employer")


def fields_seen(*, candidate: Candidate, viewer: Viewer) -> frozenset[str]:
    """Return the fields of a profile that a reader may be shown."""
    return frozenset().union(
        *(visible_fields(viewer, candidate.subject, Candidate, one) for one in PURPOSES)
    )


def files_seen(*, candidate: Candidate, viewer: Viewer) -> bool:
    """Say whether the reader may be shown the documents and proofs of a profile."""
    return all(
        visible_fields(viewer, candidate.subject, model, "identity") for model in (Document, Proof)
    )


def note_reading(
    *,
    candidate: Candidate,
    viewer: Viewer,
    fields: Iterable[str],
    now: datetime,
    model: type[Base] = Candidate,
) -> None:
    """Write that the reader saw these fields of `model`, one line a purpose: the person reads it
    back. What a card says names nobody: it is left out."""
    by_purpose: dict[str, list[str]] = {}
    for field in fields:
        by_purpose.setdefault(model.personal[field], []).append(field)
    for purpose, seen in sorted(by_purpose.items()):
        if purpose != "talent_pool":
            trace_access(
                subject=candidate.subject, viewer=viewer, purpose=purpose, fields=seen, now=now
            )


def note_names(
    *,
    candidates: Iterable[Candidate],
    by: Any,
    now: datetime,
    purpose: str = "identity",
) -> None:
    """Write that a list of the coordination named these people, once a day and a person."""
    trace_list(
        shown=((one.subject_id, f"territory:{one.territory_id}") for one in candidates),
        purpose=purpose,
        fields=NAME,
        by=by,
        now=now,
    )
