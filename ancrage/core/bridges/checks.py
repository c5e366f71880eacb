"""What each condition of a step says today, and who can pay for the course."""

from collections.abc import Iterable

from ancrage.core.bridges.standing import Facts, Standing, all_conditions, title_month
from ancrage.core.bridges.values import (
    Bridge,
    Certificate,
    Check,
    Condition,
    Funding,
    Payment,
    Reason,
    Sector,
    Seniority,
    Title,
    Word,
)
from ancrage.core.kleene import State

# In cents. A number, since of two unknown costs and a known one, the fewer unknown the better.
UNTOLD_COST = 10**9


def checks(bridge: Bridge, standing: Standing, facts: Facts, at: int) -> tuple[Check, ...]:
    """Return the answer of each condition of a course that begins at that month."""
    return tuple(
        check(condition, standing, facts, at) for condition in all_conditions(bridge, standing)
    )


def check(condition: Condition, standing: Standing, facts: Facts, at: int) -> Check:
    """Return the answer of one condition, today, for a course that begins at that month."""
    if isinstance(condition, Seniority):
        return _seniority(condition, standing, facts, at)
    if isinstance(condition, Title):
        return _title(condition, standing, facts, at)
    if isinstance(condition, Certificate):
        return _certificate(condition, facts, at)
    return _word(condition, facts)


def _word(condition: Word, facts: Facts) -> Check:
    told = facts.words.get(condition.fact)
    if told is None:
        return Check(condition, State.TO_CHECK, Reason.NOT_TOLD)
    if told:
        return Check(condition, State.MET, Reason.HELD)
    return Check(condition, State.MISSING, Reason.TO_OBTAIN)


def _seniority(condition: Seniority, standing: Standing, facts: Facts, at: int) -> Check:
    today = condition.months - facts.worked(condition, facts.origin, 0)
    then = condition.months - facts.worked(condition, standing, at)
    if then > 0:
        if facts.may_have_worked(condition, standing):
            return Check(condition, State.TO_CHECK, Reason.NOT_TOLD, months=then)
        return Check(condition, State.MISSING, Reason.TO_OBTAIN, months=then)
    if today <= 0:
        return Check(condition, State.MET, Reason.HELD)
    return Check(condition, State.MISSING, Reason.ON_THE_WAY, facts.days[at], today)


def _title(condition: Title, standing: Standing, facts: Facts, at: int) -> Check:
    held = [facts.titles[one] for one in condition.any_of if one in facts.titles]
    unsure, since = min(held, default=(True, 0))
    if held and not unsure and since == 0:
        return Check(condition, State.MET, Reason.HELD)
    if condition.any_of & standing.gained:
        return Check(condition, State.MISSING, Reason.ON_THE_WAY)
    ready = title_month(condition, standing, facts)
    if ready is None or ready > at:
        return Check(condition, State.MISSING, Reason.TO_OBTAIN)
    if held and 0 < since <= at:
        return Check(condition, State.TO_CHECK, Reason.AWAITED, facts.days[since])
    return Check(condition, State.TO_CHECK, Reason.NOT_TOLD)


def _certificate(condition: Certificate, facts: Facts, at: int) -> Check:
    copies = [one for one in facts.person.papers if one.kind == condition.kind]
    if not copies:
        return Check(condition, State.TO_CHECK, Reason.NOT_TOLD)
    held = [one for one in copies if one.held]
    if not held:
        return Check(condition, State.MISSING, Reason.TO_OBTAIN)
    ends = [one.valid_to for one in held if one.valid_to]
    if ends and max(ends) >= facts.days[at]:
        return Check(condition, State.MET, Reason.HELD)
    if len(ends) < len(held):
        return Check(condition, State.TO_CHECK, Reason.NOT_TOLD)
    return Check(condition, State.MISSING, Reason.TO_RENEW, max(ends))


# --- Who can pay? ------------------------------------------------------------------------------


def payments(bridge: Bridge, standing: Standing, facts: Facts, at: int) -> tuple[Payment, ...]:
    """Return all who can pay for a course that begins at that month, the best first."""
    found = [
        Payment(
            "",
            State.MET,
            bridge.fee,
            bridge.months * (100 - bridge.kept_alone),
            owed=0,
            is_kept_told=True,
        )
    ]
    for funding in bridge.fundings:
        state = _payable(funding, standing, facts, at)
        if state is not State.MISSING:
            found.append(
                Payment(
                    funding.key,
                    state,
                    funding.rest,
                    bridge.months * (100 - (funding.kept or 0)),
                    min(funding.owed_times * bridge.months, funding.owed_most),
                    funding.kept is not None,
                )
            )
    return tuple(sorted(found, key=rank))


def rank(payment: Payment) -> tuple[int, int, State, int, str]:
    """Order payments: what the person pays and loses, then how sure, what is owed, the name."""
    return (
        counted(payment.cost),
        payment.lost,
        payment.state,
        payment.owed,
        payment.funding,
    )


def counted(cost: int | None) -> int:
    """Return a cost as it is compared: one that nobody has told is above all others."""
    return UNTOLD_COST if cost is None else cost


def worth_counting(ranked: Iterable[Payment]) -> list[Payment]:
    """Return, of payments in their order, those that no other beats on cost and pay."""
    kept: list[Payment] = []
    for payment in ranked:
        if not kept or payment.lost < kept[-1].lost:
            kept.append(payment)
    return kept


def _payable(funding: Funding, standing: Standing, facts: Facts, at: int) -> State:
    day = facts.days[at]
    if (funding.valid_from and day < funding.valid_from) or (
        funding.valid_to and day > funding.valid_to
    ):
        return State.MISSING
    sector = facts.person.sector
    if sector is Sector.JOBLESS and standing.title:
        sector = None  # the first step may have led to an employer nobody knows yet
    if funding.sectors and sector is not None and sector not in funding.sectors:
        return State.MISSING
    said = State.TO_CHECK if funding.sectors and sector is None else State.MET
    for condition in funding.conditions:
        answer = check(condition, standing, facts, at)
        if answer.reason is not Reason.ON_THE_WAY:
            said = max(said, answer.state)
    return said
