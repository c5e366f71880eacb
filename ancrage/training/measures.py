"""What the courses of a territory offered, filled and led to."""

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ancrage.privacy.cells import small_cell
from ancrage.territory.enums import MeasureCut, MeasurePart, MeasureUnit
from ancrage.territory.measures import (
    Measure,
    Period,
    Reading,
    counted,
    declare,
    hidden,
    people_in,
    share,
    share_of_people,
)
from ancrage.territory.perimeters import Perimeter
from ancrage.training.enums import PUBLIC_RUN_STATES, EnrolmentState, Result, RunState
from ancrage.training.models import CourseRun, Enrolment

# Those who have a place, or had it to the end.
_ENROLLED = (EnrolmentState.ENROLLED, EnrolmentState.ATTENDED)


def runs_starting(where: Perimeter, period: Period) -> QuerySet[CourseRun]:
    """The runs opened to people whose first day falls in the period, but the cancelled ones."""
    return CourseRun.objects.filter(
        where.holds("commune"),
        course__provider__partner__territory=where.territory,
        state__in=sorted(PUBLIC_RUN_STATES - {RunState.CANCELLED}),
        starts_on__gte=period.starts,
        starts_on__lte=period.ends,
    )


def _sums(where: Perimeter, period: Period) -> tuple[int, int]:
    found = runs_starting(where, period).aggregate(places=Sum("places"), taken=Sum("taken"))
    return found["places"] or 0, found["taken"] or 0


def _places(where: Perimeter, period: Period) -> Reading:
    places, _taken = _sums(where, period)
    return counted(places)


def _filled(where: Perimeter, period: Period) -> Reading:
    places, taken = _sums(where, period)
    # The places are told: a share of them would tell how few people took one.
    if small_cell(taken):
        return hidden()
    return share(taken, places, none=gettext("Aucune session n’a commencé sur la période."))


def _enrolled(where: Perimeter, period: Period) -> Reading:
    # Those of the whole territory: a part is told beside the others.
    runs = runs_starting(Perimeter(where.territory), period)
    rows = Enrolment.objects.filter(run__in=runs.values("pk"), state__in=_ENROLLED)
    counts = rows.order_by().values_list("run__commune").annotate(Count("pk"))
    return people_in(where, period, dict(counts))


def _passed(where: Perimeter, period: Period) -> Reading:
    found = (
        Enrolment.objects.filter(
            run__course__provider__partner__territory=where.territory,
            result_on__gte=period.starts,
            result_on__lte=period.ends,
        )
        .exclude(result="")
        .aggregate(all=Count("pk"), passed=Count("pk", filter=Q(result=Result.PASSED)))
    )
    return share_of_people(
        found["passed"], found["all"], none=gettext("Aucun résultat n’est connu sur la période.")
    )


declare(
    Measure(
        key="training.places",
        name=_("Places de formation ouvertes"),
        definition=_("Places des sessions ouvertes dont le premier jour est dans la période."),
        unit=MeasureUnit.COUNT,
        part=MeasurePart.TRAINING,
        cut=MeasureCut.PLACE,
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
        cut=MeasureCut.EPCI,
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
