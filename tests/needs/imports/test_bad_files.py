"""Files that are wrong as a whole, and lines that are: each with its sentence."""

import io
import zipfile

import openpyxl
import pytest

from ancrage.kit.imports import services as imports
from ancrage.kit.models import StagedImport
from ancrage.needs.models import Need
from tests.kit.imports.helpers import csv_file
from tests.needs.imports.helpers import HEADER, apply, counted, lines, need_called, remarks, stage

pytestmark = pytest.mark.django_db

LINE = "A1;IDE;SSR;2;80 %;CDI;01/02/2027;;création;équipe de nuit"


def workbook(*rows: list[object]) -> io.BytesIO:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)
    return stream


def bomb() -> io.BytesIO:
    """A workbook whose sheet unpacks to hundreds of megabytes of zeros."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(workbook(["a"])) as sound,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for name in sound.namelist():
            if name.startswith("xl/worksheets/"):
                with archive.open(name, "w", force_zip64=True) as part:
                    for _ in range(500):
                        part.write(bytes(1024 * 1024))
            else:
                archive.writestr(name, sound.read(name))
    stream.seek(0)
    return stream


@pytest.mark.parametrize(
    ("stream", "name"),
    [
        (io.BytesIO(b""), "vide.csv"),
        (io.BytesIO(b"%PDF-1.7 besoins"), "besoins.pdf"),
        (io.BytesIO(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)), "protege.xlsx"),
        (io.BytesIO(b"PK\x03\x04 coupe en route"), "coupe.xlsx"),
    ],
    ids=["empty", "wrong extension", "encrypted", "cut"],
)
def test_unreadable_file_is_refused_and_nothing_kept(hospital, stream, name):
    with pytest.raises(imports.TableError) as refused:
        stage(hospital, stream, name)

    assert str(refused.value)
    assert StagedImport.objects.count() == 0


def test_archive_bomb_is_refused_before_it_is_unpacked(hospital):
    with pytest.raises(imports.TableError) as refused:
        stage(hospital, bomb(), "besoins.xlsx")

    assert refused.value.code in {"archive_too_large", "file_too_large"}
    assert Need.objects.count() == 0


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1", "cp1252"])
def test_any_encoding_gives_the_same_need(hospital, encoding):
    apply(stage(hospital, csv_file(HEADER, LINE, encoding=encoding)))

    need = need_called("A1")
    assert (need.profession.code, need.reason, need.description) == (
        "nurse", "creation", "équipe de nuit",
    )  # fmt: skip


def test_file_without_header_says_which_columns_lack(hospital):
    staged = stage(hospital, csv_file(LINE, LINE.replace("A1", "A2"), LINE.replace("A1", "A3")))

    assert "profession" in [column.code for column in staged.missing_columns()]
    assert staged.writes == 0


def test_header_in_line_five_and_empty_line_and_total_are_understood(hospital):
    staged = stage(
        hospital,
        workbook(
            ["Hôpital"],
            ["Besoins au 15 octobre"],
            [],
            [],
            HEADER.split(";"),
            LINE.split(";"),
            [],
            LINE.replace("A1", "A2").split(";"),
            [None, "TOTAL", None, "=SUM(D6:D8)"],
        ),
        "besoins.xlsx",
    )

    assert counted(staged) == {"read": 3, "created": 2, "ignored": 1, "empty": 1}


def test_header_on_two_lines_is_understood(hospital):
    staged = stage(
        hospital,
        workbook(
            ["Poste", None, None, None, "Dates", None],
            ["Réf", "ETP", "Métier", "Contrat", "Début", "Fin"],
            ["A1", 1, "IDE", "CDD", "01/02/2027", "31/07/2027"],
        ),
        "besoins.xlsx",
    )
    apply(staged)

    assert str(need_called("A1").ends_on) == "2027-07-31"


def test_first_line_that_holds_the_word_of_a_header_is_a_line_all_the_same(hospital):
    staged = lines(
        hospital,
        "A1;1;IDE;CDI;01/02/2027;Service",
        "A2;1;AS;CDI;01/02/2027;Pôle",
        header="Réf;ETP;Métier;Contrat;Début;Rattaché à",
    )

    assert (staged.header_first, staged.header_last) == (1, 1)
    assert counted(staged) == {"read": 2, "created": 2}


def test_header_repeated_under_itself_is_set_aside_with_its_reason(hospital):
    staged = lines(hospital, HEADER, LINE)

    assert counted(staged) == {"read": 2, "created": 1, "ignored": 1}


@pytest.mark.parametrize(
    ("line", "column", "level", "beginning", "suggestion"),
    [
        ("A1;Dompteur;;1;1;CDI;01/02/2027;;;", "Métier", "error", "Métier inconnu", ""),
        (
            "A1;IDE;;1;1,4;CDI;01/02/2027;;;", "Quotité", "error",
            "Un poste ne peut pas dépasser 1 ETP", "",
        ),
        (
            "A1;IDE;;1;1;CDI;31/02/2027;;;", "Début", "error",
            "Le 31/02/2027 n’existe pas", "28/02/2027",
        ),
        (
            "A1;IDE;;1;1;CDI;04/04/1904;;;", "Début", "error",
            "04/04/1904 est une date de remplissage", "",
        ),
        ("A1;IDE;;-2;1;CDI;01/02/2027;;;", "Nb postes", "error", "-2 est trop petit", "2"),
        ("A1;IDE;;1;1;;01/02/2027;;;", "Type de contrat", "error", "Cette cellule est oblig", ""),
        (
            "A1;IDE;;1;1;CDI;01/02/2027;01/01/2027;;", "Fin", "error",
            "La fin ne peut pas précéder", "",
        ),
        (
            "A1;IDE;;1;1;CDI;01/02/2016;;;", "Début", "error",
            "Cette prise de poste date de plus de deux ans", "",
        ),
        (
            "A1;IDE;;1;1;CDD;01/02/2026;31/07/2026;;", "Fin", "error",
            "La fin est déjà passée", "",
        ),
    ],
)  # fmt: skip
def test_wrong_cell_is_told_at_its_line_and_column(
    hospital, line, column, level, beginning, suggestion
):
    staged = lines(hospital, line)
    said = remarks(staged, 2)

    assert (said[0].column, said[0].level, said[0].suggestion) == (column, level, suggestion)
    assert said[0].sentence.startswith(beginning)
    with pytest.raises(imports.NothingToApply):
        apply(staged)
    assert Need.objects.count() == 0


def test_formula_in_a_remark_is_kept_as_text(hospital):
    apply(lines(hospital, "A1;IDE;;1;1;CDI;01/02/2027;;;=1+1"))

    assert need_called("A1").description == "=1+1"


def test_same_reference_twice_with_other_contents_is_held_back(hospital):
    staged = lines(hospital, LINE, LINE.replace("IDE", "AS"))

    assert counted(staged) == {"read": 2, "created": 1, "to_check": 1}


def test_same_line_twice_is_created_twice_only_if_accepted(hospital):
    twin = LINE.removeprefix("A1")
    staged = lines(hospital, twin, twin)
    assert counted(staged) == {"read": 2, "created": 1, "to_check": 1}

    imports.decide_rows(staged=staged, lines=[3], accept=True, by=None, now=staged.created_at)
    apply(staged)

    assert Need.objects.count() == 2


def test_unknown_column_is_said_not_dropped(hospital):
    staged = lines(
        hospital,
        "A1;1;IDE;CDI;01/02/2027;bleu",
        header="Réf;ETP;Métier;Contrat;Début;Couleur du badge",
    )

    assert any("Couleur du badge" in sentence for sentence in staged.notice_sentences)
    assert staged.rows.get(line=2).original_cells[-1] == "bleu"
