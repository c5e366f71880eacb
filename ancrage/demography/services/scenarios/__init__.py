"""What would happen if: steps supposed, what follows from them, scenarios kept."""

from ancrage.demography.services.counting import newer_set, parameters_in, wanted_set
from ancrage.demography.services.putting_away import NothingToUndo
from ancrage.demography.services.scenarios.running import (
    NOTHING,
    Effect,
    Outcome,
    ToPlace,
    preview,
    run,
)
from ancrage.demography.services.scenarios.saving import (
    Description,
    NameTaken,
    ScenarioMoved,
    add_step,
    compute_again,
    copy_scenario,
    delete_scenario,
    describe_scenario,
    make_scenario,
    model_of,
    outcome_of,
    remove_step,
    restore_scenario,
    steps_of,
)
from ancrage.demography.services.scenarios.steps import (
    MOST_STEPS,
    Step,
    StepRefused,
    UnknownCommune,
    changes_of,
    unknown_in,
)

__all__ = [
    "MOST_STEPS",
    "NOTHING",
    "Description",
    "Effect",
    "NameTaken",
    "NothingToUndo",
    "Outcome",
    "ScenarioMoved",
    "Step",
    "StepRefused",
    "ToPlace",
    "UnknownCommune",
    "add_step",
    "changes_of",
    "compute_again",
    "copy_scenario",
    "delete_scenario",
    "describe_scenario",
    "make_scenario",
    "model_of",
    "newer_set",
    "outcome_of",
    "parameters_in",
    "preview",
    "remove_step",
    "restore_scenario",
    "run",
    "steps_of",
    "unknown_in",
    "wanted_set",
]
