"""Which column is what, and which sheet is read."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.kit.imports import services as imports_services
from ancrage.kit.models import StagedImport
from ancrage.web.access import acts_on, reader
from ancrage.web.imports.forms import ColumnsForm, SheetForm
from ancrage.web.imports.kinds import owner_name
from ancrage.web.rendering import render_page


@require_http_methods(["GET", "HEAD", "POST"])
@acts_on(StagedImport, "imports.use")
def columns(request: HttpRequest, imports: QuerySet[StagedImport], pk: int) -> HttpResponse:
    """Show what each column is taken for, and let it be said otherwise."""
    staged = get_object_or_404(imports, pk=pk)
    if staged.status != StagedImport.Status.STAGED:
        return redirect("imports:detail", staged.pk)
    form = ColumnsForm(request.POST or None, staged=staged)
    if request.method == "POST" and form.is_valid():
        if form.is_changed:
            _remap(request, staged, form)
        return redirect("imports:detail", staged.pk)
    context = {
        "staged": staged,
        "owner": owner_name(staged),
        "form": form,
        "columns": [(one, form[f"c{one.index}"]) for one in form.seen],
        "missing": staged.missing_columns(),
        "sheet_form": SheetForm(initial={"sheet": staged.sheet}),
    }
    status = 422 if form.errors else 200
    return render_page(request, "imports/columns.html", context, status=status)


def _remap(request: HttpRequest, staged: StagedImport, form: ColumnsForm) -> None:
    try:
        imports_services.remap(
            staged=staged, mapping=form.mapping, by=reader(request), now=timezone.now()
        )
    except imports_services.ImportProblem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Colonnes retenues, pour ce fichier et les suivants."))


@require_POST
@acts_on(StagedImport, "imports.use")
def sheet(request: HttpRequest, imports: QuerySet[StagedImport], pk: int) -> HttpResponse:
    """Read the file again: another sheet, another header line."""
    staged = get_object_or_404(imports, pk=pk)
    form = SheetForm(request.POST)
    if not form.is_valid():
        sentences = [str(text) for texts in form.errors.values() for text in texts]
        messages.error(request, " ".join(sentences))
        return redirect("imports:columns", staged.pk)
    try:
        imports_services.choose_sheet(
            staged=staged,
            by=reader(request),
            now=timezone.now(),
            sheet=form.cleaned_data["sheet"] or None,
            header_line=form.cleaned_data["header_line"],
        )
    except imports_services.ImportProblem as problem:
        messages.error(request, str(problem))
    return redirect("imports:columns", staged.pk)
