"""The same engine from the command line: `import_needs FILE --partner … [--dry-run]`.

A command of an app above says for whom; the rest is here. The last line printed is one JSON
object with the counts, for scripts.
"""

import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, ClassVar

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

from ancrage.kit.imports.applying import apply_import
from ancrage.kit.imports.kinds import Outcome, RowRefused
from ancrage.kit.imports.models import StagedImport, StagedRow, sentence_of
from ancrage.kit.imports.refusals import ImportProblem, NothingToApply
from ancrage.kit.imports.replanning import batches_of
from ancrage.kit.imports.reporting import write_report
from ancrage.kit.imports.staging import stage_import
from ancrage.kit.tabular.errors import TableError


class ImportCommand(BaseCommand):
    """Subclass, set `kind` and `help`, write `scope`; add arguments that say for whom."""

    kind: ClassVar[str]
    # The lines whose remarks are printed; the report has them all.
    told: ClassVar[frozenset[Outcome]] = frozenset({Outcome.REJECTED, Outcome.TO_CHECK})
    # What is printed may be kept in a log: for a table of people, say where, never what.
    of_people: ClassVar[bool] = False

    def add_scope_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments that `scope` reads."""

    def scope(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        """Return the owner key and the options of the import. May raise CommandError."""
        raise NotImplementedError

    def opened(self, path: Path) -> tuple[BinaryIO, str]:
        """Return the table to read and its name; a command may convert another format here."""
        return path.open("rb"), path.name

    def further_counts(self, staged: StagedImport) -> dict[str, int]:
        """Return counts of the command's own for its last line, after saying what they mean."""
        return {}

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="XLSX, XLS, ODS or CSV file to read")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what each line would do, write nothing"
        )
        parser.add_argument("--report", type=Path, help="write the report there, as XLSX")
        parser.add_argument("--sheet", help="name of the sheet to read")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="HEADER=CODE",
            help="take the column of that header for this code (may be repeated)",
        )
        parser.add_argument(
            "--complete-list",
            action="store_true",
            help="the file names everything: close what it does not name",
        )
        self.add_scope_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("fr"):
            staged = self._stage(options)
            self._tell(staged)
            if staged.status == StagedImport.Status.FAILED:
                raise CommandError(staged.failure)
            if not options["dry_run"]:
                self._apply(staged)
            if options["report"]:
                with options["report"].open("wb") as stream:
                    write_report(staged=staged, stream=stream)
            counts = {**staged.counts, **self.further_counts(staged)}
        self.stdout.write(json.dumps({**counts, "applied": _is_applied(staged)}))

    def _stage(self, options: Mapping[str, Any]) -> StagedImport:
        owner_key, import_options = self.scope(options)
        path: Path = options["file"]
        pairs = [pair.rpartition("=") for pair in options["map"]]
        if any(not header for header, _sign, _code in pairs):
            raise CommandError("--map attend EN-TÊTE=CODE, par exemple --map 'Nb=posts'.")
        try:
            stream, filename = self.opened(path)
            with stream:
                return stage_import(
                    kind=self.kind,
                    stream=stream,
                    filename=filename,
                    owner_key=owner_key,
                    by=None,
                    now=timezone.now(),
                    options={**import_options, "complete_list": options["complete_list"]},
                    sheet=options["sheet"],
                    mapping={header: code for header, _sign, code in pairs},
                )
        except OSError as problem:
            raise CommandError(f"{path.name} : {problem.strerror}") from problem
        except (TableError, ImportProblem) as problem:
            raise CommandError(f"{path.name} : {problem}") from problem

    def _tell(self, staged: StagedImport) -> None:
        for sentence in staged.notice_sentences:
            self.stdout.write(sentence)
        for batch in batches_of(staged):
            for row in batch:
                row.staged = staged
                if row.outcome in self.told:
                    self._tell_line(row)

    def _tell_line(self, row: StagedRow) -> None:
        for problem, remark in zip(row.problems, row.remarks, strict=True):
            where = f"ligne {row.line}"
            if remark.column:
                where += f", colonne « {remark.column_label} »"
            if self.of_people:
                facts = {name: _unsaid(fact) for name, fact in problem["facts"].items()}
                self.stdout.write(f"{where} : {sentence_of({**problem, 'facts': facts})}")
                continue
            where += f" (« {remark.value} »)" if remark.column else ""
            hint = f" Proposition : {remark.suggestion}." if remark.suggestion else ""
            self.stdout.write(f"{where} : {remark.sentence}{hint}")

    def _apply(self, staged: StagedImport) -> None:
        try:
            apply_import(staged=staged, by=None, now=timezone.now())
        except NothingToApply as nothing:
            self.stdout.write(str(nothing))
        except RowRefused as refused:
            raise CommandError(f"ligne {refused.line} : {refused}") from refused
        except ImportProblem as problem:
            raise CommandError(str(problem)) from problem


def _unsaid(fact: Any) -> Any:
    """What may be printed of a fact: numbers and our own words, not those of the file."""
    if isinstance(fact, dict) and "list" in fact:
        return {"list": [_unsaid(one) for one in fact["list"]]}
    if isinstance(fact, dict) and "facts" in fact:
        return {**fact, "facts": {name: _unsaid(one) for name, one in fact["facts"].items()}}
    return "…" if isinstance(fact, str) else fact


def _is_applied(staged: StagedImport) -> bool:
    return staged.status == StagedImport.Status.APPLIED
