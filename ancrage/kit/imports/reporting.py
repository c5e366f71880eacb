"""The report of an import and the template to fill in, both as XLSX."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.translation import gettext as _

from ancrage.kit.imports.kinds import Column, ImportRun, Outcome
from ancrage.kit.imports.models import StagedImport, StagedRow
from ancrage.kit.imports.registry import kind_called
from ancrage.kit.imports.replanning import batches_of
from ancrage.kit.tabular.cells import CellError, CellValue, FormulaText, as_text
from ancrage.kit.tabular.reading.xlsx import column_letter
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, unescape_formula, write_xlsx

_TEMPLATE_LINES = 1000
_COLON = "\N{NO-BREAK SPACE}: "


def write_report(*, staged: StagedImport, stream: BinaryIO) -> None:
    """Write the report: each line of the file with its own cells, what becomes of it and why.

    In the language in force. The first sheet can be corrected and imported again: the columns
    added by the report stand after those of the file.
    """
    width = _width(staged)
    columns = [
        ColumnToWrite(_label(staged, index), width=20, identifier=_is_identifier(staged, index))
        for index in range(width)
    ]
    added = [
        ColumnToWrite(_("Ligne du fichier"), width=10),
        ColumnToWrite(_("Résultat de l’import"), width=16),
        ColumnToWrite(_("Raisons"), width=60, wrap=True),
        ColumnToWrite(_("Corrections proposées"), width=40, wrap=True),
    ]
    sheets = [
        SheetToWrite(_("Lignes du fichier"), [*columns, *added], _report_rows(staged, width)),
        SheetToWrite(_("Résumé"), [], [[line] for line in _summary(staged)]),
    ]
    if staged.complete_list:
        header = [
            ColumnToWrite(_("Référence"), width=40),
            ColumnToWrite(_("Changements"), width=80, wrap=True),
        ]
        sheets.append(SheetToWrite(_("Absents du fichier"), header, _missing_rows(staged)))
    write_xlsx(stream, sheets)


def write_template(*, kind: str, stream: BinaryIO, run: ImportRun) -> None:
    """Write the workbook to fill in: instructions, the data sheet, the lists of values."""
    wanted = kind_called(kind)
    context = wanted.template_context(run)
    columns = [
        ColumnToWrite(
            str(column.label) + (" *" if column.required else ""),
            width=max(column.width, 12),
            identifier=column.identifier,
            allowed=_allowed(column, context),
            wrap=column.free_text,
        )
        for column in wanted.columns
    ]
    examples = [column.example for column in wanted.columns]
    data = SheetToWrite(
        str(wanted.label)[:31],
        columns,
        [examples] if any(example is not None for example in examples) else [],
        list_rows=_TEMPLATE_LINES,
    )
    write_xlsx(
        stream,
        [SheetToWrite(_("Mode d’emploi"), [], [[text] for text in _manual(kind)]), data],
    )


def _width(staged: StagedImport) -> int:
    """The number of columns of the file: lines may be longer than the header."""
    longest = max((len(row.cells) for batch in batches_of(staged) for row in batch), default=0)
    return max(longest, len(staged.labels))


def _label(staged: StagedImport, index: int) -> str:
    label = str(staged.labels[index]) if index < len(staged.labels) else ""
    return label or column_letter(index + 1)


def _is_identifier(staged: StagedImport, index: int) -> bool:
    code = staged.codes[index] if index < len(staged.codes) else ""
    return bool(code) and staged.imported.column(code).identifier


def _report_rows(staged: StagedImport, width: int) -> Iterator[Sequence[CellValue]]:
    for batch in batches_of(staged):
        for row in batch:
            row.staged = staged
            # Escaping comes back when the report is written: once, as in any file of ours.
            cells = [_unescaped(cell) for cell in row.original_cells]
            yield [
                *cells,
                *[None] * (width - len(cells)),
                row.line,
                str(Outcome(row.outcome).label),
                "\n".join(_reasons(row)),
                "\n".join(_suggestions(row)),
            ]


def _unescaped(cell: CellValue) -> CellValue:
    plain = isinstance(cell, str) and not isinstance(cell, FormulaText | CellError)
    return unescape_formula(cell) if plain and isinstance(cell, str) else cell


def _reasons(row: StagedRow) -> Iterator[str]:
    for remark in row.remarks:
        yield (
            f"{remark.column_label}{_COLON}{remark.sentence}" if remark.column else remark.sentence
        )
    for code, text in row.corrections.items():
        yield _("%(column)s : corrigé en « %(text)s ».") % {
            "column": row.staged.label_of(code),
            "text": text,
        }
    if row.outcome == Outcome.CHANGED:
        for name, old, new in row.shown_changes:
            yield f"{name}{_COLON}{old or '∅'} → {new or '∅'}"


def _suggestions(row: StagedRow) -> Iterator[str]:
    for remark in row.remarks:
        if remark.suggestion:
            yield f"{remark.column_label}{_COLON}{remark.suggestion}"


def _missing_rows(staged: StagedImport) -> Iterator[Sequence[CellValue]]:
    for row in staged.rows.filter(line__isnull=True).order_by("key").iterator(chunk_size=500):
        changes = [
            f"{name}{_COLON}{old or '∅'} → {new or '∅'}" for name, old, new in row.shown_changes
        ]
        yield [row.key, "\n".join(changes)]


def _summary(staged: StagedImport) -> Iterator[str]:
    yield _("Fichier : %(name)s") % {"name": staged.filename}
    if staged.sheet:
        yield _("Feuille : %(name)s") % {"name": staged.sheet}
    yield _("Déposé le %(date)s") % {"date": as_text(timezone.localtime(staged.created_at))}
    yield _("État : %(status)s") % {"status": staged.get_status_display()}
    yield _("Lignes lues : %(count)s") % {"count": staged.counts.get("read", 0)}
    for outcome in Outcome:
        count = staged.counts.get(outcome.value, 0)
        if outcome is not Outcome.CLOSED or staged.complete_list:
            yield _("Lignes « %(outcome)s » : %(count)s") % {
                "outcome": outcome.label,
                "count": count,
            }
    yield _("Lignes vides : %(count)s") % {"count": staged.counts.get("empty", 0)}
    yield from staged.notice_sentences
    for seen in staged.columns_seen():
        if seen.code:
            meaning = str(staged.imported.column(seen.code).label)
            yield _("Colonne %(letter)s « %(label)s » lue comme : %(meaning)s") % {
                "letter": seen.letter,
                "label": seen.label,
                "meaning": meaning,
            }


def _allowed(column: Column, context: Any) -> list[str]:
    values = column.choices(context) if callable(column.choices) else column.choices
    return [str(value) for value in values]


def _manual(kind: str) -> Iterator[str]:
    wanted = kind_called(kind)
    yield str(wanted.label)
    yield from (str(paragraph) for paragraph in wanted.instructions)
    yield _("Les colonnes marquées d’une étoile sont obligatoires. Une ligne par élément.")
    yield _(
        "Ne changez pas la première ligne. Les dates s’écrivent 01/12/2026 ; les numéros (FINESS, "
        "SIRET, INSEE) restent au format « Texte »."
    )
    for column in wanted.columns:
        line = str(column.label) + (" *" if column.required else "")
        yield f"{line}{_COLON}{column.help}" if column.help else line
