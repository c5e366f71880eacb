"""The demo territory, loaded by its services at a given moment."""

from datetime import UTC, date, datetime

import pytest
from django.utils import timezone

from ancrage.demo.load import load_demo
from ancrage.needs.enums import CampaignStatus, NeedStatus
from ancrage.needs.models import Campaign, Need

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
