from datetime import date, timedelta

import pytest

from ancrage.resources.enums import ResourceKind, ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.queries import ShelfFilter, search_shelf, shared_now, status_counts
from tests.factories import CommuneFactory, ProfessionFactory, ResourceFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db


def found(**criteria):
    return {
        row.title for row in search_shelf(Resource.objects.all(), ShelfFilter(**criteria), now=NOW)
    }


def test_search_finds_words_without_accents():
    ResourceFactory(title="Studio meublé", search="studio meuble pornic")
    ResourceFactory(title="Vélo", search="velo")

    assert found(text="MEUBLE Porn") == {"Studio meublé"}
    assert found(text="rien") == set()


def test_search_narrows_by_each_criterion():
    kept = ResourceFactory(
        title="Bonne",
        kind=ResourceKind.TUTOR,
        profession=ProfessionFactory(),
        commune=CommuneFactory(),
        published=True,
        confirmed_at=NOW - timedelta(days=50),
    )
    ResourceFactory(title="Autre")

    for criteria in (
        {"kind": "tutor"},
        {"profession": kept.profession},
        {"commune": kept.commune},
        {"partner": kept.partner},
        {"status": "published"},
        {"freshness": "stale"},
    ):
        assert found(**criteria) == {"Bonne"}, criteria


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2027, 4, 1), date(2027, 4, 30), {"toujours"}),
        (date(2027, 4, 1), date(2027, 5, 1), {"été", "toujours"}),
        (date(2027, 10, 31), None, {"été", "toujours"}),
        (date(2027, 11, 1), None, {"toujours"}),
    ],
)
def test_search_of_a_period_finds_what_is_there_one_day_of_it(first, last, expected):
    ResourceFactory(title="été", available_from=date(2027, 5, 1), available_to=date(2027, 10, 31))
    ResourceFactory(title="toujours", available_from=date(2026, 1, 1))

    assert found(needed_from=first, needed_to=last) == expected


def test_shared_now_leaves_out_what_is_over_or_not_published():
    kept = ResourceFactory(published=True)
    ResourceFactory()
    ResourceFactory(paused=True)
    ResourceFactory(
        published=True, available_from=date(2026, 1, 1), available_to=date(2026, 11, 1)
    )
    ResourceFactory(published=True, partner__left_at=NOW)

    assert list(shared_now(Resource.objects.all(), on=NOW.date())) == [kept]


def test_counts_leave_the_state_asked_for_aside(django_assert_num_queries):
    ResourceFactory.create_batch(2, published=True)
    ResourceFactory(given=True)

    with django_assert_num_queries(1):
        counts = status_counts(Resource.objects.all(), ShelfFilter(status="given"), now=NOW)

    assert counts == {
        **dict.fromkeys(ResourceStatus, 0),
        ResourceStatus.PUBLISHED: 2,
        ResourceStatus.GIVEN: 1,
    }
