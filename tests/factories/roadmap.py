from datetime import date

from factory import LazyAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from ancrage.kit.text import words
from ancrage.roadmap.enums import ActionState, IndicatorKind, Periodicity, RoadmapStatus
from ancrage.roadmap.models import (
    Action,
    ActionDocument,
    Axis,
    Decision,
    GoodPractice,
    Indicator,
    IndicatorValue,
    Meeting,
    Milestone,
    Roadmap,
    SafetyReport,
)
from tests.factories.moments import NOW
from tests.factories.partners import PartnerFactory
from tests.factories.territory import TerritoryFactory


class RoadmapFactory(DjangoModelFactory[Roadmap]):
    """A roadmap opened to the members, from 2025 to 2028."""

    class Meta:
        model = Roadmap

    class Params:
        draft = Trait(status=RoadmapStatus.DRAFT)

    territory = SubFactory(TerritoryFactory)
    title = Sequence(lambda n: f"Feuille de route fictive {n}")
    starts_on = date(2025, 1, 1)
    ends_on = date(2028, 12, 31)
    status = RoadmapStatus.ACTIVE
    created_at = NOW


class AxisFactory(DjangoModelFactory[Axis]):
    class Meta:
        model = Axis

    roadmap = SubFactory(RoadmapFactory)
    rank = Sequence(lambda n: n % 30 + 1)
    title = Sequence(lambda n: f"Axe fictif {n}")


class ActionFactory(DjangoModelFactory[Action]):
    """An action of 2026, planned; `ActionFactory(axis=axis, owner=partner, running=True)`."""

    class Meta:
        model = Action

    class Params:
        running = Trait(state=ActionState.RUNNING)

    axis = SubFactory(AxisFactory)
    title = Sequence(lambda n: f"Action fictive {n}")
    outside_body = LazyAttribute(lambda action: "" if action.owner else "Organisme fictif")
    owner = None
    starts_on = date(2026, 1, 1)
    ends_on = date(2026, 12, 31)
    state_since = NOW
    created_at = NOW
    search = LazyAttribute(lambda action: " ".join(words(action.title)))


class MilestoneFactory(DjangoModelFactory[Milestone]):
    class Meta:
        model = Milestone

    action = SubFactory(ActionFactory)
    title = Sequence(lambda n: f"Jalon fictif {n}")
    due_on = date(2026, 6, 30)
    added_at = NOW


class ActionDocumentFactory(DjangoModelFactory[ActionDocument]):
    class Meta:
        model = ActionDocument

    action = SubFactory(ActionFactory)
    title = "Compte rendu fictif"
    url = "https://exemple.example/compte-rendu"
    key = Sequence(lambda n: f"{n:032x}")
    added_at = NOW


class IndicatorFactory(DjangoModelFactory[Indicator]):
    """A yearly indicator whose values are typed; `IndicatorFactory(measure="needs.filled")`."""

    class Meta:
        model = Indicator

    axis = SubFactory(AxisFactory)
    title = Sequence(lambda n: f"Indicateur fictif {n}")
    measure = ""
    kind = LazyAttribute(
        lambda one: IndicatorKind.COMPUTED if one.measure else IndicatorKind.TYPED
    )
    source = LazyAttribute(lambda one: "" if one.measure else "Source fictive")
    unit = LazyAttribute(lambda one: "" if one.measure else "personnes")
    periodicity = Periodicity.YEAR
    created_at = NOW


class IndicatorValueFactory(DjangoModelFactory[IndicatorValue]):
    class Meta:
        model = IndicatorValue

    indicator = SubFactory(IndicatorFactory)
    starts_on = date(2025, 1, 1)
    ends_on = date(2025, 12, 31)
    value = 40
    source = "Source fictive"
    given_at = NOW


class MeetingFactory(DjangoModelFactory[Meeting]):
    class Meta:
        model = Meeting

    roadmap = SubFactory(RoadmapFactory)
    held_on = date(2026, 9, 1)
    title = "Comité de pilotage"
    noted_at = NOW


class DecisionFactory(DjangoModelFactory[Decision]):
    class Meta:
        model = Decision

    meeting = SubFactory(MeetingFactory)
    text = "Reporter le forum à janvier."
    noted_at = NOW


class SafetyReportFactory(DjangoModelFactory[SafetyReport]):
    """What a structure counted over the first half of 2026."""

    class Meta:
        model = SafetyReport

    partner = SubFactory(PartnerFactory)
    starts_on = date(2026, 1, 1)
    accidents = 7
    given_at = NOW


class GoodPracticeFactory(DjangoModelFactory[GoodPractice]):
    class Meta:
        model = GoodPractice

    partner = SubFactory(PartnerFactory)
    title = Sequence(lambda n: f"Pratique fictive {n}")
    text = "Un binôme pour chaque nouvelle arrivée."
    search = LazyAttribute(lambda one: " ".join(words(f"{one.title} {one.text}")))
    added_at = NOW
