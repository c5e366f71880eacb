"""What is read in a workbook: types, line numbers, formulas, sheets; the same in three formats."""

import datetime as dt
import io
import struct

import pytest

from ancrage.kit.tabular import CellError, FormulaText, open_table
from ancrage.kit.tabular.reading.dates import from_serial, is_date_format, to_serial
from ancrage.kit.tabular.reading.xlsx import column_letter, column_number
from tests.kit.tabular.builders import (
    archive,
    cells_of,
    number_cell,
    ods,
    ods_table,
    ods_text,
    record,
    rows_of,
    shared_file,
    xls,
    xlsx,
    xlsx_parts,
)

# A spreadsheet knows nothing of time zones.
MORNING = dt.datetime(2026, 12, 1, 8, 30)  # noqa: DTZ001
NOON = dt.datetime(2026, 12, 1, 12, 0)  # noqa: DTZ001
DATE_STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="dd\\/mm\\/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="0.00&quot; jours&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    "</cellXfs>"
)


def one_row(cells: str, **parts: str) -> tuple:
    return cells_of(xlsx(f'<row r="1">{cells}</row>', **parts), "x.xlsx")[0]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<c><v>1.5</v></c>", 1.5),
        ("<c><v>62053</v></c>", 62053),
        ("<c><v>62053.0</v></c>", 62053),
        ('<c><v>2.6440300000012E+13</v></c>', 26440300000012),
        ('<c t="n"><v>26440300000012345</v></c>', 26440300000012345),
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="b"><v>0</v></c>', False),
        ('<c t="e"><v>#N/A</v></c>', CellError("#N/A")),
        ('<c t="s"><v>1</v></c>', "gras et maigre"),
        ('<c t="inlineStr"><is><t>écrit ici</t></is></c>', "écrit ici"),
        ('<c t="inlineStr"><is><r><t>en </t></r><r><t>deux</t></r></is></c>', "en deux"),
        (
            '<c t="inlineStr"><is><t>漢</t><rPh sb="0" eb="1"><t>かん</t></rPh></is></c>',
            "漢",
        ),
        ('<c t="inlineStr"><is><t>a_x000D_b</t></is></c>', "a\rb"),
        ('<c t="d"><v>2026-12-01</v></c>', dt.date(2026, 12, 1)),
        ('<c t="d"><v>2026-12-01T08:30:00</v></c>', MORNING),
        ('<c t="d"><v>bientôt</v></c>', "bientôt"),
        ('<c s="1"><v>46357</v></c>', dt.date(2026, 12, 1)),
        ('<c s="2"><v>46357.5</v></c>', NOON),
        ('<c s="2"><v>0.75</v></c>', dt.time(18, 0)),
        ('<c s="3"><v>12</v></c>', 12),
        ('<c s="99"><v>12</v></c>', 12),
        ("<c><v>pas un nombre</v></c>", "pas un nombre"), ("<c><v>nan</v></c>", "nan"),
        ("<c><f>SUM(D6:D15)</f><v>12</v></c>", FormulaText("=SUM(D6:D15)", 12)),
        ("<c><f>SUM(D6:D15)</f></c>", FormulaText("=SUM(D6:D15)")),
        ('<c t="str"><f>A1&amp;"x"</f><v>ax</v></c>', FormulaText('=A1&"x"', "ax")),
        ('<c><f t="shared" si="0"/><v>3</v></c>', FormulaText("=…", 3)),
    ],
)  # fmt: skip
def test_xlsx_cell_is_typed(cell, expected):
    shared = (
        "<si><t>premier</t></si>"
        "<si><r><t>gras</t></r><r><t> et maigre</t></r><rPh><t>phonétique</t></rPh></si>"
    )

    (value,) = one_row(cell, shared=shared, styles=DATE_STYLES)

    assert (type(value), value) == (type(expected), expected)
    assert getattr(value, "shown", None) == getattr(expected, "shown", None)


def test_formula_is_kept_as_written_with_what_was_shown():
    (value,) = one_row("<c><f>1+1</f><v>2</v></c>")

    assert (value, value.shown) == ("=1+1", 2)


def test_cells_without_reference_follow_one_another():
    content = xlsx("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>")

    assert [(row.number, row.cells) for row in rows_of(content, "x.xlsx")] == [
        (1, (1, None, 3)),
        (2, (4,)),
    ]


def test_rows_keep_the_number_that_the_spreadsheet_shows():
    content = xlsx(
        '<row r="5"><c r="B5"><v>1</v></c></row><row r="6"/>'
        '<row r="9"><c r="A9" t="inlineStr"><is><t>  </t></is></c></row>'
        '<row r="12"><c r="A12"><v>2</v></c></row>'
    )

    assert [(row.number, row.cells) for row in rows_of(content, "x.xlsx")] == [
        (5, (None, 1)),
        (12, (2,)),
    ]


def test_prefixed_and_strict_workbooks_are_read():
    parts = xlsx_parts("")
    parts["xl/worksheets/sheet1.xml"] = (
        '<x:worksheet xmlns:x="http://purl.oclc.org/ooxml/spreadsheetml/main"><x:sheetData>'
        '<x:row r="1"><x:c r="A1" t="inlineStr"><x:is><x:t>ok</x:t></x:is></x:c></x:row>'
        "</x:sheetData></x:worksheet>"
    )

    assert cells_of(archive(parts), "x.xlsx") == [("ok",)]


def test_date_origin_of_old_macintosh_is_read():
    value = one_row(
        '<c s="1"><v>44895</v></c>', styles=DATE_STYLES, workbook='<workbookPr date1904="1"/>'
    )

    assert value == (dt.date(2026, 12, 1),)


def test_cell_written_out_of_order_takes_its_place():
    content = xlsx('<row r="1"><c r="C1"><v>3</v></c><c r="A1"><v>1</v></c></row>')

    assert cells_of(content, "x.xlsx") == [(1, None, 3)]


def test_hidden_sheets_are_told_and_the_first_visible_is_read():
    parts = xlsx_parts(
        "<row><c><v>1</v></c></row>",
        sheets='<sheet name="Listes" sheetId="1" state="hidden" r:id="rId1"/>'
        '<sheet name="Besoins" sheetId="2" r:id="rId2"/>'
        '<sheet name="Graphique" sheetId="3" r:id="rId9"/>',
    )
    parts["xl/worksheets/sheet2.xml"] = (
        "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>"
    )
    content = archive(parts)

    with open_table(io.BytesIO(content), filename="x.xlsx") as table:
        assert [(sheet.name, sheet.visible) for sheet in table.sheets] == [
            ("Listes", False),
            ("Besoins", True),
        ]
        assert [row.cells for row in table.rows()] == [(2,)]
        assert [row.cells for row in table.rows("Listes")] == [(1,)]
        assert table.progress == 1.0


def test_ods_cells_are_typed():
    cells = (
        ods_text("a <text:span>b</text:span><text:s text:c='2'/>c<text:tab/>d<text:line-break/>e")
        + '<table:table-cell office:value-type="float" office:value="62053"/>'
        '<table:table-cell office:value-type="percentage" office:value="0.8"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-12-01"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-12-01T08:30:00"/>'
        '<table:table-cell office:value-type="time" office:time-value="PT18H30M00S"/>'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell table:formula="of:=SUM([.D6:.D15])" office:value-type="float" '
        'office:value="12"/>'
        '<table:table-cell office:value-type="date" office:date-value="?"><text:p>?</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="time" office:time-value="PT36H00M00S">'
        "<text:p>36:00</text:p></table:table-cell>"
        '<table:table-cell office:value-type="float"><text:p>x</text:p></table:table-cell>'
    )
    (values,) = cells_of(ods(ods_table(f"<table:table-row>{cells}</table:table-row>")), "x.ods")

    assert values == (
        "a b  c\td\ne", 62053, 0.8, dt.date(2026, 12, 1), MORNING,
        dt.time(18, 30), True, "=SUM(D6:D15)", "?", "36:00", "x",
    )  # fmt: skip
    assert values[7].shown == 12


def test_ods_repetitions_are_counted_and_notes_left_out():
    table = ods_table(
        '<table:table-row table:number-rows-repeated="3"><table:table-cell '
        'table:number-columns-repeated="1024"/></table:table-row>'
        '<table:table-row table:number-rows-repeated="2">'
        '<table:table-cell table:number-columns-repeated="2"/>'
        '<table:table-cell table:number-columns-repeated="2" office:value-type="string">'
        "<office:annotation><text:p>note</text:p></office:annotation><text:p>x</text:p>"
        "</table:table-cell></table:table-row>"
        '<table:table-row table:number-rows-repeated="1048000"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )

    assert [(row.number, row.cells) for row in rows_of(ods(table), "x.ods")] == [
        (4, (None, None, "x", "x")),
        (5, (None, None, "x", "x")),
    ]


def test_ods_sheets_are_named_and_hidden_ones_told():
    content = ods(
        ods_table(f"<table:table-row>{ods_text('a')}</table:table-row>", "Listes", "ta1"),
        ods_table(f"<table:table-row>{ods_text('b')}</table:table-row>", "Besoins", "ta2"),
        styles='<style:style style:name="ta1"><style:table-properties table:display="false"/>'
        '</style:style><style:style style:name="ta2"/>',
    )

    with open_table(io.BytesIO(content), filename="x.ods") as table:
        assert [(sheet.name, sheet.visible) for sheet in table.sheets] == [
            ("Listes", False),
            ("Besoins", True),
        ]
        assert [row.cells for row in table.rows()] == [("b",)]
        assert [row.cells for row in table.rows("Listes")] == [("a",)]


def shared_text(row: int, column: int, index: int) -> bytes:
    return record(0x00FD, struct.pack("<HHHI", row, column, 0, index))


def squeezed(row: int, column: int, packed: int, style: int = 0) -> bytes:
    return record(0x027E, struct.pack("<HHHI", row, column, style, packed))


def legacy_formula(row: int, column: int, result: bytes) -> bytes:
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + b"\0" * 8)


def test_xls_cells_are_typed():
    styles = record(0x041E, struct.pack("<HHB", 164, 10, 0) + b"dd/mm/yyyy") + b"".join(
        record(0x00E0, struct.pack("<HH", 0, number) + b"\0" * 16) for number in (0, 164)
    )
    texts = record(
        0x00FC,
        struct.pack("<II", 3, 3)
        + struct.pack("<HB", 4, 0) + b"IDE\xe9"
        + struct.pack("<HBH", 2, 9, 1) + "é☃".encode("utf-16-le") + b"\0" * 4
        + struct.pack("<HBI", 1, 4, 3) + b"x" + b"abc",
    )  # fmt: skip
    cells = [
        shared_text(0, 0, 0),
        shared_text(0, 1, 1),
        shared_text(0, 2, 2),
        number_cell(0, 3, 62053.0),
        squeezed(0, 4, (150 << 2) | 3),
        squeezed(0, 5, ((-7 << 2) | 2) & 0xFFFFFFFF),
        squeezed(0, 6, (46357 << 2) | 2, style=1),
        record(0x0205, struct.pack("<HHHBB", 0, 7, 0, 1, 0)),
        record(0x0205, struct.pack("<HHHBB", 0, 8, 0, 0x2A, 1)),
        record(0x0204, struct.pack("<HHHHB", 0, 9, 0, 2, 0) + b"AS"),
        record(
            0x00BD,
            struct.pack("<HH", 1, 0) + struct.pack("<HI", 0, 6) + struct.pack("<HI", 0, 10)
            + struct.pack("<H", 1),
        ),
        legacy_formula(2, 0, struct.pack("<d", 12.0)),
        legacy_formula(2, 1, b"\0\0\0\0\0\0\xff\xff"),
        record(0x0207, struct.pack("<HB", 2, 0) + b"ab"),
        legacy_formula(2, 2, b"\1\0\1\0\0\0\xff\xff"),
        legacy_formula(2, 3, b"\2\0\7\0\0\0\xff\xff"),
        legacy_formula(2, 4, b"\3\0\0\0\0\0\xff\xff"),
    ]  # fmt: skip

    first, second, third = cells_of(xls(*cells, settings=styles, texts=texts), "x.xls")

    assert first == (
        "IDEé", "é☃", "x", 62053, 1.5, -7, dt.date(2026, 12, 1), True, CellError("#N/A"), "AS",
    )  # fmt: skip
    assert second == (1, 2)
    assert [(str(cell), cell.shown) for cell in third] == [
        ("=…", 12), ("=…", "ab"), ("=…", True), ("=…", "#DIV/0!"), ("=…", None),
    ]  # fmt: skip


def test_xls_text_goes_on_in_another_record_written_another_way():
    texts = record(0x00FC, struct.pack("<IIHB", 1, 1, 6, 0) + b"abc") + record(
        0x003C, b"\x01" + "é☃d".encode("utf-16-le")
    )

    assert cells_of(xls(shared_text(0, 0, 0), texts=texts), "x.xls") == [("abcé☃d",)]


def test_xls_rows_in_any_order_are_read_in_the_right_one():
    cells = [number_cell(4, 1, 3.0), number_cell(0, 0, 1.0), number_cell(4, 0, 2.0)]

    assert [(row.number, row.cells) for row in rows_of(xls(*cells), "x.xls")] == [
        (1, (1,)),
        (5, (2, 3)),
    ]


def test_xls_hidden_sheet_and_old_origin_are_told():
    content = xls(
        number_cell(0, 0, 44895.0),
        visibility=1,
        settings=record(0x0022, b"\1\0") + record(0x00E0, struct.pack("<HH", 0, 14) + b"\0" * 16),
    )

    with open_table(io.BytesIO(content), filename="x.xls") as table:
        assert [(sheet.name, sheet.visible) for sheet in table.sheets] == [("Feuil1", False)]
        assert [row.cells for row in table.rows()] == [(dt.date(2026, 12, 1),)]


def test_real_legacy_workbook_gives_codes_as_whole_numbers():
    content = shared_file("zones_example_rdv.xls").read_bytes()

    assert cells_of(content, "zones.xls")[:2] == [
        ("sector_id", "city_code", "city_name", "street_name", "street_code"),
        ("arques-rural", 62053, "AUDICTHUN"),
    ]


def test_real_workbook_with_a_second_sheet_and_dates_is_read():
    content = shared_file("tableau_suivi_candidatures_lba.xlsx").read_bytes()

    with open_table(io.BytesIO(content), filename="x.xlsx") as table:
        assert [(sheet.name, sheet.visible) for sheet in table.sheets] == [
            ("Tableau de suivi", True),
            ("Admin", False),
        ]
        rows = list(table.rows())
    assert (len(rows), len(rows[0].cells)) == (7, 11)
    assert rows[2].cells[6:9] == (dt.date(2023, 2, 9), None, dt.date(2023, 2, 9))


@pytest.mark.parametrize(
    ("serial", "expected"),
    [
        (1, dt.date(1900, 1, 1)),
        (59, dt.date(1900, 2, 28)),
        (61, dt.date(1900, 3, 1)),
        (46357, dt.date(2026, 12, 1)),
        (46357.999999999, dt.date(2026, 12, 2)),
        (2_958_465, dt.date(9999, 12, 31)),
        (-1, -1),
        (3_000_000, 3_000_000),
        (float("inf"), float("inf")),
    ],
)
def test_serial_number_is_a_date(serial, expected):
    assert from_serial(serial) == expected


def test_serial_number_of_any_day_comes_back():
    for days in range(61, 60_000, 97):
        assert to_serial(from_serial(days)) == days


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("dd/mm/yyyy", True), ("[$-40C]d mmmm yyyy;@", True), ("hh:mm", True), ("mmm-yy", True),
        ("[Magenta]dd/mm", True), ("0.00", False), ("General", False), ("[h]:mm", False),
        ('0" jours"', False), ("# ##0,00 \\d", False), ("@", False), ("[Red]-0.0", False),
    ],
)  # fmt: skip
def test_date_formats_are_told_from_the_others(code, expected):
    assert is_date_format(code) is expected


@pytest.mark.parametrize(("letters", "number"), [("A", 1), ("Z", 26), ("AB", 28), ("XFD", 16384)])
def test_columns_have_letters(letters, number):
    assert (column_number(f"{letters}12"), column_letter(number)) == (number, letters)
