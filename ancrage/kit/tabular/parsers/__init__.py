"""What is written in a cell, turned into a value.

Every parser takes a cell that is not empty and returns the value, a `Problem` (it cannot be
read, with the way to mend it), or a `Guess` (it was read, with a remark). The ones called
`…_parser` are made to measure; the others serve as they are.
"""

from ancrage.kit.tabular.parsers.choices import (
    Choices,
    choice_parser,
    choices_parser,
    parse_bool,
)
from ancrage.kit.tabular.parsers.dates import ASAP, Special, date_parser
from ancrage.kit.tabular.parsers.numbers import (
    HOURS_PER_WEEK,
    PayRange,
    decimal_parser,
    fte_parser,
    integer_parser,
    money_parser,
)
from ancrage.kit.tabular.parsers.phones import parse_phone
from ancrage.kit.tabular.parsers.texts import (
    identifier_parser,
    parse_email,
    parse_text,
    text_parser,
)

__all__ = [
    "ASAP",
    "HOURS_PER_WEEK",
    "Choices",
    "PayRange",
    "Special",
    "choice_parser",
    "choices_parser",
    "date_parser",
    "decimal_parser",
    "fte_parser",
    "identifier_parser",
    "integer_parser",
    "money_parser",
    "parse_bool",
    "parse_email",
    "parse_phone",
    "parse_text",
    "text_parser",
]
