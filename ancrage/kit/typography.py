"""French typography of the messages, which a keyboard does not write: ’ and no-break spaces.

`mend_sources` rewrites the messages where they stand in the code, and the same words where the
tests expect them. Only what is translated is touched: never a key, a query or a path.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ancrage.kit.catalogues import KEYWORDS, message_files

# A word cut by a typewriter apostrophe; a breaking space where French wants a no-break one.
_FAULT = re.compile(r"(?<=\w)'(?=\w)| (?=[:;?!»])|(?<=«) ")
_MENDED = {"'": "’", " ": "\u00a0"}
_IN_TEMPLATE = re.compile(
    r"{%\s*trans(?:late)?\s+(?:\"[^\"]*\"|'[^']*')"
    r"|_\((?:\"[^\"]*\"|'[^']*')\)"
    r"|{%\s*blocktrans(?:late)?\b[^%]*%}.*?{%\s*endblocktrans(?:late)?\s*%}",
    re.S,
)
_MARKUP = re.compile(r"{{.*?}}|{%.*?%}|<[^>]*>", re.S)
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%[sd]|\{\w*\}")
# What a test writes around the words it quotes: its own quotes, the values of an f-string.
_EDGE = re.compile(r"[\"'{}\n]")
_CONTEXT = 12
# Fewer letters around a fault do not tell a message from another.
_TELLING = 6

Span = tuple[int, int]


@dataclass(frozen=True)
class Fault:
    """A letter to mend, and the words on each side of it."""

    start: int
    letter: str
    before: str
    after: str

    def likeness(self, other: "Fault") -> int:
        """Return how many letters around the two faults agree, -1 where some do not."""
        before = min(len(self.before), len(other.before))
        after = min(len(self.after), len(other.after))
        alike = (
            self.letter == other.letter
            and self.before[len(self.before) - before :]
            == other.before[len(other.before) - before :]
            and self.after[:after] == other.after[:after]
        )
        return before + after if alike else -1


def faults(text: str) -> list[str]:
    """Return what breaks French typography in `text`, each with the letters around it."""
    return [text[max(0, m.start() - 1) : m.end() + 1] for m in _FAULT.finditer(text)]


def mend(text: str) -> str:
    """Return `text` with typographic apostrophes and no-break spaces.

    >>> mend("L'offre est close : « IDE » ?")
    'L’offre est close\xa0: «\xa0IDE\xa0»\xa0?'
    """
    return _FAULT.sub(lambda match: _MENDED[match[0]], text)


def mend_python(source: str) -> str:
    """Mend the messages of a Python file: the texts given to a translation function."""
    return _mend_spans(source, _message_spans(source), mend)


def mend_template(source: str) -> str:
    """Mend the messages of a template, but not the tags and variables inside them."""
    return _IN_TEMPLATE.sub(lambda match: _outside_markup(match[0]), source)


def mend_test(source: str, messages: Iterable[str]) -> str:
    """Mend, in the texts of a test, the faults that stand in words of `messages`."""
    quotable = [surroundings for message in messages if (surroundings := _surroundings(message))]

    def as_in_messages(text: str) -> str:
        return _mend_quotation(text, quotable)

    return _mend_spans(source, _text_spans(source), as_in_messages)


def mend_sources(package: Path, tests: Path, messages: Iterable[str]) -> list[Path]:
    """Rewrite the files of both folders; return those that changed."""
    texts = list(messages)
    changed = []
    for path, mended in _mended(package, tests, texts):
        if mended != path.read_text(encoding="utf-8"):
            path.write_text(mended, encoding="utf-8")
            changed.append(path)
    return changed


def _mended(package: Path, tests: Path, texts: list[str]) -> Iterator[tuple[Path, str]]:
    for path in message_files(package):
        mend_file = mend_python if path.suffix == ".py" else mend_template
        yield path, mend_file(path.read_text(encoding="utf-8"))
    for path in sorted(tests.rglob("*.py")):
        yield path, mend_test(path.read_text(encoding="utf-8"), texts)


def _outside_markup(block: str) -> str:
    if "endblocktrans" not in block:
        return mend(block)
    marks = [*_MARKUP.findall(block), ""]
    words = _MARKUP.split(block)
    return "".join(mend(word) + mark for word, mark in zip(words, marks, strict=True))


def _message_spans(source: str) -> list[Span]:
    position = _position_of(source)
    return [
        (position(text.lineno, text.col_offset), position(*_end(text)))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and _name(node.func) in KEYWORDS
        for text in node.args
        if isinstance(text, ast.Constant) and isinstance(text.value, str)
    ]


def _text_spans(source: str) -> list[Span]:
    position = _position_of(source)
    spans = {
        (position(node.lineno, node.col_offset), position(*_end(node)))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.JoinedStr)
        or (isinstance(node, ast.Constant) and isinstance(node.value, str))
    }
    # The pieces of an f-string lie inside it.
    return [
        span
        for span in spans
        if not any(o[0] <= span[0] and span[1] <= o[1] and o != span for o in spans)
    ]


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Name):
        return function.id
    return function.attr if isinstance(function, ast.Attribute) else ""


def _end(node: ast.expr) -> tuple[int, int]:
    return node.end_lineno or node.lineno, node.end_col_offset or node.col_offset


def _position_of(source: str) -> Callable[[int, int], int]:
    """Return the function from (line, column in bytes), as `ast` counts, to an index."""
    lines = source.splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def position(line: int, column: int) -> int:
        return starts[line - 1] + len(lines[line - 1].encode()[:column].decode())

    return position


def _mend_spans(source: str, spans: Iterable[Span], mended: Callable[[str], str]) -> str:
    for start, end in sorted(spans, reverse=True):
        source = source[:start] + mended(source[start:end]) + source[end:]
    return source


def _surroundings(message: str) -> list[Fault]:
    """Return the faults of a message, with the words around them as far as a placeholder."""
    return [
        Fault(
            match.start(),
            match[0],
            _PLACEHOLDER.split(message[: match.start()])[-1][-_CONTEXT:],
            _PLACEHOLDER.split(message[match.end() :])[0][:_CONTEXT],
        )
        for match in _FAULT.finditer(message)
    ]


def _quoted(text: str) -> list[Fault]:
    """Return the faults of a text of a test, with the words around them as far as its quotes."""
    return [
        Fault(
            match.start(),
            match[0],
            _EDGE.split(text[: match.start()])[-1][-_CONTEXT:],
            _EDGE.split(text[match.end() :])[0][:_CONTEXT],
        )
        for match in _FAULT.finditer(text)
    ]


def _mend_quotation(text: str, messages: list[list[Fault]]) -> str:
    """Mend the faults of `text` that a message has too, between the same words.

    One fault told by its words vouches for the others of the same message, whose words may be
    values: « {name} » in the code, « Ada » in the test.
    """
    found = _quoted(text)
    mended = {
        fault.start
        for message in messages
        if any(fault.likeness(other) >= _TELLING for fault in found for other in message)
        for fault in found
        if any(fault.likeness(other) >= 0 for other in message)
    }
    return "".join(
        _MENDED[letter] if index in mended else letter for index, letter in enumerate(text)
    )
