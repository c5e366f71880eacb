"""The questionnaire of two minutes, from a mail, without signing in.

Mail programs and their scanners open links: a GET shows, only a POST answers.
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.journeys import services
from ancrage.journeys.enums import FollowUpSide
from ancrage.journeys.queries import asked_follow_up
from ancrage.kit.links import DeadLink
from ancrage.web.access import public
from ancrage.web.acting import show_refusal
from ancrage.web.dead_links import dead_link
from ancrage.web.fields import sent_form
from ancrage.web.journeys.forms.stays import AnswerForm
from ancrage.web.language import language_of_reader
from ancrage.web.rendering import render_page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What the mail said of the post, and a few questions."""
    now = timezone.now()
    try:
        asked = asked_follow_up(token, now=now)
    except DeadLink as refusal:
        return dead_link(request, refusal, "journeys/answer_refused.html")
    with language_of_reader(request, asked.language):
        form = AnswerForm(sent_form(request), side=asked.follow_up.side)
        if form.is_valid():
            try:
                services.answer_by_link(token=token, answer=form.answer, now=now)
            except DeadLink as refusal:
                return dead_link(request, refusal, "journeys/answer_refused.html")
            except ValidationError as refusal:
                show_refusal(refusal, form)
            else:
                return redirect("journeys:answer_done")
        person = asked.follow_up.side == FollowUpSide.PERSON
        context = {
            "follow_up": asked.follow_up,
            "form": form,
            "is_person": person,
            "reread": form.reread,
        }
        status = 422 if form.errors else 200
        return render_page(request, "journeys/answer.html", context, status=status)


@require_safe
@public
def answer_done(request: HttpRequest) -> HttpResponse:
    """Thanks, and what becomes of the answer."""
    return render_page(request, "journeys/answer_done.html")
