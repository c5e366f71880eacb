"""Answering a proposal from its mail, without signing in.

Mail programs and their scanners open links: a GET shows, only a POST acts.
"""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.kit.links import DeadLink
from ancrage.matching import services
from ancrage.matching.queries import (
    given_answer,
    proposed_introduction,
    words_of_partner,
)
from ancrage.privacy.notices import current_notice
from ancrage.web.access import public
from ancrage.web.dead_links import dead_link
from ancrage.web.fields import sent_form
from ancrage.web.introductions.forms.steps import ProposalForm
from ancrage.web.language import language_of_reader
from ancrage.web.rendering import render_page


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def proposal(request: HttpRequest, token: str) -> HttpResponse:
    """The post, what agreeing allows, and two buttons. Nothing here says who the person is."""
    now = timezone.now()
    try:
        row = proposed_introduction(token, now=now)
    except DeadLink as refusal:
        return dead_link(request, refusal, "introductions/proposal_refused.html")
    with language_of_reader(request, row.candidate.language):
        notice = current_notice("identity")
        form = ProposalForm(sent_form(request))
        if form.is_valid():
            try:
                undo = services.answer_proposal(
                    token=token, agrees=form.agrees, reason=form.chosen, notice=notice, now=now
                )
            except ValidationError as refusal:
                form.add_error(None, refusal)
            else:
                return redirect("introductions:proposal_done", undo)
        context = {"introduction": row, "need": row.need, "notice": notice, "form": form}
        context["words"] = words_of_partner(row)
        status = 422 if form.errors else 200
        return render_page(request, "introductions/proposal.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def proposal_done(request: HttpRequest, token: str) -> HttpResponse:
    """Thanks, and the button that takes the answer back."""
    now = timezone.now()
    try:
        given = given_answer(token, now=now)
    except DeadLink as refusal:
        return dead_link(request, refusal, "introductions/proposal_refused.html")
    with language_of_reader(request, given.introduction.candidate.language):
        context = {"given": given, "need": given.introduction.need, "refusal": ""}
        if request.method != "POST":
            return render_page(request, "introductions/proposal_done.html", context)
        try:
            services.undo_proposal_answer(token=token, now=now)
        except ValidationError as refusal:
            context["refusal"] = " ".join(refusal.messages)
            return render_page(request, "introductions/proposal_done.html", context, status=409)
        return redirect("introductions:proposal_done", token)
