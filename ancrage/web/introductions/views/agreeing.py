"""The person's agreement: their own button, or what the coordination notes with its proof."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.matching import services
from ancrage.matching.models import Introduction
from ancrage.matching.queries import words_of_partner
from ancrage.privacy.notices import current_notice
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.introductions.forms.steps import NoteAgreementForm, ProposalForm
from ancrage.web.introductions.rows import row_for
from ancrage.web.introductions.words import who
from ancrage.web.rendering import render_page
from ancrage.web.undo import offer_undo


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Introduction, "introductions.agree")
def agree(request: HttpRequest, introductions: QuerySet[Introduction], pk: int) -> HttpResponse:
    """What the post is, what agreeing allows, and two buttons."""
    row = row_for(request, introductions, pk)
    notice = current_notice("identity")
    form = ProposalForm(sent_form(request))
    if form.is_valid():
        how = {"introduction": row, "by": request.user, "now": timezone.now()}
        try:
            if form.agrees:
                _agree(row)(notice=notice, **how)
            else:
                services.refuse_introduction(reason=form.chosen, **how)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            again = row.asks_again and form.agrees
            return _thanked(request, row, _("Merci de votre réponse."), again=again)
    context = {"introduction": row, "need": row.need, "notice": notice, "form": form}
    context["words"] = words_of_partner(row)
    status = 422 if form.errors else 200
    return render_page(request, "introductions/agree.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Introduction, "introductions.note_agreement")
def note_agreement(
    request: HttpRequest, introductions: QuerySet[Introduction], pk: int
) -> HttpResponse:
    """Note, for the coordination, that the person said yes, and where the proof is."""
    row = row_for(request, introductions, pk)
    notice = current_notice("identity")
    form = NoteAgreementForm(sent_form(request))
    if form.is_valid():
        try:
            _agree(row)(
                introduction=row,
                notice=notice,
                by=request.user,
                now=timezone.now(),
                channel=form.cleaned_data["channel"],
                proof=form.cleaned_data["proof"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            sentence = _("Accord noté : la structure est prévenue.")
            return _thanked(request, row, sentence, again=row.asks_again)
    context = {"introduction": row, "need": row.need, "notice": notice, "form": form}
    return render_page(
        request,
        "introductions/note_agreement.html",
        context | {"who": who(row)},
        status=422 if form.errors else 200,
    )


@require_POST
@acts_on(Introduction, "introductions.relay")
def relay(request: HttpRequest, introductions: QuerySet[Introduction], pk: int) -> HttpResponse:
    """Pass on a request that the charter keeps from being made directly."""
    row = row_for(request, introductions, pk)
    try:
        services.relay_request(introduction=row, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Demande transmise : la personne peut y répondre."))
    return redirect("introductions:detail", pk=pk)


def _agree(row: Any) -> Any:
    """Return what takes the agreement down: the first one, or the one due again after a merge."""
    return services.agree_again if row.asks_again else services.agree_introduction


def _thanked(
    request: HttpRequest, row: Introduction, sentence: str, *, again: bool = False
) -> HttpResponse:
    if again:
        # No step was taken: it is withdrawn where every agreement is, in « Mes données ».
        messages.success(request, sentence)
    else:
        offer_undo(request, "introductions", sentence, [f"{row.pk}:{row.revision}"])
    return redirect("introductions:detail", pk=row.pk)
