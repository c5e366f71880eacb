"""Whether an official file speaks of the territories that are known, before it is kept."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np

from ancrage.demography.enums import Dataset, FileStatus
from ancrage.demography.models import VintageFile
from ancrage.kit.columns import Columns, unpacked
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
    told = _told(dict(unpacked(bytes(file.contents))), set().union(*communes.values()))
    return tuple(
        _covered(dataset, name, codes, len(codes & told))
        for (name, _pk), codes in communes.items()
    )


def _covered(dataset: Dataset, name: str, codes: set[str], told: int) -> Covered:
    is_poor = not told or (dataset in _OF_EACH and 2 * told < len(codes))
    return Covered(name, len(codes), told, is_poor)


def _told(columns: Columns, codes: set[str]) -> set[str]:
    """Those of `codes` that have a value."""
    told = columns["origin"] if "origin" in columns else columns["code"]
    here = np.isin(told, np.array(sorted(codes), dtype="U5"))
    if "access" in columns:
        here &= ~np.isnan(columns["access"])
    return set(told[here].tolist())
