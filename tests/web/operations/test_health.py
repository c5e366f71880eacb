"""What a supervisor hears."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import DatabaseError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from ancrage.kit.models import OutboxTask
from ancrage.kit.outbox import enqueue
from ancrage.web.operations import checks
from tests.factories import UserFactory

FAR = {"REMOTE_ADDR": "198.51.100.7"}
ALL_WELL = {
    "database": "ok",
    "migrations": "ok",
    "outbox": "ok",
    "disk": "ok",
    "cache": "ok",
}


def test_live_answers_without_database_nor_session(client: Client) -> None:
    client.cookies["sessionid"] = "une-session"

    response = client.get("/sante/")

    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response.headers["Cache-Control"]
    assert response.cookies == {}


@pytest.mark.django_db
def test_ready_passes_every_check_and_leaves_nothing(client: Client) -> None:
    response = client.get("/sante/pret/", **FAR)

    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "checks": ALL_WELL},
    )
    assert not OutboxTask.objects.exists()


@pytest.mark.django_db
def test_ready_gives_figures_to_this_machine(client: Client) -> None:
    details = client.get("/sante/pret/").json()["details"]

    assert sorted(details) == sorted(ALL_WELL)
    assert details["migrations"] == "0 to apply"
    assert details["outbox"] == "oldest waits 0 s"


@pytest.mark.django_db
@pytest.mark.parametrize(("is_admin", "told"), [(True, True), (False, False)])
def test_ready_gives_figures_to_administrators(client: Client, is_admin: bool, told: bool) -> None:
    client.force_login(UserFactory(is_platform_admin=is_admin))

    response = client.get("/sante/pret/", **FAR)

    assert ("details" in response.json()) is told


@pytest.mark.django_db
def test_ready_gives_no_figure_behind_a_proxy_nobody_declared(client: Client) -> None:
    response = client.get("/sante/pret/", headers={"X-Forwarded-For": "198.51.100.7"})

    assert "details" not in response.json()


def failed(response: object) -> list[str]:
    assert response.status_code == 503  # type: ignore[attr-defined]
    body = response.json()  # type: ignore[attr-defined]
    assert body["status"] == "failed"
    return [name for name, said in body["checks"].items() if said == "failed"]


@pytest.mark.django_db
def test_ready_fails_when_a_mail_waits_for_a_worker(client: Client) -> None:
    now = timezone.now()
    enqueue(key="k", kind="kit.mail", payload={}, now=now - timedelta(days=2))

    response = client.get("/sante/pret/")

    assert failed(response) == ["outbox"]
    assert response.json()["details"]["outbox"].startswith("oldest waits 17280")


@pytest.mark.django_db
def test_ready_fails_when_a_migration_is_missing(client: Client) -> None:
    MigrationRecorder.Migration.objects.filter(app="accounts", name="0001_initial").delete()

    response = client.get("/sante/pret/")

    assert failed(response) == ["migrations"]
    assert response.json()["details"]["migrations"] == "1 to apply"


@pytest.mark.django_db
def test_ready_fails_when_the_disk_is_full(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checks, "DISK_FLOOR_BYTES", 10**18)

    assert failed(client.get("/sante/pret/")) == ["disk"]


@pytest.mark.django_db
def test_ready_fails_when_the_cache_forgets(client: Client, settings: Settings) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    cache.clear()

    assert failed(client.get("/sante/pret/")) == ["cache"]


@pytest.mark.django_db
def test_ready_says_so_when_the_database_does_not_write(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**values: object) -> None:
        raise DatabaseError("attempt to write a readonly database")

    monkeypatch.setattr(OutboxTask.objects, "create", refuse)
    client.force_login(UserFactory(is_platform_admin=True))

    response = client.get("/sante/pret/", **FAR)

    assert failed(response) == ["database"]
    assert "details" not in response.json()


@pytest.mark.django_db
def test_disk_is_the_one_that_holds_the_data(settings: Settings, tmp_path: Path) -> None:
    settings.VAR_ROOT = tmp_path / "absent"

    finding = checks.run_checks(now=timezone.now())["disk"]

    assert finding.ok
    assert finding.detail == f"{shutil.disk_usage(tmp_path).free // 1024**2} MiB free"
