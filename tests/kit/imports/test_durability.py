"""Processes killed in the middle, and two imports at once: on real processes, both databases."""

import io
import random
import time
from datetime import timedelta
from unittest import mock

import pytest

from ancrage.kit.imports import applying, services, staging
from ancrage.kit.imports.planning import Planner
from ancrage.kit.models import AuditLine, StagedImport
from tests.factories.moments import NOW
from tests.kit.imports.helpers import HEADER, OWNER, apply, csv_file, stage
from tests.kit.imports.toy import Orders, stored_orders
from tests.processes import FORK, Shared, die

pytestmark = [pytest.mark.django_db(transaction=True)]

LINES = 1200
LATER = NOW + timedelta(minutes=10)


@pytest.fixture
def shared(transactional_db, tmp_path):
    return Shared(tmp_path)


def big_file(posts: int) -> io.BytesIO:
    return csv_file(HEADER, *[f"A{number};IDE;{posts};;;;" for number in range(LINES)])


def deposit(posts: int = 1) -> int:
    return stage(big_file(posts)).pk


def apply_now(staged_id: int, now=NOW) -> str:
    return apply(StagedImport.objects.get(pk=staged_id), now=now).status


def state(staged_id: int) -> tuple[str, int, int]:
    """Status of the import, number of orders written, audit lines."""
    staged = StagedImport.objects.get(pk=staged_id)
    return (staged.status, len(stored_orders(OWNER)), AuditLine.objects.count())


def dying_when(target: object, name: str, call: int):
    """Die at the n-th call of a function, just before it does anything."""
    original = getattr(target, name)
    calls = iter(range(1, 1_000_000))

    def fatal(*arguments, **named):
        if next(calls) == call:
            die()
        return original(*arguments, **named)

    return mock.patch.object(target, name, fatal)


def apply_dying(staged_id: int, target: object, name: str, call: int) -> None:
    with dying_when(target, name, call):
        apply_now(staged_id)


@pytest.mark.parametrize(
    ("target", "name", "call"),
    [
        (applying, "_apply", 1),
        (Planner, "resolve", 1),
        (Orders, "apply", 1),
        (Orders, "apply", 2),
        (Orders, "apply", 3),
        (applying, "record", 1),
    ],
    ids=["gate taken", "first lines read", "0 written", "500", "1000", "all but the end"],
)
def test_process_killed_while_applying_leaves_nothing_half_done(shared, target, name, call):
    staged_id = shared.call(deposit)

    outcome, _value = shared.start(apply_dying, staged_id, target, name, call).end()

    assert outcome == "died"
    assert shared.call(state, staged_id) == ("staged", 0, 0)
    assert shared.call(apply_now, staged_id, LATER) == "applied"
    assert shared.call(state, staged_id) == ("applied", LINES, 1)


def test_process_killed_at_random_moments_is_either_done_or_not(shared):
    staged_id = shared.call(deposit)
    dice = random.Random(2026)
    begun = time.perf_counter()
    now = NOW
    for _ in range(6):
        now += timedelta(minutes=10)
        running = shared.start(apply_now, staged_id, now)
        time.sleep(dice.uniform(0.005, 0.35))
        running.kill()
        running.end()
        assert shared.call(state, staged_id) in {("staged", 0, 0), ("applied", LINES, 1)}
        if time.perf_counter() - begun > 20:
            break
    if shared.call(state, staged_id)[0] == "staged":
        shared.call(apply_now, staged_id, now + timedelta(minutes=10))
    assert shared.call(state, staged_id) == ("applied", LINES, 1)


def read_dying(target: object, name: str, call: int) -> None:
    with dying_when(target, name, call):
        deposit()


def read_again() -> tuple[str, int]:
    staged = StagedImport.objects.get()
    services.run_staging(staged_id=staged.pk, now=NOW)
    staged.refresh_from_db()
    return (staged.status, staged.rows.count())


@pytest.mark.parametrize("call", [1, 2, 3])
def test_process_killed_while_reading_can_be_read_again(shared, call):
    outcome, _value = shared.start(read_dying, staging, "_stored_rows", call).end()

    assert outcome == "died"
    assert shared.call(read_again) == ("staged", LINES)


def apply_waiting(staged_id: int, inside, go_on) -> str:
    """Apply, and stay inside the transaction until told to go on."""
    write = Orders.apply

    def slow(self, rows, context):
        write(self, rows, context)
        inside.set()
        go_on.wait(20)

    with mock.patch.object(Orders, "apply", slow):
        return apply_now(staged_id)


def test_second_import_at_once_is_told_without_waiting(shared):
    first, second = shared.call(deposit, 1), shared.call(deposit, 2)
    inside, go_on = FORK.Event(), FORK.Event()
    running = shared.start(apply_waiting, first, inside, go_on)
    assert inside.wait(20)

    begun = time.perf_counter()
    outcome, sentence = shared.start(apply_now, second).end()
    waited = time.perf_counter() - begun

    go_on.set()
    assert running.end() == ("returned", "applied")
    assert outcome == "raised"
    assert sentence.startswith("AnotherImportRunning: Un autre import de la même structure")
    assert waited < 10
    assert shared.call(state, second) == ("staged", LINES, 1)


def test_same_import_applied_by_two_processes_is_written_once(shared):
    staged_id = shared.call(deposit)

    both = [shared.start(apply_now, staged_id) for _ in range(2)]
    ends = sorted(running.end() for running in both)

    assert ends[1] == ("returned", "applied")
    assert ends[0][0] == "raised"
    assert ends[0][1].split(":")[0] in {
        "AnotherImportRunning",
        "ImportAlreadyApplied",
        "ImportNotReady",
    }
    assert shared.call(state, staged_id) == ("applied", LINES, 1)


def test_two_imports_of_one_owner_never_mix(shared):
    first, second = shared.call(deposit, 1), shared.call(deposit, 2)

    both = [shared.start(apply_now, one) for one in (first, second)]
    outcomes = sorted(running.end()[0] for running in both)

    assert outcomes == ["raised", "returned"]
    statuses = sorted(shared.call(state, one)[0] for one in (first, second))
    assert statuses == ["applied", "staged"]
    assert len(shared.call(posts_written)) == 1


def posts_written() -> set[int]:
    return {order["posts"] for order in stored_orders(OWNER).values()}
