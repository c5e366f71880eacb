from datetime import date

from factory import LazyAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from ancrage.kit.text import words
from ancrage.training.enums import (
    CancelReason,
    CourseKind,
    EnrolmentState,
    Payer,
    Rhythm,
    RunState,
)
from ancrage.training.models import (
    Course,
    CourseRun,
    Enrolment,
    FundingFile,
    OpeningPlan,
    PlanOption,
    PlanWish,
    RunSession,
    TrainingProvider,
    TrainingWish,
)
from tests.factories.candidates import CandidateFactory
from tests.factories.moments import NOW, TODAY
from tests.factories.partners import PartnerFactory
from tests.factories.professions import ProfessionFactory
from tests.factories.territory import CommuneFactory


class TrainingProviderFactory(DjangoModelFactory[TrainingProvider]):
    class Meta:
        model = TrainingProvider
        django_get_or_create = ("partner",)

    partner = SubFactory(PartnerFactory)
    since = NOW


class CourseFactory(DjangoModelFactory[Course]):
    """A diploma of eleven months for 2 to 3 people; `CourseFactory(partner=school)`."""

    class Meta:
        model = Course

    class Params:
        partner = SubFactory(PartnerFactory)

    provider = LazyAttribute(lambda course: TrainingProviderFactory(partner=course.partner))
    kind = CourseKind.DIPLOMA
    title = Sequence(lambda n: f"Formation fictive {n}")
    search = LazyAttribute(lambda course: " ".join(words(course.title)))
    profession = SubFactory(ProfessionFactory)
    qualification = "Diplôme d’État"
    hours = 1540
    months = 11
    rhythm = Rhythm.FULL_TIME
    min_group = 2
    max_group = 3


class CourseRunFactory(DjangoModelFactory[CourseRun]):
    """Open until December for January 2027, two places; `planned`, `confirmed`, `running`."""

    class Meta:
        model = CourseRun

    class Params:
        planned = Trait(state=RunState.PLANNED)
        confirmed = Trait(state=RunState.CONFIRMED)
        running = Trait(
            state=RunState.RUNNING,
            starts_on=date(2026, 11, 2),
            ends_on=date(2027, 2, 26),
            apply_by=date(2026, 10, 15),
        )
        cancelled = Trait(state=RunState.CANCELLED, cancelled_because=CancelReason.TOO_FEW)

    course = SubFactory(CourseFactory)
    state = RunState.OPEN
    commune = SubFactory(CommuneFactory)
    place = "Institut fictif"
    starts_on = date(2027, 1, 11)
    ends_on = date(2027, 11, 26)
    apply_by = date(2026, 12, 18)
    least = 1
    places = 2
    created_at = NOW


class RunSessionFactory(DjangoModelFactory[RunSession]):
    class Meta:
        model = RunSession

    run = SubFactory(CourseRunFactory)
    starts_at = NOW
    ends_at = LazyAttribute(lambda session: session.starts_at.replace(hour=15))


class TrainingWishFactory(DjangoModelFactory[TrainingWish]):
    """Of somebody of the territory of the course, for January 2027, from anywhere."""

    class Meta:
        model = TrainingWish

    class Params:
        candidate = LazyAttribute(
            lambda wish: CandidateFactory(territory=wish.course.provider.partner.territory)
        )

    course = SubFactory(CourseFactory)
    territory = LazyAttribute(lambda wish: wish.candidate.territory)
    subject = LazyAttribute(lambda wish: wish.candidate.subject)
    months = LazyAttribute(lambda wish: ["2027-01"])
    at = NOW


class EnrolmentFactory(DjangoModelFactory[Enrolment]):
    """Asked for by the person today; `granted`, `enrolled`: with the place that this holds."""

    class Meta:
        model = Enrolment

    class Params:
        candidate = LazyAttribute(
            lambda one: CandidateFactory(territory=one.run.course.provider.partner.territory)
        )
        granted = Trait(state=EnrolmentState.ACCEPTED, shared_at=None)
        enrolled = Trait(state=EnrolmentState.ENROLLED)

    run = SubFactory(CourseRunFactory)
    subject = LazyAttribute(lambda one: one.candidate.subject)
    first_name = "Camille"
    last_name = Sequence(lambda n: f"Fictive-{n}")
    state = EnrolmentState.ASKED
    asked_at = NOW
    shared_at = NOW

    @classmethod
    def _create(cls, model_class, *args, **kwargs):  # type: ignore[no-untyped-def]
        run = kwargs["run"]
        if kwargs["state"] in (EnrolmentState.ACCEPTED, EnrolmentState.ENROLLED):
            run.taken += 1
            run.save(update_fields=["taken"])
        return super()._create(model_class, *args, **kwargs)


class FundingFileFactory(DjangoModelFactory[FundingFile]):
    class Meta:
        model = FundingFile

    enrolment = SubFactory(EnrolmentFactory, enrolled=True)
    payer = Payer.OPCO_SANTE
    reference = "Dossier fictif"
    due_on = TODAY
    asked_cents = 540_000


class OpeningPlanFactory(DjangoModelFactory[OpeningPlan]):
    class Meta:
        model = OpeningPlan

    asked_at = NOW


class PlanOptionFactory(DjangoModelFactory[PlanOption]):
    """A run that a plan opens."""

    class Meta:
        model = PlanOption

    run = SubFactory(CourseRunFactory, planned=True)
    plan = LazyAttribute(
        lambda option: OpeningPlanFactory(
            territory=option.run.course.provider.partner.territory, state="done"
        )
    )
    opens = True


class PlanWishFactory(DjangoModelFactory[PlanWish]):
    class Meta:
        model = PlanWish

    plan = LazyAttribute(lambda line: line.option.plan)
    option = SubFactory(PlanOptionFactory)
    wish = LazyAttribute(lambda line: TrainingWishFactory(course=line.option.run.course))
