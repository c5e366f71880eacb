import json

import pytest
from django.core.exceptions import ValidationError

from ancrage.kit.models import AuditLine
from ancrage.territory import services
from ancrage.territory.enums import Office
from ancrage.territory.models import Commune, Department, Epci, LivingArea, Territory
from ancrage.territory.permissions import coordinated_by
from ancrage.territory.reference import departments, pays_de_retz
from ancrage.territory.services import CommuneFacts, SavedCommunes
from ancrage.territory.validators import NotACommuneCode
from tests.factories import (
    CommuneFactory,
    EpciFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW, TODAY

pytestmark = pytest.mark.django_db

VUE = CommuneFacts(
    insee="44920",
    name="Vue-d'Essai",
    postcodes=("44640", "44641"),
    epci_siren="200067346",
    epci_name="CA Pornic Agglo Pays de Retz",
    population=1673,
    latitude=47.19419746,
    longitude=-1.90087689,
)


@pytest.fixture
def admin():
    return UserFactory(is_platform_admin=True)


def journal(action=None):
    lines = AuditLine.objects.order_by("pk")
    if action:
        lines = lines.filter(action=action)
    return [(line.action, line.target_label, line.scope, line.changes) for line in lines]


def save(*facts, by=None, version="2024"):
    return services.save_communes(
        facts=facts, source="INSEE, COG", version=version, by=by, now=NOW
    )


def row(insee):
    commune = Commune.objects.select_related("epci", "department").get(insee=insee)
    return (
        commune.name,
        commune.search_name,
        commune.department.code,
        commune.epci.siren if commune.epci else None,
        commune.population,
        commune.latitude,
        commune.longitude,
        sorted(postcode.code for postcode in commune.postcodes.all()),
        commune.source,
        commune.version,
    )


# --- Communes -----------------------------------------------------------------------------------


def test_save_communes_creates_what_is_new(admin):
    assert save(VUE, by=admin) == SavedCommunes(created=1, changed=0, unchanged=0)

    assert row("44920") == (
        "Vue-d’Essai",
        "vue d essai",
        "44",
        "200067346",
        1673,
        47.1942,
        -1.9009,
        ["44640", "44641"],
        "INSEE, COG",
        "2024",
    )
    assert journal("communes.saved") == [
        (
            "communes.saved",
            "Vue-d’Essai",
            "reference",
            {"created": [0, 1], "changed": [0, 0], "source": ["", "INSEE, COG 2024"]},
        )
    ]
    assert AuditLine.objects.get(action="communes.saved").actor == admin


def test_save_communes_twice_changes_nothing_and_says_nothing():
    save(VUE)

    assert save(VUE) == SavedCommunes(created=0, changed=0, unchanged=1)
    assert len(journal("communes.saved")) == 1


def test_save_communes_changes_what_differs():
    save(VUE)
    merged = CommuneFacts(
        insee="44920",
        name="Vue-Nouvelle",
        postcodes=("44640",),
        epci_siren="244400586",
        epci_name="CC du Sud Estuaire",
        population=1700,
        latitude=47.2,
        longitude=-1.9,
    )

    assert save(merged, version="2025") == SavedCommunes(created=0, changed=1, unchanged=0)

    assert row("44920") == (
        "Vue-Nouvelle",
        "vue nouvelle",
        "44",
        "244400586",
        1700,
        47.2,
        -1.9,
        ["44640"],
        "INSEE, COG",
        "2025",
    )


def test_save_communes_whose_list_is_silent_keeps_what_we_hold():
    save(VUE)
    before = row("44920")

    assert save(CommuneFacts(insee="44920", name="Vue-d’Essai")).unchanged == 1
    assert row("44920") == before


def test_save_communes_without_coordinates_are_kept_without():
    save(CommuneFacts(insee="85165", name="L'Oie"))

    assert row("85165")[:7] == ("L’Oie", "l oie", "85", None, None, None, None)


def test_save_communes_brings_back_one_that_had_ended():
    CommuneFactory(insee="44920", name="Vue-d’Essai", valid_to=TODAY)

    save(CommuneFacts(insee="44920", name="Vue-d’Essai"))

    assert Commune.objects.get(insee="44920").valid_to is None


def test_save_communes_with_half_a_point_writes_nothing():
    with pytest.raises(ValidationError, match="vont ensemble"):
        save(VUE, CommuneFacts(insee="44921", name="Demi", latitude=47.0))

    assert not Commune.objects.filter(insee__in=["44920", "44921"]).exists()


def test_save_communes_renames_the_grouping_the_list_renames():
    EpciFactory(siren="200099999", name="Ancien nom")

    save(CommuneFacts("44920", "Vue", epci_siren="200099999", epci_name="CC de l'Essai"))

    assert Epci.objects.get(siren="200099999").name == "CC de l’Essai"


def test_save_communes_keeps_the_name_of_a_grouping_when_the_list_gives_none():
    EpciFactory(siren="200099999", name="CC de l’Essai")

    save(CommuneFacts("44920", "Vue", epci_siren="200099999"))
    save(CommuneFacts("44921", "Vue-Bis", epci_siren="200088888"))

    assert set(
        Epci.objects.filter(siren__in=["200099999", "200088888"]).values_list("siren", "name")
    ) == {("200099999", "CC de l’Essai"), ("200088888", "200088888")}


def test_save_communes_of_an_overseas_collectivity_makes_its_department():
    save(CommuneFacts(insee="98735", name="Papeete"))

    assert Commune.objects.get(insee="98735").department.code == "987"


def test_save_communes_runs_in_a_fixed_number_of_queries(django_assert_max_num_queries):
    services.save_departments()
    facts = [
        CommuneFacts(f"44{n}", f"Essai-{n}", ("44000",), "200067346", "CA", 10, 47.0, -2.0)
        for n in range(600, 1000)
    ]

    with django_assert_max_num_queries(22):
        assert save(*facts).created == 400
    with django_assert_max_num_queries(8):
        assert save(*facts).unchanged == 400


def test_save_departments_writes_the_hundred_and_one_once():
    Department.objects.filter(communes__isnull=True).delete()

    services.save_departments()

    assert Department.objects.count() == len(departments.DEPARTMENTS) == 101
    assert services.save_departments() == 0
    assert Department.objects.get(code="2A").name == "Corse-du-Sud"
    assert Department.objects.get(code="85").region_code == "52"


def test_end_communes_closes_once():
    commune = CommuneFactory(insee="44920")

    assert services.end_communes(communes=[commune], by=None, now=NOW) == 1
    assert services.end_communes(communes=[commune], by=None, now=NOW) == 0
    commune.refresh_from_db()
    assert commune.valid_to == TODAY
    assert len(journal("communes.ended")) == 1


# --- Territories --------------------------------------------------------------------------------


def test_create_territory(admin):
    vue = CommuneFactory(insee="44920")

    territory = services.create_territory(
        slug="essai", name=" Essai ", communes=[vue], by=admin, now=NOW
    )

    territory.refresh_from_db()
    assert (territory.slug, territory.name, territory.short_name) == ("essai", "Essai", "Essai")
    assert list(territory.communes.all()) == [vue]
    assert journal("territory.created") == [
        (
            "territory.created",
            "Essai",
            f"territory:{territory.pk}",
            {"name": ["", "Essai"], "communes": [0, 1]},
        )
    ]


def test_create_territory_with_a_slug_in_use():
    TerritoryFactory(slug="essai")

    with pytest.raises(services.TerritorySlugTaken, match="essai"):
        services.create_territory(
            slug="essai", name="Essai", communes=[CommuneFactory()], by=None, now=NOW
        )


def test_create_territory_without_commune():
    with pytest.raises(services.NoCommune):
        services.create_territory(slug="essai", name="Essai", communes=[], by=None, now=NOW)

    assert not Territory.objects.filter(slug="essai").exists()


def test_create_territory_with_a_slug_that_is_no_address():
    with pytest.raises(ValidationError):
        services.create_territory(
            slug="à côté !", name="Essai", communes=[CommuneFactory()], by=None, now=NOW
        )


def test_describe_territory_writes_what_changed_only(admin):
    territory = TerritoryFactory(slug="essai", name="Essai", short_name="Essai", tagline="")

    for _ in range(2):
        services.describe_territory(
            territory=territory, name="Le Essai", short_name="Essai", tagline="", by=admin, now=NOW
        )

    territory.refresh_from_db()
    assert territory.name == "Le Essai"
    assert [line[3] for line in journal("territory.described")] == [
        {"name": ["Essai", "Le Essai"]}
    ]


def test_set_communes_replaces_them_and_clears_the_living_areas(admin):
    stays, leaves, comes = (CommuneFactory(insee=f"4492{n}") for n in range(3))
    territory = TerritoryFactory(communes=[stays, leaves])
    area = LivingArea.objects.create(territory=territory, name="Côte")
    area.communes.set([stays, leaves])
    elsewhere = LivingArea.objects.create(territory=TerritoryFactory(), name="Côte")
    elsewhere.communes.set([leaves])

    services.set_communes(territory=territory, communes=[stays, comes], by=admin, now=NOW)

    assert set(territory.communes.all()) == {stays, comes}
    assert list(area.communes.all()) == [stays]
    assert list(elsewhere.communes.all()) == [leaves]
    assert [line[3] for line in journal("territory.communes_set")] == [
        {"removed": ["44921", ""], "added": ["", "44922"], "communes": [2, 2]}
    ]


def test_set_communes_to_the_same_leaves_no_line():
    commune = CommuneFactory(insee="44920")
    territory = TerritoryFactory(communes=[commune])

    services.set_communes(territory=territory, communes=[commune], by=None, now=NOW)

    assert journal() == []


def test_set_communes_to_nothing_is_refused():
    territory = TerritoryFactory(communes=[CommuneFactory(insee="44920")])

    with pytest.raises(services.NoCommune):
        services.set_communes(territory=territory, communes=[], by=None, now=NOW)


def test_communes_of_epcis_leaves_out_those_that_ended():
    siren = EpciFactory(siren="200099999")
    here = CommuneFactory(insee="44920", epci=siren)
    CommuneFactory(insee="44921", epci=siren, valid_to=TODAY)
    CommuneFactory(insee="44922", epci=EpciFactory(siren="200099998"))

    assert services.communes_of_epcis(sirens=["200099999"]) == [here]


def test_communes_of_epcis_unknown():
    with pytest.raises(services.UnknownEpcis, match="123456789"):
        services.communes_of_epcis(sirens=["123456789"])


def test_communes_with_codes_restores_what_a_spreadsheet_lost():
    vue = CommuneFactory(insee="44920")
    ain = CommuneFactory(insee="01990")

    assert services.communes_with_codes(codes=["1990", 44920.0, "44920"]) == [ain, vue]


def test_communes_with_codes_unknown_or_ended():
    CommuneFactory(insee="44920", valid_to=TODAY)

    with pytest.raises(services.UnknownCommunes, match="44920, 44921"):
        services.communes_with_codes(codes=["44921", "44920"])


def test_communes_with_codes_that_are_none():
    with pytest.raises(NotACommuneCode):
        services.communes_with_codes(codes=["Pornic"])


def test_set_backdrop_sets_changes_nothing_twice_and_removes(admin):
    territory = TerritoryFactory()
    collection = pays_de_retz.backdrop()

    for _ in range(2):
        services.set_backdrop(
            territory=territory, collection=collection, source="illustratif", by=admin, now=NOW
        )
    territory.refresh_from_db()
    assert (json.loads(territory.backdrop), territory.backdrop_source) == (
        collection,
        "illustratif",
    )

    services.set_backdrop(territory=territory, collection=None, source="x", by=admin, now=NOW)
    territory.refresh_from_db()
    assert (territory.backdrop, territory.backdrop_source) == ("", "")
    assert [line[3] for line in journal("territory.backdrop_set")] == [
        {"backdrop_source": ["", "illustratif"]},
        {"backdrop_source": ["illustratif", ""]},
    ]


def test_set_backdrop_that_is_none():
    with pytest.raises(ValidationError, match="FeatureCollection"):
        services.set_backdrop(
            territory=TerritoryFactory(), collection={"a": 1}, source="", by=None, now=NOW
        )


# --- Living areas -------------------------------------------------------------------------------


@pytest.fixture
def coast():
    communes = [CommuneFactory(insee=f"4492{n}", name=f"Plage-{n}") for n in range(3)]
    return TerritoryFactory(communes=communes[:2]), communes


def test_living_area_is_created_changed_and_removed(admin, coast):
    territory, (first, second, _) = coast

    area = services.create_living_area(
        territory=territory, name=" Côte ", communes=[first], by=admin, now=NOW
    )
    for _ in range(2):
        services.set_living_area(
            area=area, name="Littoral", communes=[second, first], by=admin, now=NOW
        )
    assert set(area.communes.all()) == {first, second}
    services.remove_living_area(area=area, by=admin, now=NOW)

    assert not LivingArea.objects.exists()
    assert [(action, changes) for action, _, _, changes in journal()] == [
        ("living_area.created", {"name": ["", "Côte"], "communes": ["", "44920"]}),
        (
            "living_area.changed",
            {"name": ["Côte", "Littoral"], "communes": ["44920", "44920 44921"]},
        ),
        ("living_area.removed", {"name": ["Littoral", ""]}),
    ]
    assert {scope for _, _, scope, _ in journal()} == {f"territory:{territory.pk}"}


def test_living_area_with_a_commune_of_elsewhere(coast):
    territory, (first, _, outside) = coast

    with pytest.raises(services.CommuneOutsideTerritory, match="Plage-2"):
        services.create_living_area(
            territory=territory, name="Côte", communes=[first, outside], by=None, now=NOW
        )


def test_living_area_without_commune(coast):
    with pytest.raises(services.NoCommune):
        services.create_living_area(territory=coast[0], name="Côte", communes=[], by=None, now=NOW)


def test_living_area_with_the_name_of_another(coast):
    territory, (first, second, _) = coast
    services.create_living_area(
        territory=territory, name="Côte", communes=[first], by=None, now=NOW
    )
    other = services.create_living_area(
        territory=territory, name="Terre", communes=[second], by=None, now=NOW
    )

    with pytest.raises(services.LivingAreaNameTaken, match="Côte"):
        services.set_living_area(area=other, name="Côte", communes=[second], by=None, now=NOW)


# --- Offices ------------------------------------------------------------------------------------


def test_grant_office_gives_the_territory_and_names_nobody_in_the_journal(admin):
    territory, person = TerritoryFactory(name="Essai"), UserFactory()

    role = services.grant_office(
        user=person, territory=territory, office=Office.COORDINATOR, by=admin, now=NOW
    )

    assert (role.since, role.ended_at) == (NOW, None)
    assert list(coordinated_by(person)) == [territory]
    assert journal() == [
        (
            "office.granted",
            "Essai",
            f"territory:{territory.pk}",
            {"office": ["", "coordinator"], "role": ["", role.pk]},
        )
    ]


def test_grant_office_held_already():
    role = TerritoryRoleFactory()

    with pytest.raises(services.OfficeAlreadyHeld):
        services.grant_office(
            user=role.user, territory=role.territory, office=role.office, by=None, now=NOW
        )


def test_grant_office_again_after_it_ended():
    role = TerritoryRoleFactory(ended_at=NOW)

    again = services.grant_office(
        user=role.user, territory=role.territory, office=role.office, by=None, now=NOW
    )

    assert again.pk != role.pk


def test_end_office_takes_the_territory_away_and_keeps_the_line(admin):
    role = TerritoryRoleFactory()

    services.end_office(role=role, by=admin, now=NOW)

    role.refresh_from_db()
    assert role.ended_at == NOW
    assert list(coordinated_by(role.user)) == []
    assert [line[0] for line in journal()] == ["office.ended"]


def test_end_office_twice():
    role = TerritoryRoleFactory(ended_at=NOW)

    with pytest.raises(services.OfficeAlreadyEnded):
        services.end_office(role=role, by=None, now=NOW)


# --- Reference ----------------------------------------------------------------------------------


def test_create_reference_territory_is_complete(admin):
    territory = services.create_reference_territory(
        slug="pays-de-retz", tagline="Entre Loire et océan", by=admin, now=NOW
    )

    assert (territory.name, territory.tagline) == ("Pays de Retz", "Entre Loire et océan")
    assert {commune.insee for commune in territory.communes.all()} == {
        fact.insee for fact in pays_de_retz.COMMUNES
    }
    assert territory.communes.count() == 21
    assert sum(commune.population for commune in territory.communes.all()) == 98_629
    assert territory.backdrop_source == "tracé illustratif"


def test_load_reference_communes_twice_changes_nothing():
    services.load_reference_communes(slug="pays-de-retz")

    assert services.load_reference_communes(slug="pays-de-retz") == SavedCommunes(
        created=0, changed=0, unchanged=46
    )


def test_load_reference_communes_leaves_what_a_newer_list_said():
    services.load_reference_communes(slug="pays-de-retz")
    save(CommuneFacts("44131", "Pornic", population=18_500), version="2026")

    services.load_reference_communes(slug="pays-de-retz")
    kept = Commune.objects.get(insee="44131").population
    services.load_reference_communes(slug="pays-de-retz", overwrite=True)

    assert (kept, Commune.objects.get(insee="44131").population) == (18_500, 17_910)


def test_load_reference_communes_of_another_territory_brings_the_departments_only():
    before = set(Commune.objects.values_list("insee", flat=True))

    services.load_reference_communes(slug="cotentin")

    assert Department.objects.count() == 101
    assert set(Commune.objects.values_list("insee", flat=True)) == before
