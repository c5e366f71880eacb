"""Changes to the reference: loaded from the tables, completed and corrected by administrators."""

from ancrage.professions.services.bridges import (
    fact_key,
    network_on,
    paths_for,
    people_reaching,
    reliefs_for,
)
from ancrage.professions.services.editing import (
    EDITABLE,
    AlreadyRetired,
    LabelMeansAnother,
    NotRetired,
    ProfessionChangedMeanwhile,
    edit_profession,
    reinstate_profession,
    reinstate_specialty,
    retire_profession,
    retire_specialty,
)
from ancrage.professions.services.loading import load_professions
from ancrage.professions.services.loading_bridges import load_bridges
from ancrage.professions.services.writings import (
    AliasClosed,
    AliasHarms,
    AliasKnown,
    AliasMeansAnother,
    AliasNotRead,
    AliasTooCommon,
    add_alias,
    close_alias,
)

__all__ = [
    "EDITABLE",
    "AliasClosed",
    "AliasHarms",
    "AliasKnown",
    "AliasMeansAnother",
    "AliasNotRead",
    "AliasTooCommon",
    "AlreadyRetired",
    "LabelMeansAnother",
    "NotRetired",
    "ProfessionChangedMeanwhile",
    "add_alias",
    "close_alias",
    "edit_profession",
    "fact_key",
    "load_bridges",
    "load_professions",
    "network_on",
    "paths_for",
    "people_reaching",
    "reinstate_profession",
    "reinstate_specialty",
    "reliefs_for",
    "retire_profession",
    "retire_specialty",
]
