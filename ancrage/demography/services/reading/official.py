"""Official files read as columns: what is mended is told, what is wrong is named by its line.

Traps of these files, each of them met: commune codes read as numbers (01001 becomes 1001), comma
decimals, `NA`, a line of units under the header, communes nouvelles that hold the sum of what
they merged, Paris, Lyon and Marseille in one piece, communes where nobody lives.
"""

import re
from array import array
from functools import partial
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.services.reading.draft import Draft
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
    FileRefused,
    Kept,
    Notebook,
    Watch,
    among,
    lines_of,
    require,
    unwatched,
)
from ancrage.demography.services.reading.naming import is_of
from ancrage.kit.tabular.problems import source_text
from ancrage.kit.tabular.sentences import Sentence, say, say_many

Ranks = NDArray[np.int64]

# No commune reaches this much: what does is a sum of the communes that were merged into it.
PLAUSIBLE = {
    Care.GP: 25.0,
    Care.NURSE: 2_500.0,
    Care.PHYSIO: 1_500.0,
    Care.MIDWIFE: 400.0,
    Care.DENTIST: 800.0,
}
OLDEST = 120

_AGE_CAP = re.compile(r"\b(65|62|60) ans et moins")
# « 0 à 4 ans », « 5-9 ans », « 90 ans ou plus », « age_15 »; « P21_POP0014 », « P21_POP90P ».
_BAND = re.compile(r"(?:age )?(\d{1,3})(?: (?:a )?\d{1,3})?(?: ans)?(?: (?:ou|et) plus)?")
_CODED_BAND = re.compile(r"p\d\d pop(\d{2})(?:\d{2}|p)")
PLACES = among(
    {
        "code": CODE,
        "name": NAME,
        "latitude": LATITUDE,
        "longitude": LONGITUDE,
        "people": PEOPLE,
    }
)
_MINUTES = say("les minutes")
_LATITUDE, _LONGITUDE = say("la latitude"), say("la longitude")
_PEOPLE = say("la population")
_CALLED = {
    "access": say("l’accessibilité"),
    "standardised": say("la population standardisée"),
    "people": _PEOPLE,
    "merged": say("la fusion"),
}
ROADS = among({"origin": ORIGIN, "destination": DESTINATION, "minutes": MINUTES})


def read_access(
    stream: BinaryIO,
    *,
    filename: str,
    care: Care,
    sheet: str | None = None,
    watch: Watch = unwatched,
) -> Draft:
    """Return the published accessibility: all ages, then 65, 62 and 60 at most where told.

    `merged`, where the file has such a column, is 1 for the communes whose figure is worth nothing
    because they were born of others since.

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    book = Notebook(filename)
    kept = Kept(book)
    with lines_of(
        stream, name=filename, column_of=partial(access_column, care), sheet=sheet, watch=watch
    ) as (
        columns,
        rows,
    ):
        require(filename, columns, ("code", "Code commune INSEE"), _wanted(care))
        numbers = [name for name in columns if name not in ("code", "name")]
        called = [_called(name) for name in numbers]
        for row in rows:
            if not book.text(row, columns["code"]):
                continue  # units stand under the header
            values = [
                book.number(row, columns[name], what)
                for name, what in zip(numbers, called, strict=True)
            ]
            access = values[numbers.index("access")]
            code = kept.add(row.number, book.code(row, columns["code"]), values)
            if "merged" in columns and values[numbers.index("merged")] > 0:
                kept.notice(
                    row.number,
                    say("%(code)s est née d’une fusion : à ne comparer à rien.", code=code),
                )
            elif access > PLAUSIBLE[care]:
                kept.notice(
                    row.number,
                    say(
                        "%(code)s a %(access)g, sans doute la somme de communes réunies : à ne "
                        "comparer à rien.",
                        code=code,
                        access=access,
                    ),
                )
    return Draft(Dataset.ACCESS, care, kept.columns(numbers), kept.remarks())


def read_means(
    stream: BinaryIO,
    *,
    filename: str,
    care: Care,
    sheet: str | None = None,
    watch: Watch = unwatched,
) -> Draft:
    """Return what departments have on average, and how many people each has: no commune.

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    book = Notebook(filename)
    kept = Kept(book, departments=True)
    with lines_of(
        stream, name=filename, column_of=partial(means_column, care), sheet=sheet, watch=watch
    ) as (
        columns,
        rows,
    ):
        require(filename, columns, ("code", "dep"), _wanted(care))
        numbers = [name for name in columns if name != "code"]
        called = [_called(name) for name in numbers]
        for row in rows:
            text = book.text(row, columns["code"])
            if not text:
                continue
            values = [
                book.number(row, columns[name], what)
                for name, what in zip(numbers, called, strict=True)
            ]
            kept.add(row.number, book.department(row.number, text), values)
    return Draft(Dataset.MEANS, care, kept.columns(numbers), kept.remarks())


def read_people(
    stream: BinaryIO, *, filename: str, sheet: str | None = None, watch: Watch = unwatched
) -> Draft:
    """Return who lives in each commune, by age band: columns `age_0`, `age_5`…

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    book = Notebook(filename)
    kept = Kept(book)
    with lines_of(stream, name=filename, column_of=people_column, sheet=sheet, watch=watch) as (
        columns,
        rows,
    ):
        require(filename, columns, ("code", "code"), ("age_0", "0 à 4 ans"))
        bands = sorted((name for name in columns if name.startswith("age_")), key=first_age)
        if len(bands) == 1:
            raise FileRefused(
                say("%(file)s : une seule tranche d’âge, il en faut plusieurs.", file=filename)
            )
        called = [_called(name) for name in bands]
        for row in rows:
            if not book.text(row, columns["code"]):
                continue
            values = [
                book.number(row, columns[name], what, empty=0.0)
                for name, what in zip(bands, called, strict=True)
            ]
            code = kept.add(row.number, book.code(row, columns["code"]), values)
            if not sum(values):
                kept.notice(row.number, say("personne n’habite %(code)s.", code=code))
    return Draft(Dataset.PEOPLE, None, kept.columns(bands), kept.remarks())


def read_roads(
    stream: BinaryIO, *, filename: str, sheet: str | None = None, watch: Watch = unwatched
) -> Draft:
    """Return the minutes from one commune to another, as the file gives them.

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    book = Notebook(filename)
    # Ranks and not texts: millions of lines name some thousands of communes.
    ranks: dict[str | None, int] = {}
    ends, minutes = array("q"), array("d")
    with lines_of(stream, name=filename, column_of=ROADS, sheet=sheet, watch=watch) as (
        columns,
        rows,
    ):
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
                book.refuse(row.number, say("il manque les minutes."))
            for end in ("origin", "destination"):
                ends.append(ranks.setdefault(book.code(row, columns[end]), len(ranks)))
            minutes.append(book.number(row, columns["minutes"], _MINUTES))
    book.stop()
    if not ends:
        raise FileRefused(say("%(file)s : aucun trajet.", file=filename))
    codes = np.array(list(ranks), dtype="U5")
    origins, destinations = np.array(ends).reshape(-1, 2).T
    lonely = _lonely(origins, destinations, len(codes))
    remarks = book.told()
    if lonely:
        remarks.append(
            say_many(
                "%(count)d trajet donné dans un seul sens : le retour prendra le même temps.",
                "%(count)d trajets donnés dans un seul sens : le retour prendra le même temps.",
                lonely,
            )
        )
    return Draft(
        Dataset.ROADS,
        None,
        {
            "origin": codes[origins],
            "destination": codes[destinations],
            "minutes": np.array(minutes),
        },
        tuple(remarks),
    )


def _lonely(origins: Ranks, destinations: Ranks, places: int) -> int:
    """Count the roads that are given one way only."""
    given = np.unique(origins * places + destinations)
    back = given % places * places + given // places
    return int((~np.isin(back, given, assume_unique=True)).sum())


def read_places(
    stream: BinaryIO, *, filename: str, sheet: str | None = None, watch: Watch = unwatched
) -> Draft:
    """Return communes with their names, their points and, where told, their people.

    For the communes around a territory, which a deployment does not hold as rows.

    Raises:
        FileRefused: columns are missing, or lines are wrong.
    """
    book = Notebook(filename)
    kept = Kept(book)
    names: list[str] = []
    with lines_of(stream, name=filename, column_of=PLACES, sheet=sheet, watch=watch) as (
        columns,
        rows,
    ):
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
                book.number(row, columns["latitude"], _LATITUDE, within=(-90, 90)),
                book.number(row, columns["longitude"], _LONGITUDE, within=(-180, 180)),
            ]
            people = book.number(row, columns.get("people"), _PEOPLE)
            code = kept.add(row.number, book.code(row, columns["code"]), [*point, people])
            names.append(book.text(row, columns.get("name")) or code)
            if np.isnan(point).any():
                kept.notice(row.number, say("%(code)s n’a pas de coordonnées.", code=code))
    numbers = kept.columns(["latitude", "longitude", "people"])
    return Draft(
        Dataset.PLACES, None, numbers | {"name": np.array(names, dtype="U120")}, kept.remarks()
    )


def first_age(column: str) -> int:
    """Return the first age of a band: 5 for `age_5`."""
    return int(column.removeprefix("age_"))


def _called(column: str) -> Sentence:
    """What people call a column, after « une valeur possible pour »."""
    if column in _CALLED:
        return _CALLED[column]
    kind, _bar, age = column.partition("_")
    if kind == "access":
        return say("l’accessibilité à %(age)s ans et moins", age=age)
    return say("les habitants à partir de %(age)s ans", age=age)


def _wanted(care: Care) -> tuple[str, str]:
    """The column of a profession, as it is asked for."""
    return "access", f"APL ({source_text(Care(care).label)})"


def access_column(care: Care, key: str) -> str | None:
    """The column of the published accessibility that a label names."""
    if key in CODE:
        return "code"
    if key in NAME:
        return "name"
    if key.startswith("fusion"):
        return "merged"
    if key.startswith("population standardisee"):
        return "standardised"
    if key in PEOPLE or key.startswith("population totale"):
        return "people"
    if key.startswith("apl") and is_of(care, key):
        cap = _AGE_CAP.search(key)
        return f"access_{cap[1]}" if cap else "access"
    return None


def means_column(care: Care, key: str) -> str | None:
    """The column of a table of departments that a label names."""
    if key in DEPARTMENT:
        return "code"
    if key.startswith("population"):
        return "people"
    return "access" if key.startswith("apl") and is_of(care, key) else None


def people_column(key: str) -> str | None:
    """The column of a table of ages that a label names."""
    if key in CODE:
        return "code"
    if key in NAME:
        return "name"
    if key.startswith("moins de "):
        return "age_0"
    found = _BAND.fullmatch(key) or _CODED_BAND.fullmatch(key)
    return f"age_{int(found[1])}" if found and int(found[1]) <= OLDEST else None
