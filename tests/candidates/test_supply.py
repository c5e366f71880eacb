from datetime import timedelta

import pytest

from ancrage.candidates.queries import supply_of
from ancrage.candidates.services import settle_candidate
from tests.factories import CandidateFactory, ProfessionFactory, TerritoryFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

HERE = (47.12, -2.1)
# About eleven kilometres to the north.
THERE = (47.22, -2.1)


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def nurse():
    return ProfessionFactory()


def supply(territory, **asked):
    return supply_of(territory, since=TODAY, until=TODAY + timedelta(days=90), **asked)


def someone(territory, *professions, place=HERE, **facts):
    latitude, longitude = place
    return CandidateFactory(
        territory=territory,
        pooled=True,
        professions=list(professions),
        latitude=latitude,
        longitude=longitude,
        **facts,
    )


def test_supply_counts_people_by_each_profession_and_once_on_the_map(territory, nurse):
    orderly = ProfessionFactory()
    someone(territory, nurse, orderly)
    someone(territory, nurse)
    someone(TerritoryFactory(), nurse)
    CandidateFactory(territory=territory, professions=[nurse])
    settle_candidate(candidate=someone(territory, nurse), by=None, now=NOW)

    found = supply(territory)

    assert found.by_profession == {nurse.pk: 2, orderly.pk: 1}
    assert found.near(*HERE) == 2
    assert supply(territory, profession=orderly).near(*HERE) == 1


def test_supply_within_reach(territory, nurse):
    someone(territory, nurse, reach_km=5)
    someone(territory, nurse, reach_km=20)
    someone(territory, nurse, reach_km=None)
    someone(territory, nurse, place=(None, None), reach_km=5)

    assert supply(territory).near(*HERE) == 4
    assert supply(territory).near(*THERE) == 3


def test_supply_of_the_period(territory, nurse):
    someone(territory, nurse, available_from=TODAY + timedelta(days=90))
    someone(territory, nurse, available_from=TODAY + timedelta(days=91))
    someone(territory, nurse, available_until=TODAY)
    someone(territory, nurse, available_until=TODAY - timedelta(days=1))

    assert supply(territory).by_profession == {nurse.pk: 2}


def test_supply_of_nobody(territory):
    assert supply(territory).by_profession == {}
    assert supply(territory).near(*HERE) == 0


@pytest.mark.parametrize("count", [1, 10])
def test_supply_is_one_query(territory, nurse, count, django_assert_num_queries):
    for _person in range(count):
        someone(territory, nurse)

    with django_assert_num_queries(1):
        assert supply(territory).near(*HERE) == count
