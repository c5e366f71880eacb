"""Handing a stored file over, so that nothing in it can run."""

from django.db.models.fields.files import FieldFile
from django.http import HttpResponse


def stored_file(file: FieldFile, name: str) -> HttpResponse:
    """Hand a stored file over to be kept, never shown inside a page."""
    with file.open("rb") as stream:
        content = stream.read()
    response = HttpResponse(content, content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    # Whatever opens it, it may run nothing and load nothing.
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    response.headers["Cache-Control"] = "private, no-store"
    return response
