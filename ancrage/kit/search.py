"""Searching without accents or case: a column of folded words, and what is asked of it."""

import re
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from ancrage.kit.text import fold, words

# Longer searches are noise; each word is one condition.
MOST_WORDS = 8
_ALTERNATIVES = re.compile(r"[,;/|]|\b(?:ou|or)\b")
_LINK_WORDS = frozenset(words("a and au aux d de des du en et l la le les of the"))
_SHORTEST_PLURAL = 3

Row = TypeVar("Row", bound=models.Model)


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


def having_word(word: str) -> Q:
    """The rows that hold a word beginning like `word`, in the singular as in the plural."""
    plural = len(word) > _SHORTEST_PLURAL and word[-1] in "sx"
    return Q(search__contains=f" {word[:-1] if plural else word}")


def having_words(text: str, *, each: Callable[[str], Q] = having_word) -> Q:
    """The rows whose `search` column holds, at the start of a word, each word of `text`.

    A comma, a semicolon, a bar or « ou » parts things of which any will do. Link words count
    only where nothing else is asked. `each` says what is asked by one word.
    """
    found = Q()
    for part in _ALTERNATIVES.split(fold(text)):
        asked = words(part)[:MOST_WORDS]
        condition = Q()
        for word in [word for word in asked if word not in _LINK_WORDS] or asked:
            condition &= each(word)
        found |= condition
    return found


def with_words(
    rows: QuerySet[Row], text: str, *, each: Callable[[str], Q] = having_word
) -> QuerySet[Row]:
    """Narrow `rows`, of a table that may be large, to those that have the words of `text`.

    The words are looked for on their own: left among the conditions of a query with joins, they
    lead the database to read the joined tables of every row before it knows which ones have them.
    """
    if not words(text):
        return rows
    having = rows.model._default_manager.filter(having_words(text, each=each)).order_by()
    return rows.filter(pk__in=having.values("pk"))


def used_in(model: type[Row], rows: QuerySet[Any], path: str, *, by: str = "pk") -> QuerySet[Row]:
    """Return the rows of `model` to which `rows` lead by `path`: what a filter may offer.

    Asked choice by choice, so that the database stops at the first row found through the index
    of the link, instead of gathering the links of all the rows.
    """
    return model._default_manager.filter(Exists(rows.order_by().filter(**{path: OuterRef(by)})))
