"""The cases of an aid: kept with it, and tried each time that its rule is saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.core.eligibility.evaluate import decide
from ancrage.core.eligibility.facts import WrongFact
from ancrage.core.eligibility.values import Facts, Rule
from ancrage.kit.audit import record
from ancrage.schemes.enums import SchemeEvent, Verdict
from ancrage.schemes.models import Scheme, SchemeCase
from ancrage.schemes.queries import cases_of, rules_on
from ancrage.schemes.services.jsonfacts import facts_as_json, facts_from_json
from ancrage.schemes.services.rules import known_rule
from ancrage.schemes.services.trials import VERDICT_OF

MOST_CASES = 60


class TooManyCases(ValidationError):
    """Every case is tried at each save: beyond a number, the page would be slow."""

    def __init__(self) -> None:
        super().__init__(
            _("Une aide garde %(most)s cas au plus : retirez-en un d’abord."),
            code="too_many",
            params={"most": MOST_CASES},
        )


class CasesFail(ValidationError):
    """A new rule no longer answers what its cases expect; `results` are those at fault."""

    def __init__(self, results: "tuple[CaseResult, ...]") -> None:
        super().__init__(
            ngettext(
                "%(count)d cas d’essai ne donne plus la réponse attendue : corrigez la règle ou"
                " le cas, ou confirmez l’enregistrement.",
                "%(count)d cas d’essai ne donnent plus la réponse attendue : corrigez la règle ou"
                " les cas, ou confirmez l’enregistrement.",
                len(results),
            )
            % {"count": len(results)},
            code="cases",
        )
        self.results = results


@dataclass(frozen=True, slots=True)
class CaseResult:
    """A case and what the rule answers; None where its facts cannot be read any more."""

    case: SchemeCase
    found: Verdict | None

    @property
    def passes(self) -> bool:
        """Say whether the rule answers what is expected."""
        return self.found == self.case.expected


@transaction.atomic
def save_case(
    *,
    scheme: Scheme,
    name: str,
    facts: Facts,
    on: date,
    expected: Verdict,
    by: Any,
    now: datetime,
) -> SchemeCase:
    """Keep an invented case with an aid, instead of the one of the same name if there is one.

    Raises:
        TooManyCases: it has as many as it may.
        WrongFact: a fact that the vocabulary does not know, or of another kind.
    """
    told = facts_as_json(facts)
    facts_from_json(told)
    case = cases_of(scheme).filter(name=name).first()
    if case is None:
        if cases_of(scheme).count() >= MOST_CASES:
            raise TooManyCases
        case = SchemeCase(scheme=scheme, name=name, created_at=now)
        case.created_by = by if getattr(by, "pk", None) else None
    case.facts, case.on, case.expected = told, on, expected
    case.full_clean()
    case.save()
    _tell(SchemeEvent.CASE_ADDED, case, by=by, now=now)
    return case


@transaction.atomic
def remove_case(*, case: SchemeCase, by: Any, now: datetime) -> None:
    """Try a case no more; twice changes nothing."""
    rows = SchemeCase.objects.filter(pk=case.pk, removed_at__isnull=True)
    if rows.update(removed_at=now):
        _tell(SchemeEvent.CASE_REMOVED, case, by=by, now=now)


@transaction.atomic
def restore_case(*, case: SchemeCase, by: Any, now: datetime) -> None:
    """Try again a case that was removed; twice changes nothing."""
    rows = SchemeCase.objects.filter(pk=case.pk, removed_at__isnull=False)
    if rows.update(removed_at=None):
        _tell(SchemeEvent.CASE_RESTORED, case, by=by, now=now)


def run_cases(*, scheme: Scheme) -> list[CaseResult]:
    """Return what the rules kept answer to the cases of an aid, each on its own day."""
    cases = list(cases_of(scheme))
    rules = {day: rules_on([scheme], on=day).get(scheme.pk) for day in {one.on for one in cases}}
    return [
        _result(case, known_rule(rule.text) if (rule := rules[case.on]) is not None else None)
        for case in cases
    ]


def run_cases_with(
    *, scheme: Scheme, rule: Rule, applies_from: date | None
) -> tuple[CaseResult, ...]:
    """Return what a rule would answer to the cases of the days that it would govern."""
    cases = list(cases_of(scheme))
    return tuple(
        _result(case, rule) for case in _governed(cases, scheme=scheme, applies_from=applies_from)
    )


def _governed(
    cases: Iterable[SchemeCase], *, scheme: Scheme, applies_from: date | None
) -> list[SchemeCase]:
    """The cases whose day falls from `applies_from` on, before the next rule."""
    first = applies_from or date.min
    later = scheme.rules.filter(valid_to__isnull=True, applies_from__gt=first)
    end = min((rule.applies_from for rule in later if rule.applies_from), default=date.max)
    return [case for case in cases if first <= case.on < end]


def _result(case: SchemeCase, rule: Rule | None) -> CaseResult:
    if rule is None:
        return CaseResult(case, None)
    try:
        facts = facts_from_json(case.facts)
    except WrongFact:
        # A fact left the vocabulary since.
        return CaseResult(case, None)
    return CaseResult(case, VERDICT_OF[decide(rule, facts, case.on)])


def _tell(event: SchemeEvent, case: SchemeCase, *, by: Any, now: datetime) -> None:
    record(
        action=event,
        target=case.scheme,
        by=by,
        now=now,
        scope="reference",
        changes={"case": ["", case.name]},
    )
