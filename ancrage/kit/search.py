"""Searching without accents or case: a column of folded words, and what is asked of it."""

from typing import Any, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from ancrage.kit.text import words

# Longer searches are noise; each word is one condition.
MOST_WORDS = 8

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


def having_words(text: str) -> Q:
    """The rows whose `search` column holds, at the start of a word, each word of `text`."""
    condition = Q()
    for word in words(text)[:MOST_WORDS]:
        condition &= Q(search__contains=f" {word}")
    return condition


def with_words(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """Narrow `rows`, of a table that may be large, to those that have the words of `text`.

    The words are looked for on their own: left among the conditions of a query with joins, they
    lead the database to read the joined tables of every row before it knows which ones have them.
    """
    if not words(text):
        return rows
    having = rows.model._default_manager.filter(having_words(text)).order_by()
    return rows.filter(pk__in=having.values("pk"))


def used_in(model: type[Row], rows: QuerySet[Any], path: str, *, by: str = "pk") -> QuerySet[Row]:
    """Return the rows of `model` to which `rows` lead by `path`: what a filter may offer.

    Asked choice by choice, so that the database stops at the first row found through the index
    of the link, instead of gathering the links of all the rows.
    """
    return model._default_manager.filter(Exists(rows.order_by().filter(**{path: OuterRef(by)})))
