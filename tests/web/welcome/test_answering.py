"""A partner answers what it is asked, and reads it only while the person agrees."""

from datetime import date, timedelta

import pytest

from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.models import AccessTrace
from ancrage.privacy.services import withdraw_consent
from ancrage.welcome.enums import RequestState
from ancrage.welcome.models import TakenDay
from tests.factories import MembershipFactory
from tests.factories.moments import NOW
from tests.web.partners.support import soup, words

URL = "/conciergerie/demandes/"


def accord(room, first="2027-05-03", last="2027-05-05", answer=""):
    return {
        "accord-resource": room.resource_id,
        "accord-starts_on": first,
        "accord-ends_on": last,
        "accord-answer": answer,
    }


def withdraw(request, scope):
    withdraw_consent(
        subject=request.project.subject,
        purpose="concierge",
        scope=scope,
        channel=ConsentChannel.SELF,
        by=None,
        now=NOW,
    )


def test_list_puts_what_waits_first_and_names_nobody(
    client, partner, ask, django_assert_max_num_queries
):
    done = ask(state=RequestState.REFUSED, reason="full", ended_at=NOW, answered_at=NOW)
    waiting = ask(sent_at=NOW + timedelta(hours=1))

    with django_assert_max_num_queries(11):
        response = client.get(URL)

    links = [link["href"] for link in soup(response).select("tbody th a")]
    assert links == [f"{URL}{waiting.pk}/", f"{URL}{done.pk}/"]
    assert "Nora" not in words(response)
    assert [link["href"] for link in soup(client.get(URL, {"etat": "refused"})).select("tbody a")]


def test_requests_leave_in_a_file_that_names_nobody_and_is_traced(client, partner, ask):
    request = ask(message="Avec mon chat")
    gone = ask()
    withdraw(gone, "")
    address = f"{URL}export/?etat=sent"

    asked = client.get(address)
    refused = client.post(address, {"reason": "court", "format": "csv"})
    file = client.post(address, {"reason": "Point avec notre bailleur", "format": "csv"})

    text = file.content.decode("utf-8-sig")
    lines = text.splitlines()
    assert (asked.status_code, refused.status_code, len(lines)) == (200, 422, 3)
    assert lines[1].startswith(f"{request.pk};Studio face au port;")
    assert [word in text for word in ("Nora", "nora@", "chat")] == [False] * 3
    assert [(one.subject, one.fields) for one in AccessTrace.objects.all()] == [
        (request.project.subject, ["export"])
    ]


def test_page_says_what_was_agreed_and_notes_the_reading(client, partner, ask):
    request = ask(message="Avec mon chat")

    page = words(client.get(f"{URL}{request.pk}/"))

    request.refresh_from_db()
    assert request.state == RequestState.SEEN
    for told in ("Nora", "nora@exemple.test", "Avec mon chat", "libre du 1er mai 2027"):
        assert told in page
    trace = AccessTrace.objects.get()
    assert (trace.viewer, trace.purpose) == (partner, "concierge")


def test_grant_gives_the_days_and_is_taken_back(client, partner, ask, room):
    request = ask()

    response = client.post(f"{URL}{request.pk}/accorder/", accord(room, answer="Bienvenue"))
    granted = words(client.get(response["Location"]))

    request.refresh_from_db()
    assert (request.state, request.answer) == (RequestState.GRANTED, "Bienvenue")
    assert (request.granted_from, request.granted_to) == (date(2027, 5, 3), date(2027, 5, 5))
    assert TakenDay.objects.count() == 3
    assert "Demande accordée" in granted

    client.post(f"{URL}{request.pk}/annuler-la-reponse/")
    request.refresh_from_db()
    assert (request.state, TakenDay.objects.count()) == (RequestState.SEEN, 0)


def test_grant_where_nothing_is_left_says_so_and_keeps_the_form(client, partner, ask, room):
    taken, late = ask(), ask()
    client.post(f"{URL}{taken.pk}/accorder/", accord(room))

    response = client.post(f"{URL}{late.pk}/accorder/", accord(room, answer="Bienvenue"))

    assert response.status_code == 422
    assert "Il n’y a plus assez de places le 3 mai 2027." in words(response)
    assert soup(response).select_one("#id_accord-answer").text.strip() == "Bienvenue"


def test_refusal_asks_why(client, partner, ask):
    request = ask()

    assert client.post(f"{URL}{request.pk}/refuser/", {}).status_code == 422
    client.post(f"{URL}{request.pk}/refuser/", {"refus-reason": "full", "refus-answer": "Désolés"})

    request.refresh_from_db()
    assert (request.state, request.reason) == (RequestState.REFUSED, "full")


def test_answer_is_taken_back_once_only(client, partner, ask):
    request = ask()

    response = client.post(f"{URL}{request.pk}/annuler-la-reponse/", follow=True)

    assert "ne peut pas devenir" in words(response)


def test_place_taken_back_after_the_grant_closes_the_request(client, partner, ask, room):
    request = ask()
    client.post(f"{URL}{request.pk}/accorder/", accord(room))
    url = f"{URL}{request.pk}/annuler-la-place/"

    assert "La demande est close, et vous n’en lisez plus rien." in words(client.get(url))
    client.post(url)

    request.refresh_from_db()
    assert (request.state, request.reason) == (RequestState.CLOSED, "cancelled_by_partner")
    assert not TakenDay.objects.exists()
    assert client.get(f"{URL}{request.pk}/").status_code == 404


@pytest.mark.parametrize("everything", [True, False])
def test_withdrawn_agreement_closes_every_page_at_once(
    client, partner, ask, room, body, everything
):
    refused = ask(state=RequestState.REFUSED, reason="full", ended_at=NOW, answered_at=NOW)
    request = ask()
    client.post(f"{URL}{request.pk}/accorder/", accord(room))

    for one in (refused, request):
        withdraw(one, "" if everything else f"partner:{body.pk}")

    assert not TakenDay.objects.exists()
    assert soup(client.get(URL)).select("tbody a") == []
    for one in (refused, request):
        one.refresh_from_db()
        assert client.get(f"{URL}{one.pk}/").status_code == 404
        assert (one.project is None) == everything
        # The project is gone, and with it all that the person had said.
        assert (one.first_name == "") == everything


def test_recruiter_of_the_same_body_reads_nothing(client, ask, body):
    client.force_login(MembershipFactory(partner=body).user)

    assert client.get(f"{URL}{ask().pk}/").status_code == 403
