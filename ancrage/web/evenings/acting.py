"""One button, one act: done, or said why not, and back to where one was."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme

from ancrage.events.models import Event


def event_of(events: QuerySet[Event], pk: int) -> Event:
    """Return the event of the address among those the reader organises."""
    return get_object_or_404(events.select_related("territory", "commune"), pk=pk)


def press(
    request: HttpRequest, event: Event, act: Callable[[], Any], done: str | Promise = ""
) -> HttpResponse:
    """Do the act of a button, say so or say why not, and go back."""
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        if done:
            messages.success(request, str(done))
    return back(request, event)


def back(request: HttpRequest, event: Event) -> HttpResponse:
    """Go back to the page that the form names, else to that of the evening."""
    address = request.POST.get("retour", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        address = reverse("evenings:evening", args=[event.pk])
    return redirect(address)


def moment_in(text: str) -> datetime:
    """Return the time that a form sends back, to the microsecond. Raises Http404."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        raise Http404
    return found
