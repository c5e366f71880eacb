"""The imports already made, and those waiting for a decision."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.kit.imports.kinds import Outcome
from ancrage.kit.models import StagedImport
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import csv_lines
from ancrage.web.access import acts_on, reader
from ancrage.web.imports.filters import FilterForm
from ancrage.web.imports.kinds import IMPORTABLES, kinds_for
from ancrage.web.rendering import render_page

PER_PAGE = 20
_COUNTED = (
    Outcome.CREATED,
    Outcome.CHANGED,
    Outcome.CLOSED,
    Outcome.UNCHANGED,
    Outcome.TO_CHECK,
    Outcome.REJECTED,
    Outcome.IGNORED,
)


@dataclass(frozen=True)
class Listed:
    """One import as the list shows it. `counts` has every count, zero for a file not read."""

    staged: StagedImport
    owner: str
    content: str
    counts: Mapping[str, int]


@require_safe
@acts_on(StagedImport, "imports.use")
def import_list(request: HttpRequest, imports: QuerySet[StagedImport]) -> HttpResponse:
    """Who brought which file, when, and what became of it."""
    form = FilterForm(request.GET, rows=imports)
    page = Paginator(_sorted(form.found), PER_PAGE).get_page(request.GET.get("page"))
    lines = [_listed(staged, form) for staged in page.object_list]
    context = {
        "form": form,
        "page": page,
        "lines": lines,
        "kinds": kinds_for(reader(request)),
        "query": request.GET.urlencode(),
        "is_filtered": form.is_filtered,
    }
    return render_page(request, "imports/list.html", context, fragment="results")


@require_safe
@acts_on(StagedImport, "imports.use")
def export_csv(request: HttpRequest, imports: QuerySet[StagedImport]) -> StreamingHttpResponse:
    """The imports that the filters show, as a CSV for French spreadsheets, streamed."""
    form = FilterForm(request.GET, rows=imports)
    name = f"{_('imports')}-{timezone.localdate():%Y-%m-%d}.csv"
    return StreamingHttpResponse(
        csv_lines(_header(), _csv_rows(form)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _listed(staged: StagedImport, form: FilterForm) -> Listed:
    importable = IMPORTABLES.get(staged.kind)
    blank = dict.fromkeys(("read", *(outcome.value for outcome in _COUNTED)), 0)
    return Listed(
        staged=staged,
        owner=form.owners.get(staged.owner_key, ""),
        content=str(importable.label) if importable else staged.kind,
        counts={**blank, **staged.counts},
    )


def _sorted(found: QuerySet[StagedImport]) -> QuerySet[StagedImport]:
    return found.select_related("created_by", "applied_by").order_by("-created_at", "-pk")


def _header() -> list[str]:
    return [
        _("Fichier"),
        _("Contenu"),
        _("Pour qui"),
        _("Déposé le"),
        _("Déposé par"),
        _("État"),
        _("Importé le"),
        _("Importé par"),
        _("Lignes lues"),
        *(str(outcome.label).capitalize() for outcome in _COUNTED),
    ]


def _csv_rows(form: FilterForm) -> Iterator[Sequence[CellValue]]:
    for staged in _sorted(form.found).iterator(chunk_size=500):
        listed = _listed(staged, form)
        yield (
            staged.filename,
            listed.content,
            listed.owner,
            staged.created_at,
            str(staged.created_by or ""),
            str(staged.get_status_display()),
            staged.applied_at,
            str(staged.applied_by or ""),
            listed.counts["read"],
            *(listed.counts[outcome.value] for outcome in _COUNTED),
        )
