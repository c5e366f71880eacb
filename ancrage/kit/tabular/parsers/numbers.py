"""Numbers: whole, decimal, working time in hundredths of a full-time post, amounts of money."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.parsers.texts import written
from ancrage.kit.tabular.problems import Guess, Parsed, Problem, check, error, note
from ancrage.kit.tabular.wording import key_of

_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d+)?|[.,]\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:([ '.,])\d{3})(?:\1\d{3})*(?:(?!\1)[.,]\d+)?")
_LONGEST = 18  # digits before the comma
_LONGEST_TEXT = 40
_WORDS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6,
    "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12,
}  # fmt: skip
HOURS_PER_WEEK = Decimal(35)


def read_decimal(text: str) -> Decimal | None:
    """The number written in French or in English, or None.

    Groups of thousands may be cut by a space, an apostrophe, a dot or a comma, provided that the
    cut repeats or is followed by decimals: `1.234,5` is 1234.5 but `1,234` is 1.234. More than
    18 digits before the comma are no number that people count; after it, software writes as many
    as it pleases.
    """
    text = text.replace("\u2212", "-").replace(" ", "").replace("'", "")
    if len(text) > _LONGEST_TEXT:
        return None
    if _NUMBER.fullmatch(text):
        found = Decimal(text.replace(",", "."))
    elif grouped := _GROUPED.fullmatch(text):
        found = Decimal(text.replace(grouped[1], "").replace(",", "."))
    else:
        return None
    return found if abs(found) < 10**_LONGEST else None


def _decimal(value: CellValue) -> Decimal | str | Problem | None:
    """The number in a cell, else its text, else its problem; None for an empty text."""
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, int | float):
        # Nothing that people count is that large, or that small without being nothing.
        usual = value == 0 or 1e-9 < abs(value) < 10**_LONGEST
        return Decimal(repr(value)) if usual else repr(value)
    text = written(value)
    if isinstance(text, Problem):
        return text
    if not text:
        return None
    found = read_decimal(text)
    return text if found is None else found


def integer_parser(
    *, minimum: int | None = None, maximum: int | None = None
) -> Callable[[CellValue], Parsed[int]]:
    """A parser of whole numbers: `2`, `2,0`, `2 postes`, `deux`."""

    def parse(value: CellValue) -> Parsed[int]:
        number = _decimal(value)
        if number is None or isinstance(number, Problem):
            return number
        if isinstance(number, str):
            return _integer_in_words(number, minimum, maximum)
        if number != number.to_integral_value():
            return error(
                _("Il faut un nombre entier, et non %(text)s."),
                str(max(minimum or 0, int(number.to_integral_value(ROUND_HALF_UP)))),
                code="not_whole",
                text=french(number),
            )
        return _within(int(number), minimum, maximum)

    return parse


def _integer_in_words(text: str, minimum: int | None, maximum: int | None) -> Parsed[int]:
    words = key_of(text).split()
    numbers = [int(word) for word in words if word.isdecimal() and len(word) < 10]
    numbers += [_WORDS[word] for word in words if word in _WORDS]
    if len(numbers) == 1 and not text.startswith("-"):
        found = _within(numbers[0], minimum, maximum)
        if isinstance(found, Problem):
            return found
        message = _("« %(text)s » est lu %(read)s.")
        return Guess(
            numbers[0], note(message, str(numbers[0]), code="read_as", text=text, read=found)
        )
    return error(
        _(
            "« %(text)s » n’est pas un nombre entier. Écrivez-le en chiffres, seul dans la "
            "cellule."
        ),
        code="not_a_number",
        text=text,
    )


def _within(number: int, minimum: int | None, maximum: int | None) -> int | Problem:
    if minimum is not None and number < minimum:
        mended = -number if number < 0 and minimum <= -number else None
        return error(
            _("%(number)s est trop petit : le minimum est %(minimum)s."),
            "" if mended is None else str(mended),
            code="too_small",
            number=number,
            minimum=minimum,
        )
    if maximum is not None and number > maximum:
        return error(
            _("%(number)s est trop grand : le maximum est %(maximum)s."),
            code="too_large",
            number=number,
            maximum=maximum,
        )
    return number


def decimal_parser(
    *, minimum: float | None = None, maximum: float | None = None
) -> Callable[[CellValue], Parsed[Decimal]]:
    """A parser of decimal numbers, comma or point: `1,4`, `1 234,5`, `47.15`."""

    def parse(value: CellValue) -> Parsed[Decimal]:
        number = _decimal(value)
        if number is None or isinstance(number, Problem):
            return number
        if isinstance(number, str):
            return error(
                _("« %(text)s » n’est pas un nombre. Écrivez-le en chiffres, par exemple 1,5."),
                code="not_a_number",
                text=number,
            )
        if minimum is not None and number < Decimal(str(minimum)):
            return error(
                _("%(number)s est trop petit : le minimum est %(minimum)s."),
                code="too_small",
                number=french(number),
                minimum=french(Decimal(str(minimum))),
            )
        if maximum is not None and number > Decimal(str(maximum)):
            return error(
                _("%(number)s est trop grand : le maximum est %(maximum)s."),
                code="too_large",
                number=french(number),
                maximum=french(Decimal(str(maximum))),
            )
        return number

    return parse


def french(number: Decimal) -> str:
    """A number as French people write it, without useless zeros: `1,4`."""
    text = format(number.normalize(), "f")
    return text.replace(".", ",")


_FTE_PHRASES = {
    "temps plein": 100, "plein temps": 100, "temps complet": 100, "complet": 100, "plein": 100,
    "full time": 100, "mi temps": 50, "demi temps": 50, "moitie": 50, "un demi": 50,
    "trois quarts": 75, "trois quart": 75, "3 4": 75, "trois quarts temps": 75, "3 4 temps": 75,
    "quart temps": 25, "un quart": 25, "1 4": 25, "1 4 temps": 25, "1 2": 50, "1 2 temps": 50,
    "tiers temps": 33, "un tiers": 33, "1 3": 33, "1 3 temps": 33, "deux tiers": 67, "2 3": 67,
}  # fmt: skip
_FTE_VAGUE = frozenset({"temps partiel", "partiel", "tp", "part time", "a definir", "variable"})
_FTE_UNITS = re.compile(r"(?i)\b(?:etp|eqtp|equivalents? temps plein|équivalents? temps plein)\b")
_HOURS = re.compile(r"(?i)(\d+(?:[.,]\d+)?)\s*h(?:eures?)?(\d{2})?(?:\s*(?:/|par)\s*sem\w*\.?)?")


def fte_parser(*, minimum: int = 5, maximum: int = 100) -> Callable[[CellValue], Parsed[int]]:
    """A parser of working time, in hundredths of a full-time post (80 % → 80).

    Reads `0,8`, `80 %`, `80`, `0,6 ETP`, `mi-temps`, `temps plein`, `28 h`. From 10 on, a number
    without a unit is a percentage. With `maximum` above 100 the total of several posts is read
    (`2,5 ETP` → 250).
    """

    def parse(value: CellValue) -> Parsed[int]:
        number = _decimal(value)
        if number is None or isinstance(number, Problem):
            return number
        if isinstance(number, Decimal):
            # In the total of several posts, 12 means twelve posts: only a % sign says otherwise.
            percentage = 10 <= number <= 100 and maximum <= 100
            return _fte(number if percentage else number * 100, french(number), minimum, maximum)
        return _fte_from_text(number, minimum, maximum)

    return parse


def _fte_from_text(text: str, minimum: int, maximum: int) -> Parsed[int]:
    key = key_of(text)
    if key in _FTE_PHRASES:
        return _fte(Decimal(_FTE_PHRASES[key]), text, minimum, maximum)
    if key in _FTE_VAGUE:
        return check(
            _("« %(text)s » ne dit pas combien : indiquez un pourcentage, par exemple 80 %%."),
            code="vague",
            text=text,
        )
    bare = _FTE_UNITS.sub("", text).strip()
    if bare.endswith("%"):
        number = read_decimal(bare[:-1].strip())
        if number is not None:
            return _fte(number, text, minimum, maximum)
    hours = _HOURS.fullmatch(bare)
    if hours:
        worked = Decimal(hours[1].replace(",", ".")) + Decimal(hours[2] or 0) / 60
        found = _fte(worked / HOURS_PER_WEEK * 100, text, minimum, maximum)
        if isinstance(found, int):
            message = _("« %(text)s » est lu %(read)s %% d’un temps plein de 35 heures.")
            return Guess(found, note(message, f"{found} %", code="read_as", text=text, read=found))
        return found
    number = read_decimal(bare)
    if number is not None and bare != text:
        return _fte(number * 100, text, minimum, maximum)
    return error(
        _(
            "« %(text)s » n’est pas un temps de travail. Exemples acceptés : 80 %%, 0,8, "
            "temps plein, mi-temps."
        ),
        code="fte",
        text=text,
    )


def _fte(hundredths: Decimal, text: str, minimum: int, maximum: int) -> Parsed[int]:
    found = int(hundredths.quantize(Decimal(1), ROUND_HALF_UP))
    if found < minimum:
        return error(
            _("Un temps de travail de %(text)s est trop petit : le minimum est %(minimum)s ETP."),
            code="too_small",
            text=text,
            minimum=french(Decimal(minimum) / 100),
        )
    if found > maximum:
        return error(
            _(
                "Un poste ne peut pas dépasser %(maximum)s ETP (lu : %(text)s). S’il s’agit de "
                "plusieurs postes, indiquez leur nombre et le temps de travail de chacun."
            ),
            code="too_large",
            text=text,
            maximum=french(Decimal(maximum) / 100),
        )
    if hundredths != found:
        message = _("Temps de travail arrondi à %(read)s %% (écrit : %(text)s).")
        return Guess(found, note(message, f"{found} %", code="rounded", text=text, read=found))
    return found


@dataclass(frozen=True, slots=True)
class PayRange:
    """Pay, in cents. `period` is `year`, `month`, `day`, `hour` or "" when nothing tells it;
    `gross` is None when neither « brut » nor « net » is written."""

    low_cents: int
    high_cents: int
    period: str
    gross: bool | None


_AMOUNT = re.compile(r"\d{1,3}(?:[ '.]\d{3})+(?:,\d{1,2})?|\d+(?:[.,]\d{1,2})?")
_PERIODS = (
    ("hour", re.compile(r"(?i)(?:/|\bpar\b|\bde l)?\s*['’]?\s*\b(?:h|heures?|horaire)\b")),
    ("day", re.compile(r"(?i)\b(?:jours?|j|journ[ée]e|journalier|garde|vacation)\b")),
    ("year", re.compile(r"(?i)\b(?:ans?|ann[ée]e|annuels?|annuelle|annuellement)\b")),
    ("month", re.compile(r"(?i)\b(?:mois|mensuels?|mensuelle|mensuellement)\b")),
)
_THOUSANDS = re.compile(r"(?i)\s*k\s*(?:€|eur|euros)?")
# What a whole salary looks like, in cents, when the period is not written.
_MONTHLY = (700_00, 15_000_00)
_YEARLY = (15_000_01, 250_000_00)
_HOURLY = (9_00, 150_00)


def money_parser(*, period: str = "") -> Callable[[CellValue], Parsed[PayRange]]:
    """A parser of pay: `2 200 à 2 600 € brut`, `35 k€ par an`, `12,50 €/h`, `2500`.

    `period` is the one to take when the cell does not tell; else it is guessed from the amount,
    and the guess is said.
    """
    return lambda value: _pay(value, period)


def _pay(value: CellValue, default_period: str) -> Parsed[PayRange]:
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    amounts = _amounts(text)
    if not amounts:
        return check(
            _("Aucun montant dans « %(text)s ». Écrivez par exemple : 2 200 à 2 600 € brut."),
            code="no_amount",
            text=text,
        )
    if len(amounts) > 2:
        return check(
            _("« %(text)s » contient plus de deux montants. Gardez le plus bas et le plus haut."),
            code="too_many_amounts",
            text=text,
        )
    low, high = min(amounts), max(amounts)
    if high == 0:
        return error(
            _("Un salaire de zéro n’en est pas un : laissez la cellule vide."), code="zero"
        )
    lowered = text.lower()
    gross = True if "brut" in lowered else False if re.search(r"\bnets?\b", lowered) else None
    found = next((name for name, pattern in _PERIODS if pattern.search(lowered)), default_period)
    pay = PayRange(low, high, found or _likely_period(low, high), gross)
    if found:
        return pay
    if not pay.period:
        message = _("Précisez si « %(text)s » est par heure, par mois ou par an.")
        return Guess(pay, check(message, code="period", text=text))
    guessed = {"month": _("par mois"), "year": _("par an"), "hour": _("par heure")}[pay.period]
    message = _("« %(text)s » est lu comme un montant %(period)s.")
    return Guess(pay, note(message, f"{text} {guessed}", code="period", text=text, period=guessed))


def _amounts(text: str) -> list[int]:
    found: list[int] = []
    thousands = False
    for match in _AMOUNT.finditer(text):
        number = read_decimal(match[0].replace(".", "") if _is_grouped(match[0]) else match[0])
        if number is None:
            continue
        if _THOUSANDS.match(text, match.end()):
            number *= 1000
            thousands = True
        found.append(int((number * 100).quantize(Decimal(1), ROUND_HALF_UP)))
    # « 35 à 40 k€ »: the unit written once counts for both.
    return [cents * 1000 if thousands and cents < 1000_00 else cents for cents in found]


def _is_grouped(text: str) -> bool:
    return re.fullmatch(r"\d{1,3}(?:[ '.]\d{3})+(?:,\d{1,2})?", text) is not None


def _likely_period(low: int, high: int) -> str:
    for name, (floor, ceiling) in (("month", _MONTHLY), ("year", _YEARLY), ("hour", _HOURLY)):
        if floor <= low and high <= ceiling:
            return name
    return ""
