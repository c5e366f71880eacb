"""The resources one keeps as a file: what the filters show, in CSV or in a workbook."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.resources.models import Resource
from ancrage.resources.queries import search_shelf
from ancrage.resources.services.imports import name_of
from ancrage.web.access import acts_on
from ancrage.web.life.files import as_csv, as_xlsx
from ancrage.web.life.lists import sort_asked
from ancrage.web.resources.forms.shelf import ShelfForm
from ancrage.web.resources.views.shelf import SORTS


@require_safe
@acts_on(Resource, "resources.export")
def export_csv(request: HttpRequest, resources: QuerySet[Resource]) -> StreamingHttpResponse:
    """A CSV for French spreadsheets, streamed."""
    return as_csv(_("ressources"), _columns(), _lines(request, resources))


@require_safe
@acts_on(Resource, "resources.export")
def export_xlsx(request: HttpRequest, resources: QuerySet[Resource]) -> HttpResponse:
    """The same as a workbook, identifiers as text."""
    return as_xlsx(_("ressources"), _("Ressources"), _columns(), _lines(request, resources))


def _lines(request: HttpRequest, resources: QuerySet[Resource]) -> Iterator[Sequence[CellValue]]:
    form = ShelfForm(request.GET, rows=resources)
    found = search_shelf(
        resources, form.search, now=timezone.now(), sort=sort_asked(request, SORTS)
    )
    return (_line(resource) for resource in found.iterator(chunk_size=500))


def _columns() -> list[ColumnToWrite]:
    """Names that the import reads: a file that comes back unchanged changes nothing."""
    return [
        ColumnToWrite(_("Référence interne"), 18, identifier=True),
        ColumnToWrite(_("Nature"), 28),
        ColumnToWrite(_("Intitulé"), 32),
        ColumnToWrite(_("Structure"), 32),
        ColumnToWrite(_("Établissement"), 32),
        # Before the name, so that the import reads the code: two communes may share a name.
        ColumnToWrite(_("Code INSEE"), 12, identifier=True),
        ColumnToWrite(_("Commune"), 24),
        ColumnToWrite(_("Métier"), 28),
        ColumnToWrite(_("Nombre"), 10),
        ColumnToWrite(_("Quotité"), 10),
        ColumnToWrite(_("Jours"), 24),
        ColumnToWrite(_("Du"), 12),
        ColumnToWrite(_("Au"), 12),
        ColumnToWrite(_("Description"), 50),
        ColumnToWrite(_("Contact"), 28),
        ColumnToWrite(_("Téléphone du service"), 16, identifier=True),
        ColumnToWrite(_("État"), 12),
        ColumnToWrite(_("Confirmée le"), 12),
    ]


def _line(resource: Resource) -> Sequence[CellValue]:
    share = resource.fte_hundredths
    return (
        name_of(resource),
        str(resource.get_kind_display()),
        resource.title,
        resource.partner.name,
        resource.facility.name if resource.facility else None,
        resource.commune.insee,
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
