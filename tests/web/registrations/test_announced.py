"""The events that everybody reads."""

import pytest
from django.urls import reverse

from ancrage.events.enums import EventKind, EventState
from tests.factories import CommuneFactory, EventFactory, ParticipantFactory, PartyFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

LIST = "/evenements/"


def shown(response):
    return [event.title for event in response.context["page"]]


@pytest.fixture
def evenings(event):
    EventFactory(title="Brouillon fictif", state=EventState.DRAFT)
    EventFactory(title="Annulée fictive", state=EventState.CANCELLED)
    EventFactory(
        title="Passée fictive",
        state=EventState.OVER,
        starts_at=NOW.replace(month=10),
        doors_at=NOW.replace(month=10),
        registration_closes_at=NOW.replace(month=9),
        wishes_close_at=NOW.replace(month=9),
    )
    EventFactory(title="Journée fictive", kind=EventKind.DISCOVERY, place="Halle")


def test_the_list_announces_what_is_to_come(client, evenings):
    assert shown(client.get(LIST)) == ["Soirée fictive", "Journée fictive"]
    assert shown(client.get(LIST, {"quand": "passes"})) == ["Passée fictive"]


def test_the_list_is_narrowed_by_words_and_kind(client, evenings):
    assert shown(client.get(LIST, {"q": "hallé"})) == ["Journée fictive"]
    assert shown(client.get(LIST, {"type": "docdating"})) == ["Soirée fictive"]
    assert "Aucune rencontre annoncée" in client.get(LIST, {"q": "rien"}).text


def test_a_page_of_the_list_asks_as_much_whatever_it_holds(
    client, evenings, django_assert_num_queries
):
    client.get(LIST)
    with django_assert_num_queries(4):
        client.get(LIST)


def test_the_page_says_that_places_are_left_and_never_how_many_came(
    client, event, hosts, visitors
):
    visitors.capacity = 60
    visitors.save()
    ParticipantFactory(party=PartyFactory(side=visitors), first_name="Zélie")

    page = client.get(reverse("registrations:event", args=[event.slug])).text

    assert "Il reste des places" in page
    assert "60 places" in page
    assert "59 places" not in page
    assert "Zélie" not in page


def test_a_full_side_says_so(client, event, visitors):
    ParticipantFactory.create_batch(2, party__side=visitors, event=event)

    page = client.get(reverse("registrations:event", args=[event.slug])).text

    assert "Complet" in page
    assert "Rejoindre la liste d’attente" in page


def test_the_page_shows_where_on_the_map_of_the_territory(client, event):
    event.territory.communes.set([event.commune, CommuneFactory()])
    event.access = "Bus 12 jusqu’à la mairie"
    event.partners = "Faculté fictive\n\n<script>alert(1)</script>"
    event.save()

    page = client.get(reverse("registrations:event", args=[event.slug])).text

    assert 'class="map"' in page
    assert "Bus 12 jusqu’à la mairie" in page
    assert "<li>Faculté fictive</li>" in page
    assert "<script>alert" not in page


def test_the_calendar_file_lasts_from_the_doors_to_the_last_round(client, event):
    event.title = "Soirée\nATTENDEE:mailto:x@exemple.test"
    event.save()

    file = client.get(reverse("registrations:calendar", args=[event.slug])).text

    assert "DTSTART:20261123T093000Z\r\n" in file
    # Half an hour of welcome, then twelve rounds of seven minutes and eleven changes of two.
    assert "DTEND:20261123T114600Z\r\n" in file
    assert "\r\nATTENDEE" not in file


def test_an_event_called_off_says_so_and_names_nothing(client, event):
    event.state = EventState.CANCELLED
    event.save()

    response = client.get(reverse("registrations:event", args=[event.slug]))

    assert response.status_code == 410
    assert "Cette rencontre est annulée" in response.text
    assert "Soirée fictive" not in response.text
