"""A change of day, hour or place, told once to whoever is registered."""

from datetime import timedelta

import pytest
from django.core import mail

from ancrage.events.enums import EventState
from ancrage.events.models import Event
from ancrage.events.queries import people_to_tell, shifts_planned
from ancrage.events.services import calendar_of, edit_event, set_breaks
from ancrage.kit.outbox import run_due
from ancrage.privacy.services import limit_subject
from tests.factories import CommuneFactory, ParticipantFactory, PartyFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def said(event, **facts):
    return [(one.label, one.before, one.after) for one in shifts_planned(event, facts=facts)]


def change(event, *, tell=True, **facts):
    return edit_event(event=event, revision=event.revision, by=None, now=NOW, tell=tell, **facts)


def sent():
    mail.outbox.clear()
    run_due(clock=lambda: NOW, limit=None)
    return mail.outbox


@pytest.fixture
def placed(visitors):
    return ParticipantFactory(party=PartyFactory(side=visitors), email="sam@exemple.test")


def test_what_moves_is_said_in_the_order_of_the_evening(event):
    later = {name: getattr(event, name) + timedelta(days=1) for name in ("doors_at", "starts_at")}

    assert said(event, **later, minutes=8, place="Autre salle") == [
        ("Jour", "lundi 23 novembre 2026", "mardi 24 novembre 2026"),
        ("Fin", "12:46", "12:58"),
        ("Lieu", f"Salle fictive, {event.commune}", f"Autre salle, {event.commune}"),
    ]


def test_a_break_moves_the_end(event):
    (shift,) = shifts_planned(event, pauses={2: 15})

    assert (shift.label, shift.before, shift.after) == ("Fin", "12:46", "13:01")


@pytest.mark.parametrize("state", ["draft", "running", "over", "cancelled"])
def test_nobody_is_asked_about_an_event_that_is_not_to_come(event, state):
    event.state = state

    assert said(event, place="Autre salle") == []


def test_each_is_told_once_with_the_next_sequence_of_the_file(event, placed):
    before = calendar_of(event=event, participant=placed, now=NOW)
    change(event, place="Autre salle", commune=CommuneFactory(name="Lieu-Fictif"))

    (told,) = sent()

    assert told.to == ["sam@exemple.test"]
    assert told.subject.startswith("Changement")
    assert "- Lieu : Autre salle, Lieu-Fictif, au lieu de Salle fictive" in told.body.replace(
        "\u00a0", " "
    )
    assert "?reponse=oui" in told.body
    assert "?reponse=non" in told.body
    (file,) = told.attachments
    sequences = [
        next(line for line in text.splitlines() if line.startswith("SEQUENCE:"))
        for text in (before, file.content)
    ]
    assert sequences == ["SEQUENCE:2", "SEQUENCE:3"]
    assert "LOCATION:Autre salle" in file.content
    assert sent() == []


def test_nobody_is_told_unless_asked_nor_of_anything_else(event, placed):
    event = change(event, tell=False, place="Autre salle")
    change(event, title="Autre titre", welcome="Bonsoir")

    assert sent() == []


def test_a_change_taken_back_before_the_mail_leaves_is_not_told(event, placed):
    event = change(event, place="Autre salle")
    change(event, place="Salle fictive", tell=False)

    assert sent() == []


def test_an_event_called_off_meanwhile_is_not_told_as_moved(event, placed):
    change(event, place="Autre salle")
    Event.objects.update(state=EventState.CANCELLED)

    assert sent() == []


def test_who_waits_is_told_without_a_file_and_who_left_is_not(event, visitors):
    ParticipantFactory(party=PartyFactory(side=visitors), state="waiting", email="w@exemple.test")
    ParticipantFactory(party=PartyFactory(side=visitors), state="cancelled", cancelled_at=NOW)
    limited = ParticipantFactory(party=PartyFactory(side=visitors))
    limit_subject(subject=limited.subject, by=None, now=NOW)
    set_breaks(event=event, revision=1, breaks={5: 20}, by=None, now=NOW, tell=True)

    (told,) = sent()

    assert people_to_tell(event).count() == 1
    assert (told.to, told.attachments) == (["w@exemple.test"], [])
    assert "Vous restez sur la liste d’attente" in told.body
    assert "?reponse=oui" not in told.body
