"""The rounds of the evening: started, lengthened, ended, taken back, dropped.

Who starts or ends a round names it: of two organisers, or two presses of one key, only the first
is obeyed. A constraint holds one round at a time. Each act holds the event first: a plan of the
rounds left is confirmed before it or after it, never over it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.events.enums import EventAction, EventState, RoundState
from ancrage.events.models import Event, Meeting, Round
from ancrage.events.queries.evening import (
    parties_that_met,
    people_of,
    progress_of,
    timetable_in_force,
)
from ancrage.events.services.errors import EventChangedMeanwhile
from ancrage.events.services.evening import EveningNotOpen, refuse_closed_doors
from ancrage.events.services.keeping import move_event
from ancrage.kit.audit import record
from ancrage.kit.refusals import Refusal

ONE_MINUTE = timedelta(minutes=1)
_CORRECTED = {True: "held", False: "not_held"}


class NothingToFollow(Refusal):
    """No timetable is published: nobody would know where to go."""

    sentence = gettext_lazy(
        "Aucune grille de passage n’est publiée : publiez-en une, puis commencez."
    )
    known_as = "no_timetable"


class RoundMovedOn(Refusal):
    """Another organiser, or the same key pressed twice, started or ended the round first."""

    sentence = gettext_lazy(
        "Le tour a changé entre-temps : rien n’a été fait. Regardez où en est la soirée."
    )
    known_as = "round_moved_on"


class HeldAsSaid(ValidationError):
    """Another organiser corrected the meeting first."""

    def __init__(self, *, held: bool) -> None:
        words = (
            _("Cette rencontre est déjà notée comme tenue.")
            if held
            else _("Il est déjà noté que cette rencontre n’a pas eu lieu.")
        )
        super().__init__(words, code="already")


class RoundNotToCome(Refusal):
    """Only a round that has not begun is dropped, or put back."""

    sentence = gettext_lazy("Ce tour a déjà commencé, ou n’existe pas.")
    known_as = "round_begun"


@transaction.atomic
def start_round(*, event: Event, number: int, by: Any, now: datetime) -> Round:
    """Start round `number` (from 0), which must be the next one.

    Raises `EveningNotOpen`, `NothingToFollow`, `RoundMovedOn`.
    """
    _hold(event)
    refuse_closed_doors(event)
    if timetable_in_force(event) is None:
        raise NothingToFollow
    progress = progress_of(event, on=now)
    following = progress.following
    if progress.current is not None or following is None or following.number != number:
        raise RoundMovedOn
    try:
        with transaction.atomic():
            started = Round.objects.create(
                event=event,
                number=number,
                started_at=now,
                ends_at=now + timedelta(minutes=event.minutes),
            )
    except IntegrityError:
        raise RoundMovedOn from None
    _note(EventAction.ROUND_STARTED, event, number, by=by, now=now)
    return started


@transaction.atomic
def end_round(*, event: Event, number: int, by: Any, now: datetime) -> int:
    """End the round being played; return how many meetings were held.

    A meeting was held if both sides came before the end and did not leave before the middle:
    somebody is often noted gone a little before the bell.

    Raises `EveningNotOpen`, `RoundMovedOn`.
    """
    _hold(event)
    refuse_closed_doors(event)
    running = Round.objects.filter(event=event, number=number, ended_at=None)
    if not running.update(ended_at=now):
        raise RoundMovedOn
    ended = Round.objects.get(event=event, number=number)
    met = parties_that_met(people_of(event), started_at=ended.started_at, ended_at=now)
    held = Meeting.objects.filter(
        timetable__event=event,
        timetable__in_force=True,
        round=number,
        host__in=met,
        visitor__in=met,
    ).update(held=True)
    _note(EventAction.ROUND_ENDED, event, number, by=by, now=now)
    return held


@transaction.atomic
def correct_held(*, meeting: Meeting, held: bool, by: Any, now: datetime) -> None:
    """Say by hand that a meeting of a round that is over took place, or did not.

    One that did not may be given another round by the next plan. `meeting` is read with its
    timetable and event.

    Raises:
        EveningNotOpen: the evening neither runs nor is over.
        RoundMovedOn: the round is played again, or another version is in force.
        HeldAsSaid: another organiser corrected it first.
    """
    event = meeting.timetable.event
    _hold(event)
    if event.state not in {EventState.RUNNING, EventState.OVER}:
        raise EveningNotOpen
    ended = Round.objects.filter(event=event, number=meeting.round, ended_at__isnull=False)
    in_force = Meeting.objects.filter(pk=meeting.pk, timetable__in_force=True)
    if not (ended.exists() and in_force.exists()):
        raise RoundMovedOn
    if not in_force.filter(held=not held).update(held=held):
        raise HeldAsSaid(held=held)
    meeting.held = held
    _note(EventAction.CHANGED, event, meeting.round, by=by, now=now, what=_CORRECTED[held])


@transaction.atomic
def add_minute(*, event: Event, number: int, seen: datetime, by: Any, now: datetime) -> Round:
    """Give the round being played a minute more than the end `seen` by whoever asks.

    Of two who add a minute at once, one does. A round already late gets a minute from now.

    Raises `EveningNotOpen`, `RoundMovedOn`.
    """
    _hold(event)
    refuse_closed_doors(event)
    running = Round.objects.filter(event=event, number=number, ended_at=None, ends_at=seen)
    if not running.update(ends_at=max(seen, now) + ONE_MINUTE):
        raise RoundMovedOn
    _note(EventAction.CHANGED, event, number, by=by, now=now, what="minute")
    return Round.objects.get(event=event, number=number)


@transaction.atomic
def take_round_back(*, event: Event, number: int, by: Any, now: datetime) -> None:
    """Undo the start of the round being played, or the end of the last one.

    A round taken up again lasts a minute at least; its meetings are no longer said held.

    Raises `EveningNotOpen`, `RoundMovedOn`.
    """
    _hold(event)
    refuse_closed_doors(event)
    last = progress_of(event, on=now).last
    if last is None or last.number != number:
        raise RoundMovedOn
    still = Round.objects.filter(pk=last.pk, ended_at=last.ended_at)
    if last.ended_at is None:
        changed, _rows = still.delete()
    else:
        changed = still.update(ended_at=None, ends_at=max(last.ends_at, now + ONE_MINUTE))
        Meeting.objects.filter(
            timetable__event=event, timetable__in_force=True, round=number
        ).update(held=False)
    if not changed:
        raise RoundMovedOn
    _note(EventAction.CHANGED, event, number, by=by, now=now, what="taken_back")


@transaction.atomic
def drop_round(*, event: Event, number: int, by: Any, now: datetime) -> None:
    """Give up a round to come; the others keep their number and come sooner.

    Raises `EveningNotOpen`, `RoundNotToCome`, `EventChangedMeanwhile`.
    """
    _put_dropped(event, number, RoundState.COMING, by=by, now=now)


@transaction.atomic
def put_round_back(*, event: Event, number: int, by: Any, now: datetime) -> None:
    """Play a round that had been dropped.

    Raises `EveningNotOpen`, `RoundNotToCome`, `EventChangedMeanwhile`.
    """
    _put_dropped(event, number, RoundState.DROPPED, by=by, now=now)


@transaction.atomic
def close_evening(*, event: Event, by: Any, now: datetime) -> None:
    """End the evening, and the round being played if there is one.

    Raises `EveningNotOpen`, `EventChangedMeanwhile`.
    """
    _hold(event)
    refuse_closed_doors(event)
    current = progress_of(event, on=now).current
    if current is not None:
        end_round(event=event, number=current.number, by=by, now=now)
    move_event(event=event, after=EventState.OVER, by=by, now=now)


def _hold(event: Event) -> None:
    """Wait for whoever changes the evening; the rows read afterwards are those they left."""
    held = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    event.state, event.dropped_rounds = held.state, held.dropped_rounds


def _put_dropped(event: Event, number: int, before: RoundState, *, by: Any, now: datetime) -> None:
    _hold(event)
    refuse_closed_doors(event)
    progress = progress_of(event, on=now)
    begun = -1 if progress.last is None else progress.last.number
    if not any(slot.number == number and slot.state == before for slot in progress.slots) or (
        number < begun
    ):
        raise RoundNotToCome
    dropped = sorted({*event.dropped_rounds} ^ {number})
    still = Event.objects.filter(pk=event.pk, revision=event.revision)
    if not still.update(dropped_rounds=dropped, revision=F("revision") + 1):
        raise EventChangedMeanwhile
    event.dropped_rounds = dropped
    event.revision += 1
    _note(EventAction.CHANGED, event, number, by=by, now=now, what="dropped")


def _note(
    action: EventAction, event: Event, number: int, *, by: Any, now: datetime, what: str = "round"
) -> None:
    record(
        action=action,
        target=event,
        by=by,
        now=now,
        scope=f"territory:{event.territory_id}",
        changes={what: ["", number + 1]},
    )
