"""Lists of rows: what they are narrowed and sorted by, and how many are in each state."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db.models import Count, F, Q, QuerySet, TextChoices
from django.db.models.expressions import OrderBy

States = TypeVar("States", bound=TextChoices)

DEFAULT_SORT = "-updated"


def asked_for(criteria: Mapping[str, Any]) -> Q:
    """Return the condition that joins the criteria given, those left empty aside."""
    condition = Q()
    for lookup, value in criteria.items():
        if value:
            condition &= Q(**{lookup: value})
    return condition


def order_of(sort: str, columns: Mapping[str, str]) -> list[OrderBy | str]:
    """Return the order that `sort` names, after a dash for the other way round.

    `columns` gives each name its column, « updated » among them: an unknown name falls back on
    the last changed first. Ties are broken by the key: two pages never show the same row.
    """
    descending, name = sort.startswith("-"), sort.lstrip("-")
    if name not in columns:
        descending, name = True, "updated"
    column = F(columns[name])
    # What is empty comes last both ways: SQLite and PostgreSQL disagree otherwise.
    first = column.desc(nulls_last=True) if descending else column.asc(nulls_last=True)
    return [first, "-pk" if descending else "pk"]


def counts_by_state(rows: QuerySet[Any], states: type[States]) -> Mapping[States, int]:
    """Return how many of `rows` are in each state. One query."""
    counts = dict(rows.order_by().values_list("status").annotate(count=Count("pk")))
    return {state: counts.get(state.value, 0) for state in states}
