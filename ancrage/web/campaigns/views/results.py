"""What a campaign adds up to; each structure shows to those who run it only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import permitted
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, csv_lines, write_xlsx
from ancrage.needs.enums import CampaignStatus
from ancrage.needs.models import Campaign
from ancrage.needs.queries import FEWEST_STRUCTURES, answer_rate, results_by_structure, results_of
from ancrage.web.access import acts_on
from ancrage.web.campaigns.exports import Sheet, answers_sheet, professions_sheet, structures_sheet
from ancrage.web.campaigns.page import build_page
from ancrage.web.rendering import render_page

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
VIEWS = ("metiers", "structures", "questions")


@dataclass(frozen=True)
class _Asked:
    """The campaign of the page, and whether its reader sees each structure."""

    campaign: Campaign
    runs: bool
    view: str


@require_safe
@acts_on(Campaign, "campaigns.results")
def results(request: HttpRequest, campaigns: QuerySet[Campaign], pk: int) -> HttpResponse:
    """The totals by profession; for the coordination, each structure and what it wrote."""
    asked = _asked(request, campaigns, pk)
    context: dict[str, Any] = {
        "campaign": asked.campaign,
        "runs": asked.runs,
        "view": asked.view,
        "rate": answer_rate(asked.campaign),
    }
    if asked.view == "metiers":
        context["page"] = build_page(_results(asked), fewest=FEWEST_STRUCTURES)
    else:
        context["structures"] = results_by_structure(asked.campaign)
        context["questions"] = asked.campaign.questions.order_by("position")
    return render_page(request, "campaigns/results.html", context, fragment="results")


@require_safe
@acts_on(Campaign, "campaigns.results")
def results_csv(
    request: HttpRequest, campaigns: QuerySet[Campaign], pk: int
) -> StreamingHttpResponse:
    """The table shown, as one CSV file."""
    asked = _asked(request, campaigns, pk)
    sheet = _sheets(asked)[VIEWS.index(asked.view)]
    return StreamingHttpResponse(
        csv_lines(sheet.labels, sheet.rows),
        content_type="text/csv; charset=utf-8",
        headers=_attachment(asked.campaign, "csv"),
    )


@require_safe
@acts_on(Campaign, "campaigns.results")
def results_xlsx(request: HttpRequest, campaigns: QuerySet[Campaign], pk: int) -> HttpResponse:
    """Everything the reader may see, a sheet each."""
    asked = _asked(request, campaigns, pk)
    stream = BytesIO()
    write_xlsx(
        stream, [_written(sheet.name, sheet.labels, sheet.rows) for sheet in _sheets(asked)]
    )
    return HttpResponse(
        stream.getvalue(),
        content_type=_XLSX,
        headers=_attachment(asked.campaign, "xlsx"),
    )


def _asked(request: HttpRequest, campaigns: QuerySet[Campaign], pk: int) -> _Asked:
    rows = campaigns.exclude(status=CampaignStatus.DRAFT).select_related("territory")
    campaign = get_object_or_404(rows, pk=pk)
    runs = permitted(request.user, "campaigns.run", Campaign.objects.filter(pk=pk)).exists()
    view = request.GET.get("vue", VIEWS[0])
    if view not in VIEWS or (view != VIEWS[0] and not runs):
        raise Http404
    return _Asked(campaign, runs, view)


def _results(asked: _Asked) -> Any:
    return results_of(asked.campaign, fewest_structures=1 if asked.runs else FEWEST_STRUCTURES)


def _sheets(asked: _Asked) -> list[Sheet]:
    professions = professions_sheet(_results(asked))
    if not asked.runs:
        return [professions]
    structures = results_by_structure(asked.campaign)
    return [professions, structures_sheet(structures), answers_sheet(structures)]


def _written(
    name: str, labels: Sequence[str], rows: Iterable[Sequence[CellValue]]
) -> SheetToWrite:
    return SheetToWrite(name, [ColumnToWrite(label, width=24) for label in labels], rows)


def _attachment(campaign: Campaign, extension: str) -> dict[str, str]:
    name = slugify(f"{_('résultats')} {campaign}")
    return {"Content-Disposition": f'attachment; filename="{name}.{extension}"'}
