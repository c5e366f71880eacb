"""A territory created, renamed, entrusted to somebody."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.territory import services
from ancrage.territory.enums import Office
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on, allowed, sensitive
from ancrage.web.fields import sent_form
from ancrage.web.rendering import render_page
from ancrage.web.territory.forms import AppointForm, NewTerritoryForm, PresentationForm
from ancrage.web.territory.views.reading import sheet_page


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("territory.edit")
def create(request: HttpRequest) -> HttpResponse:
    """Draw a new territory."""
    form = NewTerritoryForm(sent_form(request))
    if request.method == "POST" and form.is_valid():
        try:
            territory = services.create_territory(
                **form.values(), by=request.user, now=timezone.now()
            )
        except services.TerritorySlugTaken as refusal:
            form.add_error("slug", refusal)
        except services.NoCommune as refusal:
            form.add_error("places", refusal)
        else:
            messages.success(request, _("Le territoire est créé. Confiez-en la coordination."))
            return redirect("territories:sheet", territory.slug)
    status = 422 if form.is_bound else 200
    return render_page(request, "territories/create.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Territory, "territory.describe")
def edit(request: HttpRequest, territories: QuerySet[Territory], slug: str) -> HttpResponse:
    """Change how a territory is called and presented."""
    territory = get_object_or_404(territories, slug=slug)
    held = {name: getattr(territory, name) for name in ("name", "short_name", "tagline")}
    form = PresentationForm(sent_form(request), initial=held)
    if request.method == "POST" and form.is_valid():
        services.describe_territory(
            territory=territory, **form.presentation(), by=request.user, now=timezone.now()
        )
        messages.success(request, _("La présentation du territoire est enregistrée."))
        return redirect("territories:sheet", slug)
    status = 422 if form.is_bound else 200
    context = {"territory": territory, "form": form}
    return render_page(request, "territories/edit.html", context, status=status)


@require_POST
@acts_on(Territory, "territory.appoint")
@sensitive
def appoint(request: HttpRequest, territories: QuerySet[Territory], slug: str) -> HttpResponse:
    """Entrust somebody with an office in the territory."""
    territory = get_object_or_404(territories, slug=slug)
    form = AppointForm(request.POST)
    if form.is_valid():
        try:
            services.grant_office(
                user=form.cleaned_data["email"],
                territory=territory,
                office=Office(form.cleaned_data["office"]),
                organisation=form.cleaned_data["organisation"],
                by=request.user,
                now=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error("email", refusal)
        else:
            messages.success(request, _("La mission est confiée."))
            return redirect("territories:sheet", slug)
    return sheet_page(request, territory, form)
