import pytest
from django.core.exceptions import ValidationError

from ancrage.territory.reference import pays_de_retz
from ancrage.territory.validators import (
    NotACommuneCode,
    department_of,
    normal_insee,
    normal_postcode,
    validate_backdrop,
    validate_point,
)


@pytest.mark.parametrize(
    ("written", "department", "expected"),
    [
        ("44131", "", "44131"),
        (" 44 131 ", "", "44131"),
        (44131, "", "44131"),
        (62053.0, "", "62053"),
        ("62053.0", "", "62053"),
        (1001, "", "01001"),
        ("1001", "", "01001"),
        ("131", "44", "44131"),
        (5, "44", "44005"),
        ("4", "2a", "2A004"),
        ("11", "974", "97411"),
        ("411", "974", "97411"),
        ("411", "9D", "97411"),
        (5, "9a", "97105"),
        ("105", "9A", "97105"),
        ("209", "9B", "97209"),
        ("302", "9C", "97302"),
        ("502", "9E", "97502"),
        ("608", "9F", "97608"),
        ("97411", "9D", "97411"),
        ("2a004", "", "2A004"),
        ("2B033", "", "2B033"),
        ("97411", "", "97411"),
    ],
)
def test_normal_insee_restores_what_a_spreadsheet_destroys(written, department, expected):
    assert normal_insee(written, department=department) == expected


@pytest.mark.parametrize(
    "written", ["", "Pornic", "131", "441311", "2C004", "00123", "96001", "4,4131E+04", None]
)
def test_normal_insee_refuses_what_is_not_sure(written):
    with pytest.raises(NotACommuneCode, match="code commune INSEE"):
        normal_insee(written)


@pytest.mark.parametrize(("written", "department"), [("411", "971"), ("105", "9D"), ("105", "9Z")])
def test_normal_insee_refuses_a_commune_of_another_department(written, department):
    with pytest.raises(NotACommuneCode):
        normal_insee(written, department=department)


@pytest.mark.parametrize(
    ("insee", "department"), [("44131", "44"), ("2A004", "2A"), ("97411", "974")]
)
def test_department_of(insee, department):
    assert department_of(insee) == department


@pytest.mark.parametrize(
    ("written", "expected"), [("44210", "44210"), (1000, "01000"), ("1000.0", "01000")]
)
def test_normal_postcode(written, expected):
    assert normal_postcode(written) == expected


@pytest.mark.parametrize("written", ["", "442", "442100", "00100", "Pornic"])
def test_normal_postcode_refuses_anything_else(written):
    with pytest.raises(ValidationError, match="code postal"):
        normal_postcode(written)


@pytest.mark.parametrize("point", [(None, None), (47.1, -2.05), (-90, 180)])
def test_validate_point_accepts(point):
    assert validate_point(*point) is None


@pytest.mark.parametrize(
    ("point", "code"),
    [((47.1, None), "half_point"), ((None, -2.0), "half_point"), ((-2.05, 471.0), "point")],
)
def test_validate_point_refuses(point, code):
    with pytest.raises(ValidationError) as refusal:
        validate_point(*point)

    assert refusal.value.code == code


def test_validate_backdrop_accepts_that_of_the_pays_de_retz():
    assert validate_backdrop(pays_de_retz.backdrop()) is None


def feature(kind, shape, **properties):
    return {"properties": {"kind": kind, **properties}, "geometry": {"type": shape}}


@pytest.mark.parametrize(
    ("collection", "code"),
    [
        (None, "backdrop"),
        ([], "backdrop"),
        ({"features": None}, "backdrop"),
        ({"features": ["x"]}, "backdrop_kind"),
        ({"features": [feature("road", "LineString")]}, "backdrop_kind"),
        ({"features": [feature("water", "Point")]}, "backdrop_shape"),
        ({"features": [feature("name", "Point")]}, "backdrop_shape"),
        ({"features": [feature("hamlets", "MultiPoint", name="x")]}, "backdrop_shape"),
    ],
)
def test_validate_backdrop_says_which_element_is_wrong(collection, code):
    with pytest.raises(ValidationError) as refusal:
        validate_backdrop(collection)

    assert refusal.value.code == code
