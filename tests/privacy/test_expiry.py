"""Two years without news: warned, then anonymised thirty days later, and never before."""

import io
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django.fixtures import Settings

from ancrage.kit.outbox import run_due
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import Expired, expire_subjects, expiry, touch_subject
from ancrage.privacy.terms import add_months
from tests.factories import DataSubjectFactory
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

    assert expire_subjects(now=NOW) == Expired(warned=1, anonymised=0, unanswered=0)
    assert expire_subjects(now=NOW) == Expired(warned=0, anonymised=0, unanswered=0)

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

    assert expire_subjects(now=NOW + 30 * DAY - timedelta(seconds=1)) == Expired(0, 0, 0)
    assert expire_subjects(now=NOW + 30 * DAY) == Expired(warned=0, anonymised=1, unanswered=0)

    assert states() == {subject.pk: (False, True)}


def test_a_sign_of_life_after_the_warning_keeps_the_person() -> None:
    subject = DataSubjectFactory(last_contact_at=TWO_YEARS_AGO)
    expire_subjects(now=NOW)
    touch_subject(subject=subject, now=NOW + DAY)

    assert expire_subjects(now=NOW + 40 * DAY) == Expired(0, 0, 0)


def test_somebody_who_cannot_be_written_to_has_the_same_thirty_days() -> None:
    subject = DataSubjectFactory(user=None, last_contact_at=TWO_YEARS_AGO)

    assert expire_subjects(now=NOW).warned == 1
    assert states() == {subject.pk: (True, False)}
    assert expire_subjects(now=NOW + 30 * DAY).anonymised == 1
    assert run_due(clock=lambda: NOW).done == 0


def test_whoever_never_confirmed_is_erased_after_a_month() -> None:
    late = DataSubjectFactory(pending=True, pending_until=NOW)
    waiting = DataSubjectFactory(pending=True, pending_until=NOW + DAY)

    assert expire_subjects(now=NOW) == Expired(warned=0, anonymised=0, unanswered=1)

    assert states() == {late.pk: (False, True), waiting.pk: (False, False)}


def test_a_limited_profile_is_not_erased_behind_the_person() -> None:
    DataSubjectFactory(limited=True, last_contact_at=TWO_YEARS_AGO, warned_at=TWO_YEARS_AGO)

    assert expire_subjects(now=NOW) == Expired(0, 0, 0)


def test_a_dry_run_counts_and_changes_nothing() -> None:
    DataSubjectFactory(last_contact_at=TWO_YEARS_AGO)
    DataSubjectFactory(last_contact_at=TWO_YEARS_AGO, warned_at=NOW - 30 * DAY)
    DataSubjectFactory(pending=True, pending_until=NOW)
    before = states()

    assert expire_subjects(now=NOW, dry_run=True) == Expired(1, 1, 1)

    assert states() == before
    assert expire_subjects(now=NOW) == Expired(1, 1, 1)


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

    assert ran("--dry-run") == {"warned": 1, "anonymised": 0, "unanswered": 0}
    assert ran() == {"warned": 1, "anonymised": 0, "unanswered": 0}
    assert ran() == {"warned": 0, "anonymised": 0, "unanswered": 0}


def test_command_refuses_a_day_to_come_unless_data_are_invented(settings: Settings) -> None:
    DataSubjectFactory(last_contact_at=timezone.now())
    day = add_months(timezone.now(), 25).date()
    found = {"warned": 1, "anonymised": 0, "unanswered": 0}

    with pytest.raises(CommandError, match="avant leur terme"):
        ran("--on", day.isoformat())
    assert ran("--on", day.isoformat(), "--dry-run") == found
    settings.DEMO = True
    assert ran("--on", day.isoformat()) == found
    assert ran("--on", (day + 30 * DAY).isoformat())["anonymised"] == 1


def test_command_acts_as_on_a_day_past() -> None:
    DataSubjectFactory(last_contact_at=TWO_YEARS_AGO)

    assert ran("--on", (add_months(NOW, -3)).date().isoformat())["warned"] == 0


def test_command_says_how_to_write_a_day() -> None:
    with pytest.raises(CommandError, match="« 30/11/2028 » n’est pas une date : écrivez l’année"):
        ran("--on", "30/11/2028")
