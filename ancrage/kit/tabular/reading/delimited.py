"""CSV and its cousins: encoding and separator found, lines numbered as a spreadsheet shows them.

Encodings: UTF-8 (with or without mark), UTF-16 (the same), else Windows-1252, which old French
software writes and which contains latin-1. Separators: `;`, `,`, tab, `|`.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from ancrage.kit.tabular.cells import CellError, CellValue, FormulaText
from ancrage.kit.tabular.errors import CellTooLong, DamagedFile, UnclosedQuote
from ancrage.kit.tabular.limits import Limits
from ancrage.kit.tabular.reading.base import Sheet, Table
from ancrage.kit.tabular.reading.formats import Format, size_of

_PIECE_BYTES = 64 * 1024
_SAMPLE_LINES = 60
# A cell of more lines than this is a quote opened by mistake and closed by the next one.
_LINES_PER_RECORD = 200
_DELIMITERS = (";", "\t", ",", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Excel reads the separator from a first line « sep=; », which it does not show.
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_ERROR_CELL = re.compile(r"#(REF!|N/A|NOM\?|NAME\?|VALEUR!|VALUE!|DIV/0!|NUL!|NULL!|NOMBRE!|NUM!)")


class DelimitedTable(Table):
    """A text file whose columns are separated by one character."""

    format = Format.TEXT
    sheets = (Sheet(""),)

    def __init__(self, stream: BinaryIO, limits: Limits) -> None:
        super().__init__(limits)
        self._stream = stream
        self._size = max(1, size_of(stream))
        self.encoding = detect_encoding(stream)
        sample = self._sample()
        declared = _SEPARATOR_LINE.fullmatch(sample[0]) if sample else None
        self._skipped = 1 if declared else 0
        self.delimiter = declared[1] if declared else detect_delimiter(sample)

    def close(self) -> None:
        """Nothing is kept open between two readings."""

    def _text(self) -> "_KeptOpen":
        self._stream.seek(0)
        return _KeptOpen(self._stream, self.encoding)

    def _sample(self) -> list[str]:
        try:
            with self._text() as text:
                return list(islice(text, _SAMPLE_LINES))
        except UnicodeError as problem:
            raise DamagedFile from problem

    def _raw_rows(self, _sheet: Sheet) -> Iterator[tuple[int, list[CellValue]]]:
        with self._text() as text:
            for _ in range(self._skipped):
                text.readline()
            lines = _Lines(text)
            # A cell longer than allowed is reported with its line, by the same limit.
            csv.field_size_limit(max(131_072, self.limits.cell_characters + 1))
            reader = csv.reader(lines, delimiter=self.delimiter)
            number = 0
            while True:
                lines.begin_record()
                try:
                    fields = next(reader, None)
                except csv.Error as problem:
                    if lines.spread > 1:
                        raise UnclosedQuote(line=number + 1) from problem
                    limit = self.limits.cell_characters
                    raise CellTooLong(line=number + 1, limit=limit) from problem
                except UnicodeError as problem:
                    raise DamagedFile from problem
                if fields is None:
                    return
                number += 1
                never_closed = lines.ended and lines.spread > 1 and lines.quotes % 2
                if never_closed or lines.spread > _LINES_PER_RECORD:
                    raise UnclosedQuote(line=number)
                yield number, [_value(field) for field in fields]
                self.progress = self._stream.tell() / self._size


class _KeptOpen:
    """A text view of a byte stream that leaves the stream open behind it."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._text = io.TextIOWrapper(stream, encoding=encoding, newline="")

    def __enter__(self) -> io.TextIOWrapper:
        return self._text

    def __exit__(self, *_error: object) -> None:
        self._text.detach()


class _Lines:
    """The lines given to the CSV reader, counting quotes to notice one that is never closed."""

    def __init__(self, text: Iterable[str]) -> None:
        self._lines = iter(text)
        self.ended = False
        self.begin_record()

    def begin_record(self) -> None:
        self.spread = 0
        self.quotes = 0

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        try:
            line = next(self._lines)
        except StopIteration:
            self.ended = True
            raise
        self.spread += 1
        self.quotes += line.count('"')
        return line


def detect_encoding(stream: BinaryIO) -> str:
    """The encoding of a text stream, which is left at its start."""
    stream.seek(0)
    head = stream.read(_PIECE_BYTES)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            stream.seek(0)
            return encoding
    zeros_even, zeros_odd = head[::2].count(0), head[1::2].count(0)
    if zeros_even or zeros_odd:
        stream.seek(0)
        return "utf-16-le" if zeros_odd > zeros_even else "utf-16-be"
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while head:
            decoder.decode(head)
            head = stream.read(_PIECE_BYTES)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252" if _decodes(stream, "cp1252") else "latin-1"
    finally:
        stream.seek(0)
    return "utf-8"


def _decodes(stream: BinaryIO, encoding: str) -> bool:
    stream.seek(0)
    try:
        while piece := stream.read(_PIECE_BYTES):
            piece.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def detect_delimiter(sample: list[str]) -> str:
    """The separator that cuts these lines most regularly into the most columns.

    A comma also writes French decimals, so a separator is judged on the share of lines that it
    cuts alike, title lines left aside.
    """
    best, best_score = _DELIMITERS[0], 0.0
    for delimiter in _DELIMITERS:
        try:
            records = [len(record) for record in csv.reader(sample, delimiter=delimiter) if record]
        except csv.Error:
            continue
        widths = Counter(width for width in records if width > 1)
        if not widths:
            continue
        width, alike = max(widths.items(), key=lambda item: (item[1] * (item[0] - 1), item[0]))
        score = alike / len(records) * min(width, 12)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _value(field: str) -> CellValue:
    if not field:
        return None
    if field.startswith("=") and len(field) > 1:
        return FormulaText(field)
    if field.startswith("#") and _ERROR_CELL.fullmatch(field):
        return CellError(field)
    return field
