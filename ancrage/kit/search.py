"""Searching the folded `search` column of a table."""

from django.db.models import Q

from ancrage.kit.text import words

# Longer searches are noise; each word is one condition.
MOST_WORDS = 8


def having_words(text: str) -> Q:
    """The rows whose `search` column holds, at the start of a word, each word of `text`."""
    condition = Q()
    for word in words(text)[:MOST_WORDS]:
        condition &= Q(search__contains=f" {word}") | Q(search__startswith=word)
    return condition
