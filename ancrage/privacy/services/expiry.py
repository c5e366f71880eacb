"""Two years without news: the person is warned, then thirty days later anonymised.

As the talent pool of the register says (CNIL recruitment guide, January 2023). Small batches,
each person in a transaction of their own: a stop in the middle leaves nothing half done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from ancrage.kit.audit import record
from ancrage.kit.mail import queue_mail
from ancrage.privacy.enums import PrivacyEvent
from ancrage.privacy.models import DataSubject
from ancrage.privacy.purposes import PURPOSES
from ancrage.privacy.services.erasure import address_of, erase_subject
from ancrage.privacy.terms import add_months

WARNED_BEFORE = timedelta(days=30)
BATCH = 200


@dataclass(frozen=True)
class Expired:
    """How many people were warned, anonymised at their term, and erased without an answer."""

    warned: int
    anonymised: int
    unanswered: int


def expire_subjects(*, now: datetime, dry_run: bool = False) -> Expired:
    """Warn and anonymise whoever is due at `now`; with `dry_run`, only count them."""
    to_warn, to_anonymise, unanswered = _to_warn(now), _to_anonymise(now), _unanswered(now)
    if dry_run:
        return Expired(to_warn.count(), to_anonymise.count(), unanswered.count())

    def expire(subject: DataSubject) -> None:
        erase_subject(subject=subject, by=None, now=now, event=PrivacyEvent.EXPIRED)

    return Expired(
        # Before the warnings: nobody is warned and anonymised in the same night.
        anonymised=_in_batches(to_anonymise, expire),
        unanswered=_in_batches(unanswered, expire),
        warned=_in_batches(to_warn, lambda subject: warn_subject(subject=subject, now=now)),
    )


def last_contact_limit(*, now: datetime) -> datetime:
    """Return the moment before which a last contact is too old to be kept."""
    term = PURPOSES["talent_pool"].term
    months = term.months if term else 0
    return add_months(now, -months)


@transaction.atomic
def warn_subject(*, subject: DataSubject, now: datetime) -> None:
    """Tell a person that their data will be erased, and how to keep them."""
    address = address_of(subject)
    if address is not None:
        queue_mail(
            key=f"expiry:{subject.key}:{now.date().isoformat()}",
            to=address.email,
            template="privacy/email/expiry_warning",
            context={"erased_on": (now + WARNED_BEFORE).date()},
            language=address.language,
            now=now,
        )
    subject.warned_at = now
    subject.save(update_fields=["warned_at"])
    record(action=PrivacyEvent.WARNED, target=subject, by=None, now=now, scope=subject.home)


def _in_batches(rows: QuerySet[DataSubject], act: Callable[[DataSubject], None]) -> int:
    done = 0
    while batch := list(rows.select_related("user").order_by("pk")[:BATCH]):
        for subject in batch:
            act(subject)
        done += len(batch)
    return done


def _followed() -> QuerySet[DataSubject]:
    # A limited profile is frozen until somebody decides: it is not erased behind the person.
    return DataSubject.objects.filter(anonymised_at__isnull=True, limited_at__isnull=True)


def _to_warn(now: datetime) -> QuerySet[DataSubject]:
    limit = last_contact_limit(now=now + WARNED_BEFORE)
    return _followed().filter(last_contact_at__lte=limit, warned_at__isnull=True)


def _to_anonymise(now: datetime) -> QuerySet[DataSubject]:
    return _followed().filter(
        last_contact_at__lte=last_contact_limit(now=now), warned_at__lte=now - WARNED_BEFORE
    )


def _unanswered(now: datetime) -> QuerySet[DataSubject]:
    return _followed().filter(Q(pending_until__lte=now))
