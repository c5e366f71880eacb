"""Where the table starts: titles above, blank lines, two lines of header, none, several sheets."""

import io

import pytest

from ancrage.kit.tabular import FormulaText, Header, Row, find_header, locate, open_table
from ancrage.kit.tabular.headers import letters
from ancrage.kit.tabular.wording import key_of
from tests.kit.tabular.builders import ods, ods_table, ods_text, shared_file

KNOWN = {"metier", "nb postes", "etp", "debut", "contrat type", "n"}


def is_known(label: str) -> bool:
    return key_of(label) in KNOWN


def header_of(*rows: tuple) -> Header | None:
    return find_header(
        [Row(number, cells) for number, cells in enumerate(rows, start=1) if cells], is_known
    )


def test_header_on_the_first_line():
    assert header_of(("Métier", "Nb postes"), ("IDE", 2)) == Header(
        1, 1, ("Métier", "Nb postes"), 2
    )


def test_header_under_titles_and_blank_lines():
    found = header_of(
        ("HÔPITAL DE LA CÔTE",), ("Recensement au 15/10/2026",), (), (), ("Métier ", "Nb\npostes"),
        ("IDE", 2),
    )  # fmt: skip

    assert found == Header(5, 5, ("Métier", "Nb postes"), 2)


def test_header_on_two_lines_takes_the_most_telling_words():
    found = header_of(("Métier", "Contrat", None, "ETP"), (None, "Type", "Durée"), ("IDE", "CDI"))

    assert found == Header(1, 2, ("Métier", "Contrat Type", "Durée", "ETP"), 3)


def test_second_line_is_no_header_when_it_holds_figures():
    found = header_of(("Métier", "ETP"), ("Début", 2), ("x", FormulaText("=1")))

    assert found == Header(1, 1, ("Métier", "ETP"), 2)


def test_first_line_of_data_with_a_known_word_is_no_second_header():
    found = header_of(("Métier", "Contrat type", "Affectation"), ("IDE", "CDI", "Début"))

    assert found == Header(1, 1, ("Métier", "Contrat type", "Affectation"), 2)


def test_first_line_of_data_that_says_its_own_header_again_is_no_second_header():
    found = header_of(("Métier", "Poste", "ETP"), ("Métier", "Aide", "x"), ("IDE", "ETP", "y"))

    assert found == Header(1, 1, ("Métier", "Poste", "ETP"), 2)


def test_header_in_line_five_over_data_with_a_known_word():
    found = header_of(
        ("Recensement",), (), ("Service des ressources humaines",), (),
        ("Métier", "ETP", "Rattachement"), ("IDE", "plein temps", "N°"), ("AS", "mi-temps", "x"),
    )  # fmt: skip

    assert found == Header(5, 5, ("Métier", "ETP", "Rattachement"), 2)


def test_figures_of_a_text_file_are_no_second_header():
    found = header_of(("Métier", "Nombre", "Suite"), ("Métier", "2", "Début"))

    assert found == Header(1, 1, ("Métier", "Nombre", "Suite"), 1)


def test_group_titles_over_the_names_are_a_header_on_two_lines():
    found = header_of(
        ("Poste", None, None, "Conditions", None),
        ("Métier", "Nb postes", "ETP", "Contrat type", "Début"),
        ("IDE", "2", "1", "CDI", "01/02/2027"),
    )

    assert found == Header(1, 2, ("Métier", "Nb postes", "ETP", "Contrat type", "Début"), 5)


def test_known_group_title_over_other_words_is_a_header_on_two_lines():
    found = header_of(
        ("Métier", "Début", None, "ETP"), (None, "Contrat type", "N°", None), ("IDE", "CDI", "7")
    )

    assert found == Header(1, 2, ("Métier", "Contrat type", "N°", "ETP"), 4)


def test_column_without_name_beside_a_known_word_does_not_make_a_header_of_data():
    found = header_of(("Métier", None), ("IDE", "Début"))

    assert found == Header(1, 1, ("Métier", ""), 1)


def test_two_header_lines_must_follow_one_another():
    rows = [Row(1, ("Métier", "Contrat")), Row(3, (None, "Type", "Début"))]

    assert find_header(rows, is_known) == Header(1, 1, ("Métier", "Contrat"), 1)


def test_no_header_when_nothing_is_known():
    assert header_of(("IDE", 2, 0.8), ("AS", 1, 1)) is None


def test_line_of_data_with_one_known_word_is_no_header():
    assert header_of(("Début", 2), ("AS", 1)) is None


def test_repeated_word_is_no_header():
    assert header_of(("Métier", "x", "x")) is None


def test_empty_sheet_has_no_header():
    assert header_of() is None


def sheets(*tables: tuple[str, tuple[str, ...]], hidden: str = "") -> io.BytesIO:
    content = ods(
        *[
            ods_table(
                f"<table:table-row>{''.join(map(ods_text, labels))}</table:table-row>",
                name,
                "hidden" if name == hidden else "",
            )
            for name, labels in tables
        ],
        styles='<style:style style:name="hidden"><style:table-properties table:display="false"/>'
        "</style:style>",
    )
    return io.BytesIO(content)


@pytest.mark.parametrize(
    ("tables", "hidden", "expected"),
    [
        ((("Mode d’emploi", ("Lisez-moi",)), ("Besoins", ("Métier", "ETP"))), "", "Besoins"),
        ((("Listes", ("Métier",)), ("Besoins", ("Métier", "ETP"))), "", "Besoins"),
        ((("Un", ("Métier", "ETP")), ("Deux", ("Métier", "ETP"))), "", "Un"),
        ((("Un", ("Métier", "ETP")), ("Deux", ("Métier", "ETP"))), "Un", "Deux"),
        ((("Vide", ()), ("Données", ("IDE", "CDI"))), "", "Données"),
    ],
)
def test_sheet_with_the_most_known_names_is_chosen(tables, hidden, expected):
    with open_table(sheets(*tables, hidden=hidden), filename="x.ods") as table:
        assert locate(table, is_known).sheet == expected


def test_sheet_asked_for_is_the_only_one_looked_at():
    stream = sheets(("Un", ("Métier", "ETP")), ("Deux", ("a", "b")))

    with open_table(stream, filename="x.ods") as table:
        found = locate(table, is_known, sheet="Deux")

    assert (found.sheet, found.header) == ("Deux", None)
    assert [row.cells for row in found.rows] == [("a", "b")]


def test_real_workbook_with_merged_titles_is_located():
    path = shared_file("needs/besoins_hopital_titres_fusionnes.xlsx")

    with path.open("rb") as stream, open_table(stream, filename=path.name) as table:
        found = locate(table, is_known)

    assert (found.sheet, found.header) == (
        "Recensement 2026",
        Header(
            5,
            5,
            (
                "N°", "Métier", "Spécialité / service", "Nb postes", "Quotité", "Type de contrat",
                "Date de prise de poste", "Motif", "Observations",
            ),
            3,
        ),
    )  # fmt: skip


def test_columns_without_header_have_letters():
    assert letters(3) == ("A", "B", "C")
