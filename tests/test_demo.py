"""The demo territory, loaded by its services at a given moment."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import (
    CardCriteria,
    candidate_of,
    cards_matching,
    duplicates_in,
)
from ancrage.demo.load import load_demo
from ancrage.journeys.models import FollowUp, Journey
from ancrage.journeys.queries import Section, alert_counts, day_of_advisor, lost_people
from ancrage.journeys.queries.figures import FigureFilter
from ancrage.journeys.services.figures import figures_of
from ancrage.matching.enums import IntroductionState
from ancrage.matching.models import Introduction
from ancrage.matching.queries import late_introductions
from ancrage.needs.enums import CampaignStatus, NeedStatus
from ancrage.needs.models import Campaign, Need
from ancrage.territory.models import Territory

pytestmark = pytest.mark.django_db


def test_no_post_of_the_demo_stays_open_after_its_end():
    now = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)

    load_demo(now=now)

    ended = Need.objects.filter(ends_on__lt=timezone.localdate(now))
    assert ended.filter(status=NeedStatus.EXPIRED).exists()
    assert not ended.filter(status__in=(NeedStatus.PUBLISHED, NeedStatus.PAUSED)).exists()


def test_demo_dates_a_campaign_from_the_day_of_the_territory_and_not_of_london():
    # Fourteen days before, it was half past midnight on the first of January, in Paris.
    now = datetime(2027, 1, 14, 23, 30, tzinfo=UTC)

    load_demo(now=now)

    campaign = Campaign.objects.get(status=CampaignStatus.OPEN)
    assert (campaign.name, campaign.reference_day) == (
        "Recensement des effectifs, janvier 2027",
        date(2027, 1, 1),
    )


def test_demo_holds_people_at_every_stage_and_cards_that_may_be_shown():
    load_demo(now=datetime(2026, 11, 22, 8, 30, tzinfo=UTC))

    territory = Territory.objects.get()
    stages = set(Candidate.objects.values_list("status", flat=True))
    assert stages == {CandidateStatus.ACTIVE, CandidateStatus.PENDING}
    assert cards_matching(CardCriteria(), territories=[territory.pk]).total >= 30
    assert len(duplicates_in(Candidate.objects.all())) == 1
    assert candidate_of(User.objects.get(email="professionnelle@demo.example")).in_pool is True


def test_demo_holds_introductions_at_every_step_and_one_that_is_late():
    now = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)

    loaded = load_demo(now=now)

    assert Introduction.objects.count() == loaded.introductions > 20
    states = set(Introduction.objects.values_list("state", flat=True))
    assert states == set(IntroductionState.values)
    late = late_introductions(Introduction.objects.all(), on=timezone.localdate(now))
    assert late.exists()
    own = Introduction.objects.filter(
        candidate__subject__user__email="professionnelle@demo.example"
    )
    assert set(own.values_list("state", flat=True)) == {"proposed", "agreed"}


def test_demo_holds_journeys_that_make_the_day_the_warnings_and_the_figures_live():
    now = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)

    loaded = load_demo(now=now)

    today, territory = timezone.localdate(now), Territory.objects.get()
    rows, asked = Journey.objects.all(), FollowUp.objects.all()
    day = day_of_advisor(rows, on=today)
    figures = figures_of(FigureFilter(territory), on=today, exact=False)
    assert rows.count() == loaded.journeys > 40
    assert [section for section in Section if not day.counts[section]] in ([], [Section.REMIND])
    assert all(alert_counts(rows, asked, on=today).values())
    assert lost_people(Candidate.objects.all(), on=today).exists()
    assert figures.retention.curve.steps
    assert (figures.funnel.hired or 0) > 20
    own = Journey.objects.get(candidate__subject__user__email="professionnelle@demo.example")
    assert own.is_open
