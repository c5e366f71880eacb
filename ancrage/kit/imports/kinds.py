"""What an app above declares so that its rows can come from a spreadsheet.

A kind says which columns exist, what one line of the file means for the database as it is
(`resolve`), and how planned lines are written (`apply`). Everything else (reading, mapping,
progress, report, all or nothing, doing it once) belongs to the engine.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.limits import DEFAULT_LIMITS, Limits
from ancrage.kit.tabular.parsers.texts import parse_text
from ancrage.kit.tabular.problems import Level, Problem


class Outcome(models.TextChoices):
    """What becomes of one line. Every line of the file has exactly one."""

    CREATED = "created", _("à créer")
    CHANGED = "changed", _("à modifier")
    UNCHANGED = "unchanged", _("inchangée")
    TO_CHECK = "to_check", _("à vérifier")
    REJECTED = "rejected", _("refusée")
    IGNORED = "ignored", _("ignorée")
    # Not a line of the file: something it does not name any more, when the list is complete.
    CLOSED = "closed", _("à clore")


WRITTEN = frozenset({Outcome.CREATED, Outcome.CHANGED})

Parser = Callable[[CellValue], Any]
Changes = Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column that the kind understands.

    `parse` receives a cell that is never empty and returns a value, a `Problem` or a `Guess`.
    `synonyms` are other headers that people write; case, accents and punctuation do not count.
    `hint` recognises the column by its content when no header does: give one only to formats
    that nothing else resembles (a FINESS number, a date). `choices` feeds the template's list.
    """

    code: str
    label: str | Promise
    parse: Parser = parse_text
    synonyms: tuple[str, ...] = ()
    required: bool = False
    help: str | Promise = ""
    example: CellValue = None
    choices: Sequence[str | Promise] | Callable[[Any], Sequence[str]] = ()
    hint: Callable[[CellValue], bool] | None = None
    identifier: bool = False
    free_text: bool = False
    width: int = 18


@dataclass(frozen=True, slots=True)
class ImportRun:
    """For whom, by whom and when an import is prepared: what `prepare` receives.

    `owner_key` names the scope ("partner:12"); `options` is the caller's JSON dictionary, where
    `complete_list` is the engine's own.
    """

    owner_key: str
    options: Mapping[str, Any]
    by: Any
    now: datetime

    @property
    def complete_list(self) -> bool:
        return bool(self.options.get("complete_list"))


@dataclass(slots=True)
class ImportRow:
    """One line of the file as `resolve` sees it.

    `values` has every column code; a value is None when the cell is empty, unreadable, or the
    column absent (`raw` then tells what was written). `occurrence` is 2 for the second of two
    identical lines, and so on: use it in the key of a kind whose lines have no reference.
    """

    line: int
    values: dict[str, Any]
    raw: dict[str, str]
    occurrence: int = 1
    first_line: int | None = None
    problems: list[tuple[str, Problem]] = field(default_factory=list)
    # {mark: first earlier line of the file that bears it}: see `ImportKind.marks`.
    alike: Mapping[str, int] = field(default_factory=dict)

    def error(
        self,
        column: str,
        message: str | Promise,
        /,
        suggestion: str = "",
        *,
        code: str = "",
        **facts: Any,
    ) -> None:
        """Keep this line out, for the reason given. `column` is a code, or "" for the line."""
        self.problems.append((column, Problem(message, suggestion, Level.ERROR, code, facts)))

    def check(
        self,
        column: str,
        message: str | Promise,
        /,
        suggestion: str = "",
        *,
        code: str = "",
        **facts: Any,
    ) -> None:
        """Hold this line back until someone has settled the remark."""
        self.problems.append((column, Problem(message, suggestion, Level.CHECK, code, facts)))

    def note(
        self,
        column: str,
        message: str | Promise,
        /,
        suggestion: str = "",
        *,
        code: str = "",
        **facts: Any,
    ) -> None:
        """Say something about this line, which goes through all the same."""
        self.problems.append((column, Problem(message, suggestion, Level.NOTE, code, facts)))

    def add(self, column: str, problem: Problem) -> None:
        """Add a remark that a parser gave."""
        self.problems.append((column, problem))

    @property
    def failed(self) -> bool:
        """Whether a remark already keeps this line out."""
        return any(problem.level is Level.ERROR for _column, problem in self.problems)


@dataclass(frozen=True, slots=True)
class Plan:
    """What one line would do. `data` is the kind's own, handed back to `apply` untouched.

    `key` names the target for ever (the same line in a later file has the same key): it makes
    the import idempotent. `changes` is for people: {field label or code: (old, new)}.
    """

    outcome: Outcome
    key: str = ""
    changes: Changes = field(default_factory=dict)
    data: Any = None

    @classmethod
    def create(cls, key: str, values: Mapping[str, Any], data: Any = None) -> "Plan":
        """The target does not exist yet; `values` are those it will have."""
        changes = {name: (None, value) for name, value in values.items() if value is not None}
        return cls(Outcome.CREATED, key, changes, data)

    @classmethod
    def update(
        cls, key: str, old: Mapping[str, Any], new: Mapping[str, Any], data: Any = None
    ) -> "Plan":
        """The target exists with `old`; it becomes CHANGED or UNCHANGED as `new` differs."""
        changes = {
            name: (old.get(name), value) for name, value in new.items() if old.get(name) != value
        }
        outcome = Outcome.CHANGED if changes else Outcome.UNCHANGED
        return cls(outcome, key, changes, data)

    @classmethod
    def ignore(cls) -> "Plan":
        """The line is not for this import; add a `note` that says why."""
        return cls(Outcome.IGNORED)

    @classmethod
    def none(cls, key: str = "") -> "Plan":
        """Nothing can be planned: the line has an error, or awaits a choice that lacks.

        Give the `key` when the line still tells which target it means: a complete list closes
        nothing as long as a line that is held back may mean any of them.
        """
        return cls(Outcome.REJECTED, key)


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A line to write, as `apply` receives it."""

    row: ImportRow
    plan: Plan


class RowRefused(Exception):
    """Raised by `apply`: this line cannot be written, so nothing of the import is."""

    def __init__(self, line: int, message: str | Promise) -> None:
        super().__init__(line, message)
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return str(self.message)


class ImportKind:
    """Subclass, set the class attributes, write `resolve` and `apply`, decorate `@register`."""

    key: ClassVar[str]
    label: ClassVar[str | Promise]
    columns: ClassVar[tuple[Column, ...]]
    # Column codes in file order ("" for a column not read), for a known file without header.
    positional: ClassVar[tuple[str, ...]] = ()
    limits: ClassVar[Limits] = DEFAULT_LIMITS
    # Explains the template on its first sheet, one paragraph each.
    instructions: ClassVar[tuple[str | Promise, ...]] = ()

    def prepare(self, run: ImportRun) -> Any:
        """Load once what every line needs (lookups, the scope's owner); any object."""
        return run

    def prepare_batch(self, rows: Sequence[ImportRow], context: Any) -> None:
        """Load what these lines need (their existing targets), in a fixed number of queries."""

    def marks(self, row: ImportRow, context: Any) -> Iterable[str]:
        """Digests by which two lines may be about the same thing without having the same key (a
        telephone, a name): `row.alike` then tells `resolve` which earlier line bears each."""
        return ()

    def resolve(self, row: ImportRow, context: Any) -> Plan:
        """Say what this line would do. Always called, even after errors, so that one reading
        tells every problem: values may be None. Reads memory only, writes nothing."""
        raise NotImplementedError

    def apply(self, rows: Sequence[PlannedRow], context: Any) -> None:
        """Write these lines (CREATED or CHANGED), inside the engine's transaction."""
        raise NotImplementedError

    def existing_keys(self, context: Any) -> Iterable[str]:
        """For a complete list: keys of the owner's open targets, which the file may lack."""
        return ()

    def describe_missing(self, keys: Sequence[str], context: Any) -> Mapping[str, Changes]:
        """For a complete list: what closing each of these would change, shown in the report."""
        return {key: {} for key in keys}

    def close_missing(self, keys: Sequence[str], context: Any) -> None:
        """For a complete list: close these targets, inside the engine's transaction."""
        raise NotImplementedError

    def closed_at(self, owner_key: str, moment: datetime) -> Iterable[Any]:
        """For a complete list: what an import applied at that moment closed, and still is."""
        return ()

    def put_back(self, target: Any, *, by: Any, now: datetime) -> None:
        """For a complete list: open again one target that it closed. Raises ValidationError."""
        raise NotImplementedError

    def template_context(self, run: ImportRun) -> Any:
        """What the columns' callable `choices` receive when a template is written."""
        return self.prepare(run)

    def column(self, code: str) -> Column:
        """The column of that code. Raises KeyError."""
        return self._by_code()[code]

    @classmethod
    def _by_code(cls) -> dict[str, Column]:
        return {column.code: column for column in cls.columns}
