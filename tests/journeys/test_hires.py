from datetime import date, timedelta

import pytest

from ancrage.journeys import services
from ancrage.journeys.enums import JourneyState, MilestoneKind
from ancrage.journeys.models import Journey, Stay
from ancrage.kit.moves import UNDO_WINDOW
from ancrage.matching.models import Introduction
from ancrage.privacy.services import limit_subject
from tests.factories import IntroductionFactory, JourneyFactory, NeedFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

LATER = NOW + UNDO_WINDOW


@pytest.fixture
def hire(field):
    need = NeedFactory(
        partner=field.partner, published=True, unit="Nuit", ends_on=date(2027, 5, 31)
    )
    return IntroductionFactory(need=need, candidate=field.person, hired=True)


def test_hire_is_noted_once_it_can_no_longer_be_undone(field, journey, hire):
    early = services.note_hires(now=LATER - timedelta(seconds=1))
    first, again = services.note_hires(now=LATER), services.note_hires(now=LATER)

    stay = Stay.objects.get()
    journey.refresh_from_db()
    assert (early, first, again) == (0, 1, 0)
    assert (stay.journey, stay.partner, stay.profession, stay.introduction) == (
        journey,
        field.partner,
        hire.need.profession,
        hire,
    )
    assert (stay.post, stay.started_on, stay.contract_ends_on) == (
        "Nuit",
        TODAY,
        date(2027, 5, 31),
    )
    assert journey.state == JourneyState.IN_POST


def test_person_hired_without_being_accompanied_is_from_then_on(field, hire):
    services.note_hires(now=LATER)

    journey = Journey.objects.get()
    assert (journey.candidate, journey.advisor, journey.opened_on, journey.state) == (
        field.person,
        None,
        TODAY,
        JourneyState.IN_POST,
    )
    assert Stay.objects.get().followed_since == TODAY


def test_post_already_noted_by_hand_is_left_as_it_is(field, journey, stay, hire):
    assert services.note_hires(now=LATER) == 0

    stay.refresh_from_db()
    assert (stay.introduction, stay.post) == (hire, "")
    assert services.note_hires(now=LATER) == 0


def test_hire_of_somebody_frozen_waits(field, journey, hire):
    limit_subject(subject=field.person.subject, by=None, now=NOW)

    assert services.note_hires(now=LATER) == 0


def test_first_introduction_and_meeting_are_milestones(field, journey):
    IntroductionFactory(candidate=field.person, territory=field.territory, closed=True)
    IntroductionFactory(
        candidate=field.person,
        territory=field.territory,
        meeting=True,
        meeting_at=NOW + timedelta(days=3),
    )
    IntroductionFactory(candidate=field.person, territory=field.territory)

    now = services.note_introductions(now=NOW)
    later = services.note_introductions(now=NOW + timedelta(days=3))
    again = services.note_introductions(now=NOW + timedelta(days=4))

    assert (now, later, again) == (1, 1, 0)
    assert dict(journey.milestones.values_list("kind", "on")) == {
        MilestoneKind.ACCOMPANIED: TODAY,
        MilestoneKind.INTRODUCED: TODAY,
        MilestoneKind.MET: TODAY + timedelta(days=3),
    }


def test_meeting_called_off_before_its_day_was_not_held(field, journey):
    day = NOW + timedelta(days=3)
    planned = {"territory": field.territory, "meeting_at": day, "meeting_minutes": 45}
    off = IntroductionFactory(
        candidate=field.person, closed=True, ended_at=day - timedelta(days=1), **planned
    )

    services.note_introductions(now=day + timedelta(days=1))
    assert not journey.milestones.filter(kind=MilestoneKind.MET).exists()

    Introduction.objects.filter(pk=off.pk).update(ended_at=day + timedelta(hours=1))
    services.note_introductions(now=day + timedelta(days=1))
    assert journey.milestones.get(kind=MilestoneKind.MET).on == TODAY + timedelta(days=3)


def test_introduction_belongs_to_the_journey_of_its_day(field):
    before = JourneyFactory(candidate=field.person, closed=True, closed_on=date(2026, 10, 1))
    now = JourneyFactory(candidate=field.person, opened_on=date(2026, 11, 1))
    IntroductionFactory(candidate=field.person, territory=field.territory, agreed=True)

    services.note_introductions(now=NOW)

    assert (before.milestones.count(), now.milestones.count()) == (0, 1)


def test_introduction_after_the_last_journey_is_nobodys_milestone(field):
    over = JourneyFactory(candidate=field.person, closed=True, closed_on=date(2026, 10, 1))
    IntroductionFactory(candidate=field.person, territory=field.territory, agreed=True)

    assert services.note_introductions(now=NOW) == 0
    assert over.milestones.count() == 0
