"""The evening, act by act: the doors, who is there, the rounds, the tables.

Each act changes what its author saw, or nothing: two organisers never undo one another, the
second is told what the first did. Nothing is kept but rows: a server that stops between two
rounds loses nothing.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.events.enums import (
    PLACED_STATES,
    PRESENCE_MOVES,
    EventAction,
    EventState,
    Presence,
    RegistrationState,
)
from ancrage.events.models import Event, Participant, Table
from ancrage.events.queries.evening import presence_of
from ancrage.events.services.keeping import move_event
from ancrage.kit.audit import record
from ancrage.kit.refusals import Refusal


class EveningNotOpen(Refusal):
    """Nothing is noted of an evening before its doors open, nor after it was closed."""

    sentence = gettext_lazy("L’accueil n’est pas ouvert : ouvrez la soirée d’abord.")
    known_as = "not_open"


class AlreadyNoted(ValidationError):
    """Another organiser noted the same thing first."""

    def __init__(self, presence: Presence) -> None:
        super().__init__(
            _("C’était déjà noté : %(presence)s."),
            code="already",
            params={"presence": presence.label},
        )


class PresenceChanged(ValidationError):
    """Another organiser noted something else since the page was shown."""

    def __init__(self, presence: Presence) -> None:
        super().__init__(
            _("Quelqu’un d’autre vient de noter : %(presence)s. Rien n’a été changé ; relisez."),
            code="changed_meanwhile",
            params={"presence": presence.label},
        )


class NobodyAwaited(Refusal):
    """Everybody who may come is noted already, by this organiser or another."""

    sentence = gettext_lazy("Plus personne n’est attendu : il n’y a rien à noter.")
    known_as = "nobody_awaited"


class NothingToTakeBack(Refusal):
    """What was noted of everybody was taken back, or noted otherwise, since."""

    sentence = gettext_lazy(
        "Il n’y a plus rien à annuler : d’autres choses ont été notées depuis."
    )
    known_as = "nothing"


class TakenByAnother(Refusal):
    """The address of somebody who gave up their place was registered again since."""

    sentence = gettext_lazy(
        "Cette adresse est inscrite une seconde fois : utilisez l’autre inscription."
    )
    known_as = "registered_again"


class TableAlready(ValidationError):
    """Another organiser took the table away, or put it back, first."""

    def __init__(self, table: Table, *, usable: bool) -> None:
        words = (
            _("La table %(number)s est déjà notée utilisable.")
            if usable
            else _("La table %(number)s est déjà notée perdue.")
        )
        super().__init__(words, code="already", params={"number": table.number})


@transaction.atomic
def open_evening(*, event: Event, by: Any, now: datetime) -> None:
    """Open the doors: registrations are closed if they were still open.

    Raises `StateNotAllowed`, `EventChangedMeanwhile`.
    """
    if event.state == EventState.OPEN:
        move_event(event=event, after=EventState.CLOSED, by=by, now=now)
    move_event(event=event, after=EventState.RUNNING, by=by, now=now)


@transaction.atomic
def note_presence(
    *, participant: Participant, after: Presence, seen: int, by: Any, now: datetime
) -> None:
    """Note that somebody arrived, left, came back or will not come; or that it was a mistake.

    Args:
        participant: read with its event.
        after: where the person is now.
        seen: the revision of the registration on the page where this was decided.
        by: the organiser.
        now: the time of the act, kept as that of the arrival or the departure.

    Raises:
        EveningNotOpen: the doors are not open.
        AlreadyNoted: another organiser noted the same.
        PresenceChanged: another organiser noted something else, or it makes no sense.
        TakenByAnother: the place was given up, and the same address registered again.
    """
    refuse_closed_doors(participant.event)
    before = presence_of(participant)
    if before == after:
        raise AlreadyNoted(before)
    if after not in PRESENCE_MOVES[before]:
        raise PresenceChanged(before)
    try:
        with transaction.atomic():
            changed = Participant.objects.filter(pk=participant.pk, revision=seen).update(
                **_written(participant, after, now=now), revision=F("revision") + 1
            )
    except IntegrityError:
        raise TakenByAnother from None
    participant.refresh_from_db()
    if not changed:
        current = presence_of(participant)
        raise AlreadyNoted(current) if current == after else PresenceChanged(current)
    record(
        action=EventAction.LEFT if after == Presence.LEFT else EventAction.ARRIVED,
        target=participant,
        by=by,
        now=now,
        scope=f"territory:{participant.event.territory_id}",
        changes={"presence": [before.value, after.value]},
    )


@transaction.atomic
def note_everybody(*, event: Event, by: Any, now: datetime) -> int:
    """Note that all those who are awaited are there; return how many.

    Whoever gave their place up, left, or waits for a place stays as they are. Of two organisers
    who do it at once, each person is noted once.

    Raises `EveningNotOpen`, `NobodyAwaited`.
    """
    refuse_closed_doors(event)
    awaited = Participant.objects.filter(
        event=event, state__in=PLACED_STATES, arrived_at=None, left_at=None
    )
    count = awaited.update(arrived_at=now, revision=F("revision") + 1)
    if not count:
        raise NobodyAwaited
    _note_all(event, by=by, now=now, count=count)
    return count


@transaction.atomic
def take_everybody_back(*, event: Event, at: datetime, by: Any, now: datetime) -> int:
    """Take back what `note_everybody` noted `at` that time; return of how many.

    Whatever was noted of somebody since, by any organiser, stays.

    Raises `EveningNotOpen`, `NothingToTakeBack`.
    """
    refuse_closed_doors(event)
    noted = Participant.objects.filter(
        event=event, state__in=PLACED_STATES, arrived_at=at, left_at=None
    )
    count = noted.update(arrived_at=None, revision=F("revision") + 1)
    if not count:
        raise NothingToTakeBack
    _note_all(event, by=by, now=now, count=-count)
    return count


def _note_all(event: Event, *, by: Any, now: datetime, count: int) -> None:
    record(
        action=EventAction.ARRIVED,
        target=event,
        by=by,
        now=now,
        scope=f"territory:{event.territory_id}",
        changes={"everybody": [0, count]},
    )


def _written(participant: Participant, after: Presence, *, now: datetime) -> dict[str, Any]:
    """Return what the row of somebody says once they are there, gone, awaited or given up."""
    if after == Presence.LEFT:
        return {"left_at": now}
    if after == Presence.ABSENT:
        return {
            "state": RegistrationState.CANCELLED,
            "cancelled_at": now,
            "confirmed_at": None,
        }
    placed: dict[str, Any] = {
        "arrived_at": (participant.arrived_at or now) if after == Presence.ARRIVED else None,
        "left_at": None,
    }
    if participant.state in {RegistrationState.CANCELLED, RegistrationState.WAITING}:
        placed |= {"state": RegistrationState.REGISTERED, "cancelled_at": None}
    return placed


@transaction.atomic
def set_table(*, table: Table, usable: bool, by: Any, now: datetime) -> None:
    """Note that a table is lost (broken, taken), or there again.

    Meetings announced at it stay where they are until the rounds left are planned again.

    Raises `EveningNotOpen`, `TableAlready`.
    """
    refuse_closed_doors(table.event)
    if not Table.objects.filter(pk=table.pk, usable=not usable).update(usable=usable):
        raise TableAlready(table, usable=usable)
    table.usable = usable
    record(
        action=EventAction.CHANGED,
        target=table.event,
        by=by,
        now=now,
        scope=f"territory:{table.event.territory_id}",
        changes={f"table {table.number}": [not usable, usable]},
    )


def refuse_closed_doors(event: Event) -> None:
    """Raise `EveningNotOpen` unless the evening is running."""
    if event.state != EventState.RUNNING:
        raise EveningNotOpen
