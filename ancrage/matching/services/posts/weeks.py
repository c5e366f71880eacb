"""Weeks as they are stored and as the core reads them; when a part-time need may be worked."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.core.posts.values import Shift, Slot
from ancrage.kit.audit import record
from ancrage.matching.enums import PostEvent
from ancrage.matching.models import FractionWeek
from ancrage.matching.services.posts.errors import NotAFraction, WeekTooShort
from ancrage.needs.models import Need

LETTERS = {Shift.MORNING: "m", Shift.AFTERNOON: "a", Shift.EVENING: "s", Shift.NIGHT: "n"}
_SHIFTS = {letter: shift for shift, letter in LETTERS.items()}
ALL_SLOTS = tuple(f"{day}{letter}" for day in range(1, 8) for letter in LETTERS.values())
_WORKDAYS, _WEEKEND = range(5), range(5, 7)
# A whole post is ten half-days, or five nights.
_HALF_DAYS, _NIGHTS = 10, 5


def as_text(slots: Iterable[Slot]) -> str:
    """Return slots as they are stored: « 1m 1a 3n ».

    >>> as_text([Slot(0, Shift.MORNING), Slot(2, Shift.NIGHT)])
    '1m 3n'
    """
    return " ".join(f"{slot.day + 1}{LETTERS[slot.shift]}" for slot in sorted(slots))


def as_slots(text: str) -> frozenset[Slot]:
    """Return what `as_text` wrote."""
    return frozenset(Slot(int(one[0]) - 1, _SHIFTS[one[1]]) for one in text.split())


def supposed_week(need: Need) -> tuple[frozenset[Slot], int]:
    """Return when a need may be worked, as far as its hours tell, and how many slots it takes.

    Nights where it says nights alone; else half-days of the week, and of the week-end where it
    says so.
    """
    if need.works_nights and not need.works_days:
        nights = frozenset(Slot(day, Shift.NIGHT) for day in range(7))
        return nights, max(1, round(need.fte_hundredths * _NIGHTS / 100))
    days = (*_WORKDAYS, *(_WEEKEND if need.works_weekends else ()))
    halves = frozenset(
        Slot(day, half) for day in days for half in (Shift.MORNING, Shift.AFTERNOON)
    )
    return halves, max(1, round(need.fte_hundredths * _HALF_DAYS / 100))


def week_of(need: Need) -> tuple[frozenset[Slot], int]:
    """Return when a need may be worked: as its employer says, or as its hours let suppose.

    No query when the need is read with its `fraction_week`.
    """
    said: FractionWeek | None = getattr(need, "fraction_week", None)
    return (as_slots(said.slots), said.needed) if said else supposed_week(need)


@transaction.atomic
def say_week(
    *, need: Need, slots: Iterable[str], needed: int, by: Any, now: datetime
) -> FractionWeek:
    """Say when a part-time need may be worked. Raises `NotAFraction`, `WeekTooShort`."""
    if need.fte_hundredths >= 100:
        raise NotAFraction
    kept = as_text(as_slots(" ".join(slots)))
    if not 1 <= needed <= len(kept.split()):
        raise WeekTooShort
    week, _created = FractionWeek.objects.update_or_create(
        need=need, defaults={"slots": kept, "needed": needed, "at": now, "by": by}
    )
    record(
        action=PostEvent.WEEK,
        target=need,
        by=by,
        now=now,
        scope=f"partner:{need.partner_id}",
        changes={"slots": ["", kept], "needed": ["", needed]},
    )
    return week
