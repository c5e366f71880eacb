import csv
import io
import json
from pathlib import Path

import pytest
import shapely
from django.core.management import CommandError, call_command
from shapely.geometry import box, mapping

from ancrage.kit.models import AuditLine
from ancrage.kit.tabular.problems import Problem
from ancrage.territory.models import Commune
from ancrage.territory.services.contours import (
    NotAFeatureCollection,
    NotInDegrees,
    describe,
    parse_contour,
    save_contours,
    table_of_geojson,
)
from tests.factories import CommuneFactory
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

SHARED = Path(__file__).parents[3] / "shared" / "data"
WEST, EAST = box(-2.2, 47.0, -2.1, 47.1), box(-2.1, 47.0, -2.0, 47.1)
BOW_TIE = shapely.Polygon([(-2, 47), (-1.9, 47.1), (-1.9, 47), (-2, 47.1)])


def feature(shape, **properties):
    geometry = mapping(shape) if shape is not None else None
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def collection(*features):
    return {"type": "FeatureCollection", "features": list(features)}


def table(*features):
    stream = io.BytesIO(json.dumps(collection(*features)).encode())
    text = table_of_geojson(stream).read().decode()
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture
def run(tmp_path):
    def run(*features, arguments=("--vintage", "2018")):
        path = tmp_path / "contours.geojson"
        path.write_text(json.dumps(collection(*features)), encoding="utf-8")
        output = io.StringIO()
        call_command("import_contours", str(path), *arguments, stdout=output)
        *told, last = output.getvalue().splitlines()
        return told, json.loads(last)

    return run


# --- From GeoJSON to a table --------------------------------------------------------------------


def test_table_of_geojson_keeps_shared_borders_shared():
    # A wavy border of 200 points between two squares.
    wave = [(-2.1 + 0.0001 * (n % 2), 47.0 + n / 2000) for n in range(201)]
    west = shapely.Polygon([(-2.2, 47.0), *wave, (-2.2, 47.1)])
    east = shapely.Polygon([(-2.0, 47.1), *reversed(wave), (-2.0, 47.0)])

    rows = table(feature(west, code="44920", nom="Ouest"), feature(east, code="44921"))

    shapes = [shapely.from_geojson(row["contour"]) for row in rows]
    assert [(row["insee"], row["nom"], row["repair"]) for row in rows] == [
        ("44920", "Ouest", ""),
        ("44921", "", ""),
    ]
    assert shapely.coverage_is_valid(shapes)
    assert shapely.get_num_coordinates(shapes).max() < 150


def test_table_of_geojson_joins_the_parts_of_one_commune():
    (row,) = table(feature(WEST, INSEE_COM="44920"), feature(EAST, INSEE_COM="44920"))

    assert shapely.from_geojson(row["contour"]).equals(shapely.union_all([WEST, EAST]))


def test_table_of_geojson_repairs_what_crosses_itself():
    (row,) = table(feature(BOW_TIE, code="44920"))

    shape = shapely.from_geojson(row["contour"])
    assert (shape.is_valid, shape.geom_type, row["repair"]) == (True, "MultiPolygon", "oui")


@pytest.mark.parametrize(
    "shape", [shapely.Point(-2, 47), shapely.LineString([(0, 0), (1, 1)]), None]
)
def test_table_of_geojson_leaves_empty_what_has_no_surface(shape):
    rows = table(feature(shape, code="44920"), feature(WEST, code="44921"))

    assert [bool(row["contour"]) for row in rows] == [False, True]


def test_table_of_geojson_shortens_a_coast_of_a_thousand_bays():
    ring = shapely.Point(-2, 47).buffer(1, quad_segs=3000)
    teeth = [(x * (1 + 0.01 * (n % 2)), y) for n, (x, y) in enumerate(ring.exterior.coords[:-1])]

    (row,) = table(feature(shapely.Polygon(teeth), code="44920"))

    assert len(row["contour"]) <= 30_000
    assert shapely.from_geojson(row["contour"]).is_valid


def test_table_of_geojson_leaves_empty_what_is_thinner_than_a_metre():
    sliver = shapely.Polygon([(-2, 47), (-2.000004, 47.1), (-2.000003, 47.2), (-2, 47.1)])

    (row,) = table(feature(sliver, code="44920"))

    assert row["contour"] == ""


def test_table_of_geojson_of_projected_coordinates():
    with pytest.raises(NotInDegrees, match="WGS 84"):
        table(feature(box(300_000, 6_600_000, 310_000, 6_610_000), code="44920"))


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", '{"features": 3}', '{"features": []}', '{"features": [{"properties": {}}]}'],
)
def test_table_of_geojson_of_another_file(content):
    with pytest.raises(NotAFeatureCollection, match="FeatureCollection"):
        table_of_geojson(io.BytesIO(content.encode()))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("rien", "no_surface"),
        ('{"type": "Point", "coordinates": [1, 2]}', "no_surface"),
        ('{"type": "Polygon", "coordinates": []}', "no_surface"),
        (json.dumps(mapping(BOW_TIE)), "crossing"),
    ],
)
def test_parse_contour_refuses(cell, code):
    refused = parse_contour(cell)

    assert isinstance(refused, Problem)
    assert refused.code == code


def test_describe_tells_two_contours_apart():
    west, east = mapping(WEST), mapping(EAST)

    assert describe(json.dumps(west)) == describe(json.dumps(dict(reversed(west.items()))))
    assert describe(json.dumps(west)) != describe(json.dumps(east))
    assert describe(json.dumps(west)).startswith("5 points (")
    assert describe("") is None


# --- The import ---------------------------------------------------------------------------------


def test_import_gives_communes_their_contour_and_its_vintage(run):
    CommuneFactory(insee="44920", name="Ouest")

    _, counts = run(feature(WEST, code="44920", nom="Ouest"))

    commune = Commune.objects.get(insee="44920")
    assert shapely.from_geojson(commune.contour).equals(WEST)
    assert commune.contour_vintage == "IGN Admin Express 2018"
    assert (counts["changed"], counts["applied"]) == (1, True)
    assert AuditLine.objects.get(action="contours.saved").changes == {
        "contours": [0, 1],
        "vintage": ["", "IGN Admin Express 2018"],
    }


def test_import_twice_changes_nothing(run):
    CommuneFactory(insee="44920")
    run(feature(WEST, code="44920"))

    _, counts = run(feature(WEST, code="44920"), feature(EAST, code="44999"))

    assert (counts["unchanged"], counts["changed"]) == (1, 0)
    assert AuditLine.objects.filter(action="contours.saved").count() == 1


def test_import_dry_run_writes_nothing(run):
    CommuneFactory(insee="44920")

    _, counts = run(feature(WEST, code="44920"), arguments=("--dry-run",))

    assert (counts["changed"], counts["applied"]) == (1, False)
    assert Commune.objects.get(insee="44920").contour == ""


def test_import_reports_where_vintages_disagree(run):
    CommuneFactory(insee="53920", name="Fusionnée-Nouvelle", department__code="53")
    CommuneFactory(insee="53921", name="Close", department__code="53", valid_to=TODAY)
    CommuneFactory(insee="53922", name="Oubliée", department__code="53")

    told, counts = run(
        feature(WEST, code="53920", nom="Fusionnée"),
        feature(EAST, code="53921", nom="Close"),
        feature(EAST, code="53923", nom="Inconnue"),
    )

    assert told == [
        "Contours sans commune d’aujourd’hui, laissés de côté : Close (53921), Inconnue (53923)",
        "Communes nommées autrement, au périmètre à vérifier : Fusionnée (53920)",
        "Communes sans contour dans ce fichier : Oubliée (53922)",
    ]
    assert (
        counts["changed"],
        counts["ignored"],
        counts["without_commune"],
        counts["renamed"],
        counts["without_contour"],
    ) == (1, 2, 2, 1, 1)
    assert Commune.objects.get(insee="53921").contour == ""


@pytest.mark.parametrize(
    ("theirs", "ours", "renamed"),
    [
        ("Cellier", "Le Cellier", 0),
        ("MONTAGNE (LA)", "La Montagne", 0),
        ("Haie Fouassiere", "La Haie-Fouassière", 0),
        ("Ile d'Yeu", "L’Île-d’Yeu", 0),
        ("St Brevin", "Saint-Brevin", 0),
        ("Ancenis", "Ancenis-Saint-Géréon", 1),
    ],
)
def test_import_tells_a_new_name_from_another_spelling(run, theirs, ours, renamed):
    CommuneFactory(insee="44920", name=ours)

    _, counts = run(feature(WEST, code="44920", nom=theirs))

    assert (counts["changed"], counts["renamed"]) == (1, renamed)


def test_import_refuses_a_contour_without_surface_and_a_code_that_is_none(run):
    CommuneFactory(insee="44920")

    told, counts = run(feature(shapely.Point(-2, 47), code="44920"), feature(WEST, code="Pornic"))

    assert counts["rejected"] == 2
    assert any("Pornic" in line for line in told)


def test_command_reads_a_table_of_contours_too(tmp_path):
    CommuneFactory(insee="44920")
    path = tmp_path / "contours.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("insee", "contour"), ("44920", json.dumps(mapping(WEST)))])

    call_command("import_contours", str(path), "--source=Essai", stdout=io.StringIO())

    assert Commune.objects.get(insee="44920").contour_vintage == "Essai"


def test_command_on_another_file(tmp_path):
    path = tmp_path / "autre.json"
    path.write_text("{}", encoding="utf-8")

    with pytest.raises(CommandError, match="FeatureCollection"):
        call_command("import_contours", str(path), stdout=io.StringIO())


def test_save_contours_of_unknown_communes_writes_nothing():
    assert (
        save_contours(contours={"99999": shapely.to_geojson(WEST)}, vintage="x", by=None, now=NOW)
        == 0
    )
    assert not AuditLine.objects.exists()


@pytest.mark.skipif(not SHARED.exists(), reason="the public files are not there")
def test_command_on_the_contours_of_2018():
    stdout = io.StringIO()
    call_command("import_communes", str(SHARED / "communes_44_85.csv"), stdout=io.StringIO())

    call_command(
        "import_contours",
        str(SHARED / "communes_44_contours_2018.geojson"),
        "--vintage=2018",
        stdout=stdout,
    )

    told, counts = stdout.getvalue(), json.loads(stdout.getvalue().splitlines()[-1])
    assert (counts["read"], counts["changed"], counts["ignored"]) == (208, 207, 1)
    assert "Saint-Géréon (44160)" in told
    assert "Ancenis (44003)" in told
    contours = Commune.objects.filter(insee__startswith="44").exclude(contour="")
    assert contours.count() == 207
    sizes = [len(commune.contour) for commune in contours]
    assert max(sizes) < 8_000
