"""The open fractions of a territory, as the composer of shared posts reads them.

Travel is estimated from the points of the communes: the roads are a third longer than the crow
flies, at 50 km/h on average, and five minutes go in leaving and arriving.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from ancrage.core.accessibility.distances import haversine_km
from ancrage.core.posts.values import Fraction, Instance, Limits, Trip
from ancrage.matching.enums import PostChoiceKind, SetAside
from ancrage.matching.models import PostChoice, PostRun, SharedPostPart
from ancrage.matching.services.posts.weeks import week_of
from ancrage.needs.models import Need
from ancrage.needs.queries import needs_open_in
from ancrage.territory.models import Commune, Territory

DETOUR, KM_PER_HOUR, MINUTES_ASIDE = 1.3, 50, 5
# Posts of one need are alike: more would only make the search longer.
MOST_COPIES = 3
_TAKES_A_POST = (SetAside.NO, SetAside.PAUSED, SetAside.FILLED)


@dataclass(frozen=True)
class Open:
    """What a detection works on: the needs by their key, and the instance of the core."""

    needs: Mapping[int, Need]
    instance: Instance
    locked: tuple[frozenset[str], ...]


def key_of(need: int, copy: int) -> str:
    """Return how the core calls a post of a need."""
    return f"{need}:{copy}"


def parts_of_key(key: str) -> tuple[int, int]:
    """Return the need and the copy that `key_of` named."""
    need, _colon, copy = key.partition(":")
    return int(need), int(copy)


def minutes_between(one: Commune, other: Commune) -> int | None:
    """Return the estimated minutes from a commune to another; None where a point is unknown."""
    if one.pk == other.pk:
        return 0
    km = _km(one, other)
    return None if km is None else MINUTES_ASIDE + round(km * 60 / KM_PER_HOUR)


def km_between(one: Commune, other: Commune) -> int:
    """Return the estimated kilometres of road between two communes; 0 where a point is unknown."""
    return 0 if one.pk == other.pk else round(_km(one, other) or 0)


def _km(one: Commune, other: Commune) -> float | None:
    if one.latitude is None or other.latitude is None:
        return None
    if one.longitude is None or other.longitude is None:
        return None
    crow = haversine_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return crow * DETOUR


def free_copies(needs: Iterable[Need]) -> dict[int, list[int]]:
    """Return, by need, the numbers of its posts that are in no live file. One query."""
    rows = list(needs)
    live = SharedPostPart.objects.filter(is_live=True, need__in=rows).order_by("pk")
    taken: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for key, copy, aside in live.values_list("need", "copy", "set_aside"):
        taken[key].append((copy, aside))
    free = {}
    for need in rows:
        held = taken[need.pk]
        left = need.positions - sum(aside in _TAKES_A_POST for _copy, aside in held)
        used = {copy for copy, _aside in held}
        numbers = (number for number in range(1, need.positions + len(used) + 1))
        open_ones = [number for number in numbers if number not in used]
        free[need.pk] = open_ones[: max(0, min(left, MOST_COPIES))]
    return free


def open_fractions(run: PostRun, *, on: date) -> Open:
    """Gather what a detection may put together, and what the coordination decided of it."""
    needs = _part_time(run.territory, under=run.fte_least, on=on)
    chosen = _choices(run.territory)
    alone = {keys[0] for keys in chosen[PostChoiceKind.EXCLUDE] if len(keys) == 1}
    rows = {need.pk: need for need in needs if need.pk not in alone}
    copies = {key: found for key, found in free_copies(rows.values()).items() if found}
    fractions = [_fraction(rows[key], copy) for key in sorted(copies) for copy in copies[key]]
    refused = frozenset(
        frozenset(keys)
        for needs_together in chosen[PostChoiceKind.EXCLUDE]
        if len(needs_together) > 1 and copies.keys() >= set(needs_together)
        for keys in product(
            *([key_of(need, copy) for copy in copies[need]] for need in needs_together)
        )
    )
    locked = tuple(
        frozenset(key_of(need, copies[need][0]) for need in needs_together)
        for needs_together in chosen[PostChoiceKind.LOCK]
        if copies.keys() >= set(needs_together)
    )
    limits = Limits(least=run.fte_least, most=run.fte_most, travel=run.travel_limit)
    sites = {rows[key].commune_id: rows[key].commune for key in copies}
    instance = Instance(tuple(fractions), _trips(sites.values()), limits, refused)
    return Open(rows, instance, _disjoint(locked))


def _part_time(territory: Territory, *, under: int, on: date) -> list[Need]:
    """The open needs that are too small to be a post; those that stand for one are none."""
    return list(
        needs_open_in(territory, on=on)
        .filter(fte_hundredths__lt=under, shared_post__isnull=True)
        .select_related("commune", "partner", "profession", "specialty", "fraction_week")
        .order_by("pk")
    )


def _choices(territory: Territory) -> dict[str, list[tuple[int, ...]]]:
    found: dict[str, list[tuple[int, ...]]] = defaultdict(list)
    for choice in PostChoice.objects.filter(territory=territory).order_by("pk"):
        found[choice.kind].append(tuple(int(key) for key in choice.needs.split()))
    return found


def _disjoint(locked: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Keep the first of two sets that were imposed on the same fraction."""
    kept: list[frozenset[str]] = []
    for one in locked:
        if all(one.isdisjoint(other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _fraction(need: Need, copy: int) -> Fraction:
    slots, needed = week_of(need)
    trade = f"{need.profession_id}:{need.specialty_id or ''}"
    return Fraction(
        key=key_of(need.pk, copy),
        employer=str(need.partner_id),
        site=str(need.commune_id),
        profession=trade,
        fte=need.fte_hundredths,
        start=need.starts_on,
        slots=slots,
        needed=needed,
    )


def _trips(sites: Iterable[Commune]) -> tuple[Trip, ...]:
    rows = sorted(sites, key=lambda one: one.pk)
    trips = []
    for one, other in combinations(rows, 2):
        minutes = minutes_between(one, other)
        if minutes is not None:
            trips.append(Trip(str(one.pk), str(other.pk), minutes))
    return tuple(trips)
