import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ancrage.kit.imports import services as engine
from ancrage.kit.models import AuditLine
from ancrage.kit.tabular.problems import Problem
from ancrage.territory.models import Commune, CommunePostcode
from ancrage.territory.services.imports import (
    OWNER,
    NotACommuneList,
    absent_from,
    parse_postcodes,
    table_of_geoapi,
    without_point,
)
from tests.factories import CommuneFactory
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).parents[3] / "shared" / "data"
HEADER = (
    "code_insee;nom;codes_postaux;siren_epci;nom_epci;population_municipale;latitude;longitude"
)


def stage(*lines, header=HEADER, **options):
    stream = io.BytesIO("\n".join([header, *lines]).encode())
    return engine.stage_import(
        kind="communes",
        stream=stream,
        filename="communes.csv",
        owner_key=OWNER,
        by=None,
        now=NOW,
        options={"source": "Essai", "vintage": "2024", **options},
    )


def outcomes(staged):
    return [
        (row.line, row.outcome, [problem["code"] for problem in row.problems])
        for row in staged.rows.order_by("pk")
    ]


def test_import_creates_communes_with_their_source():
    staged = stage("44920;Vue-d'Essai;44640|44641;200067346;CA Essai;1 673;47,1942;-1.9009")

    engine.apply_import(staged=staged, by=None, now=NOW)

    commune = Commune.objects.get(insee="44920")
    assert (commune.name, commune.population, commune.latitude) == ("Vue-d’Essai", 1673, 47.1942)
    assert (commune.source, commune.version) == ("Essai", "2024")
    assert sorted(commune.postcodes.values_list("code", flat=True)) == ["44640", "44641"]
    assert AuditLine.objects.filter(action="communes.saved").count() == 1


def test_import_restores_codes_that_a_spreadsheet_destroyed():
    staged = stage(
        "62953.0;A;;;;;50;2",
        "1990;B;;;;;46;5",
        "44 920;C;;;;;47;-2",
        "2a904;D;;;;;42;9",
    )

    engine.apply_import(staged=staged, by=None, now=NOW)

    assert outcomes(staged) == [
        (2, "created", ["restored"]),
        (3, "created", ["restored"]),
        (4, "created", ["restored"]),
        (5, "created", ["restored"]),
    ]
    created = Commune.objects.filter(name__in="ABCD").order_by("name")
    assert list(created.values_list("insee", "department__code")) == [
        ("62953", "62"),
        ("01990", "01"),
        ("44920", "44"),
        ("2A904", "2A"),
    ]


def test_import_completes_a_code_reduced_to_three_digits_by_its_department():
    staged = stage("44;920;Vue;47;-2", header="dep;com;nom;latitude;longitude")

    assert [row.key for row in staged.rows.all()] == ["44920"]


def test_import_shows_what_changes_and_writes_only_that():
    CommuneFactory(insee="44920", name="Vue", population=1000, latitude=47.0, longitude=-2.0)
    before = Commune.objects.get(insee="44920")

    staged = stage("44920;Vue;;;;1100;47;-2", "44921;Bis;;;;;47;-2")

    (row,) = staged.rows.filter(key="44920")
    assert (row.outcome, row.changes) == (
        "changed",
        [["Population municipale", 1000, 1100]],
    )
    assert Commune.objects.get(insee="44920").population == before.population
    engine.apply_import(staged=staged, by=None, now=NOW)
    assert Commune.objects.get(insee="44920").population == 1100


def test_import_twice_changes_nothing():
    lines = ("44920;Vue;44640;;;1100;47;-2", "44921;Bis;44640;;;;;")
    engine.apply_import(staged=stage(*lines), by=None, now=NOW)

    again = stage(*lines)

    assert [outcome for _, outcome, _ in outcomes(again)] == ["unchanged", "unchanged"]
    assert CommunePostcode.objects.filter(commune__insee__in=["44920", "44921"]).count() == 2


def test_import_keeps_a_commune_without_coordinates_and_says_so():
    staged = stage("85965;L'Oie-d'Essai;85140;;;1200;;")

    assert outcomes(staged) == [(2, "created", ["no_point"])]
    assert without_point(staged) == 1
    engine.apply_import(staged=staged, by=None, now=NOW)
    assert Commune.objects.get(insee="85965").latitude is None


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("PORNIC;Pornic;;;;;47;-2", "insee"),
        (";Pornic;44210;;;;47;-2", "required"),
        ("44920;;44210;;;;47;-2", "required"),
        ("44920;Pornic;4421O;;;;47;-2", "postcode"),
        ("44920;Pornic;;12345;;;47;-2", "length"),
        ("44920;Pornic;;;;-5;47;-2", "too_small"),
        ("44920;Pornic;;;;;-200;-2", "too_small"),
        ("44920;Pornic;;;;;47;", "half_point"),
    ],
)
def test_import_refuses_a_line_and_says_why(line, code):
    staged = stage(line)

    assert outcomes(staged) == [(2, "rejected", [code])]


def test_import_brings_back_a_commune_that_had_ended():
    CommuneFactory(insee="44920", name="Vue", latitude=47.0, longitude=-2.0, valid_to=NOW.date())

    staged = stage("44920;Vue;;;;3000;47;-2")

    assert [row.changes for row in staged.rows.all()] == [[["Commune close", True, False]]]
    engine.apply_import(staged=staged, by=None, now=NOW)
    assert Commune.objects.get(insee="44920").valid_to is None


def test_import_of_a_partial_list_reports_the_absent_and_leaves_them():
    CommuneFactory(insee="53990", name="Absente", department__code="53")
    CommuneFactory(insee="72990", name="Ailleurs", department__code="72")

    staged = stage("53991;Présente;;;;;47;-2")

    assert [commune.name for commune in absent_from(staged)] == ["Absente"]
    engine.apply_import(staged=staged, by=None, now=NOW)
    assert Commune.objects.get(insee="53990").valid_to is None


def test_import_of_a_complete_list_closes_the_absent_of_its_departments():
    CommuneFactory(insee="53990", name="Absente", department__code="53")
    elsewhere = CommuneFactory(insee="72990", name="Ailleurs", department__code="72")

    staged = stage("53991;Présente;;;;;47;-2", complete_list=True)
    assert outcomes(staged)[-1][1] == "closed"
    engine.apply_import(staged=staged, by=None, now=NOW)

    assert Commune.objects.get(insee="53990").valid_to == NOW.date()
    elsewhere.refresh_from_db()
    assert elsewhere.valid_to is None


@pytest.mark.parametrize(
    ("cell", "codes"),
    [
        ("44320|44680", ("44320", "44680")),
        ("44680, 44320 ; 44680", ("44320", "44680")),
        (1000, ("01000",)),
        ("|", None),
    ],
)
def test_parse_postcodes(cell, codes):
    assert parse_postcodes(cell) == codes


def test_parse_postcodes_that_are_none():
    assert isinstance(parse_postcodes("44320|Pornic"), Problem)


# --- geo.api ------------------------------------------------------------------------------------

GEOAPI = [
    {
        "nom": "Vue-d'Essai",
        "code": "44920",
        "centre": {"type": "Point", "coordinates": [-1.9009, 47.1942]},
        "codesPostaux": ["44640", "44641"],
        "codeEpci": "200067346",
        "codeDepartement": "44",
        "codeRegion": "52",
        "population": 1673,
    },
    {"nom": "Sans-Centre", "code": "44921", "epci": {"nom": "CC X", "code": "200099999"}},
]


def run(path, *arguments):
    output = io.StringIO()
    call_command("import_communes", str(path), *arguments, stdout=output)
    *told, last = output.getvalue().splitlines()
    return told, json.loads(last)


def test_command_reads_the_answer_of_geoapi(tmp_path):
    path = tmp_path / "communes.json"
    path.write_text(json.dumps(GEOAPI), encoding="utf-8")

    _, counts = run(path, "--vintage", "2026", "--source", "geo.api")

    assert (counts["created"], counts["rejected"], counts["without_point"]) == (2, 0, 1)
    vue = Commune.objects.get(insee="44920")
    assert (vue.name, vue.latitude, vue.longitude, vue.source, vue.version) == (
        "Vue-d’Essai",
        47.1942,
        -1.9009,
        "geo.api",
        "2026",
    )
    assert Commune.objects.get(insee="44921").epci.name == "CC X"


def test_command_dry_run_writes_nothing(tmp_path):
    path = tmp_path / "communes.json"
    path.write_text(json.dumps(GEOAPI), encoding="utf-8")

    _, counts = run(path, "--dry-run")

    assert (counts["created"], counts["applied"]) == (2, False)
    assert not Commune.objects.filter(insee="44920").exists()


@pytest.mark.parametrize("content", ["", "{", '{"a": 1}', '[{"nom": "x"}]', "[1]"])
def test_table_of_geoapi_refuses_anything_else(content):
    with pytest.raises(NotACommuneList, match=r"geo\.api"):
        table_of_geoapi(io.BytesIO(content.encode()))


def test_command_on_a_json_of_something_else(tmp_path):
    path = tmp_path / "autre.json"
    path.write_text("{}", encoding="utf-8")

    with pytest.raises(CommandError, match="n’est pas une liste de communes"):
        run(path)


@pytest.mark.skipif(not SHARED.exists(), reason="the public lists are not there")
def test_command_on_the_list_of_two_departments():
    path = SHARED / "communes_44_85.csv"

    _, counts = run(path, "--vintage", "2024")

    assert (counts["read"], counts["rejected"], counts["without_point"]) == (462, 0, 2)
    assert counts["created"] + counts["changed"] + counts["unchanged"] == 462
    unplaced = Commune.objects.filter(insee__in=["85165", "85212"], latitude__isnull=True)
    assert unplaced.count() == 2
    _, again = run(path, "--vintage", "2024")
    assert (again["unchanged"], again["applied"]) == (462, False)
