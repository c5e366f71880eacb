"""What happens to requests when their person asks for their rights, or two profiles are one."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ancrage.privacy.models import DataSubject
from ancrage.privacy.rights import Export, erases, exports, joins, parts
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import trace_access
from ancrage.privacy.terms import month_of
from ancrage.schemes.enums import AidEvent, AidState
from ancrage.schemes.models import AidMove, AidRequest
from ancrage.schemes.services.requests.asking import tell_journal

PURPOSE = "aids"


@erases("schemes")
def erase_requests(*, subject: DataSubject, now: datetime) -> None:
    """Empty the requests: aid, state, month and amounts remain, for the figures.

    Notes, accounts and moves go entirely.
    """
    rows = AidRequest.objects.filter(subject=subject)
    AidMove.objects.filter(request__in=rows).delete()
    for row in rows.order_by("pk"):
        AidRequest.objects.filter(pk=row.pk).update(
            asked_on=_month(row.asked_on),
            state_on=_month(row.state_on),
            created_at=month_of(row.created_at),
            state=AidState.CLOSED if row.state == AidState.ASKED else row.state,
            starts_on=None,
            course_months=None,
            reminded_on=None,
            note="",
            opened_by=None,
        )


@exports("schemes")
def export_requests(*, subject: DataSubject) -> Export:
    """Hand over the requests and their moves."""
    rows = AidRequest.objects.filter(subject=subject).select_related("scheme").order_by("pk")
    moves = AidMove.objects.filter(request__in=rows).select_related("by").order_by("pk")
    return Export(
        tables={
            "demandes_d_aides": [_request(row) for row in rows],
            "suites_des_demandes": [
                {
                    "request": move.request_id,
                    "before": move.before,
                    "after": move.after,
                    "on": move.on.isoformat(),
                    "by": str(move.by or ""),
                    "undone": move.undone_at is not None,
                }
                for move in moves
            ],
        }
    )


@joins("schemes")
def move_requests(*, kept: DataSubject, absorbed: DataSubject, now: datetime) -> Any:
    """Give the requests of one profile to the other; of two that wait for the same answer, that
    of the profile that leaves stays where it is."""
    waiting = AidRequest.objects.filter(subject=kept, state=AidState.ASKED)
    rows = AidRequest.objects.filter(subject=absorbed)
    twice = rows.filter(state=AidState.ASKED, scheme__in=waiting.values("scheme"))
    keys = list(rows.exclude(pk__in=twice).order_by("pk").values_list("pk", flat=True))
    AidRequest.objects.filter(pk__in=keys).update(subject=kept)
    return keys


@parts("schemes")
def move_requests_back(
    *, kept: DataSubject, absorbed: DataSubject, moved: Any, now: datetime
) -> None:
    """Give back the requests that had moved, but those that wait for an answer the other asked
    for since."""
    rows = AidRequest.objects.filter(pk__in=moved, subject=kept)
    rows.update(subject=absorbed)


@transaction.atomic
def record_requests_export(
    *, requests: Sequence[AidRequest], viewer: Viewer, reason: str, by: Any, now: datetime
) -> None:
    """Note that requests left in a file: one line a territory, and one for each person."""
    told: dict[int, list[AidRequest]] = {}
    people: dict[int, DataSubject] = {}
    for request in requests:
        told.setdefault(request.territory_id, []).append(request)
        if request.subject is not None:
            people[request.subject.pk] = request.subject
    for _key, subject in sorted(people.items()):
        trace_access(subject=subject, viewer=viewer, purpose=PURPOSE, fields=["export"], now=now)
    for _territory, theirs in sorted(told.items()):
        changes = {"count": [0, len(theirs)], "reason": ["", reason]}
        tell_journal(request=theirs[0], event=AidEvent.EXPORTED, by=by, now=now, changes=changes)


def _request(row: AidRequest) -> Mapping[str, Any]:
    return {
        "request": row.pk,
        "aid": row.scheme.label_fr,
        "state": row.state,
        "asked_on": row.asked_on.isoformat(),
        "state_on": row.state_on.isoformat(),
        "asked_cents": row.asked_cents,
        "granted_cents": row.granted_cents,
        "paid_cents": row.paid_cents,
        "starts_on": row.starts_on.isoformat() if row.starts_on else None,
        "course_months": row.course_months,
        "note": row.note,
        "opened_by": str(row.opened_by or ""),
    }


def _month(day: date) -> date:
    return day.replace(day=1)
