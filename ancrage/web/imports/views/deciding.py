"""Between the dry run and the end: correct, accept, choose, import, give up."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.kit.imports import ImportRun, Outcome
from ancrage.kit.imports import services as imports_services
from ancrage.kit.models import StagedImport, StagedRow
from ancrage.web.access import acts_on, reader
from ancrage.web.imports.forms import ChoicesForm
from ancrage.web.imports.kinds import IMPORTABLES, owner_name
from ancrage.web.imports.lines import LineForm
from ancrage.web.imports.steps import kept_query, shown_line
from ancrage.web.imports.views.reading import render_detail
from ancrage.web.rendering import render_page

_DIGITS = 9


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
        _correct(request, form, run)
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


def _correct(request: HttpRequest, form: LineForm, run: ImportRun) -> None:
    row = form.row
    try:
        corrected = imports_services.correct_row(
            staged=row.staged, line=row.line or 0, values=form.typed, by=run.by, now=run.now
        )
    except imports_services.ImportProblem as problem:
        messages.error(request, str(problem))
    else:
        _tell(request, corrected)


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
    sent = request.POST.getlist("line")
    lines = [int(one) for one in sent if one.isdecimal() and len(one) < _DIGITS]
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
    """Say otherwise what the kind asks: what is published, closed, created, of which vintage."""
    staged = get_object_or_404(imports, pk=pk)
    importable = IMPORTABLES.get(staged.kind)
    if importable is None:
        raise Http404
    form = ChoicesForm(request.POST, importable=importable)
    if not form.is_valid():
        return render_detail(request, staged, choices=form)
    try:
        imports_services.set_options(
            staged=staged, options=form.import_options, by=reader(request), now=timezone.now()
        )
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


@require_POST
@acts_on(StagedImport, "imports.use")
def put_back(request: HttpRequest, imports: QuerySet[StagedImport], pk: int) -> HttpResponse:
    """Open again what the complete list closed."""
    staged = get_object_or_404(imports, pk=pk)
    try:
        done, refused = imports_services.put_back_missing(
            staged=staged, by=reader(request), now=timezone.now()
        )
    except imports_services.ImportProblem as problem:
        messages.error(request, str(problem))
        return redirect("imports:detail", staged.pk)
    if done:
        text = ngettext("%(n)d fiche rétablie.", "%(n)d fiches rétablies.", done)
        messages.success(request, text % {"n": done})
    for target, reason in refused:
        words = _("%(name)s reste retiré : %(reason)s")
        messages.warning(request, words % {"name": target, "reason": reason})
    return redirect("imports:detail", staged.pk)
