"""Answers in three values, with their reasons, and what would lift what blocks.

Answers are built from facts by the « and » and « or » of three values only (`core.kleene`):
learning a fact can settle an answer and never unsettles one.
"""

from collections.abc import Iterable
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import NamedTuple

from ancrage.core.kleene import State


class Topic(Enum):
    """The conditions, in the order in which they are shown."""

    PROFESSION = "profession"
    RIGHT = "right"
    PROOFS = "proofs"
    DATES = "dates"
    DISTANCE = "distance"
    CONTRACT = "contract"
    FTE = "fte"
    HOURS = "hours"
    DAYS = "days"


class Reason(Enum):
    """Why a condition has its answer."""

    NOTHING_ASKED = "nothing_asked"
    SAME_PROFESSION = "same_profession"
    DIRECT_BRIDGE = "direct_bridge"
    BY_LICENCE = "by_licence"
    PROFESSION_UNKNOWN = "profession_unknown"
    OTHER_PROFESSION = "other_profession"
    SPECIALTY_UNKNOWN = "specialty_unknown"
    OTHER_SPECIALTY = "other_specialty"
    TITLE_HELD = "title_held"
    REQUIREMENT_UNKNOWN = "requirement_unknown"
    DIPLOMA_UNKNOWN = "diploma_unknown"
    DIPLOMA_EXPECTED = "diploma_expected"
    NO_DIPLOMA = "no_diploma"
    REGISTRATION_UNKNOWN = "registration_unknown"
    REGISTRATION_EXPECTED = "registration_expected"
    NOT_REGISTERED = "not_registered"
    LICENCE_FOR_OTHER_CONTRACTS = "licence_for_other_contracts"
    LICENCE_DATES_UNKNOWN = "licence_dates_unknown"
    LICENCE_NOT_ON_THESE_DATES = "licence_not_on_these_dates"
    PROOFS_HELD = "proofs_held"
    PROOF_UNKNOWN = "proof_unknown"
    PROOF_NOT_HELD = "proof_not_held"
    PROOF_DATES_UNKNOWN = "proof_dates_unknown"
    PROOF_NOT_ON_THESE_DATES = "proof_not_on_these_dates"
    AVAILABLE = "available"
    DATES_UNKNOWN = "dates_unknown"
    AVAILABLE_TOO_LATE = "available_too_late"
    LEAVES_TOO_EARLY = "leaves_too_early"
    WITHIN_REACH = "within_reach"
    DISTANCE_UNKNOWN = "distance_unknown"
    TOO_FAR = "too_far"
    CONTRACT_WANTED = "contract_wanted"
    CONTRACT_UNKNOWN = "contract_unknown"
    OTHER_CONTRACT = "other_contract"
    FTE_WANTED = "fte_wanted"
    FTE_UNKNOWN = "fte_unknown"
    FTE_TOO_LOW = "fte_too_low"
    FTE_TOO_HIGH = "fte_too_high"
    HOURS_ACCEPTED = "hours_accepted"
    HOURS_UNKNOWN = "hours_unknown"
    HOURS_REFUSED = "hours_refused"
    DAYS_FREE = "days_free"
    DAYS_UNKNOWN = "days_unknown"
    DAYS_TAKEN = "days_taken"


class Lift(Enum):
    """What would lift a condition that blocks, or settle one to check. Values in brackets."""

    ASK_THE_PERSON = "ask_the_person"  # (fact)
    ASK_THE_STRUCTURE = "ask_the_structure"  # (fact)
    TRAIN = "train"  # (profession one comes from, months)
    OBTAIN_DIPLOMA = "obtain_diploma"  # (profession)
    REGISTER = "register"  # (profession)
    START_FROM = "start_from"  # (date)
    END_BY = "end_by"  # (date)
    OBTAIN = "obtain"  # (kind of proof or licence)
    RENEW = "renew"  # (kind of proof or licence, last day valid)
    GO_FURTHER_MINUTES = "go_further_minutes"  # (minutes)
    GO_FURTHER_KM = "go_further_km"  # (kilometres)
    AGREE_CONTRACT = "agree_contract"  # (contract)
    LOWER_FTE_TO = "lower_fte_to"  # (hundredths)
    COMPLETE_FTE_BY = "complete_fte_by"  # (hundredths to be found in another post)
    AGREE_HOURS = "agree_hours"  # (hours...)
    AGREE_DAYS = "agree_days"  # (days...)


class Unblock(NamedTuple):
    """One thing to do, and with what."""

    lift: Lift
    values: tuple[str | int | date, ...] = ()


class Answer(NamedTuple):
    """One answer; `unblocks` is empty when it is met."""

    state: State
    reason: Reason
    unblocks: tuple[Unblock, ...] = ()


@cache
def met(reason: Reason) -> Answer:
    """Return the answer « met »."""
    return Answer(State.MET, reason)


class Condition(NamedTuple):
    """The answer of one topic."""

    topic: Topic
    state: State
    reason: Reason
    unblocks: tuple[Unblock, ...]


_state = attrgetter("state")


def both(answers: Iterable[Answer]) -> Answer:
    """Kleene's « and »: the worst answer (the first of them), and all that would lift them.

    Raises:
        ValueError: there is no answer.
    """
    known = tuple(answers)
    worst = max(known, key=_state)
    return worst if worst.state is State.MET else _with_all_lifts(worst, known)


def either(answers: Iterable[Answer]) -> Answer:
    """Kleene's « or »: the best answer (the first of them); unless it is met, all the ways out.

    Raises:
        ValueError: there is no answer.
    """
    known = tuple(answers)
    best = min(known, key=_state)
    return best if best.state is State.MET else _with_all_lifts(best, known)


def _with_all_lifts(chosen: Answer, known: tuple[Answer, ...]) -> Answer:
    lifting = [answer for answer in known if answer.unblocks]
    if lifting == [chosen] or not lifting:
        return chosen
    lifts = dict.fromkeys(unblock for answer in lifting for unblock in answer.unblocks)
    return Answer(chosen.state, chosen.reason, tuple(lifts))


def no_later(early: date | None, late: date | None) -> State:
    """Tell whether one day comes no later than another."""
    if early is None or late is None:
        return State.TO_CHECK
    return State.MET if early <= late else State.MISSING


def covers(
    valid_from: date | None, valid_to: date | None, starts_on: date | None, ends_on: date | None
) -> State:
    """Tell whether what is valid between two days is so from a start to an end."""
    return max(
        no_later(valid_from, starts_on), no_later(starts_on, valid_to), no_later(ends_on, valid_to)
    )
