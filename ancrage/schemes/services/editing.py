"""The inventory kept by hand: aids added and mended."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ancrage.kit.audit import differences, record
from ancrage.kit.text import words
from ancrage.schemes.enums import SchemeEvent
from ancrage.schemes.models import Scheme, SchemeRule
from ancrage.schemes.services.errors import (
    CheckedInTheFuture,
    CodeReserved,
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
SCOPE = "reference"
# Pages that stand where the page of an aid would.
RESERVED = frozenset(
    {"mes-aides", "nouvelle", "a-revoir", "demandes", "demenager", "annuler", "zonages"}
)


@transaction.atomic
def create_scheme(
    *, code: str, rule: str, checked_on: date, by: Any, now: datetime, **facts: Any
) -> Scheme:
    """Add an aid to the inventory, with its first rule; `facts` are fields of `EDITABLE`.

    Raises:
        SchemeCodeTaken: another aid has this identifier.
        CodeReserved: another page has this address.
        RuleRefused: the rule cannot be read; nothing is written.
        CheckedInTheFuture: the source was not read yet.
        ValidationError: a field is wrong, an end comes before its beginning.
    """
    _refuse_unknown(facts)
    read_rule(rule)
    today = timezone.localdate(now)
    if checked_on > today:
        raise CheckedInTheFuture(checked_on)
    if code in RESERVED:
        raise CodeReserved(code)
    if Scheme.objects.filter(code=code).exists():
        raise SchemeCodeTaken(code)
    scheme = Scheme(code=code, checked_on=checked_on, valid_from=today, **facts)
    scheme.search = search_words(scheme)
    scheme.full_clean()
    scheme.save()
    SchemeRule.objects.create(scheme=scheme, text=rule, created_at=now, created_by=user_of(by))
    record(action=SchemeEvent.CREATED, target=scheme, by=by, now=now, scope=SCOPE)
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
    scheme = held(scheme, revision)
    found = differences({field: getattr(scheme, field) for field in changes}, changes)
    if not found:
        return scheme
    for field, value in changes.items():
        setattr(scheme, field, value)
    save_scheme(scheme)
    record(action=SchemeEvent.EDITED, target=scheme, by=by, now=now, scope=SCOPE, changes=found)
    return scheme


def held(scheme: Scheme, revision: int | None = None) -> Scheme:
    """Return an aid as it is now, held until the change is written.

    Raises `SchemeChangedMeanwhile` when it is no longer at `revision`.
    """
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if revision is not None and scheme.revision != revision:
        raise SchemeChangedMeanwhile(scheme)
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


def save_scheme(scheme: Scheme) -> None:
    """Save a changed aid, checked, found by its new words, its revision raised."""
    scheme.revision += 1
    scheme.search = search_words(scheme)
    scheme.full_clean()
    scheme.save()


def _refuse_unknown(facts: dict[str, Any]) -> None:
    if unknown := set(facts) - EDITABLE:
        message = f"not editable: {', '.join(sorted(unknown))}"
        raise TypeError(message)


def user_of(actor: Any) -> Any:
    """Return the account of who acts, or None for a command."""
    return actor if getattr(actor, "pk", None) else None
