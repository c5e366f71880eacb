"""A data·inclusion file turned into the table that the import engine reads.

The JSON is read record by record, so that a national file never stands whole in memory. Accepted:
`{"structures": […], "services": […]}`, a list of either, a page of an API (`{"items": […]}`), and
a ZIP of such files. Structures come first in the table; each says what its services serve, each
service says what its structure is called and where it stands.
"""

import csv
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import IO, Any, BinaryIO, cast

from django.utils.translation import gettext_lazy as _

from ancrage.kit.tabular.cells import storable
from ancrage.kit.tabular.errors import ArchiveTooLarge, TableError, readable_size
from ancrage.kit.tabular.limits import MEBIBYTE
from ancrage.kit.tabular.writing.escaping import escape_formula
from ancrage.welcome.reference.schema import PERSONAL
from ancrage.welcome.services.inclusion.columns import CODES, WITHHELD

STRUCTURE, SERVICE = "structure", "service"
LARGEST_UNPACKED = 400 * MEBIBYTE
_LISTS = {"structures": STRUCTURE, "services": SERVICE, "items": "", "data": "", "results": ""}
_PIECE = 64 * 1024
_LONGEST_RECORD = 1_000_000
_MEMORY_BYTES = 1024 * 1024
# A cell of more lines would be taken for a quote that was never closed.
_MOST_LINES = 100
_BLANK = re.compile(r"[ \t\r\n]*")
_decoder = json.JSONDecoder()


class NotADirectory(TableError):
    """The file holds neither structures nor services."""

    code = "not_a_directory"
    sentence = _(
        "Ce fichier n’est pas un annuaire data·inclusion : un JSON de « structures » et de "
        "« services » est attendu, ou un ZIP des deux."
    )


class UnreadableJson(TableError):
    """The JSON stops making sense at one record."""

    code = "unreadable_json"
    sentence = _(
        "Le JSON ne se lit plus à partir de « %(path)s » : ouvrez le fichier à cet endroit, ou "
        "demandez-en une nouvelle copie."
    )


@dataclass
class _Around:
    """What structures and services tell of one another."""

    served: dict[str, set[str]] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)


def table_of_inclusion(stream: BinaryIO) -> BinaryIO:
    """Turn a data·inclusion JSON or ZIP into the CSV that the engine reads, names of people out.

    Raises NotADirectory, UnreadableJson, ArchiveTooLarge.
    """
    around, found = _Around(), False
    for _path, nature, record in _records(stream):
        found = True
        if nature == SERVICE:
            served = around.served.setdefault(str(record.get("structure_id") or ""), set())
            zones = record.get("zone_eligibilite")
            served |= {str(one) for one in zones} if isinstance(zones, list) else set()
            served |= {str(record["code_insee"])} if record.get("code_insee") else set()
        else:
            place = str(record.get("code_insee") or "")
            around.names[str(record.get("id") or "")] = (str(record.get("nom") or ""), place)
    if not found:
        raise NotADirectory
    out = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_MEMORY_BYTES))  # noqa: SIM115
    text = io.TextIOWrapper(
        out, encoding="utf-8", newline="", write_through=True, errors="replace"
    )
    # A comma, like those inside the lists: whoever guesses the separator cannot be misled.
    writer = csv.writer(text)
    writer.writerow(CODES)
    for wanted in (STRUCTURE, SERVICE):
        for path, nature, record in _records(stream):
            if nature == wanted:
                writer.writerow(_cells(path, nature, record, around))
    text.detach()
    out.seek(0)
    return out


def _cells(path: str, nature: str, record: dict[str, Any], around: _Around) -> Iterator[str]:
    name, place = around.names.get(str(record.get("structure_id") or ""), ("", ""))
    served = around.served.get(str(record.get("id") or ""), set())
    told = {
        "chemin": storable(path),
        "nature": nature,
        "dessert": storable(" ".join(sorted(served))) if nature == STRUCTURE else "",
        "structure_nom": storable(name),
        "structure_insee": place,
        PERSONAL: WITHHELD if record.get(PERSONAL) else "",
    }
    return (
        escape_formula(told[code] if code in told else _cell(record.get(code))) for code in CODES
    )


def _cell(value: Any) -> str:
    """One value as a cell; what is no text or number keeps its JSON, which the columns judge."""
    if value is None:
        return ""
    if isinstance(value, str):
        lines = storable(value).replace("\r\n", "\n")
        return lines if lines.count("\n") < _MOST_LINES else " ".join(lines.split())
    return json.dumps(value, ensure_ascii=False)


def _records(stream: BinaryIO) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(path, nature, record) of everything in the file, in its order."""
    for name, part in _parts(stream):
        for key, index, value in _items(part, name):
            path = f"{name}{key}[{index}]"
            record = value if isinstance(value, dict) else {"nom": value}
            nature = _LISTS.get(key, "") or (SERVICE if "structure_id" in record else STRUCTURE)
            yield path, nature, record


def _parts(stream: BinaryIO) -> Iterator[tuple[str, IO[bytes]]]:
    """The JSON files to read: the stream itself, or those of the ZIP that it is."""
    stream.seek(0)
    if not zipfile.is_zipfile(stream):
        stream.seek(0)
        yield "", stream
        return
    with _archive(stream) as archive:
        for info in archive.infolist():
            if info.filename.lower().endswith(".json"):
                with archive.open(info) as part:
                    yield f"{info.filename}:", part


@contextmanager
def _archive(stream: BinaryIO) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(stream) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > LARGEST_UNPACKED:
                raise ArchiveTooLarge(
                    size=readable_size(unpacked), limit=readable_size(LARGEST_UNPACKED)
                )
            yield archive
    except (zipfile.BadZipFile, RuntimeError, EOFError) as problem:
        raise NotADirectory from problem


class _Json:
    """A JSON text read from a stream a piece at a time."""

    def __init__(self, stream: IO[bytes], name: str) -> None:
        self._text = io.TextIOWrapper(cast(Any, _Open(stream)), encoding="utf-8-sig")
        self._name = name
        self._held = ""
        self._at = 0
        self._ended = False

    def peek(self) -> str:
        """The next character that counts, "" at the end."""
        while True:
            match = _BLANK.match(self._held, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._held) or not self._more():
                return self._held[self._at : self._at + 1]

    def take(self, expected: str, path: str) -> None:
        """Go past a sign. Raises UnreadableJson."""
        if self.peek() != expected:
            raise UnreadableJson(path=self._name + path)
        self._at += 1

    def value(self, path: str) -> Any:
        """Read one whole value. Raises UnreadableJson."""
        self.peek()
        while True:
            try:
                value, end = _decoder.raw_decode(self._held, self._at)
            except (ValueError, RecursionError) as problem:
                whole = len(self._held) - self._at > _LONGEST_RECORD or not self._more()
                if whole:
                    raise UnreadableJson(path=self._name + path) from problem
                continue
            if end < len(self._held) or not self._more():
                self._held, self._at = self._held[end:], 0
                return value

    def _more(self) -> bool:
        if self._ended:
            return False
        try:
            piece = self._text.read(_PIECE)
        except UnicodeDecodeError as problem:
            raise NotADirectory from problem
        self._ended = not piece
        self._held, self._at = self._held[self._at :] + piece, 0
        return bool(piece)


class _Open(io.RawIOBase):
    """A stream that stays open when the text read from it is done with."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _items(stream: IO[bytes], name: str) -> Iterator[tuple[str, int, Any]]:
    """(list, index, value) of each element of the lists of a document."""
    json_text = _Json(stream, name)
    first = json_text.peek()
    if first == "[":
        for index, value in _elements(json_text, ""):
            yield "", index, value
        return
    if first != "{":
        raise NotADirectory
    json_text.take("{", "{")
    while json_text.peek() == '"':
        key = str(json_text.value("{"))
        json_text.take(":", key)
        if key in _LISTS and json_text.peek() == "[":
            for index, value in _elements(json_text, key):
                yield key, index, value
        else:
            json_text.value(key)
        if json_text.peek() == ",":
            json_text.take(",", key)
    json_text.take("}", "}")


def _elements(json_text: _Json, key: str) -> Iterator[tuple[int, Any]]:
    json_text.take("[", key)
    index = 0
    while json_text.peek() != "]":
        path = f"{key}[{index}]"
        yield index, json_text.value(path)
        index += 1
        if json_text.peek() != "]":
            json_text.take(",", path)
    json_text.take("]", key)
