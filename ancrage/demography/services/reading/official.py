"""Official files read as columns: what is mended is told, what is wrong is named by its line.

Traps of these files, each of them met: commune codes read as numbers (01001 becomes 1001), comma
decimals, `NA`, a line of units under the header, communes nouvelles that hold the sum of what
they merged, Paris, Lyon and Marseille in one piece, communes where nobody lives.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.services.reading.lines import (
    CODE,
    DEPARTMENT,
    DESTINATION,
    LATITUDE,
    LONGITUDE,
    MINUTES,
    NAME,
    ORIGIN,
    PEOPLE,
    SHOWN,
    FileRefused,
    Notebook,
    among,
    lines_of,
    require,
)

# No commune reaches this much: what does is a sum of the communes that were merged into it.
PLAUSIBLE = {
    Care.GP: 25.0,
    Care.NURSE: 2_500.0,
    Care.PHYSIO: 1_500.0,
    Care.MIDWIFE: 400.0,
    Care.DENTIST: 800.0,
}
WHOLE_CITIES = {"75056": "Paris", "69123": "Lyon", "13055": "Marseille"}
OLDEST = 120
UNKNOWN_AGE = -1.0

_AGE_CAP = re.compile(r"\b(65|62|60) ans et moins")
# « 0 à 4 ans », « 5-9 ans », « 90 ans ou plus », « age_15 »; « P21_POP0014 », « P21_POP90P ».
_BAND = re.compile(r"(?:age )?(\d{1,3})(?: (?:a )?\d{1,3})?(?: ans)?(?: (?:ou|et) plus)?")
_CODED_BAND = re.compile(r"p\d\d pop(\d{2})(?:\d{2}|p)")
_PROFESSIONALS = among(
    {"code": CODE, "count": ("effectif", "effectifs", "nombre", "nb", "etp"), "age": ("age",)}
)
_PLACES = among(
    {
        "code": CODE,
        "name": NAME,
        "latitude": LATITUDE,
        "longitude": LONGITUDE,
        "people": PEOPLE,
    }
)
_ROADS = among({"origin": ORIGIN, "destination": DESTINATION, "minutes": MINUTES})


@dataclass(frozen=True)
class Draft:
    """A file as it was read.

    Attributes:
        dataset: what it says.
        care: of whom; None: of nobody.
        columns: by name, all as long as one another; codes are texts, the rest numbers.
        remarks: what was mended or noticed.
    """

    dataset: Dataset
    care: Care | None
    columns: dict[str, NDArray[np.generic]]
    remarks: tuple[str, ...]

    @property
    def lines(self) -> int:
        """How many lines were kept."""
        return len(next(iter(self.columns.values())))


def read_access(stream: BinaryIO, *, filename: str, care: Care, sheet: str | None = None) -> Draft:
    """Return the published accessibility: all ages, then 65, 62 and 60 at most where told.

    `merged`, where the file has such a column, is 1 for the communes whose figure is worth nothing
    because they were born of others since.

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    book = Notebook(filename)
    kept = _Kept(book)
    with lines_of(stream, name=filename, column_of=_access_column, sheet=sheet) as (columns, rows):
        require(filename, columns, ("code", "Code commune INSEE"), ("access", "APL"))
        numbers = [name for name in columns if name not in ("code", "name")]
        for row in rows:
            if not book.text(row, columns["code"]):
                continue  # units stand under the header
            values = [book.number(row, columns[name], name) for name in numbers]
            access = values[numbers.index("access")]
            code = kept.add(row.number, book.code(row, columns["code"]), values)
            if "merged" in columns and values[numbers.index("merged")] > 0:
                kept.notice(row.number, f"{code} est née d’une fusion : à ne comparer à rien.")
            elif access > PLAUSIBLE[care]:
                kept.notice(
                    row.number,
                    f"{code} a {access:g}, sans doute la somme de communes réunies : à ne comparer"
                    " à rien.",
                )
    return Draft(Dataset.ACCESS, care, kept.columns(numbers), kept.remarks())


def read_means(stream: BinaryIO, *, filename: str, care: Care, sheet: str | None = None) -> Draft:
    """Return what departments have on average, and how many people each has: no commune.

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    book = Notebook(filename)
    kept = _Kept(book, called="le département")
    with lines_of(stream, name=filename, column_of=_means_column, sheet=sheet) as (columns, rows):
        require(filename, columns, ("code", "dep"), ("access", "APL"))
        numbers = [name for name in columns if name != "code"]
        for row in rows:
            text = book.text(row, columns["code"])
            if not text:
                continue
            values = [book.number(row, columns[name], name) for name in numbers]
            kept.add(row.number, book.department(row.number, text), values)
    return Draft(Dataset.MEANS, care, kept.columns(numbers), kept.remarks())


def read_people(stream: BinaryIO, *, filename: str, sheet: str | None = None) -> Draft:
    """Return who lives in each commune, by age band: columns `age_0`, `age_5`…

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    book = Notebook(filename)
    kept = _Kept(book)
    with lines_of(stream, name=filename, column_of=_people_column, sheet=sheet) as (columns, rows):
        require(filename, columns, ("code", "code"), ("age_0", "0 à 4 ans"))
        bands = sorted((name for name in columns if name.startswith("age_")), key=first_age)
        if len(bands) == 1:
            raise FileRefused(f"{filename} : une seule tranche d’âge, il en faut plusieurs.")
        for row in rows:
            if not book.text(row, columns["code"]):
                continue
            values = [book.number(row, columns[name], name, empty=0.0) for name in bands]
            code = kept.add(row.number, book.code(row, columns["code"]), values)
            if not sum(values):
                kept.notice(row.number, f"personne n’habite {code}.")
    return Draft(Dataset.PEOPLE, None, kept.columns(bands), kept.remarks())


def read_professionals(
    stream: BinaryIO, *, filename: str, care: Care, sheet: str | None = None
) -> Draft:
    """Return how many professionals each commune has, by age where the file tells it.

    Lines of one commune stand side by side; an age that is not told is `UNKNOWN_AGE`; a line
    whose number is kept secret says nothing, and is left out.

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    book = Notebook(filename)
    kept = _Kept(book, once=False)
    with lines_of(stream, name=filename, column_of=_PROFESSIONALS, sheet=sheet) as (columns, rows):
        require(filename, columns, ("code", "code"), ("count", "effectif"))
        for row in rows:
            if not book.text(row, columns["code"]):
                continue
            count = book.number(row, columns["count"], "l’effectif")
            age = book.number(
                row, columns.get("age"), "l’âge", within=(0, OLDEST), empty=UNKNOWN_AGE
            )
            code = book.code(row, columns["code"])
            if not np.isnan(count):
                kept.add(row.number, code, [count, age])
    return Draft(Dataset.PROFESSIONALS, care, kept.columns(["count", "age"]), kept.remarks())


def read_roads(stream: BinaryIO, *, filename: str, sheet: str | None = None) -> Draft:
    """Return the minutes from one commune to another, as the file gives them.

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    book = Notebook(filename)
    ends: list[tuple[str | None, str | None]] = []
    minutes: list[float] = []
    with lines_of(stream, name=filename, column_of=_ROADS, sheet=sheet) as (columns, rows):
        require(
            filename,
            columns,
            ("origin", "origine"),
            ("destination", "destination"),
            ("minutes", "minutes"),
        )
        for row in rows:
            if not book.text(row, columns["origin"]):
                continue
            if not book.text(row, columns["minutes"]):
                book.refuse(row.number, "il manque les minutes.")
            ends.append(
                (book.code(row, columns["origin"]), book.code(row, columns["destination"]))
            )
            minutes.append(book.number(row, columns["minutes"], "les minutes"))
    book.stop()
    if not ends:
        raise FileRefused(f"{filename} : aucun trajet.")
    codes = np.array(ends, dtype="U5")
    given = set(ends)
    lonely = sum((destination, origin) not in given for origin, destination in given)
    remarks = book.told()
    if lonely:
        remarks.append(
            f"{lonely} trajets donnés dans un seul sens : le retour prendra le même temps."
        )
    return Draft(
        Dataset.ROADS,
        None,
        {"origin": codes[:, 0], "destination": codes[:, 1], "minutes": np.array(minutes)},
        tuple(remarks),
    )


def read_places(stream: BinaryIO, *, filename: str, sheet: str | None = None) -> Draft:
    """Return communes with their names, their points and, where told, their people.

    For the communes around a territory, which a deployment does not hold as rows.

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    book = Notebook(filename)
    kept = _Kept(book)
    names: list[str] = []
    with lines_of(stream, name=filename, column_of=_PLACES, sheet=sheet) as (columns, rows):
        require(
            filename,
            columns,
            ("code", "code"),
            ("latitude", "latitude"),
            ("longitude", "longitude"),
        )
        for row in rows:
            if not book.text(row, columns["code"]):
                continue
            point = [
                book.number(row, columns["latitude"], "la latitude", within=(-90, 90)),
                book.number(row, columns["longitude"], "la longitude", within=(-180, 180)),
            ]
            people = book.number(row, columns.get("people"), "la population")
            code = kept.add(row.number, book.code(row, columns["code"]), [*point, people])
            names.append(book.text(row, columns.get("name")) or code)
            if np.isnan(point).any():
                kept.notice(row.number, f"{code} n’a pas de coordonnées.")
    numbers = kept.columns(["latitude", "longitude", "people"])
    return Draft(
        Dataset.PLACES, None, numbers | {"name": np.array(names, dtype="U120")}, kept.remarks()
    )


def first_age(column: str) -> int:
    """Return the first age of a band: 5 for `age_5`."""
    return int(column.removeprefix("age_"))


class _Kept:
    """The lines that are kept, place by place."""

    def __init__(self, book: Notebook, *, once: bool = True, called: str = "la commune") -> None:
        self._book = book
        self._once = once
        self._called = called
        self._nothing = "aucune commune" if called == "la commune" else "aucun département"
        self._codes: list[str] = []
        self._values: list[list[float]] = []
        self._seen: dict[str, int] = {}
        self._remarks: list[str] = []

    def add(self, line: int, code: str | None, values: Sequence[float]) -> str:
        """Keep a line, unless its commune has one already; return its code."""
        if code is None:
            return ""
        if self._once and code in self._seen:
            self._book.refuse(
                line, f"{self._called} {code} est déjà à la ligne {self._seen[code]}."
            )
        self._seen[code] = line
        self._codes.append(code)
        self._values.append(list(values))
        return code

    def notice(self, line: int, sentence: str) -> None:
        """Keep a remark on a line."""
        self._remarks.append(f"{self._book.name}, ligne {line} : {sentence}")

    def columns(self, names: Sequence[str]) -> dict[str, NDArray[np.generic]]:
        """Return the columns. Raises FileRefused if lines are wrong, or if there are none."""
        self._book.stop()
        if not self._codes:
            raise FileRefused(f"{self._book.name} : {self._nothing}.")
        table = np.array(self._values)
        return {"code": np.array(self._codes, dtype="U5")} | {
            name: table[:, rank] for rank, name in enumerate(names)
        }

    def remarks(self) -> tuple[str, ...]:
        """Return what was mended or noticed."""
        whole = self._book.told()
        whole += [
            f"{city} en une seule commune ({code}) : ses arrondissements manquent."
            for code, city in WHOLE_CITIES.items()
            if code in self._seen
        ]
        if self._book.blanks:
            whole.append(f"{self._book.blanks} cases vides ou « NA ».")
        more = len(self._remarks) - SHOWN
        rest = [f"… et {more} autres remarques."] if more > 0 else []
        return (*whole, *self._remarks[:SHOWN], *rest)


def _access_column(key: str) -> str | None:
    """The column of the published accessibility that a label names."""
    if key in CODE:
        return "code"
    if key in NAME:
        return "name"
    if key.startswith("fusion"):
        return "merged"
    if key.startswith("population standardisee"):
        return "standardised"
    if key.startswith("population totale"):
        return "people"
    if key.startswith("apl"):
        cap = _AGE_CAP.search(key)
        return f"access_{cap[1]}" if cap else "access"
    return None


def _means_column(key: str) -> str | None:
    """The column of a table of departments that a label names."""
    if key in DEPARTMENT:
        return "code"
    if key.startswith("population"):
        return "people"
    return "access" if key.startswith("apl") else None


def _people_column(key: str) -> str | None:
    """The column of a table of ages that a label names."""
    if key in CODE:
        return "code"
    if key in NAME:
        return "name"
    if key.startswith("moins de "):
        return "age_0"
    found = _BAND.fullmatch(key) or _CODED_BAND.fullmatch(key)
    return f"age_{int(found[1])}" if found and int(found[1]) <= OLDEST else None
