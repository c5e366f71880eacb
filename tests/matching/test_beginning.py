from datetime import date, timedelta

import pytest

from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.matching import services
from ancrage.matching.enums import IntroductionOrigin, IntroductionState, Side
from ancrage.matching.models import Introduction, IntroductionMessage
from ancrage.partners.enums import CommitmentKind
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.services import NoticeOutdated, ProofMissing, limit_subject
from tests.factories import (
    CandidateFactory,
    CharterFactory,
    CommitmentFactory,
    CommuneFactory,
    IntroductionFactory,
    NeedFactory,
    TerritoryFactory,
    UserFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def steps(introduction):
    moves = introduction.moves.order_by("at", "pk")
    return list(moves.values_list("before", "after", "side"))


def audited():
    return list(AuditLine.objects.order_by("pk").values_list("action", "scope"))


def propose(candidate, need, by, **how):
    return services.propose_introduction(candidate=candidate, need=need, by=by, now=NOW, **how)


def test_proposal_of_the_coordination_is_dated_audited_and_will_be_told(
    candidate, need, coordinator, territory
):
    introduction = propose(candidate, need, coordinator, message=" Ce poste vous irait. ")

    introduction.refresh_from_db()
    assert (introduction.state, introduction.origin, introduction.proposed_at) == (
        IntroductionState.PROPOSED,
        IntroductionOrigin.COORDINATION,
        NOW,
    )
    assert (introduction.partner, introduction.territory) == (need.partner, territory)
    assert (introduction.agreed_at, introduction.answer_due_on) == (None, None)
    assert steps(introduction) == [("", "proposed", "coordination")]
    assert audited() == [("introductions.propose", f"territory:{territory.pk}")]
    assert list(IntroductionMessage.objects.values_list("side", "text")) == [
        ("coordination", "Ce poste vous irait.")
    ]
    assert [task.kind for task in OutboxTask.objects.order_by("pk")] == ["matching.tell"]
    assert consent_holds(candidate.subject, "identity", f"partner:{need.partner_id}") is False


def test_person_is_introduced_once_to_one_need(candidate, need, coordinator):
    propose(candidate, need, coordinator)

    with pytest.raises(services.AlreadyIntroduced):
        propose(candidate, need, coordinator)


def test_ended_introduction_leaves_room_for_another(candidate, need, coordinator):
    IntroductionFactory(candidate=candidate, need=need, closed=True)

    propose(candidate, need, coordinator)

    assert Introduction.objects.count() == 2


@pytest.mark.parametrize(
    "state",
    [{}, {"paused": True}, {"closed": True}, {"published": True, "ends_on": date(2026, 11, 1)}],
)
def test_need_that_is_not_to_be_filled_is_not_proposed(candidate, partner, coordinator, state):
    need = NeedFactory(partner=partner, starts_on=date(2026, 10, 1), **state)

    with pytest.raises(services.NeedNotOpen):
        propose(candidate, need, coordinator)


def test_need_of_a_structure_that_left_is_not_proposed(candidate, need, coordinator):
    need.partner.left_at = NOW
    need.partner.save()

    with pytest.raises(services.NeedNotOpen):
        propose(candidate, need, coordinator)


def test_profile_that_waits_or_rests_is_not_proposed(candidate, need, coordinator, territory):
    waiting = CandidateFactory(territory=territory, pending=True)
    limit_subject(subject=candidate.subject, by=None, now=NOW)

    for person in (waiting, candidate):
        with pytest.raises(services.ProfileNotReady):
            propose(person, need, coordinator)


def test_person_of_another_territory_is_not_proposed(need, coordinator):
    stranger = CandidateFactory(territory=TerritoryFactory())

    with pytest.raises(services.OtherTerritory):
        propose(stranger, need, coordinator)


@pytest.fixture
def pool(territory, nurse):
    commune = CommuneFactory()
    return CandidateFactory.create_batch(
        5, territory=territory, pooled=True, professions=[nurse], commune=commune
    )


def test_structure_asks_from_a_card_and_learns_no_name(pool, need, recruiter):
    introduction = services.request_introduction(
        card=pool[0].card, need=need, by=recruiter, now=NOW
    )

    assert (introduction.candidate, introduction.origin, introduction.state) == (
        pool[0],
        IntroductionOrigin.PARTNER,
        IntroductionState.PROPOSED,
    )
    assert steps(introduction) == [("", "proposed", "partner")]


def test_card_too_rare_to_be_shown_cannot_be_asked_for(pool, need, recruiter):
    pool[0].subject.limited_at = None
    card = pool[0].card
    limit_subject(subject=pool[1].subject, by=None, now=NOW)

    for key in (card, "INCONNUE"):
        with pytest.raises(services.CardNotShown):
            services.request_introduction(card=key, need=need, by=recruiter, now=NOW)


def test_person_who_applies_agrees_to_be_named_to_that_structure_only(
    candidate, need, neighbour, notice
):
    user = UserFactory()

    introduction = services.apply_to_need(
        candidate=candidate, need=need, notice=notice, by=user, now=NOW, message="Bonjour"
    )

    introduction.refresh_from_db()
    assert (introduction.state, introduction.agreed_at) == (IntroductionState.AGREED, NOW)
    assert introduction.answer_due_on == TODAY + timedelta(days=10)
    assert steps(introduction) == [("", "agreed", "person")]
    assert consent_holds(candidate.subject, "identity", f"partner:{need.partner_id}") is True
    assert consent_holds(candidate.subject, "identity", f"partner:{neighbour.pk}") is False
    assert ("introductions.propose", f"partner:{need.partner_id}") in audited()


def test_agreement_starts_the_clock_of_the_charter(candidate, need, coordinator, notice):
    charter = CharterFactory(territory=need.partner.territory, published_at=NOW)
    CommitmentFactory(charter=charter, kind=CommitmentKind.ANSWER_DELAY, threshold=5)
    introduction = propose(candidate, need, coordinator)

    services.agree_introduction(introduction=introduction, notice=notice, by=None, now=NOW)

    introduction.refresh_from_db()
    assert (introduction.state, introduction.agreed_at, introduction.answer_due_on) == (
        IntroductionState.AGREED,
        NOW,
        TODAY + timedelta(days=5),
    )
    assert consent_holds(candidate.subject, "identity", f"partner:{need.partner_id}") is True
    assert steps(introduction)[-1] == ("proposed", "agreed", "person")


def test_agreement_noted_by_somebody_else_needs_its_proof(candidate, need, coordinator, notice):
    introduction = propose(candidate, need, coordinator)

    with pytest.raises(ProofMissing):
        services.agree_introduction(
            introduction=introduction, notice=notice, by=coordinator, now=NOW, channel="phone"
        )

    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.PROPOSED
    services.agree_introduction(
        introduction=introduction,
        notice=notice,
        by=coordinator,
        now=NOW,
        channel="phone",
        proof="Appel du 16 novembre",
    )
    assert steps(introduction)[-1] == ("proposed", "agreed", "coordination")


def test_agreement_to_an_old_wording_is_refused(candidate, need, coordinator, notice):
    introduction = propose(candidate, need, coordinator)
    other = type(notice)(
        purpose="identity", version="2020-01", short=notice.short, full=notice.full
    )

    with pytest.raises(NoticeOutdated):
        services.agree_introduction(introduction=introduction, notice=other, by=None, now=NOW)

    introduction.refresh_from_db()
    assert introduction.state == IntroductionState.PROPOSED


def test_agreement_to_a_need_closed_meanwhile_is_refused(candidate, need, coordinator, notice):
    introduction = propose(candidate, need, coordinator)
    need.status = "paused"
    need.save()

    with pytest.raises(services.NeedNotOpen):
        services.agree_introduction(introduction=introduction, notice=notice, by=None, now=NOW)


def test_two_answers_to_one_proposal_are_not_both_kept(candidate, need, coordinator, notice):
    introduction = propose(candidate, need, coordinator)
    same = Introduction.objects.select_related("candidate__subject", "need__partner").get(
        pk=introduction.pk
    )
    services.refuse_introduction(introduction=introduction, by=None, now=NOW)

    with pytest.raises(services.IntroductionChangedMeanwhile):
        services.agree_introduction(introduction=same, notice=notice, by=None, now=NOW)


def test_refusal_says_why_and_whose_it_is(candidate, need, coordinator):
    introduction = propose(candidate, need, coordinator)

    services.refuse_introduction(
        introduction=introduction, by=None, now=NOW, reason="too_far", note=" Une heure de route "
    )

    introduction.refresh_from_db()
    move = introduction.moves.get(after="closed")
    assert (introduction.close_reason, introduction.closed_by, introduction.ended_at) == (
        "too_far",
        Side.PERSON,
        NOW,
    )
    assert (move.reason, move.note) == ("too_far", "Une heure de route")


def test_reason_of_another_side_is_refused(candidate, need, coordinator):
    introduction = propose(candidate, need, coordinator)

    with pytest.raises(services.ReasonNotYours):
        services.refuse_introduction(
            introduction=introduction, by=None, now=NOW, reason="other_skills"
        )
