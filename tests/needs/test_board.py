from datetime import date, timedelta

import pytest

from ancrage.kit.freshness import Freshness
from ancrage.needs.enums import NeedStatus, Urgency
from ancrage.needs.models import Need
from ancrage.needs.queries import (
    BoardFilter,
    NeedsTotal,
    needs_open_in,
    search_board,
    sort_names,
    total_of,
    totals_by_status,
)
from ancrage.partners.enums import PartnerKind
from ancrage.professions.enums import ContractKind
from ancrage.professions.queries import profession_reader
from ancrage.territory.models import LivingArea
from tests.factories import (
    CommuneFactory,
    NeedFactory,
    PartnerFactory,
    ProfessionFactory,
    TerritoryFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db


def found(sort="-updated", **criteria):
    rows = search_board(Need.objects.all(), BoardFilter(**criteria), now=NOW, sort=sort)
    return list(rows)


def test_needs_open_in_a_territory_on_a_day():
    territory = TerritoryFactory()
    partner = PartnerFactory(territory=territory)
    summer = {"starts_on": date(2026, 7, 1)}
    open_ended = NeedFactory(partner=partner, published=True)
    last_day = NeedFactory(partner=partner, published=True, ends_on=TODAY, **summer)
    NeedFactory(partner=partner, published=True, ends_on=TODAY - timedelta(days=1), **summer)
    NeedFactory(partner=partner)
    NeedFactory(partner=partner, paused=True)
    NeedFactory(published=True)
    NeedFactory(
        partner=PartnerFactory(territory=territory, left_at=NOW),
        published=True,
    )

    assert set(needs_open_in(territory, on=TODAY)) == {open_ended, last_day}


def test_search_board_finds_words_without_accents_wherever_they_stand():
    nurse = NeedFactory(search="infirmier hopital pornic medecine nuit")
    NeedFactory(search="aide soignant ehpad machecoul")

    assert found(text="Infirm Médecine") == [nurse]
    assert found(text="infirmier machecoul") == []
    assert found(text="firmier") == []


@pytest.mark.parametrize(
    "criterion",
    [
        "status",
        "profession",
        "commune",
        "territory",
        "living_area",
        "partner",
        "partner_kind",
        "contract",
        "urgency",
        "freshness",
        "starts_from",
        "starts_by",
        "to_review",
    ],
)
def test_search_board_by_each_criterion(criterion):
    territory = TerritoryFactory()
    wanted = NeedFactory(
        partner=PartnerFactory(territory=territory, kind=PartnerKind.PRIVATE),
        published=True,
        confirmed_at=NOW - timedelta(days=50),
        contract=ContractKind.CDD,
        urgency=Urgency.CRITICAL,
        starts_on=date(2027, 6, 1),
        wording_flags="age",
    )
    NeedFactory(starts_on=date(2027, 1, 4) if criterion == "starts_from" else date(2027, 12, 1))
    area = LivingArea.objects.create(territory=territory, name="Bassin")
    area.communes.add(wanted.commune)
    value = {
        "status": NeedStatus.PUBLISHED,
        "profession": wanted.profession,
        "commune": wanted.commune,
        "territory": territory,
        "living_area": area,
        "partner": wanted.partner,
        "partner_kind": PartnerKind.PRIVATE,
        "contract": ContractKind.CDD,
        "urgency": Urgency.CRITICAL,
        "freshness": Freshness.STALE,
        "starts_from": date(2027, 6, 1),
        "starts_by": date(2027, 6, 1),
        "to_review": True,
    }[criterion]

    assert found(**{criterion: value}) == [wanted]


@pytest.mark.parametrize("name", sort_names())
def test_search_board_sorts_both_ways(name):
    first = NeedFactory(
        published=True,
        updated_at=NOW,
        starts_on=date(2027, 1, 1),
        urgency=1,
        profession=ProfessionFactory(label_fr="Aide"),
        commune=CommuneFactory(search_name="arthon"),
        partner=PartnerFactory(search="clinique"),
        positions=1,
        published_at=NOW,
        confirmed_at=NOW,
    )
    second = NeedFactory(
        published=True,
        updated_at=NOW + timedelta(days=1),
        starts_on=date(2027, 1, 2),
        urgency=2,
        profession=ProfessionFactory(label_fr="Brancardier"),
        commune=CommuneFactory(search_name="bouaye"),
        partner=PartnerFactory(search="hopital"),
        positions=2,
        published_at=NOW + timedelta(days=1),
        confirmed_at=NOW + timedelta(days=1),
    )

    assert found(sort=name) == [first, second]
    assert found(sort=f"-{name}") == [second, first]


def test_search_board_puts_undated_needs_last_both_ways():
    draft, published = NeedFactory(), NeedFactory(published=True)

    assert found(sort="age") == [published, draft]
    assert found(sort="-age") == [published, draft]


def test_search_board_sorted_by_something_unknown_shows_the_last_changed_first():
    older = NeedFactory(updated_at=NOW)
    newer = NeedFactory(updated_at=NOW + timedelta(days=1))

    assert found(sort="couleur") == [newer, older]


def test_search_board_is_one_query_and_one_for_the_words(django_assert_num_queries):
    NeedFactory.create_batch(3, published=True)
    profession_reader()  # prepared once for these professions

    with django_assert_num_queries(2):
        rows = found(text="metier", status=NeedStatus.PUBLISHED)
        assert {row.freshness for row in rows} == {"fresh"}
        assert all(str(row.profession) and str(row.partner) and row.commune.name for row in rows)


def test_totals_leave_the_state_asked_for_aside(django_assert_num_queries):
    partner = PartnerFactory()
    NeedFactory(partner=partner, published=True, positions=3, fte_hundredths=75)
    NeedFactory(partner=partner, published=True)
    NeedFactory(partner=partner, positions=2, fte_hundredths=50)
    NeedFactory(published=True)
    search = BoardFilter(status=NeedStatus.DRAFT, partner=partner)

    with django_assert_num_queries(1):
        totals = totals_by_status(Need.objects.all(), search, now=NOW)

    assert totals == {
        **dict.fromkeys(NeedStatus, NeedsTotal()),
        NeedStatus.DRAFT: NeedsTotal(1, 2, 100),
        NeedStatus.PUBLISHED: NeedsTotal(2, 4, 325),
    }
    assert sum(totals.values(), NeedsTotal()) == NeedsTotal(3, 6, 425)


def test_total_of_needs_and_of_none():
    NeedFactory(positions=2, fte_hundredths=80)
    NeedFactory()

    assert total_of(Need.objects.all()) == NeedsTotal(2, 3, 260)
    assert total_of(Need.objects.none()) == NeedsTotal()
