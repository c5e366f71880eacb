"""What a row needs to live, and what is kept of its changes of state."""

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ancrage.kit.base import Base
from ancrage.kit.changes import ChangeSource
from ancrage.kit.moves import Move
from ancrage.kit.search import SearchField


class LivingRow(Base):
    """A row that is published, kept fresh, closed. Its kind gives `status` its own choices."""

    status = models.CharField(_("état"), max_length=12)
    created_at = models.DateTimeField(_("créé le"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    updated_at = models.DateTimeField(_("modifié le"))
    # The first day it was open to its audience: what its age counts from.
    published_at = models.DateTimeField(_("publié le"), null=True, blank=True)
    status_since = models.DateTimeField(_("dans cet état depuis"))
    # The last sign that it still holds: publication, edition, or one click in a mail.
    confirmed_at = models.DateTimeField(_("confirmé le"), null=True, blank=True)
    # The last time somebody was asked whether it still holds.
    asked_at = models.DateTimeField(_("actualité demandée le"), null=True, blank=True)
    # Raised at each change: two people editing at once are told, not overwritten.
    revision = models.PositiveIntegerField(default=1)
    # The folded words by which it is found.
    search = SearchField(blank=True)

    if TYPE_CHECKING:

        @property
        def status_changes(self) -> "models.QuerySet[StatusChange]":
            """Its moves from one state to another."""
            ...

    class Meta:
        abstract = True


class StatusChange(Move):
    """A change of state of a living row.

    Its kind adds the key of the row, under the related name `status_changes`, and gives `before`
    and `after` its own choices.
    """

    personal = {"by": "membership"}

    before = models.CharField(max_length=12)
    after = models.CharField(max_length=12)
    source = models.CharField(max_length=12, choices=ChangeSource.choices)

    class Meta:
        abstract = True
