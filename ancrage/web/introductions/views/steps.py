"""The steps of an introduction: chosen on a card, or by a page that asks a little more."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from ancrage.matching import services
from ancrage.matching.enums import IntroductionState, Side
from ancrage.matching.models import Introduction
from ancrage.matching.queries import side_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.introductions.forms.steps import CloseForm, HireForm, MeetingForm
from ancrage.web.introductions.rows import row_for
from ancrage.web.introductions.words import who
from ancrage.web.rendering import render_page
from ancrage.web.undo import offer_undo

_PAGES = {
    IntroductionState.AGREED: "introductions:note_agreement",
    IntroductionState.MEETING: "introductions:meeting",
    IntroductionState.HIRED: "introductions:hire",
    IntroductionState.CLOSED: "introductions:close",
}
_DONE = {
    IntroductionState.ANSWERED: gettext_lazy(
        "Réponse envoyée : la personne sait que vous la rencontrerez."
    ),
    IntroductionState.OFFER: gettext_lazy("Offre notée : la personne en est informée."),
}


@require_POST
@acts_on(Introduction, "introductions.list")
def step(request: HttpRequest, introductions: QuerySet[Introduction], pk: int) -> HttpResponse:
    """Go to the step chosen on a card: at once, or by the page that asks what it needs."""
    row = row_for(request, introductions, pk)
    wanted = request.POST.get("etape", "")
    if wanted in _PAGES:
        return _go(request, reverse(_PAGES[IntroductionState(wanted)], args=[pk]))
    if wanted not in _DONE or not row.may_handle:
        messages.info(request, _("Choisissez l’étape suivante."))
        return _back(request, pk)
    try:
        _move(row, IntroductionState(wanted), by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        offer_undo(request, "introductions", str(_DONE[IntroductionState(wanted)]), [_key(row)])
    return _back(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Introduction, "introductions.handle")
def meeting(request: HttpRequest, introductions: QuerySet[Introduction], pk: int) -> HttpResponse:
    """Fix a meeting, or move it; both sides receive the invitation."""
    row = row_for(request, introductions, pk)
    form = MeetingForm(sent_form(request), initial=_meeting_of(row))
    if form.is_valid():
        fixed = row.state != IntroductionState.MEETING
        try:
            services.plan_meeting(
                introduction=row,
                side=side_of(row),
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            _done(request, row, _("Rendez-vous envoyé aux deux."), undoable=fixed)
            return redirect("introductions:detail", pk=pk)
    return _page(request, "introductions/meeting.html", row, form)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Introduction, "introductions.handle")
def hire(request: HttpRequest, introductions: QuerySet[Introduction], pk: int) -> HttpResponse:
    """Note that the person takes the post."""
    row = row_for(request, introductions, pk)
    form = HireForm(sent_form(request), initial={"starts_on": row.need.starts_on})
    if form.is_valid():
        try:
            services.hire(
                introduction=row,
                side=side_of(row),
                by=request.user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            _done(request, row, _("Embauche notée. Bravo !"))
            return redirect("introductions:detail", pk=pk)
    return _page(request, "introductions/hire.html", row, form)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Introduction, "introductions.close")
def close(request: HttpRequest, introductions: QuerySet[Introduction], pk: int) -> HttpResponse:
    """End it, and say why; each side gives its own reasons."""
    row = row_for(request, introductions, pk)
    form = CloseForm(sent_form(request), side=side_of(row))
    if form.is_valid():
        side, reason = form.chosen
        how = {"by": request.user, "now": timezone.now(), "note": form.cleaned_data["note"]}
        try:
            if side == Side.PERSON:
                services.refuse_introduction(introduction=row, reason=reason, **how)
            else:
                services.close_introduction(introduction=row, side=side, reason=reason, **how)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            _done(request, row, _("Mise en relation close."), undoable=side == side_of(row))
            return redirect("introductions:detail", pk=pk)
    return _page(request, "introductions/close.html", row, form)


@require_POST
@acts_on(Introduction, "introductions.close")
def undo(request: HttpRequest, introductions: QuerySet[Introduction]) -> HttpResponse:
    """Take the last step back: the one that the bar or the page names, at its revision."""
    pk, _colon, revision = request.POST.get("introductions", "").partition(":")
    if not (pk.isdecimal() and revision.isdecimal() and len(pk) < 16 and len(revision) < 16):
        raise Http404
    row = row_for(request, introductions, int(pk))
    if row.revision != int(revision):
        messages.warning(request, _("Ce qui a changé depuis n’a pas été annulé."))
        return redirect("introductions:detail", pk=row.pk)
    try:
        services.undo_last_move(
            introduction=row, side=side_of(row), by=request.user, now=timezone.now()
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Étape annulée."))
    return redirect("introductions:detail", pk=row.pk)


def _move(row: Any, wanted: IntroductionState, *, by: Any) -> None:
    how: dict[str, Any] = {
        "introduction": row,
        "side": side_of(row),
        "by": by,
        "now": timezone.now(),
    }
    if wanted == IntroductionState.ANSWERED:
        services.answer_introduction(accepts=True, **how)
    else:
        services.make_offer(**how)


def _page(request: HttpRequest, template: str, row: Any, form: Any) -> HttpResponse:
    context = {"introduction": row, "need": row.need, "who": who(row), "form": form}
    return render_page(
        request,
        template,
        context | {"side": side_of(row).value},
        status=422 if form.errors else 200,
    )


def _meeting_of(row: Introduction) -> dict[str, Any]:
    if row.meeting_at is None:
        return {"minutes": 45}
    return {
        "meeting_at": row.meeting_at,
        "minutes": row.meeting_minutes,
        "place": row.meeting_place,
    }


def _done(request: HttpRequest, row: Any, sentence: str, *, undoable: bool = True) -> None:
    if undoable:
        offer_undo(request, "introductions", sentence, [_key(row)])
    else:
        messages.success(request, sentence)


def _key(row: Introduction) -> str:
    return f"{row.pk}:{row.revision}"


def _back(request: HttpRequest, pk: int) -> HttpResponse:
    """Back to the board as it was filtered, or to the sheet."""
    address = request.POST.get("retour", "")
    if not url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()}):
        address = reverse("introductions:detail", args=[pk])
    return _go(request, address)


def _go(request: HttpRequest, address: str) -> HttpResponse:
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(address)
    return redirect(address)
