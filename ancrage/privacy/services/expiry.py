"""Two years without news: the person is told, then thirty days later anonymised.

As the talent pool of the register says (CNIL recruitment guide, January 2023). Whoever has an
address is written to; of the others, the coordination is asked to telephone or to write, early
enough, and says when it did. Nobody counts as told before. The term holds all the same: two years
after the last contact, somebody whom nobody told for thirty days goes too. Each person in a
transaction of their own: a stop in the middle leaves nothing half done.
"""

import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ancrage.kit.audit import record
from ancrage.kit.mail import KIND as MAIL
from ancrage.kit.mail import queue_mail
from ancrage.kit.models import OutboxTask
from ancrage.kit.refusals import Refusal
from ancrage.privacy.enums import PrivacyEvent, TellingChannel
from ancrage.privacy.models import DataSubject
from ancrage.privacy.purposes import PURPOSES
from ancrage.privacy.rights import Address, holds
from ancrage.privacy.services.erasure import address_of, erase_subject
from ancrage.privacy.services.subjects import refuse_frozen, touch_subject
from ancrage.privacy.terms import add_months

# Between the day a person is told, or the coordination asked to tell them, and the end.
WARNED_BEFORE = timedelta(days=30)
# Calling takes longer than writing: the coordination is asked a month sooner.
ASKED_BEFORE = timedelta(days=60)
BATCH = 200
_KEY = "expiry:"


@dataclass(frozen=True)
class Expired:
    """What one night did, or would do, in numbers of people.

    `written_to` were told by mail; `to_tell` came on the list of those somebody has to call or
    write to; `anonymised` had been told in time; `untold` reached the term though nobody told
    them; `unanswered` were entered by others and never answered.
    """

    written_to: int = 0
    to_tell: int = 0
    anonymised: int = 0
    untold: int = 0
    unanswered: int = 0


class NotToTell(Refusal):
    """The person was told meanwhile, gave news, or is gone."""

    sentence = gettext_lazy("Cette personne n’est plus à prévenir : rechargez la liste.")
    known_as = "not_to_tell"


class ToldTooSoon(ValidationError):
    """The day is before the one the coordination was asked, or is to come."""

    def __init__(self) -> None:
        super().__init__(
            _("Donnez le jour où elle a été prévenue : depuis qu’elle est à prévenir, et au plus"
              " tard aujourd’hui."),
            code="told_too_soon",
        )  # fmt: skip


def expire_subjects(*, now: datetime, dry_run: bool = False) -> Expired:
    """Tell and anonymise whoever is due at `now`; with `dry_run`, only count them."""

    def end(name: str) -> Callable[[DataSubject], str]:
        def act(subject: DataSubject) -> str:
            if not dry_run:
                event = PrivacyEvent.EXPIRED
                erase_subject(subject=subject, by=None, now=now, event=event)
            return name

        return act

    counts: Counter[str] = Counter()
    # Ends before warnings: nobody is warned and anonymised in the same night.
    counts.update(_each(_told(now), end("anonymised")))
    counts.update(_each(_untold(now), end("untold")))
    counts.update(_each(_unanswered(now), end("unanswered")))
    counts.update(_each(_not_delivered(), lambda one: _list_again(one, now, dry_run)))
    counts.update(_each(_near(now), lambda one: _announce(one, now, dry_run)))
    counts.pop("", None)
    return Expired(**counts)


def last_contact_limit(*, now: datetime) -> datetime:
    """Return the moment before which a last contact is too old to be kept."""
    return add_months(now, -_months_kept())


def end_of(subject: DataSubject) -> datetime:
    """Return when a person who gives no news is anonymised: at the term, and thirty days after
    they were told or, as long as they are not, after somebody was asked to tell them."""
    term = add_months(subject.last_contact_at, _months_kept())
    since = subject.warned_at or subject.to_tell_since
    return term if since is None else max(term, since + WARNED_BEFORE)


@transaction.atomic
def note_told(
    *, subject: DataSubject, told_on: date, channel: TellingChannel, by: Any, now: datetime
) -> None:
    """Write that somebody told the person that their data will be erased, on which day and how.

    The thirty days run from there. Raises `NotToTell`, `ToldTooSoon`, `SubjectFrozen`.
    """
    since = _asked_since(subject)
    # On invented data the coordination may have been asked on a day to come.
    today = timezone.localdate(now)
    if not min(timezone.localdate(since), today) <= told_on <= today:
        raise ToldTooSoon
    morning = datetime.combine(told_on, time(), tzinfo=timezone.get_current_timezone())
    told_at = max(since, morning)
    rows = DataSubject.objects.filter(pk=subject.pk, to_tell_since=since)
    if not rows.update(warned_at=told_at, to_tell_since=None):
        raise NotToTell
    subject.warned_at, subject.to_tell_since = told_at, None
    record(
        action=PrivacyEvent.WARNED,
        target=subject,
        by=by,
        now=now,
        scope=subject.home,
        changes={"told_by": ["", str(channel)], "warned_at": ["", told_on.isoformat()]},
    )


@transaction.atomic
def note_stays(*, subject: DataSubject, channel: TellingChannel, by: Any, now: datetime) -> None:
    """Write that the person, once told, wants their data kept: that is news of them.

    Raises `NotToTell`, `SubjectFrozen`.
    """
    _asked_since(subject)
    touch_subject(subject=subject, now=now)
    record(
        action=PrivacyEvent.STAYS,
        target=subject,
        by=by,
        now=now,
        scope=subject.home,
        changes={"told_by": ["", str(channel)]},
    )


def _asked_since(subject: DataSubject) -> datetime:
    refuse_frozen(subject)
    if subject.to_tell_since is None:
        raise NotToTell
    return subject.to_tell_since


def _months_kept() -> int:
    term = PURPOSES["talent_pool"].term
    return term.months if term else 0


@transaction.atomic
def _announce(subject: DataSubject, now: datetime, dry_run: bool) -> str:
    """Write to a person, or ask that somebody tell them; say which, or "" for neither."""
    if not _is_somebody(subject):
        # Nothing here names them any more: nobody to tell, and nothing to keep past the term.
        if subject.last_contact_at > last_contact_limit(now=now):
            return ""
        if not dry_run:
            erase_subject(subject=subject, by=None, now=now, event=PrivacyEvent.EXPIRED)
        return "anonymised"
    address = _address_that_works(subject)
    if address is None:
        return "" if subject.to_tell_since else _ask_to_tell(subject, now, dry_run)
    if subject.last_contact_at > last_contact_limit(now=now + WARNED_BEFORE):
        return ""
    if not dry_run:
        _write_to(subject, address, now)
    return "written_to"


@transaction.atomic
def _list_again(subject: DataSubject, now: datetime, dry_run: bool) -> str:
    """Ask that somebody tell a person whose mail was given up."""
    if not dry_run:
        subject.warned_at = None
        subject.save(update_fields=["warned_at"])
    return _ask_to_tell(subject, now, dry_run)


def _ask_to_tell(subject: DataSubject, now: datetime, dry_run: bool) -> str:
    if not dry_run:
        subject.to_tell_since = now
        subject.save(update_fields=["to_tell_since"])
        record(action=PrivacyEvent.TO_TELL, target=subject, by=None, now=now, scope=subject.home)
    return "to_tell"


def _write_to(subject: DataSubject, address: Address, now: datetime) -> None:
    subject.warned_at, subject.to_tell_since = now, None
    queue_mail(
        key=f"{_KEY}{subject.key}:{timezone.localdate(now).isoformat()}",
        to=address.email,
        template="privacy/email/expiry_warning",
        context={"erased_on": timezone.localdate(end_of(subject))},
        language=address.language,
        now=now,
    )
    subject.save(update_fields=["warned_at", "to_tell_since"])
    record(action=PrivacyEvent.WARNED, target=subject, by=None, now=now, scope=subject.home)


def _address_that_works(subject: DataSubject) -> Address | None:
    address = address_of(subject)
    if address is None:
        return None
    given_up = _given_up().filter(
        key__startswith=f"{_KEY}{subject.key}:", payload__to=address.email
    )
    return None if given_up.exists() else address


def _given_up() -> QuerySet[OutboxTask]:
    return OutboxTask.objects.filter(kind=MAIL, key__startswith=_KEY, abandoned_at__isnull=False)


def _is_somebody(subject: DataSubject) -> bool:
    return subject.user_id is not None or any(held(subject=subject) for _part, held in holds)


def _each(rows: QuerySet[DataSubject], act: Callable[[DataSubject], str]) -> Iterator[str]:
    """Act on each of `rows`, in order, each read just before; give what it was."""
    after = 0
    while keys := list(
        rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]
    ):
        for key in keys:
            # They may have given news since the batch was read.
            subject = rows.filter(pk=key).select_related("user").first()
            if subject is not None:
                yield act(subject)
        after = keys[-1]


def _followed() -> QuerySet[DataSubject]:
    # A limited profile is frozen until somebody decides: it is not erased behind the person.
    return DataSubject.objects.filter(anonymised_at__isnull=True, limited_at__isnull=True)


def _near(now: datetime) -> QuerySet[DataSubject]:
    """Those near their term whom nobody has told; sooner, of those an account does not reach."""
    without_account = Q(user__isnull=True) | Q(user__is_active=False)
    sooner = Q(last_contact_at__lte=last_contact_limit(now=now + ASKED_BEFORE))
    soon = Q(last_contact_at__lte=last_contact_limit(now=now + WARNED_BEFORE))
    return _followed().filter(
        soon | (sooner & without_account & Q(to_tell_since__isnull=True)),
        warned_at__isnull=True,
        pending_until__isnull=True,
    )


def _told(now: datetime) -> QuerySet[DataSubject]:
    return _followed().filter(
        last_contact_at__lte=last_contact_limit(now=now), warned_at__lte=now - WARNED_BEFORE
    )


def _untold(now: datetime) -> QuerySet[DataSubject]:
    return _followed().filter(
        last_contact_at__lte=last_contact_limit(now=now),
        warned_at__isnull=True,
        to_tell_since__lte=now - WARNED_BEFORE,
    )


def _unanswered(now: datetime) -> QuerySet[DataSubject]:
    return _followed().filter(Q(pending_until__lte=now))


def _not_delivered() -> QuerySet[DataSubject]:
    """Those whose warning was given up: the mail was refused again and again."""
    condition = Q(pk__in=[])
    for key, at in _given_up().order_by("pk").values_list("key", "abandoned_at"):
        subject_key = uuid.UUID(key.removeprefix(_KEY).partition(":")[0])
        condition |= Q(key=subject_key, warned_at__lt=at)
    return _followed().filter(condition)
