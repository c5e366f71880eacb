"""Indicators: computed ones are read, typed ones keep every value that was given."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from ancrage.kit.models import AuditLine
from ancrage.kit.periods import Span
from ancrage.roadmap import services
from ancrage.roadmap.enums import Direction, IndicatorKind, Periodicity
from ancrage.roadmap.models import Indicator, IndicatorValue
from ancrage.roadmap.queries import overdue_since, standings
from ancrage.roadmap.validators import validate_value
from tests.factories import (
    ActionFactory,
    AxisFactory,
    IndicatorFactory,
    IndicatorValueFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


def test_corrected_value_stays_replaced():
    indicator, by = IndicatorFactory(unit="jours"), UserFactory()
    given = {"indicator": indicator, "on": date(2025, 6, 1), "by": by}

    services.give_value(**given, value=Decimal("12.345"), now=NOW)
    services.give_value(**given, value=Decimal("12.35"), source="", now=LATER)
    services.give_value(**given, value=Decimal(14), source="Relevé corrigé", now=LATER)

    rows = IndicatorValue.objects.order_by("pk").values_list(
        "starts_on", "ends_on", "value", "source", "replaced_at"
    )
    year = (date(2025, 1, 1), date(2025, 12, 31))
    assert list(rows) == [
        (*year, Decimal("12.35"), "Source fictive", LATER),
        (*year, Decimal(14), "Relevé corrigé", None),
    ]


def test_value_is_refused_where_it_cannot_be():
    typed, by = IndicatorFactory(), UserFactory()
    computed = IndicatorFactory(measure="needs.filled")
    given = {"value": Decimal(1), "by": by, "now": NOW}

    with pytest.raises(services.Computed):
        services.give_value(indicator=computed, on=date(2025, 1, 1), **given)
    with pytest.raises(services.PeriodToCome):
        services.give_value(indicator=typed, on=date(2027, 1, 1), **given)
    for number in ("NaN", "1e12"):
        with pytest.raises(ValidationError):
            services.give_value(
                indicator=typed,
                on=date(2025, 1, 1),
                **{**given, "value": Decimal(number)},
            )

    assert not IndicatorValue.objects.exists()


@pytest.mark.parametrize(
    ("unit", "value", "said"),
    [
        ("personnes", "-5", "nombre entier, jamais négatif"),
        ("Médecins installés", "12.5", "nombre entier, jamais négatif"),
        ("%", "160", "de 0 à 100"),
        ("% des postes", "-1", "de 0 à 100"),
    ],
)
def test_value_that_its_unit_does_not_allow_is_refused(unit, value, said):
    with pytest.raises(ValidationError, match=said):
        validate_value(Decimal(value), unit=unit)


@pytest.mark.parametrize(
    ("unit", "value"),
    [("personnes", "8120"), ("%", "39.5"), ("jours", "-2.5"), ("ETP", "0.8"), ("", "-1")],
)
def test_value_that_its_unit_allows_is_taken(unit, value):
    validate_value(Decimal(value), unit=unit)


def test_value_taken_back_stays_in_the_history():
    value = IndicatorValueFactory(value=Decimal(12), indicator__unit="jours")

    services.withdraw_value(value=value, by=None, now=NOW)

    value.refresh_from_db()
    assert value.replaced_at == NOW
    line = AuditLine.objects.get(action="roadmap.value_withdrawn")
    assert line.changes["value"] == ["12", ""]
    with pytest.raises(services.ChangedMeanwhile):
        services.withdraw_value(value=value, by=None, now=LATER)
    services.give_value(
        indicator=value.indicator,
        on=value.starts_on,
        value=Decimal(3),
        by=UserFactory(),
        now=LATER,
    )


def test_indicator_says_where_its_values_come_from():
    axis, by = AxisFactory(), UserFactory()
    facts = {"axis": axis, "title": "Besoins pourvus", "by": by, "now": NOW}

    for wrong, field in (
        ({"kind": IndicatorKind.COMPUTED}, "measure"),
        ({"kind": IndicatorKind.COMPUTED, "measure": "no.such"}, "measure"),
        ({"kind": IndicatorKind.TYPED}, "source"),
        ({"kind": IndicatorKind.TYPED, "source": "x", "target": Decimal(1)}, "target_on"),
        ({"kind": IndicatorKind.TYPED, "source": "x", "action": ActionFactory()}, "action"),
    ):
        with pytest.raises(ValidationError) as refused:
            services.add_indicator(**facts, **wrong)
        assert list(refused.value.error_dict) == [field]
    services.add_indicator(**facts, kind=IndicatorKind.COMPUTED, measure="needs.filled")
    # What was chosen for another origin does not stay behind.
    typed = services.add_indicator(
        **facts, kind=IndicatorKind.TYPED, measure="needs.filled", source="Comptage"
    )

    assert sorted(Indicator.objects.values_list("kind", "measure")) == [
        ("computed", "needs.filled"),
        ("typed", ""),
    ]
    IndicatorValueFactory(indicator=typed)
    with pytest.raises(ValidationError, match="rythme"):
        services.edit_indicator(
            indicator=typed, revision=1, periodicity=Periodicity.MONTH, by=by, now=NOW
        )


@pytest.mark.parametrize(
    ("direction", "target", "reached", "gap", "share"),
    [
        (Direction.UP, 60, False, "20 personnes", 66),
        (Direction.HOLD, 40, True, "", 100),
        (Direction.DOWN, 30, False, "10 personnes", None),
        (Direction.DOWN, 50, True, "", None),
    ],
)
def test_standing_tells_the_way_to_the_target(direction, target, reached, gap, share):
    indicator = IndicatorFactory(
        direction=direction, target=Decimal(target), target_on=date(2027, 12, 31)
    )
    IndicatorValueFactory(indicator=indicator, replaced_at=NOW, value=7)
    IndicatorValueFactory(indicator=indicator, value=40)

    (stand,) = standings([indicator], indicator.axis.roadmap.territory, now=NOW)

    said = stand.gap.replace("\xa0", " ")
    assert (stand.reached, said, stand.share) == (reached, gap, share)
    assert stand.values == [40.0]


def test_standing_reads_what_is_computed_and_says_what_is_gone(django_assert_num_queries):
    axis = AxisFactory()
    known = IndicatorFactory(
        axis=axis, measure="needs.filled", target=Decimal(1), target_on=NOW.date()
    )
    gone = IndicatorFactory(axis=axis, measure="no.such")

    # One query for what is typed, one for the measure.
    with django_assert_num_queries(2):
        one, other = standings([known, gone], axis.roadmap.territory, now=NOW)
    (past,) = standings([known], axis.roadmap.territory, now=NOW, periods=6)

    assert [point.span for point in one.points] == [Span(date(2026, 1, 1), date(2026, 12, 31))]
    assert (one.last.text, one.last.is_running, one.reached) == ("0", True, False)
    assert (other.gone, other.points, other.last) == (True, (), None)
    # The roadmap began in 2025: nothing is told of before.
    assert [(point.span.starts.year, point.text) for point in past.points] == [
        (2025, "pas de données"),
        (2026, "0"),
    ]
    assert not IndicatorValue.objects.exists()


@pytest.mark.parametrize(
    ("periodicity", "known", "since", "due"),
    [
        (Periodicity.YEAR, (), date(2025, 1, 1), date(2026, 1, 31)),
        (Periodicity.YEAR, (date(2025, 1, 1),), date(2025, 1, 1), None),
        # A period half of which was before the roadmap still counts; one wholly before does not.
        (Periodicity.YEAR, (), date(2026, 1, 1), None),
        # October's value may wait until 1 December: September's is the one that is owed.
        (Periodicity.MONTH, (), date(2025, 1, 1), date(2026, 10, 31)),
        (Periodicity.MONTH, (date(2026, 9, 1),), date(2025, 1, 1), None),
    ],
)
def test_value_is_overdue_a_month_after_its_period(periodicity, known, since, due):
    indicator = IndicatorFactory.build(axis=None, periodicity=periodicity)

    assert overdue_since(indicator, known, since=since, on=NOW.date()) == due


def test_removed_indicator_comes_back_for_a_day():
    indicator, by = IndicatorFactory(), UserFactory()

    services.remove_indicator(indicator=indicator, by=by, now=NOW)
    services.restore_indicator(indicator=indicator, by=by, now=LATER)
    services.remove_indicator(indicator=indicator, by=by, now=LATER)
    with pytest.raises(services.NothingToUndo):
        services.restore_indicator(indicator=indicator, by=by, now=LATER + timedelta(days=2))
