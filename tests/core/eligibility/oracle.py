"""What a rule means, written again from its definition, and every way to complete the facts.

Shares nothing with the evaluator but the values: two-valued logic on facts all known.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import chain, combinations, product

from ancrage.core.eligibility.values import (
    AllOf,
    AnyOf,
    Check,
    FactKind,
    FactType,
    Members,
    Not,
    Today,
)

TODAY = date(2026, 3, 31)
VOCABULARY = {
    "a": FactType(FactKind.FLAG),
    "b": FactType(FactKind.FLAG),
    "age": FactType(FactKind.NUMBER),
    "on": FactType(FactKind.DAY),
    "job": FactType(FactKind.CHOICE, frozenset({"nurse", "doctor", "44"})),
    "zones": FactType(FactKind.SET, frozenset({"ZIP", "ZAC"})),
}
# Enough values to tell apart all that the drawn rules can: those that they name, and one
# before, between and after.
DOMAINS = {
    "a": (False, True),
    "b": (False, True),
    "age": (29, 30, Decimal("30.5"), 31, 32),
    "on": tuple(TODAY + timedelta(days=shift) for shift in (-32, -31, -1, 0, 1)),
    "job": ("44", "doctor", "nurse"),
    "zones": (
        frozenset(),
        frozenset({"ZIP"}),
        frozenset({"ZAC"}),
        frozenset({"ZIP", "ZAC"}),
    ),
}


def is_true(clause, facts, today=TODAY) -> bool:
    """Tell whether a clause holds when everything is known; sets are frozensets here."""
    match clause:
        case AllOf(clauses):
            return all(is_true(one, facts, today) for one in clauses)
        case AnyOf(clauses):
            return any(is_true(one, facts, today) for one in clauses)
        case Not(inner):
            return not is_true(inner, facts, today)
        case Check(fact, op, operand):
            held = facts[fact]
            if isinstance(operand, Today):
                operand = _shifted(today, operand)
            match op.value:
                case "":
                    return held
                case "=":
                    return held == operand
                case "!=":
                    return held != operand
                case "<":
                    return held < operand
                case "<=":
                    return not operand < held
                case ">":
                    return operand < held
                case ">=":
                    return not held < operand
                case "parmi":
                    return any(held == word for word in operand)
                case "contient":
                    return operand in held
                case "touche":
                    return bool(held & operand)
    raise AssertionError(clause)


def _shifted(today, shift):
    """Go day by day to the same day of the month, or to the last one before it."""
    month = today.year * 12 + today.month - 1 + shift.months
    day = today.day
    while True:
        try:
            return date(month // 12, month % 12 + 1, day) + timedelta(days=shift.days)
        except ValueError:
            day -= 1


def completions(known, names) -> Iterator[dict]:
    """Yield every way to know the named facts, in agreement with what is known of them."""
    choices = [_possible(name, known.get(name)) for name in sorted(names)]
    for values in product(*choices):
        yield dict(zip(sorted(names), values, strict=True))


def _possible(name, held):
    if held is None:
        return DOMAINS[name]
    if not isinstance(held, Members):
        return (held,)
    return [
        subset
        for subset in DOMAINS[name]
        if held.inside <= subset
        and not held.outside & subset
        and (not held.whole or subset <= held.inside)
    ]


def subsets(items):
    """Yield every subset."""
    items = sorted(items)
    return chain.from_iterable(combinations(items, size) for size in range(len(items) + 1))
