"""Passages of a text that trip a rule, each rule being expressions and what excuses them.

Expressions are read on folded text (see `kit.text.fold`), so that case and accents do not
matter; positions are those of the text as it was written.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from ancrage.kit.text import fold

# How far before a passage, in the same clause, a guard is looked for.
_BEFORE = 40
_SENTENCE_END = re.compile(r"[.;!?\n•]")


class PassageRule(Protocol):
    """What betrays a passage, and what excuses it.

    A guard met in the passage or in the clause before it silences the pattern; an excuse does so
    from anywhere in the text.
    """

    @property
    def code(self) -> str: ...

    @property
    def patterns(self) -> tuple[str, ...]: ...

    @property
    def guards(self) -> tuple[str, ...]: ...

    @property
    def excuses(self) -> tuple[str, ...]: ...


@dataclass(frozen=True)
class Passage:
    """Where the rule `code` was tripped: text[start:end]."""

    code: str
    start: int
    end: int


class PassageFinder:
    """Rules made ready to be looked for."""

    def __init__(self, rules: Iterable[PassageRule]) -> None:
        self._rules = tuple(
            (
                rule.code,
                _compiled(rule.patterns),
                _compiled(rule.guards),
                _compiled(rule.excuses),
            )
            for rule in rules
        )

    def find(self, text: str) -> list[Passage]:
        """Return the passages in the order of the text, at most one a rule and a sentence."""
        folded, positions = _fold_with_positions(text)
        found: list[Passage] = []
        for code, patterns, guards, excuses in self._rules:
            if any(excuse.search(folded) for excuse in excuses):
                continue
            for start, sentence in _sentences(folded):
                match = _first_unexcused(sentence, patterns, guards)
                if match is not None:
                    begins = positions[start + match.start()]
                    ends = positions[start + match.end() - 1] + 1
                    found.append(Passage(code, begins, ends))
        return sorted(found, key=lambda passage: passage.start)


def _compiled(expressions: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(expression) for expression in expressions)


def _first_unexcused(
    sentence: str, patterns: tuple[re.Pattern[str], ...], guards: tuple[re.Pattern[str], ...]
) -> re.Match[str] | None:
    matches = (match for pattern in patterns for match in pattern.finditer(sentence))
    unexcused = [
        match
        for match in matches
        if not any(guard.search(_clause_up_to(sentence, match)) for guard in guards)
    ]
    return min(unexcused, key=lambda match: match.start(), default=None)


def _clause_up_to(sentence: str, match: re.Match[str]) -> str:
    """The passage and what comes just before it, since the last comma."""
    before = sentence[max(0, match.start() - _BEFORE) : match.start()].rpartition(",")[2]
    return before + match.group()


def _sentences(folded: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in _SENTENCE_END.finditer(folded):
        yield start, folded[start : end.start()]
        start = end.end()
    yield start, folded[start:]


def _fold_with_positions(text: str) -> tuple[str, list[int]]:
    """Fold letter by letter, keeping line ends, and say which letter each one came from."""
    letters: list[str] = []
    positions: list[int] = []
    for position, letter in enumerate(text):
        plain = letter if letter == "\n" else (" " if letter.isspace() else fold(letter))
        for piece in plain:
            letters.append(piece)
            positions.append(position)
    return "".join(letters), positions
