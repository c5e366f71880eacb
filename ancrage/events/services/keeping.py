"""An event from its preparation to its end: created, changed, moved from state to state."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from ancrage.events.enums import TRANSITIONS, EventAction, EventState, SideRole
from ancrage.events.models import Event, Meeting, Question, Side
from ancrage.events.reference import TEMPLATES, Template
from ancrage.events.services.editing import lock_event
from ancrage.events.services.errors import (
    EventChangedMeanwhile,
    EventInUse,
    HeldAlready,
    NotReadyToOpen,
    RestoredTooLate,
    StateNotAllowed,
)
from ancrage.events.services.news import tell_back_on, tell_called_off
from ancrage.events.services.opening import plan_opening
from ancrage.kit.audit import record
from ancrage.kit.imports.models import StagedImport
from ancrage.kit.moves import UNDO_WINDOW

# Nothing is left of having been called off.
_TAKES_PLACE: Mapping[str, Any] = MappingProxyType(
    {"cancelled_at": None, "cancelled_from": "", "cancelled_because": ""}
)


@transaction.atomic
def create_event(
    *,
    event: Event,
    template: str,
    by: Any,
    now: datetime,
    places: Mapping[str, int | None] | None = None,
) -> Event:
    """Save a new event with its two sides and the questions of a template.

    `places` gives the capacity of a side, by its role.
    Raises `KeyError` for a template that does not exist.
    """
    event.slug = _free_slug(event.title)
    event.created_at, event.created_by = now, by
    event.full_clean()
    event.save(force_insert=True)
    add_templates(event=event, template=TEMPLATES[template])
    for role, capacity in (places or {}).items():
        event.sides.filter(role=role).update(capacity=capacity)
    _note(EventAction.CREATED, event, by=by, now=now)
    return event


def add_templates(*, event: Event, template: Template) -> None:
    """Give an event the sides of a template, with what each is asked."""
    for side in template.sides:
        kept = Side.objects.create(
            event=event,
            role=side.role,
            name=str(side.name),
            singular=str(side.singular),
            explanation=str(side.explanation),
            wish_weight=side.wish_weight,
        )
        Question.objects.bulk_create(
            Question(
                side=kept,
                position=position,
                kind=question.kind,
                meaning=question.meaning,
                label=str(question.label),
                help_text=str(question.help_text),
                options=[[code, str(words)] for code, words in question.options],
                required=question.required,
                on_sheet=question.on_sheet,
            )
            for position, question in enumerate(side.questions, start=1)
        )


@transaction.atomic
def move_event(
    *, event: Event, after: EventState, by: Any, now: datetime, reason: str = ""
) -> None:
    """Bring an event to another state, if it still is as it was read.

    `reason` is kept of an event that is called off, and told to whoever is registered. Opened
    again after that, they are told that it takes place.
    Raises `StateNotAllowed`, `NotReadyToOpen`, `HeldAlready`, `EventChangedMeanwhile`.
    """
    before = EventState(event.state)
    if after not in TRANSITIONS[before]:
        raise StateNotAllowed(before, after)
    if after == EventState.OPEN:
        _refuse_unready(event, now=now)
    if before == EventState.RUNNING and after == EventState.CLOSED and _held(event):
        raise HeldAlready
    was_called_off = event.cancelled_at is not None
    ending: dict[str, Any] = {}
    if after == EventState.CANCELLED:
        ending = {
            "cancelled_at": now,
            "cancelled_from": before,
            "cancelled_because": reason.strip(),
        }
    elif after == EventState.OPEN:
        ending = dict(_TAKES_PLACE)
    _write(event, before=before, after=after, **ending)
    if after == EventState.OVER:
        plan_opening(event=event, now=now)
    _note(EventAction.MOVED, event, by=by, now=now, changes={"state": [before, after]})
    if after == EventState.CANCELLED and before != EventState.DRAFT:
        tell_called_off(event=event, now=now)
    elif after == EventState.OPEN and was_called_off:
        tell_back_on(event=event, now=now)


@transaction.atomic
def restore_event(*, event: Event, by: Any, now: datetime) -> None:
    """Bring an event that was called off back to where it was, if it still is as it was read.

    Whoever learnt that it was called off is told. Raises `RestoredTooLate`,
    `EventChangedMeanwhile`.
    """
    if not may_restore(event=event, now=now):
        raise RestoredTooLate
    before, after = EventState.CANCELLED, EventState(event.cancelled_from)
    _write(event, before=before, after=after, **_TAKES_PLACE)
    _note(EventAction.MOVED, event, by=by, now=now, changes={"state": [before, after]})
    if after != EventState.DRAFT:
        tell_back_on(event=event, now=now)


def may_restore(*, event: Event, now: datetime) -> bool:
    """Say whether calling it off may still be taken back: within a day, before it begins."""
    return (
        event.state == EventState.CANCELLED
        and event.cancelled_at is not None
        and now - event.cancelled_at <= UNDO_WINDOW
        and now < event.starts_at
    )


@transaction.atomic
def delete_event(*, event: Event, revision: int, by: Any, now: datetime) -> None:
    """Delete an event in preparation that nobody ever registered for, with what was written in it.

    Raises `EventInUse`, `EventChangedMeanwhile`.
    """
    current = lock_event(event, revision)
    # Whoever registers somebody locks the side: none comes in meanwhile.
    sides = list(Side.objects.select_for_update(of=("self",)).filter(event=current).order_by("pk"))
    if not may_delete(event=current, sides=sides):
        raise EventInUse
    _note(EventAction.DELETED, current, by=by, now=now, changes={"title": [current.title, ""]})
    current.delete()


def may_delete(*, event: Event, sides: Sequence[Side]) -> bool:
    """Say whether nothing depends on an event whose sides these are."""
    imports = StagedImport.objects.filter(owner_key__in=[f"side:{side.pk}" for side in sides])
    return (
        event.state == EventState.DRAFT
        and not event.participants.exists()
        and not event.timetables.exists()
        and not imports.exists()
    )


def _write(event: Event, *, before: EventState, after: EventState, **facts: Any) -> None:
    still = Event.objects.filter(pk=event.pk, state=before, revision=event.revision)
    if not still.update(state=after, revision=F("revision") + 1, **facts):
        raise EventChangedMeanwhile
    event.state = after
    event.revision += 1
    for name, value in facts.items():
        setattr(event, name, value)


def _refuse_unready(event: Event, *, now: datetime) -> None:
    if event.registration_closes_at <= now:
        raise NotReadyToOpen(_("la fin des inscriptions est passée, repoussez-la"))
    roles = set(event.sides.values_list("role", flat=True))
    if roles != set(SideRole.values):
        raise NotReadyToOpen(_("il manque un des deux côtés"))


def _held(event: Event) -> bool:
    return Meeting.objects.filter(timetable__event=event, held=True).exists()


# First words of other addresses of the events.
_RESERVED = frozenset({"gestion", "lien", "moi", "suites"})


def _free_slug(title: str) -> str:
    base = slugify(title)[:120] or "rencontre"
    taken = _RESERVED | set(
        Event.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    )
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def _note(
    action: EventAction,
    event: Event,
    *,
    by: Any,
    now: datetime,
    changes: dict[str, list[Any]] | None = None,
) -> None:
    record(
        action=action,
        target=event,
        by=by,
        now=now,
        scope=f"territory:{event.territory_id}",
        changes=changes,
    )
