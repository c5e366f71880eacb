"""From the lines of a file to what each would do: one batch at a time, in a bounded memory."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports.kinds import (
    ImportKind,
    ImportRow,
    ImportRun,
    Outcome,
    Plan,
)
from ancrage.kit.imports.lines import not_data, read_line
from ancrage.kit.imports.models import StagedImport, StagedMark, StagedRow
from ancrage.kit.tabular.cells import encode_cell, storable
from ancrage.kit.tabular.parsers.numbers import french
from ancrage.kit.tabular.problems import Level, Problem, source_text
from ancrage.kit.tabular.sentences import kept

BATCH = 500
_HELD = (Outcome.REJECTED, Outcome.IGNORED)
_KEY_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Resolved:
    """A line of the file with its plan, as just computed (nothing of it is stored yet)."""

    stored: StagedRow
    row: ImportRow
    plan: Plan
    marks: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The key of the plan, as it is stored."""
        return storable(self.plan.key[:_KEY_LENGTH])


class Planner:
    """Resolves the lines of one import, with the lookups that its kind loads once."""

    def __init__(self, staged: StagedImport, *, by: Any, now: dt.datetime) -> None:
        self.staged = staged
        self.kind: ImportKind = staged.imported
        self.run = ImportRun(staged.owner_key, staged.options, by, now)
        self.context = self.kind.prepare(self.run)

    @translation.override(settings.LANGUAGE_CODE)
    def resolve(self, batch: Sequence[StagedRow]) -> list[Resolved]:
        """Fill in the outcome of these lines, in the order of the file; nothing is saved.

        A key met twice is looked for among them and among the lines stored already.
        """
        resolved: list[Resolved] = []
        readable: list[tuple[StagedRow, ImportRow]] = []
        for stored in batch:
            cells = stored.original_cells
            aside = not_data(self.kind, self.staged.codes, self.staged.labels, cells)
            if aside is not None and not stored.corrections:
                _set_aside(stored, aside)
            else:
                readable.append((stored, self._read(stored, cells)))
        self.kind.prepare_batch([row for _stored, row in readable], self.context)
        marks = {
            row.line: tuple(dict.fromkeys(self.kind.marks(row, self.context)))
            for _stored, row in readable
        }
        bearers = self._bearers_elsewhere(marks)
        for stored, row in readable:
            own = marks[row.line]
            row.alike = {
                mark: bearers[mark] for mark in own if bearers.get(mark, row.line) < row.line
            }
            plan = self.kind.resolve(row, self.context)
            resolved.append(Resolved(stored, row, plan, own))
            if not row.failed and plan.outcome is not Outcome.IGNORED:
                bearers |= {mark: min(row.line, bearers.get(mark, row.line)) for mark in own}
        first_lines = self._first_lines(resolved)
        for one in resolved:
            _conclude(one, first_lines)
        return resolved

    def _read(self, stored: StagedRow, cells: Sequence[Any]) -> ImportRow:
        return read_line(
            self.kind,
            self.staged.codes,
            line=stored.line or 0,
            cells=cells,
            corrections=stored.corrections,
            occurrence=stored.occurrence,
            first_line=stored.first_line,
        )

    def _bearers_elsewhere(self, marks: Mapping[int, Sequence[str]]) -> dict[str, int]:
        """{mark: first line that bears it}: of the lines stored, not held, not among these."""
        wanted = {mark for own in marks.values() for mark in own}
        if not wanted:
            return {}
        found = [
            (mark, line)
            for mark, line in self.staged.marks.filter(mark__in=wanted).values_list("mark", "line")
            if line not in marks
        ]
        named = self.staged.rows.filter(line__in={line for _mark, line in found})
        held = {line for line, outcome in named.values_list("line", "outcome") if outcome in _HELD}
        bearers: dict[str, int] = {}
        for mark, line in found:
            if line not in held:
                bearers[mark] = min(line, bearers.get(mark, line))
        return bearers

    def _first_lines(self, resolved: Sequence[Resolved]) -> dict[str, int]:
        """{key: first line of the file that has it}, rejected lines left out."""
        lines = {one.row.line for one in resolved}
        keys = {one.key for one in resolved if one.key}
        if not keys:
            return {}
        # By key alone: with more conditions SQLite walks through the lines of the whole file.
        stored = self.staged.rows.filter(key__in=keys).values_list("key", "line", "outcome")
        elsewhere = [
            (key, line)
            for key, line, outcome in stored
            if line is not None and line not in lines and outcome not in _HELD
        ]
        here = [
            (one.key, one.row.line)
            for one in resolved
            if one.key and not one.row.failed and one.plan.outcome not in _HELD
        ]
        found: dict[str, int] = {}
        for key, line in [*elsewhere, *here]:
            found[key] = min(line, found.get(key, line))
        return found

    def missing(self) -> Iterable[tuple[str, Mapping[str, tuple[Any, Any]]]]:
        """(key, changes) of what a complete list does not name and would be closed."""
        if self.names_may_lack():
            return
        pending: list[str] = []
        for key in self.kind.existing_keys(self.context):
            pending.append(key)
            if len(pending) == BATCH:
                yield from self._missing_among(pending)
                pending = []
        if pending:
            yield from self._missing_among(pending)

    def names_may_lack(self) -> bool:
        """Whether a line held back does not tell what it means: it may be any target."""
        held = (Outcome.REJECTED, Outcome.TO_CHECK)
        return self.staged.rows.filter(line__isnull=False, outcome__in=held, key="").exists()

    def _missing_among(
        self, keys: Sequence[str]
    ) -> Iterable[tuple[str, Mapping[str, tuple[Any, Any]]]]:
        named = set(
            self.staged.rows.filter(key__in=keys, line__isnull=False).values_list("key", flat=True)
        )
        absent = [key for key in keys if key not in named]
        changes = self.kind.describe_missing(absent, self.context)
        for key in absent:
            yield key, changes.get(key, {})


def store_marks(staged: StagedImport, resolved: Iterable[Resolved]) -> None:
    """Keep the marks of these lines, for the lines that come after them."""
    StagedMark.objects.bulk_create(
        StagedMark(staged=staged, line=one.row.line, mark=mark)
        for one in resolved
        for mark in one.marks
    )


def _set_aside(stored: StagedRow, reason: Problem) -> None:
    stored.outcome = stored.planned = Outcome.IGNORED
    stored.key = ""
    stored.changes = []
    stored.problems = [stored_problem("", reason)]


def _conclude(one: Resolved, first_lines: Mapping[str, int]) -> None:
    """Set the outcome of a line from its plan and its remarks."""
    stored, row, plan = one.stored, one.row, one.plan
    planned = plan.outcome
    first_line = first_lines.get(one.key) if one.key else None
    if first_line is not None and first_line != row.line and not row.failed:
        planned = Outcome.REJECTED
        row.check("", _same_target(row), code="duplicate", line=first_line)
    elif row.first_line is not None and planned is Outcome.CREATED:
        row.check(
            "",
            _(
                "Doublon : cette ligne est identique à la ligne %(line)s. Acceptez-la s’il s’agit "
                "bien d’une autre, sinon laissez-la de côté."
            ),
            code="duplicate",
            line=row.first_line,
        )
    levels = {problem.level for _column, problem in row.problems}
    if Level.ERROR in levels:
        outcome, planned = Outcome.REJECTED, Outcome.REJECTED
    elif Level.CHECK in levels and not (stored.accepted and planned is not Outcome.REJECTED):
        outcome = Outcome.TO_CHECK
    else:
        outcome = planned
    if outcome is Outcome.REJECTED and not levels:
        row.error("", _("Cette ligne ne peut pas être importée."), code="no_plan")
    stored.outcome, stored.planned, stored.key = outcome, planned, one.key
    stored.changes = encode_changes(plan.changes)
    stored.problems = [stored_problem(column, problem) for column, problem in row.problems]


def _same_target(row: ImportRow) -> Promise:
    if row.first_line is not None:
        return _("Doublon de la ligne %(line)s : rien de plus ne serait enregistré.")
    return _(
        "Cette ligne et la ligne %(line)s désignent la même chose (même référence) avec des "
        "contenus différents. Corrigez la référence ou supprimez l’une des deux."
    )


def stored_problem(column: str, problem: Problem) -> dict[str, Any]:
    """A remark for the JSON field: French source and facts, rendered when shown."""
    return {
        "column": column,
        "message": storable(source_text(problem.message)),
        "facts": {name: kept(fact) for name, fact in problem.facts.items()},
        "suggestion": storable(source_text(problem.suggestion)),
        "level": problem.level.value,
        "code": problem.code,
    }


def encode_changes(changes: Mapping[str, tuple[Any, Any]]) -> list[list[Any]]:
    """What changes, for the JSON field."""
    return [
        [source_text(name), _encode_value(old), _encode_value(new)]
        for name, (old, new) in changes.items()
    ]


def _encode_value(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float | dt.date | dt.time):
        return encode_cell(value)
    if isinstance(value, Decimal):
        return french(value)
    if isinstance(value, set | frozenset):
        return {"list": sorted((_encode_value(one) for one in value), key=str)}
    if isinstance(value, list | tuple):
        return {"list": [_encode_value(one) for one in value]}
    return kept(value)
