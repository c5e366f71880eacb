"""An event is created, changed by two at once, opened, closed."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from ancrage.events.enums import EventKind, EventState
from ancrage.events.models import Event, EventBreak, Question
from ancrage.events.services import start_round
from ancrage.kit.models import AuditLine, OutboxTask
from tests.factories import CommuneFactory, ParticipantFactory, PartyFactory
from tests.factories.evenings import running_evening

pytestmark = pytest.mark.django_db


def _url(event, name, *more):
    return reverse(f"events:{name}", args=[event.pk, *more])


def _sent(response, **changes):
    """What the browser would send of the form of settings of a page."""
    page = BeautifulSoup(response.content, "html.parser")
    (form,) = page.select("form:has(input[name=opened_on])")
    sent = {
        field["name"]: field.get("value", "")
        for field in form.select("input[name]")
        if field.get("type") not in {"checkbox", "radio"} or field.has_attr("checked")
    }
    sent |= {area["name"]: area.text.removeprefix("\n") for area in form.select("textarea")}
    for choice in form.select("select"):
        chosen = choice.select_one("option[selected]")
        sent[choice["name"]] = chosen["value"] if chosen else ""
    return sent | changes


def _typed(**changes):
    return {
        "template": "discovery",
        "title": "Journée fictive",
        "day": "2026-12-03",
        "hour": "18:30",
        "place": "Salle fictive",
        "commune": "Pornic",
        "host_places": "12",
        "visitor_places": "",
        **changes,
    }


def test_event_is_created_from_a_template(client, coordinator, territory):
    response = client.post(reverse("events:create"), _typed())

    event = Event.objects.get()
    assert response["Location"] == _url(event, "detail")
    assert (event.territory, event.kind, event.state, event.commune.name) == (
        territory,
        EventKind.DISCOVERY,
        EventState.DRAFT,
        "Pornic",
    )
    assert event.starts_at.isoformat() == "2026-12-03T17:30:00+00:00"
    capacities = dict(event.sides.values_list("role", "capacity"))
    assert capacities == {"host": 12, "visitor": None}
    assert event.sides.get(role="visitor").questions.count() == 4


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"day": "2026-11-02"}, "Ce moment est passé"),
        ({"commune": "Nulle-Part-sur-Mer"}, "Aucune commune ne porte ce nom"),
        ({"title": ""}, "Titre"),
    ],
)
def test_event_that_cannot_be_is_refused_with_what_was_typed(
    client, coordinator, changes, sentence
):
    response = client.post(reverse("events:create"), _typed(**changes))

    assert response.status_code == 422
    assert sentence in response.text
    assert 'value="Salle fictive"' in response.text
    assert not Event.objects.exists()


def test_facts_are_changed(client, coordinator, event):
    shown = client.get(_url(event, "edit"))

    response = client.post(_url(event, "edit"), _sent(shown, title="Autre soirée", rounds="9"))

    event.refresh_from_db()
    assert response["Location"] == _url(event, "detail")
    assert (event.title, event.rounds, event.revision) == ("Autre soirée", 9, 2)
    assert list(AuditLine.objects.get().changes) == ["title", "rounds"]


def test_dates_that_contradict_one_another_are_told_beside_them(client, coordinator, event):
    shown = client.get(_url(event, "edit"))

    response = client.post(_url(event, "edit"), _sent(shown, wishes_close_at="2026-12-30T10:00"))

    assert response.status_code == 422
    assert "après le premier tour" in response.text


def test_a_new_place_is_saved_once_one_has_said_whether_people_are_told(
    client, coordinator, event, visitors
):
    ParticipantFactory(party=PartyFactory(side=visitors))
    typed = _sent(client.get(_url(event, "edit")), place="Autre salle")

    asked = client.post(_url(event, "edit"), typed)

    assert asked.status_code == 422
    assert "Prévenir la personne inscrite" in asked.text
    event.refresh_from_db()
    assert event.place == "Salle fictive"
    answer = {**_sent(asked), "prevenir": "oui"}
    saved = client.post(_url(event, "edit"), answer, follow=True)
    assert "1 personne inscrite est prévenue par courriel." in saved.text
    assert OutboxTask.objects.filter(kind="events.tell_moved").count() == 1
    typed = {**_sent(client.get(_url(event, "edit")), place="Encore"), "prevenir": "non"}
    client.post(_url(event, "edit"), typed)
    event.refresh_from_db()
    assert event.place == "Encore"
    assert OutboxTask.objects.filter(kind="events.tell_moved").count() == 1


def test_second_of_two_organisers_is_shown_the_first_version(client, coordinator, event):
    shown = client.get(_url(event, "edit"))
    client.post(_url(event, "edit"), _sent(shown, title="La première"))

    response = client.post(_url(event, "edit"), _sent(shown, title="La seconde", minutes="9"))

    assert response.status_code == 409
    page = BeautifulSoup(response.content, "html.parser")
    assert [row.th.text for row in page.select("main table tbody tr")] == [
        "Titre",
        "Durée d’un tour (minutes)",
    ]
    client.post(_url(event, "edit"), _sent(response))
    event.refresh_from_db()
    assert (event.title, event.minutes) == ("La seconde", 9)


def test_raised_capacity_says_who_got_a_place(client, coordinator, event, hosts, visitors):
    for state in ("registered", "registered", "waiting"):
        ParticipantFactory(party=PartyFactory(side=visitors), state=state)
    shown = client.get(_url(event, "sides"))

    raised = {"visitor-capacity": "3"}
    response = client.post(_url(event, "sides"), _sent(shown, **raised), follow=True)

    assert "1 personne de la liste d’attente a maintenant une place." in response.text
    lowered = {"visitor-capacity": "1"}
    shown = client.get(_url(event, "sides"))
    response = client.post(_url(event, "sides"), _sent(shown, **lowered), follow=True)
    assert "2 personnes de plus que de places" in response.text


def test_breaks_move_the_rounds_that_follow(client, coordinator, event):
    shown = client.get(_url(event, "hours"))

    response = client.post(_url(event, "hours"), _sent(shown, after_0="15"), follow=True)

    assert EventBreak.objects.get().minutes == 15
    page = BeautifulSoup(response.content, "html.parser")
    starts = [row.td.text for row in page.select("main tbody tr")]
    assert starts[:3] == ["11:00", "11:24", "11:33"]


def test_questions_are_added_ordered_and_taken_away(client, coordinator, event, visitors):
    asked = Question.objects.create(side=visitors, position=1, kind="text", label="Métier ?")
    add = _url(event, "question_add", "visitor")

    client.post(
        add,
        _sent(client.get(add), label="Quels jours ?", kind="choices", options="Lundi\n\n Mardi "),
    )

    added = Question.objects.get(label="Quels jours ?")
    assert added.options == [["lundi", "Lundi"], ["mardi", "Mardi"]]
    client.post(_url(event, "question_move", added.pk), {"sens": "haut"})
    order = list(visitors.questions.order_by("position").values_list("pk", flat=True))
    assert order == [added.pk, asked.pk]
    edit = _url(event, "question_edit", added.pk)
    client.post(edit, _sent(client.get(edit), label="Quels jours, en général ?"))
    added.refresh_from_db()
    assert added.label == "Quels jours, en général ?"
    event.refresh_from_db()
    delete = _url(event, "question_delete", asked.pk)
    client.post(delete, {"revision": event.revision, "reponses": 0})
    assert list(visitors.questions.values_list("pk", flat=True)) == [added.pk]


def test_question_without_options_is_refused_with_what_was_typed(
    client, coordinator, event, visitors
):
    add = _url(event, "question_add", "visitor")

    response = client.post(add, _sent(client.get(add), label="Jours ?", kind="choice"))

    assert response.status_code == 422
    assert "Proposez au moins deux réponses" in response.text
    assert 'value="Jours ?"' in response.text


def test_registration_page_asks_few_queries(
    client, coordinator, event, hosts, visitors, django_assert_max_num_queries
):
    for position in range(3):
        Question.objects.create(side=hosts, position=position, kind="text", label="Métier ?")

    with django_assert_max_num_queries(14):
        client.get(_url(event, "registration"))


def test_room_is_drawn_and_changed(client, coordinator, event):
    client.post(_url(event, "room_count"), {"count": "3", "revision": "1"})
    shown = client.get(_url(event, "room"))
    assert len(shown.context["plan"].discs) == 3

    client.post(_url(event, "room"), _sent(shown, **{"table-2-x": "12", "table-2-label": "Bar"}))

    second = event.tables.get(number=2)
    assert (second.label, second.x) == ("Bar", 12)
    event.refresh_from_db()
    client.post(_url(event, "room_rows"), {"columns": "3", "revision": event.revision})
    assert sorted(event.tables.values_list("x", flat=True)) == [1, 4, 7]
    refused = client.post(_url(event, "room_count"), {"count": "9000"})
    assert refused.status_code == 422


def test_state_moves_after_saying_what_it_does(client, coordinator, event, hosts, visitors):
    page = client.get(_url(event, "move", "closed"))
    assert "plus personne ne s’inscrit par la page publique" in page.text

    client.post(_url(event, "move", "closed"), {"revision": "1"})

    event.refresh_from_db()
    assert event.state == EventState.CLOSED
    assert client.get(_url(event, "move", "over")).status_code == 404


def test_the_round_being_played_ends_with_the_evening(client, coordinator, territory):
    event = running_evening(territory=territory).event
    start_round(event=event, number=0, by=None, now=timezone.now())

    client.post(_url(event, "move", "over"), {"revision": str(event.revision)})

    event.refresh_from_db()
    assert event.state == EventState.OVER
    assert event.actual_rounds.get().ended_at is not None


def test_state_moved_meanwhile_is_told(client, coordinator, event):
    Event.objects.update(revision=4)

    response = client.post(_url(event, "move", "closed"), {"revision": "1"}, follow=True)

    assert "Une autre personne vient de modifier cet événement" in response.text
    event.refresh_from_db()
    assert event.state == EventState.OPEN


def test_commune_of_the_form_is_the_one_shown(client, coordinator, event):
    event.commune = CommuneFactory(name="Lieu-Fictif")
    event.save()

    shown = client.get(_url(event, "edit"))

    assert _sent(shown)["commune"] == "Lieu-Fictif"


def test_event_is_called_off_with_a_reason_and_restored(client, coordinator, event, visitors):
    ParticipantFactory(party=PartyFactory(side=visitors))
    page = client.get(_url(event, "cancel"))
    assert "1 personne inscrite est prévenue par courriel" in page.text
    assert client.post(_url(event, "cancel"), {"revision": "1"}).status_code == 422

    told = client.post(
        _url(event, "cancel"), {"revision": "1", "reason": "Salle inondée"}, follow=True
    )

    assert "Salle inondée" in told.text
    assert _url(event, "restore") in told.text
    assert client.get(_url(event, "cancel")).status_code == 404
    assert "redevient" in client.get(_url(event, "restore")).text
    client.post(_url(event, "restore"), {"revision": "2"})
    event.refresh_from_db()
    assert event.state == EventState.OPEN
    assert client.get(_url(event, "restore")).status_code == 404


def test_draft_is_deleted_after_a_question(client, coordinator, event):
    assert client.get(_url(event, "delete")).status_code == 404
    Event.objects.update(state=EventState.DRAFT)
    assert _url(event, "delete") in client.get(_url(event, "detail")).text
    assert "Supprimer cet événement ?" in client.get(_url(event, "delete")).text

    response = client.post(_url(event, "delete"), {"revision": "1"})

    assert response["Location"] == reverse("events:list")
    assert not Event.objects.exists()
