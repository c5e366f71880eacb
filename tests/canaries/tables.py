"""Rows that no address is about: tokens, sessions, an evening; and what daily rounds tell of."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession

from ancrage.accounts.models import ApiToken
from ancrage.candidates.models import DirectoryEntry
from ancrage.events.enums import Interest, QuestionKind, RuleKind, SideRole
from ancrage.events.models import (
    Answer,
    Contact,
    ContactFollowUp,
    Feedback,
    Mark,
    PairRule,
    Question,
)
from ancrage.journeys.enums import ArrivalKind, FollowUpSide
from ancrage.journeys.models import ArrivalOutcome
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.notices import current_notice
from ancrage.privacy.services import give_consent
from tests.factories import (
    AidRequestFactory,
    CandidateFactory,
    CharterFactory,
    CharterSignatureFactory,
    CourseRunFactory,
    FollowUpFactory,
    FundingFileFactory,
    IntroductionFactory,
    JourneyFactory,
    MembershipFactory,
    NeedFactory,
    ProfessionFactory,
    ProofFactory,
    ResourceFactory,
    SavedSearchFactory,
    StayFactory,
    WelcomeRequestFactory,
)
from tests.factories.events import EventFactory, ParticipantFactory, PartyFactory, SideFactory
from tests.factories.moments import NOW, TODAY
from tests.matrix.world import World


def tables_behind(side: World) -> None:
    """Write them for one side."""
    user = side.readers["owner"]
    assert user is not None
    ApiToken.objects.create(
        user=user,
        name="Paie",
        digest="1" * 64,
        prefix="ancrage_cana",
        created_at=NOW,
        expires_at=NOW + timedelta(days=90),
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True)
    UserSession.objects.create(user=user, ip="192.0.2.1", session_key="k" * 32)
    DirectoryEntry.objects.create(rpps="10000000017", name_key="canari", profession_code="60")
    charter = CharterFactory(territory=side.territory, published=True)
    CharterSignatureFactory(charter=charter, partner=side.partner, signed_by=user)
    WelcomeRequestFactory(partner=side.welcome)
    ArrivalOutcome.objects.create(
        journey=JourneyFactory(candidate=CandidateFactory(territory=side.territory)),
        kind=ArrivalKind.LOST,
        themes=["housing"],
        on=TODAY,
    )
    _evening(side)
    run = CourseRunFactory(course__partner=side.partner)
    FundingFileFactory(enrolment__run=run)


def _evening(side: World) -> None:
    """Write two people who met, and all that they said of it."""
    event = EventFactory(territory=side.territory)
    hosts = SideFactory(event=event, role=SideRole.HOST)
    host = PartyFactory(side=hosts, name="Équipe fictive")
    visitor = PartyFactory(side=SideFactory(event=event))
    person = ParticipantFactory(party=visitor)
    ParticipantFactory(party=host)
    question = Question.objects.create(
        side=visitor.side, position=1, kind=QuestionKind.TEXT, label="Pourquoi venir ?"
    )
    Answer.objects.create(participant=person, question=question, text="Pour voir")
    PairRule.objects.create(
        event=event, host=host, visitor=visitor, kind=RuleKind.FORBIDDEN, reason="Fictive", at=NOW
    )
    Mark.objects.create(
        participant=person, about=host, interest=Interest.YES, note="À revoir", at=NOW
    )
    met = Contact.objects.create(event=event, host=host, visitor=visitor, opened_at=NOW)
    ContactFollowUp.objects.create(
        contact=met, side=SideRole.VISITOR, months=1, due_on=TODAY, comment="Bien"
    )
    Feedback.objects.create(participant=person, rating=4, comment="À refaire", at=NOW)


def what_is_due(side: World) -> None:
    """Write, for one side, something that each daily round has to tell somebody."""
    long_ago, owner = NOW - timedelta(days=35), side.readers["owner"]
    NeedFactory(partner=side.partner, published=True, confirmed_at=long_ago)
    ResourceFactory(partner=side.partner, published=True, confirmed_at=long_ago)
    nurse = ProfessionFactory(code="nurse")
    need = NeedFactory(partner=side.partner, profession=nurse, published=True)
    SavedSearchFactory(owner=owner, need=need, told_at=NOW - timedelta(days=8))
    people = CandidateFactory.create_batch(
        6,
        territory=side.territory,
        professions=[nurse],
        commune=need.commune,
        pooled=True,
        user=None,
    )
    ProofFactory(candidate=people[0], expires_on=TODAY + timedelta(days=20))
    IntroductionFactory(need=need, candidate=people[1], agreed=True, answer_due_on=TODAY)
    IntroductionFactory(need=need, candidate=people[2], proposed_at=long_ago, state_since=long_ago)
    journey = JourneyFactory(
        candidate=people[3], advisor=side.readers["coordinator"], in_post=True
    )
    stay = StayFactory(journey=journey, partner=side.partner)
    for asked in FollowUpSide:
        FollowUpFactory(stay=stay, side=asked)
    AidRequestFactory(subject=people[4].subject, territory=side.territory)
    run = CourseRunFactory(course__partner=side.partner)
    FundingFileFactory(enrolment__run=run, due_on=TODAY + timedelta(days=5))
    _waits_for_a_partner(side)
    tonight = EventFactory(
        territory=side.territory,
        doors_at=NOW + timedelta(hours=8),
        starts_at=NOW + timedelta(hours=9),
        registration_closes_at=NOW,
        wishes_close_at=NOW,
    )
    ParticipantFactory(party=PartyFactory(side=SideFactory(event=tonight)))


def _waits_for_a_partner(side: World) -> None:
    """Write a request that a partner has left unanswered for four days."""
    request = WelcomeRequestFactory(partner=side.welcome, sent_at=NOW - timedelta(days=4))
    for scope in ("", f"partner:{side.welcome.pk}"):
        give_consent(
            subject=request.project.subject,
            purpose="concierge",
            scope=scope,
            notice=current_notice("concierge"),
            channel=ConsentChannel.SELF,
            by=None,
            now=NOW,
        )
    MembershipFactory(welcome=True, partner=side.welcome)
