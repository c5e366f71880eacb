"""One import: being read, tried, applied; its progress and its report."""

from io import BytesIO

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.kit.imports.reporting import write_report
from ancrage.kit.imports.services import still_closed
from ancrage.kit.models import StagedImport
from ancrage.web.access import acts_on
from ancrage.web.imports.findings import findings_of
from ancrage.web.imports.forms import ChoicesForm
from ancrage.web.imports.kinds import IMPORTABLES, PUBLISH, owner_name
from ancrage.web.imports.results import results_of, results_url
from ancrage.web.imports.steps import kept_query, lines_of, tabs_of
from ancrage.web.imports.steps import outcome_asked as asked
from ancrage.web.imports.views.deposit import XLSX
from ancrage.web.imports.words import applied_sentence, left_out, summary_of
from ancrage.web.rendering import render_page, wants_fragment

_BEING_READ = (StagedImport.Status.PENDING, StagedImport.Status.STAGING)


@require_safe
@acts_on(StagedImport, "imports.use")
def detail(request: HttpRequest, imports: QuerySet[StagedImport], pk: int) -> HttpResponse:
    """Show the import as it stands: reading, dry run, result, or why it stopped."""
    staged = get_object_or_404(imports.select_related("created_by", "applied_by"), pk=pk)
    if staged.status in _BEING_READ:
        return render_page(request, "imports/reading.html", _common(staged))
    if staged.status == StagedImport.Status.APPLIED:
        return _applied(request, staged)
    if staged.status != StagedImport.Status.STAGED:
        return render_page(request, "imports/stopped.html", _common(staged))
    return render_detail(request, staged)


def render_detail(
    request: HttpRequest, staged: StagedImport, *, choices: ChoicesForm | None = None
) -> HttpResponse:
    """Show the dry run, with the choices as they are, or as they were refused."""
    page, lines = lines_of(staged, request)
    context = {
        **_common(staged),
        "page": page,
        "lines": lines,
        "tabs": tabs_of(staged, asked(request.GET)),
        "summary": summary_of(staged),
        "left_out": left_out(staged),
        "back": kept_query(request.GET),
        "missing": staged.missing_columns(),
    }
    if not wants_fragment(request):
        context |= {"findings": findings_of(staged), "choices": choices or _choices_of(staged)}
    status = 422 if choices is not None else 200
    return render_page(request, "imports/detail.html", context, fragment="results", status=status)


def _common(staged: StagedImport) -> dict[str, object]:
    return {"staged": staged, "owner": owner_name(staged)}


def _choices_of(staged: StagedImport) -> ChoicesForm | None:
    importable = IMPORTABLES.get(staged.kind)
    if importable is None or not importable.asks:
        return None
    return ChoicesForm(importable=importable, initial=ChoicesForm.initial_of(staged))


def _applied(request: HttpRequest, staged: StagedImport) -> HttpResponse:
    context = {
        **_common(staged),
        "sentence": applied_sentence(staged),
        "left_out": left_out(staged),
        "results": results_of(staged),
        "results_url": results_url(staged),
        "publishes": bool(staged.options.get(PUBLISH, True)),
        "closed": still_closed(staged=staged, now=timezone.now()),
    }
    return render_page(request, "imports/applied.html", context)


@require_safe
@acts_on(StagedImport, "imports.use")
def progress(request: HttpRequest, imports: QuerySet[StagedImport], pk: int) -> HttpResponse:
    """Answer the bar that asks how far the reading is; send to the next page when it is over."""
    staged = get_object_or_404(imports, pk=pk)
    if staged.status in _BEING_READ:
        return render_page(request, "imports/progress.html", {"staged": staged})
    name = "columns" if staged.status == StagedImport.Status.STAGED else "detail"
    url = reverse(f"imports:{name}", args=[staged.pk])
    return HttpResponse(headers={"HX-Redirect": url, "Refresh": f"0; url={url}"})


@require_safe
@acts_on(StagedImport, "imports.use")
def report(request: HttpRequest, imports: QuerySet[StagedImport], pk: int) -> HttpResponse:
    """Give the report as a workbook: the original cells, what becomes of each line and why."""
    staged = get_object_or_404(imports, pk=pk)
    stream = BytesIO()
    write_report(staged=staged, stream=stream)
    name = f"rapport-import-{staged.pk}.xlsx"
    return HttpResponse(
        stream.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
