"""The directory of structures: found, filtered, exported, entered."""

from collections.abc import Iterator
from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.accounts.policy import may, permitted
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, csv_lines, write_xlsx
from ancrage.partners import services
from ancrage.partners.models import Partner
from ancrage.partners.queries import communes_with_partners, directory
from ancrage.territory.models import Territory
from ancrage.web.access import acts_on, allowed
from ancrage.web.fields import sent_form
from ancrage.web.partners.forms.sheet import DirectoryForm, NewPartnerForm
from ancrage.web.rendering import render_page

PER_PAGE = 25
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@acts_on(Partner, "partners.view")
def partner_list(request: HttpRequest, partners: QuerySet[Partner]) -> HttpResponse:
    """Search the structures of the reader's territories."""
    form = DirectoryForm(request.GET, communes=communes_with_partners(partners))
    page = Paginator(directory(partners, form.wanted()), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render_page(
        request,
        "partners/list.html",
        {
            "form": form,
            "page": page,
            "query": _without_page(request),
            "may_create": may(request.user, "partners.create"),
            "may_import": may(request.user, "partners.import"),
            "may_export": may(request.user, "partners.export"),
        },
        fragment="results",
    )


@require_safe
@acts_on(Partner, "partners.export")
def partners_csv(request: HttpRequest, partners: QuerySet[Partner]) -> StreamingHttpResponse:
    """The structures found, as CSV."""
    return StreamingHttpResponse(
        csv_lines(_header(), _lines(_found(request, partners))),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="structures.csv"'},
    )


@require_safe
@acts_on(Partner, "partners.export")
def partners_xlsx(request: HttpRequest, partners: QuerySet[Partner]) -> HttpResponse:
    """The structures found, as a workbook."""
    columns = [ColumnToWrite(title) for title in _header()]
    sheet = SheetToWrite(_("Structures"), columns, _lines(_found(request, partners)))
    content = BytesIO()
    write_xlsx(content, [sheet])
    return HttpResponse(
        content.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="structures.xlsx"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@allowed("partners.create")
def partner_create(request: HttpRequest) -> HttpResponse:
    """Enter a structure."""
    territories = permitted(request.user, "territory.steer", Territory.objects.all())
    if not territories.exists():
        raise Http404
    form = NewPartnerForm(sent_form(request), territories=territories)
    if request.method == "POST" and form.is_valid():
        try:
            partner = services.create_partner(**form.values(), by=request.user, now=timezone.now())
        except services.PartnerAlreadyKnown as known:
            form.add_error(None, already_known(known.partner))
        else:
            for text in form.warnings():
                messages.warning(request, str(text))
            messages.success(request, _("La structure est entrée dans le territoire."))
            return redirect("partners:members", partner.slug)
    status = 422 if form.is_bound else 200
    return render_page(request, "partners/create.html", {"form": form}, status=status)


def already_known(partner: Partner) -> str:
    """Say which structure bears the identifier typed, and what to do then."""
    facts = {"partner": partner.name}
    if partner.left_at is not None:
        return (
            _(
                "« %(partner)s » porte déjà cet identifiant et a quitté le territoire : ouvrez sa"
                " fiche pour la réintégrer."
            )
            % facts
        )
    return _("« %(partner)s » porte déjà cet identifiant.") % facts


def _found(request: HttpRequest, partners: QuerySet[Partner]) -> QuerySet[Partner]:
    form = DirectoryForm(request.GET, communes=communes_with_partners(partners))
    return directory(partners, form.wanted())


def _header() -> list[str]:
    return [
        _("Nom"),
        _("Nom court"),
        _("Nature"),
        _("SIREN"),
        _("FINESS juridique"),
        _("Commune"),
        _("Code INSEE"),
        _("Adresse"),
        _("Boîte du service"),
        _("Téléphone du service"),
        _("Site internet"),
        _("Sites ouverts"),
        _("Charte en vigueur signée"),
    ]


def _lines(found: QuerySet[Partner]) -> Iterator[list[CellValue]]:
    for partner in found.iterator(chunk_size=500):
        yield [
            partner.name,
            partner.short_name,
            partner.get_kind_display(),
            partner.siren,
            partner.finess_ej,
            partner.commune.name if partner.commune else "",
            partner.commune.insee if partner.commune else "",
            partner.address,
            partner.contact_email,
            partner.contact_phone,
            partner.website,
            partner.site_count,  # type: ignore[attr-defined]
            _("oui") if partner.has_signed else _("non"),  # type: ignore[attr-defined]
        ]


def _without_page(request: HttpRequest) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    return query.urlencode()
