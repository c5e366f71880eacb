"""The evening on a telephone: where to go, what one says, what is kept for no network."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from ancrage.events.enums import EventState, Interest, SideRole, TimetableStatus
from ancrage.events.models import Mark, Meeting, Round, Table, Timetable
from ancrage.events.queries import personal_token
from tests.factories import EventFactory, ParticipantFactory, SideFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

START = NOW.replace(hour=18, minute=0, second=0, microsecond=0)


@pytest.fixture
def event():
    return EventFactory(
        state=EventState.RUNNING,
        rounds=3,
        doors_at=START - timedelta(minutes=30),
        starts_at=START,
        registration_closes_at=START - timedelta(days=2),
        wishes_close_at=START - timedelta(days=1),
        marks_close_at=START + timedelta(days=2),
    )


@pytest.fixture
def visitor(event):
    return ParticipantFactory(party__side=SideFactory(event=event))


@pytest.fixture
def host(event):
    side = SideFactory(event=event, role=SideRole.HOST, name="médecins", singular="médecin")
    return ParticipantFactory(party__side=side, first_name="Camille", last_name="Fictive")


@pytest.fixture
def meeting(event, host, visitor):
    timetable = Timetable.objects.create(
        event=event,
        version=3,
        status=TimetableStatus.DONE,
        score=1,
        bound=1,
        gap=0,
        proof="flow",
        made_at=NOW,
        published_at=NOW,
        in_force=True,
    )
    table = Table.objects.create(event=event, number=12)
    return Meeting.objects.create(
        timetable=timetable, round=1, table=table, host=host.party, visitor=visitor.party
    )


@pytest.fixture
def at(time_machine):
    def move(minutes):
        time_machine.move_to(START + timedelta(minutes=minutes), tick=False)

    move(0)
    return move


def link(participant, name="show", **more):
    return reverse(f"my_evening:{name}", kwargs={"token": personal_token(participant), **more})


def begin(event, number):
    start = START + timedelta(minutes=9 * number)
    Round.objects.create(
        event=event, number=number, started_at=start, ends_at=start + timedelta(minutes=7)
    )


def panel(response):
    page = BeautifulSoup(response.content, "html.parser")
    return page.select_one("[data-panel]").get_text(" ", strip=True)


def test_before_the_timetable_the_page_says_to_wait(client, visitor, at):
    assert "pas encore publiée" in client.get(link(visitor)).text


def test_the_page_says_where_to_go_next_then_now(client, event, visitor, host, meeting, at):
    begin(event, 0)
    resting = panel(client.get(link(visitor)))
    assert resting.startswith("Maintenant, tour 1 sur 3 Repos")
    assert "Ensuite Table 12 à 19:09, Camille Fictive" in resting

    Round.objects.update(ended_at=START + timedelta(minutes=7))
    at(8)
    coming = panel(client.get(link(visitor)))
    assert coming.startswith("Prochain tour à 19:09 Table 12, avec Camille Fictive")

    at(9)
    begin(event, 1)
    assert "Table 12, avec Camille Fictive" in panel(client.get(link(visitor)))
    assert "vous recevez\xa0: Alix Fictif" in panel(client.get(link(host)))


def test_the_page_carries_what_to_say_at_each_moment_without_network(client, visitor, meeting, at):
    page = BeautifulSoup(client.get(link(visitor)).content, "html.parser")
    moments = [
        (one["data-at"], one.select_one("h2").decode_contents())
        for one in page.select("template[data-at]")
    ]

    assert [words for _at, words in moments] == [
        "Prochain tour à 19:00",
        "Maintenant, tour 1 sur 3",
        "Prochain tour à 19:09",
        "Maintenant, tour 2 sur 3",
        "Prochain tour à 19:18",
        "Maintenant, tour 3 sur 3",
        "Les rencontres sont terminées",
    ]
    assert moments[3][0] == (START + timedelta(minutes=9)).isoformat()


def test_what_is_asked_again_is_the_evening_alone(client, visitor, meeting, at):
    response = client.get(link(visitor, "refresh"))

    assert "<html" not in response.text
    assert panel(response).startswith("Prochain tour à 19:00 Repos")


def test_a_telephone_is_told_how_long_to_keep_the_evening(client, visitor, meeting, at):
    def life(minutes, name="show"):
        at(minutes)
        response = client.get(link(visitor, name))
        page = BeautifulSoup(response.content, "html.parser")
        return int(response["Ancrage-Keep-For"]), page.select_one("#soiree")["data-until"]

    six_hours = timedelta(hours=6)
    # Three rounds of seven minutes and two changeovers: the last ends at 19:25.
    end = START + timedelta(minutes=25) + six_hours

    assert life(-60, "refresh") == (int((end - START).total_seconds()) + 3600, end.isoformat())
    assert life(600)[0] > six_hours.total_seconds()


def test_an_answer_is_kept_with_a_private_note(client, event, visitor, host, meeting, at):
    begin(event, 1)
    address = link(visitor, "mark", party=host.party_id)

    response = client.post(address, {"interest": Interest.YES, "note": "Belle équipe"})

    assert response["Location"] == f"{link(visitor)}#rencontre-{host.party_id}"
    assert Mark.objects.get().interest == Interest.YES
    assert "Belle équipe" in client.get(link(visitor)).text
    assert "Belle équipe" not in client.get(link(host)).text
    assert "Oui" in client.get(link(visitor)).text


def test_a_queued_answer_is_told_in_json(client, event, visitor, host, meeting, at):
    address = link(visitor, "mark", party=host.party_id)
    headers = {"Accept": "application/json"}

    early = client.post(address, {"interest": Interest.YES}, headers=headers)
    begin(event, 1)
    kept = client.post(address, {"interest": Interest.YES}, headers=headers)

    assert (early.status_code, list(early.json())) == (422, ["mistake"])
    assert kept.json() == {"kept": True}


def test_a_note_too_long_comes_back_with_what_was_typed(client, event, visitor, host, meeting, at):
    begin(event, 1)

    response = client.post(link(visitor, "mark", party=host.party_id), {"note": "é" * 2001})

    assert response.status_code == 422
    assert "é" * 2001 in response.text
    assert not Mark.objects.exists()


def test_who_gave_up_their_place_reads_nothing(client, visitor, meeting, at):
    visitor.state, visitor.cancelled_at = "cancelled", NOW
    visitor.save()

    assert "Camille" not in client.get(link(visitor)).text


def test_the_worker_is_a_script_below_the_address_it_keeps(client, visitor, at):
    response = client.get(link(visitor, "worker"))

    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert link(visitor, "worker").startswith(link(visitor))


def test_the_page_costs_the_same_for_one_meeting_and_for_many(
    client, event, visitor, host, meeting, at, django_assert_num_queries
):
    for number in (0, 2):
        other = ParticipantFactory(party__side=host.party.side)
        Meeting.objects.create(
            timetable=meeting.timetable, round=number, host=other.party, visitor=visitor.party
        )
    client.get(link(visitor))

    with django_assert_num_queries(10):
        client.get(link(visitor))
