import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from tests.factories import MembershipFactory, NeedFactory

pytestmark = pytest.mark.django_db


def tend():
    out = StringIO()
    call_command("tend_needs", stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def test_tend_needs_does_the_round_and_says_what_it_did():
    now = timezone.now()
    today = timezone.localdate(now)
    asked = NeedFactory(published=True, confirmed_at=now - timedelta(days=31))
    partner = MembershipFactory(partner=asked.partner).partner
    paused = NeedFactory(partner=partner, published=True, confirmed_at=now - timedelta(days=90))
    expired = NeedFactory(
        partner=partner,
        published=True,
        starts_on=date(2020, 1, 1),
        ends_on=today - timedelta(days=1),
        confirmed_at=now,
    )

    first, second = tend(), tend()

    assert first == {"expired": 1, "paused": 1, "asked": 1, "mails": 2, "search_mended": 3}
    assert second == {"expired": 0, "paused": 0, "asked": 0, "mails": 0, "search_mended": 0}
    assert dict(Need.objects.values_list("pk", "status")) == {
        asked.pk: NeedStatus.PUBLISHED,
        paused.pk: NeedStatus.PAUSED,
        expired.pk: NeedStatus.EXPIRED,
    }
