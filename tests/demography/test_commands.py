"""Accessibility and siting from plain files: what is wrong in them is named, or mended."""

import csv
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

SHARED = Path(__file__).parents[3] / "shared" / "data" / "demography"

COMMUNES = """code;nom;lat;lon;population
44001;Abbaretz;47,5521;-1,5320;2000
1001;L’Abergement-Clémenciat;46,1536;4,9258;800
44003;Ancenis;47,3667;-1,1767;7 500
44008;Les Sans-Habitants;47,3700;-1,1700;0
"""
SUPPLY = """code;offre
44001;1
44003;8
44003;0,5
75056;4
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "communes.csv").write_text(COMMUNES, encoding="utf-8")
    (tmp_path / "supply.csv").write_text(SUPPLY, encoding="cp1252")
    return tmp_path


def run(command: str, folder: Path, **options: object) -> list[dict[str, str]]:
    paths = {"communes": folder / "communes.csv", "supply": folder / "supply.csv"}
    call_command(command, **(paths | {"out": folder / "out.csv"} | options))
    with (folder / "out.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_each_commune_gets_its_accessibility_and_what_was_mended_is_told(folder: Path, capsys):
    rows = run("compute_apl", folder, parameters="tiers-10-15-20")

    assert {row["code"]: float(row["accessibilite"]) for row in rows} == {
        "44001": 1 / 2000,
        "01001": 0,
        "44003": 8.5 / 7500,
        "44008": 8.5 / 7500,
    }
    told = capsys.readouterr()
    assert "communes.csv : 1 code lu comme un nombre, zéros remis." in told.err
    assert "communes.csv : 1 commune sans habitants." in told.err
    assert "Offre hors des communes données : 75056." in told.err
    assert "Minutes estimées à vol d’oiseau" in told.err
    assert "Simulation, non opposable." in told.out


def test_a_set_may_come_as_a_file_and_is_refused_by_its_line(folder: Path, capsys):
    sheet = folder / "jeu.csv"
    written = (
        "parametre;valeur\nnom;Près\nsource;S\ndate;2023-12-31\nborne;<\n"
        "palier 5;1\nclasse 100;1\nun poste;2\nhabitants;1\n"
    )
    sheet.write_text(written, encoding="utf-8")
    (folder / "supply.csv").write_text("code,actes\n44003,500\n44003,50\n", encoding="utf-8")

    rows = run("compute_apl", folder, parameters=str(sheet))

    assert {row["code"]: float(row["offre"]) for row in rows}["44003"] == 2
    assert "(paramètres « Près »)" in capsys.readouterr().out
    sheet.write_text(f"{written}palier 9;2\n", encoding="utf-8")
    with pytest.raises(CommandError, match=r"jeu\.csv, ligne 10"):
        run("compute_apl", folder, parameters=str(sheet))
    with pytest.raises(CommandError, match="ni un jeu connu"):
        run("plan_sites", folder, parameters="inconnu", posts=1)


def test_acts_count_within_their_bounds_and_the_oldest_are_left_out(folder: Path, capsys):
    (folder / "supply.csv").write_text(
        "code,actes,age\n44001,9000,50\n44003,4000,64\n44003,4000,66\n", encoding="utf-8"
    )

    rows = run("compute_apl", folder, parameters="proche-2015", territory="44")

    assert {row["code"]: float(row["offre"]) for row in rows} == {
        "44001": 6000,
        "44003": 4000,
        "44008": 0,
    }
    told = capsys.readouterr()
    assert "1 ligne laissée de côté : plus de 65 ans." in told.err
    assert "Paramètres approchés" in told.err
    assert "Au bord" not in told.err


def test_people_by_age_weigh_what_their_age_uses(folder: Path):
    ages = [0, *range(5, 95, 5)]
    header = ["code", "lat", "lon", *(f"age_{age}" for age in ages)]
    young = ["44001", "47.5", "-1.5", "100", *["0"] * 18]
    old = ["44003", "47.36", "-1.17", *["0"] * 17, "100", "0"]
    lines = [",".join(line) for line in (header, young, old)]
    (folder / "communes.csv").write_text("\n".join(lines), encoding="utf-8")

    rows = run("compute_apl", folder, parameters="irdes-2012")

    # 1.27 for the youngest, 2.84 for those of 85: as many people in all.
    found = {row["code"]: float(row["population_standardisee"]) for row in rows}
    assert found == pytest.approx({"44001": 200 * 1.27 / 4.11, "44003": 200 * 2.84 / 4.11})


def test_minutes_of_a_file_replace_the_crow_s_flight(folder: Path, capsys):
    (folder / "minutes.csv").write_text(
        "origine,destination,minutes\n44001,44003,12\n44001,44003,14\n44001,99999,3\n"
        "44003,44008,3\n44008,44003,4\n".replace("99999", "35238"),
        encoding="utf-8",
    )

    rows = run("compute_apl", folder, parameters="tiers-10-15-20", minutes=folder / "minutes.csv")

    # 44001 reaches 44003 with two thirds, both ways.
    ratio, other = 1 / (2000 + 7500 * 2 / 3), 8.5 / (7500 + 2000 * 2 / 3)
    found = {row["code"]: float(row["accessibilite"]) for row in rows}
    assert found["44001"] == pytest.approx(ratio + other * 2 / 3)
    told = capsys.readouterr().err
    assert "1 trajet donné dans un seul sens" in told
    assert "1 trajet en double : le plus court est gardé." in told


def test_posts_go_where_people_lack_and_the_proof_is_said(folder: Path, capsys):
    rows = run("plan_sites", folder, posts=2, territory="44,01", threshold=4)

    # One in Ancenis takes it above 4 visits a year already: the other in Abbaretz.
    assert rows == [
        {"code": "44001", "nom": "Abbaretz", "postes": "1"},
        {"code": "01001", "nom": "L’Abergement-Clémenciat", "postes": "1"},
    ]
    told = capsys.readouterr().out
    assert "Postes placés : 2." in told
    assert "Preuve : toutes les façons de placer ces postes ont été écartées" in told


@pytest.mark.parametrize("objective", ["worst-off", "cover"])
@pytest.mark.parametrize(
    ("search", "proof"), [("greedy", "non cherchée"), ("exact", "aucune n’est meilleure")]
)
def test_other_objectives_place_posts_where_there_is_nobody(
    folder: Path, capsys, objective: str, search: str, proof: str
):
    rows = run("plan_sites", folder, posts=1, objective=objective, search=search)

    assert [row["code"] for row in rows] == ["01001"]
    assert proof in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "communes.csv",
            "code,lat,lon,population\n44001,47,-1,10\n44001,47,-1,10\n4x,47,-1,9\n44002,95,-1,9\n",
            [
                "communes.csv, ligne 3 : la commune 44001 est déjà à la ligne 2.",
                "n’est pas un code commune INSEE",
                "communes.csv, ligne 5 : « 95 » n’est pas une valeur possible pour latitude.",
            ],
        ),
        ("communes.csv", "code,lat,lon\n44001,47,-1\n", ["il manque la colonne « population »"]),
        ("communes.csv", "code,population\n44001,5\n", ["Il en manque : 44001."]),
        ("communes.csv", "", ["communes.csv : "]),
        ("supply.csv", "code,lits\n44001,4\n", ["« offre » ou « actes »"]),
        ("supply.csv", "code,offre\n44001,-4\n", ["« -4 » n’est pas une valeur possible"]),
    ],
)
def test_wrong_files_are_refused_line_by_line(folder: Path, name, text, said):
    (folder / name).write_text(text, encoding="utf-8")

    with pytest.raises(CommandError) as refused:
        run("compute_apl", folder, parameters="tiers-10-15-20")

    assert [sentence for sentence in said if sentence not in str(refused.value)] == []
    assert refused.value.returncode == 2
    assert not (folder / "out.csv").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"territory": "56"}, "aucune commune ne commence par « 56 »"),
        ({"posts": 0}, "--posts : au moins un poste"),
        ({"most": 0}, "--most : au moins un poste"),
        ({"threshold": -1}, "--threshold : un nombre au-dessus de 0"),
        ({"parameters": "irdes-2012"}, "donnez-en un avec --threshold"),
        ({"objective": "cover", "near": 50}, "entre 1 et 20 minutes"),
        ({"communes": Path("nulle-part.csv")}, "Impossible de lire « nulle-part.csv »"),
        ({"out": Path("nulle-part") / "out.csv"}, "Impossible d’écrire"),
    ],
)
def test_options_that_make_no_sense_are_refused(folder: Path, options, said: str):
    with pytest.raises(CommandError, match=said):
        run("plan_sites", folder, **({"posts": 1} | options))


@pytest.mark.skipif(not SHARED.exists(), reason="the public files are not there")
def test_a_department_equals_the_peer_s_figures(tmp_path: Path):
    with (SHARED / "communes_apl_2015.csv").open(encoding="utf-8") as file:
        lines = [line for line in file if line.startswith(("code,", "44"))]
    (tmp_path / "communes.csv").write_text("".join(lines), encoding="utf-8")
    with (SHARED / "golden_e2sfca_dep44.csv").open(encoding="utf-8") as file:
        golden = {row["code"]: float(row["e2sfca_access"]) for row in csv.DictReader(file)}

    rows = run(
        "compute_apl",
        tmp_path,
        supply=tmp_path / "communes.csv",
        parameters="tiers-10-15-20",
        steady=True,
    )

    found = {row["code"]: float(row["accessibilite"]) for row in rows}
    assert found == pytest.approx(golden, rel=1e-12)
