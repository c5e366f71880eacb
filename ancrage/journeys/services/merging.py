"""What journeys become when two profiles of one person are merged, and parted again."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from ancrage.candidates.models import Candidate
from ancrage.candidates.services.merging import merges, unmerges
from ancrage.journeys.enums import (
    OPEN_STATES,
    CloseReason,
    ImmersionState,
    JourneyEvent,
    JourneyState,
)
from ancrage.journeys.models import Immersion, Journey, Stay, Step
from ancrage.journeys.services.journeys import closing_values
from ancrage.journeys.services.keeping import day_of, tell_journal

# Whoever is parted again is thought of within the week.
_AFTER_PARTING = timedelta(days=7)


@merges("journeys")
def move_journeys(*, kept: Candidate, absorbed: Candidate, now: datetime) -> Any:
    """Give the journeys of one profile to the other.

    Of two open ones, that of the kept profile goes on: it receives what the other still had to
    do (steps, planned immersions, posts held, with their questions), its next action as one more
    step, and its goal where none was said. The other is closed and stays readable.
    """
    mine, other = _open_of(kept), _open_of(absorbed)
    joined = _join(mine, other, now=now) if mine is not None and other is not None else None
    rows = Journey.objects.filter(candidate=absorbed)
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    rows.filter(pk__in=keys).update(candidate=kept)
    return {"moved": keys, "joined": joined}


@unmerges("journeys")
def move_journeys_back(*, kept: Candidate, absorbed: Candidate, moved: Any, now: datetime) -> None:
    """Give back the journeys that had moved; one that the merge had closed is open again, with
    what it had handed over."""
    rows = Journey.objects.filter(pk__in=moved["moved"], candidate=kept)
    rows.update(candidate=absorbed)
    if moved["joined"] is not None:
        _part(moved["joined"], now=now)


def _open_of(candidate: Candidate) -> Journey | None:
    return Journey.objects.filter(candidate=candidate, state__in=sorted(OPEN_STATES)).first()


def _join(mine: Journey, other: Journey, *, now: datetime) -> dict[str, Any]:
    """Hand over what is open of one journey, then close it. Keys and codes only are returned."""
    current = Stay.objects.filter(journey=mine, ended_on__isnull=True)
    handed = {
        "steps": Step.objects.filter(journey=other, done_on__isnull=True),
        "immersions": Immersion.objects.filter(journey=other, state=ImmersionState.PLANNED),
        # A post that both know is left where it is: its questions are asked once.
        "stays": Stay.objects.filter(journey=other, ended_on__isnull=True).exclude(
            partner__in=current.filter(partner__isnull=False).values("partner")
        ),
    }
    joined: dict[str, Any] = {
        "mine": mine.pk,
        "mine_state": mine.state,
        "other": other.pk,
        "other_state": other.state,
        "waits_for": other.waits_for,
        "goal": not mine.goal and bool(other.goal),
    }
    for name, rows in handed.items():
        joined[name] = list(rows.order_by("pk").values_list("pk", flat=True))
        manager: Any = rows.model._default_manager
        manager.filter(pk__in=joined[name]).update(journey=mine)
    step = Step.objects.create(journey=mine, label=other.next_action, due_on=other.next_action_on)
    joined["next_action"] = step.pk
    values: dict[str, Any] = {"goal": other.goal} if joined["goal"] else {}
    if joined["stays"]:
        values["state"] = JourneyState.IN_POST
    Journey.objects.filter(pk=mine.pk).update(**values, revision=F("revision") + 1)
    closed = closing_values(CloseReason.MERGED, on=day_of(now))
    Journey.objects.filter(pk=other.pk).update(**closed, revision=F("revision") + 1)
    changes = {"state": [joined["other_state"], JourneyState.CLOSED.value]}
    tell_journal(
        target=other,
        journey=other,
        event=JourneyEvent.CLOSED,
        by=None,
        now=now,
        changes={**changes, "reason": ["", CloseReason.MERGED.value]},
    )
    return joined


def _part(joined: dict[str, Any], *, now: datetime) -> None:
    """Undo `_join`, as far as the rows still are where it left them."""
    mine, other = joined["mine"], joined["other"]
    reopened = Journey.objects.filter(pk=other, close_reason=CloseReason.MERGED)
    if not reopened.exists():
        return
    for name, model in (("steps", Step), ("immersions", Immersion), ("stays", Stay)):
        rows = model._default_manager.filter(pk__in=joined[name], journey=mine)
        rows.update(journey=other)
    step = Step.objects.filter(pk=joined["next_action"], journey=mine).first()
    due_on = step.due_on if step else None
    reopened.update(
        state=joined["other_state"],
        next_action=step.label if step else _("Reprendre contact avec la personne"),
        next_action_on=due_on or day_of(now) + _AFTER_PARTING,
        waits_for=joined["waits_for"],
        closed_on=None,
        close_reason="",
        revision=F("revision") + 1,
    )
    if step is not None:
        step.delete()
    row = Journey.objects.get(pk=other)
    values: dict[str, Any] = {}
    kept = Journey.objects.get(pk=mine)
    if joined["goal"] and kept.goal == row.goal:
        values["goal"] = ""
    in_post = kept.stays.filter(ended_on__isnull=True).exists()
    if kept.is_open and kept.state != joined["mine_state"] and not in_post:
        values["state"] = joined["mine_state"]
    Journey.objects.filter(pk=mine).update(**values, revision=F("revision") + 1)
    tell_journal(target=row, journey=row, event=JourneyEvent.REOPENED, by=None, now=now)
