"""What is said about one cell that cannot be taken as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeAlias, TypeVar

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

T = TypeVar("T")


class Level(models.TextChoices):
    """How much a remark weighs on its line."""

    ERROR = "error", _("bloquant")
    CHECK = "check", _("à vérifier")
    NOTE = "note", _("information")


@dataclass(frozen=True, slots=True)
class Problem:
    """One remark: a French sentence with ``%(name)s`` places, its facts, a way to mend it.

    A fact is what the file says, a text of ours (lazy), a list of these, or another remark.
    ``suggestion`` is a text which, written in the cell, would be read without this problem; it is
    empty when there is none. ``code`` lets a program tell problems apart (``placeholder_date``).
    """

    message: str | Promise
    suggestion: str = ""
    level: Level = Level.ERROR
    code: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence in the language in force."""
        text = gettext(source_text(self.message))
        return (
            text % {name: _said(fact) for name, fact in self.facts.items()} if self.facts else text
        )


@dataclass(frozen=True, slots=True)
class Guess(Generic[T]):
    """A value that could be read, with the remark it deserves (level NOTE or CHECK)."""

    value: T
    problem: Problem


Parsed: TypeAlias = T | Problem | Guess[T] | None
"""What a parser gives: the value, a problem, both (``Guess``), or ``None`` for an empty cell."""


class SourceText(str):
    """A text of ours in French, not one of a file: translated when it is shown."""

    __slots__ = ()


def source_text(message: str | Promise) -> str:
    """The French source of a message, whatever the language in force: what is stored."""
    if isinstance(message, Promise):
        with translation.override("fr"):
            return SourceText(message)
    return message


def _said(fact: Any) -> str:
    if isinstance(fact, Problem):
        return fact.sentence
    if isinstance(fact, list | tuple):
        return ", ".join(_said(one) for one in fact)
    return gettext(fact) if isinstance(fact, SourceText) else str(fact)


def note(
    message: str | Promise, /, suggestion: str = "", *, code: str = "", **facts: Any
) -> Problem:
    """A remark for information: the line goes through."""
    return Problem(message, suggestion, Level.NOTE, code, facts)


def check(
    message: str | Promise, /, suggestion: str = "", *, code: str = "", **facts: Any
) -> Problem:
    """A remark that someone must settle before the line goes through."""
    return Problem(message, suggestion, Level.CHECK, code, facts)


def error(
    message: str | Promise, /, suggestion: str = "", *, code: str = "", **facts: Any
) -> Problem:
    """A remark that keeps the line out."""
    return Problem(message, suggestion, Level.ERROR, code, facts)
