"""A clause in words, in the language of the page: « Âge : au plus 30 ans »."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from ancrage.core.eligibility.calendar import shifted
from ancrage.core.eligibility.evaluate import Finding
from ancrage.core.eligibility.standing import Caution
from ancrage.core.eligibility.values import (
    AllOf,
    Check,
    Clause,
    Members,
    Not,
    Op,
    Operand,
    Today,
    Value,
)
from ancrage.kit.days import day_in_words
from ancrage.schemes.enums import AmountPeriod
from ancrage.schemes.models import SchemeAmount
from ancrage.schemes.reference.facts import FactRow, fact_rows

# A comparison of numbers, as the rule asks it, and turned over by « pas ».
_NUMBERS: Mapping[Op, str | Promise] = {
    Op.EQUAL: pgettext_lazy("nombre", "%(value)s"),
    Op.DIFFERENT: pgettext_lazy("nombre", "autre que %(value)s"),
    Op.LESS: pgettext_lazy("nombre", "moins de %(value)s"),
    Op.AT_MOST: pgettext_lazy("nombre", "au plus %(value)s"),
    Op.MORE: pgettext_lazy("nombre", "plus de %(value)s"),
    Op.AT_LEAST: pgettext_lazy("nombre", "au moins %(value)s"),
}
_DAYS: Mapping[Op, str | Promise] = {
    Op.EQUAL: pgettext_lazy("date", "le %(value)s"),
    Op.DIFFERENT: pgettext_lazy("date", "un autre jour que le %(value)s"),
    Op.LESS: pgettext_lazy("date", "avant le %(value)s"),
    Op.AT_MOST: pgettext_lazy("date", "le %(value)s au plus tard"),
    Op.MORE: pgettext_lazy("date", "après le %(value)s"),
    Op.AT_LEAST: pgettext_lazy("date", "le %(value)s ou après"),
}
_OPPOSITE = {
    Op.EQUAL: Op.DIFFERENT,
    Op.DIFFERENT: Op.EQUAL,
    Op.LESS: Op.AT_LEAST,
    Op.AT_LEAST: Op.LESS,
    Op.MORE: Op.AT_MOST,
    Op.AT_MOST: Op.MORE,
}
CAUTIONS: Mapping[Caution, str | Promise] = {
    Caution.NOT_OPEN_YET: gettext_lazy("Cette aide n’est pas encore ouverte."),
    Caution.CLOSED: gettext_lazy("Cette aide est close : elle n’accepte plus de demandes."),
    Caution.CHECK_OVERDUE: gettext_lazy(
        "La dernière vérification est trop ancienne : relisez la source avant de compter dessus."
    ),
    Caution.NEVER_CHECKED: gettext_lazy("Cette aide n’a jamais été vérifiée à sa source."),
    Caution.SOURCES_DISAGREE: gettext_lazy("Les sources se contredisent."),
}


def sentence_of(check: Check, wanted: bool, today: date) -> str:
    """Return what a rule asks, « Âge : au plus 30 ans »; `wanted` is False under a « pas »."""
    row = fact_rows()[check.fact]
    return _("%(label)s : %(asked)s") % {
        "label": row.label,
        "asked": _asked(row, check, wanted, today),
    }


def sentence_of_finding(finding: Finding, today: date) -> str:
    """Return what a rule asks and, where it is known, what was said: « … (dit : 34 ans) »."""
    asked = sentence_of(finding.check, finding.wanted, today)
    if finding.value is None:
        return asked
    said = _said(fact_rows()[finding.check.fact], finding.value)
    return _("%(asked)s (indiqué : %(said)s)") % {"asked": asked, "said": said}


@dataclass(frozen=True, slots=True)
class ClauseInWords:
    """A clause in words; a group holds others."""

    text: str
    parts: "tuple[ClauseInWords, ...]" = ()


def clauses_in_words(clause: Clause, today: date, wanted: bool = True) -> ClauseInWords:
    """Return a clause and those that it holds, as they read on a day."""
    if isinstance(clause, Check):
        return ClauseInWords(sentence_of(clause, wanted, today))
    if isinstance(clause, Not):
        return clauses_in_words(clause.clause, today, not wanted)
    # « Not all » is « one at least is not »: a turned group turns its clauses too.
    holds_all = isinstance(clause, AllOf) is wanted
    text = _("toutes ces conditions") if holds_all else _("l’une au moins de ces conditions")
    return ClauseInWords(
        text, tuple(clauses_in_words(one, today, wanted) for one in clause.clauses)
    )


def amount_in_words(amount: SchemeAmount) -> str:
    """Return an amount, its rhythm and what it is for: « 600 € par mois, part pédagogique »."""
    period = AmountPeriod(amount.period)
    low, high = _figure(amount.low), _figure(amount.high)
    if period is AmountPeriod.RATE:
        said = _("%(rate)s %%") % {"rate": high}
    elif amount.low == amount.high:
        said = _("%(euros)s € %(period)s") % {"euros": high, "period": period.label}
    elif amount.low == 0:
        said = _("jusqu’à %(euros)s € %(period)s") % {"euros": high, "period": period.label}
    else:
        said = _("de %(low)s à %(high)s € %(period)s") % {
            "low": low,
            "high": high,
            "period": period.label,
        }
    return f"{said}, {amount.label}" if amount.label else said


def _figure(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return number_format(
        whole if not rest else Decimal(hundredths) / 100,
        decimal_pos=2 if rest else None,
        force_grouping=True,
    )


def _asked(row: FactRow, check: Check, wanted: bool, today: date) -> str:
    op, operand = check.op, check.operand
    if op is Op.HOLDS:
        return _yes_or_no(wanted)
    if op in (Op.AMONG, Op.CONTAINS, Op.TOUCHES) or isinstance(operand, str):
        named = operand if isinstance(operand, frozenset) else {str(operand)}
        holds = wanted is not (op is Op.DIFFERENT)
        template = (
            pgettext("valeurs", "%(words)s") if holds else pgettext("valeurs", "sauf %(words)s")
        )
        return template % {"words": _either(row, named)}
    said = _OPPOSITE[op] if not wanted else op
    if isinstance(operand, Today):
        return str(_DAYS[said]) % {"value": day_in_words(shifted(today, operand))}
    if isinstance(operand, date):
        return str(_DAYS[said]) % {"value": day_in_words(operand)}
    return str(_NUMBERS[said]) % {"value": _number(row, operand)}


def _said(row: FactRow, value: Value) -> str:
    if isinstance(value, bool):
        return _yes_or_no(value)
    if isinstance(value, Members):
        inside = _each(row, value.inside)
        return ", ".join(inside) if inside else _("aucun de ceux-là")
    if isinstance(value, date):
        return day_in_words(value)
    if isinstance(value, str):
        return str(row.words[value])
    return _number(row, value)


def _yes_or_no(value: bool) -> str:
    return pgettext("réponse", "oui") if value else pgettext("réponse", "non")


def _each(row: FactRow, words: Iterable[str]) -> list[str]:
    """The labels of words, in the order of the vocabulary."""
    return [str(label) for word, label in row.words.items() if word in frozenset(words)]


def _either(row: FactRow, words: Iterable[str]) -> str:
    *most, last = _each(row, words)
    if not most:
        return last
    return _("%(most)s ou %(last)s") % {"most": ", ".join(most), "last": last}


def _number(row: FactRow, value: Operand) -> str:
    said = (
        number_format(value, force_grouping=True)
        if isinstance(value, int | Decimal)
        else str(value)
    )
    return f"{said} {row.unit}".strip()
