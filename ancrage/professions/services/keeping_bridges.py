"""The rules of bridges and of who pays for them, kept by those who read the sources."""

import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.audit import differences, record
from ancrage.kit.models import AuditLine
from ancrage.kit.refusals import Refusal
from ancrage.professions.enums import ConditionKind, ProfessionEvent
from ancrage.professions.models import BridgeFunding, ProfessionBridge, Qualification

Rule = TypeVar("Rule", ProfessionBridge, BridgeFunding)

MOST_OWED_MONTHS = 60
"""Service owed after a course: five years at most. Source: ANFH, études promotionnelles."""

_COMMON = ("conditions", "in_force_from", "in_force_to", "note_fr", "note_en", "source")
BRIDGE_FIELDS = (
    "origin",
    "target",
    "kind",
    "rhythm",
    "months",
    "months_at_most",
    "hours",
    "fundings",
    "intakes",
    "fee_cents",
    "kept_alone_percent",
    "checked_on",
    *_COMMON,
)
FUNDING_FIELDS = (
    "label_fr",
    "label_en",
    "sectors",
    "kept_percent",
    "rest_cents",
    "owed_times",
    "owed_most_months",
    "checked_on",
    *_COMMON,
)


class RuleChangedMeanwhile(Refusal):
    """Somebody saved the rule since the page was opened."""

    sentence = gettext_lazy(
        "Quelqu’un a modifié cette règle pendant votre saisie : relisez-la, puis recommencez."
    )
    known_as = "changed_meanwhile"


class RuleAlreadyClosed(Refusal):
    """The rule had left the lists before."""

    sentence = gettext_lazy("Cette règle est déjà close.")
    known_as = "closed"


class RuleNotClosed(Refusal):
    """The rule is in the lists."""

    sentence = gettext_lazy("Cette règle n’est pas close.")
    known_as = "open"


class NothingToUndo(Refusal):
    """No change of the rule stands as it was made."""

    sentence = gettext_lazy("Il n’y a plus rien à annuler ici.")
    known_as = "nothing"


def version_of(rule: ProfessionBridge | BridgeFunding) -> str:
    """Return what changes with each change of a rule: the key of its last line in the journal."""
    last = _lines_of(rule).first()
    return str(last.pk) if last else "0"


@transaction.atomic
def save_rule(*, rule: Rule, by: Any, now: datetime, version: str = "", **values: Any) -> Rule:
    """Write a rule, new or changed; the loads of the reference keep what is written here.

    `version` is that of the form, when the change comes from one.

    Raises:
        ValidationError: reasons by field: an end before its start, a bridge back to itself, an
            unknown title, more than five years owed, a check in the future.
        RuleChangedMeanwhile: the rule is no longer as the form showed it.
    """
    is_new = rule.pk is None
    if not is_new:
        # Held: of two forms sent at once, the second sees that the first changed it.
        type(rule)._default_manager.select_for_update(no_key=True).get(pk=rule.pk)
    if not is_new and version and version != version_of(rule):
        raise RuleChangedMeanwhile
    fields = BRIDGE_FIELDS if isinstance(rule, ProfessionBridge) else FUNDING_FIELDS
    before = {} if is_new else {name: _told(getattr(rule, name)) for name in fields}
    for name in fields:
        if name in values:
            setattr(rule, name, values[name])
    if is_new:
        rule.code = _free_code(rule)
    after = {name: _told(getattr(rule, name)) for name in fields}
    changed = {} if is_new else differences(before, after)
    _refuse_wrong(rule, changed=set(values) if is_new else set(changed), now=now)
    rule.full_clean()
    if is_new or changed:
        rule.save()
        event = ProfessionEvent.RULE_WRITTEN if is_new else ProfessionEvent.RULE_CHANGED
        record(action=event, target=rule, by=by, now=now, changes=changed)
    return rule


@transaction.atomic
def check_rule(*, rule: Rule, by: Any, now: datetime) -> Rule:
    """Note that the source was read today and still says what the rule says."""
    before, today = rule.checked_on, timezone.localdate(now)
    rule.checked_on = today
    rule.save(update_fields=["checked_on"])
    changes = {"checked_on": [before.isoformat(), today.isoformat()]}
    record(action=ProfessionEvent.RULE_CHECKED, target=rule, by=by, now=now, changes=changes)
    return rule


@transaction.atomic
def close_rule(*, rule: Rule, by: Any, now: datetime) -> Rule:
    """Take a rule out of every way and list; what was computed with it is computed anew.

    Raises:
        RuleAlreadyClosed: somebody did it before.
    """
    # Lists include the last day of validity.
    last: date = timezone.localdate(now) - timedelta(days=1)
    if rule.valid_from is not None:
        last = max(last, rule.valid_from)
    rows = type(rule)._default_manager.filter(pk=rule.pk, valid_to__isnull=True)
    if not rows.update(valid_to=last):
        raise RuleAlreadyClosed
    rule.valid_to = last
    record(action=ProfessionEvent.RULE_CLOSED, target=rule, by=by, now=now)
    return rule


@transaction.atomic
def reopen_rule(*, rule: Rule, by: Any, now: datetime) -> Rule:
    """Put a closed rule back in the lists. Raises `RuleNotClosed`."""
    rows = type(rule)._default_manager.filter(pk=rule.pk, valid_to__isnull=False)
    if not rows.update(valid_to=None):
        raise RuleNotClosed
    rule.valid_to = None
    record(action=ProfessionEvent.RULE_REOPENED, target=rule, by=by, now=now)
    return rule


@transaction.atomic
def undo_change(*, rule: Rule, by: Any, now: datetime) -> Rule:
    """Give a rule back the values it had before its last change or check. Raises
    `NothingToUndo`."""
    last = _lines_of(rule).first()
    if last is None or last.action not in _UNDOABLE:
        raise NothingToUndo
    if any(_told(getattr(rule, name)) != after for name, (_b, after) in last.changes.items()):
        raise NothingToUndo
    for name, (before, _after) in last.changes.items():
        setattr(rule, *_read(rule, name, before))
    rule.save()
    changes = {name: [after, before] for name, (before, after) in last.changes.items()}
    record(action=ProfessionEvent.RULE_UNDONE, target=rule, by=by, now=now, changes=changes)
    return rule


_UNDOABLE = (ProfessionEvent.RULE_CHANGED, ProfessionEvent.RULE_CHECKED)
_LISTS = frozenset({"conditions", "fundings", "intakes", "sectors"})


def _lines_of(rule: ProfessionBridge | BridgeFunding) -> Any:
    return AuditLine.objects.filter(
        target_type=rule._meta.label_lower, target_id=str(rule.pk)
    ).order_by("-at", "-pk")


def _told(value: Any) -> Any:
    """Write a value as the journal keeps it: numbers, words, lists as text."""
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False, sort_keys=True) if value else ""
    if isinstance(value, Qualification):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


def _read(rule: ProfessionBridge | BridgeFunding, name: str, told: Any) -> tuple[str, Any]:
    """Return the attribute and the value that `_told` wrote."""
    if name in _LISTS:
        return name, json.loads(told) if told else []
    field = rule._meta.get_field(name)
    return field.attname, field.to_python(told)  # type: ignore[union-attr]


def _free_code(rule: ProfessionBridge | BridgeFunding) -> str:
    if isinstance(rule, ProfessionBridge):
        origin = rule.origin.code if rule.origin else "tous"
        target = rule.target.code if rule.target_id else ""
        stem = slugify(f"{target}-{origin}".replace("_", "-"))[:70]
    else:
        stem = slugify(rule.label_fr)[:70]
    taken = set(type(rule)._default_manager.values_list("code", flat=True))
    return next(
        code
        for rank in range(1, len(taken) + 2)
        if (code := f"{stem or 'regle'}-{rank}") not in taken
    )


def _refuse_wrong(
    rule: ProfessionBridge | BridgeFunding, *, changed: set[str], now: datetime
) -> None:
    """Say what is wrong beside its field, before the constraints say it of the whole row."""
    reasons: dict[str, str] = {}
    if rule.in_force_from and rule.in_force_to and rule.in_force_to < rule.in_force_from:
        reasons["in_force_to"] = _("La fin de la règle précède son début.")
    if "checked_on" in changed and rule.checked_on > timezone.localdate(now):
        reasons["checked_on"] = _("La source n’a pas pu être lue dans l’avenir.")
    if isinstance(rule, ProfessionBridge) and rule.origin_id and rule.origin_id == rule.target_id:
        reasons["target"] = _("Une passerelle mène d’un titre à un autre : choisissez-en deux.")
    if isinstance(rule, BridgeFunding) and rule.owed_most_months > MOST_OWED_MONTHS:
        reasons["owed_most_months"] = _(
            "L’engagement ne dépasse pas 5 ans : écrivez 60 mois au plus."
        )
    unknown = _titles_in(rule.conditions) - set(
        Qualification.objects.values_list("code", flat=True)
    )
    if unknown:
        reasons["conditions"] = _("Titre ou diplôme inconnu : %(titles)s.") % {
            "titles": ", ".join(sorted(unknown))
        }
    if isinstance(rule, ProfessionBridge):
        payers = set(BridgeFunding.objects.values_list("code", flat=True))
        if set(rule.fundings) - payers:
            reasons["fundings"] = _("Un financement n’est pas dans la liste.")
    if reasons:
        raise ValidationError(reasons)


def _titles_in(conditions: list[Mapping[str, Any]]) -> set[str]:
    return {
        code
        for one in conditions
        if isinstance(one, Mapping)
        for name in (
            ("professions",) if one.get("kind") == ConditionKind.SENIORITY else ("any_of",)
        )
        for code in one.get(name, ())
    }
