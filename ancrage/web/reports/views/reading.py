"""Reports as those entitled read them: the list, one of them, on paper, as a workbook."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may, may_on
from ancrage.kit.tabular.writing.workbook import CONTENT_TYPE as XLSX
from ancrage.roadmap.models import Report
from ancrage.roadmap.queries import editions_of, reports_matching
from ancrage.web.access import acts_on
from ancrage.web.rendering import render_page
from ancrage.web.reports.forms import SearchForm
from ancrage.web.reports.paper import paper_of
from ancrage.web.reports.shown import Shown, map_of, shown_to
from ancrage.web.reports.workbook import workbook_of

PER_PAGE = 20


@require_safe
@acts_on(Report, "reports.view")
def report_list(request: HttpRequest, reports: QuerySet[Report]) -> HttpResponse:
    """The reports one may read, the latest period first."""
    keeps = may(request.user, "reports.edit")
    ends = reports.order_by("-ends_on").values_list("ends_on__year", flat=True).distinct()
    form = SearchForm(request.GET, years=list(ends), sees_drafts=keeps)
    found = reports_matching(reports, form.search)
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "keeps": keeps,
        "may_create": may(request.user, "reports.create"),
        "may_open": may(request.user, "public_figures.open"),
    }
    return render_page(request, "reports/list.html", context, fragment="results")


@require_safe
@acts_on(Report, "reports.view")
def detail(request: HttpRequest, reports: QuerySet[Report], pk: int) -> HttpResponse:
    """The whole report: what to remember, the roadmap, each part, what changed."""
    shown = shown_to(request, reports, pk)
    posts = [row["posts"] for row in shown.contents["communes"]]
    context = {
        "shown": shown,
        "report": shown.report,
        "map": map_of(shown),
        "kept": shown.kept,
        "largest_commune": max(posts, default=0),
        "largest_profession": max(
            (row["posts"] for row in shown.contents["professions"]), default=0
        ),
        "editions": list(editions_of(shown.report)),
        "may_edit": may_on(request.user, "reports.edit", shown.report),
        "publishable_from": _publishable_from(shown.report),
        "version_query": "" if shown.is_draft else f"?version={shown.version}",
    }
    return render_page(request, "reports/detail.html", context)


@require_safe
@acts_on(Report, "reports.view")
def pdf(request: HttpRequest, reports: QuerySet[Report], pk: int) -> HttpResponse:
    """The same on paper."""
    shown = shown_to(request, reports, pk)
    return _file(paper_of(shown, now=timezone.now()), "application/pdf", _name(shown, "pdf"))


@require_safe
@acts_on(Report, "reports.view")
def xlsx(request: HttpRequest, reports: QuerySet[Report], pk: int) -> HttpResponse:
    """The same as a workbook: a sheet a part, and the definitions."""
    shown = shown_to(request, reports, pk)
    return _file(workbook_of(shown), XLSX, _name(shown, "xlsx"))


def _publishable_from(report: Report) -> date | None:
    """The first day on which a report may be published, None once it has come."""
    return None if timezone.localdate() > report.ends_on else report.ends_on + timedelta(days=1)


def _name(shown: Shown, extension: str) -> str:
    report = shown.report
    months = f"{report.starts_on:%Y-%m}-{report.ends_on:%Y-%m}"
    mark = "brouillon" if shown.is_draft else f"v{shown.version}"
    return f"rapport-{report.territory.slug}-{months}-{mark}.{extension}"


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
