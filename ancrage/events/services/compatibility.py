"""How well the parties of an event would get on: their answers, given to the core.

The organiser's weights are read here; wishes come in for the timetable only, so that the order
shown to one side says nothing of what the other wished.
"""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields

from ancrage.core.affinity import Affinity, Sheet, Weights, affinity
from ancrage.events.enums import SideRole
from ancrage.events.models import Event, Party
from ancrage.events.queries.answers import Said, said_in

MOST_WEIGHT = 10
"""The largest weight of a part, and of the wishes of a side."""

USUAL_WEIGHT = 5
"""What the wishes of a side weigh when there are as many people on each."""

PARTS_WEIGHED = tuple(field.name for field in fields(Weights))


@dataclass(frozen=True, slots=True)
class Compatible:
    """A party of the other side, and how well it goes with the one who asks (0 to 100).

    `parts` goes by name (`mode`, `distance`…): 0 to 100, None where one side did not say.
    """

    party: int
    value: float
    parts: Mapping[str, int | None]


def weights_of(event: Event) -> Weights:
    """Return the organiser's weights; what is not set, or makes no sense, has its usual value."""
    kept = {
        name: value
        for name, value in event.weights.items()
        if name in PARTS_WEIGHED and isinstance(value, int) and 0 <= value <= MOST_WEIGHT
    }
    merged = asdict(Weights()) | kept
    return Weights(**merged) if any(merged.values()) else Weights()


def sheet_of(said: Said) -> Sheet:
    """Return what the core compares."""
    return Sheet(
        modes=said.modes,
        latitude=said.latitude,
        longitude=said.longitude,
        reach_km=said.reach_km,
        start=said.start,
        days=said.days,
        specialties=said.specialties,
        together=said.together,
    )


def compatible_with(party: Party) -> list[Compatible]:
    """Return the parties of the other side that `party` could meet, the best first.

    Those who seek nothing in common are left out. Nothing here depends on a wish.
    """
    event, is_host = party.event, party.side.role == SideRole.HOST
    said = said_in(event)
    own = sheet_of(said.get(party.pk, Said()))
    others = Party.objects.filter(event=event, pk__in=said).exclude(side=party.side_id)
    weights = weights_of(event)
    found = []
    for key in others.order_by("pk").values_list("pk", flat=True):
        other = sheet_of(said[key])
        pair = affinity(own, other, weights) if is_host else affinity(other, own, weights)
        if pair.barrier is None:
            found.append(Compatible(key, pair.value, parts_of(pair)))
    return sorted(found, key=lambda one: (-one.value, one.party))


def parts_of(pair: Affinity) -> Mapping[str, int | None]:
    """Return the parts of a compatibility by name."""
    return {part.value: value for part, value in pair.parts}


def suggested_wish_weights(hosts: int, visitors: int) -> Mapping[str, int]:
    """Return what the wishes of each side should weigh: those of the scarce side more.

    The usual weight is 5; that of the side of which there are few grows as the square root of how
    many times fewer they are, up to the most there is.
    """
    usual = {SideRole.HOST.value: USUAL_WEIGHT, SideRole.VISITOR.value: USUAL_WEIGHT}
    if not hosts or not visitors or hosts == visitors:
        return usual
    scarce = SideRole.VISITOR if visitors < hosts else SideRole.HOST
    times = max(hosts, visitors) / min(hosts, visitors)
    return usual | {scarce.value: min(MOST_WEIGHT, round(USUAL_WEIGHT * math.sqrt(times)))}
