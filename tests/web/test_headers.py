"""What the answers that the permission matrix does not ask for tell the browser to refuse."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import UserFactory
from tests.headers import faults_of

ROOT = Path(__file__).resolve().parents[2]

# Pages of libraries, which the matrix leaves to the tests of the doors.
DOORS = ("account_login", "account_signup", "account_request_login_code", "account_reset_password")


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
