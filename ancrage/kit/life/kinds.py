"""What a kind of row says of itself, once, so that the rest can serve them all."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet, TextChoices
from django.utils import timezone

from ancrage.kit.life import refusals
from ancrage.kit.life.models import LivingRow

Row = TypeVar("Row", bound=LivingRow)


@dataclass(frozen=True)
class Refusals:
    """The refusals of a kind of row, in its own words."""

    transition: type[refusals.TransitionNotAllowed]
    closed: type[refusals.Closed]
    not_closed: type[refusals.NotClosed]
    changed_meanwhile: type[refusals.ChangedMeanwhile]
    gone: type[refusals.Gone]
    is_over: type[refusals.IsOver]
    not_published: type[refusals.NotPublished]
    not_draft: type[refusals.NotDraft]
    reference_taken: type[refusals.ReferenceTaken]


@dataclass(frozen=True)
class Life(Generic[Row]):
    """The life of one kind of row.

    `states` hold the values of `State`, `transitions` says where each leads, and `closed` which
    are ends. `end` is the field of the last day, `joined` the relations that the row's facts and
    its trace are made of, and `scope_of` says whose business a row is, as audit lines do. The
    actions of its audit lines begin with the name of the model.
    """

    model: type[Row]
    states: type[TextChoices]
    transitions: Mapping[Any, Collection[Any]]
    closed: Collection[str]
    end: str
    joined: tuple[str, ...]
    scope_of: Callable[[Row], str]
    refusals: Refusals

    @property
    def rows(self) -> QuerySet[Row]:
        """Every row of the kind."""
        return self.model._default_manager.all()

    def with_all(self, rows: QuerySet[Row]) -> QuerySet[Row]:
        """Join everything that a row's facts, search column and trace are made of."""
        return rows.select_related(*self.joined)

    def current_row(self, row: Row) -> Row:
        """Return the row as it is now, whole. Raises the kind's `gone`."""
        current = self.with_all(self.rows.filter(pk=row.pk)).first()
        if current is None:
            raise self.refusals.gone
        return current

    def action(self, done: str) -> str:
        """Return what an audit line calls what was done: the model, then `done`."""
        return f"{self.model._meta.model_name}.{done}"

    def refuse_past_end(self, end: date | None, *, now: datetime) -> None:
        """Raise the kind's `is_over` when that last day is past."""
        if end is not None and end < timezone.localdate(now):
            raise self.refusals.is_over
