"""Answering a request from its mail, without signing in.

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
from ancrage.web.access import public
from ancrage.web.dead_links import dead_link
from ancrage.web.language import language_of_reader
from ancrage.web.rendering import render_page
from ancrage.web.welcome.forms.answering import GrantForm, RefuseForm, offers_to_grant
from ancrage.web.welcome_words import (
    ages_in_words,
    dates_in_words,
    free_in_words,
    request_in_words,
)
from ancrage.welcome import services
from ancrage.welcome.models import WelcomeRequest


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, and two answers. Nothing here says who the person is."""
    try:
        asked = services.asked_partner(token=token, now=timezone.now())
    except DeadLink as refusal:
        return dead_link(request, refusal, "welcome/reply_refused.html")
    with language_of_reader(request, asked.language):
        row = asked.request
        sent = request.POST if request.method == "POST" else None
        refuses = sent is not None and sent.get("acte") == "refuser"
        granting = GrantForm(None if refuses else sent, row=row, offers=offers_to_grant(row))
        refusing = RefuseForm(sent if refuses else None)
        form: Any = refusing if refuses else granting
        if form.is_valid():
            try:
                undo = _act(token, granting, refusing, refuses=refuses)
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                return redirect("welcome:reply_done", undo)
        context = {**_asked(row), "granting": granting, "refusing": refusing}
        status = 422 if form.errors else 200
        return render_page(request, "welcome/reply.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def reply_done(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, how to reach the person once it is granted, and the button that undoes it."""
    now = timezone.now()
    try:
        given = services.given_reply(token=token, now=now)
    except DeadLink as refusal:
        return dead_link(request, refusal, "welcome/reply_refused.html")
    with language_of_reader(request, given.language):
        context = {**_asked(given.request), "given": given, "refusal": ""}
        if request.method != "POST":
            return render_page(request, "welcome/reply_done.html", context)
        try:
            services.undo_by_link(token=token, now=now)
        except ValidationError as refusal:
            context["refusal"] = " ".join(refusal.messages)
            return render_page(request, "welcome/reply_done.html", context, status=409)
        return redirect("welcome:reply_done", token)


def _act(token: str, granting: GrantForm, refusing: RefuseForm, *, refuses: bool) -> str:
    now = timezone.now()
    if not refuses:
        return services.grant_by_link(token=token, now=now, **granting.cleaned_data)
    return services.refuse_by_link(
        token=token,
        reason=refusing.reason_chosen,
        answer=refusing.cleaned_data["answer"],
        now=now,
    )


def _asked(row: WelcomeRequest) -> dict[str, Any]:
    free = services.free_by_offer(
        [row.resource_id] if row.resource_id else [], since=timezone.localdate()
    )
    return {
        "row": row,
        "what": request_in_words(row),
        "dates": dates_in_words(row.starts_on, row.ends_on),
        "granted": dates_in_words(row.granted_from, row.granted_to),
        "ages": ages_in_words(row.child_ages),
        "left": free_in_words(free[row.resource_id]) if row.resource_id in free else "",
    }
