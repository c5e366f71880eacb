"""Files and imports in one line, for the tests of the engine."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ancrage.kit.imports import services as imports
from ancrage.kit.models import StagedImport, StagedRow
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, write_xlsx
from tests.factories.moments import NOW

OWNER = "partner:12"
HEADER = "Réf;Métier;Nb postes;ETP;Statut;Début;Commentaire"


def csv_file(*lines: str, encoding: str = "utf-8") -> io.BytesIO:
    """A CSV with these lines."""
    return io.BytesIO("\r\n".join(lines).encode(encoding))


def xlsx_file(header: Sequence[str], *rows: Sequence[CellValue]) -> io.BytesIO:
    """A workbook of one sheet."""
    stream = io.BytesIO()
    columns = [ColumnToWrite(label) for label in header]
    write_xlsx(stream, [SheetToWrite("Besoins", columns, rows)])
    stream.seek(0)
    return stream


def stage(stream: io.BytesIO, filename: str = "besoins.csv", **arguments: Any) -> StagedImport:
    """The dry run of a file of orders."""
    options = {"kind": "toy-orders", "owner_key": OWNER, "by": None, "now": NOW, **arguments}
    return imports.stage_import(stream=stream, filename=filename, **options)


def apply(staged: StagedImport, **arguments: Any) -> StagedImport:
    """The same, applied."""
    return imports.apply_import(staged=staged, **{"by": None, "now": NOW, **arguments})


def outcomes(staged: StagedImport) -> dict[int, str]:
    """{line: outcome}."""
    return dict(staged.rows.exclude(line=None).order_by("line").values_list("line", "outcome"))


def row_at(staged: StagedImport, line: int) -> StagedRow:
    """The line of that number."""
    return staged.rows.select_related("staged").get(line=line)


def sentences(staged: StagedImport, line: int) -> list[tuple[str, str, str]]:
    """(column label, sentence, suggestion) of each remark on a line."""
    return [
        (remark.column_label, remark.sentence, remark.suggestion)
        for remark in row_at(staged, line).remarks
    ]


def counts(**expected: int) -> Mapping[str, int]:
    """All the counts, zero where nothing is said."""
    names = (
        "read", "created", "changed", "unchanged", "to_check", "rejected", "ignored", "closed",
        "empty",
    )  # fmt: skip
    return dict.fromkeys(names, 0) | expected
