"""Answering « toujours disponible ? » from a mail, without signing in.

Mail programs and their scanners open links: a GET shows, only a POST acts.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.kit.links import LinkExpired, LinkForged, LinkNotYours
from ancrage.resources import services
from ancrage.resources.queries import LinkUsed, answered_resource, asked_resource
from ancrage.resources.services import FreshnessAnswer
from ancrage.web.access import public
from ancrage.web.fields import sent_form
from ancrage.web.language import language_of_reader
from ancrage.web.rendering import render_page

_REFUSALS = {LinkForged: 403, LinkNotYours: 403, LinkExpired: 410, LinkUsed: 410}


class FreshnessForm(forms.Form):
    """One of three buttons."""

    answer = forms.ChoiceField(choices=FreshnessAnswer.choices)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def freshness(request: HttpRequest, token: str) -> HttpResponse:
    """What the mail said of the resource, and one big button."""
    now = timezone.now()
    try:
        asked = asked_resource(token, now=now)
    except tuple(_REFUSALS) as refusal:
        return _refused(request, refusal)
    with language_of_reader(request, asked.language):
        form = FreshnessForm(sent_form(request))
        if form.is_valid():
            answer = FreshnessAnswer(form.cleaned_data["answer"])
            try:
                undo = services.answer_freshness(token=token, answer=answer, now=now)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                return redirect("resources:freshness_done", undo)
        context = {"resource": asked.row, "form": form}
        status = 422 if form.errors else 200
        return render_page(request, "resources/freshness.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def freshness_done(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, and the button that takes the answer back."""
    now = timezone.now()
    try:
        answered = answered_resource(token, now=now)
    except tuple(_REFUSALS) as refusal:
        return _refused(request, refusal)
    with language_of_reader(request, answered.language):
        context = {"resource": answered.row, "answered": answered, "refusal": ""}
        if request.method != "POST":
            return render_page(request, "resources/freshness_done.html", context)
        try:
            services.undo_freshness_answer(token=token, now=now)
        except ValidationError as refusal:
            context["refusal"] = " ".join(refusal.messages)
            return render_page(request, "resources/freshness_done.html", context, status=409)
        return redirect("resources:freshness_done", token)


def _refused(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    context = {"sentence": refusal.messages[0], "code": refusal.code}
    status = _REFUSALS[type(refusal)]
    return render_page(request, "resources/freshness_refused.html", context, status=status)
