"""The buttons of a need: publish, pause, confirm, fill, withdraw, reopen, undo."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
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
from ancrage.web.life.buttons import offer_undo, press, undo_named
from ancrage.web.needs.forms.lifecycle import FillForm, WithdrawForm
from ancrage.web.rendering import render_page


@require_POST
@acts_on(Need, "needs.publish")
def publish(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Open a draft or a paused need to its audience."""
    return _press(request, needs, pk, services.publish_need, _("Besoin publié."))


@require_POST
@acts_on(Need, "needs.publish")
def pause(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Hide a published need for a while."""
    return _press(request, needs, pk, services.pause_need, _("Besoin mis en pause."))


@require_POST
@acts_on(Need, "needs.close")
def reopen(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Look again for a closed need."""
    return _press(request, needs, pk, services.reopen_need, _("Besoin rouvert et publié."))


@require_POST
@acts_on(Need, "needs.confirm")
def confirm(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Say that it still holds."""
    sentence = _("Merci : ce besoin est à jour.")
    return _press(request, needs, pk, services.confirm_need, sentence, undoable=False)


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
                offer_undo(request, "needs", _("Besoin pourvu. Bravo !"), [need])
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
            offer_undo(request, "needs", _("Besoin retiré."), [need])
            return redirect("needs:detail", pk=pk)
    status = 422 if form.errors else 200
    return render_page(request, "needs/withdraw.html", {"need": need, "form": form}, status=status)


@require_POST
@acts_on(Need, "needs.close")
def undo(request: HttpRequest, needs: QuerySet[Need]) -> HttpResponse:
    """Take back the last change of state of the needs named: one, or those of a batch."""

    def take_back(need: Need) -> Need:
        return services.undo_last_change(need=need, by=request.user, now=timezone.now())

    return undo_named(request, "needs", _named(needs), take_back)


def _press(
    request: HttpRequest,
    needs: QuerySet[Need],
    pk: int,
    act: Callable[..., Need],
    sentence: str,
    *,
    undoable: bool = True,
) -> HttpResponse:
    need = get_object_or_404(_named(needs), pk=pk)
    return press(request, "needs", need, partial(act, need=need), sentence, undoable=undoable)


def _named(needs: QuerySet[Need]) -> QuerySet[Need]:
    """Everything a trace names a need by."""
    return needs.select_related("partner", "profession", "specialty", "commune")


def _left(positions: int) -> str:
    return ngettext(
        "C’est noté : il reste %(count)d poste à pourvoir.",
        "C’est noté : il reste %(count)d postes à pourvoir.",
        positions,
    ) % {"count": positions}
