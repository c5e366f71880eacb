"""One form, one act on a journey, back to its page: what most views here have in common."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise

from ancrage.journeys.models import Journey
from ancrage.web import acting


def form_page(
    request: HttpRequest,
    journey: Journey,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    title: str | Promise,
    button: str | Promise,
    done: str | Promise,
    lead: str | Promise = "",
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show `form` under `title`; once sent and valid, do `act` and go back to the journey."""
    form.is_valid()  # says what is to be read again
    return acting.form_page(
        request,
        form,
        act,
        template="journeys/act.html",
        title=title,
        button=button,
        done=done,
        back=_page_of(journey),
        lead=lead,
        more={"journey": journey, "reread": getattr(form, "reread", ""), **(more or {})},
    )


def press(
    request: HttpRequest, journey: Journey, act: Callable[[], Any], done: str
) -> HttpResponse:
    """Do the act of a button, say so or say why not, and go back to the journey."""
    return acting.press(request, act, done, _page_of(journey))


def _page_of(journey: Journey) -> str:
    return reverse("journeys:detail", args=[journey.pk])
