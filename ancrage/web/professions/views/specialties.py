"""The specialties: found, exported, taken out of the lists and put back."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.accounts.policy import may
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import csv_lines
from ancrage.needs.models import Need
from ancrage.needs.queries.board import needs_in_progress
from ancrage.professions import services
from ancrage.professions.models import Specialty
from ancrage.professions.queries import specialties_found
from ancrage.web.access import acts_on
from ancrage.web.professions.forms import SpecialtySearchForm
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

PER_PAGE = 30


@require_safe
@throttled("professions", per="user", rate="120/m")
@acts_on(Specialty, "professions.view")
def specialty_list(request: HttpRequest, specialties: QuerySet[Specialty]) -> HttpResponse:
    """Search the specialties."""
    form = SpecialtySearchForm(request.GET)
    page = Paginator(specialties_found(specialties, form.wanted()), PER_PAGE).get_page(
        request.GET.get("page")
    )
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "query": query.urlencode(),
        "may_edit": may(request.user, "professions.edit"),
    }
    return render_page(request, "professions/specialties.html", context, fragment="results")


@require_safe
@throttled("professions-export", per="user", rate="20/m")
@acts_on(Specialty, "professions.view")
def specialties_csv(
    request: HttpRequest, specialties: QuerySet[Specialty]
) -> StreamingHttpResponse:
    """The specialties found, as CSV."""
    found = specialties_found(specialties, SpecialtySearchForm(request.GET).wanted())
    header = [
        *(_("Code"), _("Spécialité"), _("Groupe"), _("Métier"), _("Variante de")),
        *(_("Source"), _("Version"), _("Retirée le")),
    ]
    return StreamingHttpResponse(
        csv_lines(header, _lines(found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="specialites.csv"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(Specialty, "professions.edit")
def retire(request: HttpRequest, specialties: QuerySet[Specialty], code: str) -> HttpResponse:
    """Ask, then take a specialty out of the lists: its needs keep it."""
    specialty = get_object_or_404(specialties.select_related("profession"), code=code)
    if request.method != "POST":
        return _ask_to_retire(request, specialty)
    try:
        services.retire_specialty(specialty=specialty, by=request.user, now=timezone.now())
    except services.AlreadyRetired as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("La spécialité est retirée. Ses besoins la gardent."))
    return _back(specialty)


@require_POST
@acts_on(Specialty, "professions.edit")
def reinstate(request: HttpRequest, specialties: QuerySet[Specialty], code: str) -> HttpResponse:
    """Put a specialty back in the lists."""
    specialty = get_object_or_404(specialties.select_related("profession"), code=code)
    try:
        services.reinstate_specialty(specialty=specialty, by=request.user, now=timezone.now())
    except services.NotRetired as refusal:
        messages.info(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("La spécialité est de nouveau proposée et comprise."))
    return _back(specialty)


def _ask_to_retire(request: HttpRequest, specialty: Specialty) -> HttpResponse:
    count = needs_in_progress(Need.objects.filter(specialty=specialty)).count()
    kept = ngettext(
        "%(count)d besoin en cours garde cette spécialité : rien n’est perdu ni fermé ;",
        "%(count)d besoins en cours gardent cette spécialité : rien n’est perdu ni fermé ;",
        count,
    ) % {"count": count}
    context = {
        "profession": specialty.profession,
        "title": _("Retirer « %(specialty)s » des listes ?") % {"specialty": specialty},
        "consequences": [
            _("cette spécialité n’est plus proposée dans les formulaires et les filtres ;"),
            _("les imports ne la reconnaissent plus ;"),
            kept,
            _("les chargements de la nomenclature la laissent retirée."),
        ],
        "note": _("Vous pourrez la remettre dans les listes."),
        "action": reverse("professions:specialty_retire", args=[specialty.code]),
        "confirm_label": _("Retirer des listes"),
        "cancel_href": _back_address(specialty),
    }
    return render(request, "professions/confirm.html", context)


def _back(specialty: Specialty) -> HttpResponse:
    return redirect(_back_address(specialty))


def _back_address(specialty: Specialty) -> str:
    if specialty.profession is None:
        return reverse("professions:specialties")
    return reverse("professions:sheet", args=[specialty.profession.code]) + "#specialites"


def _lines(found: QuerySet[Specialty]) -> Iterator[list[CellValue]]:
    for one in found.iterator(chunk_size=500):
        yield [
            *(one.code, one.label, one.get_group_display()),
            *(str(one.profession or ""), one.parent_id or ""),
            *(one.source, one.version, one.valid_to),
        ]
