"""Writing a row: for which structure, published or not, and deleting a draft."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.life.models import LivingRow
from ancrage.partners.models import Partner
from ancrage.web.acting import confirm_page
from ancrage.web.rendering import render_page


def chosen_partner(request: HttpRequest, partners: QuerySet[Partner]) -> Partner | None:
    """Return the structure named in the address, or the only one there is."""
    rows = partners.select_related("territory", "commune")
    asked = request.GET.get("structure", "")
    if asked:
        return get_object_or_404(rows, slug=asked)
    two = list(rows.order_by("pk")[:2])
    return two[0] if len(two) == 1 else None


def choose_partner(
    request: HttpRequest, section: str, partners: QuerySet[Partner]
) -> HttpResponse:
    """Ask for which structure the row is."""
    context = {"partners": partners.order_by("name", "pk").select_related("commune")}
    return render_page(request, f"{section}/choose_partner.html", context)


def delete_page(
    request: HttpRequest,
    section: str,
    row: LivingRow,
    delete: Callable[..., Any],
    consequence: str,
) -> HttpResponse:
    """Ask, then `delete(by=…, now=…)` a draft; `consequence` says what is lost."""
    if request.method == "POST":
        try:
            delete(by=request.user, now=timezone.now())
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(f"{section}:detail", pk=row.pk)
        messages.success(request, _("Brouillon supprimé."))
        return redirect(f"{section}:list")
    return confirm_page(
        request,
        title=_("Supprimer ce brouillon ?"),
        consequences=[consequence],
        note=_("Il n’y aura pas de retour en arrière."),
        button=_("Supprimer"),
        back=reverse(f"{section}:detail", args=[row.pk]),
    )
