"""« Mes aides »: what each aid answers to given facts, why, and what is still to be said.

Nothing is stored: facts come in, answers go out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from ancrage.core.eligibility.commitment import Clock, Repayment, Terms, clock, months_owed
from ancrage.core.eligibility.cumulation import Choice, best_set
from ancrage.core.eligibility.evaluate import decide, explain
from ancrage.core.eligibility.facts import validate_facts
from ancrage.core.eligibility.prospects import outcomes, prospects
from ancrage.core.eligibility.standing import Caution, Trust, check_due_on, dated
from ancrage.core.eligibility.values import Facts, Members, Rule, State, Value
from ancrage.core.eligibility.zones import Span, ZonePeriod, zones_on
from ancrage.partners.enums import PartnerKind
from ancrage.partners.models import Partner
from ancrage.schemes.enums import PARTIAL_ZONES, AmountPeriod, FactNature, Receiver
from ancrage.schemes.models import NonCumulationGroup, Scheme, SchemeAmount
from ancrage.schemes.queries import (
    amounts_of,
    exclusions_between,
    rules_on,
    schemes_in_inventory,
    zones_of_commune,
)
from ancrage.schemes.reference.facts import fact_rows
from ancrage.schemes.services.rules import known_rule, vocabulary
from ancrage.schemes.services.wording import CAUTIONS, sentence_of_finding
from ancrage.territory.models import Commune

# How many times an amount comes in twelve months; what has no rhythm is worth nothing here.
_TIMES_A_YEAR = {
    AmountPeriod.ONCE: 1,
    AmountPeriod.MONTH: 12,
    AmountPeriod.SEMESTER: 2,
    AmountPeriod.YEAR: 1,
}
_BODY_OF: Mapping[PartnerKind, tuple[str, str]] = {
    PartnerKind.PUBLIC_HOSPITAL: ("hopital_public", "fph"),
    PartnerKind.PUBLIC_CARE_HOME: ("ehpad_public", "fph"),
    PartnerKind.PRIVATE: ("etablissement_prive", "prive"),
    PartnerKind.ASSOCIATION: ("etablissement_prive", "prive"),
    PartnerKind.INDEPENDENT_PRACTICE: ("cabinet", "prive"),
    PartnerKind.LOCAL_AUTHORITY: ("collectivite", "fpt"),
}


@dataclass(frozen=True, slots=True)
class MissingFact:
    """A fact that nobody has said; `may_settle`: knowing it alone could give the answer."""

    name: str
    label: str | Promise
    may_settle: bool


@dataclass(frozen=True, slots=True)
class PaidAmount:
    """An amount of an aid, and whether it goes to the person: yes, or to check."""

    amount: SchemeAmount
    state: State


@dataclass(frozen=True, slots=True)
class AidAnswer:
    """What one aid answers on a day. Amounts in cents over twelve months, sure and possible."""

    scheme: Scheme
    state: State
    on: date
    reasons: tuple[str, ...]
    missing: tuple[MissingFact, ...]
    cautions: tuple[str, ...]
    is_closed: bool
    check_due_on: date | None
    amounts: tuple[PaidAmount, ...]
    sure_cents: int
    possible_cents: int


@dataclass(frozen=True, slots=True)
class Together:
    """The aids to ask for together, and the groups that make one give way to another."""

    choice: Choice
    groups: tuple[NonCumulationGroup, ...]


@dataclass(frozen=True, slots=True)
class MyAids:
    """What the inventory answers to somebody, by answer, and what to ask them next."""

    yes: tuple[AidAnswer, ...]
    to_check: tuple[AidAnswer, ...]
    no: tuple[AidAnswer, ...]
    together: Together
    questions: tuple[str, ...]


def my_aids(
    *,
    facts: Facts,
    on: date,
    receiver: Receiver,
    schemes: QuerySet[Scheme],
    commune: Commune | None = None,
    asked: frozenset[str] = frozenset(),
) -> MyAids:
    """Return « mes aides »: what each aid answers to facts, in a commune.

    What is told goes before what is known of the commune. `asked`: the facts that the person was
    asked for, answered or not; the next questions are others.

    Raises:
        WrongFact: a fact that the vocabulary does not know, or of another kind.
    """
    place = facts_of_commune(commune=commune, on=on) if commune is not None else {}
    answers = aids_for(facts={**place, **facts}, on=on, receiver=receiver, schemes=schemes)
    by_state = {
        state: tuple(one for one in answers if one.state is state)
        for state in (State.YES, State.TO_CHECK, State.NO)
    }
    return MyAids(
        yes=by_state[State.YES],
        to_check=by_state[State.TO_CHECK],
        no=by_state[State.NO],
        together=aids_together(answers=answers, only_sure=True),
        questions=questions_next(answers, asked=asked),
    )


def aids_for(
    *,
    facts: Facts,
    on: date,
    receiver: Receiver | None = None,
    schemes: QuerySet[Scheme] | None = None,
) -> list[AidAnswer]:
    """Return what each aid of the inventory answers: yes first, then to check, then no.

    Args:
        facts: what is known, by the names of `fact_rows()`; an absent one is unknown.
        on: the day of the question.
        receiver: only the aids that this kind of reader may use.
        schemes: only these aids.

    Raises:
        WrongFact: a fact that the vocabulary does not know, or of another kind.
    """
    validate_facts(facts, vocabulary())
    rows = schemes_in_inventory() if schemes is None else schemes
    if receiver is not None:
        rows = rows.filter(**{f"for_{receiver.value}": True})
    asked = list(rows)
    rules, amounts = rules_on(asked, on=on), amounts_of(asked)
    found = [
        _answer(scheme, known_rule(rules[scheme.pk].text), amounts.get(scheme.pk, ()), facts, on)
        for scheme in asked
        if scheme.pk in rules
    ]
    return sorted(found, key=lambda one: (-one.state, -one.possible_cents, one.scheme.code))


def aids_together(
    *, answers: Sequence[AidAnswer], held: frozenset[str] = frozenset(), only_sure: bool = False
) -> Together:
    """Return the best aids to ask for together, among those answered yes or to check.

    Each is worth what it may bring over twelve months (what it surely brings, with `only_sure`);
    `held`: the codes of aids already had.
    """
    least = State.YES if only_sure else State.TO_CHECK
    values = {
        one.scheme.code: one.sure_cents if only_sure else one.possible_cents
        for one in answers
        if one.state >= least
    }
    groups = exclusions_between(frozenset(values) | held)
    return Together(
        choice=best_set(values, [named for _group, named in groups], held),
        groups=tuple(group for group, _named in groups),
    )


def questions_next(
    answers: Sequence[AidAnswer], *, asked: frozenset[str] = frozenset(), most: int = 6
) -> tuple[str, ...]:
    """Return the facts to ask for next: those that may settle most of the aids to check.

    `asked`: those asked already, answered or not.
    """
    weights: Counter[str] = Counter()
    for answer in answers:
        if answer.state is State.TO_CHECK:
            weights.update({one.name: 1 + 2 * one.may_settle for one in answer.missing})
    order = {name: rank for rank, name in enumerate(fact_rows())}
    found = sorted(weights.keys() - asked, key=lambda name: (-weights[name], order[name]))
    return tuple(sorted(found[:most], key=order.__getitem__))


def fact_of_words(name: str, value: Any, *, none_of_these: str) -> Value:
    """Return a fact as rules read it, from what a form gives; a set named in full is whole.

    Raises:
        KeyError: there is no such fact.
    """
    nature = fact_rows()[name].nature
    if nature == FactNature.FLAG:
        return bool(value == "oui")
    if nature == FactNature.SET:
        return Members(frozenset(value) - {none_of_these}, whole=True)
    told: Value = value
    return told


def facts_of_commune(*, commune: Commune, on: date) -> dict[str, Value]:
    """Return what is known of a commune on a day: its département, people and zones."""
    known = zones_of_commune(commune)
    partial = {zone.value for zone in PARTIAL_ZONES}
    periods = [
        ZonePeriod(row.zone, Span(row.starts_on, row.ends_on), whole=row.zone not in partial)
        for row in known.rows
    ]
    lists = {zone: [Span(first=since)] for zone, since in known.lists.items()}
    facts: dict[str, Value] = {
        "departement": commune.department.code,
        "zones": zones_on(periods, lists, on),
    }
    if commune.population is not None:
        facts["habitants"] = commune.population
    return facts


def facts_of_partner(*, partner: Partner, on: date) -> dict[str, Value]:
    """Return what is known of a structure on a day: its nature, its sector, its place."""
    facts: dict[str, Value] = {}
    if partner.commune is not None:
        facts |= facts_of_commune(commune=partner.commune, on=on)
    body = _BODY_OF.get(PartnerKind(partner.kind))
    if body is not None:
        facts["nature"], facts["secteur_employeur"] = body
    return facts


def commitment_clock(
    *,
    scheme: Scheme,
    start: date,
    received_cents: int,
    on: date,
    course_months: int | None = None,
) -> Clock:
    """Return where the commitment owed for an aid stands, and what leaving would cost.

    `repayable_cents` is None where the aid does not say what is paid back.

    Raises:
        UnknownLength: the commitment depends on the length of a course that is not given.
    """
    terms = Terms(
        months=scheme.commitment_months,
        factor=scheme.commitment_factor,
        least=scheme.commitment_least,
        most=scheme.commitment_most,
        repayment=Repayment(scheme.repayment),
    )
    months = months_owed(terms, course_months)
    return clock(terms, start=start, months=months, received_cents=received_cents, on=on)


def trust_of(scheme: Scheme) -> Trust:
    """Return when an aid is open, and how far what we hold of it can be trusted."""
    return Trust(
        span=Span(scheme.opens_on, scheme.closes_on),
        checked_on=scheme.checked_on,
        check_every=scheme.check_every_days,
        sources_disagree=bool(scheme.doubt_fr),
    )


def _answer(
    scheme: Scheme, rule: Rule, amounts: Sequence[SchemeAmount], facts: Facts, on: date
) -> AidAnswer:
    trust = trust_of(scheme)
    told = dated(explain(rule, facts, on), trust, on)
    settling = prospects(rule, facts, on, vocabulary()) if told.answer.missing else {}
    paid = tuple(_paid(amounts, facts, on)) if told.state is not State.NO else ()
    sure, possible = _over_a_year(paid, facts, on)
    return AidAnswer(
        scheme=scheme,
        state=told.state,
        on=on,
        reasons=tuple(dict.fromkeys(sentence_of_finding(one, on) for one in told.answer.deciding)),
        missing=tuple(
            MissingFact(
                name, fact_rows()[name].label, bool(settling[name] & {State.YES, State.NO})
            )
            for name in told.answer.missing
        ),
        cautions=tuple(
            scheme.doubt if caution is Caution.SOURCES_DISAGREE else str(CAUTIONS[caution])
            for caution in told.cautions
        ),
        is_closed=Caution.CLOSED in told.cautions,
        check_due_on=check_due_on(trust),
        amounts=paid,
        sure_cents=sure if told.state is State.YES else 0,
        possible_cents=possible,
    )


def _paid(amounts: Sequence[SchemeAmount], facts: Facts, on: date) -> Iterator[PaidAmount]:
    """Yield the amounts that go, or may go, to the person."""
    for amount in amounts:
        state = decide(known_rule(amount.rule), facts, on) if amount.rule else State.YES
        if state is not State.NO:
            yield PaidAmount(amount, state)


def _over_a_year(paid: Sequence[PaidAmount], facts: Facts, on: date) -> tuple[int, int]:
    """Return the least and the most that amounts may bring over twelve months, in cents.

    Amounts often exclude one another (one child, two children): only those that the facts allow
    together are added. Where too much is unknown for that, the most is the sum of all.
    """
    counted = [one.amount for one in paid if one.amount.period in _TIMES_A_YEAR]
    always = [amount for amount in counted if not amount.rule]
    either = [amount for amount in counted if amount.rule]
    low = sum(_yearly(amount, amount.low) for amount in always)
    high = sum(_yearly(amount, amount.high) for amount in always)
    found = outcomes([known_rule(amount.rule) for amount in either], facts, on, vocabulary())
    if found is None:
        return low, high + sum(_yearly(amount, amount.high) for amount in either)
    held = [
        [amount for amount, state in zip(either, states, strict=True) if state is State.YES]
        for states in found
    ]
    return (
        low + min(sum(_yearly(amount, amount.low) for amount in one) for one in held),
        high + max(sum(_yearly(amount, amount.high) for amount in one) for one in held),
    )


def _yearly(amount: SchemeAmount, cents: int) -> int:
    return cents * _TIMES_A_YEAR[AmountPeriod(amount.period)]
