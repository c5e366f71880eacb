"""A timetable in force told to the people of the evening, when the organiser asks for it.

The mail names nobody but its reader: whom one meets is read on one's own page.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ancrage.events.enums import PLACED_STATES
from ancrage.events.models import Participant, Timetable
from ancrage.events.queries.links import personal_token
from ancrage.events.queries.parties import named_parties
from ancrage.events.queries.timetables import changes_between, meetings_in
from ancrage.events.services.impossible import EveningBegun
from ancrage.events.services.planning import refuse_begun
from ancrage.events.services.telling import one_line
from ancrage.kit.mail import queue_mail
from ancrage.kit.outbox import enqueue, handles

ANNOUNCE = "events.announce_timetable"
_MAIL = "meetings/email/timetable"


def announce(*, timetable: Timetable, before: Timetable | None, now: datetime) -> None:
    """Queue the mails of a version just put in force, in the transaction that does so."""
    enqueue(
        key=f"timetable:{timetable.pk}:{int(now.timestamp())}",
        kind=ANNOUNCE,
        payload={
            "timetable": timetable.pk,
            "before": before.pk if before else None,
            "at": int(now.timestamp()),
        },
        now=now,
    )


@handles(ANNOUNCE)
def _announce(payload: Mapping[str, Any], now: datetime) -> None:
    """Write to everybody who has a place, or, after another version, to whom it changes.

    Nothing is told of a version that another replaced meanwhile. Bears a second call.
    """
    timetable = (
        Timetable.objects.select_related("event__commune")
        .filter(pk=payload["timetable"], in_force=True)
        .first()
    )
    if timetable is None:
        return
    try:
        refuse_begun(timetable.event)
    except EveningBegun:
        return
    meetings = meetings_in(timetable)
    counts: dict[int, int] = {}
    for one in meetings:
        for party in (one.host_id, one.visitor_id):
            counts[party] = counts.get(party, 0) + 1
    told = Participant.objects.filter(
        event=timetable.event, state__in=PLACED_STATES, subject__limited_at__isnull=True
    )
    before = Timetable.objects.filter(pk=payload["before"]).first()
    if before is not None:
        names = named_parties(timetable.event)
        changed = changes_between(meetings_in(before), meetings, names)
        told = told.filter(party__in=[one.party.pk for one in changed])
    for participant in told.exclude(email="").order_by("pk"):
        queue_mail(
            key=f"timetable:{timetable.pk}:{payload['at']}:{participant.pk}",
            to=participant.email,
            template=_MAIL,
            context={
                "event": timetable.event,
                "greeting": one_line(participant.first_name),
                "meetings": counts.get(participant.party_id, 0),
                "again": before is not None,
                "token": personal_token(participant),
            },
            language=participant.language,
            now=now,
        )
