"""What is taught and when: searched, filtered, in the order of the days."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, IntegerField, Min, Q, QuerySet, Value, When

from ancrage.kit.search import having_words, with_words
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Territory
from ancrage.training.enums import ENTERABLE_STATES, LIVE_RUN_STATES, EnrolmentState, RunState
from ancrage.training.models import Course, CourseRun


@dataclass(frozen=True)
class RunSearch:
    """What a reader of the runs looks for. Every part is optional.

    `open_only` keeps the runs that still take requests; `to_come` leaves out those that are over
    or cancelled.
    """

    text: str = ""
    profession: Profession | None = None
    commune: Commune | None = None
    kind: str = ""
    rhythm: str = ""
    month: date | None = None
    state: str = ""
    open_only: bool = False
    to_come: bool = False


def search_runs(runs: QuerySet[CourseRun], search: RunSearch, *, on: date) -> QuerySet[CourseRun]:
    """Narrow `runs` (those the reader may see), the next to begin first. One query."""
    found = with_course(runs)
    if search.text:
        courses = with_words(Course.objects.all(), search.text).order_by().values("pk")
        towns = having_words(search.text, each=lambda word: Q(search_name__contains=word))
        places = Commune.objects.filter(towns).order_by().values("pk")
        found = found.filter(Q(course__in=courses) | Q(commune__in=places))
    exact = {
        "course__profession": search.profession,
        "commune": search.commune,
        "course__kind": search.kind,
        "course__rhythm": search.rhythm,
        "state": search.state,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if search.month is not None:
        found = found.filter(
            starts_on__year=search.month.year, starts_on__month=search.month.month
        )
    if search.open_only:
        found = found.filter(
            state__in=sorted(ENTERABLE_STATES), apply_by__gte=on, taken__lt=F("places")
        )
    if search.to_come:
        found = found.filter(ends_on__gte=on).exclude(state=RunState.CANCELLED)
    return found.order_by("starts_on", "pk")


def with_course(runs: QuerySet[CourseRun]) -> QuerySet[CourseRun]:
    """Join what a line says of a run: its course, who gives it, where."""
    return runs.select_related("course__profession", "course__provider__partner", "commune")


def courses_of(courses: QuerySet[Course], text: str = "") -> QuerySet[Course]:
    """Narrow `courses` to those that have these words, with their next run and how many there are.

    One query.
    """
    return (
        with_words(courses, text)
        .select_related("profession", "provider__partner")
        .annotate(
            next_start=Min("runs__starts_on", filter=Q(runs__state__in=sorted(ENTERABLE_STATES))),
            live_runs=Count("runs", filter=Q(runs__state__in=sorted(LIVE_RUN_STATES))),
        )
        .order_by("title", "pk")
    )


def territory_of(run: CourseRun) -> Territory:
    """Return the territory where a run is given; its course is joined."""
    territory: Territory = run.course.provider.partner.territory
    return territory


def professions_taught(courses: QuerySet[Course]) -> QuerySet[Profession]:
    """Return the professions that some of these courses lead to. One query."""
    return Profession.objects.filter(pk__in=courses.order_by().values("profession")).order_by(
        "rank", "pk"
    )


def runs_kept(runs: QuerySet[CourseRun], text: str = "") -> QuerySet[Any]:
    """Return the runs that the reader keeps, those under way first, with the requests to answer.

    One query.
    """
    live = Case(
        When(state__in=sorted(LIVE_RUN_STATES), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    if text:
        courses = with_words(Course.objects.all(), text).order_by().values("pk")
        runs = runs.filter(course__in=courses)
    return (
        with_course(runs)
        .annotate(
            live=live,
            asked=Count("enrolments", filter=Q(enrolments__state=EnrolmentState.ASKED)),
        )
        .order_by("live", "-asked", "starts_on", "pk")
    )
