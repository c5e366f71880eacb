"""The register of breaches: 72 hours to tell the authority, and the people when it is grave."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.audit import record
from ancrage.kit.refusals import FieldRefusal, Refusal
from ancrage.privacy.enums import BreachRisk, PrivacyEvent
from ancrage.privacy.models import Breach
from ancrage.privacy.retention import purges
from ancrage.privacy.terms import add_months

BREACHES_KEPT_MONTHS = 60


class BreachClosed(Refusal):
    """The register is not rewritten."""

    sentence = gettext_lazy("Cette violation est close : elle ne change plus.")
    known_as = "breach_closed"


class DiscoveredLater(FieldRefusal):
    """A breach cannot be known before it is."""

    field = "discovered_at"
    sentence = gettext_lazy("La découverte ne peut pas être à venir.")


class LateReasonMissing(FieldRefusal):
    """Past 72 hours the authority is told why (art. 33.1)."""

    field = "late_reason"
    sentence = gettext_lazy("Les 72 heures sont passées : dites pourquoi.")


class BreachUnsettled(ValidationError):
    """What the law asks of that risk has not been done."""


@transaction.atomic
def log_breach(*, discovered_at: datetime, facts: str, by: Any, now: datetime) -> Breach:
    """Open a line of the register: the 72 hours run from `discovered_at`.

    Raises `DiscoveredLater`.
    """
    if discovered_at > now:
        raise DiscoveredLater
    breach = Breach.objects.create(
        discovered_at=discovered_at, facts=facts.strip(), recorded_by=by, created_at=now
    )
    record(action=PrivacyEvent.BREACH_LOGGED, target=breach, by=by, now=now)
    return breach


@transaction.atomic
def assess_breach(
    *,
    breach: Breach,
    risk: str,
    people_count: int | None,
    facts: str,
    effects: str,
    measures: str,
    by: Any,
    now: datetime,
) -> None:
    """Write what is known now: how many people, what it may do to them, what was done."""
    breach = _still_open(breach)
    before = breach.risk
    breach.risk = BreachRisk(risk)
    breach.people_count = people_count
    breach.facts, breach.effects, breach.measures = (
        text.strip() for text in (facts, effects, measures)
    )
    breach.save(update_fields=["risk", "people_count", "facts", "effects", "measures"])
    _say(breach, PrivacyEvent.BREACH_ASSESSED, by, now, {"risk": [before, breach.risk]})


@transaction.atomic
def notify_authority(
    *,
    breach: Breach,
    notified_at: datetime,
    reference: str,
    late_reason: str,
    by: Any,
    now: datetime,
) -> None:
    """Write that the CNIL was told. Raises `LateReasonMissing` past the 72 hours."""
    breach = _still_open(breach)
    if notified_at > breach.notification_due_at and not late_reason.strip():
        raise LateReasonMissing
    breach.notified_at = notified_at
    breach.authority_reference = reference.strip()
    breach.late_reason = late_reason.strip()
    breach.save(update_fields=["notified_at", "authority_reference", "late_reason"])
    _say(breach, PrivacyEvent.BREACH_NOTIFIED, by, now, {})


@transaction.atomic
def tell_people(
    *, breach: Breach, told_at: datetime | None, silence_reason: str, by: Any, now: datetime
) -> None:
    """Write that the people touched were told, or why the law spares it (art. 34.3)."""
    breach = _still_open(breach)
    breach.told_at = told_at
    breach.silence_reason = silence_reason.strip()
    breach.save(update_fields=["told_at", "silence_reason"])
    _say(breach, PrivacyEvent.BREACH_TOLD, by, now, {})


def missing_before_closing(breach: Breach) -> list[str]:
    """Return what the law still asks, one sentence each; empty when the line may be closed."""
    risk = BreachRisk(breach.risk)
    missing = []
    if risk is BreachRisk.UNKNOWN:
        missing.append(_("Évaluez le risque pour les personnes."))
    if not breach.measures:
        missing.append(_("Dites quelles mesures ont été prises."))
    if risk in {BreachRisk.RISK, BreachRisk.HIGH} and breach.notified_at is None:
        missing.append(_("Prévenez la CNIL, et notez-le ici."))
    if risk is BreachRisk.HIGH and breach.told_at is None and not breach.silence_reason:
        missing.append(_("Prévenez les personnes touchées, ou dites pourquoi c’est inutile."))
    return missing


@transaction.atomic
def close_breach(*, breach: Breach, by: Any, now: datetime) -> None:
    """End a line of the register. Raises `BreachUnsettled`, naming what is missing."""
    breach = _still_open(breach)
    missing = missing_before_closing(breach)
    if missing:
        raise BreachUnsettled(missing)
    breach.closed_at = now
    breach.save(update_fields=["closed_at"])
    _say(breach, PrivacyEvent.BREACH_CLOSED, by, now, {})


@purges("breaches")
@transaction.atomic
def forget_old_breaches(*, now: datetime) -> int:
    """Forget the breaches closed more than five years ago."""
    old = Breach.objects.filter(closed_at__lte=add_months(now, -BREACHES_KEPT_MONTHS))
    return old.delete()[0]


def _still_open(breach: Breach) -> Breach:
    """Return the line as it is now, held until it is written. Raises `BreachClosed`."""
    current = Breach.objects.select_for_update(no_key=True).get(pk=breach.pk)
    if current.closed_at is not None:
        raise BreachClosed
    return current


def _say(
    breach: Breach, event: PrivacyEvent, by: Any, now: datetime, changes: dict[str, list[Any]]
) -> None:
    record(action=event, target=breach, by=by, now=now, changes=changes)
