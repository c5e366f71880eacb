"""Tasks done at least once, put off when they fail, given up in the end."""

from datetime import timedelta

import pytest

from ancrage.kit import outbox
from ancrage.kit.models import OutboxTask
from ancrage.kit.outbox import LEASE, MAX_ATTEMPTS, Ran, enqueue, oldest_waiting_at, run_due
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

KIND = "test.task"


@pytest.fixture
def calls(monkeypatch):
    """The payloads that the handler of `KIND` was given; one that says « fail » fails."""
    seen = []

    def handle(payload, now):
        seen.append(payload)
        if payload.get("fail"):
            raise ConnectionError("the server is away")

    monkeypatch.setitem(outbox._handlers, KIND, handle)
    return seen


def task(key="one", **payload):
    return enqueue(key=key, kind=KIND, payload=payload, now=NOW)


def run(at=NOW):
    return run_due(clock=lambda: at)


def test_task_is_done_once_and_forgets_whom_it_names(calls):
    task(name="Alix")

    assert (run(), run()) == (Ran(done=1), Ran())

    row = OutboxTask.objects.get()
    assert calls == [{"name": "Alix"}]
    assert (row.done_at, row.payload, row.lease_until, row.attempts) == (NOW, {}, None, 1)


def test_key_known_already_writes_no_second_task(calls):
    assert (task(), task(other=True)) == (True, False)
    assert OutboxTask.objects.get().payload == {}


def test_tasks_are_done_from_their_moment_the_oldest_first(calls):
    enqueue(key="b", kind=KIND, payload={"n": 2}, now=NOW, run_at=NOW + timedelta(minutes=1))
    enqueue(key="c", kind=KIND, payload={"n": 3}, now=NOW, run_at=NOW + timedelta(hours=1))
    task("a", n=1)

    assert run(NOW + timedelta(minutes=2)) == Ran(done=2)
    assert [payload["n"] for payload in calls] == [1, 2]
    assert oldest_waiting_at(now=NOW + timedelta(hours=2)) == NOW + timedelta(hours=1)


def test_task_that_fails_is_put_off_further_each_time_then_given_up(calls):
    task(fail=True)
    waits, at = [], NOW
    for _attempt in range(MAX_ATTEMPTS - 1):
        assert run(at) == Ran(retried=1)
        row = OutboxTask.objects.get()
        waits.append((row.run_at - at) // timedelta(minutes=1))
        at = row.run_at

    assert run(at) == Ran(abandoned=1)
    row = OutboxTask.objects.get()
    assert waits == [2, 4, 8, 16, 32, 64, 128]
    assert (row.abandoned_at, row.done_at, row.lease_until) == (at, None, None)
    assert row.last_error == "ConnectionError: the server is away\n"
    assert run(at + timedelta(days=1)) == Ran()


def test_kind_that_no_handler_knows_waits_for_the_next_version(calls):
    enqueue(key="x", kind="test.unknown", payload={}, now=NOW)

    assert run() == Ran(retried=1)


def test_task_of_a_worker_that_died_is_taken_again_once_its_lease_is_over(calls):
    task()
    OutboxTask.objects.update(lease_until=NOW + LEASE, attempts=1)

    assert run(NOW + LEASE) == Ran()
    assert run(NOW + LEASE + timedelta(seconds=1)) == Ran(done=1)


def test_task_that_kills_every_worker_is_given_up(calls):
    task()
    OutboxTask.objects.update(lease_until=NOW - LEASE, attempts=MAX_ATTEMPTS)

    assert run() == Ran(abandoned=1)

    row = OutboxTask.objects.get()
    assert calls == []
    assert (row.abandoned_at, row.last_error) == (NOW, "every worker that took it was stopped")
