"""The typed inventory, brought to the database."""

from collections.abc import Hashable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.audit import record
from ancrage.kit.reference import Difference, load_rows
from ancrage.schemes.enums import Receiver, SchemeEvent
from ancrage.schemes.models import NonCumulationGroup, Scheme, SchemeAmount, SchemeRule
from ancrage.schemes.reference.catalogue import GROUPS, SCHEMES
from ancrage.schemes.reference.shapes import SchemeRow
from ancrage.schemes.services.editing import search_words
from ancrage.schemes.services.rules import read_rule


@transaction.atomic
def load_schemes(*, by: Any, now: datetime, overwrite: bool = False) -> list[Difference]:
    """Bring aids, rules, amounts and exclusions to the typed tables; return what differs.

    Idempotent; deletes nothing; keeps and reports what a coordinator changed, unless
    `overwrite`. A rule that cannot be read stops everything.

    Raises:
        RuleRefused: a typed rule is wrong.
    """
    for row in SCHEMES:
        for text in (row.rule, *(amount.rule for amount in row.amounts if amount.rule)):
            read_rule(text)
    is_first = not Scheme.objects.exists()
    today = timezone.localtime(now).date()
    found = [_load_schemes(today, is_first, overwrite)]
    pks = dict(Scheme.objects.order_by("pk").values_list("code", "pk"))
    found += [
        _load_rules(today, pks, overwrite),
        load_rows(
            title=_("Montants des aides"),
            held=SchemeAmount.objects.select_related("scheme").order_by("pk"),
            key_of=lambda amount: (amount.scheme.code, amount.rank),
            wanted=_amount_values(pks),
            new=SchemeAmount,
            today=today,
            overwrite=overwrite,
        ),
        _load_groups(today, pks, overwrite),
    ]
    if any(found) and not is_first:
        record(
            action=SchemeEvent.LOADED,
            target=Scheme(pk=0, label_fr=_("Inventaire des aides"), label_en="Aids"),
            by=by,
            now=now,
            scope="reference",
            changes={
                difference.title: (
                    difference.unchanged,
                    f"+{len(difference.created)} ~{len(difference.changed)} "
                    f"−{len(difference.closed)} ↑{len(difference.reopened)}",
                )
                for difference in found
                if difference
            },
        )
    return found


def _load_schemes(today: date, is_first: bool, overwrite: bool) -> Difference:
    found = load_rows(
        title=_("Aides"),
        held=Scheme.objects.order_by("pk"),
        key_of=lambda scheme: scheme.code,
        wanted={row.code: _scheme_values(row) for row in SCHEMES},
        new=Scheme,
        today=today,
        # What is installed was valid before the platform was: only later rows have a first day.
        since=None if is_first else today,
        overwrite=overwrite,
    )
    for scheme in Scheme.objects.order_by("pk"):
        if scheme.search != search_words(scheme):
            scheme.search = search_words(scheme)
            scheme.save(update_fields=["search"])
    return found


def _load_rules(today: date, pks: Mapping[str, int], overwrite: bool) -> Difference:
    """Bring the first rule of each aid; one that a coordinator wrote in its place stays."""
    first = SchemeRule.objects.filter(applies_from__isnull=True)
    by_hand = first.filter(created_at__isnull=False, valid_to__isnull=True)
    if overwrite:
        by_hand.filter(scheme__code__in=pks).update(valid_to=today)
    loaded = first.filter(created_at__isnull=True)
    theirs = set(by_hand.values_list("scheme__code", flat=True)) - set(
        loaded.values_list("scheme__code", flat=True)
    )
    return load_rows(
        title=_("Règles des aides"),
        held=loaded.select_related("scheme").order_by("pk"),
        key_of=lambda rule: rule.scheme.code,
        wanted={
            row.code: {"scheme_id": pks[row.code], "text": row.rule}
            for row in SCHEMES
            if row.code not in theirs
        },
        new=SchemeRule,
        today=today,
        overwrite=overwrite,
    )


def _load_groups(today: date, pks: Mapping[str, int], overwrite: bool) -> Difference:
    found = load_rows(
        title=_("Aides non cumulables"),
        held=NonCumulationGroup.objects.order_by("pk"),
        key_of=lambda group: group.code,
        wanted={
            row.code: {
                "code": row.code,
                "reason_fr": row.reason[0],
                "reason_en": row.reason[1],
                "source_url": row.source,
            }
            for row in GROUPS
        },
        new=NonCumulationGroup,
        today=today,
        overwrite=overwrite,
    )
    groups = {group.code: group for group in NonCumulationGroup.objects.order_by("pk")}
    for row in GROUPS:
        groups[row.code].schemes.set([pks[code] for code in row.schemes])
    return found


def _scheme_values(row: SchemeRow) -> Mapping[str, Any]:
    return {
        "code": row.code,
        "topic": row.topic.value,
        "payer": row.payer.value,
        **{f"for_{one.value}": one in row.receivers for one in Receiver},
        "label_fr": row.label[0],
        "label_en": row.label[1],
        "content_fr": row.content[0],
        "content_en": row.content[1],
        "opens_on": row.opens,
        "closes_on": row.closes,
        "source_name": row.source[0],
        "source_url": row.source[1],
        "checked_on": row.checked,
        "check_every_days": row.every,
        "doubt_fr": row.doubt[0],
        "doubt_en": row.doubt[1],
        "commitment_months": row.owed.months,
        "commitment_factor": row.owed.factor,
        "commitment_least": row.owed.least,
        "commitment_most": row.owed.most,
        "repayment": row.owed.repayment.value,
        "commitment_fr": row.owed.words[0],
        "commitment_en": row.owed.words[1],
    }


def _amount_values(pks: Mapping[str, int]) -> dict[Hashable, Mapping[str, Any]]:
    return {
        (row.code, rank): {
            "scheme_id": pks[row.code],
            "rank": rank,
            "period": amount.period.value,
            "low": amount.low,
            "high": amount.high,
            "label_fr": amount.label[0],
            "label_en": amount.label[1],
            "rule": amount.rule,
        }
        for row in SCHEMES
        for rank, amount in enumerate(row.amounts, start=1)
    }
