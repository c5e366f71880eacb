"""What a remark column says besides: hours, housing, pay, the length of a contract."""

import calendar
import re
from datetime import date, timedelta
from functools import lru_cache

from ancrage.kit.tabular.parsers import PayRange, money_parser
from ancrage.kit.tabular.problems import Guess
from ancrage.kit.text import fold

HOURS = ("works_days", "works_nights", "works_12h", "works_weekends")

_HOURS = {
    "works_nights": re.compile(r"\bnuits?\b|\bnocturnes?\b"),
    "works_12h": re.compile(r"\b12 ?h(?:eures?)?(?:00)?\b"),
    "works_weekends": re.compile(
        r"\bweek ?-?ends?\b|\bwe\b|\bsamedis?\b|\bdimanches?\b|\bfins? de semaine\b"
    ),
}
# Alone in its column, « jour » is an hour of work; elsewhere it is often an « accueil de jour ».
_DAYS = re.compile(r"\bjours?\b|\bjournees?\b|\bdiurne\b")
_DAYS_IN_TEXT = re.compile(r"\b(?:postes?|horaires?|equipe) de jour\b|\bjour ?/ ?nuit\b")
_NEGATION = re.compile(r"(?:\bpas|\bsans|\bni|\baucune?|\bhors|\bnon)(?: de| d'| le| les)?\s*$")
_HOUSING = re.compile(r"\blogements?\b|\bhebergements?\b|\bloge(?:e|s|es)?\b|\bstudio\b")
_PAY = re.compile(
    r"(?i)(?:\b(?:salaire|rémunération|remuneration|traitement|paie|paye)\b[^;,.\n]{0,20}?)?"
    r"\d[\d .]*(?:,\d{1,2})?(?:\s*k)?\s*(?:€|eur\w*)?"
    r"(?:\s*(?:à|a|et|-|/)\s*\d[\d .]*(?:,\d{1,2})?(?:\s*k)?)?\s*(?:€|eur\w*)?"
    r"(?:\s*(?:bruts?|nets?))?(?:\s*(?:/|par)\s*(?:h\w*|jour\w*|mois|ans?|année))?"
    r"(?:\s*(?:mensuels?|annuels?|bruts?|nets?))*"
)
_MONEY_WORDS = re.compile(r"(?i)€|\beuros?\b|\bbruts?\b|\bnets?\b")
_DURATION = re.compile(r"\b(\d{1,2}) ?(mois|ans?|annees?|semaines?)\b")
# Remarks are short; a page pasted into a cell is not searched for amounts.
_SCANNED = 600
_read_money = money_parser()


@lru_cache(maxsize=1024)
def hours_in(text: str, *, own_column: bool) -> frozenset[str]:
    """Return which hours a text names (fields of a need), negated ones left out.

    >>> sorted(hours_in("nuit 12h", own_column=False))
    ['works_12h', 'works_nights']
    """
    folded = fold(text).replace("-", " ")
    patterns = {**_HOURS, "works_days": _DAYS if own_column else _DAYS_IN_TEXT}
    return frozenset(field for field, pattern in patterns.items() if _affirmed(pattern, folded))


def offers_housing(text: str) -> bool:
    """Say whether a text offers housing: « logement possible », not « sans logement »."""
    return _affirmed(_HOUSING, fold(text))


def pay_in(text: str) -> PayRange | None:
    """Return the pay that a sentence gives (« salaire 2 200 à 2 600 € brut »), or None.

    Only amounts beside a word of money are read, and only when nothing in them is doubtful.
    """
    for found in _PAY.finditer(text[:_SCANNED]):
        if not _MONEY_WORDS.search(found[0]):
            continue
        read = _read_money(found[0].strip())
        if isinstance(read, Guess):
            read = read.value
        if isinstance(read, PayRange) and read.period:
            return read
    return None


def end_after(text: str, start: date) -> date | None:
    """Return the last day of a contract whose length is written (« CDD 6 mois »), or None.

    >>> end_after("CDD 6 mois", date(2026, 11, 15))
    datetime.date(2027, 5, 14)
    """
    found = _DURATION.search(fold(text))
    if found is None:
        return None
    number, unit = int(found[1]), found[2]
    if number == 0:
        return None
    if unit.startswith("semaine"):
        return start + timedelta(days=7 * number - 1)
    months = start.month - 1 + number * (1 if unit == "mois" else 12)
    year, month = start.year + months // 12, months % 12 + 1
    day = min(start.day, calendar.monthrange(year, month)[1])
    return date(year, month, day) - timedelta(days=1)


def _affirmed(pattern: re.Pattern[str], folded: str) -> bool:
    return any(not _NEGATION.search(folded[: found.start()]) for found in pattern.finditer(folded))
