from datetime import date, timedelta

from factory import LazyAttribute, SubFactory, Trait
from factory.django import DjangoModelFactory

from ancrage.journeys.enums import (
    CloseReason,
    ContactKind,
    ContactOutcome,
    FollowUpSide,
    FollowUpState,
    ImmersionKind,
    JourneyState,
    LeaveReason,
    Presence,
    WaitsFor,
)
from ancrage.journeys.models import ContactLog, FollowUp, Immersion, Journey, Stay, Step
from tests.factories.candidates import CandidateFactory
from tests.factories.moments import NOW, TODAY
from tests.factories.partners import PartnerFactory
from tests.factories.professions import ProfessionFactory


class JourneyFactory(DjangoModelFactory[Journey]):
    """An open journey of nobody in particular; `in_post=True`, `closed=True`."""

    class Meta:
        model = Journey

    class Params:
        in_post = Trait(state=JourneyState.IN_POST)
        closed = Trait(
            state=JourneyState.CLOSED,
            closed_on=TODAY,
            close_reason=CloseReason.SETTLED,
            next_action="",
            next_action_on=None,
        )

    candidate = SubFactory(CandidateFactory)
    territory = LazyAttribute(lambda journey: journey.candidate.territory)
    goal = "Un poste de nuit près de Pornic"
    next_action = "Appeler"
    next_action_on = TODAY
    waits_for = WaitsFor.ADVISOR
    opened_on = date(2026, 9, 1)


class StepFactory(DjangoModelFactory[Step]):
    class Meta:
        model = Step

    journey = SubFactory(JourneyFactory)
    label = "Refaire le CV"


class ContactLogFactory(DjangoModelFactory[ContactLog]):
    class Meta:
        model = ContactLog

    journey = SubFactory(JourneyFactory)
    kind = ContactKind.CALL
    outcome = ContactOutcome.ANSWERED
    on = TODAY
    at = NOW


class ImmersionFactory(DjangoModelFactory[Immersion]):
    class Meta:
        model = Immersion

    journey = SubFactory(JourneyFactory)
    kind = ImmersionKind.IMMERSION
    partner = LazyAttribute(lambda one: PartnerFactory(territory=one.journey.territory))
    starts_on = TODAY
    ends_on = TODAY


class StayFactory(DjangoModelFactory[Stay]):
    """In post for a month, known to be there at the start; `ended=True` has left since."""

    class Meta:
        model = Stay

    class Params:
        ended = Trait(ended_on=TODAY, leave_reason=LeaveReason.PAY)

    journey = SubFactory(JourneyFactory, in_post=True)
    partner = LazyAttribute(lambda stay: PartnerFactory(territory=stay.journey.territory))
    profession = SubFactory(ProfessionFactory)
    started_on = TODAY - timedelta(days=31)
    followed_since = LazyAttribute(lambda stay: stay.started_on)
    known_on = LazyAttribute(lambda stay: stay.ended_on or stay.started_on)


class FollowUpFactory(DjangoModelFactory[FollowUp]):
    """Due today; `sent=True` waits for its answer, `answered=True` says that all is well."""

    class Meta:
        model = FollowUp

    class Params:
        sent = Trait(state=FollowUpState.SENT, sent_on=TODAY)
        answered = Trait(state=FollowUpState.ANSWERED, answered_on=TODAY, presence=Presence.HERE)

    stay = SubFactory(StayFactory)
    months = 1
    side = FollowUpSide.PERSON
    due_on = TODAY
