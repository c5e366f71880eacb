"""Who sits or moves together: parties joined, split, described.

Whoever moves wishes and rules from a party to another first holds the sides, then every party of
the event, each in the order of their keys. A wish holds its own party, a rule its two: each is
made before, and follows, or after, and finds the party as it became.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from ancrage.events.enums import (
    EventAction,
    EventState,
    PartyKind,
    RuleKind,
    SideRole,
    WishKind,
)
from ancrage.events.models import Event, PairRule, Participant, Party, Side, Table, Wish
from ancrage.events.queries.parties import named_parties, needs_for
from ancrage.kit.audit import record
from ancrage.needs.models import Need

# Once the evening has begun, meetings were held by the parties as they are.
_MAY_REGROUP = frozenset({EventState.DRAFT, EventState.OPEN, EventState.CLOSED})


class CannotRegroup(ValidationError):
    """These parties cannot be joined, or this one split; the message says why."""


@transaction.atomic
def join_parties(
    *, kept: Party, joined: Party, kind: PartyKind, name: str, by: Any, now: datetime
) -> tuple[str, ...]:
    """Bring the members of `joined` into `kept`; the group goes on with the wishes of both.

    The emptied group remains, so that older versions of the timetable keep their meetings.
    Return whom the group is no longer made to meet (see `leave_wishes_to`). Raises
    `CannotRegroup`.
    """
    side = _regroupable(kept)
    hold_parties(side.event)
    if joined.pk == kept.pk or joined.side_id != side.pk:
        raise CannotRegroup(_("Choisissez un autre groupe du même côté."))
    if not (kept.members.exists() and joined.members.exists()):
        raise CannotRegroup(
            _("L’un des deux groupes vient d’être réuni à un autre : relisez, puis recommencez."),
            code="joined_meanwhile",
        )
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
    freed = leave_wishes_to(before=joined, after=kept)
    kept.kind, kept.name = kind, name.strip()
    kept.save(update_fields=["kind", "name"])
    changes: dict[str, list[Any]] = {
        "joined": ["", f"{joined.pk} → {kept.pk}"],
        "rules lifted": [0, len(freed)],
    }
    _note(kept, by=by, now=now, changes=changes)
    return freed


@transaction.atomic
def leave_party(*, participant: Participant, by: Any, now: datetime) -> Party:
    """Make somebody a group of their own; those who stay keep the wishes of the group.

    What the group refused, or was forbidden, is so for both. Raises `CannotRegroup`.
    """
    side = _regroupable(participant.party)
    hold_parties(side.event)
    before = Party.objects.select_related("event", "side").get(members=participant)
    if before.members.count() == 1:
        raise CannotRegroup(_("Cette personne est déjà seule dans son groupe."))
    own = Party.objects.create(event=before.event, side=side, need=before.need)
    Participant.objects.filter(pk=participant.pk).update(party=own)
    _share_refusals(before, own)
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
    need: Need | None = None,
) -> Party:
    """Change what is said of a group. `seats` counts the visitors that a host receives at once.

    `need` is the post for which a host comes, one that a structure of its members published: a
    contact opened with somebody the platform follows becomes an introduction to it.

    Raises ValidationError (reasons by field).
    """
    alone = party.members.count() == 1
    if alone != (kind == PartyKind.SINGLE):
        words = _("Une personne seule.") if alone else _("À plusieurs : une équipe ou un couple.")
        raise ValidationError({"kind": words})
    if party.side.role == SideRole.VISITOR and seats != 1:
        raise ValidationError({"seats": _("Seul un hôte reçoit plusieurs visiteurs à la fois.")})
    if need is not None and need != party.need and need not in needs_for(party):
        raise ValidationError({"need": _("Choisissez un poste que publie sa structure.")})
    party.name, party.kind, party.seats, party.table = name.strip(), kind, seats, table
    party.need = need
    party.full_clean()
    party.save()
    _note(party, by=by, now=now, changes={"seats": ["", seats]})
    return party


def hold_parties(event: Event) -> None:
    """Wait for whoever wishes or rules a pair; the sides concerned are held before."""
    held = Party.objects.select_for_update(no_key=True).filter(event=event)
    list(held.order_by("pk").values_list("pk", flat=True))


def leave_wishes_to(*, before: Party, after: Party) -> tuple[str, ...]:
    """Give `after` the wishes by and about `before`, and the rules of the organiser.

    A meeting forbidden to either, or refused, is imposed on neither any more: return the names
    of those it was imposed with.
    """
    _move_wishes(before, after)
    return _move_rules(before, after)


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


def _move_rules(before: Party, after: Party) -> tuple[str, ...]:
    """Leave to `after` the pairs imposed or forbidden to `before`; the latter win."""
    mine, theirs = _ends(after)
    of_both = PairRule.objects.filter(**{f"{mine}__in": [before, after]})
    banned = {*of_both.filter(kind=RuleKind.FORBIDDEN).values_list(theirs, flat=True)}
    for end, other in (("by", "about"), ("about", "by")):
        refused = Wish.objects.filter(kind=WishKind.REFUSED, **{end: after})
        banned |= {*refused.values_list(other, flat=True)}
    lifted = of_both.filter(kind=RuleKind.LOCKED, **{f"{theirs}__in": banned})
    freed = {*lifted.values_list(theirs, flat=True)}
    lifted.delete()
    known = PairRule.objects.filter(**{mine: after}).values(theirs)
    of_before = PairRule.objects.filter(**{mine: before})
    of_before.exclude(**{f"{theirs}__in": known}).update(**{mine: after})
    PairRule.objects.filter(**{mine: before}).delete()
    named = named_parties(after.event) if freed else {}
    return tuple(sorted(named[key].label for key in freed))


def _share_refusals(before: Party, own: Party) -> None:
    """Refuse and forbid to `own`, who leaves `before`, what was to the whole group."""
    refused = Wish.objects.filter(kind=WishKind.REFUSED)
    for end in ("by", "about"):
        for wish in refused.filter(**{end: before}).order_by("pk"):
            wish.pk = None
            setattr(wish, end, own)
            wish.save(force_insert=True)
    mine, _theirs = _ends(own)
    forbidden = PairRule.objects.filter(kind=RuleKind.FORBIDDEN, **{mine: before})
    for rule in forbidden.order_by("pk"):
        rule.pk = None
        setattr(rule, mine, own)
        rule.save(force_insert=True)


def _ends(party: Party) -> tuple[str, str]:
    """Return where a party of this side stands in a rule, and where the other does."""
    is_host = party.side.role == SideRole.HOST
    return ("host", "visitor") if is_host else ("visitor", "host")


def _note(party: Party, *, by: Any, now: datetime, changes: dict[str, list[Any]]) -> None:
    record(
        action=EventAction.REGROUPED,
        target=party.event,
        by=by,
        now=now,
        scope=f"territory:{party.event.territory_id}",
        changes=changes,
    )
