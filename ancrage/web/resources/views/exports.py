"""The resources one keeps as a file: what the filters show, in CSV or in a workbook."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, csv_lines, write_xlsx
from ancrage.resources.models import Resource
from ancrage.resources.queries import search_shelf
from ancrage.web.access import acts_on
from ancrage.web.resources.forms.shelf import ShelfForm
from ancrage.web.resources.views.shelf import sort_asked

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@acts_on(Resource, "resources.export")
def export_csv(request: HttpRequest, resources: QuerySet[Resource]) -> StreamingHttpResponse:
    """A CSV for French spreadsheets, streamed."""
    labels = [label for label, _width, _identifier in _columns()]
    return StreamingHttpResponse(
        csv_lines(labels, _lines(request, resources)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{_name()}.csv"'},
    )


@require_safe
@acts_on(Resource, "resources.export")
def export_xlsx(request: HttpRequest, resources: QuerySet[Resource]) -> HttpResponse:
    """The same as a workbook, identifiers as text."""
    columns = [
        ColumnToWrite(label, width=width, identifier=identifier)
        for label, width, identifier in _columns()
    ]
    stream = BytesIO()
    write_xlsx(stream, [SheetToWrite(_("Ressources"), columns, _lines(request, resources))])
    return HttpResponse(
        stream.getvalue(),
        content_type=_XLSX,
        headers={"Content-Disposition": f'attachment; filename="{_name()}.xlsx"'},
    )


def _name() -> str:
    return f"{_('ressources')}-{timezone.localdate():%Y-%m-%d}"


def _lines(request: HttpRequest, resources: QuerySet[Resource]) -> Iterator[Sequence[CellValue]]:
    form = ShelfForm(request.GET, rows=resources)
    found = search_shelf(resources, form.search, now=timezone.now(), sort=sort_asked(request))
    return (_line(resource) for resource in found.iterator(chunk_size=500))


def _columns() -> list[tuple[str, int, bool]]:
    """Label, width in characters, whether it holds identifiers. Names that the import reads."""
    return [
        (_("Référence interne"), 18, True),
        (_("Nature"), 28, False),
        (_("Intitulé"), 32, False),
        (_("Structure"), 32, False),
        (_("Établissement"), 32, False),
        (_("Commune"), 24, False),
        (_("Métier"), 28, False),
        (_("Nombre"), 10, False),
        (_("Quotité"), 10, False),
        (_("Jours"), 24, False),
        (_("Du"), 12, False),
        (_("Au"), 12, False),
        (_("Description"), 50, False),
        (_("Contact"), 28, False),
        (_("Téléphone du service"), 16, True),
        (_("État"), 12, False),
        (_("Confirmée le"), 12, False),
    ]


def _line(resource: Resource) -> Sequence[CellValue]:
    share = resource.fte_hundredths
    return (
        resource.reference,
        str(resource.get_kind_display()),
        resource.title,
        resource.partner.name,
        resource.facility.name if resource.facility else None,
        resource.commune.name,
        str(resource.profession) if resource.profession else None,
        resource.quantity,
        None if share is None else f"{share} %",
        resource.days,
        resource.available_from,
        resource.available_to,
        resource.description,
        resource.contact_email,
        resource.contact_phone,
        str(resource.get_status_display()),
        timezone.localdate(resource.confirmed_at) if resource.confirmed_at else None,
    )
