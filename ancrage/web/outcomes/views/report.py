"""What came of an event, and of events beside one another, for those who organise them."""

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.events.enums import EventState
from ancrage.events.models import Event
from ancrage.events.queries import report_of, reports_of
from ancrage.kit.tabular.writing.workbook import CONTENT_TYPE as XLSX
from ancrage.web.access import acts_on
from ancrage.web.outcomes.files import paper_of, workbook_of
from ancrage.web.outcomes.words import figures_of, opinion_words, sentence_of, tables_of
from ancrage.web.rendering import render_page

PER_PAGE = 20


@require_safe
@acts_on(Event, "events.organise")
def report(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """One event, from registrations to what became of its contacts."""
    event = get_object_or_404(events.select_related("commune"), pk=pk)
    found = report_of(event)
    context = {
        "event": event,
        "report": found,
        "sentence": sentence_of(found),
        "figures": figures_of(found),
        "tables": tables_of(found),
        "opinions": opinion_words(found),
        "is_over": event.state == EventState.OVER,
    }
    return render_page(request, "outcomes/report.html", context)


@require_safe
@acts_on(Event, "events.organise")
def export(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """The same figures as a file: `?format=xlsx`, else a PDF."""
    event = get_object_or_404(events.select_related("commune"), pk=pk)
    found = report_of(event)
    if request.GET.get("format") == "xlsx":
        return _file(workbook_of(found), XLSX, f"bilan-{event.slug}.xlsx")
    return _file(paper_of(found, now=timezone.now()), "application/pdf", f"bilan-{event.slug}.pdf")


@require_safe
@acts_on(Event, "events.organise")
def compared(request: HttpRequest, events: QuerySet[Event]) -> HttpResponse:
    """Events that are over, side by side."""
    over = events.filter(state=EventState.OVER).order_by("-starts_at", "pk")
    page = Paginator(over, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "reports": reports_of(list(page.object_list))}
    return render_page(request, "outcomes/compared.html", context)


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
