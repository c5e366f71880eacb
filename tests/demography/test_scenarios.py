"""A scenario: what is supposed, what follows (bit for bit a full run), and its keeping."""

import json
from datetime import timedelta

import numpy as np
import pytest

from ancrage.core.accessibility.potential import potential
from ancrage.demography.enums import Care, StepKind
from ancrage.demography.models import Scenario
from ancrage.demography.services import scenarios
from ancrage.demography.services.model import territory_model
from ancrage.demography.services.scenarios import Description, Outcome, Step, StepRefused
from ancrage.kit.models import AuditLine
from tests.demography.land import NOW, professionals, save, save_land, territory_of_land
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

LEAVES = Step(StepKind.LEAVES, "44902", "Bourg-Fictif", posts=100)
ARRIVES = Step(StepKind.ARRIVES, "44903", "Val-Fictif", posts=100)
LATER = NOW + timedelta(days=1)


@pytest.fixture
def land():
    territory = territory_of_land()
    save_land()
    return territory


@pytest.fixture
def model(land):
    return territory_model(territory=land, care=Care.GP)


@pytest.fixture
def scenario(land):
    return make(land, steps=[LEAVES, ARRIVES])


def make(land, name="Un départ, une arrivée", **options) -> Scenario:
    return scenarios.make_scenario(
        territory=land,
        care=Care.GP,
        description=Description(name, patients_each=1_000),
        by=None,
        now=NOW,
        **options,
    )


def fully(model, outcome: Outcome, steps) -> None:
    """What is kept is what a full run gives, to the last bit."""
    supply, people = model.state.supply.copy(), model.state.people.copy()
    for change in scenarios.changes_of(model, steps):
        supply[change.place] += change.supply
        people[change.place] += change.people
    whole = potential(model.state.catchments, people, supply).access
    kept = {effect.code: effect.after for effect in outcome.effects}
    for rank, place in enumerate(model.places):
        assert kept.get(place.code, model.state.access[rank]) == whole[rank]


@pytest.mark.parametrize(
    "step",
    [
        LEAVES,
        ARRIVES,
        Step(StepKind.HALF, "44902", "Bourg-Fictif", posts=300),
        Step(StepKind.MOVES, "44901", "Port-Fictif", posts=150, to="44904", to_name="Landes"),
        Step(StepKind.PEOPLE, "44903", "Val-Fictif", people=1_200),
        Step(StepKind.PEOPLE, "44904", "Landes-Fictives", people=-800),
    ],
    ids=lambda step: step.kind.value,
)
def test_what_is_kept_is_a_full_run_and_the_preview_agrees(model, step):
    outcome = scenarios.run(model, [LEAVES, step])

    fully(model, outcome, [LEAVES, step])
    again = Outcome.from_json(json.loads(json.dumps(outcome.as_json())))
    assert again == outcome
    before = scenarios.run(model, [LEAVES])
    shown = {one.code: one.change for one in scenarios.preview(model, [LEAVES], step).effects}
    first = {one.code: one.change for one in before.effects}
    last = {one.code: one.change for one in outcome.effects}
    for code in {*first, *last}:
        expected = last.get(code, 0.0) - first.get(code, 0.0)
        assert shown.get(code, 0.0) == pytest.approx(expected, abs=1e-12)


def test_who_gains_who_loses_and_who_crosses_the_threshold(model):
    gone = scenarios.run(model, [Step(StepKind.LEAVES, "44901", "Port-Fictif", posts=1_400)])
    there = scenarios.run(model, [Step(StepKind.ARRIVES, "44903", "Val-Fictif", posts=300)])

    assert gone.losers[0].name == "Port-Fictif"
    assert [one.name for one in gone.fallen] == ["Port-Fictif"]
    assert gone.under == (7_500.0, 21_500.0)
    assert [one.name for one in there.risen] == ["Bourg-Fictif", "Val-Fictif"]
    assert there.under == (7_500.0, 0.0)
    assert there.mean[1] > there.mean[0]
    port = gone.losers[0]
    assert port.anchored == pytest.approx(3.6 + port.change)


def test_a_commune_without_a_published_value_is_told_what_it_gains_and_no_level(model):
    outcome = scenarios.run(model, [Step(StepKind.ARRIVES, "44904", "Landes", posts=100)])

    lands = next(one for one in outcome.effects if one.code == "44904")
    assert (lands.published, lands.anchored) == (None, None)
    assert lands.change > 0


def test_patients_of_who_leaves_are_placed_or_counted_as_lost(model):
    (one,) = scenarios.run(model, [LEAVES, ARRIVES], patients_each=1_000).patients

    assert one.name == "Bourg-Fictif"
    assert one.looking == pytest.approx(1_000)
    placed = sum(more for _name, more in one.receivers)
    assert placed + one.nowhere == pytest.approx(1_000)
    assert scenarios.run(model, [LEAVES]).patients == ()
    assert scenarios.run(model, [ARRIVES], patients_each=1_000).patients == ()


@pytest.mark.parametrize(
    ("step", "field", "said"),
    [
        (
            Step(StepKind.LEAVES, "44902", "Bourg-Fictif", posts=400),
            "posts",
            "À Bourg-Fictif, 3 professionnels exercent : il ne peut pas en partir davantage.",
        ),
        (
            # Three of 66 years, past what the set counts: that is not said.
            Step(StepKind.LEAVES, "44952", "Plaine-Voisine", posts=400),
            "posts",
            "À Plaine-Voisine, 3 professionnels exercent : il ne peut pas en partir davantage.",
        ),
        (Step(StepKind.LEAVES, "44902", "Bourg-Fictif"), "posts", "Dites combien"),
        (Step(StepKind.PEOPLE, "44904", "Landes", people=-801), "people", "800 habitants"),
        (Step(StepKind.PEOPLE, "44904", "Landes"), "people", "habitants en plus"),
        (Step(StepKind.MOVES, "44901", "Port", posts=100), "to", "quelle autre commune"),
        (Step(StepKind.ARRIVES, "99999", "Disparue", posts=100), "commune", "n’est plus parmi"),
    ],
)
def test_what_cannot_be_is_refused_in_words(model, step, field, said):
    with pytest.raises(StepRefused) as refused:
        scenarios.run(model, [step])

    assert refused.value.field == field
    assert " ".join(said.split()) in " ".join(refused.value.messages[0].split())


def test_steps_are_counted_together(model):
    with pytest.raises(StepRefused, match="davantage"):
        scenarios.run(model, [LEAVES, LEAVES, LEAVES, LEAVES])
    with pytest.raises(StepRefused, match="40"):
        scenarios.run(model, [ARRIVES] * 41)
    # Who has come may leave again.
    scenarios.run(model, [ARRIVES, Step(StepKind.LEAVES, "44903", "Val-Fictif", posts=100)])


def test_without_professionals_nothing_can_be_supposed_of_them():
    model = territory_model(territory=territory_of_land(), care=Care.NURSE)

    with pytest.raises(StepRefused, match="Aucun fichier de professionnels"):
        scenarios.run(model, [ARRIVES])
    scenarios.run(model, [Step(StepKind.PEOPLE, "44903", "Val-Fictif", people=10)])


def test_a_scenario_keeps_its_result_and_the_files_it_was_read_from(scenario, model):
    kept = Scenario.objects.get(pk=scenario.pk)

    assert scenarios.outcome_of(kept) == scenarios.run(
        model, [LEAVES, ARRIVES], patients_each=1_000
    )
    assert scenarios.steps_of(kept) == (LEAVES, ARRIVES)
    assert [(one["dataset"], one["year"]) for one in kept.used] == [
        ("access", 2023),
        ("professionals", 2024),
    ]
    assert kept.digest == scenarios.model_of(kept).digest
    assert AuditLine.objects.get(action="scenario.made").scope == f"territory:{kept.territory_id}"


def test_a_new_file_makes_it_old_until_it_is_computed_again(scenario):
    save(professionals("44902;5;40\n44951;60;50\n"), 2025)
    assert scenarios.model_of(scenario).digest != scenario.digest

    again = scenarios.compute_again(scenario=scenario, by=None, now=LATER)

    assert again.digest == scenarios.model_of(again).digest
    assert (again.revision, again.computed_at) == (2, LATER)
    assert again.used[1]["year"] == 2025


def test_a_commune_that_is_gone_is_named_and_can_be_taken_out(scenario, land):
    land.communes.remove(land.communes.get(insee="44903"))
    land.communes.get(insee="44902")
    model = scenarios.model_of(scenario)
    # It still lies around the territory: it goes for good.
    assert scenarios.unknown_in(model, scenarios.steps_of(scenario)) == ()
    type(land.communes.first()).objects.filter(insee="44903").delete()

    model = scenarios.model_of(scenario)
    assert scenarios.unknown_in(model, scenarios.steps_of(scenario)) == ("Val-Fictif",)
    with pytest.raises(StepRefused, match="n’est plus parmi"):
        scenarios.compute_again(scenario=scenario, by=None, now=LATER)
    mended = scenarios.remove_step(scenario=scenario, rank=1, revision=1, by=None, now=LATER)

    assert scenarios.steps_of(mended) == (LEAVES,)


def test_the_second_of_two_who_edit_is_told(scenario):
    scenarios.add_step(scenario=scenario, step=ARRIVES, revision=1, by=None, now=LATER)

    with pytest.raises(scenarios.ScenarioMoved) as moved:
        scenarios.remove_step(scenario=scenario, rank=0, revision=1, by=None, now=LATER)
    assert moved.value.current.revision == 2
    with pytest.raises(scenarios.ScenarioMoved):
        scenarios.describe_scenario(
            scenario=scenario, description=Description("X"), revision=1, by=None, now=LATER
        )


def test_a_name_is_borne_once_and_copies_find_a_free_one(scenario, land):
    with pytest.raises(scenarios.NameTaken):
        make(land)
    user = UserFactory()
    first = scenarios.copy_scenario(scenario=scenario, by=user, now=LATER)
    second = scenarios.copy_scenario(scenario=scenario, by=user, now=LATER)

    assert [first.name, second.name] == [
        "Un départ, une arrivée (copie)",
        "Un départ, une arrivée (copie 2)",
    ]
    assert (first.outcome, first.shared, first.made_by) == (scenario.outcome, False, user)
    with pytest.raises(scenarios.NameTaken):
        scenarios.describe_scenario(
            scenario=first, description=Description(scenario.name), revision=1, by=None, now=LATER
        )


def test_describing_counts_patients_again_and_deleting_leaves_a_line(scenario):
    told = scenarios.describe_scenario(
        scenario=scenario,
        description=Description("Autre nom", "Pourquoi.", patients_each=500, shared=True),
        revision=1,
        by=None,
        now=LATER,
    )

    assert (told.name, told.note, told.shared) == ("Autre nom", "Pourquoi.", True)
    assert scenarios.outcome_of(told).patients[0].looking == pytest.approx(500)
    line = AuditLine.objects.get(action="scenario.described")
    assert line.changes["patients_each"] == [1_000, 500]
    assert "note" not in line.changes


def test_a_deleted_scenario_comes_back_within_a_day_and_is_then_forgotten(scenario):
    scenarios.delete_scenario(scenario=scenario, by=None, now=NOW)
    scenarios.delete_scenario(scenario=scenario, by=None, now=NOW)
    assert AuditLine.objects.filter(action="scenario.deleted").count() == 1
    other = scenarios.make_scenario(
        territory=scenario.territory,
        care=Care.GP,
        description=Description(scenario.name),
        by=None,
        now=NOW,
    )
    with pytest.raises(scenarios.NameTaken):
        scenarios.restore_scenario(scenario=scenario, by=None, now=NOW)
    scenarios.delete_scenario(scenario=other, by=None, now=NOW + timedelta(hours=20))

    scenarios.restore_scenario(scenario=scenario, by=None, now=NOW + timedelta(hours=23))

    assert Scenario.objects.get(removed_at__isnull=True) == scenario
    scenarios.delete_scenario(scenario=scenario, by=None, now=NOW + timedelta(days=2))
    assert list(Scenario.objects.all()) == [scenario]
    with pytest.raises(scenarios.NothingToUndo):
        scenarios.restore_scenario(scenario=scenario, by=None, now=NOW + timedelta(days=4))


def test_rows_of_many_models_agree_with_a_full_run(model):
    rng = np.random.default_rng(6)
    codes = [place.code for place in model.places]
    for _turn in range(30):
        steps = [
            Step(StepKind.ARRIVES, str(rng.choice(codes)), "x", posts=int(rng.integers(1, 500)))
            for _one in range(int(rng.integers(1, 5)))
        ]
        fully(model, scenarios.run(model, steps), steps)
