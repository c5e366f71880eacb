import pytest

from ancrage.kit.throttling import Rate
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from tests.factories import (
    CommuneFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

NEEDS = "/api/v1/needs"


@pytest.fixture
def member():
    return MembershipFactory()


@pytest.fixture
def program(member, as_program):
    return as_program(member.user)


def _body(partner, **more):
    return {
        "partner": partner.slug,
        "profession": ProfessionFactory(code="api-nurse").code,
        "commune": CommuneFactory(insee="44131", name="Pornic").insee,
        "contract": "cdi",
        "starts_on": "2027-01-04",
        **more,
    }


def test_needs_without_a_token_are_refused(client):
    response = client.get(NEEDS)

    assert response.status_code == 401
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.json()["status"] == 401


def test_needs_with_a_made_up_token_are_refused(client):
    response = client.get(NEEDS, headers={"Authorization": "Bearer pas-un-jeton"})

    assert response.status_code == 401


def test_needs_listed_are_own_and_those_neighbours_publish(member, program):
    own_draft = NeedFactory(partner=member.partner)
    shared = NeedFactory(
        partner=PartnerFactory(territory=member.partner.territory),
        published=True,
        members_only=True,
    )
    NeedFactory(partner=shared.partner)
    NeedFactory(published=True, members_only=True)

    body = program.get(NEEDS).json()

    assert {item["id"] for item in body["items"]} == {own_draft.pk, shared.pk}
    assert body["count"] == 2


def test_needs_are_filtered(member, program):
    wanted = NeedFactory(partner=member.partner, published=True, search="infirmier pornic")
    NeedFactory(partner=member.partner, search="infirmier pornic")
    NeedFactory(partner=member.partner, published=True, search="infirmier vue")

    body = program.get(
        NEEDS,
        {
            "q": "Porn",
            "status": "published",
            "partner": member.partner.slug,
            "profession": wanted.profession.code,
            "commune": wanted.commune.insee,
        },
    ).json()

    assert [item["id"] for item in body["items"]] == [wanted.pk]


def test_need_is_read_in_decimals_and_euros(member, program):
    need = NeedFactory(
        partner=member.partner,
        fte_hundredths=80,
        pay_min_cents=220050,
        pay_max_cents=260000,
        pay_period="month",
    )

    body = program.get(f"{NEEDS}/{need.pk}").json()

    assert (body["fte"], body["pay"]) == (
        "0.8",
        {"low": "2200.5", "high": "2600", "period": "month", "note": ""},
    )
    assert body["partner_slug"] == member.partner.slug


def test_need_of_a_neighbour_does_not_exist(member, program):
    theirs = NeedFactory(partner=PartnerFactory(territory=member.partner.territory))

    for answer in (
        program.get(f"{NEEDS}/{theirs.pk}"),
        program.patch(
            f"{NEEDS}/{theirs.pk}",
            {"revision": 1, "positions": 9},
            content_type="application/json",
        ),
        program.post(f"{NEEDS}/{theirs.pk}/publish"),
    ):
        assert answer.status_code == 404
        assert answer.json()["status"] == 404
    theirs.refresh_from_db()
    assert (theirs.positions, theirs.status) == (1, NeedStatus.DRAFT)


def test_published_need_of_a_neighbour_is_read_and_never_written(member, program):
    theirs = NeedFactory(
        partner=PartnerFactory(territory=member.partner.territory), published=True
    )

    assert program.get(f"{NEEDS}/{theirs.pk}").status_code == 200
    assert program.post(f"{NEEDS}/{theirs.pk}/pause").status_code == 404


def test_candidate_has_no_need_to_read(as_program):
    program = as_program(MembershipFactory(welcome=True).user)

    assert program.get(NEEDS).status_code == 403


def test_need_is_written_and_published(member, program, time_machine):
    time_machine.move_to(NOW)
    response = program.post(
        NEEDS,
        _body(
            member.partner,
            publish=True,
            fte="0.75",
            positions=2,
            pay={"low": "2200", "high": "2600.50", "period": "month"},
            reason="summer",
            works_nights=True,
        ),
        content_type="application/json",
    )

    assert response.status_code == 201
    need = Need.objects.get()
    assert (need.partner, need.status, need.fte_hundredths, need.positions) == (
        member.partner,
        NeedStatus.PUBLISHED,
        75,
        2,
    )
    assert (need.pay_min_cents, need.pay_max_cents, need.pay_period) == (220000, 260050, "month")
    assert (need.reason, need.works_nights, need.created_by) == ("summer", True, member.user)
    assert response.json()["id"] == need.pk


def test_need_for_another_structure_is_not_written(member, program):
    neighbour = PartnerFactory(territory=member.partner.territory)

    response = program.post(NEEDS, _body(neighbour), content_type="application/json")

    assert response.status_code == 404
    assert Need.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"profession": "dompteur"}, ["body", "profession"]),
        ({"fte": "1.4"}, ["body", "body", "fte"]),
        ({"positions": -1}, ["body", "body", "positions"]),
        ({"starts_on": "2027-02-31"}, ["body", "body", "starts_on"]),
        ({"contract": "inconnu"}, ["body", "body", "contract"]),
    ],
)
def test_need_in_error_says_where(member, program, change, place):
    response = program.post(NEEDS, _body(member.partner) | change, content_type="application/json")

    assert response.status_code == 422
    assert [fault["place"] for fault in response.json()["errors"]] == [place]
    assert Need.objects.count() == 0


def test_need_is_changed_at_its_revision_only(member, program):
    need = NeedFactory(partner=member.partner)
    change = {"revision": need.revision, "positions": 3}

    first = program.patch(f"{NEEDS}/{need.pk}", change, content_type="application/json")
    second = program.patch(
        f"{NEEDS}/{need.pk}", {**change, "positions": 4}, content_type="application/json"
    )

    assert (first.status_code, first.json()["positions"]) == (200, 3)
    assert second.status_code == 409
    assert second.json()["current_revision"] == first.json()["revision"]


def test_need_goes_through_its_life(as_program):
    coordinator = TerritoryRoleFactory()
    need = NeedFactory(partner=PartnerFactory(territory=coordinator.territory))
    program = as_program(coordinator.user)

    states = [
        program.post(f"{NEEDS}/{need.pk}/{act}", body, content_type="application/json").json()[
            "status"
        ]
        for act, body in (
            ("publish", {}),
            ("confirm", {}),
            ("pause", {}),
            ("publish", {}),
            ("withdraw", {"reason": "other", "note": "double emploi"}),
        )
    ]

    assert states == ["published", "published", "paused", "published", "withdrawn"]
    again = program.post(f"{NEEDS}/{need.pk}/fill")
    assert again.status_code == 422
    assert again.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("count", [1, 12])
def test_needs_take_the_same_queries_whatever_their_number(
    count, member, program, django_assert_max_num_queries
):
    NeedFactory.create_batch(count, partner=member.partner, published=True)

    with django_assert_max_num_queries(8):
        body = program.get(NEEDS).json()

    assert body["count"] == count


def test_too_many_calls_are_told_when_to_come_back(member, program, monkeypatch):
    monkeypatch.setattr("ancrage.api.security.RATE", Rate(calls=1, seconds=60))

    answers = [program.get(NEEDS).status_code for _call in range(3)]

    assert answers[0] == 200
    assert answers[-1] == 429
