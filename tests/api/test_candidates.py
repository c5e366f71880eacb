from datetime import date

import pytest

from ancrage.kit.throttling import Rate
from ancrage.privacy.models import AccessTrace
from ancrage.privacy.services import limit_subject
from tests.factories import CandidateFactory, MembershipFactory, ProofFactory, TerritoryFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

CANDIDATES = "/api/v1/candidates"
CARDS = f"{CANDIDATES}/cards"
SECRETS = ("Alix", "Marqueur", "alix@exemple.test", "612345678")


@pytest.fixture
def pool(field):
    def write(count, **facts):
        return CandidateFactory.create_batch(
            count,
            territory=field.territory,
            professions=[field.nurse],
            commune=field.commune,
            pooled=True,
            **facts,
        )

    return write


def test_cards_say_five_things_and_no_name(field, member, pool):
    people = pool(5, experience="under_2", contracts=["cdi"], available_from=date(2027, 1, 4))

    response = member.get(CARDS)

    body = response.json()
    assert (body["count"], body["hidden"]) == (5, False)
    first = next(item for item in body["items"] if item["key"] == people[0].card)
    assert first == {
        "key": people[0].card,
        "profession": {
            "code": "nurse",
            "label": field.nurse.label_fr,
            "family": "nursing",
            "rome_codes": ["J1506"],
        },
        "experience": "under_2",
        "month": "2027-01",
        "zone": {"siren": "200067346", "name": field.commune.epci.name},
        "contracts": ["cdi"],
    }
    text = response.content.decode()
    assert [secret for secret in (*SECRETS, people[0].last_name) if secret in text] == []


def test_cards_of_fewer_than_five_are_hidden_whatever_is_asked(member, pool):
    pool(5)
    (rare,) = pool(1, experience="over_20")

    body = member.get(CARDS, {"experience": "over_20"}).json()

    assert body == {"items": [], "count": 0, "hidden": True}
    assert rare.card in member.get(CARDS).content.decode()


def test_pool_of_four_shows_no_card_even_by_its_name(member, pool):
    people = pool(4)

    assert member.get(CARDS).json() == {"items": [], "count": 0, "hidden": False}
    assert member.get(f"{CARDS}/{people[0].card}").status_code == 404


def test_card_is_read_by_its_name_until_its_person_takes_it_away(member, pool):
    people = pool(6)
    address = f"{CARDS}/{people[0].card}"

    before = member.get(address)
    limit_subject(subject=people[0].subject, by=None, now=NOW)
    after = member.get(address)

    assert (before.status_code, before.json()["key"]) == (200, people[0].card)
    assert after.status_code == 404


@pytest.mark.parametrize(
    "asked", [{"profession": "dompteur"}, {"zone": "999999999"}, {"month": "2026-11"}]
)
def test_cards_that_nothing_matches_are_none(member, pool, asked):
    pool(5, available_from=date(2027, 1, 4))

    assert member.get(CARDS, asked).json() == {"items": [], "count": 0, "hidden": False}


def test_month_badly_written_is_refused(member):
    assert member.get(CARDS, {"month": "2026-13"}).status_code == 422


def test_cards_asked_too_fast_wait_like_those_of_the_page(member, pool, monkeypatch):
    pool(5)
    monkeypatch.setattr("ancrage.api.candidates.CARDS_RATE", Rate(calls=2, seconds=60))

    answers = [member.get(CARDS).status_code for _call in range(3)]

    assert answers == [200, 200, 429]


def test_list_of_the_people_followed_names_nobody(field, coordination):
    CandidateFactory(territory=TerritoryFactory(), professions=[field.nurse])

    response = coordination.get(CANDIDATES)

    body = response.json()
    assert [item["id"] for item in body["items"]] == [field.candidate.pk]
    assert (body["count"], body["has_more"]) == (1, False)
    text = response.content.decode()
    assert [secret for secret in SECRETS if secret in text] == []
    assert AccessTrace.objects.count() == 0


def test_people_are_found_by_name_profession_and_contract(field, coordination):
    wanted = CandidateFactory(
        territory=field.territory, professions=[field.nurse], last_name="Zoé", contracts=["cdi"]
    )
    asked = {"q": "zoe", "profession": "nurse", "contract": "cdi", "fte": "0.8", "nights": "true"}

    found = coordination.get(CANDIDATES, asked).json()

    assert [item["id"] for item in found["items"]] == [wanted.pk]
    assert coordination.get(CANDIDATES, {"profession": "dompteur"}).json()["count"] == 0
    assert coordination.get(CANDIDATES, {"contract": "cdd", "q": "zoe"}).json()["count"] == 0


def test_profile_read_by_the_coordination_is_traced(field, coordination):
    ProofFactory(candidate=field.candidate)

    body = coordination.get(f"{CANDIDATES}/{field.candidate.pk}").json()

    assert (body["first_name"], body["last_name"], body["email"], body["phone"]) == (
        "Alix",
        "Marqueur",
        "alix@exemple.test",
        "+33612345678",
    )
    assert [(one["profession"]["code"], one["diploma"]) for one in body["professions"]] == [
        ("nurse", "held")
    ]
    assert [one["kind"] for one in body["proofs"]] == ["afgsu_2"]
    traces = AccessTrace.objects.order_by("purpose")
    assert [(one.viewer_id, one.purpose, one.scope) for one in traces] == [
        (field.coordinator.pk, "identity", f"territory:{field.territory.pk}"),
        (field.coordinator.pk, "support", f"territory:{field.territory.pk}"),
    ]
    assert "email" in traces[0].fields


def test_sheets_read_by_the_hundred_are_told_to_wait(field, coordination, monkeypatch):
    monkeypatch.setattr("ancrage.api.security.SHEETS_RATE", Rate(calls=2, seconds=3600))
    address = f"{CANDIDATES}/{field.candidate.pk}"

    answers = [coordination.get(address).status_code for _call in range(3)]

    assert answers == [200, 200, 429]
    assert AccessTrace.objects.count() == 4


def test_profile_that_its_person_froze_does_not_exist(field, coordination):
    limit_subject(subject=field.candidate.subject, by=field.person, now=NOW)

    assert coordination.get(f"{CANDIDATES}/{field.candidate.pk}").status_code == 404
    assert coordination.get(CANDIDATES).json()["count"] == 0


def test_own_profile_is_read_without_a_trace(field, as_program):
    body = as_program(field.person).get(f"{CANDIDATES}/own").json()

    assert (body["id"], body["last_name"]) == (field.candidate.pk, "Marqueur")
    assert AccessTrace.objects.count() == 0


def test_structure_of_another_territory_is_shown_no_card(as_program, pool):
    people = pool(6)
    elsewhere = as_program(MembershipFactory().user)

    assert elsewhere.get(CARDS).json()["count"] == 0
    assert elsewhere.get(f"{CARDS}/{people[0].card}").status_code == 404


@pytest.mark.parametrize("count", [1, 12])
def test_profiles_take_the_same_queries_whatever_their_number(
    field, coordination, count, django_assert_max_num_queries
):
    CandidateFactory.create_batch(count, territory=field.territory, professions=[field.nurse])

    with django_assert_max_num_queries(12):
        body = coordination.get(CANDIDATES).json()

    assert body["count"] == count + 1


@pytest.mark.parametrize("count", [5, 12])
def test_cards_take_the_same_queries_whatever_their_number(
    member, pool, count, django_assert_max_num_queries
):
    pool(count)

    with django_assert_max_num_queries(12):
        assert member.get(CARDS).json()["count"] == count
