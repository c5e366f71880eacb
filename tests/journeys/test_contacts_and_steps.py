from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.journeys import services
from ancrage.journeys.enums import (
    ContactOutcome,
    ImmersionKind,
    ImmersionState,
    MilestoneKind,
    WaitsFor,
)
from ancrage.journeys.models import ContactLog, Immersion, Step
from ancrage.kit.models import AuditLine
from ancrage.privacy.models import DataSubject
from tests.factories import PartnerFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def silent(field):
    """The person was last heard a year ago, and was warned."""
    DataSubject.objects.filter(pk=field.person.subject_id).update(
        last_contact_at=NOW - timedelta(days=365), warned_at=NOW - timedelta(days=1)
    )
    return field.person.subject


def test_exchange_is_a_last_contact_of_the_person(field, journey, silent):
    services.log_contact(
        journey=journey,
        kind="call",
        outcome=ContactOutcome.ANSWERED,
        on=TODAY,
        note="Toujours intéressée",
        by=field.advisor,
        now=NOW,
    )

    silent.refresh_from_db()
    assert (silent.last_contact_at, silent.warned_at) == (NOW, None)


def test_exchange_noted_later_counts_from_its_own_day(field, journey, silent):
    services.log_contact(
        journey=journey,
        kind="meeting",
        outcome=ContactOutcome.ANSWERED,
        on=date(2026, 11, 10),
        by=field.advisor,
        now=NOW,
    )

    silent.refresh_from_db()
    # Noon in Paris.
    assert silent.last_contact_at == datetime(2026, 11, 10, 11, tzinfo=UTC)


@pytest.mark.parametrize("outcome", [ContactOutcome.NO_ANSWER, ContactOutcome.MESSAGE_LEFT])
def test_attempt_does_not_count_as_a_contact(field, journey, silent, outcome):
    services.log_contact(
        journey=journey, kind="call", outcome=outcome, on=TODAY, by=field.advisor, now=NOW
    )

    silent.refresh_from_db()
    assert silent.last_contact_at == NOW - timedelta(days=365)
    assert ContactLog.objects.count() == 1


def test_contact_says_what_comes_next_in_the_same_breath(field, journey):
    services.log_contact(
        journey=journey,
        kind="call",
        outcome=ContactOutcome.ANSWERED,
        on=TODAY,
        next_action="Recevoir le diplôme",
        next_action_on=date(2026, 11, 30),
        waits_for=WaitsFor.PERSON,
        by=field.advisor,
        now=NOW,
    )

    journey.refresh_from_db()
    assert (journey.next_action, journey.next_action_on, journey.waits_for) == (
        "Recevoir le diplôme",
        date(2026, 11, 30),
        WaitsFor.PERSON,
    )


def test_contact_whose_suite_is_wrong_is_not_written_at_all(field, journey):
    with pytest.raises(ValidationError):
        services.log_contact(
            journey=journey,
            kind="call",
            outcome=ContactOutcome.ANSWERED,
            on=TODAY,
            next_action="Rappeler",
            by=field.advisor,
            now=NOW,
        )

    assert ContactLog.objects.count() == 0


def test_contact_to_come_is_refused(field, journey):
    with pytest.raises(ValidationError) as refusal:
        services.log_contact(
            journey=journey,
            kind="call",
            outcome=ContactOutcome.ANSWERED,
            on=TODAY + timedelta(days=1),
            by=field.advisor,
            now=NOW,
        )

    assert list(refusal.value.message_dict) == ["on"]


def test_note_that_says_too_much_is_kept_and_marked(field, journey):
    contact = services.log_contact(
        journey=journey,
        kind="call",
        outcome=ContactOutcome.ANSWERED,
        on=TODAY,
        note="Elle est enceinte de trois mois",
        by=field.advisor,
        now=NOW,
    )

    assert contact.flags != ""


def test_contact_written_by_mistake_is_removed(field, journey):
    contact = services.log_contact(
        journey=journey,
        kind="call",
        outcome=ContactOutcome.NO_ANSWER,
        on=TODAY,
        by=field.advisor,
        now=NOW,
    )

    services.remove_contact(contact=contact, by=field.advisor, now=NOW)

    assert ContactLog.objects.count() == 0
    assert AuditLine.objects.get(action="journeys.unlog").target_id == str(contact.pk)


def test_step_is_added_done_opened_again_and_removed(field, journey):
    step = services.add_step(
        journey=journey, label=" Refaire le CV ", due_on=TODAY, by=field.advisor, now=NOW
    )
    services.finish_step(step=step, by=field.advisor, now=NOW)
    step.refresh_from_db()
    assert (step.label, step.done_on) == ("Refaire le CV", TODAY)
    with pytest.raises(services.AlreadySettled):
        services.finish_step(step=step, by=field.advisor, now=NOW)

    services.reopen_step(step=step, by=field.advisor, now=NOW)
    step.refresh_from_db()
    assert step.done_on is None
    with pytest.raises(services.AlreadySettled):
        services.reopen_step(step=step, by=field.advisor, now=NOW)

    services.remove_step(step=step, by=field.advisor, now=NOW)
    assert Step.objects.count() == 0


@pytest.mark.parametrize("label", [" ", "x" * 201])
def test_step_without_a_name_or_too_long_is_refused(field, journey, label):
    with pytest.raises(ValidationError) as refusal:
        services.add_step(journey=journey, label=label, by=field.advisor, now=NOW)

    assert list(refusal.value.message_dict) == ["label"]


def test_immersion_done_is_a_milestone(field, journey):
    immersion = services.plan_immersion(
        journey=journey,
        kind=ImmersionKind.IMMERSION,
        partner=field.partner,
        starts_on=TODAY,
        ends_on=TODAY,
        by=field.advisor,
        now=NOW,
    )

    services.settle_immersion(
        immersion=immersion,
        state=ImmersionState.DONE,
        note="Le service de nuit lui plaît",
        by=field.advisor,
        now=NOW,
    )

    immersion.refresh_from_db()
    assert (immersion.state, immersion.note) == (
        ImmersionState.DONE,
        "Le service de nuit lui plaît",
    )
    assert journey.milestones.get(kind=MilestoneKind.IMMERSED).on == TODAY
    with pytest.raises(services.AlreadySettled):
        services.settle_immersion(
            immersion=immersion, state=ImmersionState.CANCELLED, by=field.advisor, now=NOW
        )


def test_cancelled_immersion_is_no_milestone(field, journey):
    immersion = services.plan_immersion(
        journey=journey,
        kind=ImmersionKind.TERRITORY,
        starts_on=TODAY + timedelta(days=3),
        ends_on=TODAY + timedelta(days=3),
        by=field.advisor,
        now=NOW,
    )
    with pytest.raises(ValidationError):
        services.settle_immersion(
            immersion=immersion, state=ImmersionState.DONE, by=field.advisor, now=NOW
        )

    services.settle_immersion(
        immersion=immersion, state=ImmersionState.CANCELLED, by=field.advisor, now=NOW
    )

    assert not journey.milestones.filter(kind=MilestoneKind.IMMERSED).exists()


@pytest.mark.parametrize(
    ("days", "with_partner", "elsewhere", "wrong"),
    [
        (-1, True, False, "ends_on"),
        (0, False, False, "partner"),
        (0, True, True, "partner"),
    ],
)
def test_immersion_that_cannot_be_is_refused(field, journey, days, with_partner, elsewhere, wrong):
    partner = PartnerFactory() if elsewhere else field.partner
    with pytest.raises(ValidationError) as refusal:
        services.plan_immersion(
            journey=journey,
            kind=ImmersionKind.VISIT,
            partner=partner if with_partner else None,
            starts_on=TODAY,
            ends_on=TODAY + timedelta(days=days),
            by=field.advisor,
            now=NOW,
        )

    assert list(refusal.value.message_dict) == [wrong]
    assert Immersion.objects.count() == 0
