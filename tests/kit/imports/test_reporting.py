"""The report keeps every original cell; the template can be filled in and imported."""

import io

import openpyxl
import pytest

from ancrage.kit.imports import ImportRun
from ancrage.kit.imports import services as imports
from ancrage.kit.imports.reporting import write_report, write_template
from tests.factories.moments import NOW
from tests.kit.imports.helpers import (
    HEADER,
    OWNER,
    apply,
    counts,
    csv_file,
    outcomes,
    stage,
    xlsx_file,
)
from tests.kit.imports.toy import stored_orders

pytestmark = pytest.mark.django_db


def report_of(staged) -> openpyxl.Workbook:
    stream = io.BytesIO()
    write_report(staged=staged, stream=stream)
    stream.seek(0)
    return openpyxl.load_workbook(stream)


def values(sheet) -> list[list[object]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_report_has_each_line_with_its_cells_outcome_and_reasons():
    staged = stage(
        csv_file(
            "Réf;Métier;ETP;Couleur",
            "A1;IDE;80 %;bleu",
            "A2;Dompteur;1,4;=1+1;en trop",
            "TOTAL;;2;",
        )
    )

    book = report_of(staged)

    assert book.sheetnames == ["Lignes du fichier", "Résumé"]
    assert values(book["Lignes du fichier"]) == [
        [
            "Réf", "Métier", "ETP", "Couleur", "E", "Ligne du fichier", "Résultat de l’import",
            "Raisons", "Corrections proposées",
        ],
        ["A1", "IDE", "80 %", "bleu", None, 2, "à créer", None, None],
        [
            "A2", "Dompteur", "1,4", "'=1+1", "en trop", 3, "refusée",
            "ETP : Un poste ne peut pas dépasser 1 ETP (lu : 1,4). S’il s’agit de plusieurs "
            "postes, indiquez leur nombre et le temps de travail de chacun.\n"
            "Métier : Métier inconnu : « Dompteur ».",
            None,
        ],
        [
            "TOTAL", None, "2", None, None, 4, "ignorée",
            "Ligne de total : elle n’est pas importée.", None,
        ],
    ]  # fmt: skip


def test_report_tells_suggestions_corrections_and_changes():
    apply(stage(csv_file(HEADER, "A1;IDE;1;;;;")))
    staged = stage(csv_file(HEADER, "A1;IDE;2;;;;", "A2;IDE;-3;;;31/02/2027;"))
    imports.correct_row(staged=staged, line=3, values={"posts": "3"}, by=None, now=NOW)

    rows = values(report_of(staged)["Lignes du fichier"])

    assert rows[1][8:] == ["à modifier", "posts : 1 → 2", None]
    assert rows[2][8:] == [
        "refusée",
        "Début : Le 31/02/2027 n’existe pas dans le calendrier.\nNb postes : corrigé en « 3 ».",
        "Début : 28/02/2027",
    ]


def test_report_sums_up_the_import():
    staged = stage(csv_file(HEADER, "A1;IDE;2;;;;", ""))

    summary = [row[0] for row in values(report_of(staged)["Résumé"])]

    assert summary[:5] == [
        "Fichier : besoins.csv",
        "Déposé le 16/11/2026 10:30",
        "État : prêt à appliquer",
        "Lignes lues : 1",
        "Lignes « à créer » : 1",
    ]
    assert "Colonne A « Réf » lue comme : Référence interne" in summary


def test_report_names_the_sheet_that_was_read():
    staged = stage(xlsx_file(["Métier", "ETP"], ["IDE", 1]), "besoins.xlsx")

    assert "Feuille : Besoins" in [row[0] for row in values(report_of(staged)["Résumé"])]


def test_report_of_a_complete_list_names_what_is_absent():
    apply(stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;")))
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"), options={"complete_list": True})

    book = report_of(staged)

    assert values(book["Absents du fichier"]) == [
        ["Référence", "Changements"],
        ["A2", "état : ouvert → clos"],
    ]
    assert "Lignes « à clore » : 1" in [row[0] for row in values(book["Résumé"])]


def test_report_can_be_corrected_and_imported_again():
    staged = stage(csv_file(HEADER, "A1;Dompteur;2;;;;'=texte"))
    book = report_of(staged)
    book["Lignes du fichier"]["B2"] = "IDE"
    stream = io.BytesIO()
    book.save(stream)
    stream.seek(0)

    again = stage(stream, "rapport.xlsx")

    assert again.counts == counts(read=1, created=1)
    apply(again)
    assert stored_orders(OWNER)["A1"]["description"] == "=texte"


def template(kind: str) -> io.BytesIO:
    stream = io.BytesIO()
    write_template(kind=kind, stream=stream, run=ImportRun(OWNER, {}, None, NOW))
    stream.seek(0)
    return stream


def test_template_can_be_imported_as_it_is():
    staged = stage(template("toy-orders"), "modele.xlsx")

    assert staged.sheet == "Commandes"
    assert staged.codes == [
        "reference", "profession", "posts", "fte", "contract", "starts_on", "description",
    ]  # fmt: skip
    assert outcomes(staged) == {2: "created"}


def test_template_explains_itself():
    book = openpyxl.load_workbook(template("toy-orders"))

    assert book.sheetnames == ["Mode d’emploi", "Commandes", "Listes"]
    manual = [row[0] for row in values(book["Mode d’emploi"])]
    assert manual[:2] == ["Commandes", "Une ligne par commande."]
    assert "Métier *" in manual
    assert [cell.value for cell in book["Commandes"][2]][:2] == [None, "Infirmier"]
