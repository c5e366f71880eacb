"""What is kept of a territory, put away: back within a day if somebody asks, then forgotten."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ancrage.demography.models import Scenario, SitingStudy
from ancrage.kit.moves import UNDO_WINDOW
from ancrage.kit.refusals import Refusal


class NothingToUndo(Refusal):
    """It was put away more than a day ago, or is already back."""

    sentence = _("Il n’y a plus rien à annuler : un retrait s’annule dans les 24 heures.")
    known_as = "nothing_to_undo"


def put_away(*, row: Scenario | SitingStudy, now: datetime) -> bool:
    """Put a row away, and forget those put away a day ago; return whether it was still there."""
    rows = type(row).objects
    rows.filter(removed_at__lt=now - UNDO_WINDOW).delete()
    return bool(rows.filter(pk=row.pk, removed_at__isnull=True).update(removed_at=now))


def put_back(*, row: Scenario | SitingStudy, now: datetime) -> None:
    """Take back a recent removal.

    Raises:
        NothingToUndo: it is back already, or it was put away more than a day ago.
    """
    rows = type(row).objects.filter(pk=row.pk, removed_at__gte=now - UNDO_WINDOW)
    if not rows.update(removed_at=None):
        raise NothingToUndo
