"""Moves of a row from one state to another: dated, signed, and taken back within a day."""

from datetime import datetime, timedelta
from typing import TypeVar

from django.conf import settings
from django.db import models

from ancrage.kit.base import Base

# How long what was done may be taken back, everywhere.
UNDO_WINDOW = timedelta(hours=24)


class Move(Base):
    """A change of state of a row, so that the last one can be taken back.

    Its kind adds the key of the row, under the related name `moves`, and `before` and `after`
    with their choices.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def is_recent(self, now: datetime) -> bool:
        """Say whether it is not too late to take it back."""
        return now - self.at <= UNDO_WINDOW


AnyMove = TypeVar("AnyMove", bound=Move)


def standing(moves: models.QuerySet[AnyMove]) -> models.QuerySet[AnyMove]:
    """Return those of these moves that were not taken back, the latest first."""
    return moves.filter(undone_at__isnull=True).order_by("-at", "-pk")
