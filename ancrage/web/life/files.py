"""A list as a file: what the filters show, in CSV or in a workbook."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.http import HttpResponse, StreamingHttpResponse
from django.utils import timezone

from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite, SheetToWrite, csv_lines, write_xlsx

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(
    name: str, columns: Iterable[ColumnToWrite], lines: Iterable[Sequence[CellValue]]
) -> StreamingHttpResponse:
    """Answer with a CSV for French spreadsheets, streamed; the day is added to its name."""
    return StreamingHttpResponse(
        csv_lines([column.label for column in columns], lines),
        content_type="text/csv; charset=utf-8",
        headers=_attachment(name, "csv"),
    )


def as_xlsx(
    name: str,
    title: str,
    columns: Sequence[ColumnToWrite],
    lines: Iterable[Sequence[CellValue]],
) -> HttpResponse:
    """Answer with the same as a workbook whose sheet bears `title`, identifiers as text."""
    return as_workbook(name, [SheetToWrite(title, columns, lines)])


def as_workbook(name: str, sheets: Sequence[SheetToWrite]) -> HttpResponse:
    """Answer with a workbook of these sheets."""
    stream = BytesIO()
    write_xlsx(stream, sheets)
    return HttpResponse(stream.getvalue(), content_type=_XLSX, headers=_attachment(name, "xlsx"))


def _attachment(name: str, extension: str) -> dict[str, str]:
    file = f"{name}-{timezone.localdate():%Y-%m-%d}.{extension}"
    return {"Content-Disposition": f'attachment; filename="{file}"'}
