"""What one side reads of the other before the event."""

import pytest

from ancrage.events.enums import Meaning, PartyKind, QuestionKind, RegistrationState
from ancrage.events.models import Answer, Question
from ancrage.events.queries import SheetLine, ShownSheet, sheets_for
from tests.factories import ParticipantFactory, PartyFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

MODES = [["locum_regular", "Remplacement régulier"], ["association", "Association"]]


@pytest.fixture
def reader(visitors):
    return ParticipantFactory(party__side=visitors).party


def ask(side, position, kind, label, **more):
    return Question.objects.create(side=side, position=position, kind=kind, label=label, **more)


@pytest.fixture
def asked(hosts):
    return [
        ask(hosts, 1, QuestionKind.CHOICES, "Vous cherchez", options=MODES),
        ask(hosts, 2, QuestionKind.COMMUNE, "Commune", meaning=Meaning.PLACE),
        ask(hosts, 3, QuestionKind.LONG_TEXT, "Le cabinet en quelques mots"),
        ask(hosts, 4, QuestionKind.LINK, "Une minute de vidéo"),
        ask(hosts, 5, QuestionKind.TEXT, "Remarque", on_sheet=False),
    ]


def answer(person, asked):
    mode, place, words, link, private = asked
    said = [
        (mode, "", ["association", "withdrawn_option"]),
        (place, "Vire fictive", ["14762"]),
        (words, "Maison de santé fictive, deux médecins.", []),
        (link, "https://video.example/fictif", []),
        (private, "Chaise haute", []),
    ]
    for question, text, codes in said:
        Answer.objects.create(participant=person, question=question, text=text, codes=codes)


def test_who_agreed_is_read_with_their_name_and_words(reader, hosts, asked):
    host = ParticipantFactory(
        party__side=hosts,
        first_name="Camille",
        last_name="Fictive",
        organisation="Cabinet fictif",
        shares_sheet=True,
    )
    answer(host, asked)

    assert sheets_for(reader) == {
        host.party_id: ShownSheet(
            party=host.party_id,
            title="Camille Fictive",
            is_named=True,
            place="Vire fictive",
            organisation="Cabinet fictif",
            lines=(
                SheetLine("Vous cherchez", ("Association",)),
                SheetLine("Commune", ("Vire fictive",), Meaning.PLACE),
                SheetLine(
                    "Le cabinet en quelques mots", ("Maison de santé fictive, deux médecins.",)
                ),
                SheetLine("Une minute de vidéo", ("https://video.example/fictif",), is_link=True),
            ),
        )
    }


def test_who_did_not_agree_is_read_without_a_name_nor_free_words(reader, hosts, asked):
    host = ParticipantFactory(party__side=hosts, organisation="Cabinet fictif")
    answer(host, asked)

    [sheet] = sheets_for(reader).values()

    assert sheet == ShownSheet(
        party=host.party_id,
        title=f"{hosts.singular.capitalize()} n° {host.party_id} · Vire fictive",
        is_named=False,
        place="Vire fictive",
        organisation="",
        lines=(
            SheetLine("Vous cherchez", ("Association",)),
            SheetLine("Commune", ("Vire fictive",), Meaning.PLACE),
        ),
    )


def test_a_team_is_named_when_each_of_its_members_agreed(reader, hosts, asked):
    team = PartyFactory(side=hosts, kind=PartyKind.TEAM, name="Maison de santé fictive")
    ParticipantFactory(party=team, shares_sheet=True)
    ParticipantFactory(party=team, shares_sheet=False)

    assert sheets_for(reader)[team.pk].is_named is False

    team.members.update(shares_sheet=True)
    assert sheets_for(reader)[team.pk].title == "Maison de santé fictive"


def test_only_the_other_side_with_a_place_and_no_pause_is_read(reader, visitors, hosts):
    ParticipantFactory(party__side=visitors)
    ParticipantFactory(party__side=hosts, state=RegistrationState.WAITING)
    ParticipantFactory(party__side=hosts, subject__limited_at=NOW)

    assert sheets_for(reader) == {}


def test_sheets_cost_the_same_for_one_and_for_many(
    reader, hosts, asked, django_assert_num_queries
):
    for _ in range(3):
        answer(ParticipantFactory(party__side=hosts), asked)

    with django_assert_num_queries(3):
        assert len(sheets_for(reader)) == 3
