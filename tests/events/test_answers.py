"""What parties said, by meaning, and how well they go together."""

from datetime import date

import pytest

from ancrage.events.enums import Meaning, PartyKind, QuestionKind, RegistrationState
from ancrage.events.models import Answer, Question
from ancrage.events.queries import Said, label_of, parties_with_a_place, said_in
from ancrage.events.services.compatibility import compatible_with, weights_of
from tests.factories import CommuneFactory, ParticipantFactory, PartyFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def ask(side, meaning, kind):
    return Question.objects.create(
        side=side, position=1, kind=kind, meaning=meaning, label=str(meaning)
    )


def say(person, question, text="", codes=()):
    Answer.objects.create(participant=person, question=question, text=text, codes=list(codes))


def test_a_party_says_what_each_of_its_members_says(event, visitors):
    commune = CommuneFactory(name="Vire fictive", latitude=48.8, longitude=-0.9)
    mode = ask(visitors, Meaning.MODE, QuestionKind.CHOICES)
    place = ask(visitors, Meaning.PLACE, QuestionKind.COMMUNE)
    reach = ask(visitors, Meaning.REACH, QuestionKind.NUMBER)
    start = ask(visitors, Meaning.START, QuestionKind.DATE)
    words = ask(visitors, Meaning.SPECIALTY, QuestionKind.TEXT)
    couple = PartyFactory(side=visitors, kind=PartyKind.COUPLE)
    one = ParticipantFactory(party=couple)
    other = ParticipantFactory(party=couple)
    gone = ParticipantFactory(party=couple, state=RegistrationState.CANCELLED, cancelled_at=NOW)
    say(one, mode, codes=["locum_regular"])
    say(other, mode, codes=["collaboration"])
    say(gone, mode, codes=["salaried"])
    say(one, place, text="Vire fictive", codes=[commune.insee])
    say(one, reach, text="40 km")
    say(other, reach, text="25,5")
    say(one, start, text="2027-01-04")
    say(other, start, text="2027-05-03")
    say(other, words, text="Médecine générale, Gériatrie")

    assert said_in(event) == {
        couple.pk: Said(
            modes=frozenset({"locum_regular", "collaboration"}),
            commune="Vire fictive",
            latitude=48.8,
            longitude=-0.9,
            reach_km=25.5,
            start=date(2027, 5, 3),
            specialties=frozenset({"medecine generale", "geriatrie"}),
            together=True,
        )
    }


def test_answers_that_make_no_sense_are_not_said(event, hosts):
    party = PartyFactory(side=hosts)
    person = ParticipantFactory(party=party)
    say(person, ask(hosts, Meaning.PLACE, QuestionKind.COMMUNE), codes=["99999", 3])
    say(person, ask(hosts, Meaning.START, QuestionKind.DATE), text="bientôt")
    say(person, ask(hosts, Meaning.REACH, QuestionKind.NUMBER), text="loin")

    assert said_in(event) == {party.pk: Said()}


def test_the_other_side_comes_in_the_order_of_compatibility(event, hosts, visitors):
    offered = ask(hosts, Meaning.MODE, QuestionKind.CHOICES)
    both = ask(hosts, Meaning.TOGETHER, QuestionKind.YES_NO)
    sought = ask(visitors, Meaning.MODE, QuestionKind.CHOICES)
    people = [ParticipantFactory(party=PartyFactory(side=hosts)) for _ in range(3)]
    for person, codes in zip(
        people, (["salaried"], ["locum"], ["locum", "salaried"]), strict=True
    ):
        say(person, offered, codes=codes)
    say(people[2], both, codes=["yes"])
    trainee = PartyFactory(side=visitors, kind=PartyKind.COUPLE)
    say(ParticipantFactory(party=trainee), sought, codes=["locum"])
    event.weights = {
        "mode": 1,
        "distance": 0,
        "start": 0,
        "days": 0,
        "specialty": 0,
        "together": 1,
    }
    event.save()

    found = compatible_with(trainee)

    # Nothing in common with the first; the last also takes two.
    assert [(one.party, one.value) for one in found] == [
        (people[2].party_id, 100.0),
        (people[1].party_id, 75.0),
    ]
    assert found[0].parts == {
        "mode": 100,
        "distance": None,
        "start": None,
        "days": None,
        "specialty": None,
        "together": 100,
    }
    assert [one.party for one in compatible_with(people[2].party)] == [trainee.pk]


def test_weights_that_make_no_sense_have_their_usual_value(event):
    event.weights = {"mode": 4, "distance": -1, "start": "8", "other": 3}

    assert weights_of(event).values == (4, 8, 4, 3, 3, 2)

    event.weights = dict.fromkeys(
        ("mode", "distance", "start", "days", "specialty", "together"), 0
    )

    assert weights_of(event).values == (10, 8, 4, 3, 3, 2)


def test_a_party_is_called_by_its_name_or_by_those_of_its_people(event, hosts):
    alone = ParticipantFactory(party__side=hosts, first_name="Alix", last_name="Fictif")
    team = ParticipantFactory(party__side=hosts, party__name="Maison de santé fictive")
    nobody = ParticipantFactory(party__side=hosts, first_name="", last_name="")
    ParticipantFactory(party__side=hosts, state=RegistrationState.WAITING)

    assert [label_of(party) for party in parties_with_a_place(event)] == [
        "Alix Fictif",
        "Maison de santé fictive",
        f"n° {nobody.party_id}",
    ]
    assert [alone.party_id, team.party_id] == [party.pk for party in parties_with_a_place(event)][
        :2
    ]
