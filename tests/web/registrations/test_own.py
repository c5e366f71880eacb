"""What participants do by their own link."""

import pytest
from django.core import mail
from django.urls import reverse

from ancrage.events.enums import EventState, RegistrationState
from ancrage.events.models import Answer, Event, Participant
from ancrage.events.queries import personal_token
from ancrage.kit.outbox import run_due
from tests.factories import ParticipantFactory, PartyFactory, QuestionFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(visitors):
    return ParticipantFactory(party__side=visitors, email="alix@exemple.test")


def address(name, person):
    return reverse(f"registrations:{name}", args=[personal_token(person)])


def test_the_page_shows_what_was_answered(client, person, visitors, django_assert_num_queries):
    question = QuestionFactory(side=visitors, label="Que cherchez-vous ?")
    Answer.objects.create(participant=person, question=question, text="Un remplacement")

    with django_assert_num_queries(3):
        page = client.get(address("personal", person)).text

    assert "Vous avez une place" in page
    assert "Un remplacement" in page
    assert address("answers", person) in page


def test_whoever_waits_reads_their_rank(client, visitors):
    first, second = ParticipantFactory.create_batch(
        2, party__side=visitors, state=RegistrationState.WAITING
    )

    assert "rang 1" in client.get(address("personal", first)).text
    assert "rang 2" in client.get(address("personal", second)).text


def test_answers_change_until_registrations_close(client, person, visitors):
    question = QuestionFactory(side=visitors)
    url = address("answers", person)
    typed = {"first_name": "Alix", "last_name": "Autre", f"question_{question.pk}": "Du temps"}

    assert client.post(url, typed).status_code == 302
    changed = Participant.objects.get()
    # An organiser who was changing the same registration is told.
    assert (changed.last_name, changed.revision) == ("Autre", person.revision + 1)
    assert Answer.objects.get().text == "Du temps"
    assert "Du temps" in client.get(url).text

    visitors.event.state = EventState.CLOSED
    visitors.event.save()
    assert client.post(url, {**typed, "last_name": "Troisième"}).status_code == 422
    assert Participant.objects.get().last_name == "Autre"
    assert client.get(url).url == address("personal", person)


def test_looking_at_the_reminder_decides_nothing(client, person):
    url = address("presence", person)

    for method in (client.get, client.head):
        assert method(f"{url}?reponse=non").status_code == 200
    assert client.post(url, {"reponse": "peut-être"}).status_code == 422

    assert Participant.objects.get().state == RegistrationState.REGISTERED


def test_one_click_says_that_one_comes_and_twice_says_no_more(client, person):
    url = address("presence", person)

    client.post(url, {"reponse": "oui"})
    client.post(url, {"reponse": "oui"})

    kept = Participant.objects.get()
    assert (kept.state, kept.confirmed_at) == (RegistrationState.CONFIRMED, NOW)
    assert "Vous venez" in client.get(address("personal", person)).text


def test_a_place_given_back_goes_to_the_first_who_waits_and_both_are_told(
    client, person, visitors
):
    ParticipantFactory(party__side=visitors)
    waiting = ParticipantFactory(
        party__side=visitors, state=RegistrationState.WAITING, email="sam@exemple.test"
    )

    client.post(address("presence", person), {"reponse": "non"})

    waiting.refresh_from_db()
    assert waiting.state == RegistrationState.REGISTERED
    mail.outbox.clear()
    run_due(clock=lambda: NOW, limit=None)
    assert [(one.to[0], one.subject) for one in mail.outbox] == [
        ("alix@exemple.test", "Désistement enregistré : Soirée fictive"),
        ("sam@exemple.test", "Une place pour vous : Soirée fictive"),
    ]
    assert "METHOD:CANCEL" in mail.outbox[0].attachments[0][1]


def test_a_group_leaves_together_or_one_by_one(client, visitors):
    party = PartyFactory(side=visitors, kind="couple")
    first, second = ParticipantFactory.create_batch(2, party=party)

    client.post(address("presence", first), {"reponse": "non"})
    second.refresh_from_db()
    assert second.state == RegistrationState.REGISTERED

    Participant.objects.update(state="registered", cancelled_at=None)
    client.post(address("presence", first), {"reponse": "non-tous"})
    assert set(Participant.objects.values_list("state", flat=True)) == {"cancelled"}


@pytest.mark.parametrize(
    ("state", "there", "said"),
    [
        (EventState.RUNNING, NOW, "Vous êtes là"),
        (EventState.OVER, NOW, "Merci d’être venu·e"),
        (EventState.OVER, None, "Merci de votre intérêt"),
    ],
)
def test_the_page_says_where_the_evening_stands(client, person, visitors, state, there, said):
    Event.objects.update(state=state)
    Participant.objects.update(arrived_at=there)

    assert said in client.get(address("personal", person)).text


@pytest.mark.parametrize("answer", ["oui", "non"])
def test_once_the_evening_began_the_page_no_longer_decides(client, person, visitors, answer):
    visitors.event.state = EventState.RUNNING
    visitors.event.save()

    response = client.post(address("presence", person), {"reponse": answer})

    assert response.status_code == 422
    assert Participant.objects.get().state == RegistrationState.REGISTERED


def test_the_name_is_shown_and_taken_back_as_easily(client, person):
    url = address("sharing", person)

    client.post(url, {"accord": "oui"})
    assert Participant.objects.get().shares_sheet
    client.post(url)
    assert not Participant.objects.get().shares_sheet


def test_the_calendar_file_of_who_cancelled_takes_the_event_away(client, person):
    assert "STATUS:CONFIRMED" in client.get(address("own_calendar", person)).text
    client.post(address("presence", person), {"reponse": "non"})

    file = client.get(address("own_calendar", person)).text

    assert "STATUS:CANCELLED" in file
    assert "Alix" not in file


def test_a_link_that_circulated_is_closed_and_another_one_sent(client, person):
    url, before = address("renew", person), address("personal", person)

    assert client.get(url).status_code == 200
    assert client.get(before).status_code == 200
    assert client.post(url).url == "/evenements/soiree/lien/envoye/"

    assert client.get(before).status_code == 410
    mail.outbox.clear()
    run_due(clock=lambda: NOW, limit=None)
    person.refresh_from_db()
    assert address("personal", person) in mail.outbox[0].body


def test_without_an_address_the_link_stays(client, visitors):
    person = ParticipantFactory(party__side=visitors, email="")

    assert client.post(address("renew", person)).url == address("personal", person)
    assert client.get(address("personal", person)).status_code == 200


def test_whoever_waits_has_no_place_to_confirm(client, visitors):
    person = ParticipantFactory(party__side=visitors, state=RegistrationState.WAITING)

    response = client.post(address("presence", person), {"reponse": "oui"})

    assert response.status_code == 422
    assert "pas de place à confirmer" in response.text


def test_the_name_is_taken_back_even_after_the_evening(client, person, visitors):
    client.post(address("sharing", person), {"accord": "oui"})
    visitors.event.state = EventState.OVER
    visitors.event.save()

    assert "Retirer mon nom" in client.get(address("personal", person)).text
    client.post(address("sharing", person))

    assert not Participant.objects.get().shares_sheet
