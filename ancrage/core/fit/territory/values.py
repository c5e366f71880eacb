"""What the territory plan is made of: an instance, a plan with its proof, a violation."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple


class Pair(NamedTuple):
    """A person who may be proposed for a need.

    `fte` is what they would cover of one post, in hundredths; `fit` their score, 0 or more.
    """

    person: str
    need: str
    fte: int
    fit: int


class Choice(NamedTuple):
    """A pair named by somebody: imposed, or forbidden."""

    person: str
    need: str


@dataclass(frozen=True, slots=True)
class OpenNeed:
    """Posts of one need still to be filled."""

    key: str
    structure: str
    posts: int
    fte: int
    opened_on: date


@dataclass(frozen=True, slots=True)
class Instance:
    """All the open needs and all the people available.

    Locked pairs are in every plan, excluded ones in none. Nobody gets more than
    `proposals_per_person` proposals: one in the plan proper, the others in reserve.
    """

    people: tuple[str, ...]
    needs: tuple[OpenNeed, ...]
    pairs: tuple[Pair, ...]
    locked: frozenset[Choice] = frozenset()
    excluded: frozenset[Choice] = frozenset()
    proposals_per_person: int = 1


class Worth(NamedTuple):
    """What a plan is worth, compared in this order: FTE covered, in hundredths, then fit."""

    fte: int = 0
    fit: int = 0


@dataclass(frozen=True, slots=True)
class Certificate:
    """Prices that prove a set of pairs to be the best: see `territory.judge`.

    In units of 1/`scale` of a hundredth of FTE; what is not listed has the price 0.
    """

    scale: int
    people: tuple[tuple[str, int], ...] = ()
    needs: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """Who is proposed where: at most one line per person, and alternatives in reserve."""

    lines: tuple[Pair, ...]
    alternatives: tuple[Pair, ...]
    certificate: Certificate
    reserve_certificate: Certificate


class ViolationKind(Enum):
    """What can be wrong with a plan."""

    UNKNOWN_PAIR = "unknown_pair"
    TWICE = "twice"
    EXCLUDED = "excluded"
    LOCK_LEFT_OUT = "lock_left_out"
    PERSON_IN_TWO_LINES = "person_in_two_lines"
    TOO_MANY_LINES = "too_many_lines"
    TOO_MANY_PROPOSALS = "too_many_proposals"
    TOO_MANY_ALTERNATIVES = "too_many_alternatives"
    NEGATIVE_PRICE = "negative_price"
    SCALE_TOO_SMALL = "scale_too_small"
    NOT_PROVED = "not_proved"


@dataclass(frozen=True, slots=True)
class Violation:
    """One violation; `where` is a person, a need, both, or « plan » or « reserve »."""

    kind: ViolationKind
    where: tuple[str, ...]


class Conflict(Enum):
    """Why locks cannot all hold."""

    NOT_A_PAIR = "not_a_pair"
    ALSO_EXCLUDED = "also_excluded"
    PERSON_LOCKED_TWICE = "person_locked_twice"
    MORE_LOCKS_THAN_POSTS = "more_locks_than_posts"


class Infeasible(Exception):
    """No plan holds all the locks; the witness is a smallest set of locks that contradict."""

    def __init__(self, conflict: Conflict, witness: tuple[Choice, ...]) -> None:
        super().__init__(f"{conflict.value}: {witness}")
        self.conflict = conflict
        self.witness = witness


class InvalidInstance(ValueError):
    """Keys given twice, a pair of somebody unknown, a quantity below what it can be."""
