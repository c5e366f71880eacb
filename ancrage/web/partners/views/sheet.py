"""The sheet of a structure: read, edited, its communes, its history, its leaving."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import may, may_on
from ancrage.kit.contacts import display_phone
from ancrage.partners import services
from ancrage.partners.models import Partner
from ancrage.partners.queries import (
    communes_offered_to,
    communes_served,
    current_charter,
    history_of,
    signatures_of,
    sites_of,
)
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.partners.conflicts import differences_from, resubmittable
from ancrage.web.partners.figures import need_figures
from ancrage.web.partners.forms.sheet import CommuneSearchForm, PartnerForm, PerimeterForm
from ancrage.web.partners.frame import partner_among, partner_page
from ancrage.web.partners.history import told
from ancrage.web.partners.perimeter import groups_of
from ancrage.web.partners.questions import ask_to_leave
from ancrage.web.partners.views.directory import already_known

LINES_PER_PAGE = 50
_AIDS = "aid_requests.ask_for_structure"


@require_safe
@acts_on(Partner, "partners.view")
def sheet(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Who the structure is, where it works, what it lacks."""
    partner = partner_among(partners, slug)
    charter = current_charter(partner.territory)
    signatures = list(signatures_of(partner))
    context = {
        "sites": [site for site in sites_of(partner) if site.closed_on is None],
        "communes": list(communes_served(partner)),
        "needs": need_figures(request.user, partner),
        "phone": display_phone(partner.contact_phone) if partner.contact_phone else "",
        "charter": charter,
        "may_ask_aids": may(request.user, _AIDS) and may_on(request.user, _AIDS, partner),
        "signature": next((one for one in signatures if one.charter == charter), None),
    }
    return partner_page(request, partner, "sheet", "partners/sheet.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Partner, "partners.edit")
def partner_edit(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Change the sheet; somebody else's change meanwhile is shown, nothing typed is lost."""
    partner = partner_among(partners, slug)
    form = PartnerForm.of(partner, sent_form(request))
    context: dict[str, object] = {"form": form, "differences": []}
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"] or 0
        try:
            services.edit_partner(
                partner=partner,
                revision=revision,
                by=request.user,
                now=timezone.now(),
                **form.values(),
            )
        except services.PartnerAlreadyKnown as known:
            form.add_error(None, already_known(known.partner))
        except services.PartnerChangedMeanwhile as changed:
            context["differences"] = _outdated(form, changed.partner)
        else:
            return _saved(request, form, partner)
    return _edit_page(request, partner, context)


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Partner, "partners.edit")
def perimeter(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Which communes the structure serves, chosen by grouping of communes."""
    partner = partner_among(partners, slug)
    offered = communes_offered_to(partner)
    form = PerimeterForm(
        sent_form(request), offered=offered, initial={"revision": partner.revision}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.set_perimeter(
                partner=partner,
                communes=form.chosen(partner),
                revision=form.cleaned_data["revision"],
                by=request.user,
                now=timezone.now(),
            )
        except services.PartnerChangedMeanwhile as changed:
            form.add_error(None, _("La fiche a changé entre-temps : vérifiez, puis enregistrez."))
            resubmittable(form, changed.partner.revision)
        else:
            messages.success(request, _("Les communes desservies sont enregistrées."))
            return redirect("partners:sheet", slug)
    return _perimeter_page(request, partner, form)


@require_safe
@acts_on(Partner, "partners.history")
def history(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Who changed what, and when, on the structure."""
    partner = partner_among(partners, slug)
    page = Paginator(history_of(partner), LINES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "moments": [told(line) for line in page]}
    return partner_page(
        request, partner, "history", "partners/history.html", context, fragment="lines"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Partner, "partners.leave")
def partner_leave(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Ask, then take the structure out of the territory."""
    partner = partner_among(partners, slug)
    if request.method != "POST":
        return ask_to_leave(request, partner)
    try:
        services.leave_partner(partner=partner, by=request.user, now=timezone.now())
    except services.PartnerAlreadyLeft:
        messages.info(request, _("La structure avait déjà quitté le territoire."))
    return redirect("partners:sheet", slug)


@require_POST
@acts_on(Partner, "partners.leave")
def partner_rejoin(request: HttpRequest, partners: QuerySet[Partner], slug: str) -> HttpResponse:
    """Undo a departure."""
    partner = partner_among(partners, slug)
    try:
        services.rejoin_partner(partner=partner, by=request.user, now=timezone.now())
    except services.PartnerNotLeft:
        messages.info(request, _("La structure est déjà membre du territoire."))
    else:
        messages.success(request, _("La structure est de nouveau membre du territoire."))
    return redirect("partners:sheet", slug)


def _outdated(form: PartnerForm, current: Partner) -> list[object]:
    form.add_error(
        None,
        _(
            "Quelqu’un a enregistré la fiche pendant que vous la modifiiez. Votre saisie est"
            " gardée : comparez, puis enregistrez de nouveau pour qu’elle remplace la sienne."
        ),
    )
    resubmittable(form, current.revision)
    return list(differences_from(form, PartnerForm.of(current)))


def _saved(request: HttpRequest, form: PartnerForm, partner: Partner) -> HttpResponse:
    for text in form.warnings():
        messages.warning(request, str(text))
    messages.success(request, _("La fiche est enregistrée."))
    return redirect("partners:sheet", partner.slug)


def _edit_page(request: HttpRequest, partner: Partner, context: dict[str, object]) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return partner_page(request, partner, "sheet", "partners/edit.html", context, status=status)


def _perimeter_page(request: HttpRequest, partner: Partner, form: PerimeterForm) -> HttpResponse:
    search = CommuneSearchForm(request.GET)
    text = search.cleaned_data["q"] if search.is_valid() else ""
    ticked = set(form["communes"].value() or []) if form.is_bound else None
    context = {
        "form": form,
        "search": search,
        "text": text,
        "groups": groups_of(partner, text, ticked),
    }
    status = 422 if request.method == "POST" else 200
    return partner_page(
        request,
        partner,
        "perimeter",
        "partners/perimeter.html",
        context,
        fragment="communes" if request.method != "POST" else None,
        status=status,
    )
