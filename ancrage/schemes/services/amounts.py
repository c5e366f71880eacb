"""The amounts of an aid, written again as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from ancrage.kit.audit import record
from ancrage.schemes.enums import AmountPeriod, SchemeEvent
from ancrage.schemes.models import Scheme, SchemeAmount
from ancrage.schemes.queries import amounts_of
from ancrage.schemes.services.editing import SCOPE, held, save_scheme
from ancrage.schemes.services.errors import AmountRefused
from ancrage.schemes.services.rules import read_rule


@dataclass(frozen=True)
class AmountSaid:
    """One amount, in cents or in hundredths of a percent, and the rule of who gets it."""

    period: AmountPeriod
    low: int
    high: int
    label_fr: str = ""
    label_en: str = ""
    rule: str = ""


@transaction.atomic
def set_amounts(
    *,
    scheme: Scheme,
    amounts: Sequence[AmountSaid],
    by: Any,
    now: datetime,
    revision: int | None = None,
) -> Scheme:
    """Give an aid these amounts, in this order, instead of those it had.

    Raises:
        AmountRefused: the first that cannot be: its top under its bottom, its rule unreadable.
        SchemeChangedMeanwhile: the aid is no longer at `revision`.
    """
    scheme = held(scheme, revision)
    before = amounts_of([scheme]).get(scheme.pk, ())
    if [_said(row) for row in before] == list(amounts):
        return scheme
    rows = {row.rank: row for row in SchemeAmount.objects.filter(scheme=scheme).order_by("rank")}
    for number, said in enumerate(amounts, start=1):
        row = rows.pop(number, None) or SchemeAmount(scheme=scheme, rank=number)
        try:
            _write(row, said)
        except ValidationError as refusal:
            raise AmountRefused(number, refusal) from refusal
    left = [row.pk for row in rows.values()]
    SchemeAmount.objects.filter(pk__in=left, valid_to__isnull=True).update(
        valid_to=timezone.localdate(now)
    )
    save_scheme(scheme)
    changes = {"amounts": [len(before), len(amounts)]}
    record(
        action=SchemeEvent.AMOUNTS_SET, target=scheme, by=by, now=now, scope=SCOPE, changes=changes
    )
    return scheme


def _write(row: SchemeAmount, said: AmountSaid) -> None:
    if said.rule:
        read_rule(said.rule)
    for name in ("period", "low", "high", "label_fr", "label_en", "rule"):
        setattr(row, name, getattr(said, name))
    row.valid_to = None
    row.full_clean()
    row.save()


def _said(row: SchemeAmount) -> AmountSaid:
    return AmountSaid(
        AmountPeriod(row.period), row.low, row.high, row.label_fr, row.label_en, row.rule
    )
