"""The demo loads on any day of the year, and is then of that day."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.utils import timezone

from ancrage.candidates.enums import ProofKind
from ancrage.candidates.models import Proof
from ancrage.demo.load import load_demo
from ancrage.journeys.models import FollowUp, Journey
from ancrage.journeys.queries import alert_counts
from ancrage.needs.enums import CampaignStatus
from ancrage.needs.models import Campaign
from ancrage.privacy.services import Expired, expire_subjects

# What is looked at is the calendar: `test_demo` loads it on PostgreSQL too.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="a day is a day on both databases"),
]


@pytest.mark.parametrize(
    ("now", "campaign"),
    [
        (
            datetime(2028, 2, 29, 9, 0, tzinfo=UTC),
            ("Recensement des effectifs, février 2028", date(2028, 2, 1)),
        ),
        # Fourteen days before, it was half past midnight on the first of January, in Paris.
        (
            datetime(2027, 1, 14, 23, 30, tzinfo=UTC),
            ("Recensement des effectifs, janvier 2027", date(2027, 1, 1)),
        ),
    ],
    ids=["29 February", "New Year's night"],
)
def test_demo_loads_on_any_day(now: datetime, campaign: tuple[str, date]):
    loaded = load_demo(now=now)

    today = timezone.localdate(now)
    assert (loaded.candidates, loaded.needs) == (200, 200)
    running = Campaign.objects.get(status=CampaignStatus.OPEN)
    assert (running.name, running.reference_day) == campaign
    assert all(alert_counts(Journey.objects.all(), FollowUp.objects.all(), on=today).values())
    assert expire_subjects(now=now, dry_run=True) == Expired()
    licences = Proof.objects.filter(kind=ProofKind.LOCUM_LICENCE)
    assert licences.filter(expires_on__lt=today).exists()
    assert licences.filter(expires_on__gt=today).exists()
