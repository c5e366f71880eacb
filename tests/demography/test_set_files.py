"""Sets of parameters as files: written, read again to the last bit, refused by their lines."""

import io
from dataclasses import replace
from datetime import date

import pytest

from ancrage.core.accessibility.parameters import IRDES_2012, NEAR_2015, THIRDS
from ancrage.demography.enums import Care
from ancrage.demography.services.sets import Sheet, SheetRefused, facts_of, read_sheet, rows_of
from ancrage.kit.tabular.writing import csv_lines

NURSES = """parametre;valeur
nom;Infirmiers 2023
profession;nurse
source;Feuille « Paramètres » fictive
date;31/12/2023
approche;non
borne;≤
Palier 5;1
palier 10,5;0,3
classe 100;0,5
classe 1 000;1
age 0;0,5
âge 65;2,5
age maximal;65
Un poste;1
seuil;73,1
"""


def read(text: str, filename: str = "jeu.csv"):
    return read_sheet(io.BytesIO(text.encode()), filename=filename)


@pytest.mark.parametrize("parameters", [IRDES_2012, NEAR_2015, THIRDS], ids=lambda one: one.name)
def test_a_set_written_is_read_again_to_the_last_bit(parameters):
    sheet = Sheet("Un jeu", parameters, "=Une note")
    file = b"".join(csv_lines(["parametre", "valeur"], rows_of(sheet, Care.GP)))

    found = read_sheet(io.BytesIO(file), filename="jeu.csv")

    assert found.care is Care.GP
    assert (found.sheet.name, found.sheet.note) == ("Un jeu", "=Une note")
    names = {"name": "un jeu", "title": "Un jeu"}
    assert facts_of(found.sheet.values) == replace(facts_of(parameters), **names)


def test_a_set_typed_by_hand_is_read():
    found = read(NURSES.replace("classe 1 000", "classe 1000"))

    facts = facts_of(found.sheet.values)
    assert (found.care, found.sheet.name) == (Care.NURSE, "Infirmiers 2023")
    assert (facts.steps, facts.closed) == (((5.0, 1.0), (10.5, 0.3)), True)
    assert facts.classes == ((100.0, 0.5), (1000.0, 1.0))
    assert facts.ages == ((0, 0.5), (65, 2.5))
    assert (facts.age_cap, facts.post, facts.people, facts.threshold) == (65, 1.0, 100_000, 73.1)
    assert (facts.approximate, facts.dated) == (False, date(2023, 12, 31))


SLOPE = "parametre;valeur\nsource;S\ndate;2023-12-31\nun poste;1\nhabitants;1\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{SLOPE}borne;<\npalier 5;0,3\npalier 10;1\n", "ligne 8 : Palier 2 : le poids remonte"),
        (f"{SLOPE}borne;<\npalier 10;1\npalier 5;0,3\n", "ligne 8 : Palier 2 : les minutes"),
        (f"{SLOPE}borne;<\npalier 5;-1\n", "ligne 7 : Palier 1 : un poids"),
        (f"{SLOPE}palier 5;1\n", "ligne 6 : dites par « borne »"),
        (f"{SLOPE}palier 5;beaucoup\n", "ligne 6 : « beaucoup » n’est pas une valeur possible"),
        (f"{SLOPE}entière jusqu'à;20\nnulle à partir de;5\n", "ligne 6 : La droite descend"),
        (SLOPE, "il manque la distance"),
        (f"{SLOPE}palier 5;1\nnulle à partir de;9\n", "des paliers ou une droite"),
        (f"{SLOPE}vitesse;50\n", "ligne 6 : « vitesse » n’est pas un paramètre connu"),
        (f"{SLOPE}seuil;2\nSeuil;3\n", "ligne 7 : « seuil » est déjà à la ligne 6"),
        (f"{SLOPE}profession;avocat\n", "ligne 6 : « avocat » n’est pas une profession"),
        (f"{SLOPE}âge maximal;65,5\n", "ligne 6 : « 65.5 » n’est pas un nombre entier"),
        (f"{SLOPE}classe 9;1\nplafond;9\n", "des classes ou un plancher"),
        (f"{SLOPE}âge 0,5;1\n", "« 0.5 » n’est pas un âge entier"),
        (f"{SLOPE}âge 5;1\n", "ligne 6 : Tranche 1 : les âges commencent à 0"),
        (f"{SLOPE}approché;peut-être\n", "ligne 6 : « peut-être » ne dit"),
        (f"{SLOPE}palier ,;1\n", "ligne 6 : « , » n’est pas un nombre"),
        (
            f"{SLOPE}entière jusqu’à;5\nnulle à partir de;20\nseuil;-1\n",
            "ligne 8 : Un seuil est au-dessus de 0",
        ),
        ("parametre;valeur\ndate;hier soir\n", "ligne 2 :"),
        ("parametre;valeur\nnom;Rien\n", "il manque « source »."),
        ("nom;Rien\n", "il manque la colonne « parametre »"),
    ],
)
def test_what_makes_no_sense_is_named_by_its_line(text, told):
    with pytest.raises(SheetRefused) as refusal:
        read(text)

    assert told in str(refusal.value).replace("\u00a0", " ")


def test_a_set_of_no_profession_is_written_without_one():
    rows = dict(rows_of(Sheet("Un jeu", NEAR_2015), None))

    assert "profession" not in rows
    assert "note" not in rows
    assert (rows["entière jusqu’à"], rows["habitants"]) == (5, 1)
    blank = read(f"{SLOPE};9\nentière jusqu’à;5\nnulle à partir de;20\n")
    assert blank.sheet.values.decay == NEAR_2015.decay


def test_a_file_without_a_name_gives_its_own():
    slope = "entière jusqu’à;5\nnulle à partir de;20\n"

    found = read(SLOPE + slope, "Près de chez nous.csv")

    assert (found.sheet.name, found.care) == ("Près de chez nous", None)
