"""Two years without news: warned, then anonymised thirty days later, and never before."""

import io
import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from ancrage.accounts.models import User
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate
from ancrage.kit.models import AuditLine, OutboxTask
from ancrage.kit.outbox import run_due
from ancrage.privacy.enums import PrivacyEvent, TellingChannel
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import (
    Expired,
    NotToTell,
    ToldTooSoon,
    end_of,
    expire_subjects,
    expiry,
    note_stays,
    note_told,
    touch_subject,
)
from ancrage.privacy.terms import add_months
from tests.factories import CandidateFactory, DataSubjectFactory, UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TWO_YEARS_AGO = add_months(NOW, -24)


def states() -> dict[int, tuple[bool, bool]]:
    """Who is warned and who is anonymised."""
    rows = DataSubject.objects.order_by("pk").values_list("pk", "warned_at", "anonymised_at")
    return {pk: (warned is not None, gone is not None) for pk, warned, gone in rows}


def test_somebody_silent_for_nearly_two_years_is_warned_once() -> None:
    warned = DataSubjectFactory(last_contact_at=add_months(NOW + 30 * DAY, -24))
    recent = DataSubjectFactory(last_contact_at=add_months(NOW + 30 * DAY, -24) + DAY)

    assert expire_subjects(now=NOW) == Expired(written_to=1)
    assert expire_subjects(now=NOW) == Expired()

    assert states() == {warned.pk: (True, False), recent.pk: (False, False)}
    run_due(clock=lambda: NOW)
    (message,) = mail.outbox
    assert message.to == [warned.user.email]
    assert "16 décembre 2026" in message.subject
    assert "connectez-vous" in message.body


def test_a_warning_is_written_in_the_language_of_the_reader() -> None:
    DataSubjectFactory(last_contact_at=TWO_YEARS_AGO, user__language="en")

    expire_subjects(now=NOW)
    run_due(clock=lambda: NOW)

    assert "will be erased" in mail.outbox[0].subject


def test_thirty_days_after_the_warning_the_person_is_anonymised() -> None:
    subject = DataSubjectFactory(last_contact_at=TWO_YEARS_AGO)
    expire_subjects(now=NOW)

    assert expire_subjects(now=NOW + 30 * DAY - timedelta(seconds=1)) == Expired()
    assert expire_subjects(now=NOW + 30 * DAY) == Expired(anonymised=1)

    assert states() == {subject.pk: (False, True)}


def test_a_sign_of_life_after_the_warning_keeps_the_person() -> None:
    subject = DataSubjectFactory(last_contact_at=TWO_YEARS_AGO)
    expire_subjects(now=NOW)
    touch_subject(subject=subject, now=NOW + DAY)

    assert expire_subjects(now=NOW + 40 * DAY) == Expired()


def nobody_wrote(**facts: Any) -> DataSubject:
    """Somebody known by telephone only, at their term."""
    facts = {"last_contact_at": TWO_YEARS_AGO, "user": None, **facts}
    subject = DataSubjectFactory(**facts)
    return CandidateFactory(email="", phone="+33261910001", subject=subject).subject


def asked_and_told() -> dict[int, tuple[bool, bool, bool]]:
    """Whom somebody has to tell, who is told, who is gone."""
    return {
        one.pk: (one.to_tell_since is not None, one.warned_at is not None, bool(one.anonymised_at))
        for one in DataSubject.objects.order_by("pk")
    }


def test_somebody_no_mail_reaches_is_asked_for_and_not_counted_as_told() -> None:
    early = nobody_wrote(last_contact_at=add_months(NOW + 60 * DAY, -24))
    later = nobody_wrote(last_contact_at=add_months(NOW + 60 * DAY, -24) + DAY)
    # A profile with an address is written to a month later, not called.
    CandidateFactory(
        email="fictif@exemple.test",
        subject=DataSubjectFactory(user=None, last_contact_at=early.last_contact_at),
    )

    assert expire_subjects(now=NOW) == Expired(to_tell=1)
    assert expire_subjects(now=NOW) == Expired()

    early.refresh_from_db()
    assert (early.to_tell_since, early.warned_at) == (NOW, None)
    later.refresh_from_db()
    assert later.to_tell_since is None
    assert not OutboxTask.objects.exists()
    assert AuditLine.objects.get(action=PrivacyEvent.TO_TELL).target_id == str(early.pk)


def test_somebody_nobody_told_goes_at_the_term_and_never_before_thirty_days() -> None:
    in_time = nobody_wrote(last_contact_at=add_months(NOW + 40 * DAY, -24))
    caught_up = nobody_wrote()
    expire_subjects(now=NOW)

    assert [end_of(one) for one in DataSubject.objects.order_by("pk")] == [
        add_months(in_time.last_contact_at, 24),
        NOW + 30 * DAY,
    ]
    assert expire_subjects(now=NOW + 30 * DAY - timedelta(seconds=1)) == Expired()
    assert expire_subjects(now=NOW + 30 * DAY) == Expired(untold=1)
    assert asked_and_told() == {
        in_time.pk: (True, False, False),
        caught_up.pk: (False, False, True),
    }
    assert expire_subjects(now=NOW + 41 * DAY) == Expired(untold=1)


def test_somebody_told_by_telephone_has_their_thirty_days() -> None:
    subject = nobody_wrote(last_contact_at=add_months(NOW + 60 * DAY, -24))
    expire_subjects(now=NOW)
    subject.refresh_from_db()
    by, told = UserFactory(), NOW + 50 * DAY

    note_told(subject=subject, told_on=told.date(), channel=TellingChannel.PHONE, by=by, now=told)

    line = AuditLine.objects.get(action=PrivacyEvent.WARNED)
    assert (line.actor, line.changes) == (
        by,
        {"told_by": ["", "phone"], "warned_at": ["", told.date().isoformat()]},
    )
    assert asked_and_told() == {subject.pk: (False, True, False)}
    # From the morning of that day.
    last = end_of(subject)
    assert told + 29 * DAY < last <= told + 30 * DAY
    assert expire_subjects(now=last - timedelta(seconds=1)) == Expired()
    assert expire_subjects(now=last) == Expired(anonymised=1)


def test_somebody_told_may_ask_to_stay() -> None:
    subject = nobody_wrote()
    expire_subjects(now=NOW)
    subject.refresh_from_db()

    note_stays(subject=subject, channel=TellingChannel.PHONE, by=None, now=NOW + DAY)

    subject.refresh_from_db()
    assert (subject.last_contact_at, subject.to_tell_since) == (NOW + DAY, None)
    assert expire_subjects(now=NOW + 100 * DAY) == Expired()
    assert AuditLine.objects.filter(action=PrivacyEvent.STAYS).count() == 1


def test_telling_is_noted_once_and_on_a_day_that_makes_sense() -> None:
    subject = nobody_wrote()
    facts: dict[str, Any] = {"channel": TellingChannel.LETTER, "by": None, "now": NOW + DAY}
    with pytest.raises(NotToTell):
        note_told(subject=subject, told_on=NOW.date(), **facts)
    expire_subjects(now=NOW)
    seen_twice = [DataSubject.objects.get(pk=subject.pk) for _screen in range(2)]

    for wrong in (NOW - DAY, NOW + 2 * DAY):
        with pytest.raises(ToldTooSoon):
            note_told(subject=seen_twice[0], told_on=wrong.date(), **facts)
    note_told(subject=seen_twice[0], told_on=NOW.date(), **facts)
    for late in (note_told, note_stays):
        told_on = {"told_on": NOW.date()} if late is note_told else {}
        with pytest.raises(NotToTell):
            late(subject=seen_twice[0], **told_on, **facts)
    with pytest.raises(NotToTell):
        note_told(subject=seen_twice[1], told_on=NOW.date(), **facts)

    assert end_of(seen_twice[0]) == NOW + 30 * DAY


def test_an_address_found_meanwhile_is_written_to() -> None:
    subject = nobody_wrote()
    expire_subjects(now=NOW)
    Candidate.objects.update(email="fictif@exemple.test")

    assert expire_subjects(now=NOW + DAY) == Expired(written_to=1)

    assert asked_and_told() == {subject.pk: (False, True, False)}


def test_a_mail_given_up_told_nobody() -> None:
    subject = DataSubjectFactory(last_contact_at=TWO_YEARS_AGO)
    expire_subjects(now=NOW)
    OutboxTask.objects.update(abandoned_at=NOW + DAY)

    assert expire_subjects(now=NOW + 2 * DAY, dry_run=True) == Expired(to_tell=1)
    assert expire_subjects(now=NOW + 2 * DAY) == Expired(to_tell=1)
    # The address that failed is not written to again, every night.
    assert expire_subjects(now=NOW + 3 * DAY) == Expired()
    assert asked_and_told() == {subject.pk: (True, False, False)}
    User.objects.update(email="autre@exemple.test")
    assert expire_subjects(now=NOW + 4 * DAY) == Expired(written_to=1)


def test_a_row_that_names_nobody_goes_at_its_term_and_nobody_is_asked() -> None:
    gone = DataSubjectFactory(user=None, last_contact_at=TWO_YEARS_AGO)
    nearly = DataSubjectFactory(user=None, last_contact_at=TWO_YEARS_AGO + DAY)
    absorbed = nobody_wrote(last_contact_at=TWO_YEARS_AGO + DAY)
    kept = CandidateFactory()
    Candidate.objects.filter(subject=absorbed).update(
        status=CandidateStatus.MERGED, merged_into=kept
    )

    assert expire_subjects(now=NOW) == Expired(anonymised=1)

    assert asked_and_told() == {
        gone.pk: (False, False, True),
        nearly.pk: (False, False, False),
        absorbed.pk: (False, False, False),
        kept.subject.pk: (False, False, False),
    }


def test_whoever_never_confirmed_is_erased_after_a_month() -> None:
    late = DataSubjectFactory(pending=True, pending_until=NOW)
    waiting = DataSubjectFactory(pending=True, pending_until=NOW + DAY)

    assert expire_subjects(now=NOW) == Expired(unanswered=1)

    assert states() == {late.pk: (False, True), waiting.pk: (False, False)}


def test_a_limited_profile_is_not_erased_behind_the_person() -> None:
    DataSubjectFactory(limited=True, last_contact_at=TWO_YEARS_AGO, warned_at=TWO_YEARS_AGO)

    assert expire_subjects(now=NOW) == Expired()


def test_a_dry_run_counts_and_changes_nothing() -> None:
    DataSubjectFactory(last_contact_at=TWO_YEARS_AGO)
    DataSubjectFactory(last_contact_at=TWO_YEARS_AGO, warned_at=NOW - 30 * DAY)
    nobody_wrote(to_tell_since=NOW - 30 * DAY)
    nobody_wrote()
    DataSubjectFactory(pending=True, pending_until=NOW)
    before = states()

    found = Expired(written_to=1, to_tell=1, anonymised=1, untold=1, unanswered=1)
    assert expire_subjects(now=NOW, dry_run=True) == found

    assert states() == before
    assert expire_subjects(now=NOW) == found


def test_many_people_go_in_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expiry, "BATCH", 2)
    for _one in range(5):
        DataSubjectFactory(user=None, last_contact_at=TWO_YEARS_AGO, warned_at=NOW - 31 * DAY)

    assert expire_subjects(now=NOW).anonymised == 5


def test_a_stop_in_the_middle_keeps_what_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [
        DataSubjectFactory(user=None, last_contact_at=TWO_YEARS_AGO, warned_at=NOW - 31 * DAY)
        for _one in range(3)
    ]
    erase = expiry.erase_subject

    def stop(*, subject: DataSubject, **facts: Any) -> None:
        if subject.pk == people[1].pk:
            raise KeyboardInterrupt
        erase(subject=subject, **facts)

    monkeypatch.setattr(expiry, "erase_subject", stop)
    with pytest.raises(KeyboardInterrupt):
        expire_subjects(now=NOW)

    assert [gone for _warned, gone in states().values()] == [True, False, False]


def ran(*arguments: str) -> Any:
    output = io.StringIO()
    call_command("purge_expired", *arguments, stdout=output)
    return json.loads(output.getvalue())


def test_command_acts_today_and_may_run_again() -> None:
    DataSubjectFactory(last_contact_at=add_months(timezone.now(), -25))

    nothing = {"written_to": 0, "to_tell": 0, "anonymised": 0, "untold": 0, "unanswered": 0}
    assert ran("--dry-run") == {**nothing, "written_to": 1}
    assert ran() == {**nothing, "written_to": 1}
    assert ran() == nothing


def test_command_refuses_a_day_to_come_unless_data_are_invented(settings: Settings) -> None:
    DataSubjectFactory(last_contact_at=timezone.now())
    day = add_months(timezone.now(), 25).date()
    found = asdict(Expired(written_to=1))

    with pytest.raises(CommandError, match="avant leur terme"):
        ran("--on", day.isoformat())
    assert ran("--on", day.isoformat(), "--dry-run") == found
    settings.DEMO = True
    assert ran("--on", day.isoformat()) == found
    assert ran("--on", (day + 30 * DAY).isoformat())["anonymised"] == 1


def test_command_acts_as_on_a_day_past() -> None:
    DataSubjectFactory(last_contact_at=TWO_YEARS_AGO)

    assert ran("--on", (add_months(NOW, -3)).date().isoformat())["written_to"] == 0


def test_command_says_how_to_write_a_day() -> None:
    with pytest.raises(CommandError, match="« 30/11/2028 » n’est pas une date : écrivez l’année"):
        ran("--on", "30/11/2028")
