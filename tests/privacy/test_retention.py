"""What has been kept long enough goes; what has not stays."""

import io
import json
from datetime import datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.kit.models import AuditLine, OutboxTask, StagedImport
from ancrage.kit.outbox import enqueue
from ancrage.privacy import retention
from ancrage.privacy.retention import purge, purges
from ancrage.privacy.services import (
    forget_done_tasks,
    forget_ended_sessions,
    forget_old_imports,
    forget_old_lines,
)
from tests.factories import UserFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def session(user: User, key: str, *, expires: datetime) -> None:
    Session.objects.create(session_key=key, session_data="", expire_date=expires)
    UserSession.objects.create(user=user, session_key=key, ip="192.0.2.7")


def line(at: datetime) -> None:
    AuditLine.objects.create(
        at=at, action="x", target_type="x", target_id="1", target_label=f"{at:%Y-%m-%d}"
    )


def test_ended_sessions_go_with_their_device() -> None:
    user = UserFactory()
    session(user, "alive", expires=NOW + DAY)
    session(user, "over", expires=NOW)
    UserSession.objects.create(user=user, session_key="orphan", ip="192.0.2.7")

    assert [forget_ended_sessions(now=NOW) for _time in range(2)] == [1, 0]

    assert list(Session.objects.values_list("session_key", flat=True)) == ["alive"]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == ["alive"]


def test_tasks_go_ninety_days_after_their_end_and_never_before_it() -> None:
    for key in ("waiting", "done", "just done", "given up"):
        enqueue(key=key, kind="x", payload={}, now=NOW - 200 * DAY)
    OutboxTask.objects.filter(key="done").update(done_at=NOW - 90 * DAY)
    OutboxTask.objects.filter(key="just done").update(done_at=NOW - 89 * DAY)
    OutboxTask.objects.filter(key="given up").update(abandoned_at=NOW - 91 * DAY)

    assert [forget_done_tasks(now=NOW) for _time in range(2)] == [2, 0]

    assert sorted(OutboxTask.objects.values_list("key", flat=True)) == ["just done", "waiting"]


def test_lines_of_the_journal_go_after_a_year() -> None:
    line(NOW - 366 * DAY)
    line(NOW - 365 * DAY)
    line(NOW - 364 * DAY)

    assert [forget_old_lines(now=NOW) for _time in range(2)] == [2, 0]

    assert AuditLine.objects.count() == 1


def test_imported_files_go_after_ninety_days() -> None:
    for age in (91, 89):
        StagedImport.objects.create(
            kind="toy", owner_key="partner:1", created_at=NOW - age * DAY, filename="x.csv", size=1
        )

    assert [forget_old_imports(now=NOW) for _time in range(2)] == [1, 0]

    assert StagedImport.objects.count() == 1


def test_each_part_declares_what_it_forgets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_sweeps", {})

    @purges("seconde")
    def second(*, now: datetime) -> int:
        return 2

    @purges("première")
    def first(*, now: datetime) -> int:
        return int(now == NOW)

    assert list(purge(now=NOW).items()) == [("première", 1), ("seconde", 2)]
    assert purges("première")(first) is first
    with pytest.raises(ValueError, match="two sweeps are called 'première'"):
        purges("première")(second)


def test_command_forgets_and_counts_and_may_run_again() -> None:
    line(timezone.now() - 400 * DAY)
    outputs = []
    for _time in range(2):
        output = io.StringIO()
        call_command("purge", stdout=output)
        outputs.append(json.loads(output.getvalue()))

    assert [counts["journal"] for counts in outputs] == [1, 0]
    assert set(outputs[0]) >= {"imports", "journal", "outbox", "sessions"}
