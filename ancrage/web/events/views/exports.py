"""The events of a list as a file: their counts, and nobody."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from ancrage.events.enums import SideRole
from ancrage.events.models import Event
from ancrage.events.queries import EventReport, reports_of, with_sides
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.web.access import acts_on
from ancrage.web.events.views.listing import found
from ancrage.web.life.files import as_csv, as_xlsx


@require_safe
@acts_on(Event, "events.organise")
def export_csv(request: HttpRequest, events: QuerySet[Event]) -> StreamingHttpResponse:
    """A CSV for French spreadsheets, streamed."""
    return as_csv(_("evenements"), _columns(), _lines(request, events))


@require_safe
@acts_on(Event, "events.organise")
def export_xlsx(request: HttpRequest, events: QuerySet[Event]) -> HttpResponse:
    """The same as a workbook."""
    return as_xlsx(_("evenements"), _("Événements"), _columns(), _lines(request, events))


def _lines(request: HttpRequest, events: QuerySet[Event]) -> Iterator[Sequence[CellValue]]:
    rows = list(with_sides(found(request, events)))
    return (_line(report) for report in reports_of(rows))


def _columns() -> list[ColumnToWrite]:
    return [
        ColumnToWrite(_("Événement"), 36),
        ColumnToWrite(_("Type"), 22),
        ColumnToWrite(_("État"), 20),
        ColumnToWrite(_("Jour"), 12),
        ColumnToWrite(_("Lieu"), 32),
        ColumnToWrite(_("Commune"), 24),
        *_columns_of_a_side(_("Côté qui reste à sa table")),
        *_columns_of_a_side(_("Côté qui change de table")),
        ColumnToWrite(_("Rencontres prévues"), 12),
        ColumnToWrite(_("Rencontres tenues"), 12),
        ColumnToWrite(_("Contacts ouverts"), 12),
    ]


def _columns_of_a_side(side: str) -> list[ColumnToWrite]:
    """The name of a side, then its counts, each under a header of its own."""
    counts = (
        pgettext("côté", "places"),
        pgettext("côté", "ont une place"),
        pgettext("côté", "ont confirmé"),
        pgettext("côté", "en attente"),
        pgettext("côté", "sont venus"),
    )
    headers = [f"{side}, {count}" for count in counts]
    return [ColumnToWrite(side, 28), *(ColumnToWrite(header, 12) for header in headers)]


def _line(report: EventReport) -> Sequence[CellValue]:
    event = report.event
    sides = {side.role: side for side in event.counted_sides}  # type: ignore[attr-defined]
    counted: list[CellValue] = []
    for role in (SideRole.HOST, SideRole.VISITOR):
        side = sides.get(role)
        counted += (
            [side.name, side.capacity, side.placed, side.confirmed, side.waiting, side.arrived]
            if side
            else [None] * 6
        )
    return (
        event.title,
        str(event.get_kind_display()),
        str(event.get_state_display()),
        timezone.localdate(event.starts_at),
        event.place,
        str(event.commune),
        *counted,
        report.planned,
        report.held,
        report.contacts,
    )
