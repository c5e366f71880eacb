"""The fractions of a territory, open or held, as the composer of shared posts reads them.

A fraction is named by the key of its need, or by that of its retained part-time after an r.

Travel is estimated from the points of the communes: the roads are a third longer than the crow
flies, at 50 km/h on average, and five minutes go in leaving and arriving.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, product

from django.db.models import Exists, OuterRef

from ancrage.core.accessibility.distances import haversine_km
from ancrage.core.posts.values import Fraction, Holder, Instance, Limits, Slot, Trip
from ancrage.matching.enums import PostChoiceKind, SetAside
from ancrage.matching.models import (
    PostChoice,
    PostRun,
    RetainedPartTime,
    SharedPostPart,
    Source,
)
from ancrage.matching.queries import in_order, ref_of
from ancrage.matching.services.posts.weeks import as_slots, week_of
from ancrage.needs.models import Need
from ancrage.needs.queries import needs_open_in
from ancrage.territory.models import Commune, Territory

DETOUR, KM_PER_HOUR, MINUTES_ASIDE = 1.3, 50, 5
# Posts of one need are alike: more would only make the search longer.
MOST_COPIES = 3
_TAKES_A_POST = (SetAside.NO, SetAside.PAUSED, SetAside.FILLED)


@dataclass(frozen=True)
class Open:
    """What a detection works on: what fractions are made of, and the instance of the core."""

    sources: Mapping[str, Source]
    instance: Instance
    locked: tuple[frozenset[str], ...]


def key_of(ref: str, copy: int) -> str:
    """Return how the core calls a post of a need, or a retained part-time."""
    return f"{ref}:{copy}"


def parts_of_key(key: str) -> tuple[str, int]:
    """Return the reference and the copy that `key_of` named."""
    ref, _colon, copy = key.partition(":")
    return ref, int(copy)


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


def is_free(part_time: RetainedPartTime) -> bool:
    """Say whether a retained part-time may enter a file. One query."""
    live = SharedPostPart.objects.filter(is_live=True, retained=part_time.pk)
    return part_time.withdrawn_at is None and not live.exists()


def open_fractions(run: PostRun, *, on: date) -> Open:
    """Gather what a detection may put together, and what the coordination decided of it."""
    chosen = _choices(run.territory)
    alone = {refs[0] for refs in chosen[PostChoiceKind.EXCLUDE] if len(refs) == 1}
    found: list[Source] = [
        *_part_time(run.territory, under=run.fte_least, on=on),
        *_retained(run.territory),
    ]
    sources = {ref: one for one in found if (ref := ref_of(one)) not in alone}
    needs = [one for one in sources.values() if isinstance(one, Need)]
    free = free_copies(needs)
    copies = {
        ref: free[one.pk] if isinstance(one, Need) else [1]
        for ref, one in sources.items()
        if not isinstance(one, Need) or free[one.pk]
    }
    fractions = [
        _fraction(sources[ref], copy, on=on) for ref in in_order(copies) for copy in copies[ref]
    ]
    refused = _refused(chosen[PostChoiceKind.EXCLUDE], copies)
    locked = tuple(
        frozenset(key_of(ref, copies[ref][0]) for ref in together)
        for together in chosen[PostChoiceKind.LOCK]
        if copies.keys() >= set(together)
    )
    limits = Limits(least=run.fte_least, most=run.fte_most, travel=run.travel_limit)
    sites = {sources[ref].commune_id: sources[ref].commune for ref in copies}
    instance = Instance(tuple(fractions), _trips(sites.values()), limits, refused)
    return Open(sources, instance, _disjoint(locked))


def fractions_for(
    territory: Territory,
    *,
    professions: Collection[int],
    limits: Limits,
    off: frozenset[Slot],
    home: Commune | None,
    reach: int,
    on: date,
) -> Open:
    """Gather the open fractions of some professions that somebody could take.

    Those within `reach` minutes of their home, where it is known, and without the slots when
    they are `off`: the limits are their wishes.
    """
    needs = {
        str(one.pk): one
        for one in _part_time(territory, under=limits.most, on=on)
        if one.profession_id in professions and _is_near(home, one.commune, reach)
    }
    free = free_copies(needs.values())
    copies = {ref: free[one.pk][:1] for ref, one in needs.items() if free[one.pk]}
    fractions = []
    for ref in in_order(copies):
        whole = _fraction(needs[ref], 1, on=on)
        slots = whole.slots - off
        # Fewer slots than it takes: never theirs.
        if len(slots) >= (whole.needed or 0):
            fractions.append(replace(whole, slots=slots))
    kept = {parts_of_key(one.key)[0]: [1] for one in fractions}
    refused = _refused(_choices(territory)[PostChoiceKind.EXCLUDE], kept)
    sites = {needs[ref].commune_id: needs[ref].commune for ref in kept}
    instance = Instance(tuple(fractions), _trips(sites.values()), limits, refused)
    return Open(needs, instance, ())


def _is_near(home: Commune | None, site: Commune, reach: int) -> bool:
    if home is None:
        return True
    minutes = minutes_between(home, site)
    return minutes is not None and minutes <= reach


def _refused(
    apart: Iterable[tuple[str, ...]], copies: Mapping[str, Iterable[int]]
) -> frozenset[frozenset[str]]:
    """The sets kept apart, in whatever copies of their needs."""
    return frozenset(
        frozenset(keys)
        for together in apart
        if len(together) > 1 and copies.keys() >= set(together)
        for keys in product(*([key_of(ref, copy) for copy in copies[ref]] for ref in together))
    )


def _part_time(territory: Territory, *, under: int, on: date) -> list[Need]:
    """The open needs that are too small to be a post; those that stand for one are none."""
    return list(
        needs_open_in(territory, on=on)
        .filter(fte_hundredths__lt=under, shared_post__isnull=True)
        .select_related("commune", "partner", "profession", "specialty", "fraction_week")
        .order_by("pk")
    )


def _retained(territory: Territory) -> list[RetainedPartTime]:
    """The part-times whose holders wish for more, that are in no live file."""
    live = SharedPostPart.objects.filter(is_live=True, retained=OuterRef("pk"))
    return list(
        RetainedPartTime.objects.filter(
            ~Exists(live),
            partner__territory=territory,
            partner__left_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        .select_related("commune", "partner")
        .order_by("pk")
    )


def _choices(territory: Territory) -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for choice in PostChoice.objects.filter(territory=territory).order_by("pk"):
        found[choice.kind].append(tuple(choice.needs.split()))
    return found


def _disjoint(locked: Sequence[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """Keep the first of two sets that were imposed on the same fraction."""
    kept: list[frozenset[str]] = []
    for one in locked:
        if all(one.isdisjoint(other) for other in kept):
            kept.append(one)
    return tuple(kept)


def _fraction(source: Source, copy: int, *, on: date) -> Fraction:
    ref = ref_of(source)
    if isinstance(source, RetainedPartTime):
        slots, needed = as_slots(source.slots), None
        # Who is there already, and may begin today, waits for nothing.
        start = max(source.starts_on, on)
        holder = Holder(ref, least=source.wished_least, most=source.wished_most)
    else:
        slots, needed = week_of(source)
        start, holder = source.starts_on, None
    return Fraction(
        key=key_of(ref, copy),
        employer=str(source.partner_id),
        site=str(source.commune_id),
        profession=f"{source.profession_id}:{source.specialty_id or ''}",
        fte=source.fte_hundredths,
        start=start,
        slots=slots,
        needed=needed,
        holder=holder,
    )


def _trips(sites: Iterable[Commune]) -> tuple[Trip, ...]:
    rows = sorted(sites, key=lambda one: one.pk)
    trips = []
    for one, other in combinations(rows, 2):
        minutes = minutes_between(one, other)
        if minutes is not None:
            trips.append(Trip(str(one.pk), str(other.pk), minutes))
    return tuple(trips)
