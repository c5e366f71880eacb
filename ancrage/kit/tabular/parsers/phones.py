"""Telephone numbers, stored as E.164 (`+33240827272`)."""

import phonenumbers
from django.utils.translation import gettext_lazy as _

from ancrage.kit.contacts import display_phone
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.parsers.texts import written
from ancrage.kit.tabular.problems import Guess, Parsed, Problem, check, error, note


def parse_phone(value: CellValue) -> Parsed[str]:
    """One telephone number, French unless it starts with another country's `+` code.

    A number that lost its leading zero (a spreadsheet took it for a quantity) gets it back, and
    the remark says so. Two numbers in a cell have to be separated by hand.
    """
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    digits = "".join(char for char in text if char.isdigit())
    if len(digits) == 9 and digits[0] != "0" and "+" not in text:
        mended = _valid(f"0{digits}")
        if mended:
            shown = display_phone(mended)
            message = _("Zéro de tête remis : « %(text)s » est lu %(phone)s.")
            return Guess(mended, note(message, shown, code="leading_zero", text=text, phone=shown))
    found = _valid(text)
    if found:
        return found
    several = [match.number for match in phonenumbers.PhoneNumberMatcher(text, "FR")]
    if several:
        first = phonenumbers.format_number(several[0], phonenumbers.PhoneNumberFormat.E164)
        return check(
            _("« %(text)s » contient autre chose qu’un seul numéro. Gardez-en un par cellule."),
            display_phone(first),
            code="several",
            text=text,
        )
    return error(
        _("« %(text)s » n’est pas un numéro de téléphone (exemple : 02 40 00 00 00)."),
        code="phone",
        text=text,
    )


def _valid(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return ""
    if number.extension or not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
