"""Writing a rule: the one text that reading brings back to the same rule."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from ancrage.core.eligibility.values import (
    AllOf,
    Check,
    Clause,
    Not,
    Op,
    Operand,
    Rule,
    Today,
)

_INDENT = "  "


def text_of(rule: Rule) -> str:
    """Return the text of a rule, one clause a line; `parse` reads it back."""
    return "\n".join(line for clause in rule.clauses for line in _lines(clause))


def text_of_check(check: Check) -> str:
    """Return one check as the language writes it."""
    if check.op is Op.HOLDS:
        return check.fact
    return f"{check.fact} {check.op.value} {_operand(check.operand)}"


def _lines(clause: Clause) -> Iterator[str]:
    if isinstance(clause, Check):
        yield text_of_check(clause)
    elif isinstance(clause, Not):
        first, *others = _lines(clause.clause)
        yield f"pas {first}"
        yield from others
    else:
        yield "toutes (" if isinstance(clause, AllOf) else "une ("
        for one in clause.clauses:
            for line in _lines(one):
                yield f"{_INDENT}{line}"
        yield ")"


def _operand(operand: Operand) -> str:
    if isinstance(operand, frozenset):
        return "{" + ", ".join(sorted(operand)) + "}"
    if isinstance(operand, Today):
        return _today(operand)
    if isinstance(operand, date):
        return f"{operand.day:02}/{operand.month:02}/{operand.year:04}"
    if isinstance(operand, Decimal):
        return format(operand, "f").replace(".", ",")
    return str(operand)


def _today(shift: Today) -> str:
    if shift == Today():
        return "aujourd’hui"
    sign = "-" if shift.months < 0 or shift.days < 0 else "+"
    if shift.days:
        days = abs(shift.days)
        return f"aujourd’hui {sign} {days} {'jour' if days == 1 else 'jours'}"
    if shift.months % 12 == 0:
        years = abs(shift.months) // 12
        return f"aujourd’hui {sign} {years} {'an' if years == 1 else 'ans'}"
    return f"aujourd’hui {sign} {abs(shift.months)} mois"
