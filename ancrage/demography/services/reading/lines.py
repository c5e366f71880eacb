"""The lines of a file of communes: what is mended is told, what is wrong is named by its line."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from ancrage.kit.tabular import CellValue, Row, TableError, as_text, locate, open_table
from ancrage.kit.tabular.limits import MEBIBYTE, Limits
from ancrage.kit.tabular.parsers.numbers import read_decimal
from ancrage.kit.tabular.wording import key_of
from ancrage.territory.reference.departments import DEPARTMENTS
from ancrage.territory.validators import NotACommuneCode, normal_department, normal_insee

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


class FileRefused(Exception):
    """A file that cannot be taken in: one sentence by line at fault."""

    def __init__(self, *sentences: str) -> None:
        self.sentences = sentences
        super().__init__("\n".join(sentences))


@dataclass
class Notebook:
    """What is noticed while a file is read.

    Attributes:
        name: of the file.
        wrong: what makes it impossible to take in, line by line.
        codes_mended: commune codes whose zeros were put back.
        blanks: numbers that are not told.
    """

    name: str
    wrong: list[str] = field(default_factory=list)
    codes_mended: int = 0
    blanks: int = 0

    def refuse(self, line: int, sentence: str) -> None:
        """Keep what makes a line impossible to take in."""
        self.wrong.append(f"{self.name}, ligne {line} : {sentence}")

    def stop(self) -> None:
        """End the reading if a line was refused.

        Raises:
            FileRefused: with the first lines at fault.
        """
        if self.wrong:
            more = len(self.wrong) - SHOWN
            rest = [f"… et {more} autres lignes."] if more > 0 else []
            raise FileRefused(*self.wrong[:SHOWN], *rest)

    def code(self, row: Row, column: int) -> str | None:
        """Return the code of a commune; None where there is none, and the line is refused."""
        text = self.text(row, column)
        try:
            found = normal_insee(text)
        except NotACommuneCode as error:
            self.refuse(row.number, " ".join(error.messages))
            return None
        self.codes_mended += found != text.upper()
        return found

    def department(self, line: int, text: str) -> str | None:
        """Return the code of a department; None where there is none, and the line is refused."""
        found = normal_department(text.zfill(2))
        if found not in DEPARTMENTS:
            self.refuse(line, f"« {text} » n’est pas le code d’un département.")
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
            self.refuse(row.number, f"« {text} » n’est pas une valeur possible pour {called}.")
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
        return [f"{self.name} : {self.codes_mended} codes lus comme des nombres, zéros remis."]


def among(spellings: Mapping[str, Iterable[str]]) -> ColumnOf:
    """Return what says which column a label names, from the spellings of each."""
    known = {spelling: name for name, those in spellings.items() for spelling in those}
    return known.get


@contextmanager
def lines_of(
    stream: BinaryIO, *, name: str, column_of: ColumnOf, sheet: str | None = None
) -> Iterator[tuple[dict[str, int], Iterator[Row]]]:
    """Say where each known column stands, and give the lines under the header.

    A line without anything in its first known column is skipped: units often stand there.

    Raises:
        FileRefused: it is no table.
    """
    try:
        with open_table(stream, filename=name, limits=LIMITS) as table:
            found = locate(table, lambda text: column_of(key_of(text)) is not None, sheet=sheet)
            columns: dict[str, int] = {}
            for rank, label in enumerate(found.header.labels if found.header else ()):
                column = column_of(key_of(label))
                if column is not None:
                    columns.setdefault(column, rank)
            last = found.header.last_line if found.header else 0
            yield columns, (row for row in table.rows(found.sheet) if row.number > last)
    except TableError as error:
        raise FileRefused(f"{name} : {error}") from error


def require(name: str, columns: Columns, *asked: tuple[str, str]) -> None:
    """Check that columns are there, given as (column, what people call it).

    Raises:
        FileRefused: the first one that is not.
    """
    for column, called in asked:
        if column not in columns:
            raise FileRefused(f"{name} : il manque la colonne « {called} ».")
