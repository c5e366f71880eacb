"""What may be wrong in the text of a rule, and where."""

from dataclasses import dataclass
from enum import Enum

from ancrage.core.eligibility.values import Place


class FaultCode(Enum):
    """Why a rule is refused."""

    EMPTY = "empty"  # no clause at all
    EMPTY_GROUP = "empty_group"  # « toutes ( ) »
    UNREADABLE = "unreadable"  # (the character)
    UNEXPECTED = "unexpected"  # (what stands there; what could)
    UNCLOSED = "unclosed"  # (the sign that was opened)
    TOO_DEEP = "too_deep"
    TOO_LONG = "too_long"
    UNKNOWN_FACT = "unknown_fact"  # (the name; the nearest names)
    WRONG_OPERATOR = "wrong_operator"  # (what was asked; what may be asked)
    WRONG_VALUE = "wrong_value"  # (what was given; the kind of value expected)
    UNKNOWN_WORD = "unknown_word"  # (the word; the nearest words)
    NOT_A_DAY = "not_a_day"  # (the text)


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: where, what was found there, and what would do."""

    code: FaultCode
    place: Place
    found: str = ""
    expected: tuple[str, ...] = ()
    fact: str = ""


class InvalidRule(ValueError):
    """A rule that cannot be read, with all that was found wrong in it."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(
            "; ".join(
                f"line {one.place.line}, column {one.place.column}: {one.code.value} {one.found}"
                for one in faults
            )
        )
        self.faults = faults
