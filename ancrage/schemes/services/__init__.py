"""What changes and answers in the inventory of aids: the only way in for pages and commands."""

from ancrage.schemes.services.answers import (
    AidAnswer,
    MissingFact,
    PaidAmount,
    Together,
    aids_for,
    aids_together,
    commitment_clock,
    facts_of_commune,
    facts_of_partner,
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
    "MissingFact",
    "PaidAmount",
    "RuleRefused",
    "SavedZonings",
    "SchemeChangedMeanwhile",
    "SchemeCodeTaken",
    "Together",
    "ZoningLine",
    "ZoningsRefused",
    "add_rule",
    "aids_for",
    "aids_together",
    "close_scheme",
    "commitment_clock",
    "create_scheme",
    "edit_scheme",
    "facts_of_commune",
    "facts_of_partner",
    "load_schemes",
    "mark_checked",
    "read_rule",
    "read_zonings",
    "save_zonings",
    "trust_of",
]
