"""One form, one act, back to a page: what the plainest views have in common."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise

from ancrage.web.rendering import render_page


def show_refusal(
    refusal: ValidationError,
    form: forms.BaseForm,
    *others: forms.BaseForm,
    field_of: Mapping[str, str] = MappingProxyType({}),
) -> None:
    """Write the reasons of a service beside the fields they are about, or else above `form`.

    The fields may stand in `others`. `field_of` names the field of a fact where it bears another
    name, and of a reason that is about none ("").
    """
    told = refusal.error_dict if hasattr(refusal, "error_dict") else {"": refusal}
    for fact, reasons in told.items():
        name = field_of.get(fact, fact)
        shown = next((one for one in (form, *others) if name in one.fields), form)
        shown.add_error(name if name in shown.fields else None, reasons)


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
            show_refusal(refusal, form)
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


def confirm_page(
    request: HttpRequest,
    *,
    title: str | Promise,
    consequences: Sequence[str | Promise],
    button: str | Promise,
    back: str,
    note: str | Promise = "",
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Ask before an act, saying what follows from it; its button posts to this same address."""
    context = {
        "title": title,
        "consequences": consequences,
        "note": note,
        "action": request.path,
        "confirm_label": button,
        "cancel_href": back,
        **(more or {}),
    }
    return render_page(request, "components/confirm_page.html", context)


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
