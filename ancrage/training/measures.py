"""What the courses of a territory offered, filled and led to."""

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from ancrage.territory.enums import MeasurePart, MeasureUnit
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    counted,
    declare,
    people,
    share,
    share_of_people,
)
from ancrage.territory.models import Territory
from ancrage.training.enums import PUBLIC_RUN_STATES, EnrolmentState, Result, RunState
from ancrage.training.models import CourseRun, Enrolment

# Those who have a place, or had it to the end.
_ENROLLED = (EnrolmentState.ENROLLED, EnrolmentState.ATTENDED)


def runs_starting(territory: Territory, period: Period) -> QuerySet[CourseRun]:
    """The runs opened to people whose first day falls in the period, but the cancelled ones."""
    return CourseRun.objects.filter(
        course__provider__partner__territory=territory,
        state__in=sorted(PUBLIC_RUN_STATES - {RunState.CANCELLED}),
        starts_on__gte=period.starts,
        starts_on__lte=period.ends,
    )


def _sums(territory: Territory, period: Period) -> tuple[int, int]:
    found = runs_starting(territory, period).aggregate(places=Sum("places"), taken=Sum("taken"))
    return found["places"] or 0, found["taken"] or 0


def _places(territory: Territory, period: Period) -> Reading:
    places, _taken = _sums(territory, period)
    return counted(places)


def _filled(territory: Territory, period: Period) -> Reading:
    places, taken = _sums(territory, period)
    return share(taken, places, none=_g("Aucune session n’a commencé sur la période."))


def _enrolled(territory: Territory, period: Period) -> Reading:
    rows = Enrolment.objects.filter(
        run__in=runs_starting(territory, period).values("pk"), state__in=_ENROLLED
    )
    return people(rows.count())


def _passed(territory: Territory, period: Period) -> Reading:
    found = (
        Enrolment.objects.filter(
            run__course__provider__partner__territory=territory,
            result_on__gte=period.starts,
            result_on__lte=period.ends,
        )
        .exclude(result="")
        .aggregate(all=Count("pk"), passed=Count("pk", filter=Q(result=Result.PASSED)))
    )
    return share_of_people(
        found["passed"], found["all"], none=_g("Aucun résultat n’est connu sur la période.")
    )


declare(
    Measure(
        key="training.places",
        name=_("Places de formation ouvertes"),
        definition=_("Places des sessions ouvertes dont le premier jour est dans la période."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.TRAINING,
        compute=_places,
    ),
    Measure(
        key="training.filled",
        name=_("Places de formation prises"),
        definition=_("Part des places ouvertes que quelqu’un a prises."),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.TRAINING,
        compute=_filled,
    ),
    Measure(
        key="training.enrolled",
        name=_("Personnes inscrites en formation"),
        definition=_(
            "Inscriptions confirmées aux sessions dont le premier jour est dans la période."
        ),
        unit=MeasureUnit.PEOPLE,
        part=MeasurePart.TRAINING,
        compute=_enrolled,
    ),
    Measure(
        key="training.passed",
        name=_("Réussite en formation"),
        definition=_("Part de réussites complètes parmi les résultats connus pendant la période."),
        unit=MeasureUnit.SHARE,
        part=MeasurePart.TRAINING,
        compute=_passed,
    ),
)
