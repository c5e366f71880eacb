"""Text as people search it: no case, no accents, no ligatures."""

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'", "ʼ": "'"})
_NOT_WORD = re.compile(r"[^0-9a-z]+")


def fold(text: str) -> str:
    """Return `text` for comparison: casefolded, accents and ligatures undone, spaces single.

    >>> fold("  Cœur d’Élan\u00a0")
    "coeur d'elan"
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def words(text: str) -> list[str]:
    """Return the folded words of `text`, punctuation dropped.

    >>> words("Saint-Père-en-Retz (44)")
    ['saint', 'pere', 'en', 'retz', '44']
    """
    return _NOT_WORD.sub(" ", fold(text)).split()
