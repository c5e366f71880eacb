"""Erasure: one code for a request, a term and a restore; the ledger outside remembers."""

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from ancrage.accounts.models import User
from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.kit.outbox import enqueue
from ancrage.privacy.models import AccessTrace, ConsentEntry, DataSubject, RightsRequest
from ancrage.privacy.notices import current_notice
from ancrage.privacy.queries import consent_holds
from ancrage.privacy.rights import Address, erases, reaches
from ancrage.privacy.services import (
    Replayed,
    address_of,
    erase_subject,
    forget_account,
    give_consent,
    replay_ledger,
    withdraw_consent,
)
from ancrage.privacy.services.ledger import (
    LedgerLine,
    digest_of_account,
    digest_of_subject,
    merge_ledger,
    read_ledger,
)
from tests.factories import (
    AccessTraceFactory,
    ConsentEntryFactory,
    DataSubjectFactory,
    MembershipFactory,
    RightsRequestFactory,
    UserFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

MONTH = NOW.replace(day=1, hour=0, minute=0)
LATER = NOW + timedelta(days=3)


def mail_to(address: str, key: str, **payload: Any) -> None:
    enqueue(key=key, kind="kit.mail", payload={"to": address, **payload}, now=NOW)


def test_an_erased_person_leaves_months_and_no_name(ledger: Path) -> None:
    subject = DataSubjectFactory(warned_at=NOW, limited_at=NOW)
    user, key = subject.user, subject.key
    ConsentEntryFactory(subject=subject)
    AccessTraceFactory(subject=subject)
    RightsRequestFactory(subject=subject, details="Marie, 06…", answer="à Marie", closed=True)
    mail_to(user.email, "hers")
    others = ConsentEntryFactory()
    mail_to(others.subject.user.email, "theirs")

    for _time in range(2):
        erase_subject(subject=subject, by=user, now=NOW)

    subject = DataSubject.objects.get(pk=subject.pk)
    assert (subject.user, subject.home, subject.created_at, subject.last_contact_at) == (
        None,
        "territory:1",
        MONTH,
        MONTH,
    )
    assert (subject.anonymised_at, subject.warned_at, subject.limited_at) == (MONTH, None, None)
    assert subject.key != key
    assert list(ConsentEntry.objects.all()) == [others]
    assert AccessTrace.objects.count() == 0
    kept = RightsRequest.objects.get()
    assert (kept.requester, kept.details, kept.answer, kept.status) == ("", "", "", "done")
    assert list(OutboxTask.objects.values_list("key", flat=True)) == ["theirs"]
    user.refresh_from_db()
    assert (user.erased_at, user.email) == (NOW, f"compte-{user.pk}@efface.invalid")
    assert list(read_ledger(ledger)) == [
        LedgerLine("account", digest_of_account(user.pk, user.created_at), "2026-11-16"),
        LedgerLine("subject", digest_of_subject(key), "2026-11-16"),
    ]
    assert str(key) not in ledger.read_text()
    assert AuditLine.objects.filter(action="subject.erased").count() == 1


def test_an_erasure_asked_for_keeps_its_proof_without_the_person() -> None:
    subject = DataSubjectFactory()

    erase_subject(subject=subject, by=subject.user, now=NOW, asked=True)

    proof = RightsRequest.objects.get()
    assert (proof.kind, proof.status, proof.received_at, proof.closed_by) == (
        "erasure",
        "done",
        NOW,
        None,
    )
    assert proof.answer == "Effacé à la demande de la personne."


def test_the_account_of_somebody_who_works_here_stays(ledger: Path) -> None:
    subject = DataSubjectFactory(user=MembershipFactory().user)
    user = subject.user

    erase_subject(subject=subject, by=user, now=NOW)

    user.refresh_from_db()
    assert user.erased_at is None
    assert [line.kind for line in read_ledger(ledger)] == ["subject"]


def test_parts_erase_their_rows_in_the_same_transaction(
    monkeypatch: pytest.MonkeyPatch, ledger: Path
) -> None:
    told: list[str] = []
    registry: dict[str, Any] = {
        "b": lambda *, subject, now: told.append(f"b {subject.user.email}"),
        "a": lambda *, subject, now: told.append("a"),
    }
    monkeypatch.setattr(erases, "functions", registry)
    subject = DataSubjectFactory()
    erase_subject(subject=subject, by=None, now=NOW)
    assert told == ["a", f"b {subject.user.email}"]

    def fail(*, subject: DataSubject, now: Any) -> None:
        raise ValidationError("plus tard")

    registry["c"] = fail
    other = DataSubjectFactory()
    before = ledger.read_text()
    with pytest.raises(ValidationError):
        erase_subject(subject=other, by=None, now=NOW)

    other.refresh_from_db()
    assert other.anonymised_at is None
    assert ledger.read_text() == before


def test_an_account_is_forgotten_once(ledger: Path) -> None:
    user = UserFactory()
    mail_to(user.email, "hers")

    for _time in range(2):
        forget_account(user=user, by=user, now=NOW)

    assert OutboxTask.objects.count() == 0
    assert len(list(read_ledger(ledger))) == 1


def test_a_person_is_written_to_at_their_account_or_where_a_part_knows(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = Address("ailleurs@exemple.test", "en")
    monkeypatch.setattr(
        reaches,
        "functions",
        {"a": lambda *, subject: None, "b": lambda *, subject: known},
    )
    with_account = DataSubjectFactory(user__language="en")
    closed = DataSubjectFactory(user__is_active=False, user__closed_at=NOW)

    assert address_of(with_account) == Address(with_account.user.email, "en")
    assert address_of(closed) == known
    assert address_of(DataSubjectFactory(user=None)) == known
    monkeypatch.setattr(reaches, "functions", {})
    assert address_of(DataSubjectFactory(user=None)) is None


# --- the ledger --------------------------------------------------------------------------------


def test_the_ledger_is_read_by_its_owner_only(ledger: Path) -> None:
    erase_subject(subject=DataSubjectFactory(user=None), by=None, now=NOW)

    assert ledger.stat().st_mode & 0o777 == 0o600
    line = json.loads(ledger.read_text())
    assert set(line) == {"kind", "digest", "at"}


def test_a_line_cut_short_is_left_and_the_next_begins_on_its_own(ledger: Path) -> None:
    ledger.parent.mkdir(parents=True)
    first = LedgerLine("subject", "a" * 64, "2026-01-01")
    ledger.write_text(
        '{"kind": "subject", "digest": "' + "a" * 64 + '", "at": "2026-01-01"}\n'
        '\n{"kind": "rumour", "digest": "x", "at": "y"}\n[1]\n{"kind": "subj'
    )
    second = LedgerLine("subject", "b" * 64, "2026-01-02")

    assert merge_ledger([first, second, second]) == 1

    assert list(read_ledger(ledger)) == [first, second]
    assert merge_ledger([first, second]) == 0


def test_a_ledger_that_does_not_exist_yet_is_empty(tmp_path: Path) -> None:
    assert list(read_ledger(tmp_path / "nowhere")) == []


def test_a_system_that_opens_no_folder_writes_all_the_same(
    ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def refuse_folders(path: Any, flags: int, *more: Any) -> int:
        if Path(path).is_dir():
            raise PermissionError(path)
        return opened(path, flags, *more)

    monkeypatch.setattr(os, "open", refuse_folders)

    assert merge_ledger([LedgerLine("subject", "c" * 64, "2026-01-01")]) == 1
    assert len(list(read_ledger(ledger))) == 1


def test_two_accounts_of_the_same_number_are_told_apart() -> None:
    assert digest_of_account(7, NOW) != digest_of_account(7, NOW + timedelta(microseconds=1))


# --- what a backup brings back ------------------------------------------------------------------


def as_before(*rows: Any) -> None:
    """Put rows back as a restored backup would."""
    for row in rows:
        row.save()


def replay(ledger: Path) -> Replayed:
    return replay_ledger(lines=read_ledger(ledger), now=LATER)


def test_a_person_brought_back_is_erased_again_with_their_account(ledger: Path) -> None:
    subject, stranger = DataSubjectFactory(), DataSubjectFactory()
    user = User.objects.get(pk=subject.user_id)
    erase_subject(subject=DataSubject.objects.get(pk=subject.pk), by=None, now=NOW)
    as_before(user, subject)
    lines = ledger.read_text()

    assert replay(ledger) == Replayed(erased=1, accounts=0, withdrawn=0)
    assert replay(ledger) == Replayed()

    assert DataSubject.objects.get(pk=subject.pk).anonymised_at == MONTH
    assert User.objects.get(pk=user.pk).erased_at == LATER
    assert DataSubject.objects.get(pk=stranger.pk).anonymised_at is None
    assert AuditLine.objects.filter(action="subject.erased_again").count() == 1
    assert ledger.read_text() == lines


def test_an_account_brought_back_is_erased_again_even_the_last_administrator(
    ledger: Path,
) -> None:
    user = UserFactory(is_platform_admin=True)
    other = UserFactory(is_platform_admin=True)
    former = User.objects.get(pk=user.pk)
    forget_account(user=user, by=None, now=NOW)
    as_before(former)
    other.delete()

    assert replay(ledger) == Replayed(accounts=1)
    assert User.objects.get(pk=user.pk).erased_at == LATER


def test_an_agreement_brought_back_is_withdrawn_again(ledger: Path) -> None:
    subject = DataSubjectFactory()
    notice = current_notice("talent_pool")
    agreed = {"subject": subject, "purpose": "talent_pool", "scope": "", "channel": "self"}
    give_consent(notice=notice, by=None, now=NOW, **agreed)
    withdraw_consent(by=None, now=NOW + timedelta(hours=1), **agreed)
    ConsentEntry.objects.filter(given=False).erase()
    assert consent_holds(subject, "talent_pool")

    assert replay(ledger) == Replayed(withdrawn=1)
    assert replay(ledger) == Replayed()

    entry = ConsentEntry.objects.order_by("-pk")[0]
    assert (entry.given, entry.channel, entry.at) == (False, "restored", LATER)
    assert entry.proof == (NOW + timedelta(hours=1)).isoformat()
    assert not consent_holds(subject, "talent_pool")
    assert len(list(read_ledger(ledger))) == 1
    subject.refresh_from_db()
    assert subject.last_contact_at == NOW + timedelta(hours=1)


def test_an_agreement_given_again_since_stands(ledger: Path) -> None:
    subject = DataSubjectFactory()
    stranger = DataSubjectFactory()
    for one in (subject, stranger):
        ConsentEntryFactory(subject=one, at=NOW + timedelta(hours=2))
    merge_ledger(
        [
            LedgerLine(
                "withdrawal",
                digest_of_subject(subject.key),
                (NOW + timedelta(hours=1)).isoformat(),
                purpose="talent_pool",
            )
        ]
    )

    assert replay(ledger) == Replayed()
    assert consent_holds(subject, "talent_pool")
