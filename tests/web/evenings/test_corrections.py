"""Everybody noted at once and taken back; a meeting corrected by hand."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.events import services
from ancrage.events.models import Meeting, Participant
from tests.factories.evenings import STARTS

pytestmark = pytest.mark.django_db


def address(evening, name="evening", *args):
    return reverse(f"evenings:{name}", args=[evening.event.pk, *args])


def arrived():
    return Participant.objects.filter(arrived_at__isnull=False).count()


def test_everybody_is_noted_with_one_button_and_taken_back_with_another(client, evening):
    assert "noter les 6 personnes attendues" in client.get(address(evening)).text

    page = client.post(address(evening, "everybody"), follow=True)

    assert "6 personnes notées sur place." in page.text
    assert arrived() == 6
    soup = BeautifulSoup(page.content, "html.parser")
    form = soup.select_one(f"form[action='{address(evening, 'everybody_back')}']")
    sent = {one["name"]: one["value"] for one in form.select("input[name=evenings]")}
    back = client.post(form["action"], sent, follow=True)
    assert "de nouveau attendues" in back.text
    assert arrived() == 0
    assert client.post(form["action"], {"evenings": "hier"}).status_code == 404


def test_second_press_is_told(client, evening):
    client.post(address(evening, "everybody"))

    assert (
        "Plus personne n’est attendu"
        in client.post(address(evening, "everybody"), follow=True).text
    )


def test_meeting_is_corrected_by_hand(client, started, clock):
    services.note_everybody(event=started.event, by=None, now=STARTS)
    clock.move_to(STARTS + timedelta(minutes=7))
    page = address(started, "held", 1)
    assert client.get(page).status_code == 404
    services.end_round(event=started.event, number=0, by=None, now=STARTS + timedelta(minutes=7))
    assert page in client.get(address(started, "room")).text
    assert "3 tenues sur 3" in client.get(page).text
    meeting = Meeting.objects.filter(round=0).order_by("pk")[0]

    facts = {"tenue": "0", "retour": page}
    told = client.post(address(started, "correct_held", meeting.pk), facts, follow=True)

    assert "2 tenues sur 3" in told.text
    assert "Le prochain calcul peut la redonner" in told.text
    again = client.post(address(started, "correct_held", meeting.pk), facts, follow=True)
    assert "Il est déjà noté" in again.text
