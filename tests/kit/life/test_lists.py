import pytest
from django.db.models import Q

from ancrage.kit.life.lists import asked_for, counts_by_state, order_of
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from tests.factories import NeedFactory

COLUMNS = {"updated": "updated_at", "end": "ends_on"}


def test_asked_for_leaves_out_what_is_empty():
    assert asked_for({"status": "", "kind": None, "urgency": 3}) == Q(urgency=3)
    assert asked_for({}) == Q()


@pytest.mark.parametrize(
    ("sort", "column", "descending", "tie"),
    [
        ("end", "ends_on", False, "pk"),
        ("-end", "ends_on", True, "-pk"),
        ("boat", "updated_at", True, "-pk"),
        ("", "updated_at", True, "-pk"),
    ],
)
def test_order_of_what_is_asked_or_the_last_changed_first(sort, column, descending, tie):
    first, second = order_of(sort, COLUMNS)

    assert (first.expression.name, first.descending, first.nulls_last) == (
        column,
        descending,
        True,
    )
    assert second == tie


@pytest.mark.django_db
def test_counts_by_state_hold_every_state(django_assert_num_queries):
    NeedFactory.create_batch(2)
    NeedFactory(published=True)

    with django_assert_num_queries(1):
        counts = counts_by_state(Need.objects.order_by("pk"), NeedStatus)

    assert counts == {state: {"draft": 2, "published": 1}.get(state, 0) for state in NeedStatus}
