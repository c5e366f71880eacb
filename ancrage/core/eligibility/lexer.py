"""The words and signs of a rule, each with its line and column."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from ancrage.core.eligibility.faults import Fault, FaultCode, InvalidRule
from ancrage.core.eligibility.values import Place


class Kind(Enum):
    """What a token is."""

    WORD = "word"
    NUMBER = "number"
    DAY = "day"
    TODAY = "today"
    SIGN = "sign"
    COMPARISON = "comparison"
    BREAK = "break"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text; comparisons are brought to one spelling."""

    kind: Kind
    text: str
    place: Place


_SPELLINGS = {"≤": "<=", "≥": ">=", "≠": "!=", "==": "=", "−": "-", "–": "-"}
_DAY = r"\d{1,2}/\d{1,2}/\d{4}(?!\w)|\d{4}-\d{2}-\d{2}(?!\w)"
_TOKEN = re.compile(
    r"""
    (?P<blank>[ \t\r\u00a0\u202f]+|\#[^\n]*)
    |(?P<break>[\n;])
    |(?P<day>"""
    + _DAY
    + r""")
    |(?P<today>aujourd['’]hui\b)
    |(?P<word>[^\W\d]\w*|\d+[^\W\d]\w*)
    |(?P<number>\d+(?:[.,]\d+)?)
    |(?P<comparison><=|>=|!=|==|[<>=≤≥≠])
    |(?P<sign>[(){},+\-−–])
    """,
    re.VERBOSE,
)
_WHOLE = re.compile(r"\d+")


def tokens_of(text: str) -> Iterator[Token]:
    """Yield the tokens of a rule, the last one being its end.

    A comma between two figures is a decimal one (« 1,3 »), except inside braces, where commas
    separate.

    Raises:
        InvalidRule: a character that the language does not know.
    """
    position, line, start, in_braces = 0, 1, 0, False
    while position < len(text):
        place = Place(line, position - start + 1)
        found = _TOKEN.match(text, position)
        if found is None:
            raise InvalidRule((Fault(FaultCode.UNREADABLE, place, text[position]),))
        name = found.lastgroup or ""
        if name == "number" and in_braces:
            found = _WHOLE.match(text, position) or found
        piece = _SPELLINGS.get(found.group(), found.group())
        position = found.end()
        if name != "blank":
            yield Token(Kind(name), piece, place)
        in_braces = piece == "{" or (in_braces and piece != "}")
        if piece == "\n":
            line, start = line + 1, position
    yield Token(Kind.END, "", Place(line, position - start + 1))
