"""Ledgers: rows that are written once."""

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models

from ancrage.kit.models import Base

M = TypeVar("M", bound=models.Model)


class AppendOnlyViolation(TypeError):
    """The rows of a ledger are written once: never changed, erased only with the person."""


class AppendOnlyQuerySet(models.QuerySet[M]):
    """Rows that may be added and read."""

    def update(self, **values: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyViolation

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyViolation

    def delete(self) -> NoReturn:
        """Refuse."""
        raise AppendOnlyViolation

    def erase(self) -> int:
        """Delete the rows, with the person or past their term; return how many."""
        return super().delete()[0]


class AppendOnly(Base):
    """A line of a ledger."""

    objects: models.Manager[Any] = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(
        self,
        force_insert: bool | tuple[models.base.ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Write the row, once."""
        if not self._state.adding or force_update:
            raise AppendOnlyViolation
        super().save(force_insert=True, using=using)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        """Refuse."""
        raise AppendOnlyViolation
