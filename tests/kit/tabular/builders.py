"""Files made by hand, part by part: what other programs write, and what no program should."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from ancrage.kit.tabular import Limits, Row, open_table

SHARED_DATA = Path(__file__).resolve().parents[3].parent / "shared" / "data"

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def shared_file(name: str) -> Path:
    """A file given beside the project; without it the test is skipped."""
    path = SHARED_DATA / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project")
    return path


def rows_of(
    content: bytes, filename: str, *, sheet: str | None = None, limits: Limits | None = None
) -> list[Row]:
    """The rows of a file."""
    with open_table(io.BytesIO(content), filename=filename, limits=limits or Limits()) as table:
        return list(table.rows(sheet))


def cells_of(content: bytes, filename: str, **arguments: Any) -> list[tuple[Any, ...]]:
    """The cells of a file, line numbers left out."""
    return [row.cells for row in rows_of(content, filename, **arguments)]


def archive(parts: Mapping[str, str | bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def xlsx_parts(
    sheet: str,
    *,
    shared: str = "",
    styles: str = "",
    workbook: str = "",
    sheets: str = '<sheet name="Feuil1" sheetId="1" r:id="rId1"/>',
) -> dict[str, str]:
    """The parts of a workbook whose first sheet has this `sheetData` content."""
    return {
        "_rels/.rels": (
            f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}">{workbook}'
            f"<sheets>{sheets}</sheets></workbook>"
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{_PACKAGE}">'
            f'<Relationship Id="rId1" Type="{_RELATIONS}/worksheet" '
            'Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="rId2" Type="{_RELATIONS}/worksheet" '
            'Target="/xl/worksheets/sheet2.xml"/>'
            f'<Relationship Id="rId3" Type="{_RELATIONS}/sharedStrings" '
            'Target="sharedStrings.xml"/>'
            f'<Relationship Id="rId4" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
            "</Relationships>"
        ),
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}">{styles}</styleSheet>',
        "xl/worksheets/sheet1.xml": (
            f'<worksheet xmlns="{_MAIN}"><sheetData>{sheet}</sheetData></worksheet>'
        ),
    }


def xlsx(sheet: str, **parts: str) -> bytes:
    """A workbook whose first sheet has this `sheetData` content."""
    return archive(xlsx_parts(sheet, **parts))


_ODS_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"),
    )
)  # fmt: skip


def ods(*tables: str, styles: str = "", manifest: str = "<manifest/>") -> bytes:
    """A LibreOffice workbook of these `table:table` elements."""
    return archive(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": manifest,
            "content.xml": (
                f"<office:document-content {_ODS_NAMES}>"
                f"<office:automatic-styles>{styles}</office:automatic-styles>"
                f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet>"
                "</office:body></office:document-content>"
            ),
        }
    )


def ods_table(rows: str, name: str = "Feuille1", style: str = "") -> str:
    """One sheet of a LibreOffice workbook."""
    return f'<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>'


def ods_text(text: str) -> str:
    """One cell of text."""
    return (
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
    )


_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file (OLE) of these streams, each at least 4096 bytes once padded."""
    padded = {name: content.ljust(4096, b"\0") for name, content in streams.items()}
    fat: list[int] = [_FAT, _END]
    body: list[bytes] = []
    entries = [_entry("Root Entry", 5, _END, 0)]
    for name, content in padded.items():
        start = len(fat)
        sectors = [content[at : at + _SECTOR] for at in range(0, len(content), _SECTOR)]
        fat += [*range(start + 1, start + len(sectors)), _END]
        body += [sector.ljust(_SECTOR, b"\0") for sector in sectors]
        entries.append(_entry(name, 2, start, len(content)))
    assert len(fat) <= 128, "one sector of allocation table is enough for a test"
    header = bytearray(_SECTOR)
    header[:8] = bytes.fromhex("d0cf11e0a1b11ae1")
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 40, 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    struct.pack_into("<109I", header, 76, 0, *[_FREE] * 108)
    table = struct.pack("<128I", *fat, *[_FREE] * (128 - len(fat)))
    directory = b"".join(entries[:4]).ljust(_SECTOR, b"\0")
    return bytes(header) + table + directory + b"".join(body)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    encoded = name.encode("utf-16-le")
    entry = bytearray(128)
    entry[: len(encoded)] = encoded
    struct.pack_into("<HBBIII", entry, 64, len(encoded) + 2, kind, 1, _FREE, _FREE, _FREE)
    struct.pack_into("<II", entry, 116, start, size)
    return bytes(entry)


def record(kind: int, content: bytes = b"") -> bytes:
    """One record of a legacy Excel stream."""
    return struct.pack("<HH", kind, len(content)) + content


def xls_stream(
    *cells: bytes,
    encrypted: bool = False,
    settings: bytes = b"",
    texts: bytes = b"",
    visibility: int = 0,
    version: int = 0x0600,
) -> bytes:
    """A `Workbook` stream: its globals, then one sheet « Feuil1 » of these cell records."""
    begin = record(0x0809, struct.pack("<HHHHII", version, 0x0005, 0, 0, 0, 6))
    if encrypted:
        begin += record(0x002F, b"\0" * 6)
    name = b"\x06\x00Feuil1"
    size = len(begin) + len(settings) + len(texts) + 4 + 6 + len(name) + 4
    sheet = record(0x0085, struct.pack("<IBB", size, visibility, 0) + name)
    start = record(0x0809, struct.pack("<HHHHII", version, 0x0010, 0, 0, 0, 6))
    return (
        begin + sheet + settings + texts + record(0x000A)
        + start + b"".join(cells) + record(0x000A)
    )  # fmt: skip


def xls(*cells: bytes, **parts: Any) -> bytes:
    """A legacy workbook of one sheet."""
    return compound_file({"Workbook": xls_stream(*cells, **parts)})


def number_cell(row: int, column: int, value: float) -> bytes:
    """A number in a legacy sheet."""
    return record(0x0203, struct.pack("<HHHd", row, column, 0, value))
