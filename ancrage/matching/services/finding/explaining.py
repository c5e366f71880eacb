"""A fit as pages print it: plain words of the core's vocabulary, and no object of the core."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ancrage.core.fit.answers import Reason
from ancrage.core.fit.scoring import Fit
from ancrage.core.kleene import State

Values = tuple[str | int | date, ...]


@dataclass(frozen=True)
class ConditionLine:
    """One condition: `state` is met, to_check or missing; each of `lifts` is what would lift it,
    and with what."""

    topic: str
    state: str
    reason: str
    lifts: tuple[tuple[str, Values], ...]


@dataclass(frozen=True)
class PartLine:
    """One part of the score: from 0 to 100, how much it counts, whether the facts were known."""

    part: str
    value: int
    weight: int
    is_known: bool


@dataclass(frozen=True)
class Explained:
    """Why a fit stands where it stands. `score` goes from 0 to 100."""

    score: int
    conditions: tuple[ConditionLine, ...]
    parts: tuple[PartLine, ...]

    @property
    def is_clear(self) -> bool:
        """Say whether nothing known stands in the way."""
        return not any(line.state == "missing" for line in self.conditions)


def explained(one: Fit, parts: Collection[str]) -> Explained:
    """Return a fit in plain words: the conditions that ask something, the parts in play."""
    return Explained(
        score=one.score,
        conditions=tuple(
            ConditionLine(
                condition.topic.value,
                State(condition.state).name.lower(),
                condition.reason.value,
                tuple((lift.lift.value, lift.values) for lift in condition.unblocks),
            )
            for condition in one.conditions
            if condition.reason is not Reason.NOTHING_ASKED
        ),
        parts=tuple(
            PartLine(part.part.value, part.value, part.weight, part.is_known)
            for part in one.parts
            if part.part.value in parts
        ),
    )
