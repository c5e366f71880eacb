"""The page of the wishes: read the sheets, say in a click, never seen by the other side."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.events.enums import (
    CompatibilityPart,
    EventState,
    Meaning,
    QuestionKind,
    RegistrationState,
    SideRole,
    WishKind,
)
from ancrage.events.models import Answer, Question, Wish
from ancrage.events.queries import personal_token
from ancrage.events.services.compatibility import PARTS_WEIGHED
from tests.factories import EventFactory, ParticipantFactory, SideFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

MODES = [["locum_regular", "Remplacement régulier"], ["association", "Association"]]


@pytest.fixture(autouse=True)
def today(time_machine):
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def event():
    return EventFactory()


@pytest.fixture
def visitors(event):
    return SideFactory(event=event)


@pytest.fixture
def hosts(event):
    return SideFactory(
        event=event, role=SideRole.HOST, name="médecins installés", singular="médecin installé"
    )


@pytest.fixture
def reader(visitors):
    return ParticipantFactory(party__side=visitors)


@pytest.fixture
def address(reader):
    return reverse("wishes:choose", kwargs={"token": personal_token(reader)})


def host_of(hosts, name, modes=(), **more):
    person = ParticipantFactory(
        party__side=hosts, first_name="Camille", last_name=name, shares_sheet=True, **more
    )
    if modes:
        say(person, modes)
    return person


def say(person, modes):
    question, _ = Question.objects.get_or_create(
        side=person.party.side,
        meaning=Meaning.MODE,
        defaults={
            "position": 1,
            "kind": QuestionKind.CHOICES,
            "label": "Vous cherchez",
            "options": MODES,
        },
    )
    Answer.objects.create(participant=person, question=question, codes=list(modes))


def titles(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [heading.get_text(" ", strip=True) for heading in page.select("[id^=fiche-] h3")]


def post(client, address, party, act, **more):
    return client.post(f"{address}dire/", {"party": party.pk, "act": act}, **more)


def test_the_most_compatible_comes_first_and_who_seeks_nothing_in_common_last(
    client, address, reader, hosts
):
    say(reader, ["association"])
    host_of(hosts, "Différente", ["locum_regular"])
    host_of(hosts, "Muette")
    host_of(hosts, "Semblable", ["association"])

    response = client.get(address)

    assert titles(response) == ["Camille Semblable", "Camille Muette", "Camille Différente"]
    assert "Rien de commun" in response.text


def test_a_click_keeps_a_wish_and_comes_back_where_one_was(client, address, reader, hosts):
    host = host_of(hosts, "Fictive")

    response = post(client, f"{address}", host.party, "wish")

    assert response["Location"] == f"{address}#fiche-{host.party_id}"
    assert list(Wish.objects.values_list("by", "about", "kind", "rank")) == [
        (reader.party_id, host.party_id, WishKind.WANTED, 1)
    ]
    assert "Vœu n° 1" in client.get(address).text


def test_htmx_gets_the_list_alone_with_what_changed_in_words(client, address, hosts):
    host = host_of(hosts, "Fictive")

    response = post(client, address, host.party, "refuse", headers={"HX-Request": "true"})

    assert "<html" not in response.text
    assert "Camille Fictive : à ne pas rencontrer." in response.text


def test_wishes_are_moved_and_taken_back(client, address, hosts):
    first, second = host_of(hosts, "Première"), host_of(hosts, "Seconde")
    for host in (first, second):
        post(client, address, host.party, "wish")

    post(client, address, second.party, "up")
    post(client, address, first.party, "forget")

    assert list(Wish.objects.values_list("about", "rank")) == [(second.party_id, 1)]


def test_somebody_of_the_same_side_or_gone_cannot_be_wished(client, address, visitors):
    beside = ParticipantFactory(party__side=visitors)

    response = post(client, address, beside.party, "wish")

    assert response.status_code == 422
    assert "ne vient plus" in response.text
    assert not Wish.objects.exists()


def test_search_forgets_accents_and_filters_by_what_was_said(client, address, hosts):
    wanted = host_of(hosts, "Éléonore")
    host_of(hosts, "Fictive")
    post(client, address, wanted.party, "wish")

    assert titles(client.get(address, {"q": "eleonore"})) == ["Camille Éléonore"]
    assert titles(client.get(address, {"montrer": "undecided"})) == ["Camille Fictive"]
    assert "Aucune fiche ici" in client.get(address, {"q": "zzz"}).text


def test_once_closed_the_page_is_read_only(client, address, event, hosts):
    host = host_of(hosts, "Fictive")
    event.state = EventState.OVER
    event.save()

    assert "Les vœux sont clos." in client.get(address).text
    assert "Souhaiter" not in client.get(address).text
    assert post(client, address, host.party, "wish").status_code == 422


def test_who_waits_for_a_place_reads_no_sheet(client, address, reader, hosts):
    host_of(hosts, "Fictive")
    reader.state = RegistrationState.WAITING
    reader.save()

    page = client.get(address).text

    assert "Fictive" not in page
    assert "Vous êtes sur la liste d’attente" in page


def test_the_other_side_reads_nothing_of_wishes_and_refusals(client, reader, address, hosts):
    liked, refused = host_of(hosts, "Aimée"), host_of(hosts, "Refusée")
    pages = [
        reverse("wishes:choose", kwargs={"token": personal_token(host)})
        for host in (liked, refused)
    ]
    before = [body_of(client.get(page)) for page in pages]

    post(client, address, liked.party, "wish")
    post(client, address, refused.party, "refuse")

    assert [body_of(client.get(page)) for page in pages] == before


def body_of(response):
    page = BeautifulSoup(response.content, "html.parser")
    return page.select_one("#results").get_text(" ", strip=True)


def test_the_page_costs_the_same_for_one_sheet_and_for_many(
    client, address, hosts, django_assert_num_queries
):
    for number in range(4):
        host_of(hosts, f"Fictive {number}", ["association"])
    client.get(address)

    with django_assert_num_queries(10):
        client.get(address)


def test_parts_of_compatibility_are_those_of_the_core():
    assert tuple(CompatibilityPart.values) == PARTS_WEIGHED
