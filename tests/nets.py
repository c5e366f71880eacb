"""Safety nets stretched under every test: what production forgives, a test refuses."""

import random
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.models.query import MAX_GET_RESULTS, QuerySet
from django.template import Engine

PACKAGE_ROOT = Path(__file__).resolve().parents[1] / "ancrage"


class UnknownVariable(AssertionError):
    """A template of ours printed a variable that its context does not hold."""


class UnorderedSlice(AssertionError):
    """A query asked for some rows without saying which come first."""


# --- templates ---------------------------------------------------------------------------------


class RaiseOnUnknown:
    """Stands for `string_if_invalid`, which Django fills in with the name of the variable.

    Templates of other packages are let through: they rely on silence, and are not ours to mend.
    """

    def __contains__(self, text: str) -> bool:
        return text == "%s"

    def __mod__(self, variable: object) -> str:
        origin = _template_being_rendered()
        if origin and origin.startswith("/") and not origin.startswith(f"{PACKAGE_ROOT}/"):
            return ""
        raise UnknownVariable(f"« {variable} » is not in the context of {origin}")


def _template_being_rendered() -> str:
    """Name of the file of the innermost template node on the call stack."""
    frame = sys._getframe(2)
    while frame is not None:
        origin = getattr(frame.f_locals.get("self"), "origin", None)
        if frame.f_code.co_name.startswith("render") and origin is not None:
            return str(origin.name)
        frame = frame.f_back
    return ""


def refuse_unknown_variables(engine: Engine) -> None:
    """Make `engine` fail where Django would print nothing."""
    engine.string_if_invalid = RaiseOnUnknown()


# --- queries -----------------------------------------------------------------------------------


def shuffle_unordered_querysets(patch: pytest.MonkeyPatch, dice: random.Random) -> None:
    """Give the rows of every query without order_by a random order, drawn from `dice`.

    A database may return such rows in any order, yet always chooses the same one in a test.
    The rows are shuffled once fetched: adding ORDER BY RANDOM() to the SQL would change what
    DISTINCT and GROUP BY mean. A slice of such a query has no meaning at all, and fails;
    `get()`, which limits itself to see whether there is more than one row, may go on.
    """
    fetch_all, iterator = QuerySet._fetch_all, QuerySet.iterator

    def fetch_shuffled(queryset: "QuerySet[Any]") -> None:
        fresh = queryset._result_cache is None
        if fresh:
            _refuse_unordered_slice(queryset)
        fetch_all(queryset)
        if fresh and not queryset.ordered:
            dice.shuffle(queryset._result_cache)

    def iterate_shuffled(
        queryset: "QuerySet[Any]", chunk_size: int | None = None
    ) -> Iterable[Any]:
        _refuse_unordered_slice(queryset)
        rows = iterator(queryset, chunk_size)
        if queryset.ordered:
            return rows
        drawn = list(rows)
        dice.shuffle(drawn)
        return iter(drawn)

    patch.setattr(QuerySet, "_fetch_all", fetch_shuffled)
    patch.setattr(QuerySet, "iterator", iterate_shuffled)


def _refuse_unordered_slice(queryset: "QuerySet[Any]") -> None:
    query = queryset.query
    by_get = (query.low_mark, query.high_mark) == (0, MAX_GET_RESULTS)
    if query.is_sliced and not by_get and not queryset.ordered:
        raise UnorderedSlice(f"Order {queryset.model.__name__} before taking some of its rows.")


# --- reference data ----------------------------------------------------------------------------

# Django makes these rows again by itself after it has emptied a database.
_MADE_BY_DJANGO = {"contenttypes", "auth"}


class ReferenceRows:
    """The rows every test may count on, put back after a test that empties the tables."""

    def __init__(self) -> None:
        self._rows: list[list[models.Model]] = []

    def remember(self) -> None:
        """Keep a copy of all rows of the database, in memory."""
        self._rows = [
            list(model._base_manager.order_by("pk"))
            for model in apps.get_models(include_auto_created=True)
            if model._meta.managed
            and not model._meta.proxy
            and model._meta.app_label not in _MADE_BY_DJANGO
        ]

    def put_back(self) -> None:
        """Write the rows kept again; foreign keys are checked at the end of the transaction."""
        with transaction.atomic():
            for rows in filter(None, self._rows):
                # A test that failed early may have left them in place.
                type(rows[0])._base_manager.bulk_create(rows, ignore_conflicts=True)
            # `flush` starts the sequences of PostgreSQL again, and rows written with their keys do
            # not move them: the next row would take a key in use.
            models_back = [type(rows[0]) for rows in self._rows if rows]
            resets = connection.ops.sequence_reset_sql(no_style(), models_back)
            with connection.cursor() as cursor:
                for reset in resets:
                    cursor.execute(reset)
