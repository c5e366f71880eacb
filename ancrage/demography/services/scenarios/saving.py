"""Scenarios kept: made, described, changed, computed again, copied, deleted, brought back."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.demography.enums import Care, DemographyEvent
from ancrage.demography.models import Scenario
from ancrage.demography.services.counting import (
    count_with,
    newer_set,
    parameters_in,
    wanted_set,
)
from ancrage.demography.services.model import TerritoryModel, territory_model
from ancrage.demography.services.putting_away import put_away, put_back
from ancrage.demography.services.scenarios.running import Outcome, run
from ancrage.demography.services.scenarios.steps import Step
from ancrage.kit.audit import differences, record
from ancrage.kit.refusals import Refusal
from ancrage.territory.models import Territory

_LONGEST = 120


class ScenarioMoved(Exception):
    """Somebody else changed the scenario since it was opened; `current` is what it says now."""

    def __init__(self, current: Scenario) -> None:
        self.current = current
        super().__init__(current.pk)


class NameTaken(Refusal):
    """Another scenario of the territory bears that name."""

    sentence = gettext_lazy(
        "Un scénario de ce territoire porte déjà ce nom : choisissez-en un autre."
    )
    known_as = "name"


@dataclass(frozen=True, slots=True)
class Description:
    """What people say of a scenario.

    Attributes:
        name: unique in the territory.
        note: why, and what is supposed besides.
        patients_each: how many patients one professional follows; None: not told.
        shared: whether the structures of the territory read it.
        parameters: which set counts, by its reference; empty: that of the territory.
    """

    name: str
    note: str = ""
    patients_each: int | None = None
    shared: bool = False
    parameters: str = ""


def steps_of(scenario: Scenario) -> tuple[Step, ...]:
    """Return what a scenario supposes."""
    return tuple(Step.from_json(kept) for kept in scenario.steps)


def outcome_of(scenario: Scenario) -> Outcome:
    """Return the result as it was kept."""
    return Outcome.from_json(scenario.outcome)


def model_of(scenario: Scenario) -> TerritoryModel:
    """Return the territory as the latest files tell it, counted as the scenario counts."""
    return territory_model(
        territory=scenario.territory,
        care=Care(scenario.care),
        parameters=parameters_in(scenario),
    )


@transaction.atomic
def make_scenario(
    *,
    territory: Territory,
    care: Care,
    description: Description,
    steps: Sequence[Step] = (),
    by: Any,
    now: datetime,
) -> Scenario:
    """Keep a new scenario, computed at once.

    Raises:
        NameTaken: another one of the territory bears the name.
        UnknownSet: no such set counts that profession there.
        StepRefused: a step cannot be.
    """
    scenario = Scenario(
        territory=territory,
        care=care,
        created_at=now,
        made_by=by if getattr(by, "pk", None) else None,
        **_said(description),
    )
    count_with(scenario, description.parameters)
    _check_name(scenario)
    _compute(scenario, model_of(scenario), steps, now)
    scenario.save()
    _record(DemographyEvent.SCENARIO_MADE, scenario, by, now)
    return scenario


@transaction.atomic
def describe_scenario(
    *, scenario: Scenario, description: Description, revision: int, by: Any, now: datetime
) -> Scenario:
    """Change what is said of a scenario; patients to place are counted again.

    Raises:
        ScenarioMoved: somebody else changed it since that revision.
        NameTaken: another one of the territory bears the name.
        UnknownSet: no such set counts that profession there.
        StepRefused: it must be computed again and a step can no longer be.
    """
    held = _held(scenario, revision)
    told = _said(description)
    changed = differences({field: getattr(held, field) for field in told}, told)
    for field, value in told.items():
        setattr(held, field, value)
    _check_name(held)
    if description.parameters != wanted_set(held):
        before = held.parameters
        count_with(held, description.parameters)
        if held.parameters != before:
            changed["parameters"] = [before, held.parameters]
    if changed.keys() & {"patients_each", "parameters"}:
        _compute(held, model_of(held), steps_of(held), now)
    # The note is long: that it changed is enough.
    kept = {field: pair for field, pair in changed.items() if field != "note"}
    return _saved(held, DemographyEvent.SCENARIO_DESCRIBED, by, now, kept)


@transaction.atomic
def add_step(*, scenario: Scenario, step: Step, revision: int, by: Any, now: datetime) -> Scenario:
    """Suppose one more thing, and compute the whole.

    Raises:
        ScenarioMoved: somebody else changed it since that revision.
        StepRefused: the step cannot be.
    """
    held = _held(scenario, revision)
    return _with_steps(held, [*steps_of(held), step], by, now)


@transaction.atomic
def remove_step(
    *, scenario: Scenario, rank: int, revision: int, by: Any, now: datetime
) -> Scenario:
    """Suppose one thing less, and compute the whole. A rank that is not there changes nothing.

    Raises:
        ScenarioMoved: somebody else changed it since that revision.
        StepRefused: what is left cannot be.
    """
    held = _held(scenario, revision)
    left = [step for place, step in enumerate(steps_of(held)) if place != rank]
    return _with_steps(held, left, by, now)


@transaction.atomic
def compute_again(
    *, scenario: Scenario, by: Any, now: datetime, with_newer: bool = False
) -> Scenario:
    """Compute a scenario from the latest files.

    Args:
        with_newer: take what its set has become; else the very version it was computed with.

    Raises:
        StepRefused: a step can no longer be.
    """
    held = Scenario.objects.select_for_update(of=("self",)).get(pk=scenario.pk)
    before = held.parameters
    if with_newer and newer_set(held) is not None:
        count_with(held, wanted_set(held))
    _compute(held, model_of(held), steps_of(held), now)
    changes = {} if held.parameters == before else {"parameters": [before, held.parameters]}
    return _saved(held, DemographyEvent.SCENARIO_COMPUTED, by, now, changes)


@transaction.atomic
def copy_scenario(*, scenario: Scenario, by: Any, now: datetime) -> Scenario:
    """Return another scenario that supposes the same, not shared, under a free name."""
    copy = Scenario(
        territory=scenario.territory,
        care=scenario.care,
        name=_free_name(scenario),
        note=scenario.note,
        parameters=scenario.parameters,
        version=scenario.version,
        follows_default=scenario.follows_default,
        patients_each=scenario.patients_each,
        steps=scenario.steps,
        outcome=scenario.outcome,
        used=scenario.used,
        digest=scenario.digest,
        computed_at=scenario.computed_at,
        created_at=now,
        updated_at=now,
        made_by=by if getattr(by, "pk", None) else None,
    )
    copy.save()
    _record(DemographyEvent.SCENARIO_MADE, copy, by, now)
    return copy


@transaction.atomic
def delete_scenario(*, scenario: Scenario, by: Any, now: datetime) -> None:
    """Put a scenario away; `restore_scenario` brings it back within a day."""
    if put_away(row=scenario, now=now):
        _record(DemographyEvent.SCENARIO_DELETED, scenario, by, now)


@transaction.atomic
def restore_scenario(*, scenario: Scenario, by: Any, now: datetime) -> None:
    """Bring back a scenario that was deleted.

    Raises:
        NothingToUndo: it is back already, or it was deleted more than a day ago.
        NameTaken: another one of the territory took its name meanwhile.
    """
    try:
        with transaction.atomic():
            put_back(row=scenario, now=now)
    except IntegrityError as error:
        raise NameTaken from error
    _record(DemographyEvent.SCENARIO_RESTORED, scenario, by, now)


def _said(description: Description) -> dict[str, Any]:
    """What is said of a scenario and changes nothing in what it counts with."""
    said = asdict(description)
    del said["parameters"]
    return said


def _held(scenario: Scenario, revision: int) -> Scenario:
    held = (
        Scenario.objects.select_for_update(of=("self",))
        .select_related("territory")
        .get(pk=scenario.pk)
    )
    if held.revision != revision:
        raise ScenarioMoved(held)
    return held


def _with_steps(held: Scenario, steps: Sequence[Step], by: Any, now: datetime) -> Scenario:
    before = len(held.steps)
    _compute(held, model_of(held), steps, now)
    return _saved(
        held, DemographyEvent.SCENARIO_CHANGED, by, now, {"steps": [before, len(held.steps)]}
    )


def _compute(
    scenario: Scenario, model: TerritoryModel, steps: Sequence[Step], now: datetime
) -> None:
    outcome = run(model, steps, patients_each=scenario.patients_each)
    scenario.steps = [step.as_json() for step in steps]
    scenario.outcome = outcome.as_json()
    scenario.used = [
        {
            "dataset": one.dataset.value,
            "year": one.year,
            "source": one.source,
            "licence": one.licence,
            "url": one.url,
            "digest": one.digest,
        }
        for one in model.used
    ]
    scenario.digest = model.digest
    scenario.computed_at = scenario.updated_at = now


def _saved(
    held: Scenario, action: DemographyEvent, by: Any, now: datetime, changes: dict[str, Any]
) -> Scenario:
    held.revision += 1
    held.updated_at = now
    held.save()
    _record(action, held, by, now, changes)
    return held


def _kept_in(territory: Territory) -> QuerySet[Scenario]:
    return Scenario.objects.filter(territory=territory, removed_at__isnull=True)


def _check_name(scenario: Scenario) -> None:
    same = _kept_in(scenario.territory).filter(name=scenario.name)
    if same.exclude(pk=scenario.pk).exists():
        raise NameTaken


def _free_name(scenario: Scenario) -> str:
    taken = set(_kept_in(scenario.territory).values_list("name", flat=True))
    number = 1
    while True:
        number += 1
        mark = _(" (copie)") if number == 2 else _(" (copie %(number)d)") % {"number": number - 1}
        name = scenario.name[: _LONGEST - len(mark)] + mark
        if name not in taken:
            return name


def _record(
    action: DemographyEvent,
    scenario: Scenario,
    by: Any,
    now: datetime,
    changes: dict[str, Any] | None = None,
) -> None:
    record(
        action=action,
        target=scenario,
        by=by,
        now=now,
        scope=f"territory:{scenario.territory_id}",
        changes=changes or {},
    )
