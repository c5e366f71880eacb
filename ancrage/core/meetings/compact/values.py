"""Meetings already decided, to be put in as compact a timetable as possible."""

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Appointment:
    """Two people who meet, the rounds that suit, and the meetings that come before theirs."""

    first: int
    second: int
    rounds: frozenset[int]
    after: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class CompactInstance:
    """What is asked: people and rounds from 0; a person may meet on both sides of the table.

    Attributes:
        tables: how many meetings a round may hold.
        unfairness: by how much the breaks of two people may differ.
    """

    people: int
    rounds: int
    tables: int
    appointments: Sequence[Appointment]
    absent: Sequence[frozenset[int]] = field(default=())
    unfairness: int = 2


@dataclass(frozen=True, slots=True)
class CompactPlan:
    """The round of each appointment; how many breaks there are, and that no plan goes under."""

    rounds: tuple[int, ...]
    breaks: int
    bound: int


class Infeasible(ValueError):
    """No timetable respects what is asked: a complete search proved it."""


class InvalidAppointments(ValueError):
    """The instance is not one."""
