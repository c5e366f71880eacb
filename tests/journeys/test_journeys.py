from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from ancrage.journeys import services
from ancrage.journeys.enums import (
    CloseReason,
    FollowUpState,
    JourneyState,
    MilestoneKind,
    WaitsFor,
)
from ancrage.journeys.models import FollowUp, Journey, Milestone
from ancrage.kit.models import AuditLine
from ancrage.privacy.services import SubjectFrozen, limit_subject
from tests.factories import CandidateFactory, JourneyFactory, TerritoryRoleFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

FRIDAY = date(2026, 11, 20)


def test_opened_journey_has_an_advisor_an_action_a_milestone_and_a_line(field, journey):
    line = AuditLine.objects.get(action="journeys.open")

    assert (journey.advisor, journey.state, journey.goal) == (
        field.advisor,
        JourneyState.ACTIVE,
        "Un poste de nuit",
    )
    assert (journey.next_action, journey.next_action_on, journey.waits_for) == (
        "Appeler",
        FRIDAY,
        WaitsFor.ADVISOR,
    )
    assert list(Milestone.objects.values_list("journey", "kind", "on")) == [
        (journey.pk, MilestoneKind.ACCOMPANIED, TODAY)
    ]
    assert (line.scope, line.target_label, line.changes) == (
        f"territory:{field.territory.pk}",
        f"parcours {journey.pk}",
        {},
    )


def test_second_open_journey_of_a_person_is_refused(field, journey):
    with pytest.raises(services.AlreadyAccompanied):
        services.open_journey(
            candidate=field.person,
            next_action="Appeler",
            next_action_on=FRIDAY,
            by=field.advisor,
            now=NOW,
        )

    assert Journey.objects.count() == 1


def test_advisor_must_coordinate_the_territory_today(field):
    elsewhere = TerritoryRoleFactory().user
    gone = TerritoryRoleFactory(territory=field.territory, ended_at=NOW).user

    for advisor in (elsewhere, gone):
        with pytest.raises(services.NotAnAdvisor):
            services.open_journey(
                candidate=field.person,
                next_action="Appeler",
                next_action_on=FRIDAY,
                advisor=advisor,
                by=field.advisor,
                now=NOW,
            )


@pytest.mark.parametrize(
    ("action", "on", "field_name"),
    [
        ("  ", FRIDAY, "next_action"),
        ("x" * 201, FRIDAY, "next_action"),
        ("Appeler", None, "next_action_on"),
        ("Appeler", TODAY - timedelta(days=1), "next_action_on"),
        ("Appeler", TODAY + timedelta(days=367), "next_action_on"),
    ],
)
def test_next_action_that_is_none_is_refused(field, action, on, field_name):
    with pytest.raises(ValidationError) as refusal:
        services.open_journey(
            candidate=field.person,
            next_action=action,
            next_action_on=on,
            by=field.advisor,
            now=NOW,
        )

    assert list(refusal.value.message_dict) == [field_name]
    assert Journey.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"next_action": ""},
        {"next_action_on": None},
        {"closed_on": TODAY},
        {"state": JourneyState.CLOSED},
        {"close_reason": CloseReason.SETTLED},
    ],
)
def test_database_itself_refuses_an_open_journey_without_suite(wrong):
    journey = JourneyFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Journey.objects.filter(pk=journey.pk).update(**wrong)


def test_planning_moves_the_action_and_says_who_must_act(field, journey):
    services.plan_next_action(
        journey=journey,
        revision=journey.revision,
        next_action="Relancer l’hôpital",
        next_action_on=date(2026, 12, 1),
        waits_for=WaitsFor.PARTNER,
        by=field.advisor,
        now=NOW,
    )

    journey.refresh_from_db()
    assert (journey.next_action, journey.next_action_on, journey.waits_for) == (
        "Relancer l’hôpital",
        date(2026, 12, 1),
        WaitsFor.PARTNER,
    )
    # The journal says when and who, never what: the action may name somebody.
    assert AuditLine.objects.get(action="journeys.plan").changes == {
        "next_action_on": ["2026-11-20", "2026-12-01"],
        "waits_for": ["", "partner"],
    }


def test_second_of_two_people_planning_at_once_is_told(field, journey):
    plan = {
        "journey": journey,
        "revision": journey.revision,
        "next_action": "Écrire",
        "next_action_on": FRIDAY,
        "by": field.advisor,
        "now": NOW,
    }
    services.plan_next_action(**plan)

    with pytest.raises(services.JourneyChangedMeanwhile):
        services.plan_next_action(**{**plan, "next_action": "Autre chose"})

    journey.refresh_from_db()
    assert journey.next_action == "Écrire"


def test_goal_changes_once(field, journey):
    aimed = services.aim_journey(
        journey=journey, revision=journey.revision, goal="  De jour ", by=field.advisor, now=NOW
    )
    services.aim_journey(
        journey=journey, revision=aimed.revision, goal="De jour", by=field.advisor, now=NOW
    )

    assert aimed.goal == "De jour"
    assert AuditLine.objects.filter(action="journeys.aim").count() == 1


def test_journey_is_entrusted_to_another_coordinator(field, journey):
    other = TerritoryRoleFactory(territory=field.territory).user

    services.entrust_journey(journey=journey, advisor=other, by=field.advisor, now=NOW)

    journey.refresh_from_db()
    assert journey.advisor == other
    assert AuditLine.objects.get(action="journeys.entrust").changes == {
        "advisor": [field.advisor.pk, other.pk]
    }


def test_closed_journey_has_a_reason_no_action_and_asks_nobody_any_more(field, journey, stay):
    journey.refresh_from_db()

    services.close_journey(
        journey=journey,
        revision=journey.revision,
        reason=CloseReason.SETTLED,
        by=field.advisor,
        now=NOW,
    )

    journey.refresh_from_db()
    assert (journey.state, journey.closed_on, journey.next_action, journey.next_action_on) == (
        JourneyState.CLOSED,
        TODAY,
        "",
        None,
    )
    assert set(FollowUp.objects.values_list("state", flat=True)) == {FollowUpState.DROPPED}


@pytest.mark.parametrize("reason", ["", "erased", "nonsense"])
def test_journey_is_not_closed_for_a_reason_nobody_gives(field, journey, reason):
    with pytest.raises(ValidationError) as refusal:
        services.close_journey(
            journey=journey, revision=journey.revision, reason=reason, by=field.advisor, now=NOW
        )

    assert list(refusal.value.message_dict) == ["reason"]


def test_closed_journey_takes_nothing_until_it_is_opened_again(field):
    journey = JourneyFactory(candidate=field.person, closed=True)

    with pytest.raises(services.JourneyClosed):
        services.add_step(journey=journey, label="Refaire le CV", by=field.advisor, now=NOW)
    services.reopen_journey(
        journey=journey, next_action="Appeler", next_action_on=FRIDAY, by=field.advisor, now=NOW
    )

    journey.refresh_from_db()
    assert (journey.state, journey.closed_on, journey.close_reason) == (
        JourneyState.ACTIVE,
        None,
        "",
    )
    with pytest.raises(services.JourneyNotClosed):
        services.reopen_journey(
            journey=journey,
            next_action="Appeler",
            next_action_on=FRIDAY,
            by=field.advisor,
            now=NOW,
        )


def test_old_journey_is_not_opened_beside_another(field, journey):
    old = JourneyFactory(candidate=field.person, closed=True)

    with pytest.raises(services.AlreadyAccompanied):
        services.reopen_journey(
            journey=old, next_action="Appeler", next_action_on=FRIDAY, by=field.advisor, now=NOW
        )


def test_frozen_person_is_left_alone(field, journey):
    limit_subject(subject=field.person.subject, by=None, now=NOW)
    other = CandidateFactory(territory=field.territory)
    limit_subject(subject=other.subject, by=None, now=NOW)

    with pytest.raises(SubjectFrozen):
        services.aim_journey(
            journey=journey, revision=journey.revision, goal="Autre", by=field.advisor, now=NOW
        )
    with pytest.raises(SubjectFrozen):
        services.open_journey(
            candidate=other,
            next_action="Appeler",
            next_action_on=FRIDAY,
            by=field.advisor,
            now=NOW,
        )
