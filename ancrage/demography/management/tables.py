"""Communes, supply and minutes read from plain files, with each wrong line named."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ancrage.core.accessibility.parameters import AgeWeights, Parameters
from ancrage.core.accessibility.travel import Floats, Ints, Mended, Pairs, measured
from ancrage.kit.tabular import (
    CellValue,
    Located,
    Row,
    Table,
    TableError,
    as_text,
    locate,
    open_table,
)
from ancrage.kit.tabular.parsers.numbers import read_decimal
from ancrage.kit.tabular.wording import key_of
from ancrage.territory.validators import NotACommuneCode, normal_insee

# Past these, the rest of a file says nothing new.
_SHOWN = 10

_CODE = ("code", "code insee", "code commune", "code commune insee", "insee", "codgeo", "depcom")
_NAME = ("nom", "commune", "libelle", "nom commune")
_LATITUDE, _LONGITUDE = ("lat", "latitude"), ("lon", "lng", "longitude")
_PEOPLE = ("population", "population municipale", "population totale", "pop")
_SUPPLY = ("offre", "etp", "effectif", "medecins", "medecins generalistes")
_ACTS, _AGE = ("actes", "nombre d actes"), ("age",)
_ORIGIN = ("origine", "depart", "code origine")
_DESTINATION = ("destination", "arrivee", "code destination")
_MINUTES = ("minutes", "temps", "duree")
_NOTHING = ("", "na", "nd", "ns", "n a", "nan")


class BadTable(Exception):
    """Why a file cannot be used, in sentences for whoever gave it."""


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


@dataclass
class _Lines:
    """What is wrong with the lines of one file."""

    name: str
    wrong: list[str] = field(default_factory=list)
    mended: int = 0

    def refuse(self, number: int, sentence: str) -> None:
        """Keep what is wrong with a line."""
        self.wrong.append(f"{self.name}, ligne {number} : {sentence}")

    def stop(self) -> None:
        """Raise all that was kept. Raises `BadTable`."""
        if not self.wrong:
            return
        more = len(self.wrong) - _SHOWN
        rest = [f"… et {more} autres lignes."] if more > 0 else []
        raise BadTable("\n".join([*self.wrong[:_SHOWN], *rest]))


def read_communes(path: Path, ages: AgeWeights | None) -> Communes:
    """Return the communes of a table.

    Its columns: `code`; `nom`, `lat`, `lon` if it has them; and either `population`, or the
    people of each band of `ages` in columns named `age_0`, `age_5`…

    Raises:
        BadTable: it cannot be read, or lines are wrong.
    """
    lines = _Lines(path.name)
    bands = tuple(f"age {age}" for age in ages.ages) if ages else ()
    asked = {"code": _CODE, "name": _NAME, "lat": _LATITUDE, "lon": _LONGITUDE, "people": _PEOPLE}
    asked |= {band: (band,) for band in bands}
    seen: dict[str, int] = {}
    names, points, people, by_age = [], [], [], []
    with _rows(path, asked) as (columns, rows):
        _require(path, columns, "code")
        with_ages = bool(bands) and all(band in columns for band in bands)
        if not with_ages:
            _require(path, columns, "people")
        for row in rows:
            code = _code(lines, row, columns["code"])
            if code is None:
                continue
            if code in seen:
                lines.refuse(row.number, f"la commune {code} est déjà à la ligne {seen[code]}.")
                continue
            seen[code] = row.number
            names.append(_text(row, columns.get("name")) or code)
            points.append(
                (
                    _number(lines, row, columns.get("lat"), "latitude", within=(-90, 90)),
                    _number(lines, row, columns.get("lon"), "longitude", within=(-180, 180)),
                )
            )
            if with_ages:
                by_age.append(
                    [_number(lines, row, columns[band], band, empty=0.0) for band in bands]
                )
            else:
                people.append(_number(lines, row, columns["people"], "population", empty=0.0))
    lines.stop()
    if not seen:
        raise BadTable(f"{path.name} : aucune commune.")
    table = np.array(by_age) if with_ages else None
    living = table.sum(axis=1) if table is not None else np.array(people)
    return Communes(
        codes=tuple(seen),
        names=tuple(names),
        latitudes=np.array([latitude for latitude, _longitude in points]),
        longitudes=np.array([longitude for _latitude, longitude in points]),
        people=living,
        by_age=table,
        notes=_notes(lines, living),
    )


def _notes(lines: _Lines, people: Floats) -> tuple[str, ...]:
    notes = []
    if lines.mended:
        notes.append(f"{lines.name} : {lines.mended} codes lus comme des nombres, zéros remis.")
    if empty := int((people == 0).sum()):
        notes.append(f"{lines.name} : {empty} communes sans habitants.")
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
        BadTable: it cannot be read, or lines are wrong.
    """
    lines = _Lines(path.name)
    asked = {"code": _CODE, "supply": _SUPPLY, "acts": _ACTS, "age": _AGE}
    ranks = communes.ranks
    found = np.zeros(len(communes.codes))
    too_old, elsewhere = 0, []
    with _rows(path, asked) as (columns, rows):
        _require(path, columns, "code")
        by_acts = "acts" in columns
        column = columns["acts"] if by_acts else _require(path, columns, "supply")
        for row in rows:
            code = _code(lines, row, columns["code"])
            amount = _number(lines, row, column, "offre", empty=0.0)
            age = _number(lines, row, columns.get("age"), "âge", empty=0.0)
            if code is None:
                continue
            if parameters.age_cap is not None and age > parameters.age_cap:
                too_old += 1
            elif code not in ranks:
                elsewhere.append(code)
            elif by_acts:
                found[ranks[code]] += parameters.activity.counted([amount])[0]
            else:
                found[ranks[code]] += amount * parameters.post
    lines.stop()
    mended = f"{path.name} : {lines.mended} codes lus comme des nombres, zéros remis."
    return Supply(found, too_old, tuple(elsewhere), (mended,) if lines.mended else ())


def read_minutes(path: Path, communes: Communes, most: float) -> tuple[Pairs, Mended]:
    """Return the roads between communes: columns `origine`, `destination`, `minutes`.

    Roads from or to communes that are not listed are left out.

    Raises:
        BadTable: it cannot be read, or lines are wrong.
    """
    lines = _Lines(path.name)
    asked = {"origin": _ORIGIN, "destination": _DESTINATION, "minutes": _MINUTES}
    ranks = communes.ranks
    roads = []
    with _rows(path, asked) as (columns, rows):
        for name in asked:
            _require(path, columns, name)
        for row in rows:
            origin = _code(lines, row, columns["origin"])
            destination = _code(lines, row, columns["destination"])
            minutes = _number(lines, row, columns["minutes"], "minutes")
            if np.isnan(minutes) and not _text(row, columns["minutes"]).strip():
                lines.refuse(row.number, "il manque les minutes.")
            ends = ranks.get(origin or ""), ranks.get(destination or "")
            if ends[0] is not None and ends[1] is not None and minutes <= most:
                roads.append((ends[0], ends[1], minutes))
    lines.stop()
    return measured(len(communes.codes), roads, most=most)


@contextmanager
def _rows(
    path: Path, asked: Mapping[str, Sequence[str]]
) -> Iterator[tuple[dict[str, int], Iterator[Row]]]:
    """Where each column that is asked for stands, and the lines under the header."""
    known = {spelling: name for name, spellings in asked.items() for spelling in spellings}
    try:
        with path.open("rb") as stream, open_table(stream, filename=path.name) as table:
            located = locate(table, lambda text: key_of(text) in known)
            columns: dict[str, int] = {}
            for rank, label in enumerate(located.header.labels if located.header else ()):
                name = known.get(key_of(label))
                if name is not None:
                    columns.setdefault(name, rank)
            yield columns, _under(table, located)
    except OSError as error:
        raise BadTable(f"Impossible de lire « {path} » : {error.strerror}.") from error
    except TableError as error:
        raise BadTable(f"{path.name} : {error}") from error


def _under(table: Table, located: Located) -> Iterator[Row]:
    last = located.header.last_line if located.header else 0
    return (row for row in table.rows(located.sheet) if row.number > last)


_CALLED = {
    "code": "code",
    "people": "population",
    "supply": "offre » ou « actes",
    "origin": "origine",
    "destination": "destination",
    "minutes": "minutes",
}


def _require(path: Path, columns: Mapping[str, int], name: str) -> int:
    if name not in columns:
        raise BadTable(f"{path.name} : il manque la colonne « {_CALLED[name]} ».")
    return columns[name]


def _cell(row: Row, column: int | None) -> CellValue:
    return row.cells[column] if column is not None and column < len(row.cells) else None


def _text(row: Row, column: int | None) -> str:
    return as_text(_cell(row, column)).strip()


def _code(lines: _Lines, row: Row, column: int) -> str | None:
    text = _text(row, column)
    try:
        code = normal_insee(text)
    except NotACommuneCode as error:
        lines.refuse(row.number, " ".join(error.messages))
        return None
    lines.mended += code != text.upper()
    return code


def _number(
    lines: _Lines,
    row: Row,
    column: int | None,
    called: str,
    *,
    within: tuple[float, float] = (0, float("inf")),
    empty: float = float("nan"),
) -> float:
    """The number of a cell; `empty` where nothing is written, or that it is not known."""
    text = _text(row, column)
    if key_of(text) in _NOTHING:
        return empty
    number = read_decimal(text)
    if number is None or not within[0] <= number <= within[1]:
        lines.refuse(row.number, f"« {text} » n’est pas une valeur possible pour {called}.")
        return empty
    return float(number)
