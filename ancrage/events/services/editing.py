"""What organisers change in an event: its facts, its two sides, its breaks.

All of it is read and written at one revision of the event: of two organisers who change it at
once, the second is shown what the first has written.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from ancrage.events.enums import EventAction, EventState
from ancrage.events.models import Event, EventBreak, PairRule, Participant, Side
from ancrage.events.queries.whereabouts import pauses_of, whereabouts_of
from ancrage.events.services.errors import EventChangedMeanwhile
from ancrage.events.services.moving import tell_moved
from ancrage.events.services.opening import plan_opening
from ancrage.events.services.registering import give_places
from ancrage.kit.audit import differences, record

# What an organiser writes of an event; its state, its weights and its address are not among it.
FACTS = (
    "title",
    "summary",
    "partners",
    "commune",
    "place",
    "address",
    "access",
    "welcome",
    "doors_at",
    "starts_at",
    "registration_closes_at",
    "wishes_close_at",
    "marks_close_at",
    "rounds",
    "minutes",
    "changeover",
    "guarantee",
    "run_limit",
)
# What the evening follows: once it has begun, rounds are changed from its own page.
_SET_BY_THE_EVENING = frozenset(
    {
        "doors_at",
        "starts_at",
        "registration_closes_at",
        "wishes_close_at",
        "rounds",
        "minutes",
        "changeover",
    }
)
_BEGUN = frozenset({EventState.RUNNING, EventState.OVER})
SIDE_FACTS = (
    "name",
    "singular",
    "explanation",
    "capacity",
    "wish_weight",
    "most_meetings",
)


def usual_dates(*, starts_at: datetime, now: datetime) -> dict[str, datetime]:
    """Return the other dates of an event, as they usually stand around its first round.

    Registrations end two days before, wishes one day before, as far as that is still to come.
    """
    return {
        "doors_at": starts_at - timedelta(minutes=30),
        "registration_closes_at": _still_to_come(starts_at - timedelta(days=2), starts_at, now),
        "wishes_close_at": _still_to_come(starts_at - timedelta(days=1), starts_at, now),
        "marks_close_at": starts_at + timedelta(days=2),
    }


def facts_of_event(event: Event) -> dict[str, Any]:
    """Return what `edit_event` may change, as it is."""
    return {name: getattr(event, name) for name in FACTS}


@transaction.atomic
def edit_event(
    *,
    event: Event,
    revision: int,
    by: Any,
    now: datetime,
    tell: bool = False,
    **facts: Any,
) -> Event:
    """Change facts of an event read at `revision`; return it as it is now.

    With `tell`, whoever is registered is told of a new day, hour or place.
    Fewer rounds take away the breaks after the last one, and leave the imposed pairs of the
    rounds that are gone to any round. Once the evening has begun its hours no longer change here,
    nor the term of the answers once it has passed. Raises ValidationError (reasons by field) and
    `EventChangedMeanwhile`.
    """
    current = lock_event(event, revision)
    changes = differences(_plain(facts_of_event(current)), _plain(facts))
    _refuse_too_late(current, changes, now=now)
    before = whereabouts_of(current)
    for name, value in facts.items():
        setattr(current, name, value)
    current.full_clean(exclude=["slug", "weights"])
    if not changes:
        return current
    if "marks_close_at" in changes and current.state == EventState.OVER:
        plan_opening(event=current, now=now)
    EventBreak.objects.filter(event=current, after_round__gte=current.rounds - 1).delete()
    PairRule.objects.filter(event=current, round__gte=current.rounds).update(round=None)
    saved = save_revision(event=current, changes=changes, by=by, now=now)
    if tell:
        tell_moved(event=saved, before=before, now=now)
    return saved


def _refuse_too_late(event: Event, changes: Iterable[str], *, now: datetime) -> None:
    mistakes = {}
    for name in changes:
        if name in _SET_BY_THE_EVENING and event.state in _BEGUN:
            mistakes[name] = _("La soirée a commencé : ceci ne change plus ici.")
        elif name == "marks_close_at" and event.state in _BEGUN and now >= event.marks_close_at:
            mistakes[name] = _("Ce délai est passé : les contacts sont ouverts.")
    if mistakes:
        raise ValidationError(mistakes)


@transaction.atomic
def edit_sides(
    *,
    event: Event,
    revision: int,
    sides: Mapping[str, Mapping[str, Any]],
    by: Any,
    now: datetime,
) -> list[Participant]:
    """Change the sides of an event, by role; return those who are given a place thereby.

    A capacity below the number of people who have a place takes it from nobody.
    Raises ValidationError and `EventChangedMeanwhile`.
    """
    current = lock_event(event, revision)
    rows = {side.role: side for side in Side.objects.filter(event=current).order_by("pk")}
    changes: dict[str, list[Any]] = {}
    for role, facts in sides.items():
        side = rows[role]
        before = {name: getattr(side, name) for name in SIDE_FACTS}
        changed = differences(before, facts)
        changes |= {f"{role}.{name}": pair for name, pair in changed.items()}
        for name, value in facts.items():
            setattr(side, name, value)
        side.full_clean()
        side.save()
    if not changes:
        return []
    save_revision(event=current, changes=changes, by=by, now=now)
    given: list[Participant] = []
    for side in rows.values():
        given += give_places(side=side, now=now)
    return given


@transaction.atomic
def set_breaks(
    *,
    event: Event,
    revision: int,
    breaks: Mapping[int, int],
    by: Any,
    now: datetime,
    tell: bool = False,
) -> Event:
    """Give an event these breaks and no other: {round (from 0) they follow: minutes}.

    With `tell`, whoever is registered is told that it ends at another hour.
    Raises ValidationError (a break that follows no round, or the last) and
    `EventChangedMeanwhile`.
    """
    current = lock_event(event, revision)
    before, known = pauses_of(current), whereabouts_of(current)
    if before == dict(breaks):
        return current
    current.breaks.all().delete()
    for after_round, minutes in sorted(breaks.items()):
        pause = EventBreak(event=current, after_round=after_round, minutes=minutes)
        pause.full_clean()
        pause.save()
    changes = {"breaks": [_spoken(before), _spoken(breaks)]}
    saved = save_revision(event=current, changes=changes, by=by, now=now)
    if tell:
        tell_moved(event=saved, before=known, now=now)
    return saved


def lock_event(event: Event, revision: int) -> Event:
    """Return the row as it is now, held until the end of the transaction.

    Raises `EventChangedMeanwhile` unless it still is at `revision`.
    """
    held = Event.objects.select_for_update(of=("self",), no_key=True)
    rows = held.select_related("territory", "commune")
    current = rows.get(pk=event.pk)
    if current.revision != revision:
        raise EventChangedMeanwhile(current)
    return current


def save_revision(
    *, event: Event, changes: Mapping[str, list[Any]], by: Any, now: datetime
) -> Event:
    """Save a locked event under its next revision, with the line of the journal."""
    event.revision += 1
    event.save()
    record(
        action=EventAction.CHANGED,
        target=event,
        by=by,
        now=now,
        scope=f"territory:{event.territory_id}",
        changes=changes,
    )
    return event


def _still_to_come(usual: datetime, starts_at: datetime, now: datetime) -> datetime:
    """Return the usual moment, or the first round when it is past already."""
    return usual if usual > now else starts_at


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The commune by its name: the journal is read by people."""
    return {name: str(value) if name == "commune" else value for name, value in facts.items()}


def _spoken(breaks: Mapping[int, int]) -> str:
    return ", ".join(f"{after + 1}: {minutes}" for after, minutes in sorted(breaks.items()))
