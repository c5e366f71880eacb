"""Who sits or moves together: parties joined, split, described."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from ancrage.events.enums import EventAction, EventState, PartyKind, SideRole, WishKind
from ancrage.events.models import PairRule, Participant, Party, Side, Table, Wish
from ancrage.kit.audit import record

# Once the evening has begun, meetings were held by the parties as they are.
_MAY_REGROUP = frozenset({EventState.DRAFT, EventState.OPEN, EventState.CLOSED})


class CannotRegroup(ValidationError):
    """These parties cannot be joined, or this one split; the message says why."""


@transaction.atomic
def join_parties(
    *, kept: Party, joined: Party, kind: PartyKind, name: str, by: Any, now: datetime
) -> Party:
    """Bring the members of `joined` into `kept`; the group goes on with the wishes of both.

    The emptied group remains, so that older versions of the timetable keep their meetings.
    Raises `CannotRegroup`.
    """
    side = _regroupable(kept)
    if joined.pk == kept.pk or joined.side_id != side.pk:
        raise CannotRegroup(_("Choisissez un autre groupe du même côté."))
    if kind == PartyKind.SINGLE:
        raise CannotRegroup({"kind": _("À plusieurs, on est une équipe ou un couple.")})
    states = set(kept.members.values_list("state", flat=True).order_by("state"))
    states |= set(joined.members.values_list("state", flat=True).order_by("state"))
    if "waiting" in states and len(states - {"cancelled"}) > 1:
        raise CannotRegroup(
            _(
                "L’un a une place, l’autre attend : donnez d’abord la place, ou laissez-les"
                " séparés."
            )
        )
    joined.members.update(party=kept)
    leave_wishes_to(before=joined, after=kept)
    kept.kind, kept.name = kind, name.strip()
    kept.save(update_fields=["kind", "name"])
    _note(kept, by=by, now=now, changes={"joined": ["", f"{joined.pk} → {kept.pk}"]})
    return kept


@transaction.atomic
def leave_party(*, participant: Participant, by: Any, now: datetime) -> Party:
    """Make somebody a group of their own; those who stay keep the wishes of the group.

    Raises `CannotRegroup`.
    """
    before = participant.party
    side = _regroupable(before)
    if before.members.count() == 1:
        raise CannotRegroup(_("Cette personne est déjà seule dans son groupe."))
    own = Party.objects.create(event=before.event, side=side, need=before.need)
    Participant.objects.filter(pk=participant.pk).update(party=own)
    if before.members.count() == 1:
        before.kind, before.name = PartyKind.SINGLE, ""
        before.save(update_fields=["kind", "name"])
    _note(own, by=by, now=now, changes={"joined": [f"{before.pk}", f"{own.pk}"]})
    return own


@transaction.atomic
def edit_party(
    *,
    party: Party,
    name: str,
    kind: PartyKind,
    seats: int,
    table: Table | None,
    by: Any,
    now: datetime,
) -> Party:
    """Change what is said of a group. `seats` counts the visitors that a host receives at once.

    Raises ValidationError (reasons by field).
    """
    alone = party.members.count() == 1
    if alone != (kind == PartyKind.SINGLE):
        words = _("Une personne seule.") if alone else _("À plusieurs : une équipe ou un couple.")
        raise ValidationError({"kind": words})
    if party.side.role == SideRole.VISITOR and seats != 1:
        raise ValidationError({"seats": _("Seul un hôte reçoit plusieurs visiteurs à la fois.")})
    party.name, party.kind, party.seats, party.table = name.strip(), kind, seats, table
    party.full_clean()
    party.save()
    _note(party, by=by, now=now, changes={"seats": ["", seats]})
    return party


def leave_wishes_to(*, before: Party, after: Party) -> None:
    """Give `after` the wishes by and about `before`, and the rules of the organiser."""
    _move_wishes(before, after)
    _move_rules(before, after)


def _regroupable(party: Party) -> Side:
    side = (
        Side.objects.select_for_update(of=("self",), no_key=True)
        .select_related("event")
        .get(pk=party.side_id)
    )
    if side.event.state not in _MAY_REGROUP:
        raise CannotRegroup(
            _("La soirée a commencé : les groupes restent comme ils sont."), code="begun"
        )
    return side


def _move_wishes(before: Party, after: Party) -> None:
    """Give `after` the wishes by and about `before`, unless it has one for the same group.

    A refusal by either member holds for both: nobody is made to meet whom they refused.
    """
    by_after = {wish.about_id: wish for wish in after.wishes.order_by("pk")}
    last = after.wishes.aggregate(last=Max("rank"))["last"] or 0
    for wish in before.wishes.order_by("kind", "rank", "pk"):
        known = by_after.get(wish.about_id)
        if known is None:
            if wish.kind == WishKind.WANTED:
                last += 1
                wish.rank = last
            wish.by = after
            wish.save()
            continue
        wish.delete()
        if wish.kind == WishKind.REFUSED:
            known.kind, known.rank = WishKind.REFUSED, None
            known.save()
    received = Wish.objects.filter(about=after).values("by")
    Wish.objects.filter(~Q(by__in=received), about=before).update(about=after)
    for wish in Wish.objects.filter(about=before, kind=WishKind.REFUSED).order_by("pk"):
        Wish.objects.filter(about=after, by=wish.by).update(kind=WishKind.REFUSED, rank=None)
    Wish.objects.filter(about=before).delete()


def _move_rules(before: Party, after: Party) -> None:
    """Leave to `after` the pairs imposed or forbidden to `before`, unless it has one already."""
    mine, theirs = ("host", "visitor") if after.side.role == SideRole.HOST else ("visitor", "host")
    known = PairRule.objects.filter(**{mine: after}).values(theirs)
    of_before = PairRule.objects.filter(**{mine: before})
    of_before.exclude(**{f"{theirs}__in": known}).update(**{mine: after})
    PairRule.objects.filter(**{mine: before}).delete()


def _note(party: Party, *, by: Any, now: datetime, changes: dict[str, list[Any]]) -> None:
    record(
        action=EventAction.REGROUPED,
        target=party.event,
        by=by,
        now=now,
        scope=f"territory:{party.event.territory_id}",
        changes=changes,
    )
