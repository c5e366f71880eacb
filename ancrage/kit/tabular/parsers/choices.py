"""Values taken from a list, and yes or no."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.parsers.texts import written
from ancrage.kit.tabular.problems import Guess, Parsed, Problem, check, error, note
from ancrage.kit.tabular.wording import key_of

_SURE = 0.9
_CLOSE = 0.7
_YES = frozenset({"oui", "o", "x", "1", "vrai", "true", "yes", "y", "ok", "v", "possible"})
_NO = frozenset({"non", "n", "0", "faux", "false", "no", "aucun", "sans"})
_TICKS = frozenset({"✓", "✔", "☑", "☒", "✗", "√"})


@dataclass(frozen=True, slots=True)
class Choices:
    """A closed list of codes, found by label or by any spelling that people use."""

    labels_by_code: Mapping[str, str | Promise]
    codes_by_key: Mapping[str, str]

    @classmethod
    def build(cls, entries: Iterable[tuple[str, str | Promise, Iterable[str]]]) -> "Choices":
        """From (code, label, other spellings). Raises ValueError if a spelling has two codes."""
        labels: dict[str, str | Promise] = {}
        keys: dict[str, str] = {}
        for code, label, spellings in entries:
            labels[code] = label
            for spelling in (code, str(label), *spellings):
                if keys.setdefault(key_of(spelling), code) != code:
                    message = f"{spelling!r} stands for {keys[key_of(spelling)]!r} and {code!r}"
                    raise ValueError(message)
        return cls(labels, keys)

    @property
    def labels(self) -> tuple[str | Promise, ...]:
        """The labels, in order: what the template's list offers."""
        return tuple(self.labels_by_code.values())

    def label(self, code: str) -> str:
        """The label of a code, in the language in force."""
        return str(self.labels_by_code[code])

    def exact(self, text: str) -> str:
        """The code of a spelling, `C.D.I.` like `CDI`; "" when it is not one."""
        key = key_of(text)
        return self.codes_by_key.get(key) or self.codes_by_key.get(key.replace(" ", ""), "")

    def nearest(self, text: str) -> tuple[str, float] | None:
        """The code whose spelling is the nearest, with its likeness from 0 to 1, or None."""
        key = key_of(text)
        close = get_close_matches(key, self.codes_by_key, n=1, cutoff=_CLOSE)
        if not close:
            return None
        return self.codes_by_key[close[0]], SequenceMatcher(None, key, close[0]).ratio()

    def inside(self, text: str) -> list[str]:
        """The codes whose spelling stands in the text as whole words, longest spellings first."""
        rest = f" {key_of(text)} "
        found: dict[str, int] = {}
        for key in sorted(self.codes_by_key, key=lambda one: (-len(one), one)):
            if key and f" {key} " in rest:
                found.setdefault(self.codes_by_key[key], rest.index(f" {key} "))
                rest = rest.replace(f" {key} ", " | ", 1)
        return sorted(found, key=lambda code: found[code])


def choice_parser(choices: Choices, *, words: bool = True) -> Callable[[CellValue], Parsed[str]]:
    """A parser giving the code of a label: accents, capitals and punctuation do not count.

    With `words`, « CDD 6 mois » is read as CDD, and said; « PH ou contractuel », which names two
    values, has to be checked. A spelling one letter away is a `Guess`; farther, a suggestion.
    """

    def parse(value: CellValue) -> Parsed[str]:
        text = written(value)
        if isinstance(text, Problem) or not text:
            return text or None
        exact = choices.exact(text)
        if exact:
            return exact
        named = choices.inside(text) if words else []
        if len(named) == 1:
            return _read_as(choices, named[0], text)
        if named:
            labels = [choices.label(code) for code in named]
            return check(
                _("« %(text)s » désigne plusieurs valeurs (%(labels)s) : gardez-en une."),
                labels[0],
                code="several",
                text=text,
                labels=", ".join(labels),
            )
        nearest = choices.nearest(text)
        if nearest and nearest[1] >= _SURE:
            return _read_as(choices, nearest[0], text)
        return _unknown(choices, text, choices.label(nearest[0]) if nearest else "")

    return parse


def choices_parser(choices: Choices) -> Callable[[CellValue], Parsed[tuple[str, ...]]]:
    """A parser of several values in one cell, separated by `;`, `,`, `/`, `+` or a new line."""
    one = choice_parser(choices)

    def parse(value: CellValue) -> Parsed[tuple[str, ...]]:
        text = written(value)
        if isinstance(text, Problem) or not text:
            return text or None
        codes: list[str] = []
        remark: Problem | None = None
        for part in re.split(r"[;,/+\n]|\bet\b", text):
            found = one(part.strip())
            if isinstance(found, Problem):
                return found
            if isinstance(found, Guess):
                remark, found = remark or found.problem, found.value
            if found is not None and found not in codes:
                codes.append(found)
        result = tuple(codes)
        return Guess(result, remark) if remark else result or None

    return parse


def _read_as(choices: Choices, code: str, text: str) -> Guess[str]:
    label = choices.label(code)
    message = _("« %(text)s » est lu « %(label)s ».")
    return Guess(code, note(message, label, code="read_as", text=text, label=label))


def _unknown(choices: Choices, text: str, suggestion: str) -> Problem:
    labels = [str(label) for label in choices.labels]
    shown = ", ".join(labels[:12]) + ("…" if len(labels) > 12 else "")
    return error(
        _("« %(text)s » n’est pas dans la liste. Valeurs acceptées : %(labels)s."),
        suggestion,
        code="unknown_choice",
        text=text,
        labels=shown,
    )


def parse_bool(value: CellValue) -> Parsed[bool]:
    """Yes or no: `oui`, `non`, `o`, `n`, `x`, `1`, `0`, `vrai`, a tick."""
    if isinstance(value, bool):
        return value
    text = written(value)
    if isinstance(text, Problem) or not text:
        return text or None
    key = key_of(text)
    if key in _YES or text in _TICKS:
        return True
    if key in _NO:
        return False
    first = key.split(" ", 1)[0]
    if first in ("oui", "non") and len(key) > 3:
        message = _("« %(text)s » est lu « %(read)s ».")
        return Guess(first == "oui", note(message, first, code="read_as", text=text, read=first))
    return error(
        _("« %(text)s » ne dit ni oui ni non. Écrivez « oui » ou « non »."),
        code="not_a_boolean",
        text=text,
    )
