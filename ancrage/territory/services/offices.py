"""Who coordinates a territory, and who watches it for an institution."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ancrage.kit.audit import record
from ancrage.kit.refusals import Refusal
from ancrage.territory.enums import Office, TerritoryEvent
from ancrage.territory.models import Territory, TerritoryRole
from ancrage.territory.services.territories import scope_of


class OfficeAlreadyHeld(Refusal):
    """The person holds that office there today."""

    sentence = _("Cette personne exerce déjà cette mission.")
    known_as = "held"


class OfficeAlreadyEnded(Refusal):
    """The office was ended before."""

    sentence = _("Cette mission est déjà terminée.")
    known_as = "ended"


@transaction.atomic
def grant_office(
    *,
    user: Any,
    territory: Territory,
    office: Office,
    by: Any,
    now: datetime,
    organisation: str = "",
) -> TerritoryRole:
    """Entrust a person with an office in a territory, from now on.

    Raises:
        OfficeAlreadyHeld: they hold it already.
    """
    try:
        with transaction.atomic():
            role = TerritoryRole.objects.create(
                user=user,
                territory=territory,
                office=office,
                organisation=organisation.strip(),
                since=now,
            )
    except IntegrityError:
        raise OfficeAlreadyHeld from None
    _record(TerritoryEvent.OFFICE_GRANTED, role, by, now, {"office": ["", str(office)]})
    return role


@transaction.atomic
def end_office(*, role: TerritoryRole, by: Any, now: datetime) -> TerritoryRole:
    """End an office now; the line stays, as the memory of who could do what and when.

    Raises:
        OfficeAlreadyEnded: somebody did it before.
    """
    ended = TerritoryRole.objects.filter(pk=role.pk, ended_at__isnull=True).update(ended_at=now)
    if not ended:
        raise OfficeAlreadyEnded
    role.ended_at = now
    _record(TerritoryEvent.OFFICE_ENDED, role, by, now, {"office": [role.office, ""]})
    return role


def _record(
    action: str, role: TerritoryRole, by: Any, now: datetime, changes: dict[str, list[str]]
) -> None:
    # The target is the territory: the label of the line itself would name a person.
    record(
        action=action,
        target=role.territory,
        by=by,
        now=now,
        scope=scope_of(role.territory),
        changes={**changes, "role": ["", role.pk]},
    )
