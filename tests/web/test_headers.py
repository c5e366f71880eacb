"""What every answer tells the browser to refuse."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory
from tests.matrix.world import ACTORS, Row, World, build_world
from tests.test_permission_matrix import _matrix

ROOT = Path(__file__).resolve().parents[2]

# Pages of libraries, which the matrix leaves to the tests of the doors.
DOORS = ("account_login", "account_signup", "account_request_login_code", "account_reset_password")


def faults_of(response: HttpResponse) -> list[str]:
    """Return the headers that are missing or too lax."""
    headers = response.headers
    policy = dict(
        part.strip().partition(" ")[::2]
        for part in headers.get("Content-Security-Policy", "").split(";")
    )
    expected = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "X-Frame-Options": "DENY",
    }
    faults = [name for name, value in expected.items() if headers.get(name) != value]
    if policy.get("default-src") != "'none'" or policy.get("frame-ancestors") != "'none'":
        faults.append("Content-Security-Policy")
    if re.search(r"unsafe|\*|https?:", headers.get("Content-Security-Policy", "")):
        faults.append("Content-Security-Policy is lax")
    if "camera=()" not in headers.get("Permissions-Policy", ""):
        faults.append("Permissions-Policy")
    return faults


def ask(client: Client, name: str, row: Row, world: World) -> HttpResponse:
    url = reverse(name, kwargs=dict(row.make(world)))
    if row.method == "POST":
        return client.post(url, dict(row.data(world)))
    return client.generic(row.method, url)


@pytest.mark.django_db
def test_every_page_closes_the_browser_s_doors() -> None:
    """The first reader who is let in sees the page; where nobody is, a refusal has headers too."""
    world = build_world()
    found: dict[str, list[str]] = {}
    for name, row in sorted(_matrix().items()):
        readers = zip(ACTORS, row.statuses, strict=True)
        reader = world.readers[next((actor for actor, code in readers if code == 200), "visitor")]
        client = Client()
        with transaction.atomic():
            if reader is not None:
                client.force_login(reader)
            response = ask(client, name, row, world)
            transaction.set_rollback(True)
        found[name] = faults_of(response)
        if reader is not None and "no-store" not in response.headers["Cache-Control"]:
            found[name].append("Cache-Control")

    assert {name: faults for name, faults in found.items() if faults} == {}


@pytest.mark.django_db
@pytest.mark.parametrize("name", DOORS)
def test_doors_close_them_too(client: Client, name: str) -> None:
    assert faults_of(client.get(reverse(name))) == []


@pytest.mark.django_db
@pytest.mark.parametrize("url", ["/sante/", "/nulle-part/"])
def test_refusals_and_health_close_them_too(client: Client, url: str) -> None:
    assert faults_of(client.get(url)) == []


@pytest.mark.django_db
def test_public_page_may_be_kept_for_visitors_and_never_for_a_person(client: Client) -> None:
    url = reverse("privacy:register")
    assert "Cache-Control" not in client.get(url).headers

    client.force_login(UserFactory())

    assert client.get(url).headers["Cache-Control"] == "no-store, private"


def test_production_settings_pass_the_deployment_check(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "PYTHONWARNINGS": "ignore",
            "DJANGO_SETTINGS_MODULE": "ancrage.config.settings.prod",
            "ANCRAGE_VAR": str(tmp_path),
            "SECRET_KEY": "0a1b2c3d4e5f6g7h8i9j-0a1b2c3d4e5f6g7h8i9j-0a1b2c3d4e5f6g7h8i9j",
            "ALLOWED_HOSTS": "ancrage.exemple.test",
            "SITE_URL": "https://ancrage.exemple.test",
            "EMAIL_URL": "smtp://user:motdepasse@mail.exemple.test:587",
        },
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stdout.strip()) == (
        0,
        "System check identified no issues (0 silenced).",
    ), done.stderr


@pytest.mark.parametrize("missing", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL"])
def test_production_does_not_start_without_its_secrets(tmp_path: Path, missing: str) -> None:
    env = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "ancrage.config.settings.prod",
        "ANCRAGE_VAR": str(tmp_path),
        "SECRET_KEY": "x" * 60,
        "ALLOWED_HOSTS": "ancrage.exemple.test",
        "SITE_URL": "https://ancrage.exemple.test",
        "EMAIL_URL": "smtp://mail.exemple.test:25",
    }
    del env[missing]

    done = subprocess.run(
        [sys.executable, "manage.py", "check"], cwd=ROOT, env=env, capture_output=True, text=True
    )

    assert done.returncode != 0
    assert missing in done.stderr
