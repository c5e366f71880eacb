"""What missing facts could settle, one by one or together: what to ask first, what to hope for.

Steps. A rule compares a fact with the few values it names, so that between two of them nothing
changes: one value on each, one between two neighbours, one beyond either end stand for all.
The rule is answered with each in turn, everything else as it is. Exact for flags, choices and
days, and for numbers that may be fractional; for a set, exact too, at 2^n for n words of it that
the rule names and nobody has settled.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise, product
from math import prod

from ancrage.core.eligibility.calendar import shifted
from ancrage.core.eligibility.evaluate import compiled, explain
from ancrage.core.eligibility.values import (
    Check,
    FactKind,
    Facts,
    FactType,
    Members,
    Rule,
    State,
    Today,
    Value,
    Vocabulary,
    checks_in,
)


def prospects(
    rule: Rule, facts: Facts, today: date, vocabulary: Vocabulary
) -> Mapping[str, frozenset[State]]:
    """Return, for each missing fact, the answers that knowing it alone could bring.

    A fact whose answers hold a yes or a no may settle the rule by itself. Empty when the answer
    is settled.
    """
    answer = compiled(rule)
    checks = _by_fact([rule])
    return {
        name: frozenset(
            answer({**facts, name: value}, today)
            for value in _values(checks[name], vocabulary[name], facts.get(name), today)
        )
        for name in explain(rule, facts, today).missing
    }


def outcomes(
    rules: Sequence[Rule], facts: Facts, today: date, vocabulary: Vocabulary, *, most: int = 4096
) -> frozenset[tuple[State, ...]] | None:
    """Return the answers that several rules may come to have together, once all is known.

    None when more than `most` completions would have to be tried.
    """
    checks = _by_fact(rules)
    missing = sorted({name for rule in rules for name in explain(rule, facts, today).missing})
    choices = [
        list(_values(checks[name], vocabulary[name], facts.get(name), today)) for name in missing
    ]
    if prod(map(len, choices)) > most:
        return None
    answers = [compiled(rule) for rule in rules]
    return frozenset(
        tuple(
            answer({**facts, **dict(zip(missing, values, strict=True))}, today)
            for answer in answers
        )
        for values in product(*choices)
    )


def _by_fact(rules: Sequence[Rule]) -> dict[str, list[Check]]:
    checks: dict[str, list[Check]] = {}
    for rule in rules:
        for check in checks_in(rule):
            checks.setdefault(check.fact, []).append(check)
    return checks


def _values(
    checks: list[Check], fact: FactType, held: Value | None, today: date
) -> Iterator[Value]:
    if fact.kind is FactKind.FLAG:
        yield from (False, True)
    elif fact.kind is FactKind.CHOICE:
        named = {word for check in checks for word in _words(check)}
        yield from sorted(named)
        # All the words that the rule does not name are alike to it.
        yield from sorted(fact.words - named)[:1]
    elif fact.kind is FactKind.SET:
        yield from _sets({word for check in checks for word in _words(check)}, held)
    elif fact.kind is FactKind.DAY:
        for day in sorted({_day(check, today) for check in checks}):
            yield from (_near(day, -1), day, _near(day, 1))
    else:
        yield from _numbers(sorted({Decimal(str(check.operand)) for check in checks}))


def _words(check: Check) -> frozenset[str]:
    operand = check.operand
    return operand if isinstance(operand, frozenset) else frozenset({str(operand)})


def _sets(named: set[str], held: Value | None) -> Iterator[Members]:
    known = held if isinstance(held, Members) else Members(frozenset())
    open_words = sorted(word for word in named if known.state(word) is State.TO_CHECK)
    for size in range(len(open_words) + 1):
        for chosen in combinations(open_words, size):
            yield Members(known.inside | frozenset(chosen), whole=True)


def _day(check: Check, today: date) -> date:
    operand = check.operand
    if isinstance(operand, Today):
        return shifted(today, operand)
    if not isinstance(operand, date):
        message = f"{check.fact} is compared with {operand!r}, which is no day"
        raise TypeError(message)
    return operand


def _near(day: date, days: int) -> date:
    if day in (date.min, date.max):
        return day
    return day + timedelta(days=days)


def _numbers(named: list[Decimal]) -> Iterator[Decimal]:
    yield named[0] - 1
    for low, high in pairwise(named):
        yield from (low, (low + high) / 2)
    yield from (named[-1], named[-1] + 1)
