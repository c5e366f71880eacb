"""What the organiser decides by hand: pairs imposed or forbidden, weights."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ancrage.events.enums import EventAction, RuleKind, SideRole, WishKind
from ancrage.events.models import Event, PairRule, Party, Side, Wish
from ancrage.events.services.compatibility import MOST_WEIGHT, PARTS_WEIGHED
from ancrage.events.services.errors import EventChangedMeanwhile
from ancrage.kit.audit import record
from ancrage.kit.refusals import FieldRefusal, Refusal


class PairRefused(Refusal):
    """One of the two asked not to meet the other: nobody is made to."""

    sentence = _(
        "L’une des deux personnes a demandé à ne pas rencontrer l’autre : cette rencontre"
        " ne s’impose pas."
    )
    known_as = "refused"


class GroupGone(Refusal):
    """One of the two groups was joined to another since."""

    sentence = _(
        "L’un des deux groupes vient d’être réuni à un autre : relisez, puis recommencez."
    )
    known_as = "gone"


class RoundNotPossible(FieldRefusal):
    """The round does not exist, or one of the two is away then."""

    field = "round"
    sentence = _("L’un des deux n’est pas là à ce tour, ou ce tour n’existe pas.")


class NoWeight(Refusal):
    """All the weights are 0, or one is out of bounds."""

    sentence = _("Donnez au moins un poids au-dessus de 0 : sinon toutes les paires se valent.")
    known_as = "no_weight"


@transaction.atomic
def rule_pair(
    *,
    host: Party,
    visitor: Party,
    kind: RuleKind | None,
    round_number: int | None = None,
    reason: str = "",
    by: Any,
    now: datetime,
) -> None:
    """Impose a meeting (in a round from 0, or in any), forbid it, or set the pair free (None).

    The next version takes it into account. Raises `GroupGone`, `PairRefused`,
    `RoundNotPossible`, and `ValueError` for parties that are not a host and a visitor of one
    event.
    """
    roles = (host.side.role, visitor.side.role)
    if host.event_id != visitor.event_id or roles != (SideRole.HOST, SideRole.VISITOR):
        raise ValueError("not a host and a visitor of one event")
    # A refusal of this very moment, or two groups being joined: before this, or after it.
    pair = Party.objects.select_for_update(no_key=True).filter(pk__in=[host.pk, visitor.pk])
    held = list(pair.order_by("pk"))
    if kind is not None and not all(party.members.exists() for party in held):
        raise GroupGone
    if kind == RuleKind.LOCKED:
        _refuse_lock(host, visitor, round_number)
    rule = PairRule.objects.filter(host=host, visitor=visitor)
    before = rule.values_list("kind", flat=True).first() or ""
    if kind is None:
        rule.delete()
    else:
        PairRule.objects.update_or_create(
            host=host,
            visitor=visitor,
            defaults={
                "event": host.event,
                "kind": kind,
                "round": round_number if kind == RuleKind.LOCKED else None,
                "reason": reason.strip(),
                "at": now,
            },
        )
    if before != (kind or "") or kind is not None:
        record(
            action=EventAction.RULED,
            target=host.event,
            by=by,
            now=now,
            scope=f"territory:{host.event.territory_id}",
            changes={"rule": [before, kind or ""]},
        )


def _refuse_lock(host: Party, visitor: Party, round_number: int | None) -> None:
    pair = Q(by=host, about=visitor) | Q(by=visitor, about=host)
    if Wish.objects.filter(pair, kind=WishKind.REFUSED).exists():
        raise PairRefused
    if round_number is None:
        return
    away = {*host.absent_rounds, *visitor.absent_rounds}
    if not 0 <= round_number < host.event.rounds or round_number in away:
        raise RoundNotPossible


@transaction.atomic
def set_weights(
    *,
    event: Event,
    weights: Mapping[str, int],
    wish_weights: Mapping[str, int],
    by: Any,
    now: datetime,
) -> None:
    """Keep how much each part of compatibility, and the wishes of each side, count (0 to 10).

    Raises `NoWeight`, and `EventChangedMeanwhile` when the event is no more as it was read.
    """
    kept = {name: weights[name] for name in PARTS_WEIGHED if name in weights}
    values = [*kept.values(), *wish_weights.values()]
    if not any(kept.values()) or not all(0 <= value <= MOST_WEIGHT for value in values):
        raise NoWeight
    changed = Event.objects.filter(pk=event.pk, revision=event.revision).update(
        weights=kept, revision=F("revision") + 1
    )
    if not changed:
        raise EventChangedMeanwhile
    for role, value in sorted(wish_weights.items()):
        Side.objects.filter(event=event, role=role).update(wish_weight=value)
    record(
        action=EventAction.CHANGED,
        target=event,
        by=by,
        now=now,
        scope=f"territory:{event.territory_id}",
        changes={"weights": [event.weights, kept]},
    )
    event.weights = kept
    event.revision += 1
