"""What rules are made of: facts and their types, clauses, and answers in three values.

Everywhere an absent fact, or `None`, means « nobody has said ».

Reference: S. C. Kleene, Introduction to Metamathematics (1952), §64.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum


class State(IntEnum):
    """An answer; « and » is the least of two, « or » the greatest."""

    NO = 0
    TO_CHECK = 1
    YES = 2


class FactKind(Enum):
    """What a fact is: what may be asked of it follows."""

    FLAG = "flag"
    NUMBER = "number"
    DAY = "day"
    CHOICE = "choice"
    SET = "set"


@dataclass(frozen=True, slots=True)
class FactType:
    """The kind of a fact, and for a choice or a set the words it may hold."""

    kind: FactKind
    words: frozenset[str] = frozenset()


Vocabulary = Mapping[str, FactType]
"""The facts that a rule may name."""


@dataclass(frozen=True, slots=True)
class Members:
    """What is known of a set: who is in it, who is not. `whole`: nobody else is in it."""

    inside: frozenset[str]
    outside: frozenset[str] = frozenset()
    whole: bool = False

    def state(self, word: str) -> State:
        """Tell whether a word is in the set."""
        if word in self.inside:
            return State.YES
        return State.NO if self.whole or word in self.outside else State.TO_CHECK


Value = bool | int | Decimal | date | str | Members
Facts = Mapping[str, Value | None]
"""Fact → what is known of it. A day is a `date`, never a `datetime`."""


class Op(Enum):
    """What a clause asks of a fact, as the language writes it."""

    HOLDS = ""
    EQUAL = "="
    DIFFERENT = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="
    AMONG = "parmi"
    CONTAINS = "contient"
    TOUCHES = "touche"


_ORDER = frozenset({Op.EQUAL, Op.DIFFERENT, Op.LESS, Op.AT_MOST, Op.MORE, Op.AT_LEAST})
ALLOWED: Mapping[FactKind, frozenset[Op]] = {
    FactKind.FLAG: frozenset({Op.HOLDS}),
    FactKind.NUMBER: _ORDER,
    FactKind.DAY: _ORDER,
    FactKind.CHOICE: frozenset({Op.EQUAL, Op.DIFFERENT, Op.AMONG}),
    FactKind.SET: frozenset({Op.CONTAINS, Op.TOUCHES}),
}
"""Kind of fact → what may be asked of it."""


@dataclass(frozen=True, slots=True)
class Today:
    """The day of the question, shifted by months then by days."""

    months: int = 0
    days: int = 0


Operand = int | Decimal | date | Today | str | frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands in the text of a rule, both counted from 1."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Check:
    """A question asked of one fact. `place` tells nothing of what it asks."""

    fact: str
    op: Op = Op.HOLDS
    operand: Operand = None
    place: Place = field(default=Place(), compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """What must not hold."""

    clause: "Clause"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Clauses that must all hold."""

    clauses: "tuple[Clause, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Clauses of which one at least must hold."""

    clauses: "tuple[Clause, ...]"


Clause = Check | Not | AllOf | AnyOf
Rule = AllOf
"""A rule is the list of its clauses, all of which must hold."""


def checks_in(clause: Clause) -> Iterator[Check]:
    """Yield the checks of a clause, in the order of its text."""
    if isinstance(clause, Check):
        yield clause
    elif isinstance(clause, Not):
        yield from checks_in(clause.clause)
    else:
        for one in clause.clauses:
            yield from checks_in(one)


def facts_in(clause: Clause) -> frozenset[str]:
    """Return the names of the facts that a clause speaks of."""
    return frozenset(check.fact for check in checks_in(clause))
