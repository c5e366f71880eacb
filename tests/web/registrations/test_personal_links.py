"""The guard of the pages that a personal link opens."""

import pytest
from django.urls import reverse

from ancrage.events.models import Participant
from ancrage.events.queries import personal_token
from ancrage.web.personal_links import PersonalStep, personal_steps
from tests.factories import ParticipantFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def address(token):
    return reverse("registrations:personal", kwargs={"token": token})


def test_the_page_of_a_link_is_kept_by_no_cache_and_told_to_no_other_site(client):
    response = client.get(address(personal_token(ParticipantFactory())))

    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "same-origin"


def test_the_page_is_in_the_language_of_the_registration(client):
    token = personal_token(ParticipantFactory(language="en"))

    assert '<html lang="en"' in client.get(address(token)).text


def test_a_guessed_link_is_refused(client):
    response = client.get(address("2:abc"))

    assert response.status_code == 403
    assert "coupé par la messagerie" in response.text


def test_a_replaced_link_says_that_another_one_is_good(client):
    token = personal_token(ParticipantFactory(first_name="Alix"))
    Participant.objects.update(badge="234567")

    response = client.get(address(token))

    assert response.status_code == 410
    assert "un autre l’a remplacé" in response.text
    assert "Alix" not in response.text


def test_steps_are_those_open_now_in_their_order():
    participant = ParticipantFactory.build()
    steps = [
        PersonalStep("Fermée", "registrations:personal", 10, lambda person, now: False),
        PersonalStep("Ouverte", "registrations:personal", 20, lambda person, now: now == NOW),
    ]

    shown = personal_steps(participant, "a-token", now=NOW, steps=steps)

    assert [(step.label, step.url) for step in shown] == [("Ouverte", address("a-token"))]
