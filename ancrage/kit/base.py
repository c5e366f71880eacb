"""The base of every model of ours."""

from collections.abc import Mapping
from typing import ClassVar

from django.db import models


class Base(models.Model):
    """A row of ours, with the two lists that the inventory of personal data is made of.

    Every text, JSON or user-link field stands in one of them, or a test fails.
    """

    # Field → code of the purpose (`ancrage.privacy.purposes`) that allows us to hold it.
    personal: ClassVar[Mapping[str, str]] = {}
    # Free text that describes a thing and never a person.
    impersonal: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    @property
    def audit_label(self) -> str:
        """What an audit line calls the row; a row that is named after a person says less."""
        return str(self)
