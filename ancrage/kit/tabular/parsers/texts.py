"""Texts: free text, identifiers, e-mail addresses."""

import re
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from ancrage.kit.tabular.cells import CellError, CellValue, FormulaText, as_text
from ancrage.kit.tabular.problems import Guess, Parsed, Problem, check, error, note
from ancrage.kit.tabular.wording import tidied, tidy

_SCIENTIFIC = re.compile(r"[+-]?\d+(?:[.,]\d+)?[eE][+-]?\d+")
# A spreadsheet that shows 2,64403E+13 and is saved again writes 26440300000000: six digits left.
_LOST_DIGITS = re.compile(r"[1-9]\d{5,}000000")
_LOST_ZEROS = 2
_SEPARATORS = re.compile(r"[\s.\-_/·]+")
_EMAIL = EmailValidator()


def unusable(value: CellValue) -> Problem | None:
    """The problem of a cell that holds a formula or an error instead of a value, or None."""
    if isinstance(value, FormulaText):
        return check(
            _(
                "Cette cellule contient une formule (%(formula)s), qui n’est pas calculée ici. "
                "Remplacez-la par sa valeur (copier, collage spécial, valeurs)."
            ),
            as_text(value.shown),
            code="formula",
            formula=value[:80],
        )
    if isinstance(value, CellError):
        return error(
            _("Le tableur affiche l’erreur %(shown)s à la place de la valeur. Saisissez-la."),
            code="cell_error",
            shown=str(value),
        )
    return None


def written(value: CellValue) -> str | Problem:
    """The text of a cell, tidied, or the problem that prevents reading it."""
    return unusable(value) or tidy(as_text(value))


def parse_text(value: CellValue) -> Parsed[str]:
    """Any text, up to 10 000 characters. A formula is kept as it is written."""
    return _text(value, 10_000)


def text_parser(max_length: int) -> Callable[[CellValue], Parsed[str]]:
    """A parser of texts up to `max_length` characters. Line breaks inside the cell are kept."""
    return lambda value: _text(value, max_length)


def _text(value: CellValue, max_length: int) -> Parsed[str]:
    if isinstance(value, CellError):
        return unusable(value)
    text = tidied(as_text(value))
    if len(text) > max_length:
        return error(
            _("Ce texte compte %(length)s caractères ; la limite est de %(limit)s. Abrégez-le."),
            text[: max_length - 1].rstrip() + "…",
            code="too_long",
            length=len(text),
            limit=max_length,
        )
    return text or None


def identifier_parser(
    *, length: int | None = None, pattern: str | None = None
) -> Callable[[CellValue], Parsed[str]]:
    """A parser of identifiers: SIRET, FINESS, INSEE code, a structure's own reference.

    With `length` or `pattern` (a regular expression for the whole text) it is an official number:
    capitals, no space, dot or dash, and up to two leading zeros that a spreadsheet dropped from a
    number are put back, and said. Without them it is a reference of one's own, kept as written.
    A number left in scientific notation is destroyed: it is named so and never rebuilt.
    """
    expected = re.compile(pattern) if pattern else None
    official = length is not None or expected is not None

    def parse(value: CellValue) -> Parsed[str]:
        text = written(value)
        if isinstance(text, Problem):
            return text
        if not text:
            return None
        if _is_destroyed(value, text):
            return error(
                _(
                    "« %(text)s » n’est plus un identifiant : le tableur en a perdu des chiffres. "
                    "Mettez la colonne au format « Texte » et saisissez à nouveau le numéro "
                    "complet."
                ),
                code="destroyed",
                text=text,
            )
        cleaned = _SEPARATORS.sub("", text).upper() if official else text
        lost = (length or 0) - len(cleaned)
        if 0 < lost <= _LOST_ZEROS and cleaned.isdecimal() and isinstance(value, int | float):
            padded = "0" * lost + cleaned
            if expected is None or expected.fullmatch(padded):
                message = _("Zéros de tête remis : « %(text)s » est lu « %(read)s ».")
                return Guess(padded, note(message, padded, code="padded", text=text, read=padded))
        if length is not None and len(cleaned) != length:
            return error(
                _("« %(text)s » compte %(found)s caractères ; il en faut %(length)s."),
                code="length",
                text=text,
                found=len(cleaned),
                length=length,
            )
        if expected is not None and not expected.fullmatch(cleaned):
            return error(
                _("« %(text)s » n’a pas la forme attendue pour cet identifiant."),
                code="pattern",
                text=text,
            )
        return cleaned

    return parse


def _is_destroyed(value: CellValue, text: str) -> bool:
    if isinstance(value, float):
        return abs(value) >= 1e11
    if isinstance(value, int) and not isinstance(value, bool):
        return _LOST_DIGITS.fullmatch(text) is not None
    return _SCIENTIFIC.fullmatch(text.replace(" ", "")) is not None


def parse_email(value: CellValue) -> Parsed[str]:
    """One e-mail address, in lower case; `mailto:` and a name around `<…>` are taken off."""
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    inside = re.search(r"<([^<>]+)>", text)
    address = (inside[1] if inside else text).strip(" ;,").removeprefix("mailto:").lower()
    mended = re.sub(r"\s*(?:\(at\)|\[at\]| at |@)\s*", "@", address).replace(",", ".")
    if _is_email(address):
        return address
    return error(
        _("« %(text)s » n’est pas une adresse électronique (exemple : service@hopital.fr)."),
        mended if _is_email(mended) else "",
        code="email",
        text=text,
    )


def _is_email(text: str) -> bool:
    try:
        _EMAIL(text)
    except ValidationError:
        return False
    return True
