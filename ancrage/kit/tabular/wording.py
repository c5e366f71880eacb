"""Text as a person wrote it, cleaned; and the same as a key to compare it by."""

import unicodedata
from functools import lru_cache

from ancrage.kit.text import words

# Zero-width characters that travel with text copied from web pages and word processors.
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))


def tidy(text: str) -> str:
    """Unify compatible characters (NFKC), collapse spaces, trim. Accents and capitals stay.

    >>> tidy("  2\u00a0200\u202f€  brut\u200b ")
    '2 200 € brut'
    """
    return " ".join(unicodedata.normalize("NFKC", text.translate(_INVISIBLE)).split())


def tidied(text: str) -> str:
    """Tidy a text line by line: what a cell gives back of it."""
    return "\n".join(tidy(line) for line in text.splitlines()).strip()


@lru_cache(maxsize=8192)  # headers, professions and contracts come back on every line
def key_of(text: str) -> str:
    """Return the words of `text` without accents, capitals or punctuation: two spellings meet.

    >>> key_of("Aide-soignant(e) *")
    'aide soignant e'
    """
    return " ".join(words(text))
