from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from ancrage.candidates.models import Candidate
from ancrage.candidates.services import settle_candidate
from ancrage.kit.models import AuditLine
from ancrage.matching import services
from ancrage.matching.enums import (
    OPEN_STATES,
    REASONS_OF,
    TRANSITIONS,
    CloseReason,
    IntroductionState,
    Side,
)
from ancrage.matching.models import Introduction, IntroductionMessage
from ancrage.needs.enums import NeedStatus
from ancrage.privacy.models import ConsentEntry
from ancrage.privacy.services import SubjectFrozen, limit_subject, withdraw_consent
from tests.factories import CandidateFactory, IntroductionFactory, NeedFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=3)
NEXT_WEEK = NOW + timedelta(days=7)
START = date(2027, 1, 4)


def read(introduction):
    return Introduction.objects.select_related(
        "candidate__subject", "need__partner", "need__profession", "partner"
    ).get(pk=introduction.pk)


def hire(introduction, **how):
    return services.hire(
        introduction=read(introduction),
        starts_on=START,
        side=Side.PARTNER,
        by=None,
        now=LATER,
        **how,
    )


def test_every_state_leads_somewhere_or_is_an_end():
    assert set(TRANSITIONS) == set(IntroductionState)
    assert {state for state, after in TRANSITIONS.items() if after} == OPEN_STATES
    assert all(IntroductionState.CLOSED in TRANSITIONS[state] for state in OPEN_STATES)


def test_every_reason_is_somebodys():
    assert {reason for reasons in REASONS_OF.values() for reason in reasons} == set(CloseReason)


def test_acceptance_stops_the_clock(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, agreed=True)

    services.answer_introduction(
        introduction=introduction, accepts=True, side=Side.PARTNER, by=None, now=LATER
    )

    now = read(introduction)
    assert (now.state, now.answered_at, now.state_since) == ("answered", LATER, LATER)


def test_refusal_of_the_structure_is_an_answer_with_its_reason(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, agreed=True)

    services.answer_introduction(
        introduction=introduction,
        accepts=False,
        reason=CloseReason.OTHER_SKILLS,
        side=Side.COORDINATION,
        by=None,
        now=LATER,
        note="Réanimation exigée",
    )

    now = read(introduction)
    assert (now.state, now.close_reason, now.closed_by) == ("closed", "other_skills", "partner")
    assert (now.answered_at, now.ended_at) == (LATER, LATER)
    assert AuditLine.objects.latest("pk").changes == {
        "state": ["agreed", "closed"],
        "close_reason": ["", "other_skills"],
    }


def test_end_by_the_person_is_no_answer_of_the_structure(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, agreed=True)

    services.refuse_introduction(introduction=introduction, by=None, now=LATER, reason="terms")

    assert (read(introduction).answered_at, read(introduction).closed_by) == (None, "person")


def test_meeting_is_fixed_then_moved_without_a_second_step(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, answered=True)
    how = {"minutes": 45, "side": Side.PARTNER, "by": None, "now": LATER}

    services.plan_meeting(
        introduction=introduction, meeting_at=NEXT_WEEK, place=" Hall  B ", **how
    )
    services.plan_meeting(
        introduction=introduction, meeting_at=NEXT_WEEK + timedelta(days=1), place="Hall C", **how
    )

    now = read(introduction)
    assert (now.state, now.meeting_at, now.meeting_minutes, now.meeting_place) == (
        "meeting",
        NEXT_WEEK + timedelta(days=1),
        45,
        "Hall C",
    )
    assert now.meeting_sequence == 2
    assert (
        list(now.moves.filter(after="meeting").values_list("before", flat=True))
        == [
            "answered",
            "meeting",
        ][:1]
    )
    assert list(AuditLine.objects.order_by("pk").values_list("action", flat=True)) == [
        "introductions.meet",
        "introductions.meet_again",
    ]


def test_meeting_in_the_past_is_refused(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, answered=True)

    with pytest.raises(services.MeetingInThePast):
        services.plan_meeting(
            introduction=introduction,
            meeting_at=NOW,
            minutes=30,
            place="",
            side=Side.PARTNER,
            by=None,
            now=LATER,
        )


def test_step_out_of_order_is_refused_in_words(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, agreed=True)

    with pytest.raises(services.StepNotAllowed) as refusal:
        hire(introduction)

    assert refusal.value.messages == [
        "Une mise en relation « À répondre » ne peut pas passer à « Embauche »."
    ]


def test_hire_takes_the_post_and_ends_the_rest_politely(need, candidate, neighbour):
    introduction = IntroductionFactory(need=need, candidate=candidate, offer=True)
    elsewhere = IntroductionFactory(
        need=NeedFactory(partner=neighbour, published=True), candidate=candidate, agreed=True
    )
    rival = IntroductionFactory(
        need=need, candidate=CandidateFactory(territory=need.partner.territory), answered=True
    )

    step = hire(introduction)

    now = read(introduction)
    assert (now.state, now.starts_on, now.ended_at) == ("hired", START, LATER)
    need.refresh_from_db()
    assert need.status == NeedStatus.FILLED
    assert (read(elsewhere).state, read(elsewhere).close_reason) == ("closed", "hired_elsewhere")
    assert (read(rival).state, read(rival).close_reason) == ("closed", "need_closed")
    assert elsewhere.moves.get(after="closed").cause == step
    candidate.refresh_from_db()
    assert candidate.settled_at == LATER


def test_hire_on_one_of_several_posts_leaves_the_others_open(need, candidate):
    need.positions = 3
    need.save()
    rival = IntroductionFactory(
        need=need, candidate=CandidateFactory(territory=need.partner.territory), answered=True
    )

    hire(IntroductionFactory(need=need, candidate=candidate, offer=True))

    need.refresh_from_db()
    assert (need.status, need.positions) == (NeedStatus.PUBLISHED, 2)
    assert read(rival).state == "answered"


def test_part_time_hire_may_leave_the_rest_open(need, candidate, neighbour):
    elsewhere = IntroductionFactory(
        need=NeedFactory(partner=neighbour, published=True), candidate=candidate, agreed=True
    )

    hire(
        IntroductionFactory(need=need, candidate=candidate, offer=True),
        ends_others=False,
        fills_post=False,
    )

    need.refresh_from_db()
    assert need.status == NeedStatus.PUBLISHED
    assert read(elsewhere).state == "agreed"
    candidate.refresh_from_db()
    assert candidate.settled_at is None


def test_of_two_structures_that_hire_one_person_the_first_does(need, candidate, neighbour):
    first = IntroductionFactory(need=need, candidate=candidate, offer=True)
    second = read(
        IntroductionFactory(
            need=NeedFactory(partner=neighbour, published=True), candidate=candidate, offer=True
        )
    )
    hire(first)

    # The second had been read before the first was hired.
    with pytest.raises(services.PersonNoLongerAvailable):
        services.hire(introduction=second, starts_on=START, side=Side.PARTNER, by=None, now=LATER)

    assert (read(second).state, read(second).close_reason) == ("closed", "hired_elsewhere")
    assert NeedStatus(second.need.status) == NeedStatus.PUBLISHED


@pytest.mark.parametrize("starts_on", [date(2020, 1, 1), date(2037, 1, 1)])
def test_first_day_of_another_century_is_refused(need, candidate, starts_on):
    introduction = IntroductionFactory(need=need, candidate=candidate, offer=True)

    with pytest.raises(services.StartTooFar):
        services.hire(
            introduction=introduction,
            starts_on=starts_on,
            side=Side.PARTNER,
            by=None,
            now=LATER,
        )


def undo(introduction, side=Side.PARTNER, now=LATER, **how):
    return services.undo_last_move(
        introduction=read(introduction), side=side, by=None, now=now, **how
    )


def test_hire_taken_back_gives_everything_back(need, candidate, neighbour):
    introduction = IntroductionFactory(need=need, candidate=candidate, offer=True)
    elsewhere = IntroductionFactory(
        need=NeedFactory(partner=neighbour, published=True), candidate=candidate, agreed=True
    )
    rival = IntroductionFactory(
        need=need, candidate=CandidateFactory(territory=need.partner.territory), answered=True
    )
    hire(introduction)

    undo(introduction, now=LATER + timedelta(hours=1))

    now = read(introduction)
    assert (now.state, now.starts_on, now.ended_at) == ("offer", None, None)
    need.refresh_from_db()
    assert need.status == NeedStatus.PUBLISHED
    assert [read(one).state for one in (elsewhere, rival)] == ["agreed", "answered"]
    assert [read(one).close_reason for one in (elsewhere, rival)] == ["", ""]
    candidate.refresh_from_db()
    assert candidate.settled_at is None


def test_hire_taken_back_leaves_settled_whoever_had_settled_before(need, candidate):
    settle_candidate(candidate=candidate, by=None, now=NOW)
    introduction = IntroductionFactory(need=need, candidate=candidate, offer=True)
    hire(introduction)

    undo(introduction)

    candidate.refresh_from_db()
    assert candidate.settled_at == NOW


def test_hired_person_leaves_the_pool_and_comes_back_if_the_hire_is_taken_back(
    need, territory, nurse
):
    shown = CandidateFactory(territory=territory, professions=[nurse], pooled=True)
    introduction = IntroductionFactory(need=need, candidate=shown, offer=True)

    hire(introduction)
    left = Candidate.objects.get(pk=shown.pk).in_pool
    undo(introduction)

    assert (left, Candidate.objects.get(pk=shown.pk).in_pool) == (False, True)
    assert ConsentEntry.objects.filter(purpose="talent_pool").count() == 1


def test_hire_on_one_of_several_posts_taken_back_counts_the_post_again(need, candidate):
    need.positions = 2
    need.save()
    introduction = IntroductionFactory(need=need, candidate=candidate, offer=True)
    hire(introduction)

    undo(introduction)

    need.refresh_from_db()
    assert (need.status, need.positions) == (NeedStatus.PUBLISHED, 2)


def test_refusal_taken_back_starts_the_clock_where_it_was(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    services.answer_introduction(
        introduction=read(introduction),
        accepts=False,
        reason=CloseReason.OTHER,
        side=Side.PARTNER,
        by=None,
        now=LATER,
    )

    undo(introduction)

    now = read(introduction)
    assert (now.state, now.answered_at, now.answer_due_on, now.state_since) == (
        "agreed",
        None,
        TODAY + timedelta(days=10),
        NOW,
    )


def test_agreement_taken_back_is_withdrawn_from_the_ledger(need, candidate, notice):
    introduction = IntroductionFactory(need=need, candidate=candidate)
    services.agree_introduction(
        introduction=introduction, notice=notice, by=None, now=NOW + timedelta(minutes=1)
    )

    undo(introduction, side=Side.PERSON)

    now = read(introduction)
    assert (now.state, now.agreed_at, now.answer_due_on) == ("proposed", None, None)
    lines = candidate.subject.consent_entries.filter(purpose="identity").order_by("pk")
    assert list(lines.values_list("given", flat=True)) == [True, False]


def test_step_is_taken_back_by_the_side_that_took_it_and_within_a_day(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, answered=True)

    with pytest.raises(services.NothingToUndo):
        undo(introduction, side=Side.PERSON)
    with pytest.raises(services.UndoTooLate):
        undo(introduction, now=NOW + timedelta(hours=25))
    assert services.can_undo(introduction=introduction, side=Side.PARTNER, now=LATER) is True
    assert services.can_undo(introduction=introduction, side=Side.PERSON, now=LATER) is False
    undo(introduction, side=Side.COORDINATION)
    assert read(introduction).state == "agreed"


def test_first_word_is_not_taken_back_but_closed(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate)

    with pytest.raises(services.NothingToUndo):
        undo(introduction, side=Side.COORDINATION)


def test_end_is_not_taken_back_once_another_began(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, closed=True)
    IntroductionFactory(need=need, candidate=candidate)

    with pytest.raises(services.AlreadyIntroduced):
        undo(introduction)


def test_end_is_not_taken_back_once_the_person_withdrew(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, closed=True)
    withdraw_consent(
        subject=candidate.subject,
        purpose="identity",
        scope=f"partner:{need.partner_id}",
        channel="self",
        by=None,
        now=LATER,
    )

    with pytest.raises(services.PersonNoLongerAvailable):
        undo(introduction)


def test_both_sides_write_and_the_person_counts_as_heard_from(need, candidate, recruiter):
    introduction = IntroductionFactory(need=need, candidate=candidate, agreed=True)

    services.post_message(
        introduction=introduction,
        side=Side.PARTNER,
        text=" Quand venez-vous ? ",
        by=recruiter,
        now=NOW,
    )
    services.post_message(
        introduction=introduction, side=Side.PERSON, text="Jeudi", by=None, now=LATER
    )

    rows = IntroductionMessage.objects.order_by("pk")
    assert list(rows.values_list("side", "text", "author")) == [
        ("partner", "Quand venez-vous ?", recruiter.pk),
        ("person", "Jeudi", None),
    ]
    candidate.subject.refresh_from_db()
    assert candidate.subject.last_contact_at == LATER


def test_empty_or_endless_message_is_refused(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    how = {"introduction": introduction, "side": Side.PERSON, "by": None, "now": NOW}

    with pytest.raises(services.MessageEmpty):
        services.post_message(text=" \n ", **how)
    with pytest.raises(services.MessageTooLong):
        services.post_message(text="a" * 4001, **how)


def test_structure_does_not_write_to_somebody_who_did_not_agree(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate)

    with pytest.raises(services.PersonNoLongerAvailable):
        services.post_message(
            introduction=introduction, side=Side.PARTNER, text="Bonjour", by=None, now=NOW
        )


def test_nobody_writes_to_a_profile_that_rests(need, candidate):
    introduction = IntroductionFactory(need=need, candidate=candidate, agreed=True)
    limit_subject(subject=candidate.subject, by=None, now=NOW)

    with pytest.raises(SubjectFrozen):
        services.post_message(
            introduction=read(introduction), side=Side.PARTNER, text="?", by=None, now=NOW
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "closed"},
        {"close_reason": "other"},
        {"state": "hired"},
        {"agreed_at": NOW},
        {"state": "offer"},
        {"meeting_at": NOW},
        {"meeting_at": NOW, "meeting_minutes": 2},
    ],
)
def test_database_refuses_what_cannot_be(need, candidate, wrong):
    introduction = IntroductionFactory(need=need, candidate=candidate)

    with pytest.raises(IntegrityError), transaction.atomic():
        Introduction.objects.filter(pk=introduction.pk).update(**wrong)
