"""Files damaged or forged at will: read, or refused with a sentence; never anything else."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.kit.tabular import Limits, TableError
from ancrage.kit.tabular.errors import DamagedFile, TooManyCells, TooManySheets
from ancrage.kit.tabular.reading.ole import CompoundFile
from tests.kit.tabular.builders import (
    archive,
    cells_of,
    compound_file,
    number_cell,
    ods,
    ods_table,
    ods_text,
    record,
    rows_of,
    xls,
    xls_stream,
    xlsx_parts,
)

SHEET = (
    '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>46357</v></c></row>'
    '<row r="3"><c r="A3" t="inlineStr"><is><t>x</t></is></c><c r="B3"><f>A1</f><v>2</v></c></row>'
)
STORED = archive(xlsx_parts(SHEET, shared="<si><t>IDE</t></si>"), compression=0)
TEXTS = record(0x00FC, struct.pack("<IIHB", 1, 1, 3, 0) + b"IDE")
CELLS = (
    record(0x00FD, struct.pack("<HHHI", 0, 0, 0, 0)),
    number_cell(1, 1, 2.0),
    record(0x0006, struct.pack("<HHH", 2, 0, 0) + b"\0\0\0\0\0\0\xff\xff" + b"\0" * 8),
    record(0x0207, struct.pack("<HB", 2, 0) + b"ab"),
)
WHOLE = {
    "besoins.xlsx": STORED,
    "besoins.ods": ods(ods_table(f"<table:table-row>{ods_text('IDE')}</table:table-row>")),
    "besoins.xls": xls(*CELLS, texts=TEXTS),
    "besoins.csv": 'Métier;"Début"\r\nIDE;01/12/2026\r\n'.encode(),
}


@pytest.mark.parametrize("filename", WHOLE)
@given(
    changes=st.lists(
        st.tuples(st.integers(0, 100_000), st.binary(min_size=1, max_size=4)), max_size=8
    ),
    kept=st.integers(0, 100),
)
def test_damaged_bytes_are_read_or_refused(filename, changes, kept):
    content = bytearray(WHOLE[filename])
    for position, piece in changes:
        start = position % len(content)
        content[start : start + len(piece)] = piece
    if kept < 50:
        content = content[: len(content) * (50 + kept) // 100]
    sentence = "."
    try:
        rows_of(bytes(content), filename)
    except TableError as refused:
        sentence = str(refused)

    assert sentence.endswith(".")


@pytest.mark.parametrize("filename", WHOLE)
def test_the_same_files_are_read_when_whole(filename):
    assert "IDE" in {cell for row in cells_of(WHOLE[filename], filename) for cell in row}


def with_integer(content: bytes, position: int, value: int) -> bytes:
    changed = bytearray(content)
    struct.pack_into("<I", changed, position, value)
    return bytes(changed)


ONE = compound_file({"Workbook": xls_stream(*CELLS, texts=TEXTS)})
FAT = 512  # where the allocation table starts in the files built here


@pytest.mark.parametrize(
    "content",
    [
        with_integer(ONE, FAT + 4 * 2, 2),
        with_integer(ONE, FAT + 4 * 2, 120),
        with_integer(ONE, 76 + 4, 9_999),
        with_integer(ONE, 68, 9_999),
        with_integer(with_integer(ONE, 68, 5), 512 + 512 * 5 + 508, 5),
        with_integer(ONE, 30, 0x0001_0001),
        ONE[:400],
    ],
    ids=["loop", "beyond", "no such table", "no such list", "lists in a loop", "sizes", "cut"],
)
def test_container_that_lies_is_damaged(content):
    with pytest.raises(DamagedFile):
        rows_of(content, "besoins.xls")


def test_list_of_tables_longer_than_the_file_is_damaged():
    content = bytearray(ONE)
    struct.pack_into("<109I", content, 76, *[0] * 109)

    with pytest.raises(DamagedFile):
        CompoundFile(bytes(content))


def test_list_of_tables_goes_on_in_a_sector_of_its_own():
    # Sectors: table, directory, list of further tables (none), stream « x » in the small ones,
    # table of the small sectors.
    header = bytearray(ONE[:512])
    struct.pack_into("<IIII", header, 60, 4, 1, 2, 1)
    table = struct.pack("<128I", 0xFFFFFFFD, *[0xFFFFFFFE] * 4, *[0xFFFFFFFF] * 123)
    root = bytearray(ONE[1024 : 1024 + 128])
    struct.pack_into("<II", root, 116, 3, 512)
    small = bytearray(128)
    small[:2] = "x".encode("utf-16-le")
    struct.pack_into("<HB", small, 64, 4, 2)
    struct.pack_into("<II", small, 116, 0, 70)
    content = b"".join(
        [
            bytes(header),
            table,
            (bytes(root) + bytes(small)).ljust(512, b"\0"),
            struct.pack("<128I", *[0xFFFFFFFF] * 127, 0xFFFFFFFE),
            b"a" * 64 + b"b" * 64 + b"\0" * 384,
            struct.pack("<128I", 1, 0xFFFFFFFE, *[0xFFFFFFFF] * 126),
        ]
    )

    assert CompoundFile(content).read("x") == b"a" * 64 + b"b" * 6


LIES = [
    record(0x0085, b"x" * 20),
    xls_stream(texts=record(0x00FC, struct.pack("<IIHB", 1, 1, 30, 0) + b"court")),
    xls_stream(texts=record(0x00FC, struct.pack("<IIHB", 1, 1, 3, 1) + b"abc")),
    xls_stream(texts=record(0x00FC, struct.pack("<IIHBH", 1, 1, 1, 8, 60_000) + b"a")),
    xls_stream(settings=record(0x041E, b"\0")),
    xls_stream(record(0x00FD, struct.pack("<HHHI", 0, 0, 0, 7))),
    xls_stream()[:-4] + struct.pack("<HH", 0x0203, 60_000),
]


@pytest.mark.parametrize("stream", LIES, ids=[str(number) for number in range(len(LIES))])
def test_records_that_lie_are_damaged(stream):
    with pytest.raises(DamagedFile):
        rows_of(compound_file({"Workbook": stream}), "besoins.xls")


def test_legacy_sheet_in_disorder_is_limited_too():
    content = xls(number_cell(4, 0, 1.0), number_cell(2, 0, 1.0), number_cell(1, 0, 1.0))

    with pytest.raises(TooManyCells):
        rows_of(content, "besoins.xls", limits=Limits(cells=2))


def test_legacy_workbook_has_sheets_and_not_too_many():
    with pytest.raises(TooManySheets):
        rows_of(xls(), "besoins.xls", limits=Limits(sheets=0))
    begin = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 6))
    with pytest.raises(DamagedFile):
        rows_of(compound_file({"Workbook": begin + record(0x000A)}), "besoins.xls")


def test_chart_sheets_of_a_legacy_workbook_are_left_out():
    chart = record(0x0085, struct.pack("<IBB", 0, 0, 2) + b"\x01\x00G")

    assert cells_of(xls(number_cell(0, 0, 1.0), settings=chart), "x.xls") == [(1,)]
