"""The list of events, and the home of one."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.events.enums import EventState
from tests.factories import EventFactory, ParticipantFactory, PartyFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def _titles(response):
    page = BeautifulSoup(response.content, "html.parser")
    return [row.get_text() for row in page.select("tbody th a")]


def test_list_shows_the_events_to_come_of_the_territory(
    client, coordinator, event, territory, hosts, visitors, django_assert_max_num_queries
):
    EventFactory(title="Soirée d’ailleurs")
    EventFactory(territory=territory, title="Soirée plus tard", starts_at=NOW + timedelta(8))
    EventFactory(territory=territory, title="Soirée annulée", state=EventState.CANCELLED)
    ParticipantFactory(party=PartyFactory(side=visitors))

    with django_assert_max_num_queries(16):
        response = client.get(reverse("events:list"))

    assert _titles(response) == ["Soirée fictive", "Soirée plus tard"]
    assert "1 sur 2 internes et remplaçants" in response.text
    past = client.get(reverse("events:list"), {"quand": "passes"})
    assert _titles(past) == ["Soirée annulée"]


def test_list_is_searched_without_accents(client, coordinator, event, territory):
    EventFactory(territory=territory, title="Job dating")

    response = client.get(reverse("events:list"), {"q": "SOIREE"})

    assert _titles(response) == ["Soirée fictive"]


def test_home_counts_each_side(client, coordinator, event, hosts, visitors):
    for state in ("registered", "confirmed", "waiting"):
        ParticipantFactory(party=PartyFactory(side=visitors), state=state)

    response = client.get(reverse("events:detail", args=[event.pk]))

    counts = [
        (side.name, side.placed, side.confirmed, side.waiting)
        for side in response.context["sides"]
    ]
    assert counts == [("médecins installés", 0, 0, 0), ("internes et remplaçants", 2, 1, 1)]
    page = BeautifulSoup(response.content, "html.parser")
    (current,) = page.select(".tabs a[aria-current=page]")
    assert current["href"] == reverse("events:detail", args=[event.pk])


def test_list_is_exported_as_its_filters_show_it(client, coordinator, event, hosts, visitors):
    EventFactory(territory=event.territory, title="Autre fictif")
    EventFactory(title="Soirée d’ailleurs")
    for state in ("confirmed", "waiting"):
        ParticipantFactory(party=PartyFactory(side=visitors), state=state)

    response = client.get(reverse("events:export_csv"), {"q": "soiree"})

    header, *lines = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert header.split(";")[12:15] == [
        "Côté qui change de table",
        "Côté qui change de table, places",
        "Côté qui change de table, ont une place",
    ]
    assert [line.split(";") for line in lines] == [
        [
            "Soirée fictive",
            "Doc’dating",
            "Inscriptions ouvertes",
            "23/11/2026",
            "Salle fictive",
            str(event.commune),
            *("médecins installés", "", "0", "0", "0", "0"),
            *("internes et remplaçants", "2", "1", "1", "1", "0"),
            *("0", "0", "0"),
        ]
    ]
    assert "participant" not in str(lines)
    assert client.get(reverse("events:export_xlsx")).status_code == 200
