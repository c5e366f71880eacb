"""What a search asks, what it reads, and what it never reads."""

import random
from dataclasses import fields, replace
from datetime import date

import pytest

from ancrage.candidates.models import Candidate, SearchEntry
from ancrage.candidates.queries import CardCriteria, CardGroup, card_groups
from ancrage.candidates.queries.bits import contract_bits
from ancrage.core.fit.scoring import fit
from ancrage.matching.services.facts import (
    card_facts,
    need_facts,
    people_facts,
    person_facts,
)
from ancrage.matching.services.finding import (
    CARD_PARTS,
    PROFILE_PARTS,
    Asked,
    asked_from,
    find_cards,
    find_profiles,
    words_of,
)
from ancrage.matching.services.finding.explaining import explained
from ancrage.privacy.scopes import Viewer, viewer_of
from tests.factories import (
    CandidateFactory,
    CommuneFactory,
    EpciFactory,
    NeedFactory,
    ProofFactory,
    TerritoryRoleFactory,
    UserFactory,
)

TODAY = date(2026, 11, 16)
USUAL = {"proximity": 25, "timing": 15, "experience": 5}


def test_address_is_read_and_what_is_wrong_is_left_out():
    asked = asked_from(
        {
            "zone": "200000001",
            "contrat": "inconnu",
            "experience": "over_20",
            "mois": "2027-03",
            "annees": "5",
            "poids_proximity": "700",
            "poids_timing": "-3",
            "poids_hours": "90",
        },
        CARD_PARTS,
    )

    assert asked == Asked(
        weights={"proximity": 100, "timing": 15, "experience": 5},
        zone="200000001",
        experience="over_20",
        month=date(2027, 3, 1),
        years=5,
    )
    assert (asked.fit_weights.proximity, asked.fit_weights.hours) == (100, 0)


@pytest.mark.parametrize(
    "words",
    [
        {},
        {"contrat": "cdi", "mois": "2027-03", "annees": "10"},
        {"poids_proximity": "0", "poids_timing": "100"},
        {"q": "nuit", "logement": "on"},
    ],
)
def test_search_written_in_an_address_is_read_back_the_same(words):
    assert words_of(asked_from(words, CARD_PARTS)) == words


def test_weights_all_at_zero_give_way_to_the_usual_ones():
    asked = asked_from({f"poids_{part}": "0" for part in CARD_PARTS}, CARD_PARTS)

    assert (asked.weights, asked.is_weightless) == (USUAL, True)


@pytest.mark.django_db
def test_card_facts_hold_nothing_that_a_card_does_not_print(territory, nurse):
    zone = EpciFactory(siren="200000001")
    commune = CommuneFactory(insee="44901", epci=zone, latitude=47.1, longitude=-2.1)
    said = {
        "specialty": None,
        "fte_min_hundredths": 20,
        "fte_max_hundredths": 30,
        "works_nights": True,
        "reach_km": 3,
        "reach_minutes": 5,
        "available_until": date(2027, 6, 30),
        "available_from": date(2027, 3, 18),
    }
    said.pop("specialty")
    CandidateFactory.create_batch(
        5, territory=territory, professions=[nurse], commune=commune, pooled=True, **said
    )

    found = card_groups(CardCriteria(), nurse, territories=[territory.pk], partners=())

    (group,) = found.groups
    facts = card_facts(group, profession="nurse", key="k")
    told = {
        one.name
        for one in fields(facts)
        if getattr(facts, one.name) not in (None, (), frozenset())
    }
    assert told == {"key", "practices", "zones", "available_from", "contracts"}
    assert facts.available_from == date(2027, 3, 1)
    (practice,) = facts.practices
    assert (practice.specialty, practice.diploma.held.value) == (None, "unknown")
    (place,) = facts.zones
    assert (place.max_km, place.max_minutes, place.commune) == (None, None, "")


@pytest.mark.django_db
def test_facts_of_people_are_for_those_who_may_see_who_they_are(territory, candidate):
    coordinator = TerritoryRoleFactory(territory=territory).user
    foreigner = TerritoryRoleFactory().user

    assert set(people_facts([candidate.pk], viewer=viewer_of(coordinator))) == {candidate.pk}
    assert people_facts([candidate.pk], viewer=viewer_of(foreigner)) == {}
    assert people_facts([candidate.pk], viewer=Viewer(None)) == {}


@pytest.mark.django_db
def test_person_sees_her_own_facts_even_while_frozen(territory, nurse):
    user = UserFactory()
    mine = CandidateFactory(territory=territory, user=user, professions=[nurse])
    mine.subject.limited_at = mine.created_at
    mine.subject.save()

    assert set(people_facts([mine.pk], viewer=viewer_of(user))) == {mine.pk}


@pytest.mark.django_db
def test_facts_of_many_are_those_of_each(territory, nurse, coordinator):
    """The columns left unread are those that no fact needs."""
    one = CandidateFactory(
        territory=territory,
        professions=[nurse],
        contracts=["locum"],
        experience="years_5_10",
        available_from=TODAY,
        reach_km=20,
        works_nights=True,
        fte_min_hundredths=50,
    )
    licence = ProofFactory(candidate=one, kind="locum_licence")
    ProofFactory(candidate=one)
    rows = one.professions.select_related("profession", "specialty")

    assert people_facts([one.pk], viewer=viewer_of(coordinator)) == {
        one.pk: person_facts(one, rows, [licence])
    }


@pytest.mark.django_db
def test_coordination_of_another_territory_finds_nobody(need, candidate):
    foreigner = TerritoryRoleFactory().user

    found = find_profiles(
        need=need,
        asked=asked_from({}, PROFILE_PARTS),
        viewer=viewer_of(foreigner),
        on=TODAY,
    )

    assert (found.results, found.total) == ((), 0)


@pytest.mark.django_db
def test_likeliest_are_compared_where_there_are_too_many(
    territory, partner, nurse, coordinator, monkeypatch
):
    monkeypatch.setattr("ancrage.matching.services.finding.profiles.MOST_COMPARED", 2)
    place = CommuneFactory(insee="44901", latitude=47.1, longitude=-2.1)
    far = CommuneFactory(insee="44902", latitude=47.1, longitude=-1.5)
    need = NeedFactory(partner=partner, profession=nurse, commune=place, published=True)
    near, further, _blocked = (
        CandidateFactory(territory=territory, professions=[nurse], commune=commune, **facts)
        for commune, facts in (
            (place, {}),
            (far, {"reach_km": 90}),
            (place, {"contracts": ["locum"], "fte_max_hundredths": 50}),
        )
    )
    CandidateFactory(territory=territory, professions=[nurse], commune=place, settled=True)

    found = find_profiles(
        need=need, asked=asked_from({}, PROFILE_PARTS), viewer=viewer_of(coordinator), on=TODAY
    )

    assert [one.candidate for one in found.results] == [near, further]
    assert (found.total, found.compared, found.clear) == (3, 2, 2)


@pytest.mark.django_db
def test_nothing_of_a_life_project_can_be_reached_from_what_is_searched():
    """R2: no relation leads from the rows of a search to the concierge’s tables."""
    reached = {
        relation.related_model._meta.app_label
        for model in (Candidate, SearchEntry)
        for relation in model._meta.get_fields()
        if relation.is_relation and relation.related_model
    }

    assert "welcome" not in reached


@pytest.mark.django_db
@pytest.mark.parametrize("is_placed", [True, False])
def test_cards_rank_as_if_each_were_compared(territory, partner, nurse, is_placed):
    """What is counted together, what is compared once: no card changes place for it."""
    dice = random.Random(20261122)
    places = [(47.1, -2.1), (47.2, -1.8), (48.4, -1.6), (49.4, 1.1), (None, None)]
    communes = [
        CommuneFactory(
            insee=f"4490{rank}",
            epci=EpciFactory(siren=f"20000000{rank}"),
            latitude=latitude,
            longitude=longitude,
        )
        for rank, (latitude, longitude) in enumerate(places)
    ]
    people = [
        CandidateFactory(
            territory=territory,
            professions=[nurse],
            commune=communes[rank % len(communes)],
            pooled=True,
            experience=dice.choice(["", "under_2", "years_5_10"]),
            available_from=dice.choice([None, date(2026, 12, 5), date(2027, 6, 9)]),
            contracts=dice.choice([[], ["cdi"], ["cdd"]]),
        )
        for rank in range(40)
    ]
    somewhere = communes[0] if is_placed else communes[-1]
    need = NeedFactory(partner=partner, profession=nurse, commune=somewhere, published=True)
    asked = asked_from({"annees": "5", "poids_proximity": "80"}, CARD_PARTS)
    post = replace(need_facts(need, on=TODAY), years_of_experience=asked.years)
    structure = Viewer(None, frozenset({f"partner:{partner.pk}"}))

    found = [
        find_cards(need=need, asked=asked, viewer=structure, on=TODAY, offset=start, limit=7)
        for start in range(0, 40, 7)
    ]

    straight = {}
    for person in people:
        commune = person.commune
        month = person.available_from and person.available_from.replace(day=1)
        bits = contract_bits(person.contracts)
        said = CardGroup(
            person.experience, month, (), bits, 1, 1, commune.latitude, commune.longitude
        )
        known = card_facts(said, profession=nurse.code, key=person.card)
        straight[person.card] = fit(known, post, asked.fit_weights)
    results = [one for page in found for one in page.results]
    assert sorted(one.card.key for one in results) == sorted(straight)
    assert [one.why for one in results] == [
        explained(straight[one.card.key], CARD_PARTS) for one in results
    ]
    order = [
        (len(one.missing), len(one.to_check), -one.points)
        for one in (straight[result.card.key] for result in results)
    ]
    assert order == sorted(order)
    clear = sum(not one.missing for one in straight.values())
    assert [(page.total, page.clear) for page in found] == [(40, clear)] * len(found)


@pytest.mark.django_db
def test_places_too_far_are_counted_together_and_those_unknown_apart(territory, nurse):
    zones = []
    for rank, latitude in enumerate((47.1, 48.9, 49.5, None)):
        zones.append(EpciFactory(siren=f"20000000{rank}"))
        longitude = None if latitude is None else -2.0
        commune = CommuneFactory(
            insee=f"4490{rank}", epci=zones[-1], latitude=latitude, longitude=longitude
        )
        CandidateFactory.create_batch(
            5, territory=territory, professions=[nurse], commune=commune, pooled=True
        )
    near, far, further, nowhere = (zone.pk for zone in zones)

    found = card_groups(
        CardCriteria(),
        nurse,
        territories=[territory.pk],
        partners=(),
        is_near=lambda latitude, longitude: latitude < 48,
    )

    assert {(group.zones, group.people) for group in found.groups} == {
        ((near,), 5),
        ((far, further), 10),
        ((nowhere,), 5),
    }
