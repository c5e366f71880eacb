"""Sites of a structure and their care units."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.partners import services
from ancrage.partners.models import CareUnit, Facility, Partner
from ancrage.partners.queries import sites_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.partners.cards import site_card
from ancrage.web.partners.conflicts import Difference, differences_from, resubmittable
from ancrage.web.partners.forms.sites import ClosingForm, SiteForm, UnitForm
from ancrage.web.partners.frame import partner_among, partner_page


@require_safe
@acts_on(Partner, "partners.view")
def sites(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Where the structure works, and in which units."""
    return _sites_page(request, partner_among(partners, slug))


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Partner, "partners.edit")
def site_add(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Add a site."""
    partner = partner_among(partners, slug)
    form = SiteForm(sent_form(request), partner=partner)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_facility(
                partner=partner, by=request.user, now=timezone.now(), **form.values()
            )
        except services.FacilityAlreadyKnown as known:
            form.add_error("finess_et", _taken(known.facility, partner))
        else:
            return _saved(request, form, partner)
    return _form_page(request, partner, form)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Partner, "partners.edit")
def site_edit(
    request: HttpRequest, partners: QuerySet[Partner], slug: str, pk: int
) -> HttpResponse:
    """Change a site; somebody else's change meanwhile is shown, nothing typed is lost."""
    partner = partner_among(partners, slug)
    site = _site(partner, pk)
    form = SiteForm.of(site, partner, sent_form(request))
    differences: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            services.edit_facility(
                facility=site,
                revision=revision,
                by=request.user,
                now=timezone.now(),
                **form.values(),
            )
        except services.FacilityAlreadyKnown as known:
            form.add_error("finess_et", _taken(known.facility, partner))
        except services.FacilityChangedMeanwhile as changed:
            differences = _outdated(form, changed.facility, partner)
        else:
            return _saved(request, form, partner)
    return _form_page(request, partner, form, site, differences)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Partner, "partners.edit")
def site_close(
    request: HttpRequest, partners: QuerySet[Partner], slug: str, pk: int
) -> HttpResponse:
    """Say on which day a site closes."""
    partner = partner_among(partners, slug)
    site = _site(partner, pk)
    today = timezone.localdate()
    form = ClosingForm(sent_form(request), initial={"closed_on": today})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["closed_on"]
        try:
            services.close_facility(
                facility=site, closed_on=day, by=request.user, now=timezone.now()
            )
        except services.FacilityAlreadyClosed:
            messages.info(request, _("Ce site était déjà fermé."))
        else:
            messages.success(request, _("Le site est fermé. Vous pouvez le rouvrir ci-dessous."))
        return redirect("partners:sites", slug)
    context = {"form": form, "site": site}
    status = 422 if request.method == "POST" else 200
    return partner_page(
        request, partner, "sites", "partners/site_close.html", context, status=status
    )


@require_POST
@acts_on(Partner, "partners.edit")
def site_reopen(
    request: HttpRequest, partners: QuerySet[Partner], slug: str, pk: int
) -> HttpResponse:
    """Undo the closing of a site."""
    site = _site(partner_among(partners, slug), pk)
    try:
        services.reopen_facility(facility=site, by=request.user, now=timezone.now())
    except services.FacilityNotClosed:
        messages.info(request, _("Ce site est déjà ouvert."))
    else:
        messages.success(request, _("Le site est rouvert."))
    return redirect("partners:sites", slug)


@require_POST
@acts_on(Partner, "partners.edit")
def unit_add(
    request: HttpRequest, partners: QuerySet[Partner], slug: str, pk: int
) -> HttpResponse:
    """Add a unit to a site."""
    partner = partner_among(partners, slug)
    site = _site(partner, pk)
    form = UnitForm(request.POST, prefix=f"site{pk}")
    if form.is_valid():
        try:
            services.add_care_unit(
                facility=site,
                name=form.cleaned_data["name"],
                by=request.user,
                now=timezone.now(),
            )
        except services.CareUnitAlreadyThere:
            form.add_error("name", _("Ce site a déjà un service de ce nom."))
        else:
            messages.success(request, _("Le service est ajouté."))
            return redirect("partners:sites", slug)
    return _sites_page(request, partner, refused=(pk, form))


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Partner, "partners.edit")
def unit_rename(
    request: HttpRequest, partners: QuerySet[Partner], slug: str, pk: int
) -> HttpResponse:
    """Give a unit another name."""
    partner = partner_among(partners, slug)
    unit = _unit(partner, pk)
    form = UnitForm(sent_form(request), initial={"name": unit.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        try:
            services.rename_care_unit(unit=unit, name=name, by=request.user, now=timezone.now())
        except services.CareUnitAlreadyThere:
            form.add_error("name", _("Ce site a déjà un service de ce nom."))
        else:
            messages.success(request, _("Le service est renommé."))
            return redirect("partners:sites", slug)
    context = {"form": form, "unit": unit}
    status = 422 if request.method == "POST" else 200
    return partner_page(request, partner, "sites", "partners/unit.html", context, status=status)


@require_POST
@acts_on(Partner, "partners.edit")
def unit_remove(
    request: HttpRequest, partners: QuerySet[Partner], slug: str, pk: int
) -> HttpResponse:
    """Take a unit out of its site."""
    unit = _unit(partner_among(partners, slug), pk)
    services.remove_care_unit(unit=unit, by=request.user, now=timezone.now())
    messages.success(request, _("Le service « %(name)s » est retiré.") % {"name": unit.name})
    return redirect("partners:sites", slug)


def _site(partner: Partner, pk: int) -> Facility:
    rows = partner.facilities.select_related("commune__department", "category")
    return get_object_or_404(rows, pk=pk)


def _unit(partner: Partner, pk: int) -> CareUnit:
    rows = CareUnit.objects.filter(facility__partner=partner)
    return get_object_or_404(rows.select_related("facility__partner"), pk=pk)


def _sites_page(
    request: HttpRequest, partner: Partner, refused: tuple[int, UnitForm] | None = None
) -> HttpResponse:
    with_error, form = refused or (0, None)
    rows = list(sites_of(partner))
    context = {
        "cards": [
            site_card(site, form if site.pk == with_error else None)
            for site in rows
            if site.closed_on is None
        ],
        "closed_sites": [site for site in rows if site.closed_on is not None],
        "form": form,
    }
    status = 422 if refused else 200
    return partner_page(request, partner, "sites", "partners/sites.html", context, status=status)


def _form_page(
    request: HttpRequest,
    partner: Partner,
    form: SiteForm,
    site: Facility | None = None,
    differences: list[Difference] | None = None,
) -> HttpResponse:
    context = {"form": form, "site": site, "differences": differences or []}
    status = 422 if request.method == "POST" else 200
    return partner_page(request, partner, "sites", "partners/site.html", context, status=status)


def _saved(request: HttpRequest, form: SiteForm, partner: Partner) -> HttpResponse:
    for text in form.warnings():
        messages.warning(request, str(text))
    messages.success(
        request, _("Le site « %(name)s » est enregistré.") % {"name": form.cleaned_data["name"]}
    )
    return redirect("partners:sites", partner.slug)


def _outdated(form: SiteForm, current: Facility, partner: Partner) -> list[Difference]:
    form.add_error(
        None,
        _(
            "Quelqu’un a enregistré ce site pendant que vous le modifiiez. Votre saisie est"
            " gardée : comparez, puis enregistrez de nouveau pour qu’elle remplace la sienne."
        ),
    )
    resubmittable(form, current.revision)
    return differences_from(form, SiteForm.of(current, partner))


def _taken(facility: Facility, partner: Partner) -> str:
    if facility.partner_id == partner.pk:
        return _("Votre site « %(name)s » porte déjà ce FINESS.") % {"name": facility.name}
    return _(
        "Un site d’une autre structure porte déjà ce FINESS. S’il est des vôtres, demandez à la"
        " coordination du territoire de le rattacher."
    )
