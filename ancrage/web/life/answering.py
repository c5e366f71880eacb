"""Answering a freshness mail without signing in.

Mail programs and their scanners open links: a GET shows, only a POST acts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from ancrage.kit.links import DeadLink
from ancrage.partners.links import Answered, Asked
from ancrage.web.dead_links import dead_link
from ancrage.web.fields import sent_form
from ancrage.web.language import language_of_reader
from ancrage.web.rendering import render_page


class Reads(Protocol):
    """A question of a kind of row: what does this link open?"""

    def __call__(self, token: str, *, now: datetime) -> Any: ...


@dataclass(frozen=True)
class AnswerPages:
    """The two pages of one kind of row, `row_name` in its templates.

    `section` names its URLs (`freshness_done`) and its folder of templates.
    """

    section: str
    row_name: str
    answers: type[TextChoices]
    asked: Reads
    answered: Reads
    answer: Callable[..., str]
    undo: Callable[..., Any]

    @property
    def refused(self) -> str:
        """The template of a link that no longer serves."""
        return f"{self.section}/freshness_refused.html"


def answer_page(pages: AnswerPages, request: HttpRequest, token: str) -> HttpResponse:
    """What the mail said of the row, and one big button."""
    now = timezone.now()
    try:
        asked: Asked[Any] = pages.asked(token, now=now)
    except DeadLink as refusal:
        return dead_link(request, refusal, pages.refused)
    with language_of_reader(request, asked.language):
        form = _AnswerForm(sent_form(request), answers=pages.answers)
        if form.is_valid():
            chosen = pages.answers(form.cleaned_data["answer"])
            try:
                undo = pages.answer(token=token, answer=chosen, now=now)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                return redirect(f"{pages.section}:freshness_done", undo)
        context = {pages.row_name: asked.row, "form": form}
        status = 422 if form.errors else 200
        return render_page(request, f"{pages.section}/freshness.html", context, status=status)


def answered_page(pages: AnswerPages, request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, and the button that takes the answer back."""
    now = timezone.now()
    template = f"{pages.section}/freshness_done.html"
    try:
        answered: Answered[Any] = pages.answered(token, now=now)
    except DeadLink as refusal:
        return dead_link(request, refusal, pages.refused)
    with language_of_reader(request, answered.language):
        context = {pages.row_name: answered.row, "answered": answered, "refusal": ""}
        if request.method != "POST":
            return render_page(request, template, context)
        try:
            pages.undo(token=token, now=now)
        except ValidationError as refusal:
            context["refusal"] = " ".join(refusal.messages)
            return render_page(request, template, context, status=409)
        return redirect(f"{pages.section}:freshness_done", token)


class _AnswerForm(forms.Form):
    """One of the buttons."""

    answer = forms.ChoiceField()

    def __init__(self, *args: Any, answers: type[TextChoices], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].choices = answers.choices  # type: ignore[attr-defined]
