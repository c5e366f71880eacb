"""Can the same person work all these fractions, and when?

Problem. Each fraction takes some of the slots of a week, all of those it lists or a number of
them. Two slots of different fractions clash when they are the same, overlap, or leave less than
eleven hours of rest in a day: a night takes its day and the next one, an evening takes its day
and the next morning. Slots of one fraction are the affair of its employer.

Steps:

1. A fraction that needs all that is left to it takes it; the others lose what clashes with it.
2. When nothing clashes any more but a slot with itself, Hall's theorem answers: every group of
   fractions must have, together, at least as many slots as it needs.
3. Otherwise one slot that clashes with others is taken, then left out: two smaller questions.

Complexity: 2^k for k fractions when nobody works evenings or nights (k is 3 or 4); in general
exponential in the evenings and nights that are a choice, of which a week has fourteen.

Weeks are bit masks: bit 4·day + shift.

References: Code du travail, article L3131-1 (daily rest); P. Hall, « On Representatives of
Subsets », Journal of the London Mathematical Society 10 (1935), p. 26–30.
"""

from collections.abc import Iterable
from functools import lru_cache

from ancrage.core.posts.values import DAYS, Fraction, Shift, Slot

SHIFTS = len(Shift)
# The slots that a fraction may take, and how many of them it needs.
Pattern = tuple[int, int]


def bit_of(slot: Slot) -> int:
    """Return the bit of a slot of the week."""
    return 1 << (slot.day % DAYS * SHIFTS + slot.shift)


def mask_of(slots: Iterable[Slot]) -> int:
    """Return the bits of slots of the week."""
    mask = 0
    for slot in slots:
        mask |= bit_of(slot)
    return mask


def slots_of(mask: int) -> tuple[Slot, ...]:
    """Return the slots of these bits, from Monday morning on."""
    return tuple(
        Slot(day, shift)
        for day in range(DAYS)
        for shift in Shift
        if mask & bit_of(Slot(day, shift))
    )


def pattern_of(fraction: Fraction) -> Pattern:
    """Return what a fraction asks of a week."""
    needed = len(fraction.slots) if fraction.needed is None else fraction.needed
    return mask_of(fraction.slots), needed


def _foes(day: int, shift: Shift) -> int:
    """The slots that somebody else cannot ask of who works this one."""
    before, after = day - 1, day + 1
    foes: dict[Shift, list[tuple[int, Shift]]] = {
        Shift.MORNING: [
            (before, Shift.EVENING),
            (before, Shift.NIGHT),
            (day, Shift.EVENING),
            (day, Shift.NIGHT),
        ],
        Shift.AFTERNOON: [(day, Shift.EVENING), (before, Shift.NIGHT), (day, Shift.NIGHT)],
        Shift.EVENING: [
            (day, Shift.MORNING),
            (day, Shift.AFTERNOON),
            (before, Shift.NIGHT),
            (day, Shift.NIGHT),
            (after, Shift.MORNING),
        ],
        Shift.NIGHT: [
            (when, other) for when in (day, after) for other in Shift if other is not Shift.NIGHT
        ],
    }
    return mask_of([Slot(day, shift), *(Slot(*foe) for foe in foes[shift])])


FOES = tuple(_foes(day, shift) for day in range(DAYS) for shift in Shift)


def foes_of(mask: int) -> int:
    """Return all that clashes with these slots, themselves included."""
    foes = 0
    for place in _places(mask):
        foes |= FOES[place]
    return foes


def _places(mask: int) -> Iterable[int]:
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


@lru_cache(maxsize=1 << 17)
def fits(patterns: tuple[Pattern, ...]) -> bool:
    """Whether one person can work all of these."""
    open_ones, settled = list(patterns), True
    while settled:
        settled = False
        for rank in range(len(open_ones)):
            mask, needed = open_ones[rank]
            if needed > mask.bit_count():
                return False
            if mask and needed in (0, mask.bit_count()):
                foes = foes_of(mask) if needed else 0
                open_ones = [(other & ~foes, need) for other, need in open_ones]
                open_ones[rank] = (0, 0)
                settled = True
    left = tuple(sorted(one for one in open_ones if one[1]))
    if not _hall(left):
        return False
    choice = _clash(left)
    if choice is None:
        return True
    rank, place = choice
    mask, needed = left[rank]
    without = mask & ~(1 << place)
    taken = [(other & ~FOES[place], need) for other, need in left]
    taken[rank] = (without, needed - 1)
    return fits(tuple(taken)) or fits((*left[:rank], (without, needed), *left[rank + 1 :]))


def _hall(patterns: tuple[Pattern, ...]) -> bool:
    for group in range(1, 1 << len(patterns)):
        union = needs = 0
        for rank, (mask, needed) in enumerate(patterns):
            if group >> rank & 1:
                union |= mask
                needs += needed
        if union.bit_count() < needs:
            return False
    return True


def _clash(patterns: tuple[Pattern, ...]) -> tuple[int, int] | None:
    """A fraction and a slot of its that clashes with other slots of the others, if any."""
    for rank, (mask, _needed) in enumerate(patterns):
        others = 0
        for other, (theirs, _need) in enumerate(patterns):
            if other != rank:
                others |= theirs
        for place in _places(mask):
            if FOES[place] & ~(1 << place) & others:
                return rank, place
    return None


def shared_out(patterns: tuple[Pattern, ...]) -> tuple[int, ...]:
    """Return the slots of each, the first ones in the week where there is a choice.

    Raises:
        ValueError: they do not fit.
    """
    if not fits(patterns):
        raise ValueError("these fractions clash")
    settled = list(patterns)
    for rank in range(len(settled)):
        mask, needed = settled[rank]
        kept, left = 0, mask
        for place in _places(mask):
            if kept.bit_count() == needed:
                break
            left &= ~(1 << place)
            # Taken: what is kept so far, and the rest to choose among what is left.
            tried = kept | 1 << place
            if _fits_with(settled, rank, tried, left, needed):
                kept = tried
        settled[rank] = (kept, needed)
    return tuple(mask for mask, _needed in settled)


def _fits_with(patterns: list[Pattern], rank: int, kept: int, left: int, needed: int) -> bool:
    foes = foes_of(kept)
    others = [(mask & ~foes, need) for mask, need in patterns]
    others[rank] = (left, needed - kept.bit_count())
    return fits(tuple(others))
