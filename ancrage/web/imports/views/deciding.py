"""Between the dry run and the end: correct, accept, choose, import, give up."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.kit.imports import ImportRun, Outcome
from ancrage.kit.imports import services as imports_services
from ancrage.kit.models import StagedImport, StagedRow
from ancrage.needs.services.imports import choose_publication
from ancrage.web.access import acts_on, reader
from ancrage.web.imports.kinds import IMPORTABLES, owner_name
from ancrage.web.imports.lines import LineForm
from ancrage.web.imports.steps import kept_query, shown_line
from ancrage.web.rendering import render_page


def _back(request: HttpRequest, staged: StagedImport, anchor: str = "") -> HttpResponse:
    """Return to the tab and page that the form came from."""
    query = kept_query(QueryDict(request.POST.get("retour", "")))
    url = reverse("imports:detail", args=[staged.pk])
    return redirect(f"{url}{'?' if query else ''}{query}{anchor}")


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(StagedImport, "imports.use")
def line(
    request: HttpRequest, imports: QuerySet[StagedImport], pk: int, line: int
) -> HttpResponse:
    """Show one line whole, and write other texts in place of its cells."""
    staged = get_object_or_404(imports, pk=pk)
    row: StagedRow = get_object_or_404(staged.rows, line=line)
    if staged.status != StagedImport.Status.STAGED:
        return redirect("imports:detail", staged.pk)
    run = ImportRun(staged.owner_key, staged.options, reader(request), timezone.now())
    shown = shown_line(staged, row)
    form = LineForm(request.POST or None, staged=staged, row=row, run=run)
    if request.method == "POST" and form.is_valid():
        imports_services.correct_row(
            staged=staged, line=line, values=form.typed, by=run.by, now=run.now
        )
        _tell(request, staged.rows.get(line=line))
        return _back(request, staged, f"#ligne-{line}")
    back = kept_query(request.GET)
    context = {
        "staged": staged,
        "owner": owner_name(staged),
        "form": form,
        "shown": shown,
        "back": back,
    }
    status = 422 if form.errors else 200
    return render_page(request, "imports/line.html", context, status=status)


def _tell(request: HttpRequest, row: StagedRow) -> None:
    if row.outcome in (Outcome.REJECTED, Outcome.TO_CHECK):
        messages.warning(
            request, _("Ligne %(line)s corrigée : il y reste une remarque.") % {"line": row.line}
        )
    else:
        messages.success(
            request, _("Ligne %(line)s corrigée : elle sera importée.") % {"line": row.line}
        )


@require_POST
@acts_on(StagedImport, "imports.use")
def decide(request: HttpRequest, imports: QuerySet[StagedImport], pk: int) -> HttpResponse:
    """Let lines « à vérifier » through as they are, or hold them back again."""
    staged = get_object_or_404(imports, pk=pk)
    lines = [int(one) for one in request.POST.getlist("line") if one.isdecimal()]
    accept = request.POST.get("accept") == "yes"
    try:
        imports_services.decide_rows(
            staged=staged, lines=lines, accept=accept, by=reader(request), now=timezone.now()
        )
    except imports_services.ImportProblem as problem:
        messages.error(request, str(problem))
    return _back(request, staged, f"#ligne-{lines[0]}" if lines else "")


@require_POST
@acts_on(StagedImport, "imports.use")
def options(request: HttpRequest, imports: QuerySet[StagedImport], pk: int) -> HttpResponse:
    """Choose what becomes of absent needs, and of created ones."""
    staged = get_object_or_404(imports, pk=pk)
    who: dict[str, Any] = {"by": reader(request), "now": timezone.now()}
    complete = "complete_list" in request.POST
    publish = request.POST.get("publish", "yes") == "yes"
    try:
        if complete != staged.complete_list:
            imports_services.set_complete_list(staged=staged, complete=complete, **who)
        importable = IMPORTABLES.get(staged.kind)
        if importable and importable.publishes and publish != staged.options.get("publish", True):
            choose_publication(staged=staged, publish=publish, **who)
    except imports_services.ImportProblem as problem:
        messages.error(request, str(problem))
    return _back(request, staged)


@require_POST
@acts_on(StagedImport, "imports.use")
def apply(request: HttpRequest, imports: QuerySet[StagedImport], pk: int) -> HttpResponse:
    """Write everything that the dry run announced, or nothing."""
    staged = get_object_or_404(imports, pk=pk)
    try:
        imports_services.apply_import(staged=staged, by=reader(request), now=timezone.now())
    except imports_services.RowRefused as refused:
        messages.error(
            request,
            _("Rien n’a été importé. Ligne %(line)s : %(reason)s")
            % {"line": refused.line, "reason": refused},
        )
    except imports_services.ImportProblem as problem:
        messages.error(request, str(problem))
    return redirect("imports:detail", staged.pk)


@require_POST
@acts_on(StagedImport, "imports.use")
def abandon(request: HttpRequest, imports: QuerySet[StagedImport], pk: int) -> HttpResponse:
    """Stop a reading, or give up an import that was tried: its file is forgotten."""
    staged = get_object_or_404(imports, pk=pk)
    who: dict[str, Any] = {"by": reader(request), "now": timezone.now()}
    if staged.status == StagedImport.Status.APPLIED:
        raise Http404
    try:
        if staged.status in (StagedImport.Status.PENDING, StagedImport.Status.STAGING):
            imports_services.cancel_import(staged=staged, **who)
        else:
            imports_services.abandon_import(staged=staged, **who)
    except imports_services.ImportProblem as problem:
        messages.error(request, str(problem))
    return redirect("imports:detail", staged.pk)
