"""What one row of the tables of bridges holds, and short words to write conditions."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ancrage.professions.enums import (
    BridgeCertificate,
    BridgeFact,
    BridgeKind,
    BridgeRhythm,
    ConditionKind,
    EmployerSector,
)

Condition = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleRow:
    """A title that is no profession of the list."""

    code: str
    label_fr: str
    label_en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundingRow:
    """Who can pay, and what the person keeps (percent), pays (cents) and owes."""

    code: str
    label_fr: str
    label_en: str
    source: str
    sectors: tuple[EmployerSector, ...] = ()
    conditions: tuple[Condition, ...] = ()
    kept: int | None = None
    rest: int | None = 0
    owed_times: int = 0
    owed_most: int = 60
    in_force_from: date | None = None
    in_force_to: date | None = None
    note_fr: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeRow:
    """One way to a title. An origin of "" is anybody."""

    code: str
    origin: str
    target: str
    kind: BridgeKind
    rhythm: BridgeRhythm
    months: int
    source: str
    at_most: bool = False
    hours: int | None = None
    conditions: tuple[Condition, ...] = ()
    fundings: tuple[str, ...] = ()
    intakes: tuple[int, ...] = ()
    kept_alone: int = 0
    in_force_from: date | None = None
    in_force_to: date | None = None
    note_fr: str = ""
    note_en: str = ""

    def from_each(self, *origins: str) -> Iterator["BridgeRow"]:
        """Yield the row once for each origin, which its code then ends with."""
        for origin in origins:
            yield replace(self, code=f"{self.code}-{origin.replace('_', '-')}", origin=origin)


def seniority(months: int, *professions: str, window: int | None = None) -> Condition:
    """So many months of full-time work in one of these professions, or in any work."""
    asked: Condition = {"kind": ConditionKind.SENIORITY.value, "months": months}
    if professions:
        asked["professions"] = list(professions)
    if window is not None:
        asked["window"] = window
    return asked


def title(*any_of: str) -> Condition:
    """One of these titles besides the origin."""
    return {"kind": ConditionKind.TITLE.value, "any_of": list(any_of)}


def certificate(kind: BridgeCertificate) -> Condition:
    """A paper valid on the first day."""
    return {"kind": ConditionKind.CERTIFICATE.value, "certificate": kind.value}


def fact(what: BridgeFact) -> Condition:
    """A fact that somebody tells."""
    return {"kind": ConditionKind.FACT.value, "fact": what.value}
