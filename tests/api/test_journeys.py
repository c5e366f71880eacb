import pytest

from ancrage.privacy.models import AccessTrace
from tests.factories import (
    CandidateFactory,
    ContactLogFactory,
    FollowUpFactory,
    ImmersionFactory,
    JourneyFactory,
    StayFactory,
    StepFactory,
    TerritoryRoleFactory,
)

pytestmark = pytest.mark.django_db

JOURNEYS = "/api/v1/journeys"


@pytest.fixture
def journey(field):
    return JourneyFactory(candidate=field.candidate, advisor=field.coordinator)


def test_list_says_what_comes_next_and_names_nobody(field, coordination, journey):
    JourneyFactory()

    response = coordination.get(JOURNEYS)

    body = response.json()
    assert body["count"] == 1
    assert body["items"][0] == {
        "id": journey.pk,
        "revision": 1,
        "candidate": field.candidate.pk,
        "card": field.candidate.card,
        "profession": field.nurse.label_fr,
        "state": "active",
        "advisor": field.coordinator.full_name,
        "next_action": "Appeler",
        "next_action_on": "2026-11-16",
        "waits_for": "advisor",
        "opened_on": "2026-09-01",
        "closed_on": None,
    }
    assert "Marqueur" not in response.content.decode()
    assert AccessTrace.objects.count() == 0


def test_list_is_filtered(field, coordination, journey):
    other = JourneyFactory(candidate=CandidateFactory(territory=field.territory), closed=True)

    def found(**asked):
        return [item["id"] for item in coordination.get(JOURNEYS, asked).json()["items"]]

    assert found(advisor="me", section="today", profession="nurse", q="marqueur") == [journey.pk]
    assert found(advisor="nobody") == []
    assert found(state="closed") == [other.pk]
    assert set(found(state="all")) == {journey.pk, other.pk}
    assert found(profession="dompteur") == []


def test_journey_is_read_whole_and_traced(field, coordination, journey):
    StepFactory(journey=journey)
    ContactLogFactory(journey=journey, note="Rappeler jeudi")
    ImmersionFactory(journey=journey, partner=field.partner)
    FollowUpFactory(stay=StayFactory(journey=journey, partner=field.partner), answered=True)

    body = coordination.get(f"{JOURNEYS}/{journey.pk}").json()

    assert body["person"] == {
        "name": "Alix Marqueur",
        "email": "alix@exemple.test",
        "phone": "+33612345678",
        "commune": "Pornic",
    }
    assert [one["label"] for one in body["steps"]] == ["Refaire le CV"]
    assert [one["note"] for one in body["contacts"]] == ["Rappeler jeudi"]
    assert [one["partner"] for one in body["immersions"]] == ["Hôpital fictif"]
    assert [
        (one["partner"], [follow_up["presence"] for follow_up in one["follow_ups"]])
        for one in body["stays"]
    ] == [("Hôpital fictif", ["here"])]
    trace = AccessTrace.objects.get()
    assert (trace.viewer_id, trace.purpose) == (field.coordinator.pk, "support")
    assert {"email", "goal"} <= set(trace.fields)


def test_journey_of_elsewhere_does_not_exist(as_program, journey):
    elsewhere = as_program(TerritoryRoleFactory().user)

    assert elsewhere.get(f"{JOURNEYS}/{journey.pk}").status_code == 404
    assert elsewhere.get(JOURNEYS).json()["count"] == 0


def test_person_reads_what_is_planned_and_no_note_about_them(field, as_program, journey):
    ContactLogFactory(journey=journey, note="Rappeler jeudi")
    person = as_program(field.person)

    response = person.get(f"{JOURNEYS}/own")

    assert response.json() == {
        "goal": "Un poste de nuit près de Pornic",
        "state": "active",
        "advisor": field.coordinator.full_name,
        "next_action": "Appeler",
        "next_action_on": "2026-11-16",
        "waits_for": "advisor",
        "opened_on": "2026-09-01",
        "steps": [],
        "milestones": [],
    }
    assert person.get(f"{JOURNEYS}/{journey.pk}").status_code == 403
    assert AccessTrace.objects.count() == 0


@pytest.mark.parametrize("count", [1, 12])
def test_journeys_take_the_same_queries_whatever_their_number(
    field, coordination, count, django_assert_max_num_queries
):
    for _one in range(count):
        JourneyFactory(candidate=CandidateFactory(territory=field.territory))

    with django_assert_max_num_queries(8):
        assert coordination.get(JOURNEYS).json()["count"] == count


def test_next_action_contacts_and_steps_are_written_as_on_the_pages(field, coordination, journey):
    address = f"{JOURNEYS}/{journey.pk}"
    plan = {"revision": 1, "next_action": "Relancer", "next_action_on": "2026-12-01"}

    def send(where, **body):
        return coordination.post(where, body, content_type="application/json")

    planned = send(f"{address}/next-action", **plan).json()
    stale = send(f"{address}/next-action", **plan)
    noted = send(f"{address}/contacts", kind="call", outcome="answered", on="2026-11-16")
    step = send(f"{address}/steps", label="Refaire le CV").json()
    done = send(f"{JOURNEYS}/steps/{step['id']}/done").json()
    twice = send(f"{JOURNEYS}/steps/{step['id']}/done")

    assert (planned["next_action"], planned["revision"], planned["waits_for"]) == (
        "Relancer",
        2,
        "advisor",
    )
    assert (stale.status_code, stale.json()["current_revision"]) == (409, 2)
    assert (noted.status_code, journey.contacts.get().outcome) == (201, "answered")
    assert (done["done_on"], twice.status_code) == ("2026-11-16", 422)
    assert twice.headers["Content-Type"] == "application/problem+json"
    assert AccessTrace.objects.count() == 0


def test_contact_to_come_is_refused_by_name_of_its_field(coordination, journey):
    body = {"kind": "call", "outcome": "answered", "on": "2027-01-01"}

    refused = coordination.post(
        f"{JOURNEYS}/{journey.pk}/contacts", body, content_type="application/json"
    )

    assert refused.status_code == 422
    assert [one["place"] for one in refused.json()["errors"]] == [["body", "on"]]
