from datetime import date, timedelta

import pytest
from django.db.models import Q

from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import (
    CardCriteria,
    SearchCriteria,
    candidates_on_cards,
    card_named,
    cards_matching,
    count_up_to,
    search,
    search_candidates,
)
from ancrage.candidates.queries.bits import NIGHTS, WEEKENDS
from ancrage.core.accessibility.distances import haversine_km
from ancrage.privacy.scopes import Viewer
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    EpciFactory,
    ProfessionFactory,
    TerritoryFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

PORNIC = (47.1156, -2.1039)


@pytest.fixture
def territory():
    return TerritoryFactory()


@pytest.fixture
def nurse():
    return ProfessionFactory()


def viewer_for(territory):
    return Viewer(user_pk=1, scopes=frozenset({f"territory:{territory.pk}", "partner:1"}))


def found(territory, **criteria):
    rows = search_candidates(SearchCriteria(**criteria), viewer_for(territory))
    return [row.candidate for row in rows]


def at(territory, nurse, north_km, **facts):
    """Somebody `north_km` north of Pornic."""
    commune = CommuneFactory(latitude=PORNIC[0] + north_km / 111.195, longitude=PORNIC[1])
    return CandidateFactory(
        **{"territory": territory, "professions": [nurse], "commune": commune, **facts}
    )


def test_people_around_a_place_come_nearest_first(territory, nurse):
    far, near = at(territory, nurse, 19), at(territory, nurse, 3)
    at(territory, nurse, 31)
    at(territory, ProfessionFactory(), 1)
    at(TerritoryFactory(), nurse, 1)
    CandidateFactory(territory=territory, professions=[nurse], commune=None)

    rows = search_candidates(
        SearchCriteria(professions=[nurse], near=PORNIC, km=20), viewer_for(territory)
    )

    assert [row.candidate for row in rows] == [near, far]
    for row, km in zip(rows, (3, 19), strict=True):
        assert row.square_km**0.5 == pytest.approx(km, rel=0.003)


def test_corners_of_the_window_are_not_around(territory, nurse):
    for place in ((47.28, -2.35), (46.95, -1.86)):
        CandidateFactory(
            territory=territory,
            professions=[nurse],
            commune=CommuneFactory(latitude=place[0], longitude=place[1]),
        )
        assert haversine_km(*PORNIC, *place) > 20

    assert found(territory, near=PORNIC, km=20) == []


def test_people_who_would_not_come_so_far_are_left_out_when_asked(territory, nurse):
    willing = at(territory, nurse, 15, reach_km=20)
    silent = at(territory, nurse, 16)
    homebound = at(territory, nurse, 14, reach_km=5)

    assert found(territory, near=PORNIC, km=20) == [homebound, willing, silent]
    assert found(territory, near=PORNIC, km=20, within_their_reach=True) == [willing, silent]


def test_person_of_two_professions_is_found_by_each_and_once_by_both(territory, nurse):
    aide = ProfessionFactory()
    both = CandidateFactory(territory=territory, professions=[nurse, aide])

    assert found(territory, professions=[nurse]) == [both]
    assert found(territory, professions=[aide]) == [both]
    assert found(territory, professions=[aide, nurse]) == [both]
    assert found(territory) == [both]


@pytest.mark.parametrize(
    ("facts", "criteria", "is_found"),
    [
        ({"available_from": date(2027, 1, 5)}, {"available_on": date(2027, 1, 4)}, False),
        ({"available_from": date(2027, 1, 5)}, {"available_on": date(2027, 1, 5)}, True),
        ({}, {"available_on": date(2027, 1, 4)}, True),
        ({"available_until": date(2027, 1, 3)}, {"available_on": date(2027, 1, 4)}, False),
        ({"contracts": ["cdd", "locum"]}, {"contract": "cdi"}, False),
        ({"contracts": ["cdd", "locum"]}, {"contract": "locum"}, True),
        ({}, {"contract": "cdi"}, True),
        ({"fte_min_hundredths": 80}, {"fte_hundredths": 50}, False),
        ({"fte_max_hundredths": 50}, {"fte_hundredths": 80}, False),
        ({}, {"fte_hundredths": 10}, True),
        ({"works_nights": True}, {"hours": NIGHTS}, True),
        ({"works_nights": True}, {"hours": NIGHTS | WEEKENDS}, False),
        ({}, {"hours": NIGHTS | WEEKENDS}, True),
        ({"experience": "under_2"}, {"experience": "under_2"}, True),
        ({"experience": "under_2"}, {"experience": "over_20"}, False),
        ({}, {"in_pool": True}, False),
        ({"pooled": True}, {"in_pool": True}, True),
        ({"pooled": True}, {"in_pool": False}, False),
    ],
)
def test_what_is_said_counts_and_silence_shuts_nothing(
    territory, nurse, facts, criteria, is_found
):
    candidate = CandidateFactory(territory=territory, professions=[nurse], **facts)

    assert found(territory, **criteria) == ([candidate] if is_found else [])


@pytest.mark.parametrize(
    "text",
    [
        "hélène",
        "HELENE le goff",
        "goff hel",
        "06 12 34 56 78",
        "+33 6 12 34 56 78",
        "helene@exemple.test",
        "Pornic goff",
        "BCDF2345",
        "zz",
    ],
)
def test_person_is_found_by_what_is_typed(territory, nurse, text):
    candidate = CandidateFactory(
        territory=territory,
        first_name="Hélène",
        last_name="Le Goff-Zzanzi",
        email="helene@exemple.test",
        phone="+33612345678",
        card="BCDF2345",
        commune=CommuneFactory(insee="44131", name="Pornic"),
    )
    CandidateFactory(territory=territory)

    assert found(territory, text=text) == [candidate]


@pytest.mark.parametrize("text", ["helen hors", "0612345679", "off", "autre@exemple.test", "za"])
def test_nobody_is_found_by_what_is_not_theirs(territory, text):
    CandidateFactory(territory=territory, last_name="Le Goff", phone="+33612345678")

    assert found(territory, text=text) == []


def test_nobody_is_found_by_a_reader_of_no_territory(territory, nurse):
    CandidateFactory(territory=territory, pooled=True)

    rows = search_candidates(SearchCriteria(), Viewer(user_pk=1, scopes=frozenset({"partner:1"})))

    assert list(rows) == []


@pytest.mark.parametrize("count", [1, 12])
def test_search_takes_the_same_queries_whatever_it_finds(
    territory, nurse, count, django_assert_num_queries
):
    for _rank in range(count):
        at(territory, nurse, 2)

    with django_assert_num_queries(1):
        assert len(found(territory, professions=[nurse], text="alix")) == count
    # Three more measure the circle.
    with django_assert_num_queries(4):
        assert len(found(territory, professions=[nurse], near=PORNIC, text="alix")) == count


def test_crowded_place_is_searched_in_a_smaller_circle(territory, nurse, monkeypatch):
    monkeypatch.setattr(search, "MOST_COUNTED", 2)
    people = [at(territory, nurse, km) for km in (1, 2, 2.4, 9, 19)]

    assert found(territory, near=PORNIC, km=20) == people[:3]
    # Within 4 km there are three already: the fourth is on no page.
    assert found(territory, near=PORNIC, km=16) == people[:3]


def test_people_of_many_professions_come_last_changed_first(territory, nurse):
    aide, cook = ProfessionFactory(), ProfessionFactory()
    old = CandidateFactory(territory=territory, professions=[aide], updated_at=NOW)
    new = CandidateFactory(
        territory=territory,
        professions=[nurse, aide],
        updated_at=NOW + timedelta(days=1),
    )
    CandidateFactory(territory=territory, professions=[cook])

    assert found(territory, professions=[aide, nurse]) == [new, old]


def test_count_stops_where_nobody_reads_further(territory, nurse):
    CandidateFactory.create_batch(4, territory=territory, professions=[nurse])
    rows = search_candidates(SearchCriteria(), viewer_for(territory))

    assert (count_up_to(rows), count_up_to(rows, most=3), count_up_to(rows, most=2)) == (4, 4, 3)


def pool(territory, profession, zone, count, **facts):
    commune = CommuneFactory(epci=zone)
    return CandidateFactory.create_batch(
        count,
        territory=territory,
        professions=[profession],
        commune=commune,
        pooled=True,
        **facts,
    )


def test_card_tells_five_things_and_nothing_else(territory, nurse):
    zone = EpciFactory(siren="200067346")
    pool(
        territory,
        nurse,
        zone,
        5,
        experience="under_2",
        available_from=date(2027, 1, 18),
        contracts=["cdd"],
    )

    cards = cards_matching(CardCriteria(), territories=[territory.pk], partners=())

    assert (cards.total, cards.is_hidden) == (5, False)
    told = {
        (card.profession, card.experience, card.month, card.zone, card.contracts)
        for card in cards.cards
    }
    assert told == {(nurse, "under_2", date(2027, 1, 1), zone, ("cdd",))}
    assert [card.key for card in cards.cards] == sorted(
        Candidate.objects.values_list("card", flat=True)
    )


def test_cell_of_fewer_than_five_is_never_shown_whatever_is_asked(territory, nurse):
    zone, other_zone = EpciFactory(siren="200067346"), EpciFactory(siren="244400586")
    shown = pool(territory, nurse, zone, 5, contracts=["cdd"])
    rare = pool(territory, nurse, other_zone, 4)
    pool(TerritoryFactory(), nurse, other_zone, 9)
    CandidateFactory.create_batch(9, territory=territory, professions=[nurse])
    territories = [territory.pk]

    answers = [
        cards_matching(
            CardCriteria(profession=profession, zone=where), territories=territories, partners=()
        )
        for profession in (None, nurse)
        for where in (None, zone, other_zone)
    ]

    keys = {card.key for answer in answers for card in answer.cards}
    assert keys == {one.card for one in shown}
    assert [answer.total for answer in answers] == [5, 5, 0, 5, 5, 0]
    assert [answer.is_hidden for answer in answers] == [False] * 6
    assert card_named(rare[0].card, territories=territories, partners=()) is None
    assert card_named(shown[0].card, territories=territories, partners=()).key == shown[0].card
    assert set(candidates_on_cards(territories, partners=())) == set(shown)


def test_filters_repeated_until_one_remains_show_nobody(territory, nurse):
    zone = EpciFactory(siren="200067346")
    pool(territory, nurse, zone, 6, contracts=["cdd"], experience="under_2")
    pool(territory, nurse, zone, 1, contracts=["locum"], experience="over_20")
    territories = [territory.pk]
    narrow = (
        CardCriteria(contract="locum"),
        CardCriteria(experience="over_20"),
        CardCriteria(profession=nurse, zone=zone, experience="over_20", contract="locum"),
    )

    for criteria in narrow:
        answer = cards_matching(criteria, territories=territories, partners=())
        assert (answer.cards, answer.total, answer.is_hidden) == ((), 0, True)
    assert (
        cards_matching(CardCriteria(contract="cdd"), territories=territories, partners=()).total
        == 6
    )


def test_cards_are_read_by_the_month_of_availability(territory, nurse):
    zone = EpciFactory(siren="200067346")
    pool(territory, nurse, zone, 5, available_from=date(2026, 12, 31))
    pool(territory, nurse, zone, 5, available_from=date(2027, 1, 1))

    december = cards_matching(
        CardCriteria(month=date(2026, 12, 1)), territories=[territory.pk], partners=()
    )
    january = cards_matching(
        CardCriteria(month=date(2027, 1, 1)), territories=[territory.pk], partners=()
    )

    assert (december.total, january.total) == (5, 10)


@pytest.mark.parametrize("count", [5, 20])
def test_cards_take_three_queries_whatever_their_number(
    territory, nurse, count, django_assert_num_queries
):
    pool(territory, nurse, EpciFactory(siren="200067346"), count)

    with django_assert_num_queries(3):
        page = cards_matching(CardCriteria(), territories=[territory.pk], partners=(), limit=7)

    assert len(page.cards) == min(count, 7)


def test_one_condition_more_is_asked_before_the_list_is_cut(territory, nurse, monkeypatch):
    monkeypatch.setattr("ancrage.candidates.queries.search.MOST_COUNTED", 1)
    doctor = ProfessionFactory()
    wanted = CandidateFactory(territory=territory, professions=[nurse, doctor])
    CandidateFactory.create_batch(3, territory=territory, professions=[nurse])

    rows = search_candidates(
        SearchCriteria(professions=(doctor, nurse)),
        viewer_for(territory),
        only=Q(candidate=wanted),
    )

    assert [row.candidate for row in rows] == [wanted]
