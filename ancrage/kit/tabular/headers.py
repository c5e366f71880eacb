"""Where the table starts in a sheet, and which sheet of a workbook holds it.

Real sheets open with merged titles, blank lines, a header on one line or two, or none at all.
The header is the line (or the two lines) in which the most cells are known column names.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice

from ancrage.kit.tabular.cells import CellValue, FormulaText, as_text
from ancrage.kit.tabular.reading.base import Row, Sheet, Table
from ancrage.kit.tabular.reading.xlsx import column_letter
from ancrage.kit.tabular.wording import tidy

SEARCHED_ROWS = 40
_FIGURE = re.compile(r"[0-9]")
_LETTER = re.compile(r"[^\W\d_]")

IsKnown = Callable[[str], bool]
"""Whether a text is the name of a column that someone waits for."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header found: line numbers (from 1; the two differ for a header on two lines), one label
    per column ("" where nothing is written), and how many labels are known."""

    first_line: int
    last_line: int
    labels: tuple[str, ...]
    known: int


@dataclass(frozen=True, slots=True)
class Located:
    """The sheet chosen, its header or None, and its first rows (header included)."""

    sheet: str
    header: Header | None
    rows: tuple[Row, ...]


def find_header(rows: Sequence[Row], is_known: IsKnown) -> Header | None:
    """The header among the first rows of a sheet, or None when no line looks like one.

    The line with the most known names wins, the first one among equals. Below three known names
    the other cells must look like names too: a line of data may hold a known word by chance.
    """
    best: Header | None = None
    for position, row in enumerate(rows):
        single = _header_of((row,), is_known)
        if _is_better(single, best):
            best = single
        if position + 1 < len(rows) and rows[position + 1].number == row.number + 1:
            double = _header_of((row, rows[position + 1]), is_known)
            if _is_better(double, best) and _is_better(double, single):
                best = double
    return best


def locate(table: Table, is_known: IsKnown, *, sheet: str | None = None) -> Located:
    """The sheet that holds the table awaited: the one with the most known column names.

    Visible sheets come first, then the order of the workbook. With `sheet`, only that one is
    looked at. Raises what reading raises.
    """
    names = [sheet] if sheet is not None else [one.name for one in _by_preference(table)]
    found: list[Located] = []
    for name in names:
        rows = tuple(islice(table.rows(name), SEARCHED_ROWS))
        found.append(Located(name, find_header(rows, is_known), rows))
    return max(found, key=_weight)


def letters(count: int) -> tuple[str, ...]:
    """Names for the columns of a table without header: `A`, `B`, `C`…"""
    return tuple(column_letter(number) for number in range(1, count + 1))


def _by_preference(table: Table) -> list[Sheet]:
    return sorted(table.sheets, key=lambda sheet: not sheet.visible)


def _weight(found: Located) -> tuple[int, bool, bool]:
    header = found.header
    return (header.known if header else 0, header is not None, bool(found.rows))


def _is_better(candidate: Header | None, best: Header | None) -> bool:
    return candidate is not None and (best is None or candidate.known > best.known)


def _header_of(rows: Sequence[Row], is_known: IsKnown) -> Header | None:
    width = max(len(row.cells) for row in rows)
    if len(rows) == 2 and not _continues(rows[0].cells, rows[1].cells, is_known):
        return None
    labels = [_label(rows, column, is_known) for column in range(width)]
    known = sum(is_known(label) for label in labels if label)
    named = [label.casefold() for label in labels if label]
    plain = len(set(named)) == len(named) and not any(label.isdecimal() for label in named)
    if not (known >= 3 or (known and plain)):
        return None
    return Header(rows[0].number, rows[-1].number, tuple(labels), known)


def _continues(above: Sequence[CellValue], below: Sequence[CellValue], is_known: IsKnown) -> bool:
    """Whether the line below is the rest of a header and not the first line of data.

    A line of data may hold, by chance, the name of a column (« Service », « Poste »): taken for a
    header it would be lost without a word. What tells them apart: a header holds words only, and
    a column whose name is complete above has nothing more below, or words that make it another
    known name. A group title (« Contrat » above « Type » and « Durée ») may have any words below,
    in a header where other columns have all their name above.
    """
    if not _only_words(below):
        return False
    width = max(len(above), len(below))
    alone_above = False
    named_twice: list[int] = []
    for column in range(width):
        top, under = _text(above, column), _text(below, column)
        if not top or not is_known(top):
            continue
        if not under:
            alone_above = True
        elif not is_known(under) and not is_known(f"{top} {under}"):
            named_twice.append(column)
    return not named_twice or (
        alone_above and all(_is_group(above, below, column) for column in named_twice)
    )


def _is_group(above: Sequence[CellValue], below: Sequence[CellValue], column: int) -> bool:
    """Whether the title of a column is also that of the next, as merged cells are read."""
    return not _text(above, column + 1) and bool(_text(below, column + 1))


def _only_words(cells: Sequence[CellValue]) -> bool:
    """Whether a line could be the second line of a header: no number, date nor formula.

    A text file has no numbers: « 2 », « 80 % » and « 01/02/2027 » are told by their figures.
    """
    return all(
        cell is None
        or (
            isinstance(cell, str)
            and not isinstance(cell, FormulaText)
            and (_LETTER.search(cell) is not None or _FIGURE.search(cell) is None)
        )
        for cell in cells
    )


def _label(rows: Sequence[Row], column: int, is_known: IsKnown) -> str:
    """The name of a column; in a header on two lines, the most telling of the two, or both."""
    parts = [_text(row.cells, column) for row in rows]
    if len(parts) == 1:
        return parts[0]
    above, below = parts
    # A merged group title is written in the first of its columns only.
    group = above or next(
        (text for back in range(column - 1, -1, -1) if (text := _text(rows[0].cells, back))), ""
    )
    for candidate in (below, f"{group} {below}".strip(), above):
        if candidate and is_known(candidate):
            return candidate
    return " ".join(part for part in (above, below) if part)


def _text(cells: Sequence[CellValue], column: int) -> str:
    return tidy(as_text(cells[column])) if column < len(cells) else ""
