"""Training: everybody reads what is offered; whoever gives a course keeps it, with the
coordination; wishes and money are between the person and the coordination."""

from typing import Any

from django.db.models import Q

from ancrage.accounts.enums import Role
from ancrage.accounts.policy import Policy
from ancrage.partners.permissions import partners_of
from ancrage.territory.permissions import coordinated, coordinated_by
from ancrage.training.enums import PUBLIC_RUN_STATES
from ancrage.training.models import CourseRun, Enrolment


def own_partners(user: Any) -> Q:
    """The structures the user recruits for."""
    return Q(pk__in=partners_of(user).values("pk"))


def in_catalogue(user: Any) -> Q:
    """The courses that somebody still gives."""
    return Q(archived_at__isnull=True, provider__partner__left_at__isnull=True)


def own_courses(user: Any) -> Q:
    """The courses of the user's own structures."""
    return Q(provider__partner__in=partners_of(user).values("pk"))


def courses_in_territory(user: Any) -> Q:
    """The courses given by structures of the territories the user coordinates."""
    return Q(provider__partner__territory__in=coordinated_by(user).values("pk"))


def announced(user: Any) -> Q:
    """The runs that were opened to everybody."""
    return Q(state__in=sorted(PUBLIC_RUN_STATES))


def own_runs(user: Any) -> Q:
    """The runs that the user's own structures give."""
    return Q(course__provider__partner__in=partners_of(user).values("pk"))


def runs_in_territory(user: Any) -> Q:
    """The runs given by structures of the territories the user coordinates."""
    return Q(course__provider__partner__territory__in=coordinated_by(user).values("pk"))


def in_territory(user: Any) -> Q:
    """Those of the territories the user coordinates."""
    return Q(territory__in=coordinated_by(user).values("pk"))


def of_own_runs(user: Any) -> Q:
    """The people whose name was given to the user's structure for a run that it gives."""
    runs = CourseRun.objects.filter(own_runs(user)).values("pk")
    return Q(run__in=runs, shared_at__isnull=False, subject__limited_at__isnull=True) & Q(
        subject__isnull=False
    )


def of_runs_in_territory(user: Any) -> Q:
    """The people of the runs of the territories the user coordinates, but those left alone."""
    runs = CourseRun.objects.filter(runs_in_territory(user)).values("pk")
    return Q(run__in=runs, subject__isnull=False, subject__limited_at__isnull=True)


def own(user: Any) -> Q:
    """What the reader asked for themselves."""
    return Q(subject__user=user.pk, subject__limited_at__isnull=True)


def wishes_in_territory(user: Any) -> Q:
    """The wishes of the people of the territories the user coordinates, but those left alone."""
    return in_territory(user) & Q(subject__limited_at__isnull=True)


def files_in_territory(user: Any) -> Q:
    """The funding of the people of the runs of the territories the user coordinates."""
    people = Enrolment.objects.filter(of_runs_in_territory(user)).values("pk")
    return Q(enrolment__in=people)


Policy(
    "courses",
    {
        "view": {
            Role.VISITOR: in_catalogue,
            Role.EMPLOYER: own_courses,
            Role.COORDINATOR: courses_in_territory,
        },
        "keep": {Role.EMPLOYER: own_courses, Role.COORDINATOR: courses_in_territory},
    },
)
Policy(
    "course_runs",
    {
        "view": {
            Role.VISITOR: announced,
            Role.EMPLOYER: own_runs,
            Role.COORDINATOR: runs_in_territory,
        },
        "keep": {Role.EMPLOYER: own_runs, Role.COORDINATOR: runs_in_territory},
        "ask": {Role.CANDIDATE: announced},
        # Putting somebody else down for a place.
        "enrol": {Role.COORDINATOR: runs_in_territory},
    },
)
# Giving courses in the name of a structure; the rows are structures.
Policy(
    "training_providers", {"keep": {Role.EMPLOYER: own_partners, Role.COORDINATOR: in_territory}}
)
Policy(
    "enrolments",
    {
        "keep": {Role.EMPLOYER: of_own_runs, Role.COORDINATOR: of_runs_in_territory},
        # Opening a funding file.
        "fund": {Role.COORDINATOR: of_runs_in_territory},
        "keep_own": {Role.CANDIDATE: own},
    },
)
Policy(
    "training_wishes",
    {
        "keep": {Role.COORDINATOR: wishes_in_territory},
        "keep_own": {Role.CANDIDATE: own},
    },
)
Policy("funding_files", {"keep": {Role.COORDINATOR: files_in_territory}})
# Asking for a plan; the rows are territories. Reading and following one; the rows are plans.
Policy(
    "opening_plans",
    {"ask": {Role.COORDINATOR: coordinated}, "view": {Role.COORDINATOR: in_territory}},
)
