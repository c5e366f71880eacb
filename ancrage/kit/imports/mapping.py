"""Which column of the file is which column of the kind: remembered, else guessed, and said why."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from ancrage.kit.imports.kinds import Column, ImportKind
from ancrage.kit.tabular.cells import CellValue, is_empty
from ancrage.kit.tabular.problems import source_text
from ancrage.kit.tabular.wording import key_of

_LIKE = 0.84
_CONTENT_SHARE = 0.8
_CONTENT_VALUES = 3
_IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")


@dataclass(frozen=True, slots=True)
class Mapped:
    """One column of the file: the code it is taken for ("" for none), and why."""

    code: str
    how: str

    def stored(self) -> list[str]:
        return [self.code, self.how]


class Vocabulary:
    """The names under which the columns of a kind are known."""

    def __init__(self, kind: ImportKind) -> None:
        self._kind = kind
        self._codes: dict[str, str] = {}
        for column in kind.columns:
            for name in (column.code, source_text(column.label), *column.synonyms):
                self._codes.setdefault(key_of(name), column.code)
        self._codes.pop("", None)

    def exact(self, label: str) -> str:
        """The code of a label, with or without what it says in brackets; "" if unknown."""
        for text in (label, _IN_BRACKETS.sub(" ", label)):
            if code := self._codes.get(key_of(text)):
                return code
        return ""

    def knows(self, label: str) -> bool:
        """Whether a label is the name of a column."""
        return bool(self.exact(label))

    def nearest(self, label: str) -> list[tuple[float, str]]:
        """(likeness, code) of the columns that a label resembles, best first."""
        key = key_of(_IN_BRACKETS.sub(" ", label)) or key_of(label)
        if len(key) < 3:
            return []
        best: dict[str, float] = {}
        for known, code in self._codes.items():
            likeness = _likeness(key, known)
            if likeness >= _LIKE:
                best[code] = max(best.get(code, 0.0), likeness)
        return sorted(((likeness, code) for code, likeness in best.items()), reverse=True)


def _likeness(key: str, known: str) -> float:
    """From 0 to 1. Words in another order, or a word or two more, cost little."""
    if len(known) < 3:
        return 0.0
    ratio = SequenceMatcher(None, key, known).ratio()
    mine, theirs = set(key.split()), set(known.split())
    if len(known) >= 4 and theirs <= mine and len(mine) <= len(theirs) + 2:
        # Every word of the known name is there: « date de début souhaitée » for « date de début ».
        return max(ratio, 0.85 + 0.1 * len(theirs) / len(mine))
    return ratio


def guess_mapping(
    kind: ImportKind,
    labels: Sequence[str],
    samples: Sequence[Sequence[CellValue]],
    imposed: Mapping[str, str],
) -> list[Mapped]:
    """The best guess for each column of the file; a code is given to one column at most.

    What is imposed ({label: code}) comes first, then known names, then resemblance, then content
    for the columns that give a `hint`.
    """
    vocabulary = Vocabulary(kind)
    found = [Mapped("", "")] * len(labels)
    taken: set[str] = set()

    def give(index: int, code: str, how: str) -> None:
        if code and code not in taken and not found[index].code:
            found[index] = Mapped(code, how)
            taken.add(code)

    for index, label in enumerate(labels):
        give(index, imposed.get(label, ""), "chosen")
    for index, label in enumerate(labels):
        if label not in imposed:
            give(index, vocabulary.exact(label), "label")
    resembling = [
        (likeness, -index, code)
        for index, label in enumerate(labels)
        if label and label not in imposed and not found[index].code
        for likeness, code in vocabulary.nearest(label)
    ]
    for _likeness_found, negative_index, code in sorted(resembling, reverse=True):
        give(-negative_index, code, "likeness")
    for column in kind.columns:
        if column.hint is not None and column.code not in taken:
            matching = [
                index
                for index in range(len(labels))
                if not found[index].code and _content_matches(column, index, samples)
            ]
            # Two columns alike (two dates): the content alone cannot tell which is which.
            if len(matching) == 1:
                give(matching[0], column.code, "content")
    return found


def _content_matches(column: Column, index: int, samples: Sequence[Sequence[CellValue]]) -> bool:
    values = [row[index] for row in samples if index < len(row) and not is_empty(row[index])]
    if len(values) < _CONTENT_VALUES or column.hint is None:
        return False
    return sum(column.hint(value) for value in values) >= _CONTENT_SHARE * len(values)


def by_position(kind: ImportKind, width: int) -> list[Mapped] | None:
    """The mapping of a known file without header, or None if the width tells otherwise."""
    codes = kind.positional
    # The last columns of a line are often empty, hence missing.
    if not codes or not len(codes) - 3 <= width <= len(codes):
        return None
    return [Mapped(code, "position" if code else "") for code in codes]


def signature_of(labels: Sequence[str], *, headless: bool) -> str:
    """What two files with the same header have in common."""
    text = f"headless:{len(labels)}" if headless else "\n".join(map(key_of, labels))
    return hashlib.sha256(text.encode()).hexdigest()
