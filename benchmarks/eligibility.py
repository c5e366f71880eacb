"""How long aid rules take: sixty schemes for one person, explained; then for ten thousand people.

Beside what people do instead: a rule read again at each answer; the same rule as nested data
walked by a small interpreter (the shape of jsonlogic); and, as the ceiling, the rule written in
Python by hand and compiled by it. The interpreter and Python know two values only: they answer for
people of whom everything is known. The answers are compared before anything is measured.

    python -m benchmarks.eligibility
"""

import operator
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from types import CodeType
from typing import Any

from ancrage.core.eligibility.evaluate import compiled, explain
from ancrage.core.eligibility.parser import parse
from ancrage.core.eligibility.values import (
    AllOf,
    AnyOf,
    Check,
    Clause,
    FactKind,
    FactType,
    Members,
    Not,
    Op,
    State,
    Today,
)

SEED = 20261122
SCHEMES, PEOPLE = 60, 10_000
TODAY = date(2026, 11, 22)
JOBS = [f"profession_{number}" for number in range(53)]
ZONES = ["ZIP", "ZAC", "QPV", "FRR", "ZRR"]
SECTORS = ["public", "private", "association", "liberal"]
VOCABULARY = {
    **{f"flag_{number}": FactType(FactKind.FLAG) for number in range(12)},
    "age": FactType(FactKind.NUMBER),
    "distance": FactType(FactKind.NUMBER),
    "hired_on": FactType(FactKind.DAY),
    "job": FactType(FactKind.CHOICE, frozenset(JOBS)),
    "sector": FactType(FactKind.CHOICE, frozenset(SECTORS)),
    "zones": FactType(FactKind.SET, frozenset(ZONES)),
}


def main() -> None:
    """Print the times, ours first, and what the schemes say."""
    dice = random.Random(SEED)
    texts = [draw_rule(dice) for _ in range(SCHEMES)]
    rules = [parse(text, VOCABULARY) for text in texts]
    people = [draw_person(dice, known=0.6) for _ in range(PEOPLE)]

    one = _median(
        [_timed(lambda p=p: [explain(rule, p, TODAY) for rule in rules]) for p in people[:200]]
    )
    print(f"{SCHEMES} schemes for one person, explained: {one * 1000:.2f} ms (bar: 10 ms)")
    reread = _timed(lambda: [explain(parse(t, VOCABULARY), people[0], TODAY) for t in texts])
    print(f"  the rules read again at each answer: {reread * 1000:.1f} ms, {reread / one:.0f} ×")

    deciders = [compiled(rule) for rule in rules]
    begun = time.perf_counter()
    told = Counter(decide(person, TODAY) for person in people for decide in deciders)
    ours = time.perf_counter() - begun
    shares = ", ".join(f"{told[state] / told.total():.0%} {state.name.lower()}" for state in State)
    print(f"{PEOPLE:,} people × {SCHEMES}: {ours:.2f} s (bar: 10 s), {shares}")

    _beside_peers(rules, deciders, dice)


def _beside_peers(
    rules: Sequence[AllOf], deciders: Sequence[Callable[..., State]], dice: random.Random
) -> None:
    known = [draw_person(dice, known=1) for _ in range(PEOPLE // 10)]
    plain = [
        {name: value.inside if isinstance(value, Members) else value for name, value in p.items()}
        for p in known
    ]
    nested = [as_data(rule) for rule in rules]
    written = [as_python(rule) for rule in rules]
    expected = [decide(person, TODAY) is State.YES for person in known for decide in deciders]
    runs: dict[str, Callable[[], list[bool]]] = {
        "ours, three values": lambda: [
            decide(person, TODAY) is State.YES for person in known for decide in deciders
        ],
        "nested data, two values": lambda: [walk(d, p) for p in plain for d in nested],
        "Python by hand, two values": lambda: [
            bool(eval(code, {}, p))  # noqa: S307 rules drawn above
            for p in plain
            for code in written
        ],
    }
    print(f"{len(known):,} people of whom all is known × {SCHEMES}:")
    for name, run in runs.items():
        assert run() == expected, name
        print(f"  {name}: {min(_timed(run) for _ in range(3)):.3f} s")


# --- Invented rules and people ------------------------------------------------------------------


def draw_rule(dice: random.Random) -> str:
    """Draw a rule of the size of real ones: a job, a zone or a sector, and what goes with it."""
    lines = [f"job parmi {{{', '.join(dice.sample(JOBS, 40))}}}"]
    if dice.random() < 0.6:
        lines.append(f"zones touche {{{', '.join(dice.sample(ZONES, 3))}}}")
    lines += [f"flag_{number}" for number in dice.sample(range(6), 2)]
    lines.append(f"pas flag_{dice.randrange(6, 12)}")
    lines.append(f"hired_on >= aujourd’hui - {dice.choice([3, 6, 12])} mois")
    ways = [
        f"age <= {dice.randrange(26, 35)}",
        f"distance > {dice.randrange(10, 70)}",
        f"toutes ( sector = {dice.choice(SECTORS)} ; flag_{dice.randrange(12)} )",
    ]
    either = dice.sample(ways, 2)
    return "\n".join([*lines, "une (", *either, ")"])


def draw_person(dice: random.Random, *, known: float) -> dict[str, Any]:
    """Draw what is known of somebody; `known` is the share of facts that somebody has said."""
    facts: dict[str, Any] = {
        **{f"flag_{number}": dice.random() < 0.7 for number in range(12)},
        "age": dice.randrange(18, 67),
        "distance": dice.randrange(120),
        "hired_on": TODAY - timedelta(days=dice.randrange(400)),
        "job": dice.choice(JOBS),
        "sector": dice.choice(SECTORS),
        "zones": Members(frozenset(dice.sample(ZONES, dice.randrange(3))), whole=True),
    }
    return {name: value for name, value in facts.items() if dice.random() < known}


# --- What people use instead --------------------------------------------------------------------


def as_data(clause: Clause) -> Mapping[str, Any]:
    """Return a rule as nested data: `{"and": [{"<=": ["age", 30]}, …]}`."""
    match clause:
        case AllOf(parts):
            return {"and": [as_data(one) for one in parts]}
        case AnyOf(parts):
            return {"or": [as_data(one) for one in parts]}
        case Not(inner):
            return {"!": as_data(inner)}
        case Check(fact, Op.HOLDS):
            return {"var": fact}
        case Check(fact, op, Today(months)):
            return {op.value: [fact, {"months": months}]}
        case Check(fact, op, operand):
            return {op.value: [fact, operand]}
    raise AssertionError(clause)


_SIGNS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def walk(data: Mapping[str, Any], facts: Mapping[str, Any]) -> bool:
    """Answer nested data, as jsonlogic does: the key says what to do with the value."""
    ((key, value),) = data.items()
    if key == "and":
        return all(walk(one, facts) for one in value)
    if key == "or":
        return any(walk(one, facts) for one in value)
    if key == "!":
        return not walk(value, facts)
    if key == "var":
        return bool(facts[value])
    name, operand = value
    if isinstance(operand, dict):
        operand = _months_before(-operand["months"])
    held = facts[name]
    if key == "parmi":
        return held in operand
    if key == "touche":
        return not operand.isdisjoint(held)
    if key == "contient":
        return operand in held
    return _SIGNS[key](held, operand)


def as_python(rule: AllOf) -> CodeType:
    """Return the rule as a Python expression, compiled."""
    return compile(_source(rule), "rule", "eval")


def _source(clause: Clause) -> str:
    match clause:
        case AllOf(parts):
            return "(" + " and ".join(map(_source, parts)) + ")"
        case AnyOf(parts):
            return "(" + " or ".join(map(_source, parts)) + ")"
        case Not(inner):
            return f"(not {_source(inner)})"
        case Check(fact, Op.HOLDS):
            return fact
        case Check(fact, Op.AMONG, operand):
            return f"{fact} in {set(operand)!r}"
        case Check(fact, Op.TOUCHES, operand):
            return f"bool({fact} & {set(operand)!r})"
        case Check(fact, op, Today(months)):
            day = _months_before(-months)
            return f"({fact}.toordinal() {op.value} {day.toordinal()})"
        case Check(fact, op, operand):
            sign = "==" if op is Op.EQUAL else op.value
            return f"({fact} {sign} {operand!r})"
    raise AssertionError(clause)


def _months_before(months: int) -> date:
    month = TODAY.year * 12 + TODAY.month - 1 - months
    return date(month // 12, month % 12 + 1, TODAY.day)


def _timed(run: Callable[[], object]) -> float:
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


if __name__ == "__main__":
    main()
