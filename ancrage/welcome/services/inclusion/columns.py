"""The columns of a data·inclusion table: those of the schema, and what a JSON adds to them."""

import json
import re
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import Column
from ancrage.kit.tabular.cells import CellValue, as_text, storable
from ancrage.kit.tabular.problems import Problem, error, note
from ancrage.welcome.reference.schema import PERSONAL, SERVICE, STRUCTURE, Field, Form, is_day

WITHHELD = "—"
"""What stands in the table for the name of a person, who is not kept."""

_SEPARATORS = re.compile(r"[,;|\n]")
_WORDS_OF_A_DAY = 10


def _text(value: CellValue) -> str | Problem | None:
    text = as_text(value).strip()
    if text.startswith(("{", "[")) and not isinstance(_json(text), str):
        return error(_("Un texte est attendu, et non une liste ou un objet."), code="not_a_text")
    return text or None


def _day(value: CellValue) -> str | Problem | None:
    text = as_text(value).strip()
    # Some producers give the hour too.
    day = text[:_WORDS_OF_A_DAY]
    if not is_day(day):
        return error(
            _("« %(text)s » n’est pas une date comme 2026-11-22."), code="day", text=text[:40]
        )
    return day


def _number(value: CellValue) -> float | Problem | None:
    text = as_text(value).strip().replace(",", ".")
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not abs(number) < float("inf"):
        return note(_("« %(text)s » n’est pas un nombre."), code="number", text=text[:40])
    return int(number) if number.is_integer() else number


def _codes(value: CellValue) -> list[str] | None:
    """A JSON list, or codes set apart by commas, semicolons or bars."""
    text = as_text(value).strip()
    listed = _json(text)
    parts = listed if isinstance(listed, list) else _SEPARATORS.split(text.strip("{}[]"))
    codes = [storable(str(one)).strip().strip("'\"") for one in parts]
    return list(dict.fromkeys(code for code in codes if code)) or None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


_PARSERS: dict[Form, Callable[[CellValue], Any]] = {
    Form.DAY: _day,
    Form.NUMBER: _number,
    Form.WHOLE: _number,
    Form.CODES: _codes,
    Form.ZONES: _codes,
}
_REQUIRED = {field.name for field in STRUCTURE if field.required}


def _column(field: Field) -> Column:
    return Column(
        field.name,
        field.label,
        _PARSERS.get(field.form, _text),
        required=field.name in _REQUIRED,
        # « SO » or « NC » may be the name of a place: no word means « nothing » here.
        free_text=True,
    )


_FIELDS = {field.name: field for field in (*STRUCTURE, *SERVICE)}
COLUMNS: tuple[Column, ...] = (
    Column("chemin", _("Place dans le fichier"), _text, free_text=True),
    Column("nature", _("Structure ou service"), _text, free_text=True),
    *(_column(field) for field in _FIELDS.values()),
    Column("dessert", _("Zones de ses services"), _text, free_text=True),
    Column("structure_nom", _("Nom de sa structure"), _text, free_text=True),
    Column("structure_insee", _("Commune de sa structure"), _text, free_text=True),
    Column(PERSONAL, _("Personne à contacter"), _text, free_text=True),
)
CODES: tuple[str, ...] = tuple(column.code for column in COLUMNS)
