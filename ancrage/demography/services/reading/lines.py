"""The lines of a file of communes: what is mended is told, what is wrong is named by its line."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from ancrage.kit.tabular import CellValue, Row, Table, TableError, as_text, locate, open_table
from ancrage.kit.tabular.limits import MEBIBYTE, Limits
from ancrage.kit.tabular.parsers.numbers import read_decimal
from ancrage.kit.tabular.sentences import Sentence, kept, say, say_many, worded
from ancrage.kit.tabular.wording import key_of
from ancrage.territory.reference.departments import DEPARTMENTS
from ancrage.territory.validators import (
    NotACommuneCode,
    department_of,
    normal_department,
    normal_insee,
)

# The roads of a region are millions of lines.
LIMITS = Limits(
    file_bytes=200 * MEBIBYTE,
    rows=4_000_000,
    cells=40_000_000,
    characters=400_000_000,
    unpacked_bytes=800 * MEBIBYTE,
)
# Past these, the rest of a file says nothing new.
SHOWN = 20
# How many lines are read between two looks at how far the reading is.
WATCHED = 2_000
# A file that speaks of as many departments means to speak of all.
COUNTRY = 90
INSEE_LENGTH = 5
OVERSEAS = {"976": "Mayotte"}
# Cities that files give in one piece, or by arrondissement.
CITIES = {
    "75056": ("Paris", range(75_101, 75_121)),
    "69123": ("Lyon", range(69_381, 69_390)),
    "13055": ("Marseille", range(13_201, 13_217)),
}
CITY_OF = {str(part): city for city, (_name, parts) in CITIES.items() for part in parts}

CODE = ("code", "code insee", "code commune", "code commune insee", "insee", "codgeo", "depcom")
DEPARTMENT = ("dep", "departement", "code departement", "code du departement")
LATITUDE, LONGITUDE = ("lat", "latitude"), ("lon", "lng", "longitude")
PEOPLE = ("population", "population municipale", "population totale", "pop")
NAME = ("nom", "commune", "libelle", "nom commune", "libgeo", "libelle commune")
ORIGIN = ("origine", "depart", "code origine")
DESTINATION = ("destination", "arrivee", "code destination")
MINUTES = ("minutes", "temps", "duree")
_NOTHING = frozenset({"", "na", "nd", "ns", "n a", "nan"})

ColumnOf = Callable[[str], str | None]
Columns = Mapping[str, int]
Watch = Callable[[float], None]
"""Told how far a reading is, from 0 to 1; raises to stop it."""


def unwatched(_share: float) -> None:
    """Let a reading go on: nobody follows it."""


class FileRefused(Exception):
    """A file that cannot be taken in: one sentence by line at fault."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__("\n".join(sentences))

    @property
    def told(self) -> list[str]:
        """The sentences, in the language in force."""
        return [worded(kept(one)) for one in self.sentences]


@dataclass
class Notebook:
    """What is noticed while a file is read.

    Attributes:
        name: of the file.
        wrong: what makes it impossible to take in, by line: the first ones.
        faults: how many lines do.
        codes_mended: commune codes whose zeros were put back.
        blanks: numbers that are not told.
        quotes: whether what is wrong may be written again: not where lines are people.
    """

    name: str
    wrong: list[str] = field(default_factory=list)
    faults: int = 0
    codes_mended: int = 0
    blanks: int = 0
    quotes: bool = True
    # The roads of a country write each code a hundred times.
    _codes: dict[str, str] = field(default_factory=dict)

    def refuse(self, line: int, sentence: str) -> None:
        """Keep what makes a line impossible to take in."""
        self.faults += 1
        if self.faults <= SHOWN:
            self.wrong.append(at_line(self.name, line, sentence))

    def stop(self) -> None:
        """End the reading if a line was refused.

        Raises:
            FileRefused: with the first lines at fault.
        """
        if not self.wrong:
            return
        told = list(self.wrong)
        if (more := self.faults - SHOWN) > 0:
            told.append(
                say_many("… et %(count)d autre ligne.", "… et %(count)d autres lignes.", more)
            )
        raise FileRefused(*told)

    def code(self, row: Row, column: int) -> str | None:
        """Return the code of a commune; None where there is none, and the line is refused."""
        text = self.text(row, column)
        found = self._codes.get(text)
        if found is None:
            try:
                found = normal_insee(text)
            except NotACommuneCode as error:
                self.refuse(
                    row.number,
                    say(error.message, **(error.params or {}))
                    if self.quotes
                    else say("ce n’est pas un code de commune."),
                )
                return None
            self._codes[text] = found
        self.codes_mended += found != text.upper()
        return found

    def department(self, line: int, text: str) -> str | None:
        """Return the code of a department; None where there is none, and the line is refused."""
        found = normal_department(text.zfill(2))
        if found not in DEPARTMENTS:
            self.refuse(line, say("« %(text)s » n’est pas le code d’un département.", text=text))
            return None
        self.codes_mended += found != text.upper()
        return found

    def number(
        self,
        row: Row,
        column: int | None,
        called: str,
        *,
        within: tuple[float, float] = (0, float("inf")),
        empty: float = float("nan"),
    ) -> float:
        """Return the number of a cell; `empty` where it is not told, or wrong."""
        text = self.text(row, column)
        if key_of(text) in _NOTHING:
            self.blanks += column is not None
            return empty
        found = read_decimal(text)
        if found is None or not within[0] <= found <= within[1]:
            self.refuse(
                row.number,
                say(
                    "« %(text)s » n’est pas une valeur possible pour %(what)s.",
                    text=text,
                    what=called,
                )
                if self.quotes
                else say(
                    "ce qui est écrit n’est pas une valeur possible pour %(what)s.", what=called
                ),
            )
            return empty
        return float(found)

    @staticmethod
    def text(row: Row, column: int | None) -> str:
        """Return what a cell says."""
        cells: tuple[CellValue, ...] = row.cells
        return as_text(cells[column]).strip() if column is not None and column < len(cells) else ""

    def told(self) -> list[str]:
        """Return what was mended, about the whole file."""
        if not self.codes_mended:
            return []
        return [
            say_many(
                "%(file)s : %(count)d code lu comme un nombre, zéros remis.",
                "%(file)s : %(count)d codes lus comme des nombres, zéros remis.",
                self.codes_mended,
                file=self.name,
            )
        ]


class Kept:
    """The lines that are kept, place by place."""

    def __init__(self, book: Notebook, *, once: bool = True, departments: bool = False) -> None:
        self._book = book
        self._once = once
        self._departments = departments
        self._codes: list[str] = []
        self._values: list[list[float]] = []
        self._seen: dict[str, int] = {}
        self._remarks: list[str] = []
        self._noticed = 0

    def add(self, line: int, code: str | None, values: Sequence[float]) -> str:
        """Keep a line, unless its commune has one already; return its code."""
        if code is None:
            return ""
        if self._once and code in self._seen:
            self._book.refuse(line, self._twice(code))
        self._seen[code] = line
        self._codes.append(code)
        self._values.append(list(values))
        return code

    def _twice(self, code: str) -> Sentence:
        facts = {"code": code, "before": self._seen[code]}
        if self._departments:
            return say("le département %(code)s est déjà à la ligne %(before)d.", **facts)
        return say("la commune %(code)s est déjà à la ligne %(before)d.", **facts)

    def notice(self, line: int, sentence: str) -> None:
        """Keep a remark on a line."""
        self._noticed += 1
        if self._noticed <= SHOWN:
            self._remarks.append(at_line(self._book.name, line, sentence))

    def columns(self, names: Sequence[str]) -> dict[str, NDArray[np.generic]]:
        """Return the columns. Raises FileRefused if lines are wrong, or if there are none."""
        self._book.stop()
        if not self._codes:
            name = self._book.name
            raise FileRefused(
                say("%(file)s : aucun département.", file=name)
                if self._departments
                else say("%(file)s : aucune commune.", file=name)
            )
        whole = self._whole_twice()
        here = [code not in whole for code in self._codes]
        table = np.array(self._values)[here]
        return {"code": np.array(self._codes, dtype="U5")[here]} | {
            name: table[:, rank] for rank, name in enumerate(names)
        }

    def remarks(self) -> tuple[str, ...]:
        """Return what was mended or noticed."""
        whole = self._book.told()
        twice = self._whole_twice()
        whole += [
            say(
                "%(city)s (%(code)s) est là en entier et par arrondissement : la ligne entière "
                "est laissée de côté, pour ne compter personne deux fois.",
                city=city,
                code=code,
            )
            if code in twice
            else say(
                "%(city)s en une seule commune (%(code)s) : ses arrondissements manquent.",
                city=city,
                code=code,
            )
            for code, (city, _parts) in CITIES.items()
            if code in self._seen
        ]
        whole += absent_overseas(self._seen)
        if self._book.blanks:
            whole.append(
                say_many(
                    "%(count)d case vide ou « NA ».",
                    "%(count)d cases vides ou « NA ».",
                    self._book.blanks,
                )
            )
        whole += self._remarks
        if (more := self._noticed - SHOWN) > 0:
            whole.append(
                say_many(
                    "… et %(count)d autre remarque.", "… et %(count)d autres remarques.", more
                )
            )
        return tuple(whole)

    def _whole_twice(self) -> frozenset[str]:
        """The cities whose line is the sum of others."""
        return frozenset(CITY_OF[code] for code in self._seen if code in CITY_OF).intersection(
            self._seen
        )


def absent_overseas(codes: Iterable[str]) -> list[str]:
    """Say which department a file of the country leaves out: not told is not zero."""
    told = {department_of(code) if len(code) == INSEE_LENGTH else code for code in codes}
    if len(told) < COUNTRY:
        return []
    return [
        say(
            "%(name)s (%(code)s) n’est pas dans ce fichier : rien n’en est connu, ce n’est pas "
            "zéro.",
            name=name,
            code=code,
        )
        for code, name in OVERSEAS.items()
        if code not in told
    ]


def at_line(file: str, line: int, what: str) -> Sentence:
    """Return a sentence on a line of a file."""
    return say("%(file)s, ligne %(line)d : %(what)s", file=file, line=line, what=what)


def refused_table(file: str, error: TableError) -> FileRefused:
    """Return why a file is no table."""
    return FileRefused(
        say("%(file)s : %(what)s", file=file, what=say(error.sentence, **error.facts))
    )


def some(count: int, one: str, many: str) -> str:
    """Say how many there are."""
    return f"{count} {one if count < 2 else many}"


def among(spellings: Mapping[str, Iterable[str]]) -> ColumnOf:
    """Return what says which column a label names, from the spellings of each."""
    known = {spelling: name for name, those in spellings.items() for spelling in those}
    return known.get


class _Heads(dict[str, int]):
    """Where each known column stands, and how the header is written."""

    def __init__(self, labels: Sequence[str]) -> None:
        super().__init__()
        self.labels = labels


@contextmanager
def lines_of(
    stream: BinaryIO,
    *,
    name: str,
    column_of: ColumnOf,
    sheet: str | None = None,
    watch: Watch = unwatched,
) -> Iterator[tuple[dict[str, int], Iterator[Row]]]:
    """Say where each known column stands, and give the lines under the header.

    A line without anything in its first known column is skipped: units often stand there.

    Raises:
        FileRefused: it is no table.
    """
    try:
        with open_table(stream, filename=name, limits=LIMITS) as table:
            found = locate(table, lambda text: column_of(key_of(text)) is not None, sheet=sheet)
            columns = _Heads(found.header.labels if found.header else ())
            for rank, label in enumerate(columns.labels):
                column = column_of(key_of(label))
                if column is not None:
                    columns.setdefault(column, rank)
            last = found.header.last_line if found.header else 0
            rows = _watched(table, table.rows(found.sheet), watch)
            yield columns, (row for row in rows if row.number > last)
    except TableError as error:
        raise refused_table(name, error) from error


def _watched(table: Table, rows: Iterator[Row], watch: Watch) -> Iterator[Row]:
    for count, row in enumerate(rows):
        if count % WATCHED == 0:
            watch(table.progress)
        yield row


def sheets_with(
    stream: BinaryIO, *, name: str, column_of: ColumnOf, wanted: Set[str]
) -> tuple[str, ...]:
    """Return the visible sheets that hold the columns wanted, in the order of the workbook.

    Raises:
        FileRefused: it is no table.
    """
    found = []
    try:
        with open_table(stream, filename=name, limits=LIMITS) as table:
            for sheet in table.sheets:
                here = locate(
                    table, lambda text: column_of(key_of(text)) is not None, sheet=sheet.name
                )
                labels = here.header.labels if here.header else ()
                if sheet.visible and wanted <= {column_of(key_of(label)) for label in labels}:
                    found.append(sheet.name)
    except TableError as error:
        raise refused_table(name, error) from error
    return tuple(found)


def require(name: str, columns: Columns, *asked: tuple[str, str]) -> None:
    """Check that columns are there, given as (column, what people call it).

    Raises:
        FileRefused: the first one that is not.
    """
    for column, called in asked:
        if column not in columns:
            missing = say(
                "%(file)s : il manque la colonne « %(column)s ».", file=name, column=called
            )
            raise FileRefused(say("%(missing)s %(found)s", missing=missing, found=_found(columns)))


def _found(columns: Columns) -> Sentence:
    """The columns that are there, for whoever looks for another."""
    labels = [label for label in getattr(columns, "labels", ()) if label.strip()]
    if not labels:
        return say("Aucune ligne d’en-têtes n’y est reconnue.")
    shown = [say("« %(label)s »", label=label.strip()) for label in labels[:SHOWN]]
    if len(labels) > SHOWN:
        return say("Colonnes trouvées : %(columns)s…", columns=shown)
    return say("Colonnes trouvées : %(columns)s.", columns=shown)
