from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.journeys import services
from ancrage.journeys.enums import (
    FollowUpSide,
    FollowUpState,
    JourneyState,
    LeaveReason,
    MilestoneKind,
)
from ancrage.journeys.models import FollowUp, Journey, Stay
from tests.factories import JourneyFactory, PartnerFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def _milestones(journey):
    return dict(journey.milestones.order_by("on", "kind").values_list("kind", "on"))


def _open(field, journey, **facts):
    facts = {"profession": field.nurse, "started_on": TODAY, "partner": field.partner, **facts}
    return services.open_stay(
        journey=journey, post=services.Post(**facts), by=field.advisor, now=NOW
    )


def test_hire_plans_four_questions_to_each_side_and_moves_the_journey(field, journey, stay):
    journey.refresh_from_db()

    planned = FollowUp.objects.order_by("months", "side").values_list("months", "side", "due_on")
    days = {
        1: date(2026, 12, 16),
        3: date(2027, 2, 16),
        6: date(2027, 5, 16),
        12: date(2027, 11, 16),
    }
    assert list(planned) == [
        (months, side.value, day)
        for months, day in days.items()
        for side in (FollowUpSide.PARTNER, FollowUpSide.PERSON)
    ]
    assert (journey.state, journey.next_action_on) == (JourneyState.IN_POST, date(2026, 12, 23))
    assert _milestones(journey) == {
        MilestoneKind.ACCOMPANIED: TODAY,
        MilestoneKind.HIRED: TODAY,
    }


def test_structure_of_a_post_is_the_employer_until_the_departure(field, journey, stay):
    candidate = journey.candidate
    candidate.refresh_from_db()
    assert (candidate.employer, candidate.shown_to_employer) == (field.partner, False)

    services.end_stay(
        stay=stay, ended_on=TODAY, leave_reason=LeaveReason.PERSONAL, by=field.advisor, now=NOW
    )

    candidate.refresh_from_db()
    assert candidate.employer is None


def test_person_in_a_practice_of_their_own_is_asked_alone(field, journey):
    _open(field, journey, partner=None, post="Cabinet libéral")

    assert set(FollowUp.objects.values_list("side", flat=True)) == {FollowUpSide.PERSON}


def test_post_taken_before_we_knew_them_is_followed_from_the_journey_on(field, journey):
    stay = _open(field, journey, started_on=date(2026, 7, 1))

    assert (stay.followed_since, stay.known_on) == (TODAY, TODAY)
    assert list(
        stay.follow_ups.filter(side="person").order_by("months").values_list("months", flat=True)
    ) == [6, 12]
    assert _milestones(journey) == {
        MilestoneKind.ACCOMPANIED: TODAY,
        MilestoneKind.HIRED: date(2026, 7, 1),
        MilestoneKind.KEPT_3: date(2026, 10, 1),
    }


def test_post_to_come_is_known_from_its_first_day(field, journey):
    stay = _open(field, journey, started_on=date(2027, 1, 4))

    assert (stay.followed_since, stay.known_on) == (date(2027, 1, 4), date(2027, 1, 4))
    assert _milestones(journey)[MilestoneKind.HIRED] == TODAY


def test_two_part_time_posts_are_two_stays_and_twice_the_same_is_refused(field, journey, stay):
    other = PartnerFactory(territory=field.territory)
    _open(field, journey, partner=other)

    with pytest.raises(services.AlreadyInPost):
        _open(field, journey)

    assert Stay.objects.count() == 2


@pytest.mark.parametrize(
    ("facts", "wrong"),
    [
        ({"started_on": date(1926, 11, 16)}, "started_on"),
        ({"started_on": date(2029, 11, 16)}, "started_on"),
        ({"contract_ends_on": TODAY - timedelta(days=1)}, "contract_ends_on"),
    ],
)
def test_post_whose_dates_cannot_be_is_refused(field, journey, facts, wrong):
    with pytest.raises(ValidationError) as refusal:
        _open(field, journey, **facts)

    assert list(refusal.value.message_dict) == [wrong]


def test_structure_of_another_territory_is_refused(field, journey):
    with pytest.raises(ValidationError) as refusal:
        _open(field, journey, partner=PartnerFactory())

    assert list(refusal.value.message_dict) == ["partner"]


def test_news_keep_the_last_day_and_prove_the_milestones(field, journey):
    stay = _open(field, journey, started_on=date(2026, 7, 1))
    later = NOW + timedelta(days=60)

    services.confirm_stay(stay=stay, on=date(2027, 1, 10), by=field.advisor, now=later)
    services.confirm_stay(stay=stay, on=date(2026, 12, 1), by=field.advisor, now=later)

    stay.refresh_from_db()
    assert stay.known_on == date(2027, 1, 10)
    assert _milestones(journey)[MilestoneKind.KEPT_6] == date(2027, 1, 1)


def test_departure_ends_the_questions_and_the_person_is_accompanied_again(field, journey, stay):
    later = NOW + timedelta(days=100)
    services.end_stay(
        stay=stay,
        ended_on=date(2027, 2, 20),
        leave_reason=LeaveReason.HOURS,
        note="Nuits trop longues",
        by=field.advisor,
        now=later,
    )

    stay.refresh_from_db()
    journey.refresh_from_db()
    assert (stay.ended_on, stay.leave_reason, stay.known_on) == (
        date(2027, 2, 20),
        LeaveReason.HOURS,
        date(2027, 2, 20),
    )
    assert set(stay.follow_ups.values_list("state", flat=True)) == {FollowUpState.DROPPED}
    assert (journey.state, journey.next_action_on) == (JourneyState.ACTIVE, date(2027, 3, 3))
    assert _milestones(journey) == {
        MilestoneKind.ACCOMPANIED: TODAY,
        MilestoneKind.HIRED: TODAY,
        MilestoneKind.KEPT_3: date(2027, 2, 16),
        MilestoneKind.LEFT: date(2027, 2, 20),
    }
    with pytest.raises(services.StayNotCurrent):
        services.end_stay(
            stay=stay,
            ended_on=date(2027, 2, 20),
            leave_reason=LeaveReason.PAY,
            by=field.advisor,
            now=later,
        )
    with pytest.raises(services.StayNotCurrent):
        services.confirm_stay(stay=stay, on=date(2027, 2, 21), by=field.advisor, now=later)


def test_person_who_leaves_one_of_two_posts_stays_in_post(field, journey, stay):
    _open(field, journey, partner=PartnerFactory(territory=field.territory))

    services.end_stay(
        stay=stay, ended_on=TODAY, leave_reason=LeaveReason.PAY, by=field.advisor, now=NOW
    )

    assert Journey.objects.get().state == JourneyState.IN_POST


@pytest.mark.parametrize(
    ("ended_on", "reason", "wrong"),
    [
        (TODAY - timedelta(days=1), LeaveReason.PAY, "ended_on"),
        (TODAY + timedelta(days=1), LeaveReason.PAY, "ended_on"),
        (TODAY, "ailleurs", "leave_reason"),
    ],
)
def test_departure_that_cannot_be_is_refused(field, stay, ended_on, reason, wrong):
    with pytest.raises(ValidationError) as refusal:
        services.end_stay(
            stay=stay, ended_on=ended_on, leave_reason=reason, by=field.advisor, now=NOW
        )

    assert list(refusal.value.message_dict) == [wrong]


def test_post_noted_by_mistake_leaves_no_milestone(field, journey, stay):
    services.remove_stay(stay=stay, by=field.advisor, now=NOW)

    journey.refresh_from_db()
    assert _milestones(journey) == {MilestoneKind.ACCOMPANIED: TODAY}
    assert journey.state == JourneyState.ACTIVE
    assert FollowUp.objects.count() == 0


def test_earlier_post_keeps_its_milestones_when_a_later_one_is_removed(field):
    journey = JourneyFactory(candidate=field.person, opened_on=date(2025, 1, 1))
    first = _open(field, journey, started_on=date(2025, 2, 1))
    services.end_stay(
        stay=first,
        ended_on=date(2025, 9, 1),
        leave_reason=LeaveReason.CONTRACT_END,
        by=field.advisor,
        now=NOW,
    )
    second = _open(field, journey)

    services.remove_stay(stay=second, by=field.advisor, now=NOW)

    assert _milestones(journey) == {
        MilestoneKind.HIRED: date(2025, 2, 1),
        MilestoneKind.KEPT_3: date(2025, 5, 1),
        MilestoneKind.KEPT_6: date(2025, 8, 1),
        MilestoneKind.LEFT: date(2025, 9, 1),
    }
