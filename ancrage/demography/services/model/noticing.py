"""What is missing, or must be known before a result is read."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from ancrage.core.accessibility.parameters import Parameters
from ancrage.core.accessibility.potential import Potential
from ancrage.demography.enums import Dataset
from ancrage.demography.services.model.facts import Note, NoteKind, Place, Used
from ancrage.demography.services.model.gathering import (
    WHOLE_CITIES,
    departments_in,
)
from ancrage.demography.services.model.travelling import RING_MINUTES
from ancrage.territory.reference.departments import DEPARTMENTS
from ancrage.territory.validators import department_of


def notes_on(
    places: Sequence[Place],
    state: Potential,
    *,
    parameters: Parameters,
    used: Sequence[Used],
    silent: Sequence[Used] = (),
    cap: int | None,
    raw: int,
) -> tuple[Note, ...]:
    """Return what must be said with the results over `places`, in the order of its weight.

    Args:
        silent: later files, left out because they say nothing of the territory.
        cap: the oldest age in the published numbers; None: all ages.
        raw: how many communes weigh their people without regard to age, though the set does.
    """
    held = {one.dataset: one for one in used}
    inside = [place for place in places if place.inside]
    ring = [place for place in places if not place.inside]
    return (
        *_missing(held, inside),
        *(
            Note(NoteKind.SILENT_FILE, (one.dataset, str(one.year), str(held[one.dataset].year)))
            for one in silent
        ),
        *_of_departments(held, inside),
        *_of_the_ring(places, ring),
        *_of_communes(inside, published=Dataset.ACCESS in held),
        *_of_the_way(held, parameters, raw),
        *_of_the_supply(places, state, cap),
    )


def _missing(held: Mapping[Dataset, Used], inside: Sequence[Place]) -> Iterator[Note]:
    if not inside:
        yield Note(NoteKind.NO_COMMUNE)
    if Dataset.ACCESS not in held:
        yield Note(NoteKind.NO_ACCESS)
    if Dataset.PROFESSIONALS not in held:
        yield Note(NoteKind.NO_PROFESSIONALS)


def _of_departments(held: Mapping[Dataset, Used], inside: Sequence[Place]) -> Iterator[Note]:
    """The departments where nobody is counted because the file stops before them."""
    if Dataset.PROFESSIONALS not in held:
        return
    told = departments_in(held[Dataset.PROFESSIONALS])
    silent = sorted({department_of(place.code) for place in inside} - told)
    if silent:
        names = tuple(f"{DEPARTMENTS.get(code, ('',))[0] or code} ({code})" for code in silent)
        yield Note(NoteKind.SILENT_DEPARTMENT, names, len(silent))


def _of_the_ring(places: Sequence[Place], ring: Sequence[Place]) -> Iterator[Note]:
    if places and not ring:
        yield Note(NoteKind.NO_RING)
    elif ring and not any(place.professionals or place.published for place in ring):
        yield Note(NoteKind.SILENT_RING, count=len(ring))


def _of_communes(inside: Sequence[Place], *, published: bool) -> Iterator[Note]:
    found = {
        NoteKind.NO_POINT: [place for place in inside if place.latitude is None],
        NoteKind.MERGED: [place for place in inside if place.merged],
        NoteKind.NOT_PUBLISHED: [
            place for place in inside if published and place.published is None and not place.merged
        ],
        NoteKind.NOBODY: [place for place in inside if place.people == 0],
        NoteKind.UNKNOWN_PEOPLE: [place for place in inside if place.people is None],
        NoteKind.WHOLE_CITY: [place for place in inside if place.code in WHOLE_CITIES],
    }
    for kind, places in found.items():
        if places:
            yield Note(kind, tuple(place.name for place in places), len(places))


def _of_the_way(held: Mapping[Dataset, Used], parameters: Parameters, raw: int) -> Iterator[Note]:
    if Dataset.ROADS not in held:
        yield Note(NoteKind.CROW_FLY)
    if 2 * parameters.decay.reach > RING_MINUTES:
        yield Note(NoteKind.NARROW_RING, count=RING_MINUTES)
    if parameters.approximate:
        yield Note(NoteKind.APPROXIMATE, (parameters.source,))
    if raw:
        yield Note(NoteKind.NOT_STANDARDISED, count=raw)
    years = [
        str(held[dataset].year)
        for dataset in (Dataset.ACCESS, Dataset.PROFESSIONALS)
        if dataset in held
    ]
    if len(set(years)) > 1:
        yield Note(NoteKind.OTHER_YEARS, tuple(years))


def _of_the_supply(
    places: Sequence[Place],
    state: Potential,
    cap: int | None,
) -> Iterator[Note]:
    if cap is not None and any(place.ages for place in places):
        yield Note(NoteKind.ALL_AGES, count=cap)
    if len(state.unreached):
        names = tuple(places[rank].name for rank in np.asarray(state.unreached).tolist())
        yield Note(NoteKind.UNREACHED, names, len(names))
