"""From the cells of a line to what a kind reads: values, remarks, and lines that are not data."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports.kinds import Column, ImportKind, ImportRow
from ancrage.kit.tabular.cells import (
    CellError,
    CellValue,
    FormulaText,
    as_text,
    encode_cell,
    is_empty,
)
from ancrage.kit.tabular.problems import Guess, Problem, note
from ancrage.kit.tabular.wording import key_of
from ancrage.kit.tabular.writing.escaping import unescape_formula

# What people write to say « nothing » in a column that is not free text.
_BLANK_WORDS = frozenset({"", "neant", "n a", "nc", "sans objet", "so", "ras", "non renseigne"})
_FIGURE = re.compile(r"[\d\s.,%€+-]+")
_TOTAL = re.compile(r"(?:sous |grand )?(?:totaux|total|somme)(?: .{0,30})?|ensemble")


def digest_of(cells: Sequence[CellValue]) -> str:
    """The same for two lines whose cells are the same, spaces and capitals apart."""
    texts = [as_text(cell).casefold().split() for cell in cells]
    return hashlib.blake2b(json.dumps(texts).encode(), digest_size=16).hexdigest()


def encode_cells(cells: Sequence[CellValue]) -> list[Any]:
    """The cells for a JSON field."""
    return [encode_cell(cell) for cell in cells]


def read_line(
    kind: ImportKind,
    codes: Sequence[str],
    *,
    line: int,
    cells: Sequence[CellValue],
    corrections: Mapping[str, str],
    occurrence: int,
    first_line: int | None,
) -> ImportRow:
    """Parse the cells that the kind reads. Never fails: what cannot be read becomes a remark."""
    row = ImportRow(
        line=line,
        values={column.code: None for column in kind.columns},
        raw={column.code: "" for column in kind.columns},
        occurrence=occurrence,
        first_line=first_line,
    )
    for code, cell in zip(codes, cells, strict=False):
        if code and code not in corrections:
            _read_cell(row, kind.column(code), cell)
    for code, text in corrections.items():
        _read_cell(row, kind.column(code), text)
    for column in kind.columns:
        if column.required and row.values[column.code] is None:
            _say_missing(row, column, absent=column.code not in codes)
    return row


def _read_cell(row: ImportRow, column: Column, cell: CellValue) -> None:
    plain = isinstance(cell, str) and not isinstance(cell, FormulaText | CellError)
    value = unescape_formula(cell) if plain and isinstance(cell, str) else cell
    row.raw[column.code] = as_text(value)
    if is_empty(value) or (plain and not column.free_text and key_of(str(value)) in _BLANK_WORDS):
        return
    parsed = column.parse(value)
    if isinstance(parsed, Problem):
        row.add(column.code, parsed)
    elif isinstance(parsed, Guess):
        row.values[column.code] = parsed.value
        row.add(column.code, parsed.problem)
    else:
        row.values[column.code] = parsed


def _say_missing(row: ImportRow, column: Column, *, absent: bool) -> None:
    if any(code == column.code for code, _problem in row.problems):
        return
    if absent:
        row.error(
            column.code,
            _(
                "La colonne « %(column)s » est obligatoire et n’a pas été trouvée dans le "
                "fichier. Associez-la à l’une de ses colonnes."
            ),
            code="missing_column",
            column=column.label,
        )
    else:
        row.error(
            column.code,
            _("Cette cellule est obligatoire et elle est vide."),
            code="required",
        )


def not_data(
    kind: ImportKind,
    codes: Sequence[str],
    labels: Sequence[str],
    cells: Sequence[CellValue],
) -> Problem | None:
    """Why a line is not one of the table (total, header repeated, subtitle), or None if it is."""
    filled = [(index, cell) for index, cell in enumerate(cells) if not is_empty(cell)]
    texts = [
        cell
        for _index, cell in filled
        if isinstance(cell, str) and not isinstance(cell, FormulaText) and not _is_figure(cell)
    ]
    if len(texts) == 1 and _TOTAL.fullmatch(key_of(texts[0])):
        return note(_("Ligne de total : elle n’est pas importée."), code="total")
    if len(filled) >= 2 and all(_repeats_label(index, cell, labels) for index, cell in filled):
        return note(_("En-tête répété au milieu du tableau : ligne ignorée."), code="header")
    if len(filled) == 1 and texts and sum(bool(code) for code in codes) >= 3:
        index = filled[0][0]
        code = codes[index] if index < len(codes) else ""
        if any(column.required and column.code != code for column in kind.columns):
            return note(
                _("Une seule cellule remplie : ligne lue comme un intertitre, et ignorée."),
                code="subtitle",
            )
    return None


def _repeats_label(index: int, cell: CellValue, labels: Sequence[str]) -> bool:
    return index < len(labels) and key_of(as_text(cell)) == key_of(labels[index])


def _is_figure(text: str) -> bool:
    return _FIGURE.fullmatch(text) is not None
