"""Reading an instance from JSON: what cannot be read is said in one clear sentence."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
LARGEST = 10**9


class BadFile(Exception):
    """Why a file cannot be read, in a sentence for whoever gave it."""


def text_of(path: Path) -> str:
    """Return what a file says.

    Raises:
        BadFile: it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadFile(f"Impossible de lire « {path} » : {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise BadFile(f"« {path} » n’est pas un texte en UTF-8.") from error


def write(path: Path, text: str) -> None:
    """Write a file.

    Raises:
        BadFile: it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadFile(f"Impossible d’écrire « {path} » : {error.strerror}.") from error


def data_of(text: str) -> object:
    """Return what this JSON holds.

    Raises:
        BadFile: it is no JSON.
    """
    try:
        return json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadFile(f"Ce fichier n’est pas du JSON lisible : {error}.") from error


def _refuse(name: str) -> None:
    raise BadFile(f"{name} n’est pas un nombre fini.")


class Reader:
    """Reads the values of one file, and remembers the keys that it did not know."""

    def __init__(self) -> None:
        self.ignored: list[str] = []

    def mapping(self, value: object, what: str, known: set[str]) -> Row:
        """Return an object, whose unknown keys are told."""
        if not isinstance(value, dict):
            raise BadFile(f"{what} doit être un objet JSON.")
        self.ignored += [key for key in value if key not in known and key not in self.ignored]
        return value

    @staticmethod
    def rows(row: Row, key: str, what: str, *, needed: bool = False) -> list[Any]:
        """Return a list; an absent one is empty, unless it is needed."""
        value = row.get(key)
        if value is None and not needed:
            return []
        if not isinstance(value, list):
            raise BadFile(f"{what} : « {key} » doit être une liste.")
        return value

    @staticmethod
    def text(row: Row, key: str, what: str) -> str:
        """Return a text, that is not empty."""
        value = row.get(key)
        if not isinstance(value, str) or not value.strip():
            raise BadFile(f"{what} : « {key} » doit être un texte.")
        return value

    @staticmethod
    def whole(row: Row, key: str, what: str, default: int | None = None) -> int:
        """Return a whole number; without a default, it must be there."""
        value = row.get(key)
        if value is None and default is not None:
            return default
        if isinstance(value, bool) or not isinstance(value, int):
            raise BadFile(f"{what} : « {key} » doit être un nombre entier.")
        if abs(value) > LARGEST:
            raise BadFile(f"{what} : « {key} » vaut {value}, bien plus qu’il n’est possible.")
        return value

    def day(self, row: Row, key: str, what: str) -> date:
        """Return a day."""
        value = self.text(row, key, what)
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise BadFile(
                f"{what} : « {key} » est « {value} » ; écrivez une date comme 2027-01-31."
            ) from error
