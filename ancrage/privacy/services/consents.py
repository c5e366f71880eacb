"""Agreements: given on a wording, withdrawn as easily, never rewritten."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ancrage.kit.audit import record
from ancrage.kit.refusals import Refusal
from ancrage.privacy.enums import ConsentChannel, PrivacyEvent
from ancrage.privacy.models import ConsentEntry, DataSubject
from ancrage.privacy.notices import Notice, current_notice
from ancrage.privacy.purposes import purpose_of
from ancrage.privacy.queries.consents import entry_in_force
from ancrage.privacy.rights import withdraws
from ancrage.privacy.services.ledger import write_withdrawal
from ancrage.privacy.services.subjects import (
    count_contact,
    recognise_subject,
    refuse_frozen,
    tell_followers,
)


class ConsentNotAsked(ValueError):
    """The purpose rests on another basis: there is nothing to agree to. A mistake of the code."""


class NoticeOutdated(Refusal):
    """The wording changed since the person read it."""

    sentence = _("Le texte a changé depuis que vous l’avez lu : relisez-le avant d’accepter.")
    known_as = "notice_outdated"


class ProofMissing(Refusal):
    """Somebody notes an agreement for another without saying where its proof is."""

    sentence = _("Dites où se trouve la preuve : courrier daté, compte rendu d’entretien…")
    known_as = "proof_missing"


@transaction.atomic
def give_consent(
    *,
    subject: DataSubject,
    purpose: str,
    scope: str,
    notice: Notice,
    channel: str,
    by: Any,
    now: datetime,
    proof: str = "",
) -> ConsentEntry:
    """Write that the person agrees to `purpose` for `scope` ("" for everybody).

    Agreeing again on the same wording writes nothing more. Raises `ConsentNotAsked`,
    `NoticeOutdated`, `ProofMissing`, `SubjectFrozen`.
    """
    if not purpose_of(purpose).consent:
        raise ConsentNotAsked(purpose)
    if notice != current_notice(purpose):
        raise NoticeOutdated
    refuse_frozen(subject)
    before = entry_in_force(subject, purpose, scope)
    if before is not None and before.given and before.notice_version == notice.version:
        return before
    entry = ConsentEntry(
        subject=subject,
        purpose=purpose,
        scope=scope,
        notice_version=notice.version,
        notice_hash=notice.digest,
        given=True,
        at=now,
        channel=ConsentChannel(channel),
        recorded_by=by,
        proof=proof.strip(),
    )
    return _kept(entry, PrivacyEvent.CONSENT_GIVEN)


@transaction.atomic
def withdraw_consent(
    *,
    subject: DataSubject,
    purpose: str,
    scope: str,
    channel: str,
    by: Any,
    now: datetime,
    proof: str = "",
) -> ConsentEntry | None:
    """Write that the person agrees no longer; return None if they never had.

    Withdrawing twice writes nothing more; a limited profile may still withdraw. Raises
    `ProofMissing`.
    """
    before = entry_in_force(subject, purpose, scope)
    if before is None or not before.given:
        return before
    entry = ConsentEntry(
        subject=subject,
        purpose=purpose,
        scope=scope,
        notice_version=before.notice_version,
        notice_hash=before.notice_hash,
        given=False,
        at=now,
        channel=ConsentChannel(channel),
        recorded_by=by,
        proof=proof.strip(),
    )
    return _kept(entry, PrivacyEvent.CONSENT_WITHDRAWN)


def _kept(entry: ConsentEntry, event: PrivacyEvent) -> ConsentEntry:
    if entry.channel != ConsentChannel.SELF and not entry.proof:
        raise ProofMissing
    entry.save()
    record(
        action=event,
        target=entry.subject,
        by=entry.recorded_by,
        now=entry.at,
        scope=entry.scope or entry.subject.home,
        changes={entry.purpose: [not entry.given, entry.given]},
    )
    if not entry.given:
        for _part, withdraw in withdraws:
            withdraw(subject=entry.subject, purpose=entry.purpose, scope=entry.scope, now=entry.at)
    tell_followers(subject=entry.subject, now=entry.at)
    if entry.channel == ConsentChannel.RESTORED:
        return entry
    count_contact(subject=entry.subject, now=entry.at)
    if entry.recorded_by is not None:
        # Ticked by whoever filled in a public page, it proves nobody.
        recognise_subject(subject=entry.subject, now=entry.at)
    if not entry.given:
        # Last: whatever failed above leaves no line in the ledger.
        write_withdrawal(
            subject=entry.subject, purpose=entry.purpose, scope=entry.scope, now=entry.at
        )
    return entry
