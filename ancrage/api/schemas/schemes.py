"""Aids as programs read them: what each says, and what it answers to facts."""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from ancrage.schemes.enums import AmountPeriod, Payer, Receiver, Topic, Verdict
from ancrage.schemes.services.trials import VERDICT_OF

# A fact as JSON says it: a flag, a number, a word, a day (ISO 8601), a list of words.
FactIn = bool | int | float | str | list[str]


class AmountOut(Schema):
    """An amount in euros, or in percents where `period` is `rate`; `rule` says who gets it."""

    period: AmountPeriod
    low: float
    high: float
    label: str
    rule: str

    @staticmethod
    def resolve_low(row: Any) -> float:
        """Hundredths are kept."""
        return float(row.low) / 100

    @staticmethod
    def resolve_high(row: Any) -> float:
        """Hundredths are kept."""
        return float(row.high) / 100


class SchemeLine(Schema):
    """An aid of the inventory. `check_due_on`: past that day, no answer is certain."""

    code: str
    label: str
    topic: Topic
    payer: Payer
    receivers: list[Receiver]
    opens_on: date | None
    closes_on: date | None
    is_closed: bool
    source_name: str
    source_url: str
    checked_on: date
    check_due_on: date | None
    cautions: list[str]


class SchemeOut(SchemeLine):
    """An aid in full. `rule` is the text in force today, one condition a line."""

    content: str
    commitment: str
    rule: str
    amounts: list[AmountOut]


class QuestionIn(Schema):
    """Facts, by the names that rules use; what is absent is unknown. `commune`: an INSEE code,
    whose zones answer for themselves; `on`: today if absent."""

    facts: dict[str, FactIn] = Field(default_factory=dict, max_length=120)
    receiver: Receiver = Receiver.PERSON
    commune: str = Field("", max_length=5)
    on: date | None = None


class MissingOut(Schema):
    """A fact that nobody gave; `may_settle`: knowing it alone could give the answer."""

    name: str
    label: str
    may_settle: bool

    @staticmethod
    def resolve_label(row: Any) -> str:
        """In the language of the request."""
        return str(row.label)


class AnswerOut(Schema):
    """What one aid answers. Amounts in euros over twelve months, sure and possible."""

    code: str
    label: str
    answer: Verdict
    reasons: list[str]
    missing: list[MissingOut]
    cautions: list[str]
    source_url: str
    checked_on: date
    check_due_on: date | None
    sure: float
    possible: float

    @staticmethod
    def resolve_code(row: Any) -> str:
        """Of its aid."""
        return str(row.scheme.code)

    @staticmethod
    def resolve_label(row: Any) -> str:
        """Of its aid."""
        return str(row.scheme.label)

    @staticmethod
    def resolve_answer(row: Any) -> Verdict:
        """Of the rule and the dates of its aid."""
        return VERDICT_OF[row.state]

    @staticmethod
    def resolve_source_url(row: Any) -> str:
        """Of its aid."""
        return str(row.scheme.source_url)

    @staticmethod
    def resolve_checked_on(row: Any) -> date:
        """Of its aid."""
        checked: date = row.scheme.checked_on
        return checked

    @staticmethod
    def resolve_sure(row: Any) -> float:
        """Hundredths are kept."""
        return float(row.sure_cents) / 100

    @staticmethod
    def resolve_possible(row: Any) -> float:
        """Hundredths are kept."""
        return float(row.possible_cents) / 100


class ZoningOut(Schema):
    """A commune in a zone, days included."""

    zone: str
    starts_on: date
    ends_on: date | None
    source: str


class ZonesOut(Schema):
    """The zones of a commune, and since when the list of each zone is whole: of another zone,
    nothing is known."""

    insee: str
    name: str
    zones: list[ZoningOut]
    whole_lists: dict[str, date]
