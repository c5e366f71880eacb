"""What a search asks, what it reads, and what it never reads."""

from dataclasses import fields
from datetime import date

import pytest

from ancrage.candidates.models import Candidate, SearchEntry
from ancrage.candidates.queries import CardCriteria, CardGroup, card_groups
from ancrage.core.fit import facts
from ancrage.core.fit.scoring import fit, ranked
from ancrage.matching.services.facts import card_facts, people_facts, person_facts
from ancrage.matching.services.finding import (
    CARD_PARTS,
    PROFILE_PARTS,
    Asked,
    asked_from,
    find_profiles,
    words_of,
)
from ancrage.matching.services.finding.cards import _ranked
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


def test_places_too_far_are_compared_once_and_rank_as_if_each_were():
    near, far, further, nowhere = (
        CardGroup("under_2", date(2027, 1, 1), zone, 2, 5, 5, latitude, -2.0)
        for zone, latitude in ((1, 47.0), (2, 48.0), (3, 49.0), (4, None))
    )
    post = facts.Need("n", "nurse", latitude=47.0, longitude=-2.0, starts_on=date(2027, 1, 4))
    asked = asked_from({}, CARD_PARTS)
    groups = [further, nowhere, far, near]

    found = _ranked(groups, post, asked)

    straight = ranked(
        fit(card_facts(group, profession="nurse", key=f"{rank:06d}"), post, asked.fit_weights)
        for rank, group in enumerate(groups)
    )
    assert [one for _group, one in found] == straight
    # Where somebody lives is not known: halfway, and one thing more to check all the same.
    assert [group for group, _one in found] == [near, nowhere, further, far]
