"""A set of parameters in plain values, as pages print it and forms type it."""

from dataclasses import dataclass
from datetime import date
from math import inf

from ancrage.core.accessibility.parameters import (
    Activity,
    AgeWeights,
    InvalidParameters,
    Parameters,
    Slope,
    Steps,
)

__all__ = ["InvalidParameters", "Parameters", "SetFacts", "facts_of", "parameters_from"]


@dataclass(frozen=True, slots=True)
class SetFacts:
    """A set of parameters as pages and papers print it.

    Attributes:
        name: its identifier.
        title: what people call it; empty: its name is enough.
        version: which of its versions, from 1; 0: it has one only.
        dated: when its values are of.
        slope: (minutes up to which all count, minutes from which none does); None: steps.
        steps: (minutes up to which, weight); none: a slope.
        closed: whether a travel time equal to a bound belongs to the step that ends there.
        floor: fewest acts a year that a practice counts for; None: no floor.
        ceiling: most acts a year that a practice counts for; None: no ceiling.
        classes: (least acts, posts) where practices count by classes.
        ages: (first age, weight) of what people use; none: all count the same.
        age_cap: the oldest age that counts among professionals in published access; None: all
            do. In ours all do, whatever it says (see `building`).
        post: what one full-time post brings.
        people: a result is per so many inhabitants.
        threshold: below it, people lack access; None: there is none.
        approximate: whether it stands in for an official set.
        source: where its values were read.
    """

    name: str
    title: str
    version: int
    dated: date
    slope: tuple[float, float] | None
    steps: tuple[tuple[float, float], ...]
    closed: bool
    floor: float | None
    ceiling: float | None
    classes: tuple[tuple[float, float], ...]
    ages: tuple[tuple[int, float], ...]
    age_cap: int | None
    post: float
    people: int
    threshold: float | None
    approximate: bool
    source: str


def facts_of(parameters: Parameters) -> SetFacts:
    """Return a set in plain values."""
    decay, activity = parameters.decay, parameters.activity
    return SetFacts(
        name=parameters.name,
        title=parameters.title,
        version=parameters.version,
        dated=parameters.dated,
        slope=(decay.full, decay.nil) if isinstance(decay, Slope) else None,
        steps=tuple(zip(decay.bounds, decay.levels, strict=True))
        if isinstance(decay, Steps)
        else (),
        closed=isinstance(decay, Steps) and decay.closed,
        floor=activity.floor or None,
        ceiling=None if activity.ceiling == inf else activity.ceiling,
        classes=activity.classes,
        ages=() if parameters.age_weights is None else parameters.age_weights.bands,
        age_cap=parameters.age_cap,
        post=parameters.post,
        people=parameters.people,
        threshold=parameters.threshold,
        approximate=parameters.approximate,
        source=parameters.source,
    )


def parameters_from(facts: SetFacts) -> Parameters:
    """Return the set that plain values make: the reverse of `facts_of`.

    Raises:
        InvalidParameters: they make no sense; the error names the field and its line.
    """
    return Parameters(
        name=facts.name,
        decay=Slope(*facts.slope)
        if facts.slope is not None
        else Steps(
            tuple(bound for bound, _level in facts.steps),
            tuple(level for _bound, level in facts.steps),
            closed=facts.closed,
        ),
        activity=Activity(
            floor=facts.floor or 0.0,
            ceiling=inf if facts.ceiling is None else facts.ceiling,
            classes=facts.classes,
        ),
        age_weights=AgeWeights(facts.ages) if facts.ages else None,
        age_cap=facts.age_cap,
        post=facts.post,
        people=facts.people,
        threshold=facts.threshold,
        approximate=facts.approximate,
        dated=facts.dated,
        source=facts.source,
        title=facts.title,
        version=facts.version,
    )
