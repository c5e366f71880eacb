"""Everything an app or a page does with an import, and what may go wrong."""

from ancrage.kit.imports.applying import apply_import
from ancrage.kit.imports.kinds import RowRefused
from ancrage.kit.imports.refusals import (
    AnotherImportRunning,
    ColumnTakenTwice,
    ImportAlreadyApplied,
    ImportNotReady,
    ImportProblem,
    ImportStale,
    LineNotAcceptable,
    NothingToApply,
    UnknownColumn,
    UnknownLine,
)
from ancrage.kit.imports.replanning import replan
from ancrage.kit.imports.revising import (
    abandon_import,
    cancel_import,
    choose_sheet,
    correct_row,
    decide_rows,
    forget_imports,
    remap,
    set_complete_list,
)
from ancrage.kit.imports.staging import applied_twin, run_staging, stage_import
from ancrage.kit.tabular.errors import TableError

__all__ = [
    "AnotherImportRunning",
    "ColumnTakenTwice",
    "ImportAlreadyApplied",
    "ImportNotReady",
    "ImportProblem",
    "ImportStale",
    "LineNotAcceptable",
    "NothingToApply",
    "RowRefused",
    "TableError",
    "UnknownColumn",
    "UnknownLine",
    "abandon_import",
    "applied_twin",
    "apply_import",
    "cancel_import",
    "choose_sheet",
    "correct_row",
    "decide_rows",
    "forget_imports",
    "remap",
    "replan",
    "run_staging",
    "set_complete_list",
    "stage_import",
]
