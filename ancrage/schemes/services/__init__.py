"""What changes and answers in the inventory of aids: the only way in for pages and commands."""

from ancrage.schemes.services import requests
from ancrage.schemes.services.amounts import AmountSaid, set_amounts
from ancrage.schemes.services.answers import (
    AidAnswer,
    MissingFact,
    MyAids,
    PaidAmount,
    Together,
    aids_for,
    aids_together,
    commitment_clock,
    fact_of_words,
    facts_of_commune,
    facts_of_partner,
    my_aids,
    questions_next,
    trust_of,
)
from ancrage.schemes.services.cases import (
    CaseResult,
    CasesFail,
    TooManyCases,
    remove_case,
    restore_case,
    run_cases,
    run_cases_with,
    save_case,
)
from ancrage.schemes.services.comparing import Moved, Moving, compare_communes
from ancrage.schemes.services.dating import (
    close_scheme,
    mark_checked,
    reopen_scheme,
    undo_dating,
)
from ancrage.schemes.services.editing import EDITABLE, create_scheme, edit_scheme
from ancrage.schemes.services.errors import (
    AlreadyClosed,
    AmountRefused,
    CheckedInTheFuture,
    CodeReserved,
    NotClosed,
    NothingToUndo,
    RuleChangedMeanwhile,
    SchemeChangedMeanwhile,
    SchemeCodeTaken,
)
from ancrage.schemes.services.jsonfacts import (
    FactRefused,
    facts_as_json,
    facts_from_json,
    read_facts,
)
from ancrage.schemes.services.loading import load_schemes
from ancrage.schemes.services.rules import RuleRefused, read_rule
from ancrage.schemes.services.ruling import add_rule
from ancrage.schemes.services.sheets import SchemeSheet, sheet_of, sheets_of
from ancrage.schemes.services.trials import Trial, try_rule
from ancrage.schemes.services.versions import RuleVersion, differences_in, versions_of
from ancrage.schemes.services.wording import ClauseInWords, amount_in_words
from ancrage.schemes.services.zoning_import import ZoningsImport
from ancrage.schemes.services.zoning_lists import withdraw_zonings
from ancrage.schemes.services.zonings import (
    SavedZonings,
    ZoningLine,
    ZoningsRefused,
    read_zonings,
    save_zonings,
)

__all__ = [
    "EDITABLE",
    "AidAnswer",
    "AlreadyClosed",
    "AmountRefused",
    "AmountSaid",
    "CaseResult",
    "CasesFail",
    "CheckedInTheFuture",
    "ClauseInWords",
    "CodeReserved",
    "FactRefused",
    "MissingFact",
    "Moved",
    "Moving",
    "MyAids",
    "NotClosed",
    "NothingToUndo",
    "PaidAmount",
    "RuleChangedMeanwhile",
    "RuleRefused",
    "RuleVersion",
    "SavedZonings",
    "SchemeChangedMeanwhile",
    "SchemeCodeTaken",
    "SchemeSheet",
    "Together",
    "TooManyCases",
    "Trial",
    "ZoningLine",
    "ZoningsImport",
    "ZoningsRefused",
    "add_rule",
    "aids_for",
    "aids_together",
    "amount_in_words",
    "close_scheme",
    "commitment_clock",
    "compare_communes",
    "create_scheme",
    "differences_in",
    "edit_scheme",
    "fact_of_words",
    "facts_as_json",
    "facts_from_json",
    "facts_of_commune",
    "facts_of_partner",
    "load_schemes",
    "mark_checked",
    "my_aids",
    "questions_next",
    "read_facts",
    "read_rule",
    "read_zonings",
    "remove_case",
    "reopen_scheme",
    "requests",
    "restore_case",
    "run_cases",
    "run_cases_with",
    "save_case",
    "save_zonings",
    "set_amounts",
    "sheet_of",
    "sheets_of",
    "trust_of",
    "try_rule",
    "undo_dating",
    "versions_of",
    "withdraw_zonings",
]
