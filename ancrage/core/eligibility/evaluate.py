"""Answering a rule from what is known: yes, no, or to check, and why.

Problem. Facts are known in part. An answer « yes » or « no » must hold whatever the unknown facts
turn out to be; otherwise the answer is « to check », with the facts whose knowledge would settle
it.

Steps. Each check is yes, no, or to check where its fact is unknown; then Kleene's strong logic:
« all » is the least of its clauses (no < to check < yes), « one » the greatest, « not » turns
over. By induction on the clause: a yes or a no is that of every completion of the facts; learning
a fact never unsettles one; the order of clauses does not matter. The converse does not hold: a
rule such as « A or not A » is to check while A is unknown, though nothing could make it false.

Why. The deciding checks are a part of the checks that is enough by itself: with their facts alone
the answer is the same. For « all » answered no, those of every clause that says no, so that a
reader sees all that stands in the way; for a yes, those of every clause; « one » likewise. The
missing facts are those unknown in a clause that is not settled: knowing them all settles the
answer, and no other fact bears on it.

A rule is compiled once into closures, at O(length); an answer then costs O(length) at most.

Reference: S. C. Kleene, Introduction to Metamathematics (1952), §64.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from ancrage.core.eligibility.calendar import shifted
from ancrage.core.eligibility.values import (
    AllOf,
    Check,
    Clause,
    Facts,
    Members,
    Not,
    Op,
    Rule,
    State,
    Today,
    Value,
)

NO, TO_CHECK, YES = State.NO, State.TO_CHECK, State.YES

Decide = Callable[[Facts, date], State]
"""What a compiled clause answers, from the facts and the day of the question."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A check that bears on the answer.

    `wanted` tells whether the rule asks that it hold (False: under a « not »); `value` is what
    is known of its fact.
    """

    check: Check
    wanted: bool
    state: State
    value: Value | None

    @property
    def favours(self) -> State:
        """Yes where the check speaks for the rule, no where it speaks against it."""
        return self.state if self.wanted else State(YES - self.state)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a rule, the checks that decide it, and the facts that would settle it."""

    state: State
    deciding: tuple[Finding, ...]
    missing: tuple[str, ...] = ()


def compiled(clause: Clause) -> Decide:
    """Return the function that answers a clause, for many people."""
    if isinstance(clause, Check):
        return _compiled_check(clause)
    if isinstance(clause, Not):
        inner = compiled(clause.clause)
        return lambda facts, today: _OPPOSITE[inner(facts, today)]
    parts = tuple(compiled(one) for one in clause.clauses)
    if len(parts) == 1:
        return parts[0]
    return _compiled_all(parts) if isinstance(clause, AllOf) else _compiled_any(parts)


def decide(rule: Rule, facts: Facts, today: date) -> State:
    """Return the answer to a rule on one day, without its reasons."""
    return compiled(rule)(facts, today)


def explain(rule: Rule, facts: Facts, today: date) -> Answer:
    """Return the answer to a rule on one day, with what decides it, in the order of the rule."""
    state = _Walk(facts, today).state(rule)
    found = dict.fromkeys(_Walk(facts, today).findings(rule, True))
    missing = (one.check.fact for one in found if state is TO_CHECK and one.state is TO_CHECK)
    return Answer(state, tuple(found), tuple(dict.fromkeys(missing)))


# --- Checks -------------------------------------------------------------------------------------


_OPPOSITE = (YES, TO_CHECK, NO)
_BY_TRUTH = (NO, YES)


def _compiled_all(parts: tuple[Decide, ...]) -> Decide:
    def least(facts: Facts, today: date) -> State:
        found = YES
        for part in parts:
            state = part(facts, today)
            if state is NO:
                return NO
            if state is TO_CHECK:
                found = TO_CHECK
        return found

    return least


def _compiled_any(parts: tuple[Decide, ...]) -> Decide:
    def greatest(facts: Facts, today: date) -> State:
        found = NO
        for part in parts:
            state = part(facts, today)
            if state is YES:
                return YES
            if state is TO_CHECK:
                found = TO_CHECK
        return found

    return greatest


def _compiled_check(check: Check) -> Decide:
    name, of_value = check.fact, _of_value(check)

    def answer(facts: Facts, today: date) -> State:
        value = facts.get(name)
        return TO_CHECK if value is None else of_value(value, today)

    return answer


def _of_value(check: Check) -> Callable[[Value, date], State]:
    """Return the answer to a check once something is known of its fact."""
    op, operand = check.op, check.operand
    if op is Op.HOLDS:
        return lambda value, today: YES if value else NO
    if op is Op.CONTAINS:
        word = str(operand)
        return lambda value, today: _members(value).state(word)
    if isinstance(operand, frozenset):
        if op is Op.TOUCHES:
            return lambda value, today: max(map(_members(value).state, operand), default=NO)
        return lambda value, today: YES if value in operand else NO
    compare = _COMPARISONS[op]
    if isinstance(operand, Today):
        shift = operand
        return lambda value, today: _BY_TRUTH[compare(value, shifted(today, shift))]
    return lambda value, today: _BY_TRUTH[compare(value, operand)]


def _members(value: Value) -> Members:
    if not isinstance(value, Members):
        message = f"{value!r} is not what is known of a set"
        raise TypeError(message)
    return value


def _equal(value: object, operand: object) -> bool:
    return value == operand


def _different(value: object, operand: object) -> bool:
    return value != operand


def _less(value: object, operand: object) -> bool:
    return value < operand  # type: ignore[operator,no-any-return]


def _at_most(value: object, operand: object) -> bool:
    return value <= operand  # type: ignore[operator,no-any-return]


def _more(value: object, operand: object) -> bool:
    return value > operand  # type: ignore[operator,no-any-return]


def _at_least(value: object, operand: object) -> bool:
    return value >= operand  # type: ignore[operator,no-any-return]


_COMPARISONS: dict[Op, Callable[[object, object], bool]] = {
    Op.EQUAL: _equal,
    Op.DIFFERENT: _different,
    Op.LESS: _less,
    Op.AT_MOST: _at_most,
    Op.MORE: _more,
    Op.AT_LEAST: _at_least,
}


# --- Reasons ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Walk:
    """One reading of a rule, for its reasons."""

    facts: Facts
    today: date

    def state(self, clause: Clause) -> State:
        if isinstance(clause, Check):
            value = self.facts.get(clause.fact)
            return TO_CHECK if value is None else _of_value(clause)(value, self.today)
        if isinstance(clause, Not):
            return _OPPOSITE[self.state(clause.clause)]
        states = map(self.state, clause.clauses)
        return min(states) if isinstance(clause, AllOf) else max(states)

    def findings(self, clause: Clause, wanted: bool) -> Iterator[Finding]:
        """Yield the checks that give a clause its state: those of the parts that share it."""
        if isinstance(clause, Check):
            value = self.facts.get(clause.fact)
            yield Finding(clause, wanted, self.state(clause), value)
        elif isinstance(clause, Not):
            yield from self.findings(clause.clause, not wanted)
        else:
            state = self.state(clause)
            for one in clause.clauses:
                if self.state(one) is state:
                    yield from self.findings(one, wanted)
