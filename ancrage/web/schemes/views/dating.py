"""The dates of an aid: read again, closed, reopened, and what was just done taken back."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.schemes import services
from ancrage.schemes.models import Scheme, SchemeCase
from ancrage.schemes.queries import in_inventory
from ancrage.web.access import acts_on
from ancrage.web.acting import show_refusal
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.schemes.forms.editing import ClosingForm
from ancrage.web.undo import offer_undo


@require_POST
@acts_on(Scheme, "schemes.edit")
def checked(request: HttpRequest, schemes: QuerySet[Scheme], code: str) -> HttpResponse:
    """Note that the source was read today, and that the aid is as it says."""
    scheme = get_object_or_404(in_inventory(schemes), code=code)
    services.mark_checked(
        scheme=scheme, on=timezone.localdate(), by=request.user, now=timezone.now()
    )
    said = _("« %(aid)s » : source relue aujourd’hui.") % {"aid": scheme.label}
    offer_undo(request, "schemes", said, [f"scheme-{scheme.pk}"])
    if request.POST.get("retour") == "liste":
        return redirect(f"{reverse('schemes:list')}?etat=a-revoir")
    return redirect("schemes:scheme", code)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Scheme, "schemes.edit")
def close(request: HttpRequest, schemes: QuerySet[Scheme], code: str) -> HttpResponse:
    """Give an aid its last day."""
    scheme = get_object_or_404(in_inventory(schemes), code=code)
    form = ClosingForm(sent_form(request), initial={"on": timezone.localdate()})
    if form.is_valid():
        try:
            services.close_scheme(
                scheme=scheme, on=form.cleaned_data["on"], by=request.user, now=timezone.now()
            )
        except ValidationError as refusal:
            show_refusal(refusal, form, field_of={"": "on", "__all__": "on", "closes_on": "on"})
        else:
            said = _("« %(aid)s » est close ; elle reste lisible.") % {"aid": scheme.label}
            offer_undo(request, "schemes", said, [f"scheme-{scheme.pk}"])
            return redirect("schemes:scheme", code)
    status = 422 if form.is_bound else 200
    return render_page(
        request, "schemes/close.html", {"scheme": scheme, "form": form}, status=status
    )


@require_POST
@acts_on(Scheme, "schemes.edit")
def reopen(request: HttpRequest, schemes: QuerySet[Scheme], code: str) -> HttpResponse:
    """Take the last day of an aid away."""
    scheme = get_object_or_404(in_inventory(schemes), code=code)
    try:
        services.reopen_scheme(scheme=scheme, by=request.user, now=timezone.now())
    except services.NotClosed as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        said = _("« %(aid)s » accepte de nouveau des demandes.") % {"aid": scheme.label}
        offer_undo(request, "schemes", said, [f"scheme-{scheme.pk}"])
    return redirect("schemes:scheme", code)


@require_POST
@acts_on(Scheme, "schemes.edit")
def undo(request: HttpRequest, schemes: QuerySet[Scheme]) -> HttpResponse:
    """Take back the date that was just given, or put back the case that was just removed."""
    kind, _dash, key = request.POST.get("rows", "").partition("-")
    pk = int(key[:18]) if key.isdecimal() else 0
    signed: dict[str, Any] = {"by": request.user, "now": timezone.now()}
    if kind == "case":
        case = get_object_or_404(SchemeCase, scheme__in=schemes, pk=pk)
        services.restore_case(case=case, **signed)
        messages.success(request, _("Le cas « %(case)s » est de nouveau essayé.") % {"case": case})
        return redirect("schemes:versions", case.scheme.code)
    scheme = get_object_or_404(in_inventory(schemes), pk=pk)
    try:
        services.undo_dating(scheme=scheme, **signed)
    except services.NothingToUndo as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("C’est annulé : l’aide est comme avant."))
    return redirect("schemes:scheme", scheme.code)
