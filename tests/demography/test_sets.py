"""Sets that a territory types: versions that never change, one default, what is used stays."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from ancrage.demography.enums import Among, Care, StepKind
from ancrage.demography.models import ParameterSet, ParameterVersion
from ancrage.demography.services import scenarios, sets, siting
from ancrage.demography.services.model import (
    SETS_OF,
    Note,
    NoteKind,
    UnknownSet,
    known_sets,
    parameters_of,
    set_named,
    territory_model,
)
from ancrage.demography.services.scenarios import Description, Step
from ancrage.demography.services.sets import Sheet, facts_of, parameters_from
from ancrage.kit.models import AuditLine
from tests.demography.land import NOW, save_land, territory_of_land
from tests.factories import TerritoryFactory

pytestmark = pytest.mark.django_db

HOW = {"by": None, "now": NOW}
# Nobody goes further than ten minutes, and half as many after five.
NEAR = replace(
    facts_of(SETS_OF[Care.GP][0]),
    slope=None,
    steps=((5.0, 1.0), (10.0, 0.5)),
    closed=True,
    approximate=False,
    dated=date(2023, 12, 31),
    source="Feuille fictive",
)
LEAVES = Step(StepKind.LEAVES, "44902", "Bourg-Fictif", posts=100)


@pytest.fixture
def land():
    return territory_of_land()


def sheet(name="Plus près", facts=NEAR, note="") -> Sheet:
    return Sheet(name, parameters_from(facts), note)


def make(land, name="Plus près", facts=NEAR, care=Care.GP) -> ParameterSet:
    return sets.make_set(territory=land, care=care, sheet=sheet(name, facts), **HOW)


def test_a_set_is_read_as_it_was_typed(land):
    made = make(land)

    found = set_named(Care.GP, made.ref, territory=land)

    assert facts_of(found.parameters) == replace(
        NEAR, name=f"jeu-{made.pk}-v1", title="Plus près", version=1
    )
    assert (found.ref, found.is_default) == (made.ref, False)
    assert [one.ref for one in known_sets(land, Care.GP)] == ["proche-2015", made.ref]
    assert [one.ref for one in known_sets(TerritoryFactory(), Care.GP)] == ["proche-2015"]
    assert AuditLine.objects.filter(action="parameters.made").count() == 1


def test_a_version_stays_when_the_next_one_is_kept(land):
    made = make(land)
    farther = replace(NEAR, steps=((5.0, 1.0), (15.0, 0.5)))

    revised = sets.revise_set(chosen=made, sheet=sheet("Plus loin", farther), number=1, **HOW)

    assert (revised.name, revised.number) == ("Plus loin", 2)
    first, second = (
        parameters_of(Care.GP, f"{made.ref}-v{number}", territory=land) for number in (1, 2)
    )
    assert (first.title, first.decay.reach) == ("Plus près", 10)
    assert (second.title, second.decay.reach) == ("Plus loin", 15)
    assert parameters_of(Care.GP, made.ref, territory=land) == second
    # The same again is no version; an old page is told so.
    same = sets.revise_set(chosen=made, sheet=sheet("Plus loin", farther), number=2, **HOW)
    assert (same.number, ParameterVersion.objects.count()) == (2, 2)
    with pytest.raises(sets.SetMoved):
        sets.revise_set(chosen=made, sheet=sheet(), number=1, **HOW)


def test_one_set_counts_for_the_territory_and_the_platform_s_otherwise(land):
    save_land()
    first, second = make(land), make(land, "Autre")
    built_in = territory_model(territory=land, care=Care.GP)
    sets.choose_set(chosen=first, **HOW)
    sets.choose_set(chosen=second, **HOW)
    sets.choose_set(chosen=second, **HOW)

    assert [one.name for one in ParameterSet.objects.filter(is_default=True)] == ["Autre"]
    model = territory_model(territory=land, care=Care.GP)
    assert model.parameters.name == f"{second.ref}-v1"
    assert model.digest != built_in.digest
    assert model.computed.tolist() != built_in.computed.tolist()
    assert parameters_of(Care.NURSE, territory=land) == SETS_OF[Care.NURSE][0]
    sets.unchoose_set(chosen=second, **HOW)
    assert territory_model(territory=land, care=Care.GP) is built_in


def test_an_archived_set_is_offered_no_more_and_may_come_back(land):
    made = make(land)
    sets.choose_set(chosen=made, **HOW)
    sets.archive_set(chosen=made, **HOW)
    sets.archive_set(chosen=made, **HOW)
    sets.unchoose_set(chosen=made, **HOW)

    assert parameters_of(Care.GP, territory=land) == SETS_OF[Care.GP][0]
    with pytest.raises(UnknownSet):
        set_named(Care.GP, made.ref, territory=land)
    assert parameters_of(Care.GP, f"{made.ref}-v1", territory=land).title == "Plus près"
    with pytest.raises(sets.SetArchived):
        sets.choose_set(chosen=made, **HOW)
    with pytest.raises(sets.SetArchived):
        sets.revise_set(chosen=made, sheet=sheet("Autre"), number=1, **HOW)
    sets.restore_set(chosen=made, **HOW)
    sets.restore_set(chosen=made, **HOW)
    assert AuditLine.objects.filter(action__startswith="parameters.").count() == 4
    assert set_named(Care.GP, made.ref, territory=land).version.number == 1


def test_what_nothing_was_computed_with_is_deleted_and_the_rest_is_not(land):
    save_land()
    unused, used, studied = make(land), make(land, "Servi"), make(land, "Étudié")
    scenarios.make_scenario(
        territory=land,
        care=Care.GP,
        description=Description("Et si", parameters=used.ref),
        **HOW,
    )
    study = siting.ask_study(
        territory=land,
        care=Care.GP,
        asked=siting.Asked(1, 1, 2.5, 10, Among.ALL, parameters=studied.ref),
        **HOW,
    )
    assert (study.parameters, siting.newer_set(study)) == (f"{studied.ref}-v1", None)

    sets.delete_set(chosen=unused, **HOW)

    for kept in (used, studied):
        with pytest.raises(sets.SetUsed):
            sets.delete_set(chosen=kept, **HOW)
    assert sorted(ParameterSet.objects.values_list("name", flat=True)) == ["Servi", "Étudié"]
    # With its territory, all of it goes.
    land.delete()
    assert ParameterVersion.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"people": 100_000}, "people"),
        ({"source": ""}, "source"),
        ({"source": "x" * 501}, "source"),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field(land, change, field):
    with pytest.raises(ValidationError) as refusal:
        make(land, facts=replace(NEAR, **change))

    assert list(refusal.value.message_dict) == [field]


def test_two_sets_of_a_profession_do_not_share_a_name(land):
    make(land)
    with pytest.raises(sets.NameTaken):
        make(land)
    other = make(land, "Autre")
    with pytest.raises(sets.NameTaken):
        sets.revise_set(chosen=other, sheet=sheet(), number=1, **HOW)
    make(TerritoryFactory())


def test_a_scenario_keeps_its_version_is_told_of_the_next_and_may_take_it(land):
    save_land()
    made = make(land)
    scenario = scenarios.make_scenario(
        territory=land,
        care=Care.GP,
        description=Description("Et si", parameters=made.ref),
        steps=[LEAVES],
        **HOW,
    )
    before = scenario.outcome
    assert (scenario.parameters, scenarios.newer_set(scenario)) == (f"{made.ref}-v1", None)
    wider = replace(NEAR, steps=((5.0, 1.0), (19.0, 0.5)))
    sets.revise_set(chosen=made, sheet=sheet(facts=wider), number=1, **HOW)

    assert scenarios.newer_set(scenario).version.number == 2
    again = scenarios.compute_again(scenario=scenario, **HOW)
    assert (again.parameters, again.outcome) == (f"{made.ref}-v1", before)
    newer = scenarios.compute_again(scenario=scenario, with_newer=True, **HOW)
    assert (newer.parameters, newer.version.number) == (f"{made.ref}-v2", 2)
    assert newer.outcome != before
    assert newer.digest == scenarios.model_of(newer).digest
    sets.archive_set(chosen=made, **HOW)
    assert scenarios.newer_set(newer) is None
    copy = scenarios.copy_scenario(scenario=newer, **HOW)
    assert (copy.version, copy.follows_default) == (newer.version, False)


def test_a_scenario_without_a_choice_goes_by_its_territory(land):
    save_land()
    scenario = scenarios.make_scenario(
        territory=land, care=Care.GP, description=Description("Et si"), **HOW
    )
    made = make(land)
    assert (scenarios.wanted_set(scenario), scenarios.newer_set(scenario)) == ("", None)
    sets.choose_set(chosen=made, **HOW)

    assert scenarios.newer_set(scenario).ref == made.ref
    assert scenarios.parameters_in(scenario) == SETS_OF[Care.GP][0]
    chosen = scenarios.describe_scenario(
        scenario=scenario,
        description=Description("Et si", parameters="proche-2015"),
        revision=1,
        **HOW,
    )
    assert (chosen.parameters, scenarios.newer_set(chosen)) == ("proche-2015", None)
    assert AuditLine.objects.filter(action="scenario.described").get().changes == {}


def test_a_study_opens_as_a_scenario_that_counts_as_it_did(land):
    save_land()
    made = make(land)
    study = siting.ask_study(
        territory=land,
        care=Care.GP,
        asked=siting.Asked(1, 1, 2.5, 10, Among.ALL, parameters=made.ref),
        **HOW,
    )
    sets.revise_set(chosen=made, sheet=sheet("Suite"), number=1, **HOW)

    opened = siting.open_as_scenario(study=study, goal="deficit", name="Ouvert", **HOW)

    assert siting.newer_set(study).parameters.title == "Suite"
    assert (opened.version, opened.parameters) == (study.version, f"{made.ref}-v1")


def test_a_study_without_a_choice_is_told_of_another_default(land):
    save_land()
    asked = siting.Asked(1, 1, 2.5, 10, Among.ALL)
    study = siting.ask_study(territory=land, care=Care.GP, asked=asked, **HOW)
    assert siting.newer_set(study) is None
    made = make(land)

    sets.choose_set(chosen=made, **HOW)

    assert siting.newer_set(study).ref == made.ref
    assert siting.parameters_in(study) == SETS_OF[Care.GP][0]


def test_long_journeys_ask_for_more_than_the_ring(land):
    save_land()
    far = make(land, facts=replace(NEAR, steps=((30.0, 1.0),)))

    notes = territory_model(territory=land, care=Care.GP, parameters=far.ref).notes

    assert Note(NoteKind.NARROW_RING, count=40) in notes
    near = territory_model(territory=land, care=Care.GP).notes
    assert NoteKind.NARROW_RING not in {note.kind for note in near}


def test_sets_of_others_and_unknown_ones_do_not_count(land):
    made = make(land)

    for care, name, where in (
        (Care.GP, made.ref, TerritoryFactory()),
        (Care.NURSE, made.ref, land),
        (Care.GP, f"{made.ref}-v9", land),
        (Care.GP, "jeu-x", land),
        (Care.GP, made.ref, None),
    ):
        with pytest.raises(UnknownSet):
            set_named(care, name, territory=where)
