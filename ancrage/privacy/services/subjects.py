"""People followed: opened, confirmed by themselves, heard from."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ancrage.accounts.models import User
from ancrage.kit.audit import line, record, record_many
from ancrage.kit.refusals import Refusal
from ancrage.privacy.enums import PrivacyEvent
from ancrage.privacy.models import DataSubject
from ancrage.privacy.rights import follows
from ancrage.privacy.terms import add_months

# GDPR art. 14: whoever did not enter their own data is told, and answers, within a month.
MONTHS_TO_CONFIRM = 1


class AlreadyFollowed(Refusal):
    """The account already belongs to somebody the platform follows."""

    sentence = _("Ce compte a déjà un profil.")
    known_as = "already_followed"


class NotPending(Refusal):
    """There is nothing to confirm: the person has answered, or the month is over."""

    sentence = _(
        "Ce profil n’attend plus de confirmation : il est confirmé, ou le délai est passé."
    )
    known_as = "not_pending"


class SubjectFrozen(Refusal):
    """The person asked that their data be left alone, or they are gone."""

    sentence = _(
        "Ce profil est gelé à la demande de la personne : rien n’y change pour l’instant."
    )
    known_as = "frozen"


@transaction.atomic
def open_subject(
    *, user: User | None, home: str, by: Any, now: datetime, pending: bool = False
) -> DataSubject:
    """Begin to follow a person for the scope `home` ("territory:3").

    `pending` when somebody else enters them: they have a month to confirm, then are erased.
    Whoever has an account has proved an address: they are somebody. Raises `AlreadyFollowed`.
    """
    subject = DataSubject(
        user=user,
        home=home,
        created_at=now,
        last_contact_at=now,
        pending_until=add_months(now, MONTHS_TO_CONFIRM) if pending else None,
        is_confirmed=user is not None and not pending,
    )
    try:
        with transaction.atomic():
            subject.save(force_insert=True)
    except IntegrityError:  # the account was followed already, or has been since
        raise AlreadyFollowed from None
    record(action=PrivacyEvent.OPENED, target=subject, by=by, now=now, scope=home)
    return subject


@transaction.atomic
def open_subjects(*, count: int, home: str, by: Any, now: datetime) -> list[DataSubject]:
    """Begin to follow that many people whom somebody else enters, as `open_subject` does with
    `pending`: each has a month to confirm. In few statements, for files."""
    subjects = DataSubject.objects.bulk_create(
        [
            DataSubject(
                home=home,
                created_at=now,
                last_contact_at=now,
                pending_until=add_months(now, MONTHS_TO_CONFIRM),
            )
            for _rank in range(count)
        ],
        batch_size=500,
    )
    record_many(
        line(action=PrivacyEvent.OPENED, target=subject, by=by, now=now, scope=home)
        for subject in subjects
    )
    return subjects


@transaction.atomic
def confirm_subject(*, subject: DataSubject, user: User | None, by: Any, now: datetime) -> None:
    """Let a person entered by somebody else take their profile over, with their account.

    `user` is None when they answered otherwise, and `by` noted it. Raises `NotPending`,
    `AlreadyFollowed`.
    """
    waiting = DataSubject.objects.filter(pk=subject.pk, pending_until__gt=now)
    values = {"pending_until": None, "is_confirmed": True, "last_contact_at": now}
    if not _write(waiting, subject, user=user or subject.user, **values):
        raise NotPending
    record(action=PrivacyEvent.CONFIRMED, target=subject, by=by, now=now, scope=subject.home)
    tell_followers(subject=subject, now=now)


@transaction.atomic
def link_account(*, subject: DataSubject, user: User, by: Any, now: datetime) -> None:
    """Give a person already followed the account they have opened since.

    Raises `AlreadyFollowed` when the person or the account already has another, `SubjectFrozen`.
    """
    if subject.user_id == user.pk:
        return
    alone = DataSubject.objects.filter(
        pk=subject.pk, user__isnull=True, limited_at__isnull=True, anonymised_at__isnull=True
    )
    if not _write(alone, subject, user=user):
        refuse_frozen(DataSubject.objects.get(pk=subject.pk))
        raise AlreadyFollowed
    record(action=PrivacyEvent.ACCOUNT_LINKED, target=subject, by=by, now=now, scope=subject.home)
    touch_subject(subject=subject, now=now)


def touch_subject(*, subject: DataSubject, now: datetime) -> None:
    """Count a last contact: the person signed in, acted, or answered somebody who noted it.

    Whoever does any of it is somebody.
    """
    count_contact(subject=subject, now=now)
    recognise_subject(subject=subject, now=now)


def count_contact(*, subject: DataSubject, now: datetime) -> None:
    """Count a last contact, of somebody who may still be nobody."""
    changed = DataSubject.objects.filter(
        pk=subject.pk, anonymised_at__isnull=True, last_contact_at__lt=now
    ).update(last_contact_at=now, warned_at=None, to_tell_since=None)
    if changed:
        subject.last_contact_at = now
        subject.warned_at = subject.to_tell_since = None


@transaction.atomic
def recognise_subject(*, subject: DataSubject, now: datetime) -> None:
    """Note that somebody real stands behind a profile; an invented one completes no small number.

    Saying it again costs nothing.
    """
    if subject.is_confirmed:
        return
    subject.is_confirmed = True
    unknown = DataSubject.objects.filter(pk=subject.pk, is_confirmed=False)
    if unknown.update(is_confirmed=True):
        tell_followers(subject=subject, now=now)


def refuse_frozen(subject: DataSubject) -> None:
    """Raise `SubjectFrozen` unless the profile may still be changed."""
    if subject.limited_at is not None or subject.anonymised_at is not None:
        raise SubjectFrozen


def tell_followers(*, subject: DataSubject, now: datetime) -> None:
    """Let every part bring what it derives from the standing of `subject` up to date."""
    for _name, follow in follows:
        follow(subject=subject, now=now)


def _write(rows: QuerySet[DataSubject], subject: DataSubject, **values: Any) -> bool:
    """Write values on a person who still is among `rows`: a row read before they were erased would
    bring them back. Say whether they are. Raises `AlreadyFollowed`."""
    try:
        with transaction.atomic():
            written = rows.update(**values)
    except IntegrityError:  # the account was followed already, or has been since
        raise AlreadyFollowed from None
    if written:
        for name, value in values.items():
            setattr(subject, name, value)
    return bool(written)
