"""Which sheets of a workbook may be read, and the year that the name of each tells."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import BinaryIO

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.services.reading.lines import ColumnOf, sheets_with
from ancrage.demography.services.reading.official import (
    PLACES,
    ROADS,
    access_column,
    means_column,
    people_column,
)
from ancrage.demography.services.reading.professionals import professionals_column

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# What a sheet must hold to be one of the tables awaited.
_OF_SOMEBODY: Mapping[Dataset, tuple[Callable[[Care, str], str | None], frozenset[str]]] = {
    Dataset.ACCESS: (access_column, frozenset({"code", "access"})),
    Dataset.MEANS: (means_column, frozenset({"code", "access"})),
    Dataset.PROFESSIONALS: (professionals_column, frozenset({"code"})),
}
_OF_NOBODY: Mapping[Dataset, tuple[ColumnOf, frozenset[str]]] = {
    Dataset.PEOPLE: (people_column, frozenset({"code", "age_0"})),
    Dataset.ROADS: (ROADS, frozenset({"origin", "destination", "minutes"})),
    Dataset.PLACES: (PLACES, frozenset({"code", "latitude", "longitude"})),
}


def sheets_of(
    dataset: Dataset, care: Care | None, stream: BinaryIO, *, filename: str
) -> tuple[str, ...]:
    """Return the sheets that hold such a table, in the order of the workbook.

    Raises:
        FileRefused: it is no table.
    """
    if care is None:
        column_of, wanted = _OF_NOBODY[dataset]
    else:
        named, wanted = _OF_SOMEBODY[dataset]
        column_of = partial(named, care)
    return sheets_with(stream, name=filename, column_of=column_of, wanted=wanted)


def year_of(sheet: str) -> int | None:
    """Return the year that the name of a sheet tells: 2023 for « APL 2023 »."""
    found = _YEAR.search(sheet)
    return int(found[0]) if found else None
