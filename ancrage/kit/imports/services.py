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
    NothingToPutBack,
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
    forget_marked,
    remap,
    set_options,
)
from ancrage.kit.imports.staging import applied_twin, run_staging, stage_import
from ancrage.kit.imports.undoing import put_back_missing, still_closed
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
    "NothingToPutBack",
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
    "forget_marked",
    "put_back_missing",
    "remap",
    "replan",
    "run_staging",
    "set_options",
    "stage_import",
    "still_closed",
]
