"""CSV as it comes: encodings, separators, quotes, line numbers."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.kit.tabular import CellError, FormulaText, Limits, TableError, open_table
from ancrage.kit.tabular.errors import CellTooLong, DamagedFile, UnclosedQuote
from tests.kit.tabular.builders import cells_of, rows_of, shared_file

TEXT = "Métier;Début\r\nAide-soignant « nuit »;été\r\n"
ROWS = [("Métier", "Début"), ("Aide-soignant « nuit »", "été")]


@pytest.mark.parametrize(
    ("encoding", "mark", "told"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("cp1252", b"", "cp1252"),
        ("latin-1", b"", "cp1252"),
    ],
)
def test_encoding_is_found(encoding, mark, told):
    content = mark + TEXT.encode(encoding)

    assert cells_of(content, "x.csv") == ROWS
    with open_table(io.BytesIO(content), filename="x.csv") as table:
        assert table.encoding == told


def test_bytes_that_windows_does_not_know_fall_back_on_latin_1():
    assert cells_of(b"a;b\n\x81\xe9;2\n", "x.csv") == [("a", "b"), ("\x81é", "2")]


def test_accent_after_many_plain_lines_still_tells_the_encoding():
    lines = b"a;b\r\n" * 20_000

    rows = cells_of(lines + b"\xe9t\xe9;1\r\n", "x.csv")

    assert rows[-1] == ("été", "1")


def test_broken_utf_16_is_damaged():
    with pytest.raises(DamagedFile):
        rows_of(b"\xff\xfe" + "a;b\n".encode("utf-16-le") + b"\x00\xd8\x00\xd8\x41", "x.csv")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a;b;c\n1,5;2;3\n", ("1,5", "2", "3")),
        ("a,b,c\n1.5,2,3\n", ("1.5", "2", "3")),
        ("a\tb\tc\n1,5\t2\t3\n", ("1,5", "2", "3")),
        ("a|b|c\n1,5|2|3\n", ("1,5", "2", "3")),
        ("sep=;\na;b;c\n1,5;2;3\n", ("1,5", "2", "3")),
        ('a,b,c\n"lundi;mardi",2,3\n', ("lundi;mardi", "2", "3")),
        ("Titre du tableau, au 15/10\n\na;b;c\n1,5;2,5;3\n", ("1,5", "2,5", "3")),
        ("a\n1\n", ("1",)),
    ],
)
def test_separator_is_found(content, expected):
    assert cells_of(content.encode(), "x.csv")[-1] == expected


def test_declared_separator_line_is_not_counted():
    assert [row.number for row in rows_of(b"sep=;\na;b\n1;2\n", "x.csv")] == [1, 2]


def test_quotes_doubled_and_line_breaks_inside_a_cell_are_read():
    content = b'a;b\n"HOPITAL ""BELLE FONTAINE""";"deux\nlignes"\n3;4\n'

    assert [(row.number, row.cells) for row in rows_of(content, "x.csv")] == [
        (1, ("a", "b")),
        (2, ('HOPITAL "BELLE FONTAINE"', "deux\nlignes")),
        (3, ("3", "4")),
    ]


def test_blank_lines_and_trailing_separators_are_left_out():
    content = b"a;b;;;\r\n\r\n;;;;\r\n1;2;;;\r\n"

    assert [(row.number, row.cells) for row in rows_of(content, "x.csv")] == [
        (1, ("a", "b")),
        (4, ("1", "2")),
    ]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_end_of_line_is_read(ends):
    assert cells_of(ends.join(["a;b", "1;2"]).encode(), "x.csv") == [("a", "b"), ("1", "2")]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b'a;b\n1;2\n3;"jamais\n4;5\n', 3),
        (b'a;b\n1;"2\n' + b"x;y\n" * 300 + b'3;"4"\n', 2),
        (b'a;b\n1;"2\n' + b"x" * 200_000, 2),
    ],
)
def test_quote_never_closed_is_named_with_its_line(content, line):
    with pytest.raises(UnclosedQuote) as refused:
        rows_of(content, "x.csv")

    assert refused.value.facts == {"line": line}


def test_inch_mark_in_a_text_is_no_opened_quote():
    assert cells_of(b'a;b\ntuyau 5" de long;2\n', "x.csv")[1] == ('tuyau 5" de long', "2")


def test_cell_too_long_is_named_with_its_line():
    with pytest.raises(CellTooLong) as refused:
        rows_of(b"a;b\n" + b"x" * 200_000 + b";2\n", "x.csv", limits=Limits(cell_characters=100))

    assert refused.value.facts == {"line": 2, "limit": 100}


def test_formulas_and_errors_are_marked():
    ((formula, error, plain),) = cells_of(b"=SUM(A1);#REF!;-2\n", "x.csv")

    assert (type(formula), formula) == (FormulaText, "=SUM(A1)")
    assert (type(error), error) == (CellError, "#REF!")
    assert (type(plain), plain) == (str, "-2")


def test_table_is_read_twice_with_its_progress():
    content = b"a;b\n" + b"1;2\n" * 40_000
    with open_table(io.BytesIO(content), filename="x.csv") as table:
        first = iter(table.rows())
        for _ in range(20_000):
            next(first)
        assert 0.3 < table.progress < 0.7
        assert len(list(table.rows())) == 40_001
        assert table.progress == 1.0


def test_real_mangled_extract_is_read_whole():
    content = shared_file("finess_44_extrait_malmene_par_tableur.csv").read_bytes()

    rows = cells_of(content, "finess.csv")

    assert len(rows) == 34
    assert {len(row) for row in rows} <= {31, 32}
    assert rows[0][22] == "2,644E+13"
    assert rows[15][4] == 'HOPITAL DE JOUR DE PEDO-PSYCHIATRIE "BELLE FONTAINE"'


@given(st.binary(min_size=1, max_size=300))
def test_any_bytes_are_read_or_refused_with_a_sentence(content):
    numbers, sentence = [1], "."
    try:
        numbers = [row.number for row in rows_of(content, "x.csv")]
    except TableError as refused:
        sentence = str(refused)

    assert sentence.endswith(".")
    assert numbers == sorted(set(numbers))
