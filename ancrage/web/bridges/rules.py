"""What the pages of the rules have in common: writing a form, the history of a rule."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from ancrage.kit.models import AuditLine
from ancrage.professions.models import BridgeFunding, ProfessionBridge
from ancrage.professions.services import save_rule
from ancrage.web.acting import press, show_refusal, who
from ancrage.web.journal import changes_in_words, words_of
from ancrage.web.rendering import render_page

MOST_LINES = 30


def saved(request: HttpRequest, form: Any) -> bool:
    """Write the rule of a valid form; say beside its fields why it is refused."""
    try:
        save_rule(rule=form.rule, by=request.user, now=timezone.now(), **form.values())
    except ValidationError as refusal:
        show_refusal(refusal, form)
        return False
    return True


def rule_page(
    request: HttpRequest, form: forms.Form, *, title: str, back: str, code: str = ""
) -> HttpResponse:
    """Show the form of a rule."""
    context = {
        "form": form,
        "title": title,
        "back": reverse(back, args=[code] if code else []),
        "is_bridge": "target" in form.fields,
    }
    status = 422 if form.errors else 200
    return render_page(request, "bridges/rule_form.html", context, status=status)


def press_rule(
    request: HttpRequest,
    rule: ProfessionBridge | BridgeFunding,
    act: Callable[..., Any],
    done: str,
) -> HttpResponse:
    """Do the act of a button of a rule, and go back to its page."""
    address = "bridges:rule" if isinstance(rule, ProfessionBridge) else "bridges:funding"
    back = reverse(address, args=[rule.code])
    return press(request, partial(act, rule=rule, **who(request)), done, back)


def history_of(
    rule: ProfessionBridge | BridgeFunding,
) -> list[tuple[AuditLine, str, list[tuple[str, str, str]]]]:
    """Return what happened to a rule, the last first: the line, the act, what it changed."""
    lines = (
        AuditLine.objects.filter(target_type=rule._meta.label_lower, target_id=str(rule.pk))
        .select_related("actor")
        .order_by("-at", "-pk")[:MOST_LINES]
    )
    return [(line, words_of(line.action), changes_in_words(line)) for line in lines]
