"""What structures count together never tells what one of them counted."""

from datetime import date
from itertools import product

import pytest

from ancrage.kit.models import AuditLine
from ancrage.kit.periods import Span
from ancrage.roadmap import services
from ancrage.roadmap.enums import SafetyTopic
from ancrage.roadmap.models import SafetyReport
from ancrage.roadmap.queries import Hidden, Pooled, pooled, pooled_over, safety_figures
from ancrage.territory.measures import Period, measure
from ancrage.territory.perimeters import Perimeter
from tests.factories import PartnerFactory, SafetyReportFactory, TerritoryFactory, UserFactory
from tests.factories.moments import NOW

FIRST_HALF = Span(date(2026, 1, 1), date(2026, 6, 30))
BEFORE = Span(date(2025, 7, 1), date(2025, 12, 31))


def test_pooled_needs_three_answers_and_five_among_the_others():
    assert pooled([40, 40]) == Pooled(2, None, None, Hidden.FEW)
    assert pooled([40, 4, 0]) == Pooled(3, None, None, Hidden.SMALL)
    assert pooled([0, 0, 0]) == Pooled(3, None, None, Hidden.SMALL)
    assert pooled([40, 4, 1]) == Pooled(3, 45, None)
    assert pooled([10, 20, 30, 40]) == Pooled(4, 100, None)
    assert pooled([10, 12, 30, 40, 50]) == Pooled(5, 142, 30)
    # The exact median is somebody's number: it is rounded, and small ones are not told.
    assert pooled([10, 12, 13, 40, 50]) == Pooled(5, 125, 15)
    assert pooled([1, 2, 4, 40, 50]) == Pooled(5, 97, None)


@pytest.mark.parametrize("size", [3, 4])
def test_pooled_leaves_every_structure_in_doubt(size):
    """Whatever its own number, a structure finds several possible lists behind a total shown."""
    for counts in product((0, 1, 4, 5, 9), repeat=size):
        found = pooled(counts)
        if found.total is None:
            continue
        for own in counts:
            others = found.total - own
            assert others >= 5
            # Shared among at least two, five or more can be cut in more than one way.
            assert len({(part, others - part) for part in range(others + 1)}) > 1


@pytest.fixture
def answered():
    """A territory where four structures counted, and the one that is asked about first."""
    territory = TerritoryFactory()
    reports = [
        SafetyReportFactory(
            partner=PartnerFactory(territory=territory), accidents=number, aggressions=declared
        )
        for number, declared in ((7, 2), (9, None), (12, 0), (4, 30))
    ]
    SafetyReportFactory(accidents=900)
    return territory, reports[0].partner


@pytest.mark.django_db
def test_figures_show_once_the_collection_is_closed(answered, django_assert_num_queries):
    territory, partner = answered
    own = SafetyReport.objects.get(partner=partner)

    opened = safety_figures(territory, FIRST_HALF, own=own)
    services.close_collection(territory=territory, on=FIRST_HALF.starts, by=None, now=NOW)
    with django_assert_num_queries(2):
        closed = safety_figures(territory, FIRST_HALF, own=own)

    assert {one.pooled.hidden for one in opened} == {Hidden.OPEN}
    assert [(one.topic, one.own, one.pooled) for one in closed[:3]] == [
        (SafetyTopic.ACCIDENTS, 7, Pooled(4, 32, None)),
        (SafetyTopic.AGGRESSIONS, 2, Pooled(3, None, None, Hidden.SMALL)),
        (SafetyTopic.SUPPORTED, None, Pooled(0, None, None, Hidden.FEW)),
    ]


@pytest.mark.django_db
def test_closed_collection_no_longer_changes(answered):
    territory, partner = answered
    user = UserFactory()
    services.close_collection(territory=territory, on=FIRST_HALF.starts, by=user, now=NOW)

    with pytest.raises(services.CollectionClosed):
        services.report_safety(
            partner=partner, on=FIRST_HALF.ends, counts={"accidents": 1}, by=user, now=NOW
        )
    with pytest.raises(services.CollectionClosed):
        services.close_collection(territory=territory, on=FIRST_HALF.ends, by=user, now=NOW)
    with pytest.raises(services.NotOverYet):
        services.close_collection(territory=territory, on=date(2026, 12, 1), by=user, now=NOW)

    assert SafetyReport.objects.get(partner=partner).accidents == 7


@pytest.mark.django_db
def test_year_is_hidden_as_soon_as_one_of_its_halves_is(answered):
    territory, _partner = answered
    services.close_collection(territory=territory, on=FIRST_HALF.starts, by=None, now=NOW)
    whole, topics = (date(2025, 7, 1), date(2026, 6, 30)), [SafetyTopic.ACCIDENTS]

    (alone,) = pooled_over(territory, topics, *whole)
    SafetyReportFactory(
        partner=PartnerFactory(territory=territory), starts_on=BEFORE.starts, accidents=50
    )
    services.close_collection(territory=territory, on=BEFORE.starts, by=None, now=NOW)
    (both,) = pooled_over(territory, topics, *whole)
    (part,) = pooled_over(territory, topics, date(2026, 2, 1), date(2026, 7, 31))

    assert (alone.total, both) == (32, Pooled(1, None, None, Hidden.FEW))
    assert part == Pooled(0, None, None)


@pytest.mark.django_db
def test_measures_say_what_the_page_says(answered):
    territory, _partner = answered
    period = Period(FIRST_HALF.starts, FIRST_HALF.ends, NOW)
    keys = ("safety.accidents", "safety.aggressions", "safety.supported_share")

    def told():
        readings = [measure(key).read(Perimeter(territory), period) for key in keys]
        return [(one.value, one.masked) for one in readings]

    opened = told()
    services.close_collection(territory=territory, on=FIRST_HALF.starts, by=None, now=NOW)

    assert opened == [(None, False)] * 3
    assert told() == [(32, False), (None, True), (None, True)]


@pytest.mark.django_db
def test_report_is_corrected_at_its_revision_and_told_without_its_numbers():
    partner, user = PartnerFactory(), UserFactory()
    given = {"aggressions": 8, "supported": 6}

    report = services.report_safety(
        partner=partner, on=date(2026, 3, 4), counts=given, by=user, now=NOW
    )
    services.report_safety(
        partner=partner,
        on=date(2026, 5, 6),
        counts={**given, "supported": 7},
        revision=report.revision,
        by=user,
        now=NOW,
    )
    with pytest.raises(services.ChangedMeanwhile):
        services.report_safety(
            partner=partner, on=date(2026, 5, 6), counts=given, revision=1, by=user, now=NOW
        )

    report.refresh_from_db()
    assert (report.starts_on, report.aggressions, report.supported) == (date(2026, 1, 1), 8, 7)
    lines = AuditLine.objects.filter(target_type="roadmap.safetyreport").order_by("pk")
    assert [(line.action, line.changes) for line in lines] == [
        ("safety.reported", {}),
        ("safety.corrected", {}),
    ]
