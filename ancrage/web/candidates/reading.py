"""What the reader of a page is shown of a person, and the line that says they saw it."""

from collections.abc import Iterable
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from ancrage.candidates import services
from ancrage.candidates.models import Candidate
from ancrage.kit.models import Base
from ancrage.privacy.scopes import viewer_of


def seen_by(request: HttpRequest, candidate: Candidate) -> frozenset[str]:
    """Return the fields of a profile that the reader of a page may be shown."""
    return services.fields_seen(candidate=candidate, viewer=viewer_of(request.user))


def sees_files(request: HttpRequest, candidate: Candidate) -> bool:
    """Say whether the reader may be shown the documents and proofs of a profile."""
    return services.files_seen(candidate=candidate, viewer=viewer_of(request.user))


def note_reading(
    request: HttpRequest,
    candidate: Candidate,
    fields: Iterable[str],
    *,
    now: datetime,
    model: type[Base] = Candidate,
) -> None:
    """Write that the reader saw these fields of `model`."""
    services.note_reading(
        candidate=candidate, viewer=viewer_of(request.user), fields=fields, now=now, model=model
    )


def note_names(request: HttpRequest, candidates: Iterable[Candidate]) -> None:
    """Write that a list named these people to its reader."""
    services.note_names(candidates=candidates, by=request.user, now=timezone.now())
