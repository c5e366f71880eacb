"""Sets of parameters that a territory types: kept by version, chosen, archived, as files."""

from ancrage.demography.services.sets.facts import (
    InvalidParameters,
    SetFacts,
    facts_of,
    parameters_from,
)
from ancrage.demography.services.sets.files import (
    HEADER,
    ReadSheet,
    SheetRefused,
    read_sheet,
    rows_of,
)
from ancrage.demography.services.sets.keeping import (
    NameTaken,
    SetArchived,
    SetMoved,
    SetUsed,
    Sheet,
    archive_set,
    choose_set,
    delete_set,
    make_set,
    restore_set,
    revise_set,
    unchoose_set,
)
from ancrage.demography.services.sets.saying import sentence_on
from ancrage.demography.services.sets.values import people_of, read_version

__all__ = [
    "HEADER",
    "InvalidParameters",
    "NameTaken",
    "ReadSheet",
    "SetArchived",
    "SetFacts",
    "SetMoved",
    "SetUsed",
    "Sheet",
    "SheetRefused",
    "archive_set",
    "choose_set",
    "delete_set",
    "facts_of",
    "make_set",
    "parameters_from",
    "people_of",
    "read_sheet",
    "read_version",
    "restore_set",
    "revise_set",
    "rows_of",
    "sentence_on",
    "unchoose_set",
]
