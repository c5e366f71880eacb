"""What the planner of meetings and its judge both speak of.

Hosts keep a table, visitors move from one to the next. Rounds are numbered from 0. A plan says
who meets whom in which round, at which table; a certificate lets anybody check what no plan can
exceed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

# How many meetings each person is guaranteed, as far as can be, when nobody says otherwise.
GUARANTEE = 3


class Side(Enum):
    """Who keeps a table, who moves."""

    HOST = "host"
    VISITOR = "visitor"


class Person(NamedTuple):
    """Somebody of one side: the two sides may use the same identifiers."""

    side: Side
    id: str


@dataclass(frozen=True, slots=True)
class Guest:
    """One person: how many meetings at most, how many before scores count, when absent.

    `most` is the number of rounds when it is not given, also for a team. `least` is no condition:
    as many people as possible reach 1 meeting, then 2, up to their `least`; then only do scores
    count. Not given, it is `GUARANTEE`, or `most` where that is less.
    """

    id: str
    most: int | None = None
    least: int | None = None
    absent: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Visitor(Guest):
    """Who moves from table to table."""


@dataclass(frozen=True, slots=True)
class Host(Guest):
    """Who keeps a table, and receives up to `seats` visitors there in the same round."""

    seats: int = 1


class Pair(NamedTuple):
    """A host and a visitor who may meet, and what their meeting is worth."""

    host: str
    visitor: str
    score: int


class Meeting(NamedTuple):
    """Who meets whom, in which round; the table is a number from 1, None where nobody set it."""

    host: str
    visitor: str
    round: int
    table: int | None = None

    @property
    def card(self) -> tuple[str, str, int]:
        """What is written on the sheet of a person, but for the table."""
        return self.host, self.visitor, self.round


@dataclass(frozen=True, slots=True)
class Instance:
    """What is asked.

    Attributes:
        rounds: how many rounds there are.
        tables: how many tables may serve in one round, from `from_round` on; None: enough.
        pairs: who may meet; two people who are not listed together never do.
        held: meetings that took place, or that must: they are in every plan as they are.
        promised: meetings already announced: kept as far as possible, see `replan`.
        from_round: the first round that can still be planned.
    """

    rounds: int
    hosts: tuple[Host, ...]
    visitors: tuple[Visitor, ...]
    pairs: tuple[Pair, ...]
    tables: int | None = None
    held: tuple[Meeting, ...] = ()
    promised: tuple[Meeting, ...] = ()
    from_round: int = 0


class Proof(Enum):
    """What is known of a plan."""

    # Its levels and its score are the best there are: prices prove it.
    OPTIMAL = "optimal"
    # The same, by a complete search that leaves no price to check.
    SEARCHED = "searched"
    # Its levels are the best there are; its score is within the gap.
    FAIR = "fair"
    # Neither is proved: some plan might be fairer. The gap is that of the score.
    BOUNDED = "bounded"


@dataclass(frozen=True, slots=True)
class Prices:
    """Multipliers from which what no plan can exceed is computed, see `judge.upper_bound`.

    Attributes:
        scale: in how many parts a point of score is cut: all that follows is in such parts.
        weights: what the 1st, 2nd, … guaranteed meeting of a person is worth in this proof.
        people: the price of one meeting of a person, of any sign.
        presence: the price of a person's place in a round, at least 0.
        rounds: the price of a table in a round, at least 0.
        total: the price of one meeting, whoever has it, at least 0.
    """

    scale: int = 1
    weights: tuple[int, ...] = ()
    people: Mapping[Person, int] = field(default_factory=dict)
    presence: Mapping[tuple[Person, int], int] = field(default_factory=dict)
    rounds: Mapping[int, int] = field(default_factory=dict)
    total: int = 0


@dataclass(frozen=True, slots=True)
class Certificate:
    """What no plan can exceed, and why.

    It speaks of the plans that hold `fixed`: the meetings held, and the promises kept.

    Attributes:
        fairness: prices under which `relaxed` is the best set of pairs.
        relaxed: a set of pairs that respects everything but the rounds; its levels are those
            that no plan exceeds.
        satisfaction: prices from which the bound of the score follows, for plans of its levels.
    """

    fixed: tuple[Meeting, ...]
    fairness: Prices
    relaxed: tuple[tuple[str, str], ...]
    satisfaction: Prices
    levels: tuple[int, ...]
    bound: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Who meets whom, when and where; what it is worth; what is proved of it.

    Attributes:
        meetings: sorted by round, table, visitor.
        levels: how many people reach their 1st, 2nd, … guaranteed meeting.
        score: the sum of the scores of the meetings.
        changed: promises that are not kept as they were announced.
    """

    meetings: tuple[Meeting, ...]
    levels: tuple[int, ...]
    score: int
    proof: Proof
    certificate: Certificate
    changed: tuple[Meeting, ...] = ()

    @property
    def bound(self) -> int:
        """What the score of no plan as fair exceeds."""
        return self.certificate.bound

    @property
    def gap(self) -> Fraction:
        """The share of the bound that is missing: 0 when the score is the best."""
        missing = self.bound - self.score
        return Fraction(missing, max(abs(self.bound), 1)) if missing > 0 else Fraction(0)


class FlawKind(Enum):
    """What can be wrong with an instance; `where` names it."""

    ROUNDS = "rounds"
    TABLES = "tables"
    FROM_ROUND = "from_round"
    ID_TWICE = "id_twice"
    SEATS = "seats"
    MOST = "most"
    LEAST = "least"
    LEAST_OVER_MOST = "least_over_most"
    ABSENT_ROUND = "absent_round"
    UNKNOWN_HOST = "unknown_host"
    UNKNOWN_VISITOR = "unknown_visitor"
    PAIR_TWICE = "pair_twice"
    MEETING_ROUND = "meeting_round"
    MEETING_TWICE = "meeting_twice"
    HOST_BUSY = "host_busy"
    VISITOR_BUSY = "visitor_busy"
    HELD_OVER_MOST = "held_over_most"
    HELD_OVER_TABLES = "held_over_tables"


class InvalidInstance(ValueError):
    """The instance is not one; the first flaw found, and what it is about."""

    def __init__(self, kind: FlawKind, *where: object) -> None:
        super().__init__(f"{kind.value}: {', '.join(map(str, where))}")
        self.kind = kind
        self.where = where


class ViolationKind(Enum):
    """What can be wrong with a plan, or with what it claims."""

    UNKNOWN_PERSON = "unknown_person"
    NOT_A_PAIR = "not_a_pair"
    NOT_A_ROUND = "not_a_round"
    PAST_ROUND = "past_round"
    ABSENT = "absent"
    MEETS_TWICE = "meets_twice"
    VISITOR_TWICE_IN_ROUND = "visitor_twice_in_round"
    HOST_OVER_SEATS = "host_over_seats"
    OVER_MOST = "over_most"
    OVER_TABLES = "over_tables"
    TABLE_SHARED = "table_shared"
    HOST_AT_TWO_TABLES = "host_at_two_tables"
    TABLE_UNKNOWN = "table_unknown"
    HELD_LOST = "held_lost"
    CHANGED_MISCOUNTED = "changed_miscounted"
    LEVELS_MISCOUNTED = "levels_miscounted"
    SCORE_MISCOUNTED = "score_miscounted"
    PROOF_FAILS = "proof_fails"


class Violation(NamedTuple):
    """One thing wrong; `where` names the people, the round or the numbers."""

    kind: ViolationKind
    where: tuple[object, ...]
