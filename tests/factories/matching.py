from datetime import timedelta
from itertools import pairwise

from factory import LazyAttribute, SubFactory, Trait, post_generation
from factory.django import DjangoModelFactory

from ancrage.matching.enums import (
    CloseReason,
    IntroductionOrigin,
    IntroductionState,
    Side,
)
from ancrage.matching.models import Introduction, IntroductionMessage, IntroductionMove
from tests.factories.candidates import CandidateFactory
from tests.factories.moments import NOW, TODAY
from tests.factories.needs import NeedFactory
from tests.factories.privacy import ConsentEntryFactory

_DUE = TODAY + timedelta(days=10)
_STEPS = (
    IntroductionState.PROPOSED,
    IntroductionState.AGREED,
    IntroductionState.ANSWERED,
    IntroductionState.MEETING,
    IntroductionState.OFFER,
    IntroductionState.HIRED,
)


class IntroductionFactory(DjangoModelFactory[Introduction]):
    """A proposal of the coordination; `agreed=True`, `answered=True`, `meeting=True`,
    `offer=True`, `hired=True`, `closed=True` bring it further, with the steps and the agreement
    that lead there."""

    class Meta:
        model = Introduction
        skip_postgeneration_save = True

    class Params:
        agreed = Trait(state=IntroductionState.AGREED, agreed_at=NOW, answer_due_on=_DUE)
        answered = Trait(
            state=IntroductionState.ANSWERED, agreed_at=NOW, answer_due_on=_DUE, answered_at=NOW
        )
        meeting = Trait(
            state=IntroductionState.MEETING,
            agreed_at=NOW,
            answer_due_on=_DUE,
            answered_at=NOW,
            meeting_at=NOW + timedelta(days=3),
            meeting_minutes=45,
            meeting_place="Hall B",
            meeting_sequence=1,
        )
        offer = Trait(
            state=IntroductionState.OFFER, agreed_at=NOW, answer_due_on=_DUE, answered_at=NOW
        )
        hired = Trait(
            state=IntroductionState.HIRED,
            agreed_at=NOW,
            answer_due_on=_DUE,
            answered_at=NOW,
            starts_on=TODAY,
            ended_at=NOW,
        )
        closed = Trait(
            state=IntroductionState.CLOSED,
            agreed_at=NOW,
            answer_due_on=_DUE,
            answered_at=NOW,
            ended_at=NOW,
            close_reason=CloseReason.OTHER_SKILLS,
            closed_by=Side.PARTNER,
        )

    need = SubFactory(NeedFactory, published=True)
    partner = LazyAttribute(lambda one: one.need.partner)
    territory = LazyAttribute(lambda one: one.need.partner.territory)
    candidate = SubFactory(
        CandidateFactory, territory=LazyAttribute(lambda one: one.factory_parent.territory)
    )
    origin = IntroductionOrigin.COORDINATION
    state_since = NOW
    proposed_at = NOW

    @post_generation
    def steps(self, create: bool, extracted: object) -> None:
        if not create:
            return
        last = self.state
        reached = IntroductionState.AGREED if last == IntroductionState.CLOSED else last
        path = ["", *_STEPS[: _STEPS.index(reached) + 1]]
        if last == IntroductionState.CLOSED:
            path.append(last)
        for before, after in pairwise(path):
            side = Side.PERSON if after == IntroductionState.AGREED else Side.PARTNER
            IntroductionMoveFactory(
                introduction=self,
                before=before,
                after=after,
                side=side if before else Side.COORDINATION,
                reason=self.close_reason if after == IntroductionState.CLOSED else "",
            )
        if self.agreed_at is not None:
            ConsentEntryFactory(
                subject=self.candidate.subject,
                purpose="identity",
                scope=f"partner:{self.partner.pk}",
            )


class IntroductionMoveFactory(DjangoModelFactory[IntroductionMove]):
    class Meta:
        model = IntroductionMove

    introduction = SubFactory(IntroductionFactory)
    after = IntroductionState.PROPOSED
    at = NOW
    side = Side.COORDINATION


class IntroductionMessageFactory(DjangoModelFactory[IntroductionMessage]):
    class Meta:
        model = IntroductionMessage

    introduction = SubFactory(IntroductionFactory)
    side = Side.PERSON
    text = "Bonjour, je peux venir jeudi."
    at = NOW
