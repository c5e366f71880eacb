"""The ways of a person with the rules they follow, as pages, files and answers of the API tell
them: plain values, the conditions as the reference writes them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ancrage.core.bridges.values import (
    Certificate,
    Check,
    Closed,
    Condition,
    Path,
    Payment,
    Seniority,
    Step,
    Title,
    Ways,
    after,
)
from ancrage.professions.enums import ConditionKind
from ancrage.professions.models import BridgeFunding, ProfessionBridge
from ancrage.professions.queries import bridges_listed_on, fundings_listed_on


@dataclass(frozen=True, slots=True)
class ToldCheck:
    """One condition of a step. `answer` is met, to_check or missing; `reason` says why.

    `key` is the name under which the answer of a fact is kept, "" for what is no fact.
    """

    condition: Mapping[str, Any]
    key: str
    answer: str
    reason: str
    day: date | None
    months: int


@dataclass(frozen=True, slots=True)
class ToldPayment:
    """One who can pay; without `funding`, the person alone. Cents, and hundredths of a month."""

    funding: BridgeFunding | None
    answer: str
    cost: int | None
    lost: int
    kept: int | None
    owed: int
    owed_until: date | None


@dataclass(frozen=True, slots=True)
class ToldStep:
    """One bridge taken, between two days; `is_old`: its rule was checked too long ago."""

    bridge: ProfessionBridge
    is_old: bool
    waited: int
    begins_on: date
    ends_on: date
    checks: tuple[ToldCheck, ...]
    payments: tuple[ToldPayment, ...]
    paid_by: ToldPayment

    @property
    def missing(self) -> tuple[ToldCheck, ...]:
        """What is missing today, on the way or not."""
        return tuple(one for one in self.checks if one.answer == "missing")


@dataclass(frozen=True, slots=True)
class ToldPath:
    """A way to the goal; `chance` of a local post in percent, None where nothing tells it."""

    steps: tuple[ToldStep, ...]
    months: int
    cost: int | None
    lost: int
    chance: int | None

    @property
    def begins_on(self) -> date:
        """The first day of the first course."""
        return self.steps[0].begins_on

    @property
    def ends_on(self) -> date:
        """The day on which the title is held."""
        return self.steps[-1].ends_on

    @property
    def to_check(self) -> int:
        """How many conditions nobody has told yet."""
        return sum(one.answer == "to_check" for step in self.steps for one in step.checks)

    @property
    def to_do(self) -> int:
        """How many conditions are missing and must be obtained by the person."""
        return sum(
            one.answer == "missing" and one.reason != "on_the_way"
            for step in self.steps
            for one in step.checks
        )


@dataclass(frozen=True, slots=True)
class ToldClosed:
    """A bridge that cannot be taken; `day`: when the rest would be ready, after its rule ends."""

    bridge: ProfessionBridge
    why: str
    day: date | None


@dataclass(frozen=True, slots=True)
class ToldWays:
    """All the ways to a goal that nothing beats, the fastest first; what is shut."""

    paths: tuple[ToldPath, ...]
    closed: tuple[ToldClosed, ...]


class Teller:
    """Tells paths with the rules of a day. Two queries, whatever the number of paths."""

    def __init__(self, *, on: date) -> None:
        self.on = on
        self.bridges: Mapping[str, ProfessionBridge] = {
            row.code: row for row in bridges_listed_on(on)
        }
        self.fundings: Mapping[str, BridgeFunding] = {
            row.code: row for row in fundings_listed_on(on)
        }

    def ways(self, ways: Ways) -> ToldWays:
        """Return the ways of a person as pages tell them."""
        return ToldWays(
            tuple(self.path(path) for path in ways.paths), tuple(self._closed(ways.closed))
        )

    def path(self, path: Path) -> ToldPath:
        """Return one path as pages tell it."""
        steps = tuple(map(self._step, path.steps))
        return ToldPath(steps, path.months, path.cost, path.lost, path.chance)

    def _step(self, step: Step) -> ToldStep:
        bridge = self.bridges[step.bridge]
        return ToldStep(
            bridge,
            bridge.is_to_check_again(self.on),
            step.waited,
            step.begins_on,
            step.ends_on,
            tuple(map(_check, step.checks)),
            tuple(self._payment(one, step) for one in step.can_pay),
            self._payment(step.paid_by, step),
        )

    def _payment(self, payment: Payment, step: Step) -> ToldPayment:
        funding = self.fundings.get(payment.funding)
        alone = self.bridges[step.bridge].kept_alone_percent
        kept = alone if funding is None else funding.kept_percent
        return ToldPayment(
            funding,
            payment.state.name.lower(),
            payment.cost,
            payment.lost,
            kept if payment.is_kept_told else None,
            payment.owed,
            after(step.ends_on, payment.owed) if payment.owed else None,
        )

    def _closed(self, closed: Iterable[Closed]) -> Iterable[ToldClosed]:
        for one in closed:
            yield ToldClosed(self.bridges[one.bridge], one.why.value, one.day)


def _check(check: Check) -> ToldCheck:
    return ToldCheck(
        _condition(check.condition),
        getattr(check.condition, "fact", ""),
        check.state.name.lower(),
        check.reason.value,
        check.day,
        check.months,
    )


def _condition(one: Condition) -> Mapping[str, Any]:
    """Write a condition as the reference does."""
    if isinstance(one, Seniority):
        return {
            "kind": ConditionKind.SENIORITY.value,
            "months": one.months,
            "professions": sorted(one.professions),
            "window": one.window,
        }
    if isinstance(one, Title):
        return {"kind": ConditionKind.TITLE.value, "any_of": sorted(one.any_of)}
    if isinstance(one, Certificate):
        return {"kind": ConditionKind.CERTIFICATE.value, "certificate": one.kind}
    return {"kind": ConditionKind.FACT.value, "fact": one.fact.partition("@")[0]}
