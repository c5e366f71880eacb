"""Answering for one's part from its mail, without signing in.

Mail programs and their scanners open links: a GET shows, only a POST acts.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.kit.links import DeadLink
from ancrage.matching.models import SharedPost, SharedPostPart
from ancrage.matching.queries import (
    asked_part,
    given_part_answer,
    with_parts,
)
from ancrage.matching.reference import TERRITORIAL_BONUS
from ancrage.matching.services import posts as services
from ancrage.web.access import public
from ancrage.web.dead_links import dead_link
from ancrage.web.fields import sent_form
from ancrage.web.language import language_of_reader
from ancrage.web.post_words import flows_of, letter, vehicle_facts, week_of
from ancrage.web.rendering import render_page
from ancrage.web.shared_posts.forms import AnswerForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """The post, its terms, and two buttons."""
    now = timezone.now()
    try:
        asked = asked_part(token, now=now)
    except DeadLink as refusal:
        return dead_link(request, refusal, "shared_posts/reply_refused.html")
    with language_of_reader(request, asked.language):
        form = AnswerForm(sent_form(request))
        if form.is_valid():
            try:
                undo = services.answer_from_mail(token=token, now=now, **form.answer)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                return redirect("shared_posts:reply_done", undo)
        context = _proposed(asked.part) | {"form": form}
        status = 422 if form.errors else 200
        return render_page(request, "shared_posts/reply.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def reply_done(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, and the button that takes the answer back."""
    now = timezone.now()
    try:
        given = given_part_answer(token, now=now)
    except DeadLink as refusal:
        return dead_link(request, refusal, "shared_posts/reply_refused.html")
    with language_of_reader(request, given.language):
        context = {"given": given, "post": given.step.post, "refusal": ""}
        if request.method != "POST":
            return render_page(request, "shared_posts/reply_done.html", context)
        try:
            services.undo_answer_from_mail(token=token, now=now)
        except ValidationError as refusal:
            context["refusal"] = " ".join(refusal.messages)
            return render_page(request, "shared_posts/reply_done.html", context, status=409)
        return redirect("shared_posts:reply_done", token)


def _proposed(part: SharedPostPart) -> dict[str, Any]:
    """The post as an employer reads it before it answers for its part."""
    post = with_parts(SharedPost.objects.all()).get(pk=part.post_id)
    parts = list(post.parts.all())
    return {
        "post": post,
        "part": part,
        "lettered": [(letter(rank), one) for rank, one in enumerate(parts)],
        "week": week_of([one.week for one in parts]),
        "vehicle": vehicle_facts(post),
        "flows": flows_of(post),
        "bonus": TERRITORIAL_BONUS if post.has_territorial_bonus else "",
    }
