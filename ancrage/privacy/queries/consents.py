"""Which agreements are in force: derived from the ledger, never stored beside it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, QuerySet

from ancrage.privacy.models import ConsentEntry, DataSubject
from ancrage.privacy.notices import Notice, notice_of
from ancrage.privacy.purposes import Purpose, purpose_of


@dataclass(frozen=True)
class Consent:
    """One line of « what I agreed to »: where a purpose stands for one scope, and since when."""

    purpose: Purpose
    scope: str
    given: bool
    since: datetime
    notice: Notice


def entry_in_force(subject: DataSubject, purpose: str, scope: str = "") -> ConsentEntry | None:
    """Return the latest line for that purpose and that scope exactly, given or withdrawn."""
    purpose_of(purpose)
    found: ConsentEntry | None = (
        ConsentEntry.objects.filter(subject=subject, purpose=purpose, scope=scope)
        .order_by("-pk")
        .first()
    )
    return found


def consent_holds(subject: DataSubject, purpose: str, scope: str = "") -> bool:
    """Say whether the person agrees today to `purpose` for `scope` exactly.

    An agreement counts for nothing while the profile is limited, or waits to be confirmed.
    """
    entry = entry_in_force(subject, purpose, scope)
    return entry is not None and entry.given and subject.is_shown


def subjects_consenting(
    purpose: str, *scopes: str, among: Collection[int] | None = None
) -> QuerySet[DataSubject, Any]:
    """Return, for use as a subquery, the keys of the people for whom `consent_holds`.

    Without a scope: the agreements given for everybody. With several: for one of them at least.
    With `among`, the ledger of these people alone is read.
    """
    purpose_of(purpose)
    lines = ConsentEntry.objects.filter(purpose=purpose, scope__in=scopes or ("",)).order_by()
    if among is not None:
        lines = lines.filter(subject__in=among)
    latest = lines.values("subject", "scope").annotate(latest=Max("pk")).values("latest")
    given = ConsentEntry.objects.filter(pk__in=latest, given=True).values("subject")
    return DataSubject.objects.filter(
        pk__in=given,
        limited_at__isnull=True,
        pending_until__isnull=True,
        anonymised_at__isnull=True,
    ).values("pk")


def consents_of(subject: DataSubject) -> list[Consent]:
    """Return where each agreement of the person stands, the newest first."""
    lines = ConsentEntry.objects.filter(subject=subject).order_by()
    latest = lines.values("purpose", "scope").annotate(latest=Max("pk")).values("latest")
    return [
        Consent(
            purpose=purpose_of(entry.purpose),
            scope=entry.scope,
            given=entry.given,
            since=entry.at,
            notice=notice_of(entry.purpose, entry.notice_version),
        )
        for entry in ConsentEntry.objects.filter(pk__in=latest).order_by("-pk")
    ]
