"""Searching without accents or case: a column of folded words, and the question asked of it."""

from typing import Any

from django.db import models
from django.db.models import Q

from ancrage.kit.text import words

# Longer searches are noise; each word is one condition.
MOST_WORDS = 8


class SearchField(models.TextField):  # type: ignore[type-arg]  # not subscriptable when run
    """Folded words by which a row is found; written by services with `words`.

    The column holds a space before the first word, which readers never see: the beginning of
    any word is then found by one pattern (`LIKE '% word%'`) instead of two, and a search reads
    each row once.
    """

    def get_prep_value(self, value: Any) -> Any:
        """Return what the column holds."""
        prepared = super().get_prep_value(value)
        return f" {prepared}" if prepared else prepared

    def from_db_value(self, value: str | None, *_context: Any) -> str | None:
        """Return what was written."""
        return value[1:] if value else value


def having_words(text: str) -> Q:
    """The rows whose `search` column holds, at the start of a word, each word of `text`."""
    condition = Q()
    for word in words(text)[:MOST_WORDS]:
        condition &= Q(search__contains=f" {word}")
    return condition
