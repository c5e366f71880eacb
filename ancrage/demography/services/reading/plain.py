"""Communes, supply and minutes read from plain files, with each wrong line named."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from ancrage.core.accessibility.parameters import AgeWeights, Parameters
from ancrage.core.accessibility.travel import Floats, Ints, Mended, Pairs, measured
from ancrage.demography.services.reading.lines import (
    CODE,
    LATITUDE,
    LONGITUDE,
    NAME,
    PEOPLE,
    FileRefused,
    Notebook,
    among,
    lines_of,
    require,
    some,
)
from ancrage.demography.services.reading.official import read_roads
from ancrage.kit.tabular import Row

_SUPPLY = ("offre", "etp", "effectif", "medecins", "medecins generalistes")
_ACTS, _AGE = ("actes", "nombre d actes"), ("age",)


@dataclass(frozen=True)
class Communes:
    """The places, by rank.

    Attributes:
        codes: INSEE codes.
        names: their names; the code where the file gives none.
        latitudes: in degrees; NaN where the file gives none.
        longitudes: the same.
        people: who lives there, all ages together.
        by_age: a row by commune, a column by age band; None: the file gives no ages.
        notes: what was mended or noticed.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    latitudes: Floats
    longitudes: Floats
    people: Floats
    by_age: Floats | None
    notes: tuple[str, ...]

    @property
    def ranks(self) -> Mapping[str, int]:
        """The rank of each code."""
        return {code: rank for rank, code in enumerate(self.codes)}

    def without_point(self) -> Ints:
        """The communes whose place on Earth is not known."""
        return np.flatnonzero(np.isnan(self.latitudes) | np.isnan(self.longitudes))


def read_communes(path: Path, ages: AgeWeights | None) -> Communes:
    """Return the communes of a table.

    Its columns: `code`; `nom`, `lat`, `lon` if it has them; and either `population`, or the
    people of each band of `ages` in columns named `age_0`, `age_5`…

    Raises:
        FileRefused: it cannot be read, or lines are wrong.
    """
    book = Notebook(path.name)
    bands = tuple(f"age {age}" for age in ages.ages) if ages else ()
    asked = {"code": CODE, "name": NAME, "lat": LATITUDE, "lon": LONGITUDE, "people": PEOPLE}
    asked |= {band: (band,) for band in bands}
    seen: dict[str, int] = {}
    names, points, people, by_age = [], [], [], []
    with _rows(path, asked) as (columns, rows):
        require(path.name, columns, ("code", "code"))
        with_ages = bool(bands) and all(band in columns for band in bands)
        if not with_ages:
            require(path.name, columns, ("people", "population"))
        for row in rows:
            code = book.code(row, columns["code"])
            if code is None:
                continue
            if code in seen:
                book.refuse(row.number, f"la commune {code} est déjà à la ligne {seen[code]}.")
                continue
            seen[code] = row.number
            names.append(book.text(row, columns.get("name")) or code)
            points.append(
                (
                    book.number(row, columns.get("lat"), "latitude", within=(-90, 90)),
                    book.number(row, columns.get("lon"), "longitude", within=(-180, 180)),
                )
            )
            if with_ages:
                by_age.append([book.number(row, columns[band], band, empty=0.0) for band in bands])
            else:
                people.append(book.number(row, columns["people"], "population", empty=0.0))
    book.stop()
    if not seen:
        raise FileRefused(f"{path.name} : aucune commune.")
    table = np.array(by_age) if with_ages else None
    living = table.sum(axis=1) if table is not None else np.array(people)
    return Communes(
        codes=tuple(seen),
        names=tuple(names),
        latitudes=np.array([latitude for latitude, _longitude in points]),
        longitudes=np.array([longitude for _latitude, longitude in points]),
        people=living,
        by_age=table,
        notes=_notes(book, living),
    )


def _notes(book: Notebook, people: Floats) -> tuple[str, ...]:
    notes = book.told()
    if empty := int((people == 0).sum()):
        notes.append(f"{book.name} : {some(empty, 'commune', 'communes')} sans habitants.")
    return tuple(notes)


@dataclass(frozen=True)
class Supply:
    """What each commune offers.

    Attributes:
        by_place: by rank, in the unit of the parameters.
        too_old: practices left out because of the age cap.
        elsewhere: codes that are none of the communes.
        notes: what was mended.
    """

    by_place: Floats
    too_old: int
    elsewhere: tuple[str, ...]
    notes: tuple[str, ...]


def read_supply(path: Path, communes: Communes, parameters: Parameters) -> Supply:
    """Return what each commune offers; lines of one commune add up.

    Its columns: `code`, and either `offre` (posts) or `actes` (of one practice in a year); `age`
    where a set of parameters leaves out the oldest.

    Raises:
        FileRefused: it cannot be read, or lines are wrong.
    """
    book = Notebook(path.name)
    asked = {"code": CODE, "supply": _SUPPLY, "acts": _ACTS, "age": _AGE}
    ranks = communes.ranks
    found = np.zeros(len(communes.codes))
    too_old, elsewhere = 0, []
    with _rows(path, asked) as (columns, rows):
        require(path.name, columns, ("code", "code"))
        by_acts = "acts" in columns
        if not by_acts:
            require(path.name, columns, ("supply", "offre » ou « actes"))
        column = columns["acts" if by_acts else "supply"]
        for row in rows:
            code = book.code(row, columns["code"])
            amount = book.number(row, column, "offre", empty=0.0)
            age = book.number(row, columns.get("age"), "âge", empty=0.0)
            if code is None:
                continue
            if parameters.age_cap is not None and age > parameters.age_cap:
                too_old += 1
            elif code not in ranks:
                elsewhere.append(code)
            elif by_acts:
                counted = parameters.activity.counted([amount])[0]
                # Classes of acts give posts; elsewhere acts are what a supply is made of.
                found[ranks[code]] += counted * (
                    parameters.post if parameters.activity.classes else 1.0
                )
            else:
                found[ranks[code]] += amount * parameters.post
    book.stop()
    return Supply(found, too_old, tuple(elsewhere), tuple(book.told()))


def read_minutes(path: Path, communes: Communes, most: float) -> tuple[Pairs, Mended]:
    """Return the roads between communes: columns `origine`, `destination`, `minutes`.

    Roads from or to communes that are not listed are left out.

    Raises:
        FileRefused: it cannot be read, or lines are wrong.
    """
    with _opened(path) as stream:
        roads = read_roads(stream, filename=path.name).columns
    ranks = communes.ranks
    near = (
        (ranks[origin], ranks[destination], minutes)
        for origin, destination, minutes in zip(
            roads["origin"].tolist(),
            roads["destination"].tolist(),
            roads["minutes"].tolist(),
            strict=True,
        )
        if origin in ranks and destination in ranks and minutes <= most
    )
    return measured(len(communes.codes), near, most=most)


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    try:
        with path.open("rb") as stream:
            yield stream
    except OSError as error:
        raise FileRefused(f"Impossible de lire « {path} » : {error.strerror}.") from error


@contextmanager
def _rows(
    path: Path, asked: Mapping[str, Iterable[str]]
) -> Iterator[tuple[dict[str, int], Iterator[Row]]]:
    with (
        _opened(path) as stream,
        lines_of(stream, name=path.name, column_of=among(asked)) as found,
    ):
        yield found
