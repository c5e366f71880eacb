"""Who could become what, set against the way of each person taken alone."""

from random import Random

import pytest

from ancrage.candidates.enums import DiplomaState, Experience
from ancrage.candidates.models import Candidate
from ancrage.candidates.services.bridging import bridge_facts
from ancrage.core.bridges.network import Network
from ancrage.core.bridges.reach import HORIZONS
from ancrage.core.bridges.search import fastest
from ancrage.core.bridges.values import ANYBODY
from ancrage.matching.services.becoming import becoming_in, comers_to
from ancrage.professions.models import Profession
from ancrage.professions.services import network_on
from tests.factories import (
    CandidateFactory,
    CandidateProfessionFactory,
    ProfessionFactory,
    TerritoryFactory,
)
from tests.factories.moments import TODAY

pytestmark = pytest.mark.django_db

TITLES = ("hospital_orderly", "care_assistant", "nurse")


def _months(network, candidate, goal):
    """Months of the fastest way; who aims at a goal may take a way open to anybody."""
    aims = candidate.professions.filter(
        profession__code=goal, diploma=DiplomaState.AIMED_AT
    ).exists()
    ways = network if aims else Network(one for one in network.bridges if one.source != ANYBODY)
    facts = bridge_facts(candidate=candidate, on=TODAY)
    if goal in {one.title for one in facts.titles}:
        return None
    path = fastest(ways, facts, goal)
    return path.months if path is not None and path.steps else None


@pytest.mark.parametrize("seed", range(3))
def test_counts_and_names_are_those_of_each_person_alone(seed):
    draw, territory = Random(seed), TerritoryFactory()
    for _one in range(12):
        held, aimed = draw.choice(TITLES), draw.choice(TITLES)
        somebody = CandidateFactory(
            territory=territory,
            professions=[ProfessionFactory(code=held)],
            experience=draw.choice([Experience.UNDER_2, Experience.YEARS_5_10]),
        )
        if aimed != held:
            CandidateProfessionFactory(
                candidate=somebody,
                profession=ProfessionFactory(code=aimed),
                diploma=DiplomaState.AIMED_AT,
                is_main=False,
            )
    CandidateFactory(professions=[ProfessionFactory(code=TITLES[0])])
    people, network = list(territory.candidates.order_by("pk")), network_on(on=TODAY)

    table = becoming_in(territory=territory, on=TODAY, exact=True)

    goals = set(Profession.objects.values_list("code", flat=True))
    expected = {}
    for goal in goals:
        months = {one.pk: _months(network, one, goal) for one in people}
        expected[goal] = {pk: at for pk, at in months.items() if at is not None}
    assert {line.profession.code: line.within for line in table.lines} == {
        goal: tuple(sum(at <= horizon for at in found.values()) for horizon in HORIZONS)
        for goal, found in expected.items()
        if found
    }
    for goal in ("care_assistant", "nurse"):
        came = comers_to(
            territory=territory, candidates=Candidate.objects.all(), goal=goal, on=TODAY
        )
        mine = {one.key: one.months for one in came.people if one.key in expected[goal]}
        assert mine == expected[goal]
        assert [one.months for one in came.people] == sorted(one.months for one in came.people)
