"""New versions of the conditions of an aid."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ancrage.kit.audit import record
from ancrage.schemes.enums import SchemeEvent
from ancrage.schemes.models import Scheme, SchemeRule
from ancrage.schemes.queries import last_rule_key
from ancrage.schemes.services.cases import CasesFail, run_cases_with
from ancrage.schemes.services.editing import SCOPE, held, user_of
from ancrage.schemes.services.errors import RuleChangedMeanwhile
from ancrage.schemes.services.rules import read_rule


@transaction.atomic
def add_rule(
    *,
    scheme: Scheme,
    text: str,
    applies_from: date | None,
    by: Any,
    now: datetime,
    note: str = "",
    based_on: int | None = None,
    despite_cases: bool = False,
) -> SchemeRule:
    """Write a new version of the conditions of an aid; the older ones stay, for older days.

    A rule of the very same day is set aside: the new one mends it. `based_on` is the key of the
    rule last written when the page was opened, when the change comes from one.

    Raises:
        RuleRefused: the rule cannot be read; nothing is written.
        RuleChangedMeanwhile: somebody wrote another one since.
        CasesFail: it no longer answers what the cases expect, and `despite_cases` is not said.
    """
    rule = read_rule(text)
    scheme = held(scheme)
    if based_on is not None and last_rule_key(scheme) != based_on:
        raise RuleChangedMeanwhile(SchemeRule.objects.get(pk=last_rule_key(scheme)))
    results = run_cases_with(scheme=scheme, rule=rule, applies_from=applies_from)
    failing = tuple(one for one in results if not one.passes)
    if failing and not despite_cases:
        raise CasesFail(failing)
    mended = SchemeRule.objects.filter(
        scheme=scheme, applies_from=applies_from, valid_to__isnull=True
    )
    mended.update(valid_to=timezone.localdate(now))
    written = SchemeRule(
        scheme=scheme,
        text=text,
        applies_from=applies_from,
        note=note,
        created_at=now,
        created_by=user_of(by),
    )
    written.full_clean()
    written.save()
    record(
        action=SchemeEvent.RULE_ADDED,
        target=scheme,
        by=by,
        now=now,
        scope=SCOPE,
        changes={"applies_from": ["", applies_from.isoformat() if applies_from else ""]},
    )
    return written
