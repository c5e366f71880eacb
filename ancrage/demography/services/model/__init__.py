"""The model of a territory: official access, our own beside it, and what would change both."""

from ancrage.demography.services.model.ages import OLD, AgesTold, Band, Sector, ages_told
from ancrage.demography.services.model.building import (
    Years,
    models_with,
    territory_model,
)
from ancrage.demography.services.model.facts import (
    Note,
    NoteKind,
    Place,
    TerritoryModel,
    Used,
)
from ancrage.demography.services.model.flows import Flow, comes_from, goes_to
from ancrage.demography.services.model.sets import (
    SETS_OF,
    KnownSet,
    UnknownSet,
    all_known_sets,
    known_sets,
    parameters_of,
    set_named,
)
from ancrage.demography.services.model.summary import (
    Beside,
    Mean,
    Summary,
    Under,
    access_of,
    mean_of,
    means_beside,
    summary_of,
    under_of,
)
from ancrage.demography.services.model.travelling import RING_MINUTES
from ancrage.demography.services.sets.facts import Parameters, SetFacts, facts_of

__all__ = [
    "OLD",
    "RING_MINUTES",
    "SETS_OF",
    "AgesTold",
    "Band",
    "Beside",
    "Flow",
    "KnownSet",
    "Mean",
    "Note",
    "NoteKind",
    "Parameters",
    "Place",
    "Sector",
    "SetFacts",
    "Summary",
    "TerritoryModel",
    "Under",
    "UnknownSet",
    "Used",
    "Years",
    "access_of",
    "ages_told",
    "all_known_sets",
    "comes_from",
    "facts_of",
    "goes_to",
    "known_sets",
    "mean_of",
    "means_beside",
    "models_with",
    "parameters_of",
    "set_named",
    "summary_of",
    "territory_model",
    "under_of",
]
