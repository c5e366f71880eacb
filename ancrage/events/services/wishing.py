"""Wishes: whom a party would like to meet, in order, and whom it would rather not.

Each change is one step (wish, move, refuse, forget) made under the lock of the party: two people
of one team who wish at the same time add up, neither loses what the other said.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.events.enums import PLACED_STATES, EventAction, EventState, WishKind
from ancrage.events.models import Event, Party, Wish
from ancrage.events.services.errors import NobodyToWish, TooManyWishes, WishesClosed
from ancrage.kit.audit import record

MOST_WISHES = 20
"""Wishes of a party. The first eight count for more and more; the others for little."""

_WISHING_STATES = frozenset({EventState.OPEN, EventState.CLOSED})


def wishes_are_open(*, event: Event, now: datetime) -> bool:
    """Say whether wishes may still change."""
    return event.state in _WISHING_STATES and now < event.wishes_close_at


@transaction.atomic
def wish(*, party: Party, about: int, by: Any, now: datetime) -> None:
    """Wish to meet a party of the other side, after those already wished.

    A refusal becomes a wish; a wish keeps its rank. Raises `WishesClosed`, `NobodyToWish`,
    `TooManyWishes`.
    """
    locked = _open(party, about, now=now)
    ranked = _ranked(locked)
    if about in ranked:
        return
    if len(ranked) >= MOST_WISHES:
        raise TooManyWishes(MOST_WISHES)
    _keep(locked, [*ranked, about], now=now)
    _note(locked, by=by, now=now)


@transaction.atomic
def move_wish(*, party: Party, about: int, places: int, by: Any, now: datetime) -> None:
    """Move a wish up (negative) or down the list, no further than its ends.

    Raises `WishesClosed`, `NobodyToWish`.
    """
    locked = _open(party, about, now=now)
    ranked = _ranked(locked)
    if about not in ranked:
        raise NobodyToWish
    position = min(max(ranked.index(about) + places, 0), len(ranked) - 1)
    ranked.remove(about)
    ranked.insert(position, about)
    _keep(locked, ranked, now=now)
    _note(locked, by=by, now=now)


@transaction.atomic
def refuse(*, party: Party, about: int, by: Any, now: datetime) -> None:
    """Ask not to meet a party of the other side; a wish becomes a refusal.

    Raises `WishesClosed`, `NobodyToWish`.
    """
    locked = _open(party, about, now=now)
    _keep(locked, [one for one in _ranked(locked) if one != about], now=now)
    Wish.objects.update_or_create(
        by=locked,
        about_id=about,
        defaults={"event": locked.event, "kind": WishKind.REFUSED, "rank": None, "at": now},
    )
    _note(locked, by=by, now=now)


@transaction.atomic
def forget_wish(*, party: Party, about: int, by: Any, now: datetime) -> None:
    """Take back a wish or a refusal; nothing happens when there is none.

    Raises `WishesClosed`, `NobodyToWish`.
    """
    locked = _open(party, about, now=now)
    if not Wish.objects.filter(by=locked, about_id=about).delete()[0]:
        return
    _keep(locked, _ranked(locked), now=now)
    _note(locked, by=by, now=now)


def _open(party: Party, about: int, *, now: datetime) -> Party:
    # `no_key`: a wish refers to both parties. Two people who wish for one another at once would
    # otherwise wait for one another, and learn it.
    held = Party.objects.select_for_update(of=("self",), no_key=True)
    locked = held.select_related("event").get(pk=party.pk)
    if not wishes_are_open(event=locked.event, now=now):
        raise WishesClosed
    others = Party.objects.filter(event=locked.event_id, members__state__in=PLACED_STATES).exclude(
        side=locked.side_id
    )
    here = locked.members.filter(state__in=PLACED_STATES)
    if not (here.exists() and others.filter(pk=about).exists()):
        raise NobodyToWish
    return locked


def _ranked(party: Party) -> list[int]:
    wanted = party.wishes.filter(kind=WishKind.WANTED).order_by("rank", "pk")
    return list(wanted.values_list("about_id", flat=True))


def _keep(party: Party, ranked: list[int], *, now: datetime) -> None:
    """Write the wishes in that order, from rank 1; rows that do not change are not touched."""
    kept = {one.about_id: one for one in party.wishes.all()}
    added: list[Wish] = []
    changed: list[Wish] = []
    for rank, about in enumerate(ranked, start=1):
        row = kept.get(about) or Wish(event=party.event, by=party, about_id=about)
        if row.rank == rank:
            continue
        row.kind, row.rank, row.at = WishKind.WANTED, rank, now
        (changed if row.pk else added).append(row)
    Wish.objects.bulk_create(added)
    Wish.objects.bulk_update(changed, ["kind", "rank", "at"])
    gone = party.wishes.filter(kind=WishKind.WANTED).exclude(about__in=ranked)
    gone.delete()


def _note(party: Party, *, by: Any, now: datetime) -> None:
    record(
        action=EventAction.WISHED,
        target=party,
        by=by,
        now=now,
        scope=f"territory:{party.event.territory_id}",
    )
