"""The imports already made, and those waiting for a decision."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from ancrage.kit.models import StagedImport
from ancrage.web.access import acts_on, reader
from ancrage.web.imports.kinds import kinds_for, owner_names
from ancrage.web.rendering import render_page

PER_PAGE = 20


@require_safe
@acts_on(StagedImport, "imports.use")
def import_list(request: HttpRequest, imports: QuerySet[StagedImport]) -> HttpResponse:
    """Who brought which file, when, and what became of it."""
    rows = imports.select_related("created_by").order_by("-created_at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    names = owner_names(list(page.object_list))
    lines = [(staged, names.get(staged.owner_key, "")) for staged in page.object_list]
    context = {"page": page, "lines": lines, "kinds": kinds_for(reader(request))}
    return render_page(request, "imports/list.html", context)
