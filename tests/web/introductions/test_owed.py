"""What waits for an answer, where its reader lands; what is over, where nothing goes on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from tests.factories import IntroductionFactory, NeedFactory
from tests.factories.moments import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def owed(need, candidate, neighbour):
    """Two answers due, the later one first; and what is nobody's to answer."""
    later = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    late = IntroductionFactory(need=need, agreed=True, answer_due_on=TODAY - timedelta(days=2))
    IntroductionFactory(need=need, answered=True)
    IntroductionFactory(need=need, origin="partner")
    IntroductionFactory(need=NeedFactory(partner=neighbour, published=True), agreed=True)
    return late, later


@pytest.mark.parametrize("page", ["/besoins/", "/"])
def test_structure_reads_the_answers_it_owes_where_it_lands(client, owed, owner, read, page):
    client.force_login(owner)

    said = read(client.get(page)).find("h2", string=lambda text: "votre réponse" in (text or ""))
    card = said.find_parent(class_="card")

    assert said.get_text() == "2 personnes attendent votre réponse"
    assert [link["href"] for link in card.find_all("a")] == [
        *(f"/mises-en-relation/{row.pk}/" for row in owed),
        "/mises-en-relation/liste/?etape=agreed",
    ]
    assert [tag.get_text(strip=True) for tag in card.select(".tag")] == [
        "En retard de 2 jours",
        "Répondre sous 10 jours",
    ]
    assert "Marqueur" not in card.get_text()


def test_nothing_is_said_to_whoever_owes_no_answer(client, owed, coordinator, read):
    for reader in (coordinator, None):
        client.logout()
        if reader is not None:
            client.force_login(reader)
        assert "votre réponse" not in read(client.get("/")).get_text()


def test_own_page_opens_on_what_exists(client, person, candidate, need, read):
    IntroductionFactory(need=need, candidate=candidate, hired=True)
    client.force_login(person)
    url = reverse("introductions:own")

    opened = read(client.get(url))
    assert (
        opened.select_one(".tabs [aria-current]").get_text(" ", strip=True).startswith("Terminées")
    )
    going_on = read(client.get(url, {"etat": "en-cours"}))
    assert "Rien en cours" in going_on.get_text()
    assert going_on.find("a", string=lambda text: text and "Voir les terminées" in text)

    IntroductionFactory(
        need=NeedFactory(partner=need.partner, published=True), candidate=candidate
    )
    opened = read(client.get(url))
    assert (
        opened.select_one(".tabs [aria-current]").get_text(" ", strip=True).startswith("En cours")
    )
