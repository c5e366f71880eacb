"""Rows that no address is about: tokens, sessions, signatures, the directory, an evening."""

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
from tests.factories import CharterFactory, CharterSignatureFactory
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
    _evening(side)


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
