"""Another member's people: the charter, and their own employer."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate
from ancrage.kit.outbox import run_due
from ancrage.matching import services
from ancrage.matching.enums import CloseReason, Side
from ancrage.matching.models import Introduction, PlanLine
from ancrage.matching.queries import with_naming
from ancrage.matching.queries.board import IntroductionFilter, introductions_matching
from ancrage.partners.enums import CommitmentKind
from ancrage.privacy.enums import ConsentChannel
from tests.factories import (
    CandidateFactory,
    CharterFactory,
    CommitmentFactory,
    CommuneFactory,
    MembershipFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(days=2)


@pytest.fixture
def charter(territory):
    made = CharterFactory(territory=territory, published=True)
    CommitmentFactory(charter=made, position=1, kind=CommitmentKind.NO_POACHING)
    return made


@pytest.fixture
def pool(territory, nurse):
    commune = CommuneFactory()
    return [
        CandidateFactory(
            territory=territory,
            professions=[nurse],
            commune=commune,
            pooled=True,
            user=UserFactory() if rank == 0 else None,
        )
        for rank in range(5)
    ]


@pytest.fixture
def employee(pool, neighbour):
    Candidate.objects.filter(pk=pool[0].pk).update(employer=neighbour)
    return pool[0]


@pytest.fixture
def asked(charter, employee, need, recruiter):
    return services.request_introduction(
        card=employee.card, need=need, by=recruiter, now=NOW, message="Venez nous voir"
    )


def read(introduction):
    return Introduction.objects.select_related("candidate__subject", "need__partner").get(
        pk=introduction.pk
    )


def mailed(now):
    mail.outbox.clear()
    run_due(clock=lambda: now)
    return sorted(message.to[0] for message in mail.outbox)


def rows(user):
    return set(permitted(user, "introductions.view", Introduction.objects.all()))


def test_request_for_a_neighbours_employee_reaches_the_coordination_and_not_the_person(
    asked, employee, recruiter, coordinator
):
    assert read(asked).is_held is True
    assert mailed(LATER) == [coordinator.email]
    assert employee.last_name not in mail.outbox[0].body
    assert rows(employee.subject.user) == set()
    # The structure sees its request as any other.
    assert rows(recruiter) == rows(coordinator) == {asked}
    # It waits for the coordination: the person is neither asked again nor said to be silent.
    month = NOW + timedelta(days=40)
    assert (services.remind_people(now=month), services.give_up_silent(now=month)) == (0, 0)


def late_for(user, on):
    rows = with_naming(permitted(user, "introductions.list", Introduction.objects.all()), user)
    return list(introductions_matching(rows, IntroductionFilter(late=True), on=on))


def test_request_not_passed_on_is_late_for_the_coordination_alone_then_ends(
    asked, employee, recruiter, coordinator
):
    week, month = NOW + timedelta(days=7), NOW + timedelta(days=30)
    mailed(NOW)

    assert services.tend_introductions(now=week - timedelta(hours=1)).relays_reminded == 0
    assert services.tend_introductions(now=week).relays_reminded == 1
    assert mailed(week) == [coordinator.email]
    assert services.tend_introductions(now=week).relays_reminded == 0
    assert late_for(coordinator, timezone.localdate(week)) == [asked]
    assert late_for(recruiter, timezone.localdate(week)) == []

    assert services.tend_introductions(now=month - timedelta(hours=1)).not_relayed == 0
    assert services.tend_introductions(now=month).not_relayed == 1

    ended = read(asked)
    assert (ended.state, ended.close_reason, ended.closed_by) == (
        "closed",
        "not_relayed",
        "platform",
    )
    # The structure reads what it reads of somebody who did not answer; the person, nothing.
    assert services.reason_shown(ended, Side.PARTNER) == ""
    assert mailed(month + timedelta(hours=1)) == [recruiter.email]
    assert rows(employee.subject.user) == set()
    assert late_for(coordinator, timezone.localdate(month)) == []


def test_structure_that_asks_does_not_learn_that_the_coordination_had_proposed(
    employee, need, recruiter, coordinator
):
    proposed = services.propose_introduction(
        candidate=employee, need=need, by=coordinator, now=NOW
    )
    mailed(NOW)

    request = services.request_introduction(card=employee.card, need=need, by=recruiter, now=LATER)

    assert (read(proposed).state, read(proposed).close_reason) == ("closed", "merged")
    assert (request.state, request.proposed_at, request.is_held) == ("proposed", LATER, False)
    assert rows(recruiter) == {request}
    # The person is asked anew, and nobody is told that the first one ended.
    assert mailed(LATER + timedelta(hours=1)) == [employee.email]
    with pytest.raises(services.AlreadyIntroduced):
        services.request_introduction(card=employee.card, need=need, by=recruiter, now=LATER)


def test_request_for_somebody_the_coordination_asked_already_is_not_held(
    charter, employee, need, recruiter, coordinator
):
    services.propose_introduction(candidate=employee, need=need, by=coordinator, now=NOW)

    request = services.request_introduction(card=employee.card, need=need, by=recruiter, now=LATER)

    assert (request.through_coordination, request.is_held) == (True, False)


def test_person_applies_without_learning_of_the_request_kept_from_them(
    asked, employee, need, notice
):
    applied = services.apply_to_need(
        candidate=employee, need=need, notice=notice, by=employee.subject.user, now=LATER
    )

    assert (read(asked).state, read(asked).close_reason) == ("closed", "merged")
    assert (applied.state, applied.is_held) == ("agreed", False)
    assert rows(employee.subject.user) == {applied}


def test_request_passed_on_is_answered_as_any_other(asked, employee, coordinator, notice):
    mailed(NOW)
    person = employee.subject.user
    with pytest.raises(services.NotRelayedYet):
        services.agree_introduction(introduction=read(asked), notice=notice, by=person, now=LATER)

    services.relay_request(introduction=read(asked), by=coordinator, now=LATER)

    passed = read(asked)
    # Nothing that the structure reads has moved.
    assert (passed.is_held, passed.state_since, passed.revision) == (False, NOW, asked.revision)
    assert mailed(LATER) == [employee.email]
    assert rows(person) == {asked}
    with pytest.raises(services.NothingToRelay):
        services.relay_request(introduction=read(asked), by=coordinator, now=LATER)
    # The month to answer runs from the day they heard of it.
    month = NOW + timedelta(days=31)
    assert services.give_up_silent(now=month) == 0
    services.agree_introduction(introduction=read(asked), notice=notice, by=person, now=month)
    assert read(asked).state == "agreed"


def test_agreement_that_the_coordination_notes_passes_the_request_on(asked, coordinator, notice):
    services.agree_introduction(
        introduction=read(asked),
        notice=notice,
        by=coordinator,
        now=LATER,
        channel=ConsentChannel.PHONE,
        proof="Appel du 18",
    )

    assert (read(asked).state, read(asked).relayed_at) == ("agreed", LATER)


def test_request_not_passed_on_ends_without_a_word_to_the_person_nor_a_reason_to_the_structure(
    asked, recruiter, coordinator
):
    mailed(NOW)

    services.close_introduction(
        introduction=read(asked),
        reason=CloseReason.CHARTER,
        side=Side.COORDINATION,
        by=coordinator,
        now=LATER,
    )

    assert mailed(LATER + timedelta(hours=1)) == [recruiter.email]
    assert "plus disponible" in mail.outbox[0].body
    assert services.reason_shown(read(asked), Side.PARTNER) == ""


@pytest.mark.parametrize("lacks", ["charter", "commitment", "employer", "member"])
def test_request_goes_straight_to_the_person_where_the_charter_bars_nothing(
    lacks, charter, employee, need, neighbour, recruiter
):
    if lacks == "charter":
        charter.commitments.all().delete()
        charter.delete()
    elif lacks == "commitment":
        charter.commitments.update(kind=CommitmentKind.LOCUM_GRID)
    elif lacks == "employer":
        Candidate.objects.update(employer=None, employer_name="Une clinique nantaise")
    else:
        neighbour.left_at = timezone.now()
        neighbour.save()

    row = services.request_introduction(card=employee.card, need=need, by=recruiter, now=NOW)

    assert row.is_held is False
    assert mailed(NOW) == [employee.email]


def test_person_remains_free_to_apply_elsewhere_and_to_be_proposed(
    charter, employee, need, coordinator, notice
):
    proposed = services.propose_introduction(
        candidate=employee, need=need, by=coordinator, now=NOW
    )
    services.refuse_introduction(introduction=proposed, by=None, now=NOW)

    applied = services.apply_to_need(
        candidate=employee, need=need, notice=notice, by=employee.subject.user, now=NOW
    )

    assert (proposed.is_held, applied.is_held, applied.state) == (False, False, "agreed")


def test_nobody_is_asked_for_nor_proposed_where_they_work(employee, need, recruiter, coordinator):
    Candidate.objects.filter(pk=employee.pk).update(employer=need.partner)

    with pytest.raises(services.CardNotShown):
        services.request_introduction(card=employee.card, need=need, by=recruiter, now=NOW)
    with pytest.raises(services.OwnEmployer):
        services.propose_introduction(candidate=employee, need=need, by=coordinator, now=NOW)
    Candidate.objects.filter(pk=employee.pk).update(shown_to_employer=True)
    row = services.request_introduction(card=employee.card, need=need, by=recruiter, now=NOW)
    assert row.is_held is False


def test_whoever_recruits_for_two_structures_does_not_ask_for_the_people_of_the_other(
    employee, need, neighbour, recruiter
):
    MembershipFactory(user=recruiter, partner=neighbour)

    with pytest.raises(services.CardNotShown):
        services.request_introduction(card=employee.card, need=need, by=recruiter, now=NOW)


def test_plan_proposes_nobody_where_they_work(territory, employee, pool, need):
    Candidate.objects.exclude(pk=employee.pk).update(status="erased", in_pool=False, email="")

    def planned():
        services.ask_plan(territory=territory, by=None, now=NOW)
        run_due(clock=lambda: NOW)
        return [line.candidate for line in PlanLine.objects.order_by("pk")]

    Candidate.objects.filter(pk=employee.pk).update(employer=need.partner)
    assert planned() == []
    Candidate.objects.filter(pk=employee.pk).update(shown_to_employer=True)
    assert planned() == [employee]
