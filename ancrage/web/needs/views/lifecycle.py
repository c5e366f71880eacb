"""The buttons of a need: publish, pause, confirm, fill, withdraw, reopen, undo."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.needs import services
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.needs.forms.lifecycle import FillForm, WithdrawForm
from ancrage.web.needs.undo import offer_undo, revisions_named
from ancrage.web.rendering import render_page


@require_POST
@acts_on(Need, "needs.publish")
def publish(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Open a draft or a paused need to its audience."""
    return _do(request, needs, pk, services.publish_need, _("Besoin publié."))


@require_POST
@acts_on(Need, "needs.publish")
def pause(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Hide a published need for a while."""
    return _do(request, needs, pk, services.pause_need, _("Besoin mis en pause."))


@require_POST
@acts_on(Need, "needs.close")
def reopen(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Look again for a closed need."""
    return _do(request, needs, pk, services.reopen_need, _("Besoin rouvert et publié."))


@require_POST
@acts_on(Need, "needs.confirm")
def confirm(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Say that it still holds."""
    need = get_object_or_404(_named(needs), pk=pk)
    try:
        services.confirm_need(need=need, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Merci : ce besoin est à jour."))
    return redirect("needs:detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Need, "needs.close")
def fill(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Say how many posts found somebody; the need goes on while some are left."""
    need = get_object_or_404(_named(needs), pk=pk)
    form = FillForm(sent_form(request), positions=need.positions)
    if form.is_valid():
        try:
            services.fill_need(need=need, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            if need.status == NeedStatus.FILLED:
                offer_undo(request, _("Besoin pourvu. Bravo !"), [need])
            else:
                messages.success(request, _left(need.positions))
            return redirect("needs:detail", pk=pk)
    status = 422 if form.errors else 200
    return render_page(request, "needs/fill.html", {"need": need, "form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Need, "needs.close")
def withdraw(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Stop looking, and say why."""
    need = get_object_or_404(_named(needs), pk=pk)
    form = WithdrawForm(sent_form(request))
    if form.is_valid():
        try:
            services.withdraw_need(
                need=need, by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            offer_undo(request, _("Besoin retiré."), [need])
            return redirect("needs:detail", pk=pk)
    status = 422 if form.errors else 200
    return render_page(request, "needs/withdraw.html", {"need": need, "form": form}, status=status)


@require_POST
@acts_on(Need, "needs.close")
def undo(request: HttpRequest, needs: QuerySet[Need]) -> HttpResponse:
    """Take back the last change of state of the needs named: one, or those of a batch."""
    revisions = revisions_named(request.POST.get("needs", ""))
    rows = list(_named(needs).filter(pk__in=revisions).order_by("pk"))
    if not rows:
        raise Http404
    unchanged = [need for need in rows if need.revision == revisions[need.pk]]
    outcome = services.act_on_many(
        needs=unchanged, act=services.undo_last_change, by=request.user, now=timezone.now()
    )
    if outcome.done:
        count = len(outcome.done)
        done = ngettext("Changement annulé.", "%(count)d changements annulés.", count)
        messages.success(request, done % {"count": count})
    if len(unchanged) < len(rows):
        messages.warning(request, _("Ce qui a changé depuis n’a pas été annulé."))
    for reason in sorted({reason for _need, reason in outcome.refused}):
        messages.error(request, reason)
    return redirect("needs:detail", pk=rows[0].pk) if len(rows) == 1 else redirect("needs:list")


def _do(
    request: HttpRequest,
    needs: QuerySet[Need],
    pk: int,
    act: Callable[..., Any],
    sentence: str,
) -> HttpResponse:
    need = get_object_or_404(_named(needs), pk=pk)
    try:
        act(need=need, by=request.user, now=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        offer_undo(request, sentence, [need])
    return redirect("needs:detail", pk=pk)


def _named(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Everything a trace names a need by."""
    return needs.select_related("partner", "profession", "specialty", "commune")


def _left(positions: int) -> str:
    return ngettext(
        "C’est noté : il reste %(count)d poste à pourvoir.",
        "C’est noté : il reste %(count)d postes à pourvoir.",
        positions,
    ) % {"count": positions}
