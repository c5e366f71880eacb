from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import Q

from ancrage.needs.enums import AnswerStatus
from ancrage.needs.models import AnswerLine, Need
from ancrage.needs.overview import LastCampaign, Line, Period, overview_of
from tests.factories import (
    CampaignAnswerFactory,
    CampaignFactory,
    CommuneFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

PERIOD = Period(today=TODAY, since=None, until=date(2027, 1, 31))


def test_overview_counts_posts_by_commune_profession_and_month():
    territory = TerritoryFactory()
    partner = PartnerFactory(territory=territory)
    pornic, vue = CommuneFactory(), CommuneFactory()
    nurse, orderly = ProfessionFactory(), ProfessionFactory()
    where = {"partner": partner, "published": True}
    NeedFactory(
        **where,
        commune=pornic,
        profession=nurse,
        positions=3,
        starts_on=date(2026, 12, 1),
        published_at=NOW - timedelta(days=40),
    )
    NeedFactory(
        **where,
        commune=pornic,
        profession=orderly,
        positions=1,
        fte_hundredths=50,
        starts_on=date(2027, 1, 31),
    )
    NeedFactory(**where, commune=vue, profession=nurse, positions=1, starts_on=date(2026, 9, 1))
    NeedFactory(partner=partner, commune=vue, profession=nurse)
    NeedFactory(**where, commune=vue, profession=nurse, starts_on=date(2027, 2, 1))

    seen = overview_of(Need.objects.all(), territory=territory, period=PERIOD, now=NOW)

    assert seen.communes == (
        Line(pornic.pk, 4, 350, 0, (0, 3, 1), 40, 0),
        Line(vue.pk, 1, 100, 1, (0, 0, 0), 0, 0),
    )
    assert seen.professions == (
        Line(nurse.pk, 4, 400, 1, (0, 3, 0), 40, 0),
        Line(orderly.pk, 1, 50, 0, (0, 0, 1), 0, 0),
    )
    assert seen.total == Line(0, 5, 450, 1, (0, 3, 1), 40, 0)
    assert (seen.partners, seen.needs) == (1, 3)


def test_overview_of_a_later_period_leaves_the_overdue_out():
    partner = PartnerFactory()
    NeedFactory(partner=partner, published=True, starts_on=date(2026, 9, 1))
    NeedFactory(partner=partner, published=True, starts_on=date(2027, 6, 9))
    NeedFactory(partner=partner, published=True, starts_on=date(2027, 6, 10))
    NeedFactory(partner=partner, published=True, starts_on=date(2027, 7, 1))

    seen = overview_of(
        Need.objects.all(),
        territory=partner.territory,
        period=Period(today=TODAY, since=date(2027, 6, 10), until=date(2027, 6, 30)),
        now=NOW,
    )

    assert seen.total.by_month == (1,)
    assert seen.total.overdue == 0


def test_overview_counts_own_posts_apart():
    own = PartnerFactory()
    NeedFactory(partner=own, published=True, positions=2)
    NeedFactory(partner__territory=own.territory, published=True, positions=5)

    seen = overview_of(
        Need.objects.all(),
        territory=own.territory,
        period=PERIOD,
        now=NOW,
        own={own.pk},
    )

    assert (seen.total.own, seen.total.positions) == (2, 7)


def test_overview_tells_how_long_filling_took_over_the_last_year():
    partner = PartnerFactory()
    for days in (10, 30, 80):
        NeedFactory(
            partner=partner, closed=True, published_at=NOW - timedelta(days=days), status_since=NOW
        )
    NeedFactory(
        partner=partner,
        closed=True,
        published_at=NOW - timedelta(days=900),
        status_since=NOW - timedelta(days=400),
    )

    seen = overview_of(Need.objects.all(), territory=partner.territory, period=PERIOD, now=NOW)

    assert seen.median_days_to_fill == 30


def test_overview_compares_with_the_last_closed_campaign_only():
    territory = TerritoryFactory()
    nurse = ProfessionFactory()
    last = CampaignFactory(territory=territory, closed=True, reference_day=date(2026, 1, 1))
    older = CampaignFactory(territory=territory, closed=True, reference_day=date(2025, 1, 1))
    for campaign, status, vacant in (
        (last, AnswerStatus.SUBMITTED, 250),
        (last, AnswerStatus.SUBMITTED, 100),
        (last, AnswerStatus.STARTED, 9900),
        (older, AnswerStatus.SUBMITTED, 700),
    ):
        answer = CampaignAnswerFactory(campaign=campaign, status=status)
        AnswerLine.objects.create(answer=answer, profession=nurse, vacant_fte=vacant)

    seen = overview_of(Need.objects.all(), territory=territory, period=PERIOD, now=NOW)

    assert seen.last_campaign.name == last.name
    assert seen.last_campaign.vacant_fte == {nurse.pk: 350}


def test_overview_compares_with_a_closed_campaign_that_nobody_answered():
    territory = TerritoryFactory()
    campaign = CampaignFactory(territory=territory, closed=True)

    seen = overview_of(Need.objects.all(), territory=territory, period=PERIOD, now=NOW)

    assert seen.last_campaign == LastCampaign(name=campaign.name, vacant_fte={})


@pytest.mark.parametrize("count", [1, 30])
def test_overview_asks_three_queries_whatever_the_number_of_needs(
    count, django_assert_num_queries
):
    partner = PartnerFactory()
    NeedFactory.create_batch(count, partner=partner, published=True)
    own = {partner.pk}

    with django_assert_num_queries(3):
        overview_of(
            Need.objects.all(),
            territory=partner.territory,
            period=PERIOD,
            now=NOW,
            own=own,
        )


def test_period_ahead_begins_tomorrow_and_lasts_twelve_months():
    period = Period.ahead_of(date(2026, 11, 16))

    assert period.starts[:2] == (date(2026, 11, 17), date(2026, 12, 1))
    assert period.ends[:2] == (date(2026, 11, 30), date(2026, 12, 31))
    assert (period.months, period.until) == (12, date(2027, 10, 31))
    assert period.index_of(date(2026, 11, 16)) is None
    assert period.index_of(date(2026, 11, 17)) == 0
    assert period.index_of(date(2027, 10, 31)) == 11


def test_period_ahead_of_the_last_day_of_a_month_begins_with_the_next():
    assert Period.ahead_of(date(2026, 12, 31)).starts[0] == date(2027, 1, 1)


def test_period_ahead_of_a_later_day_leaves_the_overdue_out():
    period = Period.ahead_of(date(2026, 11, 16), since=date(2027, 3, 10))

    assert (period.starts[0], period.until) == (date(2027, 3, 10), date(2028, 2, 29))


def test_period_that_is_over_has_no_month_to_come():
    period = Period(today=TODAY, since=date(2026, 9, 1), until=date(2026, 10, 31))

    assert (period.months, period.starts) == (0, ())


@pytest.mark.parametrize("starts_on", [date(2026, 9, 1), TODAY])
def test_post_awaited_today_or_before_is_overdue(starts_on):
    partner = PartnerFactory()
    NeedFactory(partner=partner, published=True, starts_on=starts_on)

    seen = overview_of(Need.objects.all(), territory=partner.territory, period=PERIOD, now=NOW)

    assert (seen.total.overdue, seen.total.by_month) == (1, (0, 0, 0))


def test_filters_narrow_the_posts_the_time_to_fill_and_the_campaign():
    territory, nurse = TerritoryFactory(), ProfessionFactory()
    partner = PartnerFactory(territory=territory)
    filled = {"partner": partner, "closed": True, "status_since": NOW}
    NeedFactory(**filled, profession=nurse, published_at=NOW - timedelta(days=10))
    NeedFactory(**filled, published_at=NOW - timedelta(days=50))
    NeedFactory(partner=partner, published=True, profession=nurse, positions=2)
    NeedFactory(partner=partner, published=True)
    answer = CampaignAnswerFactory(
        campaign=CampaignFactory(territory=territory, closed=True), status=AnswerStatus.SUBMITTED
    )
    for profession, vacant in ((nurse, 150), (ProfessionFactory(), 900)):
        AnswerLine.objects.create(answer=answer, profession=profession, vacant_fte=vacant)

    seen = overview_of(
        Need.objects.all(),
        territory=territory,
        period=PERIOD,
        now=NOW,
        filters=Q(profession=nurse),
        declared=Q(answers__lines__profession=nurse),
    )

    assert (seen.total.positions, seen.median_days_to_fill) == (2, 10)
    assert seen.last_campaign.vacant_fte == {nurse.pk: 150}


def test_campaign_that_cannot_follow_the_filters_is_left_out():
    territory = TerritoryFactory()
    CampaignFactory(territory=territory, closed=True)

    seen = overview_of(
        Need.objects.all(), territory=territory, period=PERIOD, now=NOW, declared=None
    )

    assert seen.last_campaign is None


def test_overview_survives_a_leap_day():
    partner = PartnerFactory()

    seen = overview_of(
        Need.objects.all(),
        territory=partner.territory,
        period=PERIOD,
        now=datetime(2028, 2, 29, tzinfo=UTC),
    )

    assert seen.median_days_to_fill is None
