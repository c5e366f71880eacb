"""People's files, handed over through a permission; each reading is noted."""

from django.http import HttpResponse
from django.utils import timezone

from ancrage.candidates.models import Candidate, Document
from ancrage.candidates.services import note_reading
from ancrage.kit.downloads import stored_file
from ancrage.privacy.scopes import Viewer


def document_file(document: Document, candidate: Candidate, *, viewer: Viewer) -> HttpResponse:
    """Return the bytes of a file, once it is written who reads it."""
    note_reading(
        candidate=candidate, viewer=viewer, fields=["file"], now=timezone.now(), model=Document
    )
    return stored_file(document.file, f"{document.kind}-{document.pk}.{document.format}")
