"""One version of the timetable in force: what sheets, telephones and the evening follow."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.events.enums import EventAction, RuleKind, TimetableStatus, WishKind
from ancrage.events.models import Event, PairRule, Timetable, Wish
from ancrage.events.services.announcing import announce
from ancrage.events.services.planning import refuse_begun
from ancrage.kit.audit import record
from ancrage.kit.refusals import Refusal


class NotComputed(ValidationError):
    """That version is not there yet, or could not be made."""

    def __init__(self) -> None:
        super().__init__(_("Cette version n’est pas calculée : elle ne se publie pas."))


class AlreadyInForce(Refusal):
    """That version is the one that is followed."""

    sentence = gettext_lazy("Cette version est déjà en vigueur.")
    known_as = "in_force"


class MeetingRefused(Refusal):
    """Since it was computed, somebody refused one of its meetings, or the organiser forbade it."""

    sentence = gettext_lazy(
        "Depuis ce calcul, une de ses rencontres a été refusée ou interdite :"
        " recalculez, puis publiez."
    )
    known_as = "meeting_refused"


@transaction.atomic
def publish_timetable(*, timetable: Timetable, by: Any, now: datetime, tell: bool = False) -> None:
    """Put a version in force instead of the one that was; an earlier version may come back.

    With `tell`, a mail goes to whoever has a place, or to those alone whose evening changes.

    Raises `NotComputed`, `AlreadyInForce`, `MeetingRefused`, and `EveningBegun` once the rounds
    have begun.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=timetable.event_id)
    refuse_begun(event)
    fresh = Timetable.objects.only("status", "in_force", "event").get(pk=timetable.pk)
    if fresh.status != TimetableStatus.DONE:
        raise NotComputed
    if fresh.in_force:
        raise AlreadyInForce
    if _holds_a_refusal(fresh):
        raise MeetingRefused
    before = event.timetables.filter(in_force=True).defer("instance").first()
    event.timetables.filter(in_force=True).update(in_force=False)
    Timetable.objects.filter(pk=timetable.pk).update(in_force=True, published_at=now)
    record(
        action=EventAction.PUBLISHED,
        target=timetable,
        by=by,
        now=now,
        scope=f"territory:{event.territory_id}",
        changes={"version": [before.version if before else None, timetable.version]},
    )
    if tell:
        announce(timetable=timetable, before=before, now=now)


def _holds_a_refusal(timetable: Timetable) -> bool:
    refused = Wish.objects.filter(kind=WishKind.REFUSED)
    host, visitor = OuterRef("host"), OuterRef("visitor")
    return timetable.meetings.filter(
        Exists(refused.filter(by=host, about=visitor))
        | Exists(refused.filter(by=visitor, about=host))
        | Exists(PairRule.objects.filter(host=host, visitor=visitor, kind=RuleKind.FORBIDDEN))
    ).exists()


def note_grid_export(*, timetable: Timetable, by: Any, now: datetime) -> None:
    """Leave a trace of a timetable taken away with its names."""
    record(
        action=EventAction.EXPORTED,
        target=timetable,
        by=by,
        now=now,
        scope=f"territory:{timetable.event.territory_id}",
    )
