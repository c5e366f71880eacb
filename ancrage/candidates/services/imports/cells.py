"""Parsers of the columns that mean more for a person than for another table."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import DiplomaState, Experience
from ancrage.candidates.services.imports.vocabulary import (
    ANY_CONTRACT,
    CONTRACTS,
    DIPLOMAS,
    EXPERIENCES,
)
from ancrage.candidates.validators import LENGTHS, MAX_KM, MAX_MINUTES
from ancrage.kit.tabular.cells import CellValue, as_text
from ancrage.kit.tabular.parsers import fte_parser, parse_phone
from ancrage.kit.tabular.parsers.texts import written
from ancrage.kit.tabular.problems import Guess, Parsed, Problem, check, error, note
from ancrage.kit.tabular.wording import key_of
from ancrage.kit.text import fold
from ancrage.professions.enums import ContractKind

_read_fte = fte_parser(minimum=1, maximum=100)
_FTE_PARTS = re.compile(r"\d+(?:[.,]\d+)?\s*(?:%|h\b|heures?\b|etp\b)?", re.I)
_FTE_RANGE = re.compile(r"(?:de |entre )?\S.*?(?: a | et | ?- ?| ou )\S.*")
_LEAST = re.compile(r"\b(?:au moins|minimum|mini|min|a partir de|plus de)\b|[>≥]")
_MOST = re.compile(r"\b(?:au plus|maximum|maxi|max|jusqu'?a|moins de)\b|[<≤]")
_KM = re.compile(r"(\d{1,4})\s*(?:km|kms|kilometres?)\b")
_MINUTES = re.compile(r"(\d{1,3})\s*(?:mn|min|mins|minutes?|')")
_HOURS_AND = re.compile(r"\b(\d)\s*h(?:eures?)?\s*(\d{2})?\b")
_YEAR = re.compile(r"(?:19[6-9]\d|20\d{2})")
_YEARS = re.compile(r"\b(\d{1,2})\s*(?:ans?|annees?)\b")
_HOURS = {
    "works_days": re.compile(r"\bjours?\b|\bjournees?\b"),
    "works_nights": re.compile(r"\bnuits?\b"),
    "works_12h": re.compile(r"\b12 ?h(?:eures?)?\b"),
    "works_weekends": re.compile(r"\bweek ?-?ends?\b|\bwe\b|\bfins? de semaine\b"),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The two names of a person, read in one cell."""

    first_name: str
    last_name: str


@dataclass(frozen=True, slots=True)
class Reach:
    """How far somebody would go; None where nothing was said."""

    km: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Fte:
    """Working time that would suit, in hundredths; None for no bound."""

    least: int | None
    most: int | None


def parse_name(value: CellValue) -> Parsed[str]:
    """Read a name: a text without figure nor sign of an address."""
    return _name(value)


def _name(value: CellValue) -> str | Problem | None:
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    if any(char.isdigit() for char in text) or "@" in text:
        message = _("« %(text)s » n’est pas un nom : il contient des chiffres ou une adresse.")
        return error(message, code="name", text=text)
    if len(text) > LENGTHS["last_name"]:
        message = _("« %(text)s » est trop long pour un nom (80 signes au plus).")
        return error(message, code="too_long", text=f"{text[:40]}…")
    return text


def parse_names(value: CellValue) -> Parsed[Names]:
    """Read « DUPONT Marie »: the capitals tell the name; else it is taken to come first."""
    text = _name(value)
    if not isinstance(text, str):
        return text
    before, comma, after = text.partition(",")
    if comma:
        return Names(after.strip(), before.strip())
    parts = text.split()
    upper = [part for part in parts if part.isupper() and len(part) > 1]
    if upper and len(upper) < len(parts):
        return Names(" ".join(part for part in parts if part not in upper), " ".join(upper))
    names = Names(" ".join(parts[1:]), parts[0])
    if len(parts) == 1:
        return names
    message = _("« %(text)s » est lu : nom « %(last)s », prénom « %(first)s ».")
    facts = {"text": text, "last": names.last_name, "first": names.first_name}
    return Guess(names, note(message, code="names_read", **facts))


def parse_contracts(value: CellValue) -> Parsed[tuple[str, ...]]:
    """Read the ties somebody would accept; none named means any."""
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    if key_of(text) in ANY_CONTRACT:
        return None
    exact = CONTRACTS.exact(text)
    found = {exact} if exact else set(CONTRACTS.inside(text))
    if found:
        return tuple(kind for kind in ContractKind.values if kind in found)
    return check(
        _(
            "« %(text)s » n’est pas un contrat connu. Acceptée ainsi, la personne est dite "
            "ouverte à tous les contrats."
        ),
        "CDI",
        code="unknown_contract",
        text=text,
    )


def parse_diploma(value: CellValue) -> Parsed[str]:
    """Read where somebody stands with the diploma; a year tells that it was obtained."""
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    exact = DIPLOMAS.exact(text)
    if exact:
        return exact
    named = DIPLOMAS.inside(text)
    code = named[0] if len(named) == 1 else DiplomaState.HELD if _YEAR.search(text) else ""
    if code:
        label = DIPLOMAS.label(code)
        message = _("« %(text)s » est lu « %(label)s ».")
        return Guess(code, note(message, label, code="read_as", text=text, label=label))
    message = _(
        "« %(text)s » ne dit pas si le diplôme est obtenu. Acceptée ainsi, la ligne le tient pour "
        "obtenu."
    )
    suggestion = DIPLOMAS.label(DiplomaState.HELD)
    return Guess(
        DiplomaState.HELD.value, check(message, suggestion, code="unknown_diploma", text=text)
    )


def parse_experience(value: CellValue) -> Parsed[str]:
    """Read a band of years, or a number of years."""
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    exact = EXPERIENCES.exact(text)
    if exact:
        return exact
    years = _YEARS.search(fold(text)) or re.fullmatch(r"(\d{1,2})(?:[.,]\d+)?", text)
    if years is None:
        message = _("« %(text)s » n’est pas une durée : écrivez « 3 ans » ou « débutant ».")
        return check(message, code="experience", text=text)
    return _band(int(years[1]))


def _band(years: int) -> str:
    bands = (
        (2, Experience.UNDER_2),
        (5, Experience.YEARS_2_5),
        (10, Experience.YEARS_5_10),
        (20, Experience.YEARS_10_20),
    )
    return next((band for below, band in bands if years < below), Experience.OVER_20).value


def parse_fte(value: CellValue) -> Parsed[Fte]:
    """Read « 80 % », « de 50 % à 80 % », « au moins 50 % », « mi-temps »."""
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    folded = fold(text)
    parts = [part.strip() for part in _FTE_PARTS.findall(folded)]
    if len(parts) == 2 and _FTE_RANGE.fullmatch(folded):
        low, high = (_bound(part, other) for part, other in zip(parts, parts[::-1], strict=True))
        if isinstance(low, int) and isinstance(high, int):
            return Fte(min(low, high), max(low, high))
    for pattern, is_least in ((_LEAST, True), (_MOST, False)):
        if pattern.search(folded) and len(parts) == 1:
            bound = _bound(parts[0])
            if isinstance(bound, int):
                return Fte(bound, None) if is_least else Fte(None, bound)
    read = _read_fte(value)
    if isinstance(read, Problem) and read.code == "too_large":
        message = _("« %(text)s » dépasse un temps plein : écrivez de 1 %% à 100 %%.")
        return error(message, code="too_large", text=text)
    if isinstance(read, Guess):
        return Guess(Fte(read.value, read.value), read.problem)
    return Fte(read, read) if isinstance(read, int) else read


def _bound(part: str, other: str = "") -> Parsed[int]:
    """The hundredths of one end of a range; the sign % written once counts for both."""
    read = _read_fte(f"{part} %" if "%" in other and "%" not in part else part)
    return read.value if isinstance(read, Guess) else read


def parse_reach(value: CellValue) -> Parsed[Reach]:
    """Read « 30 km », « 20 minutes », « jusqu’à 20 km, 30 min »; a bare number is in km."""
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    folded = fold(text)
    km, minutes, hours = _KM.search(folded), _MINUTES.search(folded), _HOURS_AND.search(folded)
    found = Reach(
        km=int(km[1]) if km else int(folded) if folded.isdecimal() else None,
        minutes=int(hours[1]) * 60 + int(hours[2] or 0)
        if hours
        else int(minutes[1])
        if minutes
        else None,
    )
    far = (found.km or 0) > MAX_KM or (found.minutes or 0) > MAX_MINUTES
    if far or (found.km is None and not found.minutes):
        message = _("« %(text)s » n’est pas une distance. Exemples acceptés : 30 km, 20 minutes.")
        return check(message, code="reach", text=text)
    return found


def parse_hours(value: CellValue) -> Parsed[frozenset[str]]:
    """Read which hours somebody accepts (fields of a profile)."""
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    folded = fold(text)
    found = frozenset(name for name, pattern in _HOURS.items() if pattern.search(folded))
    if found:
        return found
    message = _("« %(text)s » n’est pas un horaire connu : jour, nuit, 12 h, week-end.")
    return note(message, code="hours", text=text)


def is_email_like(value: CellValue) -> bool:
    """Say whether a cell looks like an address: how its column is known without a header."""
    text = as_text(value)
    return "@" in text and " " not in text.strip()


def is_phone_like(value: CellValue) -> bool:
    """Say whether a cell looks like a telephone number."""
    parsed = parse_phone(value)
    return isinstance(parsed, str) or (isinstance(parsed, Guess) and bool(parsed.value))
