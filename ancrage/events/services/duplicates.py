"""Two registrations of one person: made one, nothing that either says being lost."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ancrage.events.enums import PLACED_STATES, EventAction, EventState, RegistrationState
from ancrage.events.models import DistinctRegistrations, Event, Participant, Side
from ancrage.events.services.grouping import hold_parties, leave_wishes_to
from ancrage.events.services.registering import give_places
from ancrage.events.services.rights import forget_participants
from ancrage.kit.audit import record
from ancrage.privacy.services import refuse_frozen

_FILLED = ("first_name", "email", "phone", "organisation", "remark", "profession", "partner")
_MAY_MERGE = frozenset({EventState.DRAFT, EventState.OPEN, EventState.CLOSED})


class CannotMerge(ValidationError):
    """These two registrations cannot become one; the message says why."""


@transaction.atomic
def merge_registrations(
    *, kept: Participant, absorbed: Participant, by: Any, now: datetime
) -> tuple[str, ...]:
    """Complete `kept` with what `absorbed` says, then empty and cancel the latter.

    Of one side, the better of the two states is kept: who had a place still has one. The place
    that is freed goes to who waits. Return whom the person is no longer made to meet (see
    `leave_wishes_to`). Raises `CannotMerge`, `SubjectFrozen`.
    """
    for side in sorted({kept.party.side_id, absorbed.party.side_id}):
        Side.objects.select_for_update(no_key=True).get(pk=side)
    hold_parties(kept.event)
    rows = Participant.objects.select_related("event", "party__side", "subject")
    kept, absorbed = rows.get(pk=kept.pk), rows.get(pk=absorbed.pk)
    _refuse(kept, absorbed)
    same_side = kept.party.side_id == absorbed.party.side_id
    new = {name: getattr(absorbed, name) for name in _FILLED if not getattr(kept, name)}
    if "email" in new:
        new["email_key"] = absorbed.email_key
    waits = kept.state == RegistrationState.WAITING
    if same_side and waits and absorbed.state in PLACED_STATES:
        new |= {"state": absorbed.state, "confirmed_at": absorbed.confirmed_at}
    freed: tuple[str, ...] = ()
    if same_side:
        answered = kept.answers.values("question")
        absorbed.answers.exclude(question__in=answered).update(participant=kept)
        if absorbed.party.members.count() == 1 and absorbed.party_id != kept.party_id:
            freed = leave_wishes_to(before=absorbed.party, after=kept.party)
    # First the other leaves its address: one address is registered once.
    forget_participants(participants=Participant.objects.filter(pk=absorbed.pk), now=now)
    Participant.objects.filter(pk=absorbed.pk).update(
        state=RegistrationState.CANCELLED, cancelled_at=now, confirmed_at=None
    )
    Participant.objects.filter(pk=kept.pk).update(**new, revision=F("revision") + 1)
    kept.refresh_from_db()
    _note(kept.event, kept, absorbed, by=by, now=now)
    give_places(side=absorbed.party.side, now=now)
    return freed


@transaction.atomic
def tell_apart(*, one: Participant, other: Participant, by: Any, now: datetime) -> None:
    """Note that two registrations that look alike are two people; twice changes nothing.

    Raises `CannotMerge` for registrations that are not two of one event.
    """
    first, second = _ordered(one, other)
    _pair, is_new = DistinctRegistrations.objects.get_or_create(
        event=first.event,
        first=first,
        second=second,
        defaults={"at": now, "by": by if getattr(by, "pk", None) else None},
    )
    if is_new:
        _note(first.event, first, second, by=by, now=now, action=EventAction.DISTINCT)


@transaction.atomic
def compare_again(*, one: Participant, other: Participant, by: Any, now: datetime) -> None:
    """Take back what `tell_apart` noted; nothing happens when it was not. Raises `CannotMerge`."""
    first, second = _ordered(one, other)
    pair = DistinctRegistrations.objects.filter(first=first, second=second)
    if pair.delete()[0]:
        _note(first.event, first, second, by=by, now=now, action=EventAction.ALIKE)


def _ordered(one: Participant, other: Participant) -> tuple[Participant, Participant]:
    if one.pk == other.pk or one.event_id != other.event_id:
        raise CannotMerge(_("Choisissez deux inscriptions du même événement."))
    return (one, other) if one.pk < other.pk else (other, one)


def _refuse(kept: Participant, absorbed: Participant) -> None:
    _ordered(kept, absorbed)
    refuse_frozen(kept.subject)
    refuse_frozen(absorbed.subject)
    if kept.event.state not in _MAY_MERGE:
        raise CannotMerge(_("La soirée a commencé : les inscriptions restent comme elles sont."))
    if RegistrationState.CANCELLED in {kept.state, absorbed.state}:
        raise CannotMerge(_("L’une des deux inscriptions est déjà annulée."))


def _note(
    event: Event,
    kept: Participant,
    absorbed: Participant,
    *,
    by: Any,
    now: datetime,
    action: EventAction = EventAction.MERGED,
) -> None:
    record(
        action=action,
        target=kept,
        by=by,
        now=now,
        scope=f"territory:{event.territory_id}",
        changes={"joined": [f"{absorbed.pk}", f"{kept.pk}"]},
    )
