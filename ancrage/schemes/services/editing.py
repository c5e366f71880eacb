"""The inventory kept by hand: aids added and mended, rules versioned, sources read again."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ancrage.kit.audit import differences, record
from ancrage.kit.text import words
from ancrage.schemes.enums import SchemeEvent
from ancrage.schemes.models import Scheme, SchemeRule
from ancrage.schemes.services.errors import (
    AlreadyClosed,
    CheckedInTheFuture,
    SchemeChangedMeanwhile,
    SchemeCodeTaken,
)
from ancrage.schemes.services.rules import read_rule

EDITABLE = frozenset(
    {
        "topic",
        "payer",
        "for_person",
        "for_structure",
        "for_commune",
        "label_fr",
        "label_en",
        "content_fr",
        "content_en",
        "opens_on",
        "closes_on",
        "source_name",
        "source_url",
        "check_every_days",
        "doubt_fr",
        "doubt_en",
        "commitment_months",
        "commitment_factor",
        "commitment_least",
        "commitment_most",
        "repayment",
        "commitment_fr",
        "commitment_en",
    }
)
_SCOPE = "reference"


@transaction.atomic
def create_scheme(
    *, code: str, rule: str, checked_on: date, by: Any, now: datetime, **facts: Any
) -> Scheme:
    """Add an aid to the inventory, with its first rule; `facts` are fields of `EDITABLE`.

    Raises:
        SchemeCodeTaken: another aid has this identifier.
        RuleRefused: the rule cannot be read; nothing is written.
        CheckedInTheFuture: the source was not read yet.
        ValidationError: a field is wrong, an end comes before its beginning.
    """
    _refuse_unknown(facts)
    read_rule(rule)
    today = timezone.localdate(now)
    if checked_on > today:
        raise CheckedInTheFuture(checked_on)
    if Scheme.objects.filter(code=code).exists():
        raise SchemeCodeTaken(code)
    scheme = Scheme(code=code, checked_on=checked_on, valid_from=today, **facts)
    scheme.search = search_words(scheme)
    scheme.full_clean()
    scheme.save()
    SchemeRule.objects.create(scheme=scheme, text=rule, created_at=now, created_by=_user(by))
    record(action=SchemeEvent.CREATED, target=scheme, by=by, now=now, scope=_SCOPE)
    return scheme


@transaction.atomic
def edit_scheme(
    *, scheme: Scheme, by: Any, now: datetime, revision: int | None = None, **changes: Any
) -> Scheme:
    """Change fields of `EDITABLE`; the next load keeps them.

    `revision` is that of the form, when the change comes from one.

    Raises:
        SchemeChangedMeanwhile: the aid is no longer as the form showed it.
        ValidationError: a field is wrong, an end comes before its beginning.
    """
    _refuse_unknown(changes)
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if revision is not None and scheme.revision != revision:
        raise SchemeChangedMeanwhile(scheme)
    found = differences({field: getattr(scheme, field) for field in changes}, changes)
    if not found:
        return scheme
    for field, value in changes.items():
        setattr(scheme, field, value)
    _save(scheme)
    record(action=SchemeEvent.EDITED, target=scheme, by=by, now=now, scope=_SCOPE, changes=found)
    return scheme


@transaction.atomic
def add_rule(
    *, scheme: Scheme, text: str, applies_from: date | None, by: Any, now: datetime, note: str = ""
) -> SchemeRule:
    """Write a new version of the conditions of an aid; the older ones stay, for older days.

    A rule of the very same day is set aside: the new one mends it.

    Raises:
        RuleRefused: the rule cannot be read; nothing is written.
    """
    read_rule(text)
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    mended = SchemeRule.objects.filter(
        scheme=scheme, applies_from=applies_from, valid_to__isnull=True
    )
    mended.update(valid_to=timezone.localdate(now))
    rule = SchemeRule(
        scheme=scheme,
        text=text,
        applies_from=applies_from,
        note=note,
        created_at=now,
        created_by=_user(by),
    )
    rule.full_clean()
    rule.save()
    record(
        action=SchemeEvent.RULE_ADDED,
        target=scheme,
        by=by,
        now=now,
        scope=_SCOPE,
        changes={"applies_from": ["", applies_from.isoformat() if applies_from else ""]},
    )
    return rule


@transaction.atomic
def mark_checked(*, scheme: Scheme, on: date, by: Any, now: datetime) -> Scheme:
    """Note that the source was read on a day, and that the aid is as it says.

    Raises:
        CheckedInTheFuture: the day is to come.
    """
    if on > timezone.localdate(now):
        raise CheckedInTheFuture(on)
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    found = differences({"checked_on": scheme.checked_on}, {"checked_on": on})
    if not found:
        return scheme
    scheme.checked_on = on
    _save(scheme)
    record(action=SchemeEvent.CHECKED, target=scheme, by=by, now=now, scope=_SCOPE, changes=found)
    return scheme


@transaction.atomic
def close_scheme(*, scheme: Scheme, on: date, by: Any, now: datetime) -> Scheme:
    """Give an aid its last day; it stays in the inventory, marked closed.

    Raises:
        AlreadyClosed: it ends on that day or before.
        ValidationError: the day comes before it opened.
    """
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if scheme.closes_on is not None and scheme.closes_on <= on:
        raise AlreadyClosed(scheme.closes_on)
    found = differences({"closes_on": scheme.closes_on}, {"closes_on": on})
    scheme.closes_on = on
    _save(scheme)
    record(action=SchemeEvent.CLOSED, target=scheme, by=by, now=now, scope=_SCOPE, changes=found)
    return scheme


def search_words(scheme: Scheme) -> str:
    """Return the words by which an aid is found, in both languages."""
    texts = (
        scheme.label_fr,
        scheme.label_en,
        scheme.content_fr,
        scheme.content_en,
        scheme.source_name,
        scheme.code,
    )
    return " ".join(word for text in texts for word in words(text))


def _save(scheme: Scheme) -> None:
    scheme.revision += 1
    scheme.search = search_words(scheme)
    scheme.full_clean()
    scheme.save()


def _refuse_unknown(facts: dict[str, Any]) -> None:
    if unknown := set(facts) - EDITABLE:
        message = f"not editable: {', '.join(sorted(unknown))}"
        raise TypeError(message)


def _user(by: Any) -> Any:
    return by if getattr(by, "pk", None) else None
