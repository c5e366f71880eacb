"""The demo territory, loaded by its services at a given moment."""

from datetime import UTC, datetime

import pytest
from django.utils import timezone

from ancrage.demo.load import load_demo
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need

pytestmark = pytest.mark.django_db


def test_no_post_of_the_demo_stays_open_after_its_end():
    now = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)

    load_demo(now=now)

    ended = Need.objects.filter(ends_on__lt=timezone.localdate(now))
    assert ended.filter(status=NeedStatus.EXPIRED).exists()
    assert not ended.filter(status__in=(NeedStatus.PUBLISHED, NeedStatus.PAUSED)).exists()
