"""What an import keeps: the file, its lines, what each would do, and who applied it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from ancrage.kit.base import Base
from ancrage.kit.imports.kinds import Column, ImportKind, Outcome
from ancrage.kit.imports.registry import kind_called
from ancrage.kit.search import SearchField
from ancrage.kit.tabular.cells import CellValue, as_text, decode_cell
from ancrage.kit.tabular.errors import error_from
from ancrage.kit.tabular.problems import Level
from ancrage.kit.tabular.reading.xlsx import column_letter
from ancrage.kit.tabular.sentences import worded


@dataclass(frozen=True, slots=True)
class Remark:
    """One remark on a line, in the language in force. `column` is a code, or "" for the line."""

    column: str
    column_label: str
    value: str
    sentence: str
    suggestion: str
    level: Level


@dataclass(frozen=True, slots=True)
class SeenColumn:
    """One column of the file and what it is taken for (`code` is "" when not recognised).

    `how` says why: `remembered`, `chosen`, `label`, `likeness`, `content`, `position` or "".
    """

    index: int
    letter: str
    label: str
    code: str
    how: str
    samples: tuple[str, ...]


def sentence_of(problem: dict[str, Any]) -> str:
    """A stored remark as a sentence, in the language in force."""
    sentence: str = worded({"text": problem["message"], "facts": problem["facts"]})
    return sentence


def _shown(stored: Any) -> str:
    """A stored value of a change as people read it."""
    value = worded(stored)
    if isinstance(value, bool):
        return pgettext("réponse", "oui") if value else pgettext("réponse", "non")
    return as_text(decode_cell(value))


class StagedImport(Base):
    """One file on its way in. Nothing of it touches the platform before `applied_at`."""

    class Status(models.TextChoices):
        PENDING = "pending", _("en attente")
        STAGING = "staging", _("lecture en cours")
        STAGED = "staged", _("prêt à appliquer")
        FAILED = "failed", _("illisible")
        CANCELLED = "cancelled", _("interrompu")
        ABANDONED = "abandoned", _("abandonné")
        APPLIED = "applied", _("appliqué")

    personal = {
        "created_by": "account",
        "applied_by": "account",
        "filename": "membership",
        "search": "membership",
        "labels": "membership",
        "failure_facts": "membership",
    }
    impersonal = frozenset(
        {
            "kind", "owner_key", "sha256", "file_format", "sheet", "signature", "options",
            "mapping", "counts", "notices", "failure_code",
        }
    )  # fmt: skip

    kind = models.CharField(_("contenu"), max_length=60)
    # Whose import it is, e.g. "partner:12": the caller's permission stands on it.
    owner_key = models.CharField(max_length=60)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("déposé par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("déposé le"))
    filename = models.CharField(_("fichier"), max_length=200)
    # The folded words of the name: how the list of imports finds it.
    search = SearchField(blank=True)
    size = models.PositiveIntegerField(_("taille en octets"))
    sha256 = models.CharField(max_length=64)
    file_format = models.CharField(max_length=10)
    # As long as a file may name it: cut, it could not be found again.
    sheet = models.TextField(_("feuille"), blank=True)
    options = models.JSONField(default=dict)
    status = models.CharField(
        _("état"), max_length=12, choices=Status.choices, default=Status.PENDING
    )
    # The reading that may write: a reading begun later makes an older one stop.
    attempt = models.PositiveIntegerField(default=0)
    progress = models.PositiveSmallIntegerField(_("avancement en pour cent"), default=0)
    # Line numbers of the header, null when the file has none.
    header_first = models.PositiveIntegerField(null=True)
    header_last = models.PositiveIntegerField(null=True)
    labels = models.JSONField(default=list)
    signature = models.CharField(max_length=64, blank=True)
    # One [column code or "", how] per column of the file.
    mapping = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    notices = models.JSONField(default=list)
    failure_code = models.CharField(max_length=40, blank=True)
    failure_facts = models.JSONField(default=dict)
    applied_at = models.DateTimeField(_("appliqué le"), null=True)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("appliqué par"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="staged_import_applied_when",
                condition=models.Q(status="applied", applied_at__isnull=False)
                | (~models.Q(status="applied") & models.Q(applied_at__isnull=True)),
            )
        ]
        indexes = [
            models.Index(fields=["kind", "owner_key", "-created_at"], name="staged_import_owner"),
            models.Index(fields=["kind", "owner_key", "sha256"], name="staged_import_twin"),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def audit_label(self) -> str:
        """Its number: people name files after people."""
        return f"fichier {self.pk}"

    @property
    def imported(self) -> ImportKind:
        """The kind of import, as its app declares it."""
        return kind_called(self.kind)

    @property
    def complete_list(self) -> bool:
        """Whether what the file does not name is to be closed."""
        return bool(self.options.get("complete_list"))

    @property
    def is_open(self) -> bool:
        """Whether it is still to be applied or abandoned."""
        return self.status in (self.Status.PENDING, self.Status.STAGING, self.Status.STAGED)

    @property
    def failure(self) -> str:
        """Why the file could not be read, in the language in force; "" if it could."""
        return str(error_from(self.failure_code, self.failure_facts)) if self.failure_code else ""

    @property
    def notice_sentences(self) -> list[str]:
        """What is to be known of the file as a whole, in the language in force."""
        return [sentence_of(notice) for notice in self.notices]

    @property
    def writes(self) -> int:
        """How many things applying it would create, change or close."""
        counted = (Outcome.CREATED, Outcome.CHANGED, Outcome.CLOSED)
        return sum(self.counts.get(outcome.value, 0) for outcome in counted)

    @cached_property
    def codes(self) -> list[str]:
        """Column code of each column of the file, "" when not recognised."""
        return [code for code, _how in self.mapping]

    def label_of(self, code: str) -> str:
        """The name of a column in this file, or the one the platform gives it."""
        if code in self.codes and self.header_first is not None:
            return str(self.labels[self.codes.index(code)])
        try:
            return str(self.imported.column(code).label)
        except KeyError:
            return ""

    def columns_seen(self) -> list[SeenColumn]:
        """The columns of the file, what each is taken for, and its first values. One query."""
        first_rows = list(self.rows.exclude(line=None).order_by("line")[:5])
        cells = [row.original_cells for row in first_rows]
        return [
            SeenColumn(
                index=index,
                letter=column_letter(index + 1),
                label=str(self.labels[index]),
                code=code,
                how=how,
                samples=tuple(
                    as_text(row[index]) for row in cells if index < len(row) and row[index]
                )[:3],
            )
            for index, (code, how) in enumerate(self.mapping)
        ]

    def missing_columns(self) -> list[Column]:
        """The required columns that no column of the file was taken for."""
        return [
            column
            for column in self.imported.columns
            if column.required and column.code not in self.codes
        ]


class StagedChunk(Base):
    """A piece of the file itself, kept until the import is applied or abandoned."""

    personal = {"content": "membership"}

    staged = models.ForeignKey(StagedImport, on_delete=models.CASCADE, related_name="chunks")
    position = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staged", "position"], name="staged_chunk_once")
        ]

    def __str__(self) -> str:
        return f"{self.staged_id}/{self.position}"


class StagedRow(Base):
    """One line of the file (`line` is its number there) and what it would do.

    Without a line it is something the file does not name any more (outcome CLOSED).
    """

    personal = {
        "cells": "membership",
        "corrections": "membership",
        "changes": "membership",
        "problems": "membership",
        "key": "membership",
    }
    impersonal = frozenset({"digest"})

    staged = models.ForeignKey(StagedImport, on_delete=models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField(null=True)
    cells = models.JSONField(default=list)
    # Same digest, same cells: how two identical lines know each other.
    digest = models.CharField(max_length=32)
    occurrence = models.PositiveIntegerField(default=1)
    first_line = models.PositiveIntegerField(null=True)
    # {column code: text typed on the page in place of the file's cell}
    corrections = models.JSONField(default=dict)
    accepted = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    # What the line would do if nothing held it back; REJECTED when nothing can be planned.
    planned = models.CharField(max_length=10, choices=Outcome.choices)
    key = models.CharField(max_length=200, blank=True)
    # [[name, old, new]], each value as `encode_cell` writes it.
    changes = models.JSONField(default=list)
    # [{column, message, facts, suggestion, level, code}]
    problems = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["staged", "line"], name="staged_row_line_once")
        ]
        indexes = [
            models.Index(fields=["staged", "outcome", "line"], name="staged_row_outcome"),
            models.Index(fields=["staged", "digest"], name="staged_row_digest"),
            models.Index(fields=["staged", "key"], name="staged_row_key"),
        ]

    def __str__(self) -> str:
        return f"{self.staged_id}:{self.line}"

    @property
    def original_cells(self) -> list[CellValue]:
        """The cells as they were in the file."""
        return [decode_cell(cell) for cell in self.cells]

    @property
    def can_be_accepted(self) -> bool:
        """Whether someone may let this line through as it is."""
        return self.outcome == Outcome.TO_CHECK and self.planned in (
            Outcome.CREATED,
            Outcome.CHANGED,
            Outcome.UNCHANGED,
        )

    @property
    def remarks(self) -> list[Remark]:
        """What is said of the line, in the language in force. Read `staged` beforehand."""
        return [self._remark(problem) for problem in self.problems]

    @property
    def shown_changes(self) -> list[tuple[str, str, str]]:
        """(name, old, new) of each value that would change, as people read them."""
        return [
            (gettext(name) if name else "", _shown(old), _shown(new))
            for name, old, new in self.changes
        ]

    def _remark(self, problem: dict[str, Any]) -> Remark:
        code = problem["column"]
        return Remark(
            column=code,
            column_label=self.staged.label_of(code) if code else "",
            value=self.written(code) if code else "",
            sentence=sentence_of(problem),
            suggestion=problem["suggestion"],
            level=Level(problem["level"]),
        )

    def written(self, code: str) -> str:
        """What stands in the column of that code: the correction, else the file's cell."""
        if code in self.corrections:
            return str(self.corrections[code])
        codes = self.staged.codes
        if code not in codes:
            return ""
        index = codes.index(code)
        return as_text(decode_cell(self.cells[index])) if index < len(self.cells) else ""


class StagedMark(Base):
    """One digest by which a line may be about the same thing as another (`ImportKind.marks`)."""

    personal = {"mark": "membership"}

    staged = models.ForeignKey(StagedImport, on_delete=models.CASCADE, related_name="marks")
    line = models.PositiveIntegerField()
    mark = models.CharField(max_length=32)

    class Meta:
        indexes = [
            models.Index(fields=["staged", "mark"], name="staged_mark_mark"),
            models.Index(fields=["staged", "line"], name="staged_mark_line"),
        ]

    def __str__(self) -> str:
        return f"{self.staged_id}:{self.line}"


class ImportMapping(Base):
    """The columns that someone matched by hand, for the next file with the same header."""

    personal = {"updated_by": "account"}
    impersonal = frozenset({"kind", "owner_key", "signature", "codes"})

    kind = models.CharField(max_length=60)
    owner_key = models.CharField(max_length=60)
    signature = models.CharField(max_length=64)
    # Column code of each column of the file, "" for one not read.
    codes = models.JSONField(default=list)
    updated_at = models.DateTimeField()
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "owner_key", "signature"], name="import_mapping_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner_key}"


class ImportGate(Base):
    """One gate per kind and owner: a single import goes through at a time.

    The gate is held by a token and a lease, so that a process killed on the way leaves a gate
    that opens again by itself.
    """

    impersonal = frozenset({"kind", "owner_key", "token"})

    kind = models.CharField(max_length=60)
    owner_key = models.CharField(max_length=60)
    token = models.CharField(max_length=32, blank=True)
    held_by = models.ForeignKey(
        StagedImport, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    held_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "owner_key"], name="import_gate_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.owner_key}"
