from datetime import date, timedelta

import pytest

from ancrage.candidates.services import merge_candidates, unmerge_candidates
from ancrage.journeys import services
from ancrage.journeys.enums import (
    CloseReason,
    FollowUpState,
    JourneyState,
    LeaveReason,
    MilestoneKind,
    Presence,
)
from ancrage.journeys.models import ContactLog, FollowUp, Immersion, Journey, Stay, Step
from ancrage.privacy.services import erase_subject
from tests.factories import (
    CandidateFactory,
    ContactLogFactory,
    FollowUpFactory,
    ImmersionFactory,
    JourneyFactory,
    StepFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

MARK = "Zéphyrine"


@pytest.fixture(autouse=True)
def _ledger(settings, tmp_path):
    settings.ERASURE_LEDGER = tmp_path / "erasures.jsonl"


@pytest.fixture
def told(journey, stay):
    """A journey that says too much everywhere."""
    Journey.objects.filter(pk=journey.pk).update(goal=MARK, next_action=MARK)
    StepFactory(journey=journey, label=MARK)
    ContactLogFactory(journey=journey, note=MARK)
    ImmersionFactory(journey=journey, note=MARK)
    Stay.objects.filter(pk=stay.pk).update(
        post=MARK, note=MARK, contract_ends_on=date(2027, 11, 15)
    )
    FollowUpFactory(stay=stay, months=2, answered=True, comment=MARK, rating=4)
    return journey


def test_erased_person_leaves_months_states_and_reasons(field, told, stay):
    erase_subject(subject=field.person.subject, by=None, now=NOW)
    services.erase_journeys(subject=field.person.subject, now=NOW)

    journey, stay = Journey.objects.get(), Stay.objects.get()
    month = date(2026, 11, 1)
    assert (journey.state, journey.close_reason, journey.opened_on, journey.closed_on) == (
        JourneyState.CLOSED,
        CloseReason.ERASED,
        month,
        month,
    )
    assert (journey.goal, journey.next_action, journey.advisor, journey.opened_by) == (
        "",
        "",
        None,
        None,
    )
    assert [model.objects.count() for model in (Step, ContactLog, Immersion)] == [0] * 3
    assert (stay.post, stay.note, stay.started_on, stay.followed_since, stay.known_on) == (
        "",
        "",
        month,
        month,
        month,
    )
    assert (stay.contract_ends_on, stay.partner) == (date(2027, 11, 1), field.partner)
    assert list(
        FollowUp.objects.values_list("state", "presence", "rating", "comment", "answered_on")
    ) == [(FollowUpState.ANSWERED, Presence.HERE, 4, "", month)]
    assert dict(journey.milestones.values_list("kind", "on")) == {
        MilestoneKind.ACCOMPANIED: month,
        MilestoneKind.HIRED: month,
    }


def test_departure_of_an_erased_person_keeps_its_month(field, stay):
    services.end_stay(
        stay=stay,
        ended_on=date(2026, 12, 20),
        leave_reason=LeaveReason.PAY,
        by=field.advisor,
        now=NOW + timedelta(days=60),
    )

    erase_subject(subject=field.person.subject, by=None, now=NOW)

    stay.refresh_from_db()
    assert (stay.ended_on, stay.leave_reason) == (date(2026, 12, 1), LeaveReason.PAY)


def test_person_takes_away_all_that_is_written_of_them(field, told):
    tables = services.export_journeys(subject=field.person.subject).tables

    assert {title: len(rows) for title, rows in tables.items()} == {
        "parcours": 1,
        "etapes": 1,
        "contacts": 1,
        "immersions": 1,
        "issues_de_l_accueil": 0,
        "jalons": 2,
        "postes": 1,
        "points_d_etape": 9,
    }
    assert tables["contacts"][0]["note"] == MARK
    assert tables["postes"][0]["partner"] == str(field.partner)


def test_journey_of_an_absorbed_profile_follows_the_person_and_back(field):
    kept = CandidateFactory(territory=field.territory)
    absorbed = CandidateFactory(territory=field.territory)
    journey = JourneyFactory(candidate=absorbed)

    merge = merge_candidates(kept=kept, absorbed=absorbed, by=None, now=NOW)
    journey.refresh_from_db()
    assert journey.candidate == kept

    unmerge_candidates(merge=merge, by=None, now=NOW)
    journey.refresh_from_db()
    assert journey.candidate == absorbed


def test_of_two_open_journeys_one_goes_on_with_what_both_had_to_do_and_back(field):
    kept, absorbed = CandidateFactory.create_batch(2, territory=field.territory)
    mine = JourneyFactory(candidate=kept, goal="")
    theirs = JourneyFactory(candidate=absorbed, goal="Un poste de nuit")
    old = JourneyFactory(candidate=absorbed, closed=True)
    services.add_step(journey=theirs, label="Refaire le CV", due_on=None, by=None, now=NOW)
    stay = services.open_stay(
        journey=theirs,
        post=services.Post(profession=field.nurse, started_on=TODAY, partner=field.partner),
        by=None,
        now=NOW,
    )
    theirs.refresh_from_db()
    action = theirs.next_action

    merge = merge_candidates(kept=kept, absorbed=absorbed, by=None, now=NOW)

    mine.refresh_from_db()
    theirs.refresh_from_db()
    stay.refresh_from_db()
    assert {one.candidate for one in Journey.objects.all()} == {kept}
    assert (theirs.state, theirs.close_reason) == ("closed", "merged")
    assert (mine.state, mine.goal, stay.journey) == ("in_post", "Un poste de nuit", mine)
    labels = mine.steps.order_by("pk").values_list("label", flat=True)
    assert list(labels) == ["Refaire le CV", action]

    unmerge_candidates(merge=merge, by=None, now=NOW)

    mine.refresh_from_db()
    theirs.refresh_from_db()
    stay.refresh_from_db()
    old.refresh_from_db()
    assert (mine.candidate, theirs.candidate, old.candidate) == (kept, absorbed, absorbed)
    assert (mine.state, mine.goal, mine.steps.count()) == ("active", "", 0)
    assert (theirs.state, theirs.next_action, stay.journey) == ("in_post", action, theirs)
    assert theirs.close_reason == ""
