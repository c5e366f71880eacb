"""What has no place in a word between a person and a structure: the writer is told, once."""

import pytest

from ancrage.matching.models import Introduction, IntroductionMessage
from tests.factories import IntroductionFactory, IntroductionMessageFactory

pytestmark = pytest.mark.django_db

URL = "/mises-en-relation/"
NIR = "Mon numéro : 2 85 05 44 131 045 61."
# As a text area sends it.
HEALTH = "Bonjour,\r\nje suis enceinte de trois mois."


@pytest.fixture
def agreed(need, candidate):
    return IntroductionFactory(need=need, candidate=candidate, agreed=True)


@pytest.mark.parametrize("text", [NIR, HEALTH], ids=["NIR", "health"])
def test_message_is_sent_the_second_time_only(client, agreed, person, read, text):
    client.force_login(person)
    address = f"{URL}{agreed.pk}/message/"

    warned = client.post(address, {"text": text})
    page = read(warned)
    # A browser reads the ends of lines of a hidden field in its own way.
    relu = page.find("input", {"name": "relu"})["value"].replace("\r\n", "\n")
    other = client.post(address, {"text": f"{text} Et encore.", "relu": relu})
    kept_nothing = not IntroductionMessage.objects.exists()
    sent = client.post(address, {"text": text, "relu": relu})

    assert (warned.status_code, other.status_code, sent.status_code) == (422, 422, 302)
    assert "envoyez-le une seconde fois tel quel" in page.get_text()
    assert page.find(id="id_text").get_text().strip() == text
    assert kept_nothing
    assert IntroductionMessage.objects.get().text == text


def test_coordination_sees_which_message_to_read_again(client, agreed, coordinator, owner, read):
    IntroductionMessageFactory(introduction=agreed, text=NIR)
    IntroductionMessageFactory(introduction=agreed, text="À jeudi.")
    marks = {}

    for who in (coordinator, owner):
        client.force_login(who)
        page = read(client.get(f"{URL}{agreed.pk}/"))
        marks[who] = [
            "À relire" in one.get_text() for one in page.select("article") if one.find("time")
        ]

    assert marks == {coordinator: [True, False], owner: [False, False]}


def test_application_is_sent_the_second_time_only(client, need, person, candidate, read):
    client.force_login(person)
    address = f"{URL}candidater/{need.pk}/"
    sent = {"message": HEALTH, "agrees": "on"}

    warned = client.post(address, sent)
    relu = read(warned).find("input", {"name": "relu"})["value"]
    done = client.post(address, {**sent, "relu": relu})

    assert (warned.status_code, done.status_code) == (422, 302)
    assert Introduction.objects.get().state == "agreed"


def test_reason_of_an_end_is_read_too(client, agreed, owner, read):
    client.force_login(owner)
    address = f"{URL}{agreed.pk}/clore/"
    sent = {"reason": "partner:other_skills", "note": "Elle est enceinte de trois mois."}

    warned = client.post(address, sent)
    relu = read(warned).find("input", {"name": "relu"})["value"]

    assert warned.status_code == 422
    assert client.post(address, {**sent, "relu": relu}).status_code == 302
