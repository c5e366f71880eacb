"""Read which profession a text of a spreadsheet means. Pure Python: no Django, no I/O."""

from ancrage.professions.spelling.index import Index
from ancrage.professions.spelling.shapes import (
    Cause,
    Kind,
    Lexicon,
    Outcome,
    Reading,
    Suggestion,
    Wording,
)

__all__ = [
    "Cause",
    "Index",
    "Kind",
    "Lexicon",
    "Outcome",
    "Reading",
    "Suggestion",
    "Wording",
]
