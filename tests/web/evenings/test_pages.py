"""The organiser's evening, page by page, and two organisers at once."""

from datetime import timedelta

import pytest
from django.urls import reverse

from ancrage.events import services
from ancrage.events.enums import EventState, Presence, RegistrationOrigin
from ancrage.events.models import Event, Participant, Round, Table, Timetable
from ancrage.privacy.models import AccessTrace, DataSubject
from tests.factories.evenings import STARTS

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}


def address(evening, name="evening", *args):
    return reverse(f"evenings:{name}", args=[evening.event.pk, *args])


def note(client, evening, person, act, *, seen=None):
    return client.post(
        address(evening, "person", person.badge),
        {"geste": act, "revision": seen or person.revision},
        follow=True,
    )


def press(client, evening, act, number, **more):
    data = {"geste": act, "numero": number, **more}
    return client.post(address(evening, "round"), data, follow=True)


def names(response):
    return [row.person.last_name for row in response.context["rows"]]


def test_the_page_lists_everybody_and_asks_few_questions(
    client, evening, django_assert_max_num_queries
):
    with django_assert_max_num_queries(20):
        response = client.get(address(evening))

    assert names(response) == [
        f"{letter} {rank} fictif" for letter in ("Hôte", "Vîsiteur") for rank in (1, 2, 3)
    ]
    assert response.context["incomplete"] == 3


def test_people_are_searched_without_accents_and_by_badge(client, evening):
    person = evening.person(evening.visitors[1])

    by_name = client.get(address(evening), {"q": "visiteur 2"}, **HTMX)
    by_badge = client.get(address(evening), {"q": person.badge.lower()})
    by_side = client.get(address(evening), {"cote": "host", "etat": "expected"})
    nobody = client.get(address(evening), {"q": "inconnu"})

    assert names(by_name) == names(by_badge) == ["Vîsiteur 2 fictif"]
    assert by_name.content.decode().strip().startswith('<div id="results"')
    assert len(names(by_side)) == 3
    assert "inscrivez la personne" in nobody.content.decode()


def test_an_arrival_is_noted_from_the_list_and_one_goes_on_with_the_next(client, evening):
    person = evening.person(evening.hosts[0])
    listed = address(evening) + "?etat=expected"

    response = client.post(
        address(evening, "person", person.badge),
        {"geste": "arrived", "revision": 1, "retour": listed},
    )

    assert (response.status_code, response.url) == (302, listed)
    assert Participant.objects.get(pk=person.pk).arrived_at == STARTS
    elsewhere = client.post(
        address(evening, "person", person.badge),
        {"geste": "left", "revision": 2, "retour": "https://ailleurs.exemple/"},
    )
    assert elsewhere.url == address(evening)


def test_a_badge_read_by_a_telephone_shows_and_a_press_acts(client, evening):
    """A scan is a GET: it changes nothing by itself."""
    person = evening.person(evening.visitors[0])

    shown = client.get(address(evening, "person", person.badge.lower()))

    assert [step.shown for step in shown.context["path"]] == [1, 2, 3]
    assert Participant.objects.get(pk=person.pk).arrived_at is None
    answer = note(client, evening, person, "arrived")
    assert "Alix Vîsiteur 1 fictif : Sur place." in answer.content.decode().replace("\xa0", " ")


def test_a_lost_sheet_is_printed_again_from_the_page_of_the_person(client, evening):
    person = Participant.objects.order_by("pk")[0]
    sheet = reverse("handouts:take", args=[evening.event.pk, "personnes"])

    page = client.get(address(evening, "person", person.badge)).text

    assert f'href="{sheet}?pour=person:{person.pk}"' in page
    proposed = client.get(sheet, {"pour": f"person:{person.pk}"}).context["form"]
    assert proposed.initial["audience"] == f"person:{person.pk}"


def test_two_organisers_and_the_second_is_told(client, evening):
    person = evening.person(evening.visitors[0])
    note(client, evening, person, "arrived")

    again = note(client, evening, person, "arrived", seen=1)
    undone = note(client, evening, person, "absent", seen=1)

    assert "C’était déjà noté" in again.content.decode()
    assert "Rien n’a été changé" in undone.content.decode()
    assert Participant.objects.get(pk=person.pk).arrived_at == STARTS


@pytest.mark.parametrize("data", [{}, {"geste": "dance", "revision": 1}, {"geste": "left"}])
def test_a_forged_act_is_not_found(client, evening, data):
    person = evening.person(evening.visitors[0])

    response = client.post(address(evening, "person", person.badge), data)

    assert response.status_code == 404


def test_the_badge_of_another_evening_is_not_found(client, evening):
    assert client.get(address(evening, "person", "ZZZZZZ")).status_code == 404


def test_an_open_page_is_told_when_somebody_else_noted_something(client, evening):
    stamp = client.get(address(evening)).context["stamp"]
    fresh = client.get(address(evening, "pulse"), {"vu": stamp})
    person = evening.person(evening.hosts[0])
    services.note_presence(participant=person, after=Presence.ARRIVED, seen=1, by=None, now=STARTS)

    stale = client.get(address(evening, "pulse"), {"vu": stamp})

    assert "Actualiser la page" not in fresh.content.decode()
    assert "Actualiser la page" in stale.content.decode()


def test_the_small_fragment_asks_few_questions(client, evening, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        client.get(address(evening, "pulse"))


def test_rounds_start_last_longer_end_and_are_taken_back(client, evening):
    press(client, evening, "commencer", 1)
    started = Round.objects.get()
    assert (started.number, started.started_at) == (0, STARTS)
    press(client, evening, "minute", 1, fin=started.ends_at.isoformat())
    assert Round.objects.get().ends_at == STARTS + timedelta(minutes=8)
    again = press(client, evening, "commencer", 1)
    assert "Le tour a changé entre-temps" in again.content.decode()
    press(client, evening, "terminer", 1)
    assert Round.objects.get().ended_at == STARTS
    press(client, evening, "reprendre", 1)
    assert Round.objects.get().ended_at is None


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"geste": "danser", "numero": "1"},
        {"geste": "commencer", "numero": "0"},
        {"geste": "commencer", "numero": "9" * 30},
        {"geste": "minute", "numero": "1", "fin": "hier"},
        {"geste": "minute", "numero": "1", "fin": "2026-99-99T00:00"},
    ],
)
def test_a_forged_round_is_not_found(client, evening, data):
    assert client.post(address(evening, "round"), data).status_code == 404


def test_a_round_is_dropped_and_put_back_and_a_table_lost(client, evening):
    room = address(evening, "room")
    press(client, evening, "supprimer", 2, retour=room)
    assert Event.objects.get(pk=evening.event.pk).dropped_rounds == [1]
    shown = press(client, evening, "remettre", 2, retour=room)
    assert Event.objects.get(pk=evening.event.pk).dropped_rounds == []
    assert shown.request["PATH_INFO"] == room

    table = evening.tables[0]
    client.post(address(evening, "table", table.pk), {"utilisable": "0"})
    assert not Table.objects.get(pk=table.pk).usable
    told = client.post(address(evening, "table", table.pk), {"utilisable": "0"}, follow=True)
    assert "déjà notée perdue" in told.content.decode()


def test_somebody_walks_in_in_four_fields(client, evening):
    response = client.post(
        address(evening, "walk_in"),
        {"side": evening.visitor_side.pk, "first_name": "Sam", "last_name": "Passage fictif"},
    )

    guest = Participant.objects.get(last_name="Passage fictif")
    assert response.url == address(evening, "person", guest.badge)
    assert (guest.origin, guest.arrived_at) == (RegistrationOrigin.WALK_IN, STARTS)


def test_a_walk_in_without_a_name_keeps_what_was_typed(client, evening):
    known = evening.person(evening.hosts[0])
    data = {"side": evening.visitor_side.pk, "first_name": "Sam", "email": known.email}

    nameless = client.post(address(evening, "walk_in"), data)
    twice = client.post(address(evening, "walk_in"), data | {"last_name": "Fictif"})

    assert (nameless.status_code, twice.status_code) == (422, 422)
    assert 'value="Sam"' in nameless.content.decode()
    assert list(twice.context["form"].errors) == ["email"]


def test_a_new_plan_is_shown_then_put_in_force(client, started, clock):
    clock.move_to(STARTS + timedelta(minutes=8), tick=False)
    Participant.objects.filter(party__in=started.hosts).update(arrived_at=STARTS)
    Participant.objects.filter(party__in=started.visitors[:2]).update(arrived_at=STARTS)

    shown = client.get(address(started, "replan"))
    proposal = shown.context["proposal"]
    assert [one.who.party for one in proposal.withdrawn] == [started.visitors[2]]
    assert "qui n’est pas là" in shown.content.decode()
    waiting = client.get(
        address(started, "replan"), {"promesses": "garder", "absents": "attendre"}
    )
    assert "Rien à changer" in waiting.content.decode()
    answer = client.post(
        address(started, "replan"),
        {"promesses": "garder", "absents": "retirer", "empreinte": proposal.fingerprint},
    )

    assert answer.url == address(started)
    assert Timetable.objects.get(in_force=True).version == 2


def test_a_plan_shown_before_a_departure_is_not_applied(client, started):
    Participant.objects.update(arrived_at=STARTS)
    fingerprint = client.get(address(started, "replan")).context["proposal"].fingerprint
    Participant.objects.filter(party=started.hosts[0]).update(left_at=STARTS)

    answer = client.post(
        address(started, "replan"),
        {"promesses": "changer", "nombre": 2, "absents": "retirer", "empreinte": fingerprint},
    )

    assert answer.status_code == 422
    assert "rien n’a été appliqué" in answer.content.decode()
    assert answer.context["proposal"].choice.changes == 2
    assert Timetable.objects.count() == 1


def test_how_many_may_change_must_be_said(client, started):
    answer = client.get(address(started, "replan"), {"promesses": "changer", "absents": "retirer"})

    assert list(answer.context["form"].errors) == ["nombre"]
    assert "proposal" not in answer.context


def test_a_plan_cannot_be_made_once_the_evening_is_over(client, evening):
    Event.objects.update(state=EventState.OVER)

    answer = client.post(address(evening, "replan"), {"promesses": "garder", "absents": "retirer"})

    assert answer.status_code == 422
    assert "ouvrez la soirée d’abord" in answer.content.decode()


def test_the_evening_is_opened_and_closed(client, evening):
    Event.objects.update(state=EventState.OPEN)
    before = client.get(address(evening))
    assert "Ouvrir la soirée" in before.content.decode()
    client.post(address(evening, "open"))
    assert Event.objects.get(pk=evening.event.pk).state == EventState.RUNNING

    asked = client.get(address(evening, "close"))
    assert "plus aucun tour ne commence" in asked.content.decode()
    client.post(address(evening, "close"))

    assert Event.objects.get(pk=evening.event.pk).state == EventState.OVER
    after = client.get(address(evening)).text
    assert reverse("outcomes:report", args=[evening.event.pk]) in after
    assert "Pas venu·e" in after
    assert "Attendu·e</span>" not in after
    told = client.post(address(evening, "close"), follow=True)
    assert "ouvrez la soirée d’abord" in told.content.decode()


def test_an_evening_without_a_timetable_offers_to_make_one(client, evening):
    Timetable.objects.all().delete()

    page = client.get(address(evening)).content.decode()

    assert "Calculer avec les personnes présentes" in page
    assert "Commencer le tour" not in page


def test_an_evening_with_nobody_is_sane(client, evening):
    Participant.objects.all().delete()

    pages = [client.get(address(evening, name)) for name in ("evening", "room", "replan")]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert "Personne n’est inscrit" in pages[0].content.decode()


def test_names_shown_leave_a_line_once_a_day_and_frozen_people_are_badges(client, evening):
    frozen, other = evening.person(evening.hosts[0]), evening.person(evening.hosts[1])
    DataSubject.objects.filter(pk=frozen.subject_id).update(limited_at=STARTS)

    pages = [
        client.get(address(evening)),
        client.get(address(evening)),
        client.get(address(evening, "person", frozen.badge)),
        client.get(address(evening, "replan")),
    ]

    assert [frozen.last_name in page.content.decode() for page in pages] == [False] * 4
    assert frozen.badge in pages[0].content.decode()
    lines = AccessTrace.objects.filter(subject=other.subject_id, purpose="events")
    assert [(line.viewer, line.fields) for line in lines] == [
        (pages[0].wsgi_request.user, ["first_name", "last_name", "organisation"])
    ]


def test_a_script_in_a_name_is_only_text(client, evening):
    Participant.objects.filter(party=evening.hosts[0]).update(
        last_name="<script>alert(1)</script>"
    )

    for name in ("evening", "room", "replan"):
        assert "<script>alert(1)" not in client.get(address(evening, name)).content.decode()
