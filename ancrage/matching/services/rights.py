"""What introductions keep of a person, hand over to them, and forget."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.matching.enums import OPEN_STATES, CloseReason, Side
from ancrage.matching.models import (
    Introduction,
    IntroductionMessage,
    IntroductionMove,
    PlanChoice,
    PlanLine,
    ShownDocument,
)
from ancrage.matching.services.moving import close
from ancrage.privacy.models import DataSubject
from ancrage.privacy.retention import purges
from ancrage.privacy.rights import Export, erases, exports
from ancrage.privacy.terms import add_months, month_of

# The register of purposes: three months after the end of an introduction.
MONTHS_KEPT = 3
_MOMENTS = (
    "proposed_at",
    "relayed_at",
    "agreed_at",
    "answered_at",
    "meeting_at",
    "state_since",
    "ended_at",
)


@erases("matching")
def erase_introductions(*, subject: DataSubject, now: datetime) -> None:
    """End what is open, forget the words; steps remain by their month, for the figures."""
    PlanLine.objects.filter(candidate__subject=subject).delete()
    PlanChoice.objects.filter(candidate__subject=subject).delete()
    mine = Introduction.objects.filter(candidate__subject=subject)
    for introduction in mine.filter(state__in=sorted(OPEN_STATES)).select_related(
        "candidate__subject", "need__partner", "partner"
    ):
        close(
            introduction=introduction,
            reason=CloseReason.ERASED,
            side=Side.PLATFORM,
            by=None,
            now=now,
        )
    keys = list(mine.order_by("pk").values_list("pk", flat=True))
    _forget_words(keys)
    for move in IntroductionMove.objects.filter(introduction__in=keys).order_by("pk"):
        IntroductionMove.objects.filter(pk=move.pk).update(by=None, at=month_of(move.at))
    for row in mine.order_by("pk"):
        to_come = row.meeting_at is not None and row.meeting_at > now
        if to_come and row.close_reason != CloseReason.ERASED:
            # By its month alone it could be taken for one that was held.
            row.meeting_at, row.meeting_minutes = None, None
        values: dict[str, Any] = {
            name: month_of(moment)
            for name in _MOMENTS
            if (moment := getattr(row, name)) is not None
        }
        for name in ("answer_due_on", "starts_on"):
            if (day := getattr(row, name)) is not None:
                values[name] = day.replace(day=1)
        Introduction.objects.filter(pk=row.pk).update(
            **{"proposed_by": None, "meeting_at": None, "meeting_minutes": row.meeting_minutes}
            | values
            # The mail that takes it off the structure's calendar is still to be written.
            | ({"meeting_at": row.meeting_at} if to_come else {})
        )


@exports("matching")
def export_introductions(*, subject: DataSubject) -> Export:
    """Hand over the person's introductions, their steps and all the messages."""
    rows = (
        Introduction.objects.filter(candidate__subject=subject)
        .select_related("need__profession", "partner")
        .order_by("pk")
    )
    keys = [row.pk for row in rows]
    moves = IntroductionMove.objects.filter(introduction__in=keys).order_by("at", "pk")
    messages = IntroductionMessage.objects.filter(introduction__in=keys).order_by("at", "pk")
    shown_documents = (
        ShownDocument.objects.filter(introduction__in=keys)
        .select_related("document")
        .order_by("at", "pk")
    )
    return Export(
        tables={
            "mises_en_relation": [_plain(row) for row in rows],
            "etapes": [
                {
                    "mise_en_relation": move.introduction_id,
                    "le": move.at.isoformat(),
                    "de": move.before,
                    "a": move.after,
                    "par": move.side,
                    "raison": move.reason,
                    "precision": move.note,
                }
                for move in moves
            ],
            "documents_montres": [
                {
                    "mise_en_relation": shown.introduction_id,
                    "le": shown.at.isoformat(),
                    "document": shown.document.title,
                }
                for shown in shown_documents
            ],
            "messages": [
                {
                    "mise_en_relation": message.introduction_id,
                    "le": message.at.isoformat(),
                    "de": message.side,
                    "texte": message.text,
                }
                for message in messages
            ],
        }
    )


@purges("introductions")
@transaction.atomic
def forget_ended_introductions(*, now: datetime) -> int:
    """Forget what was written about introductions that ended three months ago; return how many
    had something to forget. The steps stay, for the figures."""
    over = Introduction.objects.filter(ended_at__lte=add_months(now, -MONTHS_KEPT))
    keys = list(
        (
            over.filter(messages__isnull=False)
            | over.exclude(meeting_place="")
            | over.filter(moves__note__gt="")
            | over.filter(shown_documents__isnull=False)
        )
        .order_by("pk")
        .distinct()
        .values_list("pk", flat=True)
    )
    _forget_words(keys)
    over.filter(close_reason=CloseReason.ERASED, meeting_at__isnull=False).update(
        meeting_at=None, meeting_minutes=None
    )
    return len(keys)


def _forget_words(keys: list[int]) -> None:
    IntroductionMessage.objects.filter(introduction__in=keys).delete()
    ShownDocument.objects.filter(introduction__in=keys).delete()
    IntroductionMove.objects.filter(introduction__in=keys).update(note="")
    Introduction.objects.filter(pk__in=keys).update(meeting_place="")


def _plain(row: Introduction) -> Mapping[str, Any]:
    return {
        "numero": row.pk,
        "structure": row.partner.name,
        "metier": str(row.need.profession),
        "origine": row.origin,
        "etape": row.state,
        "proposee_le": row.proposed_at.isoformat(),
        "accord_le": row.agreed_at.isoformat() if row.agreed_at else None,
        "reponse_le": row.answered_at.isoformat() if row.answered_at else None,
        "rendez_vous_le": row.meeting_at.isoformat() if row.meeting_at else None,
        "rendez_vous_lieu": row.meeting_place,
        "prise_de_poste": row.starts_on.isoformat() if row.starts_on else None,
        "terminee_le": row.ended_at.isoformat() if row.ended_at else None,
        "raison": row.close_reason,
    }
