"""Production refuses to start half configured, and has nothing to reproach itself with."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
COMPLETE = {
    "SECRET_KEY": "k7Tq2vXw9Zb4Lr8Nc1Yh6Jd3Fg5Ms0Pa-uEoIiUyRtWqSxDcVfBgNhJm",
    "ALLOWED_HOSTS": "ancrage.example",
    "SITE_URL": "https://ancrage.example",
    "EMAIL_URL": "submission://compte:secret@mail.example:587",
    "DATABASE_URL": "sqlite:///:memory:",
}


def check_deploy(**environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={
            **inherited,
            "DJANGO_SETTINGS_MODULE": "ancrage.config.settings.prod",
            **environment,
        },
        capture_output=True,
        text=True,
    )


def test_complete_production_passes_every_check_of_django():
    done = check_deploy(**COMPLETE)

    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL"])
def test_production_without_an_obligatory_variable_does_not_start(name: str):
    done = check_deploy(**{key: value for key, value in COMPLETE.items() if key != name})

    assert done.returncode != 0
    assert f'Environment variable "{name}" not set' in done.stderr


def test_what_runs_is_what_is_tested():
    def pins(name: str) -> set[str]:
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        return {line.split(" ")[0] for line in lines if "==" in line and line[0] != " "}

    assert pins("requirements.txt") - pins("requirements-dev.txt") == set()
    assert len(pins("requirements.txt")) > 30
