"""Limitation: the profile is hidden and frozen while the person has something settled."""

from datetime import datetime
from typing import Any

from django.db import transaction

from ancrage.kit.audit import record
from ancrage.privacy.enums import PrivacyEvent
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services.subjects import SubjectFrozen, tell_followers


@transaction.atomic
def limit_subject(*, subject: DataSubject, by: Any, now: datetime) -> None:
    """Hide and freeze a profile; saying it twice changes nothing. Raises `SubjectFrozen` once
    anonymised."""
    if subject.anonymised_at is not None:
        raise SubjectFrozen
    _set(subject, now, by, now)


@transaction.atomic
def lift_limit(*, subject: DataSubject, by: Any, now: datetime) -> None:
    """Show a profile again to those who may see it; saying it twice changes nothing."""
    _set(subject, None, by, now)


def _set(subject: DataSubject, limited_at: datetime | None, by: Any, now: datetime) -> None:
    rows = DataSubject.objects.filter(
        pk=subject.pk, anonymised_at__isnull=True, limited_at__isnull=limited_at is not None
    )
    if not rows.update(limited_at=limited_at):
        return
    subject.limited_at = limited_at
    event = PrivacyEvent.LIMITED if limited_at else PrivacyEvent.LIMIT_LIFTED
    record(action=event, target=subject, by=by, now=now, scope=subject.home)
    tell_followers(subject=subject, now=now)
