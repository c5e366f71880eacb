"""Importing what a structure declares: for whom, open at once or not, and what may be put back."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ancrage.kit.changes import ChangeSource
from ancrage.kit.imports.refusals import ImportProblem
from ancrage.kit.life.kinds import Life, Row
from ancrage.kit.life.states import State
from ancrage.partners.models import Partner
from ancrage.partners.queries import scope_of

PUBLISH = "publish"
"""The option of an import: publish what it creates (True when nothing is said)."""


class PartnerGone(ImportProblem):
    """The structure of an import does not exist any more, or has left."""

    sentence = _(
        "La structure de cet import a quitté la plateforme : rien ne s’importe plus pour elle."
    )


def owner_of(partner: Partner) -> str:
    """Return the owner key of the imports of a structure."""
    return scope_of(partner)


def partner_of(owner_key: str) -> Partner:
    """Return the structure that an owner key names. Raises PartnerGone."""
    kind, _colon, pk = owner_key.partition(":")
    found = None
    if kind == "partner" and pk.isdecimal():
        rows = Partner.objects.filter(pk=int(pk), left_at__isnull=True)
        found = rows.select_related("territory", "commune").first()
    if found is None:
        raise PartnerGone
    return found


def withdrawn_by_import(life: Life[Row], owner_key: str, moment: datetime) -> QuerySet[Row]:
    """Return the rows that an import withdrew at that moment and that still are."""
    withdrawn = life.rows.filter(
        partner=int(owner_key.rpartition(":")[2]),
        status=State.WITHDRAWN,
        status_since=moment,
        status_changes__at=moment,
        status_changes__source=ChangeSource.IMPORT,
        status_changes__undone_at__isnull=True,
    )
    return life.with_all(withdrawn).order_by("pk")
