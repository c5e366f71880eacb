"""One form, one act, back to a page: what the plainest views have in common."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise

from ancrage.web.rendering import render_page


def put_refusal(form: forms.Form, refusal: ValidationError) -> None:
    """Write the reasons of a service beside the fields they are about."""
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for name, reasons in refusal.error_dict.items():
        known = name if name in form.fields and name != NON_FIELD_ERRORS else None
        form.add_error(known, reasons)


def form_page(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[dict[str, Any]], Any],
    *,
    template: str,
    title: str | Promise,
    button: str | Promise,
    done: str | Promise,
    back: str,
    lead: str | Promise = "",
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show `form` under `title`; once sent and valid, do `act`, then go to the address it returns
    or `back`."""
    if form.is_valid():
        try:
            led = act(form.cleaned_data)
        except ValidationError as refusal:
            put_refusal(form, refusal)
        else:
            messages.success(request, str(done))
            return redirect(led if isinstance(led, str) else back)
    context = {
        "form": form,
        "title": title,
        "button": button,
        "back": back,
        "lead": lead,
        **(more or {}),
    }
    status = 422 if form.errors else 200
    return render_page(request, template, context, status=status)


def press(
    request: HttpRequest, act: Callable[[], Any], done: str | Promise, back: str
) -> HttpResponse:
    """Do the act of a button, say so or say why not, and go back."""
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        if done:
            messages.success(request, str(done))
    return redirect(back)


def who(request: HttpRequest) -> dict[str, Any]:
    """Return what every service asks: who acts, and when."""
    return {"by": request.user, "now": timezone.now()}
