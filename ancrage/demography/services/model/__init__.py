"""The model of a territory: official access, our own beside it, and what would change both."""

from ancrage.demography.services.model.building import Years, territory_model, vintages_for
from ancrage.demography.services.model.facts import (
    OLD,
    Note,
    NoteKind,
    Place,
    TerritoryModel,
    Used,
)
from ancrage.demography.services.model.flows import Flow, comes_from, goes_to
from ancrage.demography.services.model.sets import (
    SETS_OF,
    SetFacts,
    UnknownSet,
    facts_of,
    parameters_of,
)
from ancrage.demography.services.model.summary import (
    Beside,
    Mean,
    Summary,
    Under,
    mean_of,
    means_beside,
    summary_of,
    under_of,
)
from ancrage.demography.services.model.travelling import RING_MINUTES

__all__ = [
    "OLD",
    "RING_MINUTES",
    "SETS_OF",
    "Beside",
    "Flow",
    "Mean",
    "Note",
    "NoteKind",
    "Place",
    "SetFacts",
    "Summary",
    "TerritoryModel",
    "Under",
    "UnknownSet",
    "Used",
    "Years",
    "comes_from",
    "facts_of",
    "goes_to",
    "mean_of",
    "means_beside",
    "parameters_of",
    "summary_of",
    "territory_model",
    "under_of",
    "vintages_for",
]
