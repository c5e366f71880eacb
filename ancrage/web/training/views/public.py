"""What everybody reads: the runs, the catalogue, one run, calendar files."""

from collections.abc import Iterator

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may, permitted
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import csv_lines
from ancrage.training import services
from ancrage.training.models import Course, CourseRun, Enrolment
from ancrage.training.queries import courses_of, own_enrolments, search_runs, with_course
from ancrage.web.access import acts_on
from ancrage.web.rendering import render_page
from ancrage.web.throttling import throttled
from ancrage.web.training.forms import RunSearchForm, WordsForm

PER_PAGE = 20
_MOST_IN_AGENDA = 500


@require_safe
@throttled("training", per="user", rate="120/m")
@acts_on(CourseRun, "course_runs.view")
def run_list(request: HttpRequest, runs: QuerySet[CourseRun]) -> HttpResponse:
    """Search the runs, the next to begin first."""
    form = RunSearchForm(request.GET)
    found = search_runs(runs, form.wanted, on=timezone.localdate())
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "today": timezone.localdate(),
        "may_keep": may(request.user, "course_runs.keep"),
    }
    return render_page(request, "training/list.html", context, fragment="results")


@require_safe
@throttled("training-export", per="user", rate="20/m")
@acts_on(CourseRun, "course_runs.view")
def runs_csv(request: HttpRequest, runs: QuerySet[CourseRun]) -> StreamingHttpResponse:
    """The runs found, as CSV."""
    found = search_runs(runs, RunSearchForm(request.GET).wanted, on=timezone.localdate())
    return StreamingHttpResponse(
        csv_lines(_header(), _lines(found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="formations.csv"'},
    )


@require_safe
@throttled("training-export", per="user", rate="20/m")
@acts_on(CourseRun, "course_runs.view")
def agenda(request: HttpRequest, runs: QuerySet[CourseRun]) -> HttpResponse:
    """The runs found, as one calendar file."""
    found = search_runs(runs, RunSearchForm(request.GET).wanted, on=timezone.localdate())
    rows = found.prefetch_related("sessions")[:_MOST_IN_AGENDA]
    return as_calendar(services.agenda_of_runs(runs=rows, now=timezone.now()))


@require_safe
@throttled("training", per="user", rate="120/m")
@acts_on(Course, "courses.view")
def course_list(request: HttpRequest, courses: QuerySet[Course]) -> HttpResponse:
    """The catalogue: what may be taught, and when next."""
    form = WordsForm(request.GET)
    page = Paginator(courses_of(courses, form.text), PER_PAGE).get_page(request.GET.get("page"))
    kept = permitted(request.user, "courses.keep", Course.objects.all())
    context = {
        "form": form,
        "page": page,
        "kept": set(kept.filter(pk__in=[one.pk for one in page]).values_list("pk", flat=True)),
    }
    return render_page(request, "training/courses.html", context, fragment="results")


@require_safe
@acts_on(CourseRun, "course_runs.view")
def run(request: HttpRequest, runs: QuerySet[CourseRun], pk: int) -> HttpResponse:
    """One run: its course, its dates, its places, and how to ask for one."""
    found = get_object_or_404(with_course(runs).select_related("course__provider"), pk=pk)
    own = permitted(request.user, "enrolments.keep_own", Enrolment.objects.filter(run=found))
    context = {
        "run": found,
        "sessions": found.sessions.order_by("starts_at", "pk"),
        "takes": found.takes_requests(timezone.localdate()),
        "own": own_enrolments(own).first(),
        "may_keep": permitted(request.user, "course_runs.keep", CourseRun.objects.all())
        .filter(pk=pk)
        .exists(),
    }
    return render_page(request, "training/run.html", context)


@require_safe
@acts_on(CourseRun, "course_runs.view")
def run_ics(request: HttpRequest, runs: QuerySet[CourseRun], pk: int) -> HttpResponse:
    """One run and its sessions, for a calendar."""
    found = get_object_or_404(with_course(runs).prefetch_related("sessions"), pk=pk)
    return as_calendar(services.agenda_of_runs(runs=[found], now=timezone.now()))


def as_calendar(text: str) -> HttpResponse:
    """Hand a calendar file over."""
    return HttpResponse(
        text,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="formations.ics"'},
    )


def _header() -> list[str]:
    return [
        *(_("Formation"), _("Nature"), _("Métier visé"), _("Organisme"), _("Commune")),
        *(_("Lieu"), _("Premier jour"), _("Dernier jour"), _("Inscriptions jusqu’au")),
        *(_("Places"), _("Places libres"), _("État")),
    ]


def _lines(runs: QuerySet[CourseRun]) -> Iterator[list[CellValue]]:
    for one in runs.iterator(chunk_size=500):
        course = one.course
        yield [
            *(course.title, str(course.get_kind_display()), str(course.profession or "")),
            *(course.provider.partner.name, one.commune.name, one.place),
            *(one.starts_on, one.ends_on, one.apply_by, one.places, one.free),
            str(one.get_state_display()),
        ]
