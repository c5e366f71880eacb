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
from ancrage.demography.services.model.sets import SETS_OF, UnknownSet, parameters_of

__all__ = [
    "OLD",
    "SETS_OF",
    "Note",
    "NoteKind",
    "Place",
    "TerritoryModel",
    "UnknownSet",
    "Used",
    "Years",
    "parameters_of",
    "territory_model",
    "vintages_for",
]
