"""Parsers of the columns that mean more for a need than for another table."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from ancrage.kit.tabular.cells import CellValue, as_text
from ancrage.kit.tabular.parsers import ASAP, choice_parser, date_parser, parse_bool
from ancrage.kit.tabular.problems import Guess, Level, Parsed, Problem, check, note
from ancrage.kit.tabular.wording import key_of, tidy
from ancrage.needs.enums import NeedReason, StartPrecision
from ancrage.needs.services.imports.freetext import offers_housing
from ancrage.needs.services.imports.vocabulary import (
    CONTRACTS,
    EITHER_CONTRACT,
    REASONS,
    STATUSES,
)
from ancrage.professions.enums import ContractKind

_read_contract = choice_parser(CONTRACTS)
_read_reason = choice_parser(REASONS)
_read_date = date_parser(asap=True)
_EITHER = frozenset(map(key_of, EITHER_CONTRACT))
_WIDE = frozenset(
    {"trimestre", "trim", "semestre", "hiver", "printemps", "ete", "automne", "t1", "t2", "t3",
     "t4", "q1", "q2", "q3", "q4"}
)  # fmt: skip
_YEAR_ALONE = re.compile(r"(?:en |courant |annee )?20\d{2}")


@dataclass(frozen=True, slots=True)
class Start:
    """When a post starts. `day` is None for « dès que possible »."""

    day: date | None
    precision: StartPrecision


def parse_contract(value: CellValue) -> Parsed[str]:
    """Read a contract; « PH ou contractuel » is read as the first, and has to be checked."""
    parsed = _read_contract(value)
    text = tidy(as_text(value))
    if isinstance(parsed, Problem) and parsed.code == "several":
        first = CONTRACTS.inside(text)[0]
        return Guess(first, parsed)
    if key_of(text) in _EITHER:
        return Guess(
            ContractKind.CDD.value,
            check(
                _("« %(text)s » ne dit pas s’il s’agit d’un CDD ou d’un CDI : précisez-le."),
                "CDD",
                code="either",
                text=text,
            ),
        )
    return parsed


def parse_reason(value: CellValue) -> Parsed[str]:
    """Read why the post is to be filled; a reason out of the list never keeps a need out."""
    parsed = _read_reason(value)
    if not isinstance(parsed, Problem):
        return parsed
    text = tidy(as_text(value))
    if parsed.code == "several":
        first = REASONS.inside(text)[0]
        label = REASONS.labels_by_code[first]
        message = _("« %(text)s » donne plusieurs motifs : le premier est retenu (%(label)s).")
        return Guess(first, note(message, code="read_as", text=text, label=label))
    if parsed.code == "unknown_choice":
        message = _(
            "« %(text)s » n’est pas un motif de la liste : « Autre motif » est retenu, et le "
            "texte est gardé dans la description."
        )
        return Guess(NeedReason.OTHER.value, note(message, code="other_reason", text=text))
    return parsed


def parse_start(value: CellValue) -> Parsed[Start]:
    """Read when the post starts: a day, a month, a quarter, or as soon as possible."""
    parsed = _read_date(value)
    text = key_of(as_text(value))
    if parsed is ASAP:
        return Start(None, StartPrecision.ASAP)
    if isinstance(parsed, date):
        return Start(parsed, StartPrecision.DAY)
    if not isinstance(parsed, Guess):
        return parsed if isinstance(parsed, Problem) else None
    day = parsed.value
    if not isinstance(day, date):
        return None
    if _YEAR_ALONE.fullmatch(text):
        message = _("« %(text)s » ne donne qu’une année : précisez le mois ou le trimestre.")
        return Guess(
            Start(day, StartPrecision.QUARTER),
            check(message, f"1er trimestre {day.year}", code="year_alone", text=text),
        )
    wide = bool(_WIDE & set(text.split())) or text.startswith(("debut 20", "fin 20"))
    precision = StartPrecision.QUARTER if wide else StartPrecision.MONTH
    return Guess(Start(day, precision), parsed.problem)


def parse_status(value: CellValue) -> Parsed[str]:
    """Read where a need stands; words of the structure's own (« vacant ») say nothing of it."""
    return STATUSES.exact(tidy(as_text(value))) or None


def parse_housing(value: CellValue) -> Parsed[bool]:
    """Read whether housing is offered: yes, no, or a phrase that says so."""
    parsed = parse_bool(value)
    text = tidy(as_text(value))
    if isinstance(parsed, Problem) and parsed.code == "not_a_boolean" and offers_housing(text):
        message = _("« %(text)s » est lu « %(read)s ».")
        return Guess(True, note(message, "oui", code="read_as", text=text, read="oui"))
    return parsed


def held_back(parser: Callable[[CellValue], Parsed[str]]) -> Callable[[CellValue], Parsed[str]]:
    """Make a parser ask, where it would refuse: a site's number does not make the need."""

    def parse(value: CellValue) -> Parsed[str]:
        parsed = parser(value)
        if isinstance(parsed, Problem) and parsed.level is Level.ERROR:
            return replace(parsed, level=Level.CHECK)
        return parsed

    return parse


def parse_percent(value: CellValue) -> Parsed[int]:
    """Read a percentage from 0 to 100: `80 %`, `80`, `0,8`."""
    if isinstance(value, float) and 0 < value <= 1:
        return round(value * 100)
    text = tidy(as_text(value)).replace(",", ".")
    try:
        share = float(text.removesuffix("%").strip())
    except ValueError:
        share = -1.0
    if "%" not in text and 0 < share < 1:
        share *= 100
    if 0 <= share <= 100:
        return round(share)
    return Problem(
        _("« %(text)s » n’est pas un pourcentage de 0 à 100. Exemple accepté : 80 %%."),
        code="percent",
        facts={"text": tidy(as_text(value))},
    )
