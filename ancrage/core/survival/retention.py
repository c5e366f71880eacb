"""Retention curves: of those who came, what share is still there after a given time?

Problem. Each person followed gives a stay: from when we followed them (`entered`), until when we
know them (`until`), and whether they left then (`departed`) or are only known to have stayed so
far. Times count from the day the person came. The share S(t) of people still there at t must
use everybody, for as long as they were followed and no longer.

Late entry (left truncation). Someone already there for two years when we began to follow them
says nothing about those two years: whoever left before was never seen. They count among the
people at risk at t only if entered < t ≤ until; somebody followed from the first day (entered =
0) counts from t = 0 on.

Steps (Kaplan–Meier product-limit estimator):

1. At each time t at which something happens, n(t) people are at risk and d(t) of them leave.
   Somebody last seen at t was still at risk at t.
2. S(t) = Π over s ≤ t of (1 − d(s) / n(s)).
3. Greenwood: se(t) = S(t)·√V(t), with V(t) = Σ over s ≤ t of d(s) / (n(s)·(n(s) − d(s))).
4. The interval is taken on log(−log S), so that it stays within 0 and 1:
   S(t)^exp(±z·√V(t) / log S(t)). At S = 1 it is 1; at S = 0 neither it nor se exists.
5. The median is the first time at which S ≤ 1/2, if there is one.

With late entries n(t) may be tiny at first, and a curve that falls to 0 there stays at 0: the
mask of `ancrage.core.survival.masking` hides such steps and what depends on them.

Complexity: O(n log n) for n stays.

References: E. L. Kaplan, P. Meier, « Nonparametric Estimation from Incomplete Observations »,
JASA 53 (1958), p. 457–481. J. P. Klein, M. L. Moeschberger, Survival Analysis (2003), §4.2, 4.3
(intervals, formula 4.3.2) and 4.6 (left truncation).
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import NormalDist

HAIR = 1e-12


class InvalidStay(ValueError):
    """A stay whose times contradict one another."""


@dataclass(frozen=True, slots=True)
class Stay:
    """How long one person was there, as far as we know; times in any one unit, from arrival."""

    until: float
    departed: bool
    entered: float = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What happens at one time, and the curve from then on."""

    time: float
    # People followed at that time, those who come under observation at that very time left out.
    at_risk: int
    departures: int
    censored: int
    entries: int
    survival: float
    std_error: float | None
    low: float | None
    high: float | None

    @property
    def still_followed(self) -> int:
        """People followed just after that time."""
        return self.at_risk - self.departures - self.censored + self.entries


@dataclass(frozen=True, slots=True)
class Curve:
    """A retention curve: its steps by increasing time, the first one at 0 unless it is empty."""

    steps: tuple[Step, ...]
    median: float | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Reading:
    """What the curve says of one time."""

    time: float
    at_risk: int
    survival: float
    low: float | None
    high: float | None


def retention_curve(stays: Iterable[Stay], *, confidence: float = 0.95) -> Curve:
    """Return the curve of these stays, with its interval at the confidence given.

    Raises:
        InvalidStay: a time is negative or no number, or somebody is last seen before (or when)
            the following begins.
        ValueError: the confidence is not strictly between 0 and 1.
    """
    if not 0 < confidence < 1:
        raise ValueError("the confidence lies strictly between 0 and 1")
    departures: Counter[float] = Counter()
    censored: Counter[float] = Counter()
    entries: Counter[float] = Counter()
    at_risk = 0
    for stay in stays:
        _check(stay)
        (departures if stay.departed else censored)[stay.until] += 1
        if stay.entered:
            entries[stay.entered] += 1
        else:
            at_risk += 1
    if not (departures or censored):
        return Curve((), None, confidence)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    survival, variance, median = 1.0, 0.0, None
    steps = []
    for time in sorted({0, *entries, *departures, *censored}):
        left = departures[time]
        if left == at_risk and left:
            survival, variance = 0.0, math.inf
        elif left:
            survival *= 1 - left / at_risk
            variance += left / (at_risk * (at_risk - left))
        # A half reached by products such as 2/3 × 3/4 may be a hair above its true value.
        if survival <= 0.5 + HAIR and median is None:
            median = time
        error, low, high = _spread(survival, variance, z)
        step = Step(time, at_risk, left, censored[time], entries[time], survival, error, low, high)
        steps.append(step)
        at_risk = step.still_followed
    return Curve(tuple(steps), median, confidence)


def reading_at(curve: Curve, time: float) -> Reading | None:
    """Return what the curve says at a time, or None where nobody is followed any more.

    Once everybody has left the curve is 0, and known to be.
    """
    position = bisect_right([step.time for step in curve.steps], time)
    if not position:
        return None
    step = curve.steps[position - 1]
    at_risk = step.at_risk if step.time == time else step.still_followed
    if not at_risk and step.survival:
        return None
    return Reading(time, at_risk, step.survival, step.low, step.high)


def _check(stay: Stay) -> None:
    if not (math.isfinite(stay.until) and math.isfinite(stay.entered)):
        raise InvalidStay("a time is not a number")
    if stay.entered < 0 or stay.until < 0:
        raise InvalidStay("a time is negative")
    if stay.until <= stay.entered and stay.entered:
        raise InvalidStay("somebody is last seen before being followed")


def _spread(
    survival: float, variance: float, z: float
) -> tuple[float | None, float | None, float | None]:
    """Return the standard error and the interval of one point of the curve."""
    if survival == 1:
        return 0.0, 1.0, 1.0
    if survival == 0:
        return None, None, None
    root = math.sqrt(variance)
    spread = z * root / math.log(survival)
    return survival * root, survival ** math.exp(-spread), survival ** math.exp(spread)
