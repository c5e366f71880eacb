"""What of a retention curve may be shown: nothing that rests on fewer than five people.

Problem. A step of a curve with three people at risk tells what one of them did. Hiding the step
alone is not enough: the steps that follow are products of it, and the ratio of its neighbours
gives it back.

Rule, for a minimum k of people at risk:

1. a step with fewer than k people at risk is not shown at all;
2. once somebody has left at such a step, no later value of the curve is shown;
3. the median is shown if the step where it is read is shown.

A late start (left truncation) may have few people at risk, or nobody, before the first
departure: rule 1 hides those steps, and the curve may still be shown after them.

Complexity: O(number of steps). Reference: the threshold of 5 is that of small cells everywhere
on the platform.
"""

from dataclasses import dataclass

from ancrage.core.survival.retention import Curve, Reading, Step, reading_at

SMALLEST_GROUP = 5


@dataclass(frozen=True, slots=True)
class MaskedCurve:
    """The part of a curve that may be shown."""

    steps: tuple[Step, ...]
    # The first time from which nothing is shown, if there is one.
    hidden_from: float | None
    median: float | None
    confidence: float


def masked(curve: Curve, *, smallest: int = SMALLEST_GROUP) -> MaskedCurve:
    """Return the steps that rest on enough people, and where the curve stops.

    Raises:
        ValueError: the smallest group is not at least one person.
    """
    _check(smallest)
    shown: list[Step] = []
    hidden_from: float | None = None
    for step in curve.steps:
        if step.at_risk >= smallest:
            shown.append(step)
            hidden_from = None
            continue
        if hidden_from is None:
            hidden_from = step.time
        if step.departures:
            break
    times = {step.time for step in shown}
    median = curve.median if curve.median in times else None
    return MaskedCurve(tuple(shown), hidden_from, median, curve.confidence)


def masked_reading(curve: Curve, time: float, *, smallest: int = SMALLEST_GROUP) -> Reading | None:
    """Return what may be said of one time (« kept at 12 months »), or None.

    Raises:
        ValueError: the smallest group is not at least one person.
    """
    _check(smallest)
    reading = reading_at(curve, time)
    if reading is None or reading.at_risk < smallest:
        return None
    until_then = (step for step in curve.steps if step.time <= time)
    if any(step.departures and step.at_risk < smallest for step in until_then):
        return None
    return reading


def _check(smallest: int) -> None:
    if smallest < 1:
        raise ValueError("a group has at least one person")
