"""The living areas of a territory: drawn, changed, removed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ancrage.territory import services
from ancrage.territory.models import LivingArea, Territory
from ancrage.territory.queries import communes_in
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.territory.forms import LivingAreaForm


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Territory, "territory.describe")
def add(request: HttpRequest, territories: QuerySet[Territory], slug: str) -> HttpResponse:
    """Draw a living area."""
    territory = get_object_or_404(territories, slug=slug)
    form = LivingAreaForm(sent_form(request), offered=communes_in(territory))
    if request.method == "POST" and form.is_valid():
        try:
            services.create_living_area(
                territory=territory, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error("name", refusal)
        else:
            messages.success(request, _("Le bassin de vie est créé."))
            return redirect("territories:sheet", slug)
    return _page(request, territory, form)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Territory, "territory.describe")
def edit(
    request: HttpRequest, territories: QuerySet[Territory], slug: str, pk: int
) -> HttpResponse:
    """Change the name or the communes of a living area."""
    territory = get_object_or_404(territories, slug=slug)
    area = get_object_or_404(LivingArea, territory=territory, pk=pk)
    held = {"name": area.name, "communes": area.communes.order_by("insee")}
    form = LivingAreaForm(sent_form(request), offered=communes_in(territory), initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            services.set_living_area(
                area=area, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except ValidationError as refusal:
            form.add_error("name", refusal)
        else:
            messages.success(request, _("Le bassin de vie est enregistré."))
            return redirect("territories:sheet", slug)
    return _page(request, territory, form, area)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Territory, "territory.describe")
def remove(
    request: HttpRequest, territories: QuerySet[Territory], slug: str, pk: int
) -> HttpResponse:
    """Ask, then remove a living area: its communes stay in the territory."""
    territory = get_object_or_404(territories, slug=slug)
    area = get_object_or_404(LivingArea, territory=territory, pk=pk)
    if request.method == "POST":
        services.remove_living_area(area=area, by=request.user, now=timezone.now())
        messages.success(request, _("Le bassin de vie est supprimé."))
        return redirect("territories:sheet", slug)
    context = {
        "territory": territory,
        "title": _("Supprimer le bassin de vie « %(area)s » ?") % {"area": area.name},
        "consequences": [
            _("il disparaît des filtres et des cartes ;"),
            _("ses communes restent dans le territoire, avec leurs besoins."),
        ],
        "note": "",
        "action": reverse("territories:area_remove", args=[slug, pk]),
        "confirm_label": _("Supprimer le bassin"),
        "cancel_href": reverse("territories:sheet", args=[slug]),
    }
    return render(request, "territories/confirm.html", context)


def _page(
    request: HttpRequest,
    territory: Territory,
    form: LivingAreaForm,
    area: LivingArea | None = None,
) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"territory": territory, "form": form, "area": area}
    return render_page(request, "territories/area.html", context, status=status)
