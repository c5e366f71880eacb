"""An event full of people: what the plan room is looked at and measured on."""

import random

from ancrage.events.enums import (
    Meaning,
    QuestionKind,
    RegistrationOrigin,
    RegistrationState,
    SideRole,
    WishKind,
)
from ancrage.events.models import Answer, Event, Participant, Party, Question, Side, Table, Wish
from ancrage.privacy.models import DataSubject
from tests.factories import CommuneFactory
from tests.factories.moments import NOW

MODES = ("locum_regular", "locum_occasional", "collaboration", "association", "succession")


def fill(event: Event, hosts: int, visitors: int, *, wishes: int = 0, tables: int = 0) -> None:
    """Register people of both sides, who answered and wished; the same each time."""
    draws = random.Random(7)
    communes = [
        CommuneFactory(latitude=46.9 + draws.random() / 2, longitude=-1.9 + draws.random())
        for _ in range(8)
    ]
    sides = {
        role: Side.objects.filter(event=event, role=role).first()
        or Side.objects.create(event=event, role=role, name=name, singular=name[:-1])
        for role, name in ((SideRole.HOST, "médecins"), (SideRole.VISITOR, "internes"))
    }
    parties = {
        SideRole.HOST: _people(event, sides[SideRole.HOST], hosts, "Dr Hôte", communes, draws),
        SideRole.VISITOR: _people(
            event, sides[SideRole.VISITOR], visitors, "Visite", communes, draws
        ),
    }
    for own, other in (
        (parties[SideRole.VISITOR], parties[SideRole.HOST]),
        (parties[SideRole.HOST], parties[SideRole.VISITOR]),
    ):
        Wish.objects.bulk_create(
            Wish(event=event, by=party, about=about, kind=WishKind.WANTED, rank=rank, at=NOW)
            for party in own
            for rank, about in enumerate(draws.sample(other, min(wishes, len(other))), start=1)
        )
    Table.objects.bulk_create(
        Table(event=event, number=number, x=number % 6, y=number // 6)
        for number in range(1, tables + 1)
    )


def _people(event, side, count, name, communes, draws):
    mode, place = (
        Question.objects.create(side=side, position=i, kind=kind, meaning=meaning, label=meaning)
        for i, (kind, meaning) in enumerate(
            ((QuestionKind.CHOICES, Meaning.MODE), (QuestionKind.COMMUNE, Meaning.PLACE))
        )
    )
    parties = Party.objects.bulk_create(Party(event=event, side=side) for _ in range(count))
    subjects = DataSubject.objects.bulk_create(
        DataSubject(home=f"territory:{event.territory_id}", created_at=NOW, last_contact_at=NOW)
        for _ in parties
    )
    people = Participant.objects.bulk_create(
        Participant(
            event=event,
            party=party,
            subject=subject,
            first_name=name,
            last_name=f"Fictif {number}",
            email=f"{side.role}{number}@exemple.test",
            email_key=f"{side.role}{number}@exemple.test",
            origin=RegistrationOrigin.PUBLIC,
            state=RegistrationState.REGISTERED,
            registered_at=NOW,
        )
        for number, (party, subject) in enumerate(zip(parties, subjects, strict=True), start=1)
    )
    Answer.objects.bulk_create(
        answer
        for person in people
        for answer in (
            Answer(participant=person, question=mode, codes=draws.sample(MODES, 2)),
            Answer(participant=person, question=place, codes=[draws.choice(communes).insee]),
        )
    )
    return parties
