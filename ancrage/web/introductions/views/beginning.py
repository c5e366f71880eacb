"""Beginning an introduction: the coordination proposes, a structure asks, a person applies."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import candidate_of, card_named
from ancrage.matching import services
from ancrage.needs.models import Need
from ancrage.partners.permissions import pools_of, workplaces_of
from ancrage.privacy.notices import current_notice
from ancrage.web.access import allowed, reader
from ancrage.web.fields import sent_form
from ancrage.web.introductions.forms.beginning import ApplyForm, ProposeForm, RequestForm
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("introductions.propose")
def propose(request: HttpRequest) -> HttpResponse:
    """Choose a person and a post; the person is asked, the structure sees nothing yet."""
    form = ProposeForm(
        sent_form(request),
        initial={"profil": request.GET.get("profil"), "besoin": request.GET.get("besoin")},
        candidates=permitted(request.user, "candidates.view", Candidate.objects.all()),
        needs=permitted(request.user, "needs.edit", Need.objects.all()),
    )
    if form.is_valid():
        try:
            row = services.propose_introduction(
                candidate=form.cleaned_data["profil"],
                need=form.cleaned_data["besoin"],
                message=form.cleaned_data["message"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Proposition envoyée à la personne."))
            return redirect("introductions:detail", pk=row.pk)
    return _page(request, "introductions/propose.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("introductions.request", per="user", rate="60/h", methods=("POST",))
@allowed("introductions.request")
def request_from_card(request: HttpRequest, card: str) -> HttpResponse:
    """Ask to meet the person behind a card, for one of one's own posts."""
    territories = pools_of(request.user)
    shown = card_named(card, territories=territories, partners=workplaces_of(request.user))
    if shown is None:
        raise Http404
    form = RequestForm(
        sent_form(request),
        initial={"besoin": request.GET.get("besoin")},
        needs=_own_needs(request),
        profession=shown.profession,
    )
    if form.is_valid():
        try:
            row = services.request_introduction(
                card=card,
                need=form.cleaned_data["besoin"],
                message=form.cleaned_data["message"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Demande envoyée."))
            return redirect("introductions:detail", pk=row.pk)
    return _page(request, "introductions/request.html", {"form": form, "card": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("introductions.apply")
def apply(request: HttpRequest, need_pk: int) -> HttpResponse:
    """Apply to a post, and be named to its structure by that very act."""
    offers = permitted(request.user, "offers.view", Need.objects.all())
    need = get_object_or_404(
        offers.select_related("partner", "profession", "specialty", "commune"), pk=need_pk
    )
    candidate = candidate_of(reader(request))
    if candidate is None:
        messages.info(request, _("Créez d’abord votre profil : deux minutes suffisent."))
        return redirect("candidates:own")
    notice = current_notice("identity")
    form = ApplyForm(sent_form(request))
    if form.is_valid():
        how = {"by": request.user, "now": timezone.now(), "message": form.cleaned_data["message"]}
        try:
            row = services.apply_to_need(candidate=candidate, need=need, notice=notice, **how)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Candidature envoyée. La structure doit vous répondre."))
            return redirect("introductions:detail", pk=row.pk)
    context = {"form": form, "need": need, "notice": notice}
    return _page(request, "introductions/apply.html", context)


def _own_needs(request: HttpRequest) -> Any:
    return permitted(request.user, "needs.list_own", Need.objects.all())


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].errors else 200
    return render_page(request, template, context, status=status)
