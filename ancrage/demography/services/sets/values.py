"""The values of a set, as its versions keep them."""

from math import inf
from typing import Any, cast

from ancrage.core.accessibility.parameters import (
    PER_PEOPLE,
    Activity,
    AgeWeights,
    Parameters,
    Slope,
    Steps,
)
from ancrage.demography.enums import Care
from ancrage.demography.models import ParameterVersion


def people_of(care: Care) -> int:
    """Return per how many inhabitants access to a profession is published."""
    return 1 if care is Care.GP else PER_PEOPLE


def contents_of(parameters: Parameters) -> dict[str, Any]:
    """Return what a version keeps: floats keep each of their bits."""
    decay, activity = parameters.decay, parameters.activity
    return {
        "decay": {"full": decay.full, "nil": decay.nil}
        if isinstance(decay, Slope)
        else _steps(cast(Steps, decay)),
        "activity": {
            "floor": activity.floor,
            "ceiling": None if activity.ceiling == inf else activity.ceiling,
            "classes": [list(one) for one in activity.classes],
        },
        "ages": None
        if parameters.age_weights is None
        else [list(one) for one in parameters.age_weights.bands],
        "age_cap": parameters.age_cap,
        "post": parameters.post,
        "people": parameters.people,
        "threshold": parameters.threshold,
    }


def read_version(version: ParameterVersion) -> Parameters:
    """Return the parameters of a version, named so that no other set is named alike."""
    kept = version.contents
    decay, activity, ages = kept["decay"], kept["activity"], kept["ages"]
    return Parameters(
        name=version.key,
        decay=Slope(decay["full"], decay["nil"])
        if "full" in decay
        else Steps(tuple(decay["bounds"]), tuple(decay["levels"]), closed=decay["closed"]),
        activity=Activity(
            floor=activity["floor"],
            ceiling=inf if activity["ceiling"] is None else activity["ceiling"],
            classes=tuple((acts, posts) for acts, posts in activity["classes"]),
        ),
        age_weights=None if ages is None else AgeWeights(tuple((age, one) for age, one in ages)),
        age_cap=kept["age_cap"],
        post=kept["post"],
        people=kept["people"],
        threshold=kept["threshold"],
        approximate=version.approximate,
        dated=version.dated,
        source=version.source,
        title=version.name,
        version=version.number,
    )


def _steps(decay: Steps) -> dict[str, Any]:
    return {"bounds": list(decay.bounds), "levels": list(decay.levels), "closed": decay.closed}
