"""The board as a file: what the filters show, in CSV or in a workbook."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, csv_lines, write_xlsx
from ancrage.needs.models import Need
from ancrage.needs.queries import search_board
from ancrage.web.access import acts_on
from ancrage.web.needs.forms.board import BoardForm
from ancrage.web.needs.views.board import sort_asked

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@acts_on(Need, "needs.export")
def export_csv(request: HttpRequest, needs: QuerySet[Need]) -> StreamingHttpResponse:
    """A CSV for French spreadsheets, streamed."""
    labels = [label for label, _width, _identifier in _columns()]
    return StreamingHttpResponse(
        csv_lines(labels, _lines(request, needs)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_name()}.csv"'},
    )


@require_safe
@acts_on(Need, "needs.export")
def export_xlsx(request: HttpRequest, needs: QuerySet[Need]) -> HttpResponse:
    """The same as a workbook, identifiers as text."""
    columns = [
        ColumnToWrite(label, width=width, identifier=identifier)
        for label, width, identifier in _columns()
    ]
    stream = BytesIO()
    write_xlsx(stream, [SheetToWrite(_("Besoins"), columns, _lines(request, needs))])
    return HttpResponse(
        stream.getvalue(),
        content_type=_XLSX,
        headers={"Content-Disposition": f'attachment; filename="{_name()}.xlsx"'},
    )


def _name() -> str:
    return f"{_('besoins')}-{timezone.localdate():%Y-%m-%d}"


def _lines(request: HttpRequest, needs: QuerySet[Need]) -> Iterator[Sequence[CellValue]]:
    now = timezone.now()
    form = BoardForm(request.GET, rows=needs, has_views=False)
    found = search_board(needs, form.search, now=now, sort=sort_asked(request))
    return (_line(need) for need in found.iterator(chunk_size=500))


def _columns() -> list[tuple[str, int, bool]]:
    """Label, width in characters, whether it holds identifiers."""
    return [
        (_("Référence interne"), 18, True),
        (_("Structure"), 32, False),
        (_("Établissement"), 32, False),
        (_("FINESS"), 12, True),
        (_("Service"), 20, False),
        (_("Commune"), 24, False),
        (_("Code INSEE"), 12, True),
        (_("Métier"), 28, False),
        (_("Code ROME"), 10, True),
        (_("Spécialité"), 24, False),
        (_("Nombre de postes"), 10, False),
        (_("Temps de travail (%)"), 10, False),
        (_("Contrat"), 24, False),
        (_("Motif"), 20, False),
        (_("Date de début"), 12, False),
        (_("Précision de la date"), 16, False),
        (_("Date de fin"), 12, False),
        (_("Urgence"), 12, False),
        (_("Jour"), 7, False),
        (_("Nuit"), 7, False),
        (_("Postes de 12 h"), 7, False),
        (_("Week-ends"), 7, False),
        (_("Logement proposé"), 9, False),
        (_("Salaire minimum (€)"), 12, False),
        (_("Salaire maximum (€)"), 12, False),
        (_("Période du salaire"), 12, False),
        (_("Précision sur la rémunération"), 24, False),
        (_("Description"), 50, False),
        (_("Contact fonctionnel"), 28, False),
        (_("Téléphone du service"), 16, True),
        (_("Diffusion"), 18, False),
        (_("État"), 12, False),
        (_("Publié le"), 12, False),
        (_("Confirmé le"), 12, False),
    ]


def _line(need: Need) -> Sequence[CellValue]:
    return (
        need.reference,
        need.partner.name,
        need.facility.name if need.facility else None,
        need.facility.finess_et if need.facility else None,
        need.unit,
        need.commune.name,
        need.commune.insee,
        str(need.profession),
        need.profession.rome_code,
        str(need.specialty) if need.specialty else None,
        need.positions,
        need.fte_hundredths,
        str(need.get_contract_display()),
        str(need.get_reason_display()),
        need.starts_on,
        str(need.get_start_precision_display()),
        need.ends_on,
        str(need.get_urgency_display()),
        need.works_days,
        need.works_nights,
        need.works_12h,
        need.works_weekends,
        need.housing_offered,
        _euros(need.pay_min_cents),
        _euros(need.pay_max_cents),
        str(need.get_pay_period_display()),
        need.pay_note,
        need.description,
        need.contact_email,
        need.contact_phone,
        str(need.get_audience_display()),
        str(need.get_status_display()),
        timezone.localdate(need.published_at) if need.published_at else None,
        timezone.localdate(need.confirmed_at) if need.confirmed_at else None,
    )


def _euros(cents: int | None) -> float | None:
    return None if cents is None else cents / 100
