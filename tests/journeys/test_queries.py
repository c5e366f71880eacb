from datetime import timedelta

import pytest

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.journeys.enums import FollowUpState, JourneyState, WaitsFor
from ancrage.journeys.models import FollowUp, Journey
from ancrage.journeys.queries import (
    Alert,
    JourneyFilter,
    Lost,
    Section,
    alert_counts,
    day_of_advisor,
    follow_ups_alerting,
    immersions_near,
    journeys_matching,
    lost_people,
    stays_ending,
    steps_due,
)
from ancrage.journeys.queries.day import MOST_IN_SECTION
from tests.factories import (
    CandidateFactory,
    FollowUpFactory,
    ImmersionFactory,
    JourneyFactory,
    PartnerFactory,
    ProfessionFactory,
    StayFactory,
    StepFactory,
    TerritoryRoleFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def advised(field):
    """Write journeys of the territory's own advisor."""

    def write(**facts):
        person = facts.pop("person", None) or CandidateFactory(territory=field.territory)
        facts = {"advisor": field.advisor, "next_action_on": TODAY + 90 * DAY, **facts}
        return JourneyFactory(candidate=person, **facts)

    return write


def _lost(reason=""):
    found = lost_people(Candidate.objects.all(), on=TODAY, reason=reason)
    return {person.pk: person.lost for person in found}


def test_day_sorts_each_journey_into_its_section(advised):
    late = advised(next_action_on=TODAY - 3 * DAY)
    later = advised(next_action_on=TODAY - DAY)
    today = advised(next_action_on=TODAY)
    remind = advised(next_action_on=TODAY, waits_for=WaitsFor.PERSON)
    waiting = advised(next_action_on=TODAY + DAY, waits_for=WaitsFor.PARTNER)
    coming = advised(next_action_on=TODAY + 7 * DAY)
    advised(next_action_on=TODAY + 8 * DAY)
    advised(closed=True, next_action_on=None)

    found = day_of_advisor(Journey.objects.all(), on=TODAY)

    assert found.lines == {
        Section.LATE: [late, later],
        Section.TODAY: [today],
        Section.REMIND: [remind],
        Section.WAITING: [waiting],
        Section.COMING: [coming],
    }
    assert found.counts == {
        Section.LATE: 2,
        Section.TODAY: 1,
        Section.REMIND: 1,
        Section.WAITING: 1,
        Section.COMING: 1,
    }


def test_day_shows_the_first_lines_and_counts_them_all(advised):
    for _one in range(MOST_IN_SECTION + 3):
        advised(next_action_on=TODAY)

    found = day_of_advisor(Journey.objects.all(), on=TODAY)

    assert len(found.lines[Section.TODAY]) == MOST_IN_SECTION
    assert found.counts[Section.TODAY] == MOST_IN_SECTION + 3


def test_day_holds_the_steps_and_immersions_near(advised):
    journey, over = advised(), advised(closed=True, next_action_on=None)
    due = StepFactory(journey=journey, due_on=TODAY - DAY)
    StepFactory(journey=journey, due_on=TODAY + 8 * DAY)
    StepFactory(journey=journey, due_on=TODAY, done_on=TODAY)
    StepFactory(journey=journey)
    StepFactory(journey=over, due_on=TODAY)
    near = ImmersionFactory(journey=journey, starts_on=TODAY + DAY, ends_on=TODAY + DAY)
    ImmersionFactory(journey=journey, starts_on=TODAY + 20 * DAY, ends_on=TODAY + 20 * DAY)

    assert list(steps_due(Journey.objects.all(), on=TODAY)) == [due]
    assert list(immersions_near(Journey.objects.all(), on=TODAY)) == [near]


def test_list_finds_by_name_state_advisor_profession_structure_and_section(field, advised):
    nurse, midwife = ProfessionFactory(), ProfessionFactory()
    zoe = CandidateFactory(
        territory=field.territory, first_name="Zoé", professions=[nurse, midwife]
    )
    other = CandidateFactory(territory=field.territory, professions=[midwife])
    mine = advised(person=zoe, next_action_on=TODAY - DAY)
    nobodys = advised(person=other, advisor=None)
    closed = advised(closed=True, next_action_on=None)
    partner = PartnerFactory(territory=field.territory)
    StayFactory(journey=mine, partner=partner)
    StayFactory(journey=nobodys, partner=partner, ended=True)

    def found(**search):
        rows = journeys_matching(Journey.objects.all(), JourneyFilter(**search), on=TODAY)
        return set(rows)

    assert found() == {mine, nobodys}
    assert found(state="") == {mine, nobodys, closed}
    assert found(state=JourneyState.CLOSED) == {closed}
    assert found(text="ZOE") == {mine}
    assert found(text=other.card.lower()) == {nobodys}
    assert found(advisor=field.advisor.pk) == {mine}
    assert found(advisor=0) == {nobodys}
    assert found(profession=midwife) == {nobodys}
    assert found(partner=partner) == {mine}
    assert found(section="late") == {mine}


def test_list_is_sorted_both_ways_and_says_the_profession(field, advised):
    late, soon = advised(next_action_on=TODAY - DAY), advised(next_action_on=TODAY + DAY)
    rows = Journey.objects.all()

    forth = list(journeys_matching(rows, JourneyFilter(), on=TODAY, sort="next"))
    back = list(journeys_matching(rows, JourneyFilter(), on=TODAY, sort="-next"))

    assert (forth, back) == ([late, soon], [soon, late])
    main = late.candidate.professions.get().profession
    assert forth[0].profession_label == main.label_fr


def test_person_lost_from_sight_says_why_once(field, advised):
    long_ago = NOW - timedelta(days=100)
    heard_long_ago = CandidateFactory(territory=field.territory, subject__last_contact_at=long_ago)
    never = CandidateFactory(territory=field.territory, created_at=NOW - timedelta(days=15))
    nobody = advised(advisor=None, next_action_on=TODAY - 90 * DAY).candidate
    not_coordinating = advised(
        advisor=TerritoryRoleFactory(territory=field.territory, ended_at=NOW).user
    ).candidate
    late = advised(next_action_on=TODAY - 31 * DAY).candidate
    silent = advised(person=heard_long_ago).candidate

    assert _lost() == {
        never.pk: Lost.NEVER,
        nobody.pk: Lost.NOBODY,
        not_coordinating.pk: Lost.NOBODY,
        late.pk: Lost.LATE,
        silent.pk: Lost.SILENT,
    }
    assert _lost("late") == {late.pk: Lost.LATE}


def test_person_followed_new_or_accompanied_to_the_end_is_not_lost(field, advised):
    advised()
    advised(next_action_on=TODAY - 30 * DAY)
    CandidateFactory(territory=field.territory)
    old = CandidateFactory(territory=field.territory, created_at=NOW - timedelta(days=400))
    advised(person=old, closed=True, next_action_on=None)
    CandidateFactory(
        territory=field.territory,
        created_at=NOW - timedelta(days=400),
        status=CandidateStatus.ERASED,
    )

    assert _lost() == {}


def test_person_lost_from_sight_is_told_once_whatever_their_journeys(advised):
    person = advised(closed=True, next_action_on=None).candidate
    advised(person=person, closed=True, next_action_on=None)
    journey = advised(person=person, next_action_on=TODAY - 31 * DAY)

    lost = lost_people(Candidate.objects.all(), on=TODAY)

    assert [(one, one.lost, one.journey_pk) for one in lost] == [(person, Lost.LATE, journey.pk)]


def test_warnings_are_those_of_their_kind(advised):
    journey = advised(in_post=True)
    stay = StayFactory(journey=journey, contract_ends_on=TODAY + 60 * DAY)
    far = StayFactory(contract_ends_on=TODAY + 61 * DAY)
    StayFactory(contract_ends_on=TODAY, ended=True)
    call = FollowUpFactory(stay=stay, months=1, answered=True, wants_call=True)
    FollowUpFactory(stay=far, months=1, answered=True, wants_call=True, called_back_on=TODAY)
    bad = FollowUpFactory(stay=stay, months=3, answered=True, rating=2)
    FollowUpFactory(stay=far, months=3, answered=True, rating=1, answered_on=TODAY - 91 * DAY)
    FollowUpFactory(stay=far, months=6, answered=True, rating=3)
    silent = FollowUpFactory(
        stay=stay, months=6, state=FollowUpState.REMINDED, sent_on=TODAY - 14 * DAY
    )
    never_sent = FollowUpFactory(stay=stay, months=12, due_on=TODAY - DAY)
    FollowUpFactory(stay=far, months=12, state=FollowUpState.SENT, sent_on=TODAY - 13 * DAY)

    def found(alert):
        return set(follow_ups_alerting(FollowUp.objects.all(), alert, on=TODAY))

    assert found(Alert.CALL_WANTED) == {call}
    assert found(Alert.BAD_ANSWER) == {bad}
    assert found(Alert.UNANSWERED) == {silent, never_sent}
    assert list(stays_ending(Journey.objects.all(), on=TODAY)) == [stay]
    assert alert_counts(Journey.objects.all(), FollowUp.objects.all(), on=TODAY) == {
        Alert.CALL_WANTED: 1,
        Alert.BAD_ANSWER: 1,
        Alert.CONTRACT_ENDING: 1,
        Alert.UNANSWERED: 2,
    }
