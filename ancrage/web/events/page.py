"""What the pages of an event share: the event among the reader's, the answer, the way back."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from ancrage.accounts.policy import permitted
from ancrage.events.models import Event
from ancrage.web.events.editor import Editor
from ancrage.web.rendering import render_page


def event_among(events: QuerySet[Event], pk: int) -> Event:
    """Return the event of that number among the reader's, or answer 404."""
    return get_object_or_404(events.select_related("territory", "commune"), pk=pk)


def event_of(request: HttpRequest, pk: int) -> Event:
    """Return the event of that number if the reader organises it, or answer 404."""
    return event_among(permitted(request.user, "events.organise", Event.objects.all()), pk)


def editor_page(
    request: HttpRequest, template: str, editor: Editor, context: Mapping[str, Any] | None = None
) -> HttpResponse:
    """Render a page of settings; its forms are in `editor`."""
    shown = {
        "event": editor.row,
        "editor": editor,
        "form": editor.forms[0] if editor.forms else None,
    }
    return render_page(request, template, {**shown, **(context or {})}, status=editor.status)
