"""The agreement to be read with one's name by the other side: given, and withdrawn as easily.

The ledger of consents decides; `Participant.shares_sheet` repeats it for whoever draws sheets.
"""

from datetime import datetime
from typing import Any

from ancrage.events.models import Participant
from ancrage.privacy.enums import ConsentChannel
from ancrage.privacy.models import DataSubject
from ancrage.privacy.notices import Notice
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.rights import follows
from ancrage.privacy.services import give_consent, withdraw_consent

SHARING = "events_sharing"


def share_sheet(
    *,
    participant: Participant,
    notice: Notice,
    by: Any,
    now: datetime,
    channel: str = ConsentChannel.SELF,
    proof: str = "",
) -> None:
    """Let the other side read the sheet with its name, for this event.

    Raises `NoticeOutdated`, `ProofMissing`, `SubjectFrozen`.
    """
    give_consent(
        subject=participant.subject,
        purpose=SHARING,
        scope=scope_of(participant),
        notice=notice,
        channel=channel,
        by=by,
        now=now,
        proof=proof,
    )
    participant.refresh_from_db(fields=["shares_sheet"])


def stop_sharing(*, participant: Participant, by: Any, now: datetime) -> None:
    """Take the name off the sheet. Twice writes nothing more."""
    withdraw_consent(
        subject=participant.subject,
        purpose=SHARING,
        scope=scope_of(participant),
        channel=ConsentChannel.SELF,
        by=by,
        now=now,
    )
    participant.refresh_from_db(fields=["shares_sheet"])


def scope_of(participant: Participant) -> str:
    """Return the scope of the agreement, as the ledger writes it: one event."""
    return f"event:{participant.event_id}"


@follows("events")
def follow_sharing(*, subject: DataSubject, now: datetime) -> None:
    """Repeat what the ledger says on each registration of the person."""
    for participant in Participant.objects.filter(subject=subject).order_by("pk"):
        holds = consent_holds(subject, SHARING, scope_of(participant))
        if participant.shares_sheet != holds:
            Participant.objects.filter(pk=participant.pk).update(shares_sheet=holds)
