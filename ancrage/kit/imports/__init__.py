"""Spreadsheets taken in: read, mapped, tried first, then applied all or nothing, once.

Declare a kind with what is exported here; run it with `ancrage.kit.imports.services`.
"""

from ancrage.kit.imports.kinds import (
    Column,
    ImportKind,
    ImportRow,
    ImportRun,
    Outcome,
    Plan,
    PlannedRow,
    RowRefused,
)
from ancrage.kit.imports.registry import UnknownKind, kind_called, register

__all__ = [
    "Column",
    "ImportKind",
    "ImportRow",
    "ImportRun",
    "Outcome",
    "Plan",
    "PlannedRow",
    "RowRefused",
    "UnknownKind",
    "kind_called",
    "register",
]
