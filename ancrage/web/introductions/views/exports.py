"""The list as a file, and the meeting as a calendar file. Neither names anybody."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.matching.models import Introduction
from ancrage.matching.queries import introductions_matching, side_of, with_everything
from ancrage.matching.services import calendar_of
from ancrage.web.access import acts_on
from ancrage.web.introductions.rows import row_for, rows_for
from ancrage.web.introductions.views.board import filters_of, sort_asked
from ancrage.web.introductions.words import reason_words
from ancrage.web.life.files import as_csv, as_xlsx


@require_safe
@acts_on(Introduction, "introductions.list")
def export_csv(
    request: HttpRequest, introductions: QuerySet[Introduction]
) -> StreamingHttpResponse:
    """What the filters show, without a name: figures and steps."""
    return as_csv(_("mises-en-relation"), _columns(), _lines(request, introductions))


@require_safe
@acts_on(Introduction, "introductions.list")
def export_xlsx(request: HttpRequest, introductions: QuerySet[Introduction]) -> HttpResponse:
    """The same as a workbook."""
    lines = _lines(request, introductions)
    return as_xlsx(_("mises-en-relation"), _("Mises en relation"), _columns(), lines)


@require_safe
@acts_on(Introduction, "introductions.view")
def meeting_ics(
    request: HttpRequest, introductions: QuerySet[Introduction], pk: int
) -> HttpResponse:
    """The meeting, for one's calendar."""
    row = row_for(request, introductions, pk)
    text = calendar_of(introduction=row, now=timezone.now())
    if not text:
        raise Http404
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="rendez-vous.ics"'},
    )


def _columns() -> list[ColumnToWrite]:
    return [
        ColumnToWrite(_("Numéro"), 10),
        ColumnToWrite(_("Structure"), 32),
        ColumnToWrite(_("Métier"), 28),
        ColumnToWrite(_("Commune"), 24),
        ColumnToWrite(_("Référence interne"), 18, identifier=True),
        ColumnToWrite(_("Origine"), 28),
        ColumnToWrite(_("Étape"), 16),
        ColumnToWrite(_("Depuis le"), 12),
        ColumnToWrite(_("Proposée le"), 12),
        ColumnToWrite(_("Accord de la personne"), 12),
        ColumnToWrite(_("Réponse attendue le"), 12),
        ColumnToWrite(_("Réponse de la structure"), 12),
        ColumnToWrite(_("Prise de poste"), 12),
        ColumnToWrite(_("Terminée le"), 12),
        ColumnToWrite(_("Raison"), 32),
    ]


def _lines(
    request: HttpRequest, introductions: QuerySet[Introduction]
) -> Iterator[Sequence[CellValue]]:
    form = filters_of(request, introductions)
    found = introductions_matching(
        with_everything(rows_for(request, introductions)),
        form.search,
        on=timezone.localdate(),
        sort=sort_asked(request),
    )
    for row in found.iterator(chunk_size=500):
        yield (
            row.pk,
            row.partner.name,
            str(row.need.profession),
            row.need.commune.name,
            row.need.reference,
            str(row.get_origin_display()),
            str(row.get_state_display()),
            timezone.localdate(row.state_since),
            timezone.localdate(row.proposed_at),
            timezone.localdate(row.agreed_at) if row.agreed_at else None,
            row.answer_due_on,
            timezone.localdate(row.answered_at) if row.answered_at else None,
            row.starts_on,
            timezone.localdate(row.ended_at) if row.ended_at else None,
            reason_words(row, side_of(row)),
        )
