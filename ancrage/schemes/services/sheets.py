"""One aid in full, as its page tells it: rule in words, amounts, source, what excludes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ancrage.core.eligibility.standing import Caution, cautions_on, check_due_on
from ancrage.schemes.models import NonCumulationGroup, Scheme, SchemeAmount, SchemeRule
from ancrage.schemes.queries import amounts_of, exclusions_of, rules_on
from ancrage.schemes.services.answers import trust_of
from ancrage.schemes.services.rules import known_rule
from ancrage.schemes.services.wording import (
    CAUTIONS,
    ClauseInWords,
    amount_in_words,
    clauses_in_words,
)


@dataclass(frozen=True, slots=True)
class SchemeSheet:
    """An aid on a day; `rule` is None where none applies yet."""

    scheme: Scheme
    rule: SchemeRule | None
    conditions: tuple[ClauseInWords, ...]
    amounts: tuple[str, ...]
    cautions: tuple[str, ...]
    is_closed: bool
    is_overdue: bool
    check_due_on: date | None
    exclusions: tuple[tuple[NonCumulationGroup, tuple[Scheme, ...]], ...]


def sheet_of(*, scheme: Scheme, on: date) -> SchemeSheet:
    """Return all that is said of an aid on a day."""
    rule = rules_on([scheme], on=on).get(scheme.pk)
    return _sheet(scheme, rule, amounts_of([scheme]).get(scheme.pk, ()), on, exclusions_of(scheme))


def sheets_of(*, schemes: Sequence[Scheme], on: date) -> list[SchemeSheet]:
    """Return what a list says of each aid; what excludes them is left to their pages."""
    rules, amounts = rules_on(schemes, on=on), amounts_of(schemes)
    return [
        _sheet(scheme, rules.get(scheme.pk), amounts.get(scheme.pk, ()), on, ())
        for scheme in schemes
    ]


def _sheet(
    scheme: Scheme,
    rule: SchemeRule | None,
    amounts: Sequence[SchemeAmount],
    on: date,
    exclusions: Sequence[tuple[NonCumulationGroup, tuple[Scheme, ...]]],
) -> SchemeSheet:
    trust = trust_of(scheme)
    cautions = cautions_on(trust, on)
    return SchemeSheet(
        scheme=scheme,
        rule=rule,
        conditions=clauses_in_words(known_rule(rule.text), on).parts if rule else (),
        amounts=tuple(map(amount_in_words, amounts)),
        cautions=tuple(
            scheme.doubt if one is Caution.SOURCES_DISAGREE else str(CAUTIONS[one])
            for one in cautions
        ),
        is_closed=Caution.CLOSED in cautions,
        is_overdue=Caution.CHECK_OVERDUE in cautions,
        check_due_on=check_due_on(trust),
        exclusions=tuple(exclusions),
    )
