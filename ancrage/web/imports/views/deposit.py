"""Bringing a file, and the template to fill in."""

from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.kit.imports import ImportRun
from ancrage.kit.imports import services as imports
from ancrage.kit.imports.reporting import write_template
from ancrage.kit.models import StagedImport
from ancrage.web.access import allowed, reader
from ancrage.web.imports.forms import DepositForm
from ancrage.web.imports.kinds import Importable, kinds_for, opened, targets_for
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
READ_AT_ONCE = 200 * 1024
"""Larger files are read by the outbox, with a progress page meanwhile."""


@throttled("imports.create", per="user", rate="60/h", methods=["POST"])
@require_http_methods(["GET", "HEAD", "POST"])
@allowed("imports.use")
def create(request: HttpRequest) -> HttpResponse:
    """Ask for a file and for whom it is, then try it."""
    targets = targets_for(reader(request))
    asked = request.GET.get("pour", "")
    initial = {"target": asked if asked in dict(targets) else ""}
    form = DepositForm(
        request.POST or None, request.FILES or None, targets=targets, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        staged = _try(request, form)
        if staged is not None:
            return redirect(_next_page(staged), staged.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "kinds": _templates_for(request)}
    return render_page(request, "imports/create.html", context, status=status)


def _templates_for(request: HttpRequest) -> list[Importable]:
    return [kind for kind in kinds_for(reader(request)) if kind.filename]


def _try(request: HttpRequest, form: DepositForm) -> StagedImport | None:
    """Stage the file; what cannot be opened at all is said on the form, and None returned."""
    kind, owner_key = form.kind_and_owner
    uploaded = form.cleaned_data["file"]
    try:
        stream, name = opened(kind, uploaded)
        with stream:
            return imports.stage_import(
                kind=kind,
                stream=stream,
                filename=name,
                owner_key=owner_key,
                by=reader(request),
                now=timezone.now(),
                options=form.import_options,
                background=uploaded.size > READ_AT_ONCE,
            )
    except imports.TableError as refused:
        form.add_error("file", str(refused))
        return None


def _next_page(staged: StagedImport) -> str:
    """Columns are shown first, unless the same header was settled before."""
    read = [how for code, how in staged.mapping if code]
    settled = bool(read) and all(how == "remembered" for how in read)
    if staged.status == StagedImport.Status.STAGED and not settled:
        return "imports:columns"
    return "imports:detail"


@require_safe
@allowed("imports.use")
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the workbook to fill in for one kind of import."""
    names = {one.key: one.filename for one in _templates_for(request)}
    if kind not in names:
        raise Http404
    run: Any = ImportRun("", {}, reader(request), timezone.now())
    stream = BytesIO()
    write_template(kind=kind, stream=stream, run=run)
    return HttpResponse(
        stream.getvalue(),
        content_type=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{names[kind]}"'},
    )
