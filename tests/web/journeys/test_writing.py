from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from ancrage.candidates.models import Candidate
from ancrage.journeys.enums import (
    CloseReason,
    ContactOutcome,
    FollowUpState,
    ImmersionState,
    JourneyState,
    LeaveReason,
    Presence,
)
from ancrage.journeys.models import ContactLog, FollowUp, Immersion, Journey, Stay, Step
from ancrage.journeys.queries import follow_up_token
from ancrage.kit.models import AuditLine
from ancrage.privacy.models import AccessTrace
from tests.factories import (
    CandidateFactory,
    FollowUpFactory,
    ImmersionFactory,
    StayFactory,
    TerritoryRoleFactory,
)

pytestmark = pytest.mark.django_db

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def stay(field, journey, today):
    return StayFactory(
        journey=journey, partner=field.partner, started_on=today - timedelta(days=31)
    )


@pytest.fixture
def follow_up(stay, today):
    return FollowUpFactory(stay=stay, due_on=today)


def _url(name, row):
    return reverse(f"journeys:{name}", args=[row.pk])


def _text(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def test_journey_is_opened_from_its_form(client, field, today):
    person = CandidateFactory(territory=field.territory)

    response = client.post(
        _url("open", person),
        {
            "goal": "De jour",
            "advisor": field.advisor.pk,
            "next_action": "Appeler",
            "next_action_on": today.isoformat(),
            "waits_for": "advisor",
        },
    )

    journey = Journey.objects.get()
    assert response.headers["Location"] == _url("detail", journey)
    assert (journey.candidate, journey.advisor, journey.goal) == (
        person,
        field.advisor,
        "De jour",
    )


def test_journey_without_a_next_action_comes_back_with_what_was_typed(client, field, today):
    person = CandidateFactory(territory=field.territory)

    response = client.post(
        _url("open", person),
        {
            "goal": "De jour",
            "advisor": field.advisor.pk,
            "next_action": "Appeler",
            "next_action_on": (today - timedelta(days=1)).isoformat(),
            "waits_for": "advisor",
        },
    )

    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert "Ce jour est passé" in page.get_text()
    assert page.find(id="id_goal")["value"] == "De jour"
    assert Journey.objects.count() == 0


def test_second_journey_of_a_person_is_refused_in_words(client, field, journey, today):
    response = client.post(
        _url("open", field.person),
        {
            "advisor": field.advisor.pk,
            "next_action": "Appeler",
            "next_action_on": today.isoformat(),
            "waits_for": "advisor",
        },
    )

    assert response.status_code == 422
    assert "a déjà un parcours ouvert" in _text(response)


def test_next_action_changes_and_a_stale_page_is_told(client, field, journey, today):
    sent = {
        "revision": journey.revision,
        "next_action": "Écrire",
        "next_action_on": today.isoformat(),
        "waits_for": "person",
    }

    first = client.post(_url("plan", journey), sent)
    second = client.post(_url("plan", journey), {**sent, "next_action": "Autre chose"})

    journey.refresh_from_db()
    assert first.status_code == 302
    assert (second.status_code, journey.next_action) == (422, "Écrire")
    assert "a été modifié entre-temps" in _text(second)


def test_contact_is_noted_with_its_suite(client, field, journey, today):
    client.post(
        _url("contact", journey),
        {
            "kind": "call",
            "outcome": "answered",
            "on": today.isoformat(),
            "note": "Intéressée",
            "next_action": "Envoyer le CV",
            "next_action_on": today.isoformat(),
            "waits_for": "",
        },
    )

    journey.refresh_from_db()
    contact = ContactLog.objects.get()
    assert (contact.outcome, contact.note, contact.by) == (
        ContactOutcome.ANSWERED,
        "Intéressée",
        field.advisor,
    )
    assert journey.next_action == "Envoyer le CV"
    client.post(_url("contact_remove", contact))
    assert ContactLog.objects.count() == 0


def test_goal_and_advisor_change_together(client, field, journey):
    other = TerritoryRoleFactory(territory=field.territory).user

    client.post(
        _url("edit", journey),
        {"revision": journey.revision, "goal": "De jour", "advisor": other.pk},
    )

    journey.refresh_from_db()
    assert (journey.goal, journey.advisor) == ("De jour", other)


def test_journey_is_closed_and_opened_again(client, field, journey, today):
    client.post(
        _url("close", journey), {"revision": journey.revision, "reason": CloseReason.NO_NEWS}
    )
    journey.refresh_from_db()
    assert (journey.state, journey.close_reason) == (JourneyState.CLOSED, CloseReason.NO_NEWS)

    client.post(
        _url("reopen", journey), {"next_action": "Appeler", "next_action_on": today.isoformat()}
    )
    journey.refresh_from_db()
    assert journey.state == JourneyState.ACTIVE


def test_steps_are_added_done_and_removed_by_buttons(client, field, journey, today):
    client.post(_url("step_add", journey), {"label": "Refaire le CV", "due_on": ""})
    step = Step.objects.get()
    client.post(_url("step_done", step))
    step.refresh_from_db()
    assert step.done_on == today

    again = client.post(_url("step_done", step), follow=True)
    assert "Quelqu’un l’a déjà noté entre-temps" in _text(again)
    client.post(_url("step_reopen", step))
    step.refresh_from_db()
    assert step.done_on is None

    client.post(_url("step_remove", step))
    assert Step.objects.count() == 0


def test_step_without_a_name_is_refused_in_words(client, field, journey):
    response = client.post(_url("step_add", journey), {"label": " "}, follow=True)

    assert "Nommez l’étape" in _text(response)
    assert Step.objects.count() == 0


def test_immersion_is_planned_and_settled(client, field, journey, today):
    client.post(
        _url("immersion", journey),
        {
            "kind": "immersion",
            "partner": field.partner.pk,
            "starts_on": today.isoformat(),
            "ends_on": today.isoformat(),
        },
    )
    immersion = Immersion.objects.get()
    client.post(_url("settle", immersion), {"state": "done", "note": "Conquise"})

    immersion.refresh_from_db()
    assert (immersion.partner, immersion.state, immersion.note) == (
        field.partner,
        ImmersionState.DONE,
        "Conquise",
    )


def test_immersion_nowhere_is_refused_beside_its_field(client, field, journey, today):
    day = today.isoformat()

    response = client.post(
        _url("immersion", journey), {"kind": "visit", "starts_on": day, "ends_on": day}
    )

    assert response.status_code == 422
    assert "Choisissez la structure qui accueille." in _text(response)


def test_settling_what_is_still_to_come_is_refused(client, field, journey, today):
    later = today + timedelta(days=3)
    immersion = ImmersionFactory(
        journey=journey, partner=field.partner, starts_on=later, ends_on=later
    )

    response = client.post(_url("settle", immersion), {"state": "done"})

    assert response.status_code == 422
    assert "Ce jour n’est pas encore venu." in _text(response)


def test_post_is_noted_confirmed_and_left(client, field, journey, today):
    client.post(
        _url("stay_open", journey),
        {
            "profession": "infirmière",
            "partner": field.partner.pk,
            "post": "Nuit",
            "contract": "cdi",
            "started_on": today.isoformat(),
        },
    )
    stay = Stay.objects.get()
    assert (stay.partner, stay.post, stay.follow_ups.count()) == (field.partner, "Nuit", 8)

    client.post(_url("stay_confirm", stay))
    client.post(_url("stay_end", stay), {"ended_on": today.isoformat(), "leave_reason": "pay"})
    stay.refresh_from_db()
    assert (stay.ended_on, stay.leave_reason) == (today, LeaveReason.PAY)
    question = "La personne cherche-t-elle de nouveau un poste"
    page = _url("detail", journey)
    assert question not in _text(client.get(page))
    Candidate.objects.filter(pk=journey.candidate_id).update(
        in_pool=False, settled_at=timezone.now()
    )
    assert question in _text(client.get(page))

    late = client.post(_url("stay_confirm", stay), follow=True)
    assert "Le départ de ce poste est déjà noté." in _text(late)
    client.post(_url("stay_remove", stay))
    assert Stay.objects.count() == 0


def test_answer_given_by_telephone_is_noted(client, field, follow_up, today):
    client.post(
        _url("follow_up_answer", follow_up),
        {"presence": "here", "rating": "2", "wants_call": "on"},
    )
    follow_up.refresh_from_db()
    assert (follow_up.state, follow_up.rating, follow_up.answered_by) == (
        FollowUpState.ANSWERED,
        2,
        field.advisor,
    )

    client.post(_url("called_back", follow_up))
    follow_up.refresh_from_db()
    assert follow_up.called_back_on == today


def test_questionnaire_is_answered_without_signing_in(client, field, follow_up):
    client.logout()
    token = follow_up_token(follow_up, None, now=timezone.now())
    url = reverse("journeys:answer", args=[token])

    shown = client.get(url)
    before = FollowUp.objects.get(pk=follow_up.pk).state
    sent = client.post(url, {"presence": "here", "rating": "4", "difficulties": ["pay"]})
    again = client.get(url)

    follow_up.refresh_from_db()
    assert shown.status_code == 200
    assert before == FollowUpState.PLANNED
    assert sent.headers["Location"] == reverse("journeys:answer_done")
    assert (follow_up.state, follow_up.presence, follow_up.difficulties) == (
        FollowUpState.ANSWERED,
        Presence.HERE,
        ["pay"],
    )
    assert again.status_code == 410
    assert "La réponse est déjà enregistrée" in _text(again)


def test_questionnaire_names_nobody(client, field, follow_up):
    client.logout()
    token = follow_up_token(follow_up, None, now=timezone.now())

    page = _text(client.get(reverse("journeys:answer", args=[token])))

    assert field.person.last_name not in page
    assert field.partner.name in page


def test_questionnaire_without_its_one_answer_comes_back(client, follow_up):
    token = follow_up_token(follow_up, None, now=timezone.now())

    response = client.post(reverse("journeys:answer", args=[token]), {"comment": "Tout va bien"})

    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 422
    assert page.find(id="id_comment").get_text(strip=True) == "Tout va bien"


def test_departure_before_the_first_day_is_refused_beside_its_field(client, follow_up):
    token = follow_up_token(follow_up, None, now=timezone.now())

    response = client.post(
        reverse("journeys:answer", args=[token]),
        {"presence": "left", "left_on": "2001-01-01"},
    )

    assert response.status_code == 422
    assert "Le départ précède la prise de poste." in _text(response)


def test_writer_is_warned_once_of_what_has_no_place(client, follow_up):
    url = reverse("journeys:answer", args=[follow_up_token(follow_up, None, now=timezone.now())])
    sent = {"presence": "here", "comment": "Je suis enceinte de trois mois"}

    warned = client.post(url, sent)
    page = BeautifulSoup(warned.content, "html.parser")
    relu = page.find("input", {"name": "relu"})["value"]
    kept = client.post(url, {**sent, "relu": relu})

    assert (warned.status_code, kept.status_code) == (422, 302)
    assert "envoyez-le une seconde fois tel quel" in page.get_text()


@pytest.mark.parametrize(("days", "status"), [(31, 410), (30, 200)])
def test_old_link_is_refused_politely(client, follow_up, today, days, status):
    # Noon of that day: a month ago at this hour may be another day, where the clocks have changed.
    sent = datetime.combine(today - timedelta(days=days), time(12), PARIS)
    token = follow_up_token(follow_up, None, now=sent)

    assert client.get(reverse("journeys:answer", args=[token])).status_code == status


def test_forged_link_is_refused_politely(client, follow_up):
    token = follow_up_token(follow_up, None, now=timezone.now())

    response = client.get(reverse("journeys:answer", args=[f"{token[:-2]}zz"]))

    assert response.status_code == 403
    assert "il a peut-être été coupé par la messagerie" in _text(response)


def test_thanks_say_what_becomes_of_it(client):
    assert "Elle est enregistrée" in _text(client.get(reverse("journeys:answer_done")))


def test_export_asks_why_says_who_and_leaves_a_trace(client, field, journey):
    url = reverse("journeys:export")

    refused = client.post(url, {"reason": "", "format": "csv"})
    given = client.post(url, {"reason": "Réunion de coordination", "format": "csv"})

    lines = given.content.decode("utf-8-sig").splitlines()
    assert refused.status_code == 422
    assert field.person.last_name in lines[1]
    assert field.advisor.full_name in lines[-1]
    assert "Réunion de coordination" in lines[-1]
    assert list(AccessTrace.objects.values_list("subject", "viewer", "fields")) == [
        (field.person.subject_id, field.advisor.pk, ["export"])
    ]
    assert AuditLine.objects.get(action="journeys.export").changes == {
        "count": [0, 1],
        "reason": ["", "Réunion de coordination"],
    }


def test_export_holds_what_the_filters_show(client, field, journey):
    given = client.post(
        f"{reverse('journeys:export')}?etat=closed",
        {"reason": "Réunion de coordination", "format": "xlsx"},
    )

    assert given.headers["Content-Type"].startswith("application/vnd.openxmlformats")
    assert AccessTrace.objects.count() == 0
