"""The word of somebody entered by another: by the signed link, or noted by the coordination.

Mail programs open links: a GET shows, only a POST acts.
"""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.candidates import services
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import LinkUsed, candidate_to_confirm
from ancrage.kit.links import DeadLink
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import NotPending
from ancrage.web.access import acts_on, public
from ancrage.web.candidates.forms.entry import AnswerForm, NotedAnswerForm
from ancrage.web.dead_links import dead_link
from ancrage.web.fields import sent_form
from ancrage.web.language import language_of_reader
from ancrage.web.rendering import render_page

POOL = "talent_pool"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@public
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What was entered, by whom, and two buttons: accept, refuse."""
    now = timezone.now()
    try:
        candidate = candidate_to_confirm(token, now=now)
    except DeadLink as refusal:
        return dead_link(request, refusal, "candidates/confirm_refused.html")
    with language_of_reader(request, candidate.language):
        form = AnswerForm(sent_form(request))
        if form.is_valid():
            try:
                return _answered(request, candidate, form)
            except NotPending:  # answered at the same moment, on another screen
                return dead_link(request, LinkUsed(), "candidates/confirm_refused.html")
        context = {
            "candidate": candidate,
            "professions": candidate.professions.select_related("profession").order_by("pk"),
            "notice": current_notice(POOL),
            "form": form,
        }
        status = 422 if form.errors else 200
        return render_page(request, "candidates/confirm.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Candidate, "candidates.view")
def note_answer(request: HttpRequest, candidates: QuerySet[Candidate], pk: int) -> HttpResponse:
    """Note what a person answered by telephone or at a meeting."""
    rows = candidates.filter(status=CandidateStatus.PENDING).select_related("subject", "territory")
    candidate = get_object_or_404(rows, pk=pk)
    form = NotedAnswerForm(sent_form(request))
    if form.is_valid():
        try:
            _note(request, candidate, form)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("candidates:list")
    context = {"candidate": candidate, "form": form, "notice": current_notice(POOL)}
    status = 422 if form.errors else 200
    return render_page(request, "candidates/note_answer.html", context, status=status)


def _note(request: HttpRequest, candidate: Candidate, form: NotedAnswerForm) -> None:
    given, by, now = form.cleaned_data, request.user, timezone.now()
    if given["answer"] == "refuse":
        services.refuse_candidate(candidate=candidate, by=by, now=now)
        messages.success(request, _("La personne refuse : son profil est effacé."))
        return
    services.confirm_candidate(
        candidate=candidate,
        user=None,
        by=by,
        now=now,
        agreed=[current_notice(POOL)] if given["pool"] else [],
        channel=given["channel"],
        proof=given["proof"],
    )
    messages.success(request, _("La personne accepte : son profil est actif."))


def _answered(request: HttpRequest, candidate: Candidate, form: AnswerForm) -> HttpResponse:
    now = timezone.now()
    if form.cleaned_data["answer"] == "refuse":
        services.refuse_candidate(candidate=candidate, by=None, now=now)
        return render_page(request, "candidates/confirm_done.html", {"accepted": False})
    agreed = [current_notice(POOL)] if form.cleaned_data["pool"] else []
    services.confirm_candidate(candidate=candidate, user=None, by=None, now=now, agreed=agreed)
    return render_page(request, "candidates/confirm_done.html", {"accepted": True})
