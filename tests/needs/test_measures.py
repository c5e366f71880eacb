from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from ancrage.needs.enums import AnswerStatus, CampaignStatus, NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.overview import Period as Months
from ancrage.needs.overview import overview_of
from ancrage.needs.queries import BoardFilter, answer_rate, totals_by_status
from ancrage.territory.enums import MeasurePart
from ancrage.territory.measures import (
    Period,
    Reading,
    counted,
    days,
    fte,
    measure,
    measures,
    share,
)
from ancrage.territory.perimeters import Perimeter
from tests.factories import (
    CampaignAnswerFactory,
    CampaignFactory,
    NeedFactory,
    PartnerFactory,
    TerritoryFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

YEAR = Period(TODAY - timedelta(days=365), TODAY, NOW)


def read(key, territory, period=YEAR):
    return measure(key).read(Perimeter(territory), period)


@pytest.fixture
def territory():
    """Three needs in progress of seven posts, two filled, one of elsewhere."""
    territory = TerritoryFactory()
    partner = PartnerFactory(territory=territory)
    open_ = {"partner": partner, "published": True, "starts_on": date(2026, 12, 1)}
    NeedFactory(**open_, positions=3, published_at=NOW - timedelta(days=40))
    NeedFactory(**open_, positions=3, confirmed_at=NOW - timedelta(days=200))
    NeedFactory(**open_, positions=1, fte_hundredths=50, published_at=NOW - timedelta(days=800))
    filled = {"partner": partner, "status": NeedStatus.FILLED}
    for taken, since in ((30, 10), (51, 200), (900, 500)):
        NeedFactory(
            **filled,
            published_at=NOW - timedelta(days=since + taken),
            status_since=NOW - timedelta(days=since),
        )
    NeedFactory(partner=partner)
    NeedFactory(partner=PartnerFactory(territory=TerritoryFactory()), published=True)
    return territory


def test_needs_are_counted_as_on_the_board_and_the_overview(territory):
    needs = Need.objects.filter(partner__territory=territory)
    board = totals_by_status(needs, BoardFilter(), now=NOW)[NeedStatus.PUBLISHED]
    fresh = totals_by_status(needs, BoardFilter(freshness="fresh"), now=NOW)
    seen = overview_of(needs, territory=territory, period=Months.ahead_of(TODAY), now=NOW)

    assert read("needs.open", territory) == counted(board.needs) == counted(3)
    assert read("needs.posts", territory) == counted(seen.total.positions) == counted(7)
    assert read("needs.fte_missing", territory) == fte(board.fte_hundredths) == fte(650)
    assert read("needs.fresh", territory) == share(fresh[NeedStatus.PUBLISHED].needs, board.needs)
    assert read("needs.days_to_fill", territory) == days(seen.median_days_to_fill) == days(40)
    assert read("needs.filled", territory) == counted(2)
    assert read("needs.published", territory) == counted(4)


def test_response_rate_is_that_of_the_last_campaign_opened_by_then(territory):
    old = CampaignFactory(
        territory=territory,
        status=CampaignStatus.CLOSED,
        reference_day=date(2026, 1, 1),
        opened_at=datetime(2026, 1, 5, tzinfo=UTC),
    )
    CampaignAnswerFactory(campaign=old, status=AnswerStatus.SUBMITTED)
    CampaignAnswerFactory(campaign=old)
    later = CampaignFactory(
        territory=territory,
        status=CampaignStatus.CLOSED,
        reference_day=date(2026, 10, 1),
        opened_at=datetime(2026, 10, 1, tzinfo=UTC),
    )
    CampaignAnswerFactory(campaign=later)
    spring = Period(date(2026, 1, 1), date(2026, 6, 30), NOW)

    assert read("needs.response_rate", territory, spring) == share(1, 2)
    assert answer_rate(old).percent == 50
    assert read("needs.response_rate", territory) == Reading(Decimal(0), 0, 1)


def test_needs_of_nowhere_are_told_of_not_invented():
    territory = TerritoryFactory()

    assert read("needs.open", territory) == counted(0)
    assert read("needs.fresh", territory) == Reading(None, note="Aucun besoin n’est publié.")
    assert read("needs.days_to_fill", territory).value is None
    assert read("needs.response_rate", territory).value is None


def test_needs_are_measured_in_as_many_queries_whatever_their_number(
    territory, django_assert_num_queries
):
    with django_assert_num_queries(9):
        for one in measures(MeasurePart.NEEDS):
            one.read(Perimeter(territory), YEAR)
