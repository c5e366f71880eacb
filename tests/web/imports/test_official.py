"""Official lists from the pages: their origin asked, a reviewed diff, then written."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ancrage.kit.models import StagedImport
from ancrage.partners.models import Facility, Partner
from ancrage.partners.services import owner_key_of
from ancrage.territory.models import Commune
from ancrage.territory.services.communes import search_name
from tests.factories import (
    CommuneFactory,
    DepartmentFactory,
    MembershipFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.partners.finess import line as finess_line
from tests.web.imports.helpers import page, upload

pytestmark = pytest.mark.django_db

COMMUNES, CONTOURS = "communes|reference:communes", "contours|reference:contours"
ORIGIN = {"source": "INSEE, COG", "vintage": "2024"}


def commune(insee: str, name: str) -> Commune:
    """A commune of a department that the reference table does not hold."""
    creuse = DepartmentFactory(code="23", name="Creuse")
    folded = search_name(name)
    return CommuneFactory(insee=insee, name=name, search_name=folded, department=creuse)


@pytest.fixture
def admin(client):
    user = UserFactory(is_platform_admin=True)
    client.force_login(user)
    return user


def bring(client, target, file, **data):
    answer = client.post(reverse("imports:create"), {"target": target, "file": file, **data})
    return answer, StagedImport.objects.order_by("-pk").first()


def geojson(*features: tuple[str, str], name: str = "contours.geojson") -> SimpleUploadedFile:
    collection = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"code": code, "nom": called},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[x, 47], [x + 0.1, 47], [x + 0.1, 47.1], [x, 47.1], [x, 47]]],
                },
            }
            for x, (code, called) in enumerate(features, start=-2)
        ],
    }
    return SimpleUploadedFile(name, json.dumps(collection).encode())


def _with_contour() -> list[Commune]:
    """The communes of the test; the reference table has its own."""
    found = Commune.objects.filter(department__code="23").exclude(contour="")
    return list(found.order_by("insee"))


def sentences(answer) -> list[str]:
    return [one.sentence for one in answer.context["findings"]]


def test_list_of_communes_says_where_it_comes_from(client, admin):
    file = upload("23131;Pornic", header="insee;nom", name="communes.csv")

    refused, nothing = bring(client, COMMUNES, file)
    file.seek(0)
    _answer, staged = bring(client, COMMUNES, file, **ORIGIN)
    client.post(page("apply", staged))

    assert (refused.status_code, nothing) == (422, None)
    assert sorted(refused.context["form"].errors) == ["source", "vintage"]
    commune = Commune.objects.get(insee="23131")
    assert (commune.source, commune.version) == ("INSEE, COG", "2024")


def test_communes_absent_from_a_list_are_told_before_applying(client, admin):
    commune("23131", "Pornic")
    commune("23999", "Villefictive")
    file = upload("23131;Pornic", header="insee;nom", name="communes.csv")
    _answer, staged = bring(client, COMMUNES, file, **ORIGIN)

    partial = client.get(page("detail", staged))
    client.post(page("options", staged), {**ORIGIN, "complete_list": "on"})
    complete = client.get(page("detail", staged))

    assert sentences(partial) == [
        "1 commune connue n’est pas dans cette liste : elle reste telle quelle.",
        "1 commune est sans coordonnées : elle ne sera pas placée sur la carte.",
    ]
    assert partial.context["findings"][0].names == "Villefictive (23999)"
    assert "1 élément absent du fichier est clos." in complete.context["summary"]


def test_contours_are_tried_then_written_and_the_mismatch_of_vintage_is_told(client, admin):
    commune("23131", "Pornic")
    commune("23005", "Chaumes-en-Retz")
    commune("23154", "Saint-Brevin-les-Pins")
    file = geojson(("23131", "Pornic"), ("23005", "Chéméré"), ("23039", "Commune disparue"))

    _answer, staged = bring(client, CONTOURS, file, source="IGN Admin Express", vintage="2018")
    shown = client.get(page("detail", staged))
    assert sentences(shown) == [
        "1 contour n’est celui d’aucune commune connue : elle a pu fusionner depuis.",
        "1 commune porte un autre nom dans ce fichier : vérifiez son périmètre.",
        "1 commune d’aujourd’hui n’a pas de contour dans ce fichier.",
    ]
    assert [one.names for one in shown.context["findings"]] == [
        "Commune disparue (23039)", "Chéméré (23005)", "Saint-Brevin-les-Pins (23154)",
    ]  # fmt: skip
    assert not _with_contour()

    client.post(page("apply", staged))

    assert [(one.insee, one.contour_vintage) for one in _with_contour()] == [
        ("23005", "IGN Admin Express 2018"), ("23131", "IGN Admin Express 2018"),
    ]  # fmt: skip


def test_line_of_contours_is_known_by_its_name_and_corrected_without_its_points(client, admin):
    commune("23131", "Pornic")
    _answer, staged = bring(client, CONTOURS, geojson(("23131", "Pornique")), **ORIGIN)

    (line,) = client.get(page("detail", staged)).context["lines"]
    form = client.get(page("line", staged, line=2)).context["form"]
    client.post(page("line", staged, line=2), {"insee": "23131", "name": "Pornic"})

    assert (line.title, list(form.fields)) == ("Pornique · 23131", ["insee", "name"])
    assert staged.rows.get(line=2).corrections == {"name": "Pornic"}
    assert client.get(page("detail", staged)).context["findings"] == []


def test_vintage_corrected_on_the_page_is_the_one_written(client, admin):
    commune("23131", "Pornic")
    _answer, staged = bring(client, CONTOURS, geojson(("23131", "Pornic")), **ORIGIN)

    empty = client.post(page("options", staged), {"source": "IGN", "vintage": ""})
    client.post(page("options", staged), {"source": "IGN", "vintage": "2023"})
    client.post(page("apply", staged))

    assert (empty.status_code, list(empty.context["choices"].errors)) == (422, ["vintage"])
    assert Commune.objects.get(insee="23131").contour_vintage == "IGN 2023"


@pytest.mark.parametrize(
    "content",
    [
        b"[]", b"{}", b"pas du json", b'{"features": [null]}',
        b'{"features": [{"properties": []}]}',
        b'{"features": [{"properties": {"nom": "Sans code"}}]}', b"[" * 100_000,
    ],
    ids=["list", "empty", "no json", "null", "no properties", "no code", "too deep"],
)  # fmt: skip
def test_file_that_holds_no_contour_is_refused_with_a_sentence(client, admin, content):
    file = SimpleUploadedFile("contours.geojson", content)

    answer, staged = bring(client, CONTOURS, file, **ORIGIN)

    assert (answer.status_code, staged) == (422, None)
    assert "collection GeoJSON" in answer.context["form"].errors["file"][0]


def test_contours_have_no_template_and_are_offered_to_administrators_alone(
    client, hospital, admin
):
    assert client.get(reverse("imports:template", args=["contours"])).status_code == 404
    assert CONTOURS in dict(
        client.get(reverse("imports:create")).context["form"]["target"].field.choices
    )
    for user in (
        TerritoryRoleFactory(territory=hospital.territory).user,
        MembershipFactory(partner=hospital).user,
    ):
        client.force_login(user)
        answer, staged = bring(client, CONTOURS, geojson(("23131", "Pornic")), **ORIGIN)
        assert (answer.status_code, staged) == (422, None)


def test_coordinator_reviews_the_structures_that_a_list_of_sites_would_create(client, hospital):
    client.force_login(TerritoryRoleFactory(territory=hospital.territory).user)
    target = f"facilities|{owner_key_of(hospital.territory)}"
    file = SimpleUploadedFile("finess.csv", finess_line().encode())
    _answer, staged = bring(client, target, file)
    without = client.get(page("detail", staged))

    client.post(page("options", staged), {"create_partners": "on"})
    reviewed = client.get(page("detail", staged))

    assert sentences(without) == []
    assert sentences(reviewed) == ["1 structure « à compléter » est créée, avec ses sites."]
    assert reviewed.context["findings"][0].names == "SITE FICTIF DU PORT (440041531)"
    assert Partner.objects.count() == 1

    done = client.post(page("apply", staged), follow=True)

    made = Partner.objects.exclude(pk=hospital.pk).get()
    assert (made.name, made.to_complete) == ("SITE FICTIF DU PORT", True)
    assert [site.partner for site in Facility.objects.all()] == [made]
    assert reverse("partners:sites", args=[made.slug]) in done.text


def test_sites_of_another_territory_are_not_found(client, hospital):
    client.force_login(TerritoryRoleFactory(territory=hospital.territory).user)
    target = f"facilities|{owner_key_of(hospital.territory)}"
    _answer, staged = bring(client, target, SimpleUploadedFile("f.csv", finess_line().encode()))
    client.force_login(TerritoryRoleFactory().user)

    for name in ("detail", "report", "columns"):
        assert client.get(page(name, staged)).status_code == 404
