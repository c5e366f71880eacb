from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def ledger(settings: Settings, tmp_path: Path) -> Path:
    """Where each test writes who was erased: a file of its own."""
    settings.ERASURE_LEDGER = tmp_path / "var" / "erasures.jsonl"
    return settings.ERASURE_LEDGER
