"""The rows a reader works on: annotated with whose name they may read and what they may do."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from ancrage.matching.models import Introduction
from ancrage.matching.queries import acts_allowed, with_everything, with_naming

ACTS = ("agree", "note_agreement", "relay", "handle", "close", "write", "show_documents")


def rows_for(request: HttpRequest, introductions: QuerySet[Introduction]) -> QuerySet[Any]:
    """Annotate rows for this reader."""
    return acts_allowed(with_naming(introductions, request.user), request.user, ACTS)


def row_for(request: HttpRequest, introductions: QuerySet[Introduction], pk: int) -> Any:
    """Return one row, whole, or answer 404."""
    return get_object_or_404(with_everything(rows_for(request, introductions)), pk=pk)
