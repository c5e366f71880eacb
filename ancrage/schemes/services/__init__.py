"""What changes and answers in the inventory of aids: the only way in for pages and commands."""

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
from ancrage.schemes.services.editing import (
    EDITABLE,
    add_rule,
    close_scheme,
    create_scheme,
    edit_scheme,
    mark_checked,
)
from ancrage.schemes.services.errors import (
    AlreadyClosed,
    CheckedInTheFuture,
    SchemeChangedMeanwhile,
    SchemeCodeTaken,
)
from ancrage.schemes.services.loading import load_schemes
from ancrage.schemes.services.rules import RuleRefused, read_rule
from ancrage.schemes.services.sheets import SchemeSheet, sheet_of, sheets_of
from ancrage.schemes.services.wording import ClauseInWords, amount_in_words
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
    "CheckedInTheFuture",
    "ClauseInWords",
    "MissingFact",
    "MyAids",
    "PaidAmount",
    "RuleRefused",
    "SavedZonings",
    "SchemeChangedMeanwhile",
    "SchemeCodeTaken",
    "SchemeSheet",
    "Together",
    "ZoningLine",
    "ZoningsRefused",
    "add_rule",
    "aids_for",
    "aids_together",
    "amount_in_words",
    "close_scheme",
    "commitment_clock",
    "create_scheme",
    "edit_scheme",
    "fact_of_words",
    "facts_of_commune",
    "facts_of_partner",
    "load_schemes",
    "mark_checked",
    "my_aids",
    "questions_next",
    "read_rule",
    "read_zonings",
    "save_zonings",
    "sheet_of",
    "sheets_of",
    "trust_of",
]
