"""The shapes of the typed tables: an aid, its amounts, the groups that exclude one another."""

from dataclasses import dataclass
from datetime import date

from ancrage.schemes.enums import AmountPeriod, Payer, Receiver, RepaymentKind, Topic

PERSON, STRUCTURE, COMMUNE = Receiver.PERSON, Receiver.STRUCTURE, Receiver.COMMUNE


@dataclass(frozen=True)
class AmountRow:
    """An amount: cents, or hundredths of a percent for a rate; `rule` says to whom it goes."""

    period: AmountPeriod
    low: int
    high: int
    label: tuple[str, str] = ("", "")
    rule: str = ""


@dataclass(frozen=True)
class Owed:
    """What is owed in return; `factor` in hundredths of the length of the course."""

    words: tuple[str, str]
    months: int = 0
    factor: int = 0
    least: int = 0
    most: int | None = None
    repayment: RepaymentKind = RepaymentKind.UNKNOWN


NOTHING_OWED = Owed(("", ""), repayment=RepaymentKind.NONE)


@dataclass(frozen=True)
class SchemeRow:
    """An aid, French then English in each pair; `checked` is the day of which its facts are."""

    code: str
    topic: Topic
    payer: Payer
    receivers: tuple[Receiver, ...]
    label: tuple[str, str]
    content: tuple[str, str]
    rule: str
    source: tuple[str, str]
    checked: date
    opens: date | None = None
    closes: date | None = None
    every: int = 365
    doubt: tuple[str, str] = ("", "")
    owed: Owed = NOTHING_OWED
    amounts: tuple[AmountRow, ...] = ()


@dataclass(frozen=True)
class GroupRow:
    """Aids of which one only may be had, and why."""

    code: str
    schemes: tuple[str, ...]
    reason: tuple[str, str]
    source: str


def once(
    euros: int, up_to: int = 0, *, label: tuple[str, str] = ("", ""), rule: str = ""
) -> AmountRow:
    """Return an amount paid once, in euros."""
    return AmountRow(AmountPeriod.ONCE, euros * 100, (up_to or euros) * 100, label, rule)


def monthly(
    euros: int, up_to: int = 0, *, label: tuple[str, str] = ("", ""), rule: str = ""
) -> AmountRow:
    """Return an amount paid each month, in euros."""
    return AmountRow(AmountPeriod.MONTH, euros * 100, (up_to or euros) * 100, label, rule)


def half_yearly(
    euros: int, up_to: int = 0, *, label: tuple[str, str] = ("", ""), rule: str = ""
) -> AmountRow:
    """Return an amount paid each semester, in euros."""
    return AmountRow(AmountPeriod.SEMESTER, euros * 100, (up_to or euros) * 100, label, rule)


def yearly(
    euros: int, up_to: int = 0, *, label: tuple[str, str] = ("", ""), rule: str = ""
) -> AmountRow:
    """Return an amount paid each year, in euros."""
    return AmountRow(AmountPeriod.YEAR, euros * 100, (up_to or euros) * 100, label, rule)


def rate(percent: int, *, label: tuple[str, str] = ("", ""), rule: str = "") -> AmountRow:
    """Return a share, in whole percents."""
    return AmountRow(AmountPeriod.RATE, percent * 100, percent * 100, label, rule)
