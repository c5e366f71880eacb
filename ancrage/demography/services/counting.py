"""Which set of parameters a result that is kept was counted with, and what it has become."""

from ancrage.demography.enums import Care
from ancrage.demography.models import Scenario, SitingStudy
from ancrage.demography.services.model import (
    KnownSet,
    Parameters,
    UnknownSet,
    parameters_of,
    set_named,
)
from ancrage.demography.services.sets.values import read_version

Result = Scenario | SitingStudy


def count_with(result: Result, wanted: str) -> Parameters:
    """Write in a result which set it is counted with; return its values.

    Args:
        wanted: the set, by its reference or that of one of its versions; empty: whichever its
            territory chose.

    Raises:
        UnknownSet: no such set counts that profession there.
    """
    found = set_named(Care(result.care), wanted, territory=result.territory)
    result.parameters = found.parameters.name
    result.version = found.version
    result.follows_default = not wanted
    return found.parameters


def parameters_in(result: Result) -> Parameters:
    """Return the very values that a result was counted with."""
    if result.version is not None:
        return read_version(result.version)
    return parameters_of(Care(result.care), result.parameters)


def wanted_set(result: Result) -> str:
    """Return the set that a result goes by, whatever its version; empty: its territory's."""
    if result.follows_default:
        return ""
    return result.parameters if result.version is None else result.version.of.ref


def newer_set(result: Result) -> KnownSet | None:
    """Return what the set a result goes by has become; None: it is still the same.

    Another version was kept, or the territory chose another set. An archived set that a result
    was given stays its own.
    """
    try:
        found = set_named(Care(result.care), wanted_set(result), territory=result.territory)
    except UnknownSet:
        return None
    return None if found.parameters.name == result.parameters else found
