"""Official files: each of their traps is mended and told, or refused by its line."""

import io

import numpy as np
import pytest
from openpyxl import Workbook

from ancrage.demography.enums import Care
from ancrage.demography.services import (
    FileRefused,
    read_access,
    read_means,
    read_people,
    read_professionals,
    read_roads,
)

LABELS = (
    "Code commune INSEE",
    "Commune",
    "APL aux médecins généralistes",
    "APL aux médecins généralistes de 65 ans et moins",
    "Population standardisée 2021 pour la médecine générale",
    "Population totale 2021",
)


def stream(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def workbook(*rows: tuple[object, ...]) -> io.BytesIO:
    """The layout of the DREES: a note sheet, eight lines above the header, units under it."""
    book = Workbook()
    book.active.title = "Lisez-moi"
    sheet = book.create_sheet("APL 2023")
    for line in range(8):
        sheet.append([f"Titre {line}"] if line < 2 else [])
    sheet.append(LABELS)
    sheet.append([None, None, "C/an/hab", "C/an/hab", "hab", "hab"])
    for row in rows:
        sheet.append(row)
    written = io.BytesIO()
    book.save(written)
    written.seek(0)
    return written


def test_the_workbook_of_the_drees_is_read_from_its_header():
    draft = read_access(
        workbook(
            (1001, "L’Abergement-Clémenciat", 2.021, "1,9", 700.5, 767),
            ("44131", "Pornic", 3.4, "NA", 15000, 17910),
            ("49331", "Segré-en-Anjou Bleu", 48.3, 40, 17000, 17500),
            ("75056", "Paris", 3.9, 3.5, 2e6, 2.1e6),
        ),
        filename="apl.xlsx",
        care=Care.GP,
        sheet="APL 2023",
    )

    assert draft.columns["code"].tolist() == ["01001", "44131", "49331", "75056"]
    assert draft.columns["access"].tolist() == [2.021, 3.4, 48.3, 3.9]
    assert np.array_equal(draft.columns["access_65"], [1.9, np.nan, 40, 3.5], equal_nan=True)
    assert draft.columns["standardised"].tolist() == [700.5, 15000, 17000, 2e6]
    assert draft.columns["people"].tolist() == [767, 17910, 17500, 2.1e6]
    assert draft.remarks == (
        "apl.xlsx : 1 code lu comme un nombre, zéros remis.",
        "Paris en une seule commune (75056) : ses arrondissements manquent.",
        "1 case vide ou « NA ».",
        "apl.xlsx, ligne 13 : 49331 a 48.3, sans doute la somme de communes réunies : à ne "
        "comparer à rien.",
    )


@pytest.mark.parametrize(
    "header",
    [
        "code;nom;0 à 4 ans;5 à 64 ans;65 ans ou plus",
        "CODGEO;LIBGEO;age_0;age_5;age_65",
        "insee;commune;moins de 5 ans;5-64 ans;65 ans et plus",
        "CODGEO;LIBGEO;P21_POP0004;P21_POP0564;P21_POP65P",
    ],
)
def test_ages_are_read_however_bands_are_written(header: str):
    draft = read_people(
        stream(f"{header}\n44131;Pornic;700;9 000,5;NA\n55039;Beaumont;0;0;0\n"),
        filename="ages.csv",
    )

    assert {name: draft.columns[name].tolist() for name in ("age_0", "age_5", "age_65")} == {
        "age_0": [700, 0],
        "age_5": [9000.5, 0],
        "age_65": [0, 0],
    }
    assert draft.remarks == (
        "1 case vide ou « NA ».",
        "ages.csv, ligne 3 : personne n’habite 55039.",
    )


def test_professionals_keep_their_lines_and_secret_counts_say_nothing():
    draft = read_professionals(
        stream("codgeo;effectif;âge\n44131;3;55\n44131;2;\n44005;NS;40\n"),
        filename="medecins.csv",
        care=Care.GP,
    )

    assert draft.columns["code"].tolist() == ["44131", "44131"]
    assert draft.columns["count"].tolist() == [3, 2]
    assert draft.columns["age"].tolist() == [55, -1]


def test_a_commune_born_of_a_merger_is_named_by_its_column():
    draft = read_access(
        stream("code;APL;Fusion\n44131;4,6;0\n44005;2,86;1\n"), filename="a.csv", care=Care.GP
    )

    assert draft.columns["merged"].tolist() == [0, 1]
    assert draft.remarks == (
        "a.csv, ligne 3 : 44005 est née d’une fusion : à ne comparer à rien.",
    )


def test_means_of_departments_find_their_zero():
    draft = read_means(
        stream("dep,population totale,APL\n1,663202,2.64\n2a,158507,3.1\n974,861210,3.5\n"),
        filename="means.csv",
        care=Care.GP,
    )

    assert draft.columns["code"].tolist() == ["01", "2A", "974"]
    assert draft.columns["access"].tolist() == [2.64, 3.1, 3.5]
    assert draft.columns["people"].tolist() == [663202, 158507, 861210]
    assert draft.remarks == ("means.csv : 1 code lu comme un nombre, zéros remis.",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("dep;APL\n44;3\n44;3\n", "ligne 3 : le département 44 est déjà à la ligne 2."),
        ("dep;APL\n20;3\n", "ligne 2 : « 20 » n’est pas le code d’un département."),
        ("dep;APL\n", "aucun département"),
        ("code commune;APL\n44131;3\n", "il manque la colonne « dep »"),
    ],
)
def test_a_line_that_is_no_department_is_named(text: str, said: str):
    with pytest.raises(FileRefused, match=said):
        read_means(stream(text), filename="means.csv", care=Care.GP)


def test_each_mended_code_of_the_roads_is_counted():
    draft = read_roads(
        stream("origine,destination,minutes\n1001,1002,5\n1002,1001,5\n"),
        filename="minutes.csv",
    )

    assert draft.columns["origin"].tolist() == ["01001", "01002"]
    assert draft.remarks == ("minutes.csv : 4 codes lus comme des nombres, zéros remis.",)


def test_roads_given_one_way_are_told():
    draft = read_roads(
        stream("origine,destination,minutes\n44131,44005,12\n44005,44131,13\n44131,44126,9\n"),
        filename="minutes.csv",
    )

    assert draft.columns["destination"].tolist() == ["44005", "44131", "44126"]
    assert draft.remarks == (
        "1 trajet donné dans un seul sens : le retour prendra le même temps.",
    )


@pytest.mark.parametrize(
    ("read", "text", "said"),
    [
        (read_people, "code;0 à 4 ans\n44131;5\n", "une seule tranche d’âge"),
        (read_people, "code;nom\n44131;Pornic\n", "il manque la colonne « 0 à 4 ans »"),
        (
            read_people,
            "code;age_0;age_5\n44131;5;6\n44131;5;6\n",
            "ages.csv, ligne 3 : la commune 44131 est déjà à la ligne 2.",
        ),
        (read_people, "code;age_0;age_5\n44131;5;-6\n", "« -6 » n’est pas une valeur possible"),
        (read_people, "code;age_0;age_5\nPornic;5;6\n", "ages.csv, ligne 2 : "),
        (read_people, "code;age_0;age_5\n;5;6\n", "aucune commune"),
        (read_people, "", "ages.csv : "),
        (read_roads, "origine;destination;minutes\n44131;44005;\n", "il manque les minutes"),
        (read_roads, "origine;destination;minutes\n44131;Pornic;4\n", "ages.csv, ligne 2 : "),
        (read_roads, "origine;destination;minutes\n", "aucun trajet"),
        (read_roads, "origine;minutes\n44131;4\n", "il manque la colonne « destination »"),
    ],
)
def test_what_is_wrong_is_named(read, text: str, said: str):
    with pytest.raises(FileRefused) as refused:
        read(stream(text), filename="ages.csv")

    assert said in str(refused.value)


def test_only_the_first_wrong_lines_are_named():
    lines = "".join(f"x{number};1;2\n" for number in range(30))

    with pytest.raises(FileRefused) as refused:
        read_people(stream(f"code;age_0;age_5\n{lines}"), filename="ages.csv")

    assert len(refused.value.sentences) == 21
    assert refused.value.sentences[-1] == "… et 10 autres lignes."
