"""The board as a file: what the filters show, in CSV or in a workbook."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.needs.models import Need
from ancrage.needs.queries import search_board
from ancrage.needs.services.imports import name_of
from ancrage.web.access import acts_on
from ancrage.web.life.files import as_csv, as_xlsx
from ancrage.web.life.lists import sort_asked
from ancrage.web.needs.forms.board import BoardForm
from ancrage.web.needs.views.board import SORTS


@require_safe
@acts_on(Need, "needs.export")
def export_csv(request: HttpRequest, needs: QuerySet[Need]) -> StreamingHttpResponse:
    """A CSV for French spreadsheets, streamed."""
    return as_csv(_("besoins"), _columns(), _lines(request, needs))


@require_safe
@acts_on(Need, "needs.export")
def export_xlsx(request: HttpRequest, needs: QuerySet[Need]) -> HttpResponse:
    """The same as a workbook, identifiers as text."""
    return as_xlsx(_("besoins"), _("Besoins"), _columns(), _lines(request, needs))


def _lines(request: HttpRequest, needs: QuerySet[Need]) -> Iterator[Sequence[CellValue]]:
    now = timezone.now()
    form = BoardForm(request.GET, rows=needs, has_views=False)
    found = search_board(needs, form.search, now=now, sort=sort_asked(request, SORTS))
    return (_line(need) for need in found.iterator(chunk_size=500))


def _columns() -> list[ColumnToWrite]:
    """Names that the import reads: a file that comes back unchanged changes nothing."""
    return [
        ColumnToWrite(_("Référence interne"), 18, identifier=True),
        ColumnToWrite(_("Structure"), 32),
        ColumnToWrite(_("Établissement"), 32),
        ColumnToWrite(_("FINESS"), 12, identifier=True),
        ColumnToWrite(_("Service"), 20),
        # Before the name, so that the import reads the code: two communes may share a name.
        ColumnToWrite(_("Code INSEE"), 12, identifier=True),
        ColumnToWrite(_("Commune"), 24),
        ColumnToWrite(_("Métier"), 28),
        ColumnToWrite(_("Code ROME"), 10, identifier=True),
        ColumnToWrite(_("Spécialité"), 24),
        ColumnToWrite(_("Nombre de postes"), 10),
        ColumnToWrite(_("ETP par poste"), 10),
        ColumnToWrite(_("Contrat"), 24),
        ColumnToWrite(_("Motif"), 20),
        ColumnToWrite(_("Date de début"), 12),
        ColumnToWrite(_("Précision de la date"), 16),
        ColumnToWrite(_("Date de fin"), 12),
        ColumnToWrite(_("Urgence"), 12),
        ColumnToWrite(_("Travail de jour"), 7),
        ColumnToWrite(_("Travail de nuit"), 7),
        ColumnToWrite(_("Postes de 12 h"), 7),
        ColumnToWrite(_("Travail le week-end"), 7),
        ColumnToWrite(_("Logement proposé"), 9),
        ColumnToWrite(_("Salaire minimum (€)"), 12),
        ColumnToWrite(_("Salaire maximum (€)"), 12),
        ColumnToWrite(_("Période du salaire"), 12),
        ColumnToWrite(_("Précision sur la rémunération"), 24),
        ColumnToWrite(_("Description"), 50),
        ColumnToWrite(_("Contact fonctionnel"), 28),
        ColumnToWrite(_("Téléphone du service"), 16, identifier=True),
        ColumnToWrite(_("Diffusion"), 18),
        ColumnToWrite(_("État"), 12),
        ColumnToWrite(_("Publié le"), 12),
        ColumnToWrite(_("Confirmé le"), 12),
    ]


def _line(need: Need) -> Sequence[CellValue]:
    return (
        name_of(need),
        need.partner.name,
        need.facility.name if need.facility else None,
        need.facility.finess_et if need.facility else None,
        need.unit,
        need.commune.insee,
        need.commune.name,
        str(need.profession),
        need.profession.rome_code,
        str(need.specialty) if need.specialty else None,
        need.positions,
        need.fte_hundredths / 100,
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
