from datetime import timedelta

import pytest

from ancrage.matching.models import Introduction
from ancrage.matching.queries import proposal_token
from tests.factories import IntroductionFactory, IntroductionMessageFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

URL = "/mises-en-relation/reponse/"


@pytest.fixture
def row(need, candidate):
    return IntroductionFactory(need=need, candidate=candidate)


@pytest.fixture
def link(row):
    return f"{URL}{proposal_token(row, now=NOW)}/"


def test_opening_the_link_shows_and_changes_nothing(client, link, row):
    for _turn in range(2):
        response = client.get(link)
        assert response.status_code == 200
        client.head(link)

    row.refresh_from_db()
    text = response.content.decode()
    assert row.state == "proposed"
    assert ("Hôpital fictif" in text, "Marqueur" in text, "alix@" in text) == (True, False, False)
    assert response.headers["Cache-Control"].startswith("max-age=0")


def test_words_of_the_structure_are_read_before_answering(client, link, row):
    for side, text in (("partner", "Un poste de jour."), ("coordination", "Alix, lisez ceci.")):
        IntroductionMessageFactory(introduction=row, side=side, text=text)

    text = client.get(link).content.decode()

    # The link of a mail may be passed on: the coordination's words may name the person.
    assert ("Un poste de jour." in text, "lisez ceci" in text) == (True, False)


def test_one_button_agrees_and_another_takes_it_back(client, link, row):
    thanks = client.post(link, {"answer": "agree"}, follow=True)

    row.refresh_from_db()
    assert row.state == "agreed"
    assert "voit maintenant votre nom" in thanks.content.decode()
    assert client.get(link).status_code == 410
    undone = client.post(thanks.redirect_chain[-1][0], follow=True)
    row.refresh_from_db()
    assert row.state == "proposed"
    assert "Réponse annulée" in undone.content.decode()
    again = client.post(thanks.redirect_chain[-1][0])
    assert again.status_code == 409


def test_other_button_declines_with_or_without_a_reason(client, link, row):
    thanks = client.post(link, {"answer": "refuse", "reason": "timing"}, follow=True)

    row.refresh_from_db()
    assert (row.state, row.close_reason) == ("closed", "timing")
    assert "n’a été montré à personne" in thanks.content.decode()


def test_answer_that_is_no_button_is_refused(client, link, row):
    assert client.post(link, {"answer": "maybe"}).status_code == 422
    row.refresh_from_db()
    assert row.state == "proposed"


def test_post_closed_meanwhile_is_told_and_nobody_named(client, link, row, need):
    need.status = "paused"
    need.save()

    response = client.post(link, {"answer": "agree"})

    assert response.status_code == 422
    assert "n’est pas à pourvoir" in response.content.decode()
    assert Introduction.objects.get().state == "proposed"


def test_forged_and_old_links_say_so_politely(client, link, november):
    assert client.get(f"{URL}faux/").status_code == 403
    assert client.get(f"{URL}donnee/faux/").status_code == 403
    november.move_to(NOW + timedelta(days=31), tick=False)
    assert client.get(link).status_code == 410


def test_page_speaks_the_language_of_the_person(client, link, candidate):
    candidate.language = "en"
    candidate.save()

    assert "A post for you?" in client.get(link).content.decode()
