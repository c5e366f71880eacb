"""Which files are taken, which are refused, and with which sentence."""

import io
import zipfile

import pytest
from django.utils import translation

from ancrage.kit.tabular import Format, Limits, open_table
from ancrage.kit.tabular.errors import (
    ERRORS,
    ArchiveTooLarge,
    CellTooLong,
    DamagedFile,
    EmptyFile,
    EncryptedFile,
    FileTooLarge,
    ForbiddenXml,
    TableError,
    TooManyCells,
    TooManyColumns,
    TooManyEntries,
    TooManyRows,
    TooManySheets,
    TooMuchText,
    UnsupportedFile,
    WrongExtension,
    error_from,
    readable_size,
)
from tests.kit.tabular.builders import (
    archive,
    compound_file,
    number_cell,
    ods,
    ods_table,
    ods_text,
    record,
    rows_of,
    xls,
    xlsx,
    xlsx_parts,
)

ONE_CELL = '<row r="1"><c r="A1"><v>1</v></c></row>'


def refusal(content: bytes, filename: str, limits: Limits | None = None) -> TableError:
    with pytest.raises(TableError) as refused:
        rows_of(content, filename, limits=limits)
    return refused.value


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n \r\n", b"\xff\xfe"])
def test_empty_file_is_named(content):
    error = refusal(content, "besoins.csv")

    assert type(error) is EmptyFile
    assert str(error) == (
        "Ce fichier est vide. Vérifiez que vous avez choisi le bon fichier et qu’il a été "
        "enregistré."
    )


@pytest.mark.parametrize(
    ("content", "filename", "sentence"),
    [
        (b"a;b\n1;2", "besoins.xlsx", "se termine par « .xlsx », mais son contenu est au format "
         "texte (CSV)."),
        (b"a;b\n1;2", "besoins.xls", "mais son contenu est au format texte (CSV)."),
        (xlsx(ONE_CELL), "besoins.csv", "mais son contenu est au format Excel (XLSX)."),
        (xlsx(ONE_CELL), "besoins.xls", "mais son contenu est au format Excel (XLSX)."),
        (ods(ods_table("")), "besoins.xlsx", "mais son contenu est au format LibreOffice (ODS)."),
        (xls(), "besoins.xlsx",
         "mais son contenu est au format Excel 97-2003 (XLS)."),
    ],
)  # fmt: skip
def test_wrong_extension_says_what_the_content_is(content, filename, sentence):
    error = refusal(content, filename)

    assert type(error) is WrongExtension
    assert sentence in str(error)


@pytest.mark.parametrize(
    ("content", "filename", "found"),
    [
        (b"%PDF-1.7 ...", "besoins.pdf", "PDF"),
        (b"\x89PNG\r\n", "besoins.xlsx", "image PNG"),
        (b"a;b", "besoins.docx", ".docx"),
        (b"<html><table><tr><td>1</td></tr></table>", "export.xls", "page web ou XML"),
        (b'<?xml version="1.0"?><Workbook/>', "export.xls", "page web ou XML"),
        (bytes(range(256)) * 4, "besoins.csv", "fichier binaire"),
        (archive({"notes.txt": "x"}), "besoins.xlsx", "archive ZIP"),
        (archive({"word/document.xml": "x"}), "besoins.docx", "document Word"),
        (archive({"ppt/x.xml": "x"}), "besoins.pptx", "présentation PowerPoint"),
        (archive({"xl/workbook.bin": "x"}), "besoins.xlsb", "Excel binaire (XLSB)"),
        (archive({"Index/x.iwa": "x"}), "besoins.numbers", "Numbers"),
        (
            archive({"mimetype": "application/vnd.oasis.opendocument.text",
                     "META-INF/manifest.xml": ""}),
            "besoins.odt",
            "document OpenDocument sans tableau",
        ),
        (compound_file({"WordDocument": b"x"}), "besoins.doc", "document Word 97-2003"),
        (xls(version=0x0500), "besoins.xls", "Excel 95 ou plus ancien (XLS)"),
        (compound_file({"Autre": b"x"}), "besoins.xls", "document Office 97-2003 sans tableau"),
    ],
)  # fmt: skip
def test_unsupported_content_is_named(content, filename, found):
    error = refusal(content, filename)

    assert type(error) is UnsupportedFile
    assert str(error) == (
        f"Le format de ce fichier ({found}) n’est pas accepté. Enregistrez le tableau au format "
        "XLSX, ODS, XLS ou CSV, puis déposez-le à nouveau."
    )


def test_content_is_named_to_each_reader_in_their_language():
    error = refusal(b"\x89PNG\r\n", "besoins.xlsx")

    with translation.override("en"):
        assert str(error).startswith("The format of this file (PNG image)")


def test_encrypted_entry_is_named():
    content = bytearray(xlsx(ONE_CELL))
    # The flag « encrypted » of every entry of the directory.
    position = content.find(b"PK\x01\x02")
    while position >= 0:
        content[position + 8] |= 1
        position = content.find(b"PK\x01\x02", position + 4)

    assert type(refusal(bytes(content), "besoins.xlsx")) is EncryptedFile


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (compound_file({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}), "besoins.xlsx"),
        (xls(encrypted=True), "besoins.xls"),
        (ods(ods_table(""), manifest="<manifest><encryption-data/></manifest>"), "besoins.ods"),
    ],
    ids=["xlsx", "xls", "ods"],
)
def test_encrypted_workbook_says_how_to_take_the_password_off(content, filename):
    error = refusal(content, filename)

    assert type(error) is EncryptedFile
    assert str(error).startswith("Ce classeur est protégé par un mot de passe")


def zeros(megabytes: int) -> bytes:
    stream = io.BytesIO()
    parts = xlsx_parts("")
    del parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name, content in parts.items():
            target.writestr(name, content)
        with target.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(megabytes):
                sheet.write(b"0" * 1024 * 1024)
    return stream.getvalue()


def test_five_hundred_megabytes_of_zeros_are_refused_unopened(monkeypatch):
    content = zeros(500)
    assert len(content) < 1024 * 1024
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_: pytest.fail("nothing is unpacked"))

    error = refusal(content, "besoins.xlsx")

    assert type(error) is ArchiveTooLarge
    assert str(error).startswith("Une fois décompressé, ce classeur occuperait 500 Mo,")


def test_small_archive_that_swells_too_much_is_refused():
    assert type(refusal(zeros(20), "besoins.xlsx")) is ArchiveTooLarge


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        (Limits(file_bytes=10), FileTooLarge),
        (Limits(archive_entries=3), TooManyEntries),
        (Limits(unpacked_bytes=100), ArchiveTooLarge),
        (Limits(sheets=0), TooManySheets),
        (Limits(rows=1), TooManyRows),
        (Limits(columns=2), TooManyColumns),
        (Limits(cells=3), TooManyCells),
        (Limits(cell_characters=3), CellTooLong),
        (Limits(characters=3), TooMuchText),
    ],
)
def test_each_limit_has_its_name(limits, expected):
    content = xlsx(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>abcd</t></is></c><c r="C1"><v>1</v></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="C2"><v>1</v></c></row>'
    )

    error = refusal(content, "besoins.xlsx", limits)

    assert type(error) is expected
    assert "%" not in str(error)


def test_sheets_of_a_libreoffice_workbook_are_limited():
    content = ods(ods_table(""), ods_table("", name="Feuille2"))

    assert type(refusal(content, "besoins.ods", Limits(sheets=1))) is TooManySheets


def test_limits_count_only_what_is_filled():
    content = xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="XFD1" s="4"/></row>')

    assert [row.cells for row in rows_of(content, "x.xlsx", limits=Limits(columns=1))] == [(1,)]


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    "<worksheet><sheetData>{}</sheetData></worksheet>"
)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_declarations_of_an_xml_bomb_are_refused(part):
    content = archive({**xlsx_parts(ONE_CELL), part: BOMB})

    error = refusal(content, "besoins.xlsx")

    assert type(error) is ForbiddenXml
    assert "refusé par sécurité" in str(error)


def test_external_entity_is_refused():
    bomb = '<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>'

    content = archive({**xlsx_parts(""), "xl/worksheets/sheet1.xml": bomb})

    assert type(refusal(content, "besoins.xlsx")) is ForbiddenXml


def flipped(content: bytes) -> bytes:
    """The archive with the content of its first sheet damaged, its directory intact."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        info = source.getinfo("xl/worksheets/sheet1.xml")
    start = info.header_offset + 30 + len(info.filename)
    damaged = bytearray(content)
    damaged[start : start + info.compress_size] = b"\xff" * info.compress_size
    return bytes(damaged)


@pytest.mark.parametrize(
    ("content", "filename"),
    [
        (xlsx(ONE_CELL)[:-40], "besoins.xlsx"),
        (xlsx(ONE_CELL + ONE_CELL), "besoins.xlsx"),
        (xlsx(ONE_CELL.replace('r="1"', 'r="99999999999"')), "besoins.xlsx"),
        (flipped(xlsx(ONE_CELL)), "besoins.xlsx"),
        (xlsx("<row><c></row>"), "besoins.xlsx"),
        (xlsx(ONE_CELL, sheets=""), "besoins.xlsx"),
        (xlsx('<row><c t="s"><v>7</v></c></row>'), "besoins.xlsx"),
        (archive({"xl/other.xml": "<x/>"}), "besoins.xlsx"),
        (ods(), "besoins.ods"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "besoins.ods"),
        (xls()[:700], "besoins.xls"),
        (xls(visibility=0, settings=record(0x041E, b"")), "besoins.xls"),
        (xls(record(0x0203, b"123456")), "besoins.xls"),
        (xls(record(0x00FD, b"\0" * 6 + b"\x07\0\0\0")), "besoins.xls"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\xff" * 600, "besoins.xls"),
    ],
)  # fmt: skip
def test_damaged_file_is_named(content, filename):
    error = refusal(content, filename)

    assert type(error) is DamagedFile
    assert str(error).startswith("Ce fichier est abîmé ou incomplet")


def test_cell_at_the_far_corner_of_a_legacy_sheet_costs_nothing():
    content = xls(number_cell(0, 0, 1.0), number_cell(65_535, 199, 2.0))

    rows = rows_of(content, "besoins.xls")

    assert [(row.number, len(row.cells), row.cells[-1]) for row in rows] == [
        (1, 1, 1),
        (65_536, 200, 2),
    ]


@pytest.mark.parametrize(
    ("content", "filename", "expected"),
    [
        (b"a;b\n1;2", "besoins.CSV", Format.TEXT),
        (b"a\tb\n1\t2", "besoins.tsv", Format.TEXT),
        (xlsx(ONE_CELL), "besoins.xlsm", Format.XLSX),
        (ods(ods_table("")), "besoins.ods", Format.ODS),
    ],
)
def test_format_is_told(content, filename, expected):
    with open_table(io.BytesIO(content), filename=filename) as table:
        assert table.format is expected


def test_missing_sheet_names_those_there_are():
    content = ods(ods_table(f"<table:table-row>{ods_text('a')}</table:table-row>", name="Besoins"))

    with (
        pytest.raises(TableError, match=r"« Absente » n’existe pas.* « Besoins »"),
        open_table(io.BytesIO(content), filename="x.ods") as table,
    ):
        list(table.rows("Absente"))


@pytest.mark.parametrize("kind", ERRORS.values())
def test_every_error_reads_as_a_sentence(kind):
    names = ("size", "limit", "found", "extension", "count", "line", "sheet", "sheets")
    sentence = str(error_from(kind.code, dict.fromkeys(names, "7")))

    assert sentence.endswith(".")
    assert "%" not in sentence


@pytest.mark.parametrize(
    ("size", "shown"),
    [(12, "12 o"), (1024, "1 Ko"), (1536, "1,5 Ko"), (500 * 1024 * 1024, "500 Mo"),
     (3 * 1024**4, "3072 Go")],
)  # fmt: skip
def test_sizes_are_readable(size, shown):
    assert readable_size(size) == shown
