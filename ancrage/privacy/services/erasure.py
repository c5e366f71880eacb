"""Erasure: one code for a person who asks, a term that is over, and a backup brought back.

Every part empties its own rows (`@erases`), then the person, their account and their mails go,
and the ledger outside the database remembers it. What remains counts, and designates nobody.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ancrage.accounts.enums import Role
from ancrage.accounts.models import User
from ancrage.accounts.policy import roles_of
from ancrage.accounts.services import erase_account
from ancrage.kit.audit import record
from ancrage.kit.mail import KIND as MAIL
from ancrage.kit.models import OutboxTask
from ancrage.privacy.enums import ConsentChannel, PrivacyEvent, RequestKind
from ancrage.privacy.models import AccessTrace, ConsentEntry, DataSubject, RightsRequest
from ancrage.privacy.queries.consents import entry_in_force
from ancrage.privacy.rights import Address, erases, reaches
from ancrage.privacy.services.consents import withdraw_consent
from ancrage.privacy.services.ledger import (
    ACCOUNT,
    SUBJECT,
    WITHDRAWAL,
    LedgerLine,
    digest_of_account,
    digest_of_subject,
    write_account_erased,
    write_subject_erased,
)
from ancrage.privacy.services.requests import note_own_act
from ancrage.privacy.terms import month_of

# Of a person with any other role, the account is also somebody's place of work: it stays.
_ONLY_THEIRS = frozenset({Role.VISITOR, Role.CANDIDATE})


@dataclass(frozen=True)
class Replayed:
    """What a restored database had to forget again."""

    erased: int = 0
    accounts: int = 0
    withdrawn: int = 0


@transaction.atomic
def erase_subject(
    *,
    subject: DataSubject,
    by: Any,
    now: datetime,
    event: PrivacyEvent = PrivacyEvent.ERASED,
    asked: bool = False,
    remember: bool = True,
) -> None:
    """Erase a person everywhere; the row that remains holds months and no identity.

    Their account goes too when it served nothing else. `asked` writes the request and its proof
    at the rights desk; without `remember` the ledger, which knows already, is left alone. Doing
    it twice changes nothing.
    """
    subject = DataSubject.objects.select_related("user").get(pk=subject.pk)
    if subject.anonymised_at is not None:
        return
    erased = DataSubject(key=subject.key)
    _forget_mails(address_of(subject))
    for _part, erase in erases:
        erase(subject=subject, now=now)
    _forget_own_rows(subject)
    user, subject.user = subject.user, None
    subject.key = uuid.uuid4()
    subject.created_at = month_of(subject.created_at)
    subject.last_contact_at = month_of(subject.last_contact_at)
    subject.warned_at = subject.to_tell_since = None
    subject.limited_at = subject.pending_until = None
    subject.anonymised_at = month_of(now)
    subject.save()
    if asked:
        # The proof names nobody: whoever asked is gone, the day and the end remain.
        answer = _("Effacé à la demande de la personne.")
        note_own_act(subject=subject, kind=RequestKind.ERASURE, answer=answer, by=None, now=now)
    record(action=event, target=subject, by=by, now=now, scope=subject.home)
    if user is not None and roles_of(user) <= _ONLY_THEIRS:
        forget_account(user=user, by=by, now=now, remember=remember)
    if remember:
        # Last: whatever failed above leaves no line behind.
        write_subject_erased(subject=erased, now=now)


@transaction.atomic
def forget_account(*, user: User, by: Any, now: datetime, remember: bool = True) -> None:
    """Erase an account for good, and remember it in the ledger. Raises `LastAdministrator`."""
    if user.erased_at is not None:
        return
    _forget_mails(Address(user.email, user.language))
    erase_account(user=user, by=by, now=now)
    if remember:
        write_account_erased(user=user, now=now)


def address_of(subject: DataSubject) -> Address | None:
    """Return where to write to a person: their account, or what a part knows; None if nowhere."""
    if subject.user is not None and subject.user.is_active:
        return Address(subject.user.email, subject.user.language)
    for _part, reach in reaches:
        address = reach(subject=subject)
        if address is not None:
            return address
    return None


def replay_ledger(*, lines: Iterable[LedgerLine], now: datetime) -> Replayed:
    """Erase again whom a restored backup brings back, and withdraw again what was withdrawn.

    Nothing is added to the ledger. Running it again finds nothing to do.
    """
    known = list(lines)
    return Replayed(
        withdrawn=_withdraw_again(known, now),
        erased=_erase_again({line.digest for line in known if line.kind == SUBJECT}, now),
        accounts=_forget_accounts_again(
            {line.digest for line in known if line.kind == ACCOUNT}, now
        ),
    )


def _erase_again(digests: set[str], now: datetime) -> int:
    alive = DataSubject.objects.filter(anonymised_at__isnull=True).order_by("pk")
    found = [pk for pk, key in alive.values_list("pk", "key") if digest_of_subject(key) in digests]
    for pk in found:
        subject = DataSubject.objects.get(pk=pk)
        again = PrivacyEvent.ERASED_AGAIN
        erase_subject(subject=subject, by=None, now=now, event=again, remember=False)
    return len(found)


def _forget_accounts_again(digests: set[str], now: datetime) -> int:
    open_accounts = User.objects.filter(erased_at__isnull=True).order_by("pk")
    found = [
        user for user in open_accounts if digest_of_account(user.pk, user.created_at) in digests
    ]
    for user in found:
        # They may have been the last administrator when the backup was made.
        user.is_platform_admin = False
        user.save(update_fields=["is_platform_admin"])
        forget_account(user=user, by=None, now=now, remember=False)
    return len(found)


def _withdraw_again(lines: list[LedgerLine], now: datetime) -> int:
    withdrawals: dict[str, list[LedgerLine]] = {}
    for line in lines:
        if line.kind == WITHDRAWAL:
            withdrawals.setdefault(line.digest, []).append(line)
    if not withdrawals:
        return 0
    count = 0
    for subject in DataSubject.objects.filter(anonymised_at__isnull=True).order_by("pk"):
        for line in withdrawals.get(digest_of_subject(subject.key), []):
            count += _withdraw_one_again(subject, line, now)
    return count


def _withdraw_one_again(subject: DataSubject, line: LedgerLine, now: datetime) -> int:
    entry = entry_in_force(subject, line.purpose, line.scope)
    # Agreed to again since: that agreement stands.
    if entry is None or not entry.given or entry.at > datetime.fromisoformat(line.at):
        return 0
    withdraw_consent(
        subject=subject,
        purpose=line.purpose,
        scope=line.scope,
        channel=ConsentChannel.RESTORED,
        by=None,
        now=now,
        proof=line.at,
    )
    return 1


def _forget_own_rows(subject: DataSubject) -> None:
    ConsentEntry.objects.filter(subject=subject).erase()
    AccessTrace.objects.filter(subject=subject).erase()
    RightsRequest.objects.filter(subject=subject).update(
        requester="", details="", extension_reason="", answer=""
    )


def _forget_mails(address: Address | None) -> None:
    if address is not None:
        OutboxTask.objects.filter(
            kind=MAIL, done_at__isnull=True, payload__to=address.email
        ).delete()
