"""Whether an official file speaks of the territories that are known, before it is kept."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from ancrage.demography.enums import Dataset, FileStatus
from ancrage.demography.models import VintageFile
from ancrage.demography.services.reading.lines import INSEE_LENGTH
from ancrage.kit.columns import Columns
from ancrage.territory.models import Territory

# Files that have a line for each commune; one without any professional has none.
_OF_EACH = frozenset({Dataset.ACCESS, Dataset.PEOPLE, Dataset.ROADS, Dataset.PLACES})


@dataclass(frozen=True, slots=True)
class Covered:
    """What a file tells of a territory.

    Attributes:
        name: of the territory.
        communes: how many it has.
        told: of how many of them the file has a value.
        is_poor: whether it has none, or of fewer than half where it should have one of each.
    """

    name: str
    communes: int
    told: int
    is_poor: bool


def covered_by(file: VintageFile) -> tuple[Covered, ...]:
    """Return what a file that was read tells of each territory that has communes, by name.

    Nothing of a file of departments, nor of one that is not ready.
    """
    dataset = Dataset(file.dataset)
    if dataset is Dataset.MEANS or file.status != FileStatus.READY:
        return ()
    communes: dict[tuple[str, int], set[str]] = defaultdict(set)
    rows = Territory.objects.filter(communes__isnull=False).order_by("name", "pk")
    for name, pk, code in rows.values_list("name", "pk", "communes__insee"):
        communes[name, pk].add(code)
    told = _communes_in(bytes(file.codes))
    return tuple(
        _covered(dataset, name, codes, len(codes & told))
        for (name, _pk), codes in communes.items()
    )


def _covered(dataset: Dataset, name: str, codes: set[str], told: int) -> Covered:
    is_poor = not told or (dataset in _OF_EACH and 2 * told < len(codes))
    return Covered(name, len(codes), told, is_poor)


def codes_told(columns: Columns) -> bytes:
    """Return the communes of which a file has a value, one after the other, as `covered_by` reads
    them: what is brought is counted again at each look, as territories are by then."""
    told = columns.get("origin", columns.get("code"))
    if told is None:
        return b""
    if "access" in columns:
        told = told[~np.isnan(columns["access"])]
    return "".join(sorted(set(told.tolist()))).encode("ascii")


def _communes_in(codes: bytes) -> set[str]:
    text = codes.decode("ascii")
    return {text[at : at + INSEE_LENGTH] for at in range(0, len(text), INSEE_LENGTH)}
