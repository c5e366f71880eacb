"""What is written is read back the same, by us and by others, and runs no formula."""

import datetime as dt
import io
import warnings

import openpyxl
import pytest
import python_calamine
from hypothesis import given
from hypothesis import strategies as st

from ancrage.kit.tabular import CellError, FormulaText
from ancrage.kit.tabular.cells import as_text, decode_cell, encode_cell
from ancrage.kit.tabular.writing import (
    ColumnToWrite,
    SheetToWrite,
    csv_lines,
    escape_formula,
    unescape_formula,
    write_csv,
    write_xlsx,
)
from tests.kit.tabular.builders import cells_of

NOON = dt.datetime(2026, 12, 1, 12, 30)  # noqa: DTZ001 - a spreadsheet knows no time zone
# What a spreadsheet can hold: no lone surrogate, no non-character.
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff"))

WORDS = st.text(st.one_of(st.characters(exclude_categories=["Cs", "Cc"]), st.just("\n")))


def workbook(*rows: tuple, **column: object) -> bytes:
    stream = io.BytesIO()
    width = max((len(row) for row in rows), default=1)
    columns = [ColumnToWrite(f"c{number}", **column) for number in range(width)]
    write_xlsx(stream, [SheetToWrite("Besoins", columns, rows)])
    return stream.getvalue()


def written_csv(header: list[str], rows: list[tuple], **options: object) -> bytes:
    stream = io.BytesIO()
    write_csv(stream, header, rows, **options)
    return stream.getvalue()


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+33 6", "-2", "@SOMME(A1)", "\tx", "\rx", "\nx", "\x00=1", "'=1", "''@x", "＝1"],
)
def test_dangerous_text_is_escaped_and_given_back(text):
    assert escape_formula(text) == f"'{text}"
    assert unescape_formula(escape_formula(text)) == text


@pytest.mark.parametrize("text", ["", "IDE", "l’IDE", "'citation'", "2-3", " =1", "'"])
def test_harmless_text_is_left_alone(text):
    assert escape_formula(text) == text
    assert unescape_formula(text) == text


@given(st.text())
def test_escape_is_undone_exactly_and_never_leaves_a_danger(text):
    escaped = escape_formula(text)

    assert unescape_formula(escaped) == text
    assert escaped[:1] not in set("=+-@\t\r\n\x00")


def test_csv_is_made_for_french_spreadsheets():
    content = written_csv(
        ["Métier", "=Titre"],
        [("IDE", -2), ("=1+1", 0.75), (None, dt.date(2026, 12, 1)), (True, "a;b"), (NOON, 'x"y')],
    )

    assert content.decode("utf-8-sig").splitlines() == [
        "Métier;'=Titre",
        "IDE;-2",
        "'=1+1;0,75",
        ";01/12/2026",
        'oui;"a;b"',
        '01/12/2026 12:30;"x""y"',
    ]
    assert content.startswith(b"\xef\xbb\xbf")


def test_csv_without_mark_and_with_another_separator():
    assert written_csv(["a", "b"], [(1, 2)], mark=False, delimiter=",") == b"a,b\r\n1,2\r\n"


def test_csv_comes_in_pieces():
    pieces = list(csv_lines(["a"], [("x" * 1000,) for _ in range(100)]))

    assert len(pieces) > 2
    assert b"".join(pieces).count(b"\r\n") == 101


def test_moment_that_knows_its_zone_is_written_as_the_clocks_here_show_it():
    late = dt.datetime(2026, 8, 31, 22, 30, tzinfo=dt.UTC)

    ((_first, read),) = cells_of(workbook(("x", late)), "x.xlsx")[1:]

    assert written_csv(["Le"], [(late,)]).decode("utf-8-sig") == "Le\r\n01/09/2026 00:30\r\n"
    assert read == dt.datetime(2026, 9, 1, 0, 30)  # noqa: DTZ001


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=5))
def test_any_text_comes_back_from_csv(rows):
    content = written_csv(["Métier", "Début", "Fin"], [(*row, "fin") for row in rows])

    read = cells_of(content, "x.csv")[1:]

    assert [tuple(unescape_formula(as_text(cell)) for cell in row[:2]) for row in read] == rows


@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_any_text_comes_back_from_xlsx(texts):
    content = workbook(("début", *texts, "fin"))

    (read,) = cells_of(content, "x.xlsx")[1:]

    assert [unescape_formula(as_text(cell)) for cell in read[1:-1]] == texts


@given(
    st.one_of(
        st.integers(-(10**14), 10**14),
        st.floats(-1e12, 1e12),
        st.dates(dt.date(1901, 1, 1)),
        st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2100, 1, 1)).map(  # noqa: DTZ001
            lambda moment: moment.replace(microsecond=0)
        ),
    )
)
def test_any_figure_or_date_comes_back_from_xlsx(value):
    ((_first, read),) = cells_of(workbook(("x", value)), "x.xlsx")[1:]

    if isinstance(value, dt.datetime) and value.time() == dt.time():
        value = value.date()
    assert read == value


def test_workbook_is_read_alike_by_other_programs():
    rows = [("IDE", -2, 0.75, dt.date(2026, 12, 1), NOON, "=1+1", True, None, "a\nb")]
    content = workbook(*rows)
    expected = ["IDE", -2, 0.75, NOON.replace(hour=0, minute=0), NOON, "'=1+1", "oui"]

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    theirs = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))

    assert [cell.value for cell in sheet[2]][:7] == expected
    assert all(cell.data_type != "f" for cell in sheet[2])
    row = theirs.get_sheet_by_index(0).to_python()[1]
    assert [str(cell)[:16] for cell in row[:6]] == [
        "IDE", "-2.0", "0.75", "2026-12-01", "2026-12-01 12:30", "'=1+1",
    ]  # fmt: skip


def test_template_has_instructions_lists_and_a_frozen_header():
    stream = io.BytesIO()
    columns = [
        ColumnToWrite("FINESS", identifier=True, width=12),
        ColumnToWrite("Métier *", allowed=["Infirmier", "Aide-soignant"]),
        ColumnToWrite("Autre métier", allowed=["Infirmier", "Aide-soignant"]),
        ColumnToWrite("Contrat", allowed=["CDI"]),
        ColumnToWrite("Commentaire", wrap=True),
    ]
    sheets = [
        SheetToWrite("Mode d’emploi", [], [["Une ligne par besoin."]]),
        SheetToWrite("Besoins", columns, [["010000024", "Infirmier"]], list_rows=50),
    ]
    write_xlsx(stream, sheets)

    book = openpyxl.load_workbook(stream)

    assert book.sheetnames == ["Mode d’emploi", "Besoins", "Listes"]
    assert book["Mode d’emploi"]["A1"].value == "Une ligne par besoin."
    data = book["Besoins"]
    assert (data.freeze_panes, data.merged_cells.ranges) == ("A2", set())
    assert [cell.value for cell in data[1]] == [column.label for column in columns]
    assert (data["A2"].value, data["A2"].number_format) == ("010000024", "@")
    assert data.column_dimensions["A"].width == 12
    validations = {
        str(one.sqref): (one.type, one.formula1, one.errorStyle)
        for one in data.data_validations.dataValidation
    }
    assert validations == {
        "B2:B51": ("list", "liste_1", "warning"),
        "C2:C51": ("list", "liste_1", "warning"),
        "D2:D51": ("list", "liste_2", "warning"),
    }
    assert {name: one.attr_text for name, one in book.defined_names.items()} == {
        "liste_1": "'Listes'!$A$2:$A$3",
        "liste_2": "'Listes'!$B$2:$B$2",
    }
    assert [[cell.value for cell in row] for row in book["Listes"].iter_rows()] == [
        ["Métier *", "Contrat"],
        ["Infirmier", "CDI"],
        ["Aide-soignant", None],
    ]


def test_numbers_in_an_identifier_column_are_texts():
    assert cells_of(workbook((12, "007"), identifier=True), "x.xlsx")[1] == ("12", "007")


def test_sheet_names_are_made_acceptable():
    stream = io.BytesIO()
    names = ["Besoins/2026", "besoins 2026", "x" * 40, "", "'l'hôpital'"]
    write_xlsx(stream, [SheetToWrite(name, [ColumnToWrite("a")], [[1]]) for name in names])

    assert openpyxl.load_workbook(stream).sheetnames == [
        "Besoins 2026", "besoins 2026 2", "x" * 31, "Feuille", "l'hôpital",
    ]  # fmt: skip


def test_long_sheet_is_written_in_pieces_and_read_whole():
    rows = [(f"texte {number}", number) for number in range(3000)]

    assert cells_of(workbook(*rows), "x.xlsx")[1:] == rows


def test_sheet_longer_than_a_spreadsheet_is_refused(monkeypatch):
    monkeypatch.setattr("ancrage.kit.tabular.writing.workbook._LAST_ROW", 3)

    with pytest.raises(ValueError, match="a sheet holds 3 rows"):
        workbook(*[(1,)] * 3)


def test_old_dates_and_odd_values_are_written_as_texts():
    content = workbook(("x", dt.date(1850, 1, 2), dt.time(8, 30), float("inf"), CellError("#N/A")))

    assert cells_of(content, "x.xlsx")[1] == ("x", "1850-01-02", "08:30:00", "inf", "#N/A")


CELLS = st.one_of(
    st.none(), st.text(), st.integers(), st.booleans(), st.dates(), st.times(), st.datetimes(),
    st.floats(allow_nan=False, allow_infinity=False), st.text().map(CellError),
    st.builds(FormulaText, st.text(), st.one_of(st.none(), st.integers(), st.text())),
)  # fmt: skip


@given(CELLS)
def test_any_cell_comes_back_from_its_stored_form(value):
    read = decode_cell(encode_cell(value))

    if isinstance(value, str):
        value = type(value)(value.replace("\x00", "\ufffd"))
    assert (type(read), read) == (type(value), value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), ("a", "a"), (True, "oui"), (False, "non"), (2, "2"), (2.0, "2"),
        (0.75, "0,75"), (dt.date(2026, 12, 1), "01/12/2026"), (NOON, "01/12/2026 12:30"),
        (dt.time(8, 5), "08:05"),
        (FormulaText("=1"), "=1"),
    ],
)  # fmt: skip
def test_cell_is_shown_as_in_a_french_spreadsheet(value, text):
    assert as_text(value) == text
