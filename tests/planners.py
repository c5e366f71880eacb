"""Commands that plan from a file to a file, without a database."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command


def write(folder: Path, data: Any, name: str = "instance.json") -> Path:
    """Write an instance, or the text of one, and return its file."""
    path = folder / name
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return path


def refusal_of(command: str, *arguments: object, **options: Any) -> str:
    """Return why `command` stops, with the code of a fault in what it was given."""
    with pytest.raises(CommandError) as refused:
        call_command(command, *map(str, arguments), stdout=StringIO(), **options)
    assert refused.value.returncode == 2
    return str(refused.value)
