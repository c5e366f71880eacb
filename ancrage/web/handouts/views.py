"""The choice of what to print, then for each kind a short form that hands the file over."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.events import services
from ancrage.events.models import Event
from ancrage.events.queries.handouts import Handouts, handouts_of
from ancrage.kit.pdf import print_pdf
from ancrage.kit.tabular.writing.workbook import CONTENT_TYPE as XLSX
from ancrage.privacy.scopes import viewer_of
from ancrage.web.access import acts_on
from ancrage.web.fields import sent_form
from ancrage.web.handouts.forms import HandoutForm
from ancrage.web.handouts.kinds import KINDS, Kind
from ancrage.web.handouts.papers import Pair, paper_of, version_of
from ancrage.web.handouts.workbook import workbook_of
from ancrage.web.personal_files import mark_of
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled


@require_safe
@acts_on(Event, "events.organise")
def index(request: HttpRequest, events: QuerySet[Event], pk: int) -> HttpResponse:
    """Say what can be printed, what cannot yet, and why."""
    event = get_object_or_404(events, pk=pk)
    handouts = handouts_of(event, on=timezone.now())
    context = {
        "event": event,
        "kinds": [(kind, _is_ready(kind, handouts)) for kind in KINDS.values()],
        "version": version_of(handouts),
        "people": len(handouts.people()),
    }
    return render_page(request, "handouts/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@throttled("handouts", per="user", rate="60/h", methods=("POST",))
@acts_on(Event, "events.organise")
def take(request: HttpRequest, events: QuerySet[Event], pk: int, kind: str) -> HttpResponse:
    """Ask for whom and why, then hand the file over."""
    event = get_object_or_404(events, pk=pk)
    handouts = handouts_of(event, on=timezone.now())
    chosen = KINDS.get(kind)
    if chosen is None or not _is_ready(chosen, handouts):
        raise Http404
    asked = {"audience": request.GET.get("pour", "")}
    form = HandoutForm(sent_form(request), kind=chosen, handouts=handouts, initial=asked)
    if form.is_valid():
        return _handed_over(request, chosen, handouts, form)
    context = {
        "event": event,
        "kind": chosen,
        "form": form,
        "version": version_of(handouts),
        "people": len(handouts.people()),
    }
    status = 422 if form.errors else 200
    return render_page(request, "handouts/take.html", context, status=status)


def _is_ready(kind: Kind, handouts: Handouts) -> bool:
    if kind.needs_timetable and handouts.timetable is None:
        return False
    return bool(handouts.people())


def _handed_over(
    request: HttpRequest, kind: Kind, handouts: Handouts, form: HandoutForm
) -> HttpResponse:
    people = handouts.people(role=form.role, person=form.person)
    services.record_participants_export(
        event=handouts.event,
        participants=[person for _party, person in people],
        viewer=viewer_of(request.user),
        reason=form.cleaned_data["reason"],
        by=request.user,
        now=timezone.now(),
    )
    mark = mark_of(request, form.cleaned_data["reason"])
    if not kind.papers:
        return _file(workbook_of(handouts, people, mark=mark), kind, handouts, XLSX, "xlsx")
    content = _printed(kind, handouts, people, paper=form.chosen_paper, mark=mark)
    return _file(content, kind, handouts, "application/pdf", "pdf")


def _printed(
    kind: Kind, handouts: Handouts, people: list[Pair], *, paper: str, mark: str
) -> bytes:
    template, data = paper_of(kind.slug, handouts, people, mark=mark)
    return print_pdf(
        template,
        {**data, "heading": str(kind.title)},
        title=f"{kind.title} – {handouts.event.title}",
        now=timezone.now(),
        paper=paper,
    ).content


def _file(
    content: bytes, kind: Kind, handouts: Handouts, content_type: str, ending: str
) -> HttpResponse:
    version = f"-v{handouts.timetable.version}" if handouts.timetable else ""
    name = f"{kind.slug}-{handouts.event.slug}{version}.{ending}"
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
