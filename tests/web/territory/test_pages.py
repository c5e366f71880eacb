"""Territories: read, created, presented, entrusted, and their living areas."""

import csv
import io

import pytest
from django.test import Client

from ancrage.accounts.models import User
from ancrage.kit.models import AuditLine
from ancrage.territory.models import Commune, LivingArea, Territory, TerritoryRole
from tests.factories import (
    CommuneFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.web.accounts.support import open_ana, sign_in
from tests.web.partners.support import HTMX, region, signed_in, soup, words

pytestmark = pytest.mark.django_db

URL = "/territoires/"
HERE = f"{URL}pays-de-retz/"


@pytest.fixture
def admin() -> Client:
    """An administrator who has just proved who they are."""
    user, client = open_ana(), Client()
    User.objects.filter(pk=user.pk).update(is_platform_admin=True)
    sign_in(client, user)
    AuditLine.objects.all().delete()
    return client


@pytest.fixture
def territory() -> Territory:
    communes = list(Commune.objects.filter(insee__in=["44131", "44154"]))
    return TerritoryFactory(slug="pays-de-retz", name="Pays de Retz", communes=communes)


def names(response) -> list[str]:
    return [cell.a.get_text(strip=True) for cell in soup(response).select("tbody th")]


# --- Reading -----------------------------------------------------------------------------------


def test_list_of_a_coordinator_holds_their_own(territory):
    TerritoryFactory(name="Ailleurs")
    coordinator = TerritoryRoleFactory(territory=territory).user

    assert names(signed_in(coordinator).get(URL)) == ["Pays de Retz"]


def test_list_counts_communes_structures_and_offices(admin, territory):
    PartnerFactory(territory=territory)
    TerritoryFactory(name="Vide")

    rows = soup(admin.get(URL)).select("tbody tr")

    cells = [[cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows]
    assert cells[0] == ["pays-de-retz", "2", "1", "Aucune"]
    assert cells[1][1:] == ["0", "0", "Aucune"]


def test_search_finds_and_says_when_nothing_is_there(admin, territory):
    TerritoryFactory(name="Ailleurs")

    assert names(admin.get(URL, {"q": "retz"})) == ["Pays de Retz"]
    page = soup(admin.get(URL, {"q": "atlantide"}))
    assert page.select_one(".empty__title").get_text() == "Aucun territoire ne correspond"
    query = {"q": "retz"}
    fragment = admin.get(URL, query, headers=HTMX)
    assert region(fragment, "results") == region(admin.get(URL, query), "results")


def test_list_costs_the_same_for_one_and_three(admin, territory, django_assert_num_queries):
    admin.get(URL)

    with django_assert_num_queries(7):
        admin.get(URL)
    TerritoryFactory.create_batch(2)
    with django_assert_num_queries(7):
        admin.get(URL)


def test_export_holds_a_line_for_each_commune(admin, territory):
    content = b"".join(admin.get(f"{URL}export.csv", {"q": "retz"}).streaming_content)

    _header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
    assert [(row[0], row[2]) for row in rows] == [
        ("pays-de-retz", "44131"),
        ("pays-de-retz", "44154"),
    ]


def test_sheet_costs_the_same_for_one_and_many(admin, territory, django_assert_num_queries):
    admin.get(HERE)

    # The fourteenth reads the communes of the living areas, when there are some.
    with django_assert_num_queries(12):
        admin.get(HERE)
    territory.communes.add(*CommuneFactory.create_batch(3))
    TerritoryRoleFactory.create_batch(2, territory=territory)
    LivingArea.objects.create(territory=territory, name="Un")
    LivingArea.objects.create(territory=territory, name="Deux")
    with django_assert_num_queries(13):
        admin.get(HERE)


def test_sheet_of_a_coordinator_offers_the_presentation_and_not_the_communes(territory):
    coordinator = TerritoryRoleFactory(territory=territory).user

    page = soup(signed_in(coordinator).get(HERE))

    links = {link["href"] for link in page.select("main a")}
    assert f"{HERE}modifier/" in links
    assert f"{HERE}bassins/ajouter/" in links
    assert f"{HERE}communes/" not in links
    assert page.select_one("#id_email") is None


# --- Creating and presenting -------------------------------------------------------------------


def test_territory_is_created_with_the_places_named(admin):
    sent = {"name": "Sud Loire", "places": "Pornic\n44154", "tagline": "Au sud."}

    response = admin.post(f"{URL}nouveau/", sent, follow=True)

    made = Territory.objects.get(slug="sud-loire")
    assert response.redirect_chain == [(f"{URL}sud-loire/", 302)]
    assert (made.name, made.short_name, made.tagline) == ("Sud Loire", "Sud Loire", "Au sud.")
    assert sorted(made.communes.values_list("insee", flat=True)) == ["44131", "44154"]
    assert AuditLine.objects.get().action == "territory.created"


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"places": ""}, "id_places", "Ce champ est obligatoire"),
        ({"places": "Atlantide"}, "id_places", "n’est pas un lieu connu"),
        ({"slug": "pays-de-retz"}, "id_slug", "porte déjà l’identifiant"),
        ({"name": ""}, "id_name", "Ce champ est obligatoire"),
    ],
)
def test_territory_refused_keeps_what_was_typed(admin, territory, changes, field, said):
    sent = {"name": "Sud Loire", "places": "Pornic", "tagline": "Au sud.", **changes}

    response = admin.post(f"{URL}nouveau/", sent)

    page = soup(response)
    assert response.status_code == 422
    assert said in words(response)
    assert page.select_one(".error-summary a")["href"] == f"#{field}"
    assert page.select_one("#id_tagline").get_text(strip=True) == "Au sud."
    assert Territory.objects.count() == 1


def test_presentation_is_changed_by_the_coordination(territory):
    coordinator = TerritoryRoleFactory(territory=territory).user

    sent = {"name": "Retz", "short_name": "", "tagline": "Entre Loire et mer."}
    signed_in(coordinator).post(f"{HERE}modifier/", sent)

    territory.refresh_from_db()
    assert (territory.name, territory.short_name) == ("Retz", "Retz")
    line = AuditLine.objects.get()
    assert (line.action, line.actor) == ("territory.described", coordinator)


def test_presentation_without_a_name_is_refused(admin, territory):
    response = admin.post(f"{HERE}modifier/", {"name": "", "tagline": "Gardée"})

    assert response.status_code == 422
    assert "Gardée" in words(response)


# --- Offices -----------------------------------------------------------------------------------


def test_office_is_given_to_the_account_of_an_address(admin, territory):
    person = UserFactory()

    sent = {"email": person.email.upper(), "office": "coordinator"}
    response = admin.post(f"{HERE}missions/", sent, follow=True)

    role = TerritoryRole.objects.get()
    assert (role.user, role.territory, role.office) == (person, territory, "coordinator")
    assert "La mission est confiée" in words(response)


def test_office_for_nobody_or_given_twice_is_refused(admin, territory):
    held = TerritoryRoleFactory(territory=territory).user

    unknown = admin.post(f"{HERE}missions/", {"email": "x@exemple.test", "office": "coordinator"})
    twice = admin.post(f"{HERE}missions/", {"email": held.email, "office": "coordinator"})

    assert (unknown.status_code, twice.status_code) == (422, 422)
    assert "Aucun compte ouvert à cette adresse" in words(unknown)
    assert soup(unknown).select_one("#id_email")["value"] == "x@exemple.test"
    assert "exerce déjà cette mission" in words(twice)


# --- Living areas ------------------------------------------------------------------------------


def test_living_area_is_drawn_changed_and_removed(territory):
    client = signed_in(TerritoryRoleFactory(territory=territory).user)

    client.post(f"{HERE}bassins/ajouter/", {"name": "Littoral", "communes": ["44131"]})
    area = LivingArea.objects.get()
    client.post(f"{HERE}bassins/{area.pk}/", {"name": "Côte", "communes": ["44131", "44154"]})
    area.refresh_from_db()
    assert (area.name, area.communes.count()) == ("Côte", 2)

    question = words(client.get(f"{HERE}bassins/{area.pk}/supprimer/"))
    assert "ses communes restent dans le territoire" in question
    client.post(f"{HERE}bassins/{area.pk}/supprimer/")
    assert list(LivingArea.objects.all()) == []
    assert list(AuditLine.objects.order_by("pk").values_list("action", flat=True)) == [
        "living_area.created",
        "living_area.changed",
        "living_area.removed",
    ]


def test_living_area_refused_keeps_what_was_ticked(admin, territory):
    LivingArea.objects.create(territory=territory, name="Littoral")
    url = f"{HERE}bassins/ajouter/"

    taken = admin.post(url, {"name": "Littoral", "communes": ["44131"]})
    empty = admin.post(url, {"name": "Autre"})
    outside = admin.post(url, {"name": "Autre", "communes": [CommuneFactory().insee]})

    assert [one.status_code for one in (taken, empty, outside)] == [422, 422, 422]
    assert "s’appelle déjà" in words(taken)
    assert soup(taken).select_one("input[value='44131']").has_attr("checked")
    assert "Cochez au moins une commune" in words(empty)


def test_living_area_name_taken_by_another_is_refused_on_change(admin, territory):
    LivingArea.objects.create(territory=territory, name="Littoral")
    area = LivingArea.objects.create(territory=territory, name="Loire")

    response = admin.post(f"{HERE}bassins/{area.pk}/", {"name": "Littoral", "communes": ["44131"]})

    assert response.status_code == 422
    assert "s’appelle déjà" in words(response)


def test_living_area_of_another_territory_is_not_found(admin, territory):
    area = LivingArea.objects.create(territory=TerritoryFactory(), name="Ailleurs")

    assert admin.get(f"{HERE}bassins/{area.pk}/").status_code == 404
