import pytest

from ancrage.matching.enums import IntroductionState
from ancrage.matching.models import Introduction, ShownDocument
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.models import AccessTrace
from ancrage.privacy.services import withdraw_consent
from tests.factories import (
    CandidateFactory,
    DocumentFactory,
    IntroductionFactory,
    IntroductionMessageFactory,
    MembershipFactory,
    NeedFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

INTRODUCTIONS = "/api/v1/introductions"
SECRETS = ("Alix", "Marqueur", "alix@exemple.test", "612345678")


@pytest.fixture
def introduce(field):
    def write(**facts):
        return IntroductionFactory(need=field.need, candidate=field.candidate, **facts)

    return write


def send(program, address, **body):
    return program.post(f"{INTRODUCTIONS}{address}", body, content_type="application/json")


def secrets_in(response):
    return [secret for secret in SECRETS if secret in response.content.decode()]


def test_list_of_a_structure_is_its_own_and_names_nobody(field, member, coordination, introduce):
    own = introduce(agreed=True)
    IntroductionFactory(need=NeedFactory(partner=field.neighbour, published=True), agreed=True)

    response = member.get(INTRODUCTIONS)

    body = response.json()
    assert body["count"] == 1
    item = body["items"][0]
    assert (item["id"], item["side"], item["state"], item["may"]) == (
        own.pk,
        "partner",
        "agreed",
        ["handle", "close", "write"],
    )
    assert item["post"]["partner_slug"] == "hopital-fictif"
    # By its card, the person would be known again in the pool.
    assert item["card"] is None
    followed = coordination.get(INTRODUCTIONS, {"partner": "hopital-fictif"}).json()["items"]
    assert [one["card"] for one in followed] == [field.candidate.card]
    assert secrets_in(response) == []
    assert AccessTrace.objects.count() == 0


def test_list_is_filtered(field, coordination, introduce):
    late = introduce(agreed=True, answer_due_on="2026-11-01")
    IntroductionFactory(need=field.need, meeting=True)
    asked = {"late": "true", "profession": "nurse", "partner": "hopital-fictif", "q": "marqueur"}

    found = coordination.get(INTRODUCTIONS, asked).json()

    assert [item["id"] for item in found["items"]] == [late.pk]
    assert coordination.get(INTRODUCTIONS, {"state": "meeting"}).json()["count"] == 1
    assert coordination.get(INTRODUCTIONS, {"partner": "inconnue"}).json()["count"] == 0


def test_person_is_named_to_the_structure_while_they_agree(field, member, introduce):
    row = introduce(meeting=True)
    IntroductionMessageFactory(introduction=row, text="Je suis Alix.")
    address = f"{INTRODUCTIONS}/{row.pk}"

    named = member.get(address)
    withdraw_consent(
        subject=field.candidate.subject,
        purpose="identity",
        scope=f"partner:{field.partner.pk}",
        channel=ConsentChannel.SELF,
        by=field.person,
        now=NOW,
    )
    after = member.get(address)

    assert named.json()["person"] == {
        "name": "Alix Marqueur",
        "email": "alix@exemple.test",
        "phone": "+33612345678",
        "commune": "Pornic",
    }
    assert named.json()["meeting"]["place"] == "Hall B"
    assert [move["state"] for move in named.json()["moves"]] == [
        "proposed",
        "agreed",
        "answered",
        "meeting",
    ]
    trace = AccessTrace.objects.get()
    assert (trace.viewer_id, trace.scope) == (field.member.pk, f"partner:{field.partner.pk}")
    assert (after.json()["person"], after.json()["messages"]) == (None, [])
    assert secrets_in(after) == []


def test_proposal_is_hidden_from_its_structure_until_the_person_agrees(
    member, coordination, introduce
):
    row = introduce()

    assert member.get(f"{INTRODUCTIONS}/{row.pk}").status_code == 404
    assert coordination.get(f"{INTRODUCTIONS}/{row.pk}").json()["person"]["name"] == (
        "Alix Marqueur"
    )


def test_hostile_neighbour_finds_nothing_to_read_nor_to_move(field, as_program, introduce):
    row = introduce(agreed=True)
    hostile = as_program(MembershipFactory(partner=field.neighbour).user)

    answers = [
        hostile.get(f"{INTRODUCTIONS}/{row.pk}"),
        send(hostile, f"/{row.pk}/answer", revision=1, accepts=True),
        send(hostile, f"/{row.pk}/close", revision=1, reason="other"),
        send(hostile, f"/{row.pk}/messages", text="Venez plutôt chez nous."),
    ]

    assert [one.status_code for one in answers] == [404] * 4
    row.refresh_from_db()
    assert (row.state, row.messages.count()) == (IntroductionState.AGREED, 0)


def test_structure_takes_an_introduction_to_the_post(field, member, introduce):
    row = introduce(agreed=True)

    steps = [
        send(member, f"/{row.pk}/answer", revision=1, accepts=True),
        send(member, f"/{row.pk}/meeting", revision=2, at="2026-12-01T10:00:00+01:00"),
        send(member, f"/{row.pk}/offer", revision=3, note="CDI de jour"),
        send(member, f"/{row.pk}/hire", revision=4, starts_on="2027-01-04"),
    ]

    assert [(one.status_code, one.json()["state"]) for one in steps] == [
        (200, "answered"),
        (200, "meeting"),
        (200, "offer"),
        (200, "hired"),
    ]
    assert steps[-1].json()["may"] == []
    row.refresh_from_db()
    assert (row.state, str(row.starts_on)) == (IntroductionState.HIRED, "2027-01-04")
    assert all(secrets_in(one) == [] for one in steps)


def test_step_at_an_old_revision_is_a_conflict(member, introduce):
    row = introduce(agreed=True)
    send(member, f"/{row.pk}/answer", revision=1, accepts=True)

    response = send(member, f"/{row.pk}/offer", revision=1)

    assert response.status_code == 409
    assert response.json()["current_revision"] == 2


@pytest.mark.parametrize(
    ("address", "body", "place"),
    [
        ("answer", {"accepts": False, "reason": "too_far"}, ["body", "reason"]),
        ("hire", {"starts_on": "2027-01-04"}, ["body"]),
        ("meeting", {"at": "2026-12-01T10:00:00"}, ["body", "body", "at"]),
        ("meeting", {"at": "2025-12-01T10:00:00Z"}, ["body", "meeting_at"]),
        ("meeting", {"at": "9999-12-31T23:59:59-12:00"}, ["body", "meeting_at"]),
        ("close", {"reason": "other", "said_by": "person"}, ["body", "said_by"]),
    ],
)
def test_step_that_cannot_be_is_refused_with_its_place(member, introduce, address, body, place):
    row = introduce(agreed=True)

    response = send(member, f"/{row.pk}/{address}", revision=1, **body)

    assert response.status_code == 422
    assert [fault["place"] for fault in response.json()["errors"]] == [place]
    row.refresh_from_db()
    assert row.state == IntroductionState.AGREED


def test_person_refuses_and_the_structure_reads_no_reason(field, as_program, member, introduce):
    row = introduce(agreed=True)

    refused = send(as_program(field.person), f"/{row.pk}/close", revision=1, reason="too_far")

    assert (refused.json()["state"], refused.json()["reason"]) == ("closed", "too_far")
    seen = member.get(f"{INTRODUCTIONS}/{row.pk}").json()
    assert (seen["state"], seen["reason"]) == ("closed", "")
    # Nor who ended it: the coordination would say « the charter », the platform « hired ».
    assert seen["moves"][-1]["side"] == "platform"


def test_coordination_closes_with_what_a_side_told_it(coordination, introduce):
    row = introduce(agreed=True)

    closed = send(
        coordination, f"/{row.pk}/close", revision=1, reason="other_skills", said_by="partner"
    )

    assert closed.json()["reason"] == "other_skills"
    row.refresh_from_db()
    assert (row.closed_by, row.answered_at is not None) == ("partner", True)


def test_message_is_read_by_the_other_side(field, member, as_program, introduce):
    row = introduce(agreed=True)

    send(member, f"/{row.pk}/messages", text="Êtes-vous libre jeudi ?")

    body = as_program(field.person).get(f"{INTRODUCTIONS}/{row.pk}").json()
    assert [(one["side"], one["text"]) for one in body["messages"]] == [
        ("partner", "Êtes-vous libre jeudi ?")
    ]


def test_structure_asks_from_a_card_and_knows_no_name(field, member):
    people = CandidateFactory.create_batch(
        5,
        territory=field.territory,
        professions=[field.nurse],
        commune=field.commune,
        pooled=True,
        last_name="Marqueur",
    )

    asked = send(
        member, "/requests", card=people[0].card.lower(), post=field.need.pk, message="Bonjour"
    )

    assert (asked.status_code, asked.json()["state"]) == (201, "proposed")
    row = Introduction.objects.get()
    assert (row.candidate, row.origin) == (people[0], "partner")
    sheet = member.get(f"{INTRODUCTIONS}/{row.pk}")
    assert sheet.json()["person"] is None
    assert secrets_in(sheet) == []
    again = send(member, "/requests", card=people[0].card, post=field.need.pk)
    assert again.status_code == 422


def test_coordination_proposes_and_the_person_finds_it_among_their_own(
    field, coordination, as_program
):
    proposed = send(
        coordination, "", candidate=field.candidate.pk, post=field.need.pk, message="Bonjour"
    )

    own = as_program(field.person).get(f"{INTRODUCTIONS}/own").json()
    assert (proposed.status_code, [item["id"] for item in own["items"]]) == (
        201,
        [proposed.json()["id"]],
    )
    assert own["items"][0]["side"] == "person"


def test_last_step_is_taken_back_by_its_side(member, introduce):
    row = introduce(agreed=True)
    send(member, f"/{row.pk}/answer", revision=1, accepts=True)

    undone = send(member, f"/{row.pk}/undo", revision=2)

    assert (undone.status_code, undone.json()["state"]) == (200, "agreed")


@pytest.mark.parametrize("text", ["Bonjour\x00", ""])
def test_message_that_no_database_keeps_is_refused(member, introduce, text):
    row = introduce(agreed=True)

    assert send(member, f"/{row.pk}/messages", text=text).status_code == 422


@pytest.mark.parametrize("count", [1, 12])
def test_introductions_take_the_same_queries_whatever_their_number(
    field, member, count, django_assert_max_num_queries
):
    IntroductionFactory.create_batch(count, need=field.need, agreed=True)

    with django_assert_max_num_queries(9):
        assert member.get(INTRODUCTIONS).json()["count"] == count


def test_held_request_is_relayed_once_by_the_coordination(field, coordination, member, introduce):
    row = introduce(origin="partner", through_coordination=True)
    address = f"/{row.pk}/relay"

    assert member.get(f"{INTRODUCTIONS}/{row.pk}").json()["may"] == ["close", "write"]
    assert "relay" in coordination.get(f"{INTRODUCTIONS}/{row.pk}").json()["may"]
    relayed = send(coordination, address, revision=1)
    again = send(coordination, address, revision=1)

    assert (relayed.status_code, "relay" in relayed.json()["may"]) == (200, False)
    assert (again.status_code, again.headers["Content-Type"]) == (422, "application/problem+json")
    row.refresh_from_db()
    assert row.relayed_at == NOW


def test_shown_document_is_listed_and_handed_over_and_the_reading_is_noted(
    field, member, introduce
):
    row = introduce(agreed=True)
    document = DocumentFactory(candidate=field.candidate)
    shown = ShownDocument.objects.create(introduction=row, document=document, at=NOW)

    listed = member.get(f"{INTRODUCTIONS}/{row.pk}").json()["documents"]
    file = member.get(f"{INTRODUCTIONS}/documents/{shown.pk}")

    assert [(one["id"], one["title"]) for one in listed] == [(shown.pk, document.title)]
    assert file.headers["Content-Disposition"].startswith("attachment;")
    assert AccessTrace.objects.filter(fields=["file"]).count() == 1
