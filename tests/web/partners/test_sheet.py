"""The sheet of a structure and its tabs: what is read, by whom, and what is changed."""

from datetime import date

import pytest

from ancrage.kit.audit import record
from ancrage.partners import services
from ancrage.partners.enums import CheckState, MemberRole, PartnerKind
from ancrage.partners.models import CareUnit, Facility, Partner
from ancrage.partners.queries import scope_of
from tests.factories import (
    CareUnitFactory,
    CharterFactory,
    CharterSignatureFactory,
    CommuneFactory,
    EpciFactory,
    FacilityFactory,
    InvitationFactory,
    MembershipFactory,
    NeedFactory,
    PartnerFactory,
    TerritoryFactory,
    TerritoryRoleFactory,
    UserFactory,
)
from tests.factories.moments import NOW
from tests.web.partners.support import (
    HTMX,
    coordinator_of,
    manager_of,
    region,
    signed_in,
    soup,
    words,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory(
        slug="hopital",
        name="Hôpital fictif",
        kind=PartnerKind.PUBLIC_HOSPITAL,
        territory=TerritoryFactory(communes=[CommuneFactory(insee="44131", name="Pornic")]),
        contact_phone="+33240821234",
        presentation="Un hôpital au bord de l’eau.",
    )


def tabs(response) -> list[str]:
    return [link.get_text(strip=True) for link in soup(response).select(".tabs a")]


def test_sheet_says_who_where_and_what_is_lacking(partner) -> None:
    FacilityFactory(partner=partner, name="Site ouvert")
    FacilityFactory(partner=partner, name="Site fermé", closed_on=NOW.date())
    NeedFactory(published=True, partner=partner, positions=3)
    NeedFactory(partner=partner)

    text = words(signed_in(manager_of(partner)).get("/structures/hopital/"))

    assert "Un hôpital au bord de l’eau." in text
    assert "02 40 82 12 34" in text
    assert "Site ouvert" in text
    assert "Site fermé" not in text
    assert "1 besoin publié, 3 postes." in text
    assert "pas encore publié de charte" in text


def test_sheet_leads_to_the_aids_who_may_ask_for_the_structure(partner) -> None:
    address = f"/aides/mes-aides/structure/{partner.pk}/"
    readers = [coordinator_of(partner), manager_of(partner), UserFactory()]

    led = [
        bool(soup(signed_in(one).get("/structures/hopital/")).select(f'a[href="{address}"]'))
        for one in readers
    ]

    assert led == [True, True, False]


def test_sheet_says_whether_the_charter_in_force_is_signed(partner) -> None:
    charter = CharterFactory(territory=partner.territory, published=True, version=4)
    client = signed_in(manager_of(partner, may_sign=True))

    assert "La version 4 n’est pas encore signée." in words(client.get("/structures/hopital/"))

    CharterSignatureFactory(charter=charter, partner=partner)

    text = words(client.get("/structures/hopital/"))
    assert "Version 4, le 16 novembre 2026." in text


def test_tabs_and_buttons_follow_the_rights(partner) -> None:
    everything = [
        "Présentation",
        "Sites et services",
        "Communes desservies",
        "Membres",
        "Charte",
        "Historique",
    ]
    plain = [tab for tab in everything if tab not in ("Communes desservies", "Historique")]
    neighbour = MembershipFactory(partner__territory=partner.territory).user
    institution = TerritoryRoleFactory(territory=partner.territory, institution=True).user
    member = MembershipFactory(partner=partner).user

    seen = {
        "manager": tabs(signed_in(manager_of(partner)).get("/structures/hopital/")),
        "coordinator": tabs(signed_in(coordinator_of(partner)).get("/structures/hopital/")),
        "member": tabs(signed_in(member).get("/structures/hopital/")),
        "neighbour": tabs(signed_in(neighbour).get("/structures/hopital/")),
        "institution": tabs(signed_in(institution).get("/structures/hopital/")),
    }

    assert seen == {
        "manager": everything,
        "coordinator": everything,
        "member": plain,
        "neighbour": [tab for tab in plain if tab != "Membres"],
        "institution": [tab for tab in plain if tab != "Membres"],
    }


def test_neighbour_and_institution_find_no_person_on_any_open_page(partner) -> None:
    canary = UserFactory(email="canari@exemple.test", first_name="Canari", last_name="Caché")
    MembershipFactory(partner=partner, user=canary)
    InvitationFactory(partner=partner, email="canari2@exemple.test")
    charter = CharterFactory(territory=partner.territory, published=True)
    CharterSignatureFactory(
        charter=charter, partner=partner, signed_by=canary, signatory="Canari C."
    )
    neighbour = MembershipFactory(partner__territory=partner.territory).user
    institution = TerritoryRoleFactory(territory=partner.territory, institution=True).user

    for reader in (neighbour, institution):
        client = signed_in(reader)
        pages = [client.get(f"/structures/hopital/{path}") for path in ("", "sites/", "charte/")]
        pages.append(client.get("/structures/"))
        for page in pages:
            assert page.status_code == 200
            assert "canari@" not in page.content.decode().lower()
            assert "canari2@" not in page.content.decode().lower()
    assert "canari" not in client.get("/structures/hopital/charte/").content.decode().lower()


def test_sheet_costs_the_same_for_one_and_many(partner, django_assert_num_queries) -> None:
    CharterFactory(territory=partner.territory, published=True)
    FacilityFactory(partner=partner)
    NeedFactory(published=True, partner=partner)
    client = signed_in(manager_of(partner))
    client.get("/structures/hopital/")

    with django_assert_num_queries(17):
        client.get("/structures/hopital/")
    for _turn in range(3):
        NeedFactory(published=True, partner=partner, facility=FacilityFactory(partner=partner))
    with django_assert_num_queries(17):
        client.get("/structures/hopital/")


# --- editing -----------------------------------------------------------------------------------


def edit(partner: Partner, **values: object) -> dict[str, object]:
    return {
        "name": partner.name,
        "kind": partner.kind,
        "presentation": partner.presentation,
        "revision": partner.revision,
        **values,
    }


def test_manager_edits_the_sheet(partner) -> None:
    client = signed_in(manager_of(partner))
    form = soup(client.get("/structures/hopital/modifier/")).select_one("main form.form")

    response = client.post(
        "/structures/hopital/modifier/", edit(partner, address="1 quai"), follow=True
    )

    partner.refresh_from_db()
    assert form.select_one("#id_contact_phone")["value"] == "02 40 82 12 34"
    assert (partner.address, partner.revision) == ("1 quai", 2)
    assert "La fiche est enregistrée." in words(response)


def test_second_editor_is_told_and_loses_nothing_typed(partner) -> None:
    client = signed_in(manager_of(partner))
    services.edit_partner(partner=partner, revision=1, name="Nom d’une autre", by=None, now=NOW)

    refused = client.post("/structures/hopital/modifier/", edit(partner, address="Mon adresse"))

    page = soup(refused)
    rows = [
        [cell.get_text(strip=True) for cell in row.select("th, td")]
        for row in page.select("tbody tr")
    ]
    assert refused.status_code == 422
    assert ["Nom", "Nom d’une autre", "Hôpital fictif"] in rows
    assert ["Adresse", "—", "Mon adresse"] in rows
    assert page.find(id="id_address")["value"] == "Mon adresse"
    assert page.find(id="id_revision")["value"] == "2"
    partner.refresh_from_db()
    assert partner.name == "Nom d’une autre"

    accepted = client.post(
        "/structures/hopital/modifier/",
        {
            field["name"]: field.get("value", "")
            for field in page.select("main form.form input[name]")
        }
        | {"kind": partner.kind, "presentation": ""},
    )

    partner.refresh_from_db()
    assert accepted.status_code == 302
    assert (partner.name, partner.address, partner.revision) == (
        "Hôpital fictif",
        "Mon adresse",
        3,
    )


def test_edit_refuses_the_identifier_of_another(partner) -> None:
    PartnerFactory(territory=partner.territory, name="Déjà là", siren="732829320")

    response = signed_in(manager_of(partner)).post(
        "/structures/hopital/modifier/", edit(partner, siren="732829320")
    )

    assert response.status_code == 422
    assert "« Déjà là » porte déjà cet identifiant." in words(response)


# --- perimeter ---------------------------------------------------------------------------------


@pytest.fixture
def communes(partner) -> dict[str, str]:
    """Three communes of the territory in two groupings, by name."""
    other = EpciFactory(siren="244400586", name="CC du Sud Estuaire")
    frossay = CommuneFactory(insee="44061", name="Frossay", epci=other)
    chauve = CommuneFactory(insee="44038", name="Chauvé")
    partner.territory.communes.add(frossay, chauve)
    return {"pornic": "44131", "frossay": "44061", "chauve": "44038"}


def insee_of(partner: Partner) -> set[str]:
    return set(partner.perimeter.order_by("pk").values_list("insee", flat=True))


def test_perimeter_offers_the_territory_by_grouping(partner, communes) -> None:
    page = soup(signed_in(manager_of(partner)).get("/structures/hopital/communes/"))

    legends = [legend.get_text(strip=True) for legend in page.select("main legend")]
    boxes = {box["value"] for box in page.select("[name=communes]")}
    assert len(legends) == 2
    assert boxes >= set(communes.values())


def test_perimeter_is_saved(partner, communes) -> None:
    response = signed_in(manager_of(partner)).post(
        "/structures/hopital/communes/",
        {
            "communes": ["44131", "44061"],
            "shown": list(communes.values()),
            "revision": partner.revision,
        },
    )

    assert response.status_code == 302
    assert insee_of(partner) == {"44131", "44061"}


def test_perimeter_searched_without_a_script_changes_only_what_is_shown(partner, communes) -> None:
    client = signed_in(manager_of(partner))
    partner.perimeter.set(partner.territory.communes.filter(insee__in=["44131", "44061"]))

    page = soup(client.get("/structures/hopital/communes/", {"q": "CHAUVE"}))
    shown = [field["value"] for field in page.select("[name=shown]")]
    client.post(
        "/structures/hopital/communes/?q=CHAUVE",
        {"communes": ["44038"], "shown": shown, "revision": partner.revision},
    )

    assert shown == ["44038"]
    assert insee_of(partner) == {"44131", "44061", "44038"}


def test_perimeter_fragment_is_the_region_of_the_page(partner, communes) -> None:
    client = signed_in(manager_of(partner))
    url = "/structures/hopital/communes/"

    fragment = client.get(url, {"q": "fros"}, headers=HTMX)

    assert region(fragment, "communes") == region(client.get(url, {"q": "fros"}), "communes")
    assert "Frossay" in words(fragment)
    assert "Aucune commune ne porte ce nom" in words(client.get(url, {"q": "zzz"}))


def test_perimeter_changed_meanwhile_is_asked_again_and_keeps_the_boxes(partner, communes) -> None:
    client = signed_in(manager_of(partner))
    services.edit_partner(partner=partner, revision=1, address="x", by=None, now=NOW)

    refused = client.post(
        "/structures/hopital/communes/",
        {"communes": ["44061"], "shown": list(communes.values()), "revision": 1},
    )

    page = soup(refused)
    assert refused.status_code == 422
    assert page.find(id="commune-44061").has_attr("checked")
    assert page.find(id="id_revision")["value"] == "2"
    assert insee_of(partner) == set()


def test_perimeter_refuses_a_commune_of_elsewhere(partner, communes) -> None:
    CommuneFactory(insee="85001", name="Ailleurs")

    response = signed_in(manager_of(partner)).post(
        "/structures/hopital/communes/",
        {"communes": ["85001"], "shown": ["85001"], "revision": partner.revision},
    )

    assert response.status_code == 422
    assert insee_of(partner) == set()


# --- leaving and history -----------------------------------------------------------------------


def test_coordinator_takes_a_structure_out_and_back(partner) -> None:
    client = signed_in(coordinator_of(partner))

    asked = words(client.get("/structures/hopital/retirer/"))
    left = client.post("/structures/hopital/retirer/", follow=True)

    assert "ses membres n’ouvrent plus son espace" in asked
    assert "Cette structure a quitté le territoire" in words(left)
    assert signed_in(manager_of(partner)).get("/structures/hopital/").status_code == 404

    again = client.post("/structures/hopital/retirer/", follow=True)
    back = client.post("/structures/hopital/reintegrer/", follow=True)
    twice = client.post("/structures/hopital/reintegrer/", follow=True)

    assert "avait déjà quitté le territoire" in words(again)
    assert "de nouveau membre du territoire" in words(back)
    assert "déjà membre du territoire" in words(twice)


def test_history_tells_who_changed_what_and_names_no_member(partner) -> None:
    user = manager_of(partner)
    guest = UserFactory(first_name="Canari", last_name="Caché")
    services.edit_partner(
        partner=partner, revision=1, name="Nouveau nom", commune=None, by=user, now=NOW
    )
    site = services.add_facility(
        partner=partner, name="Site", commune=CommuneFactory(), by=user, now=NOW
    )
    services.close_facility(facility=site, closed_on=date(2026, 12, 31), by=user, now=NOW)
    services.add_member(partner=partner, user=guest, is_manager=True, by=None, now=NOW)
    record(action="need.created", target=partner, by=None, now=NOW, scope=scope_of(partner))

    text = words(signed_in(user).get("/structures/hopital/historique/"))

    assert f"Fiche modifiée 16 novembre 2026, 10:30 · {user}" in text
    assert "Nom : Hôpital fictif → Nouveau nom" in text
    assert "Site ajouté : Site" in text
    assert "Arrivée d’un membre 16 novembre 2026, 10:30 · La plateforme" in text
    assert "Gère la structure : oui" in text
    assert "Peut signer la charte" not in text
    assert "Site fermé : Site 16 novembre 2026, 10:30" in text
    assert "Fermé le : 31 décembre 2026" in text
    assert "Canari" not in text
    assert "need.created" not in text


def test_history_without_any_line_says_what_it_is_for(partner) -> None:
    text = words(signed_in(manager_of(partner)).get("/structures/hopital/historique/"))

    assert "Rien n’a encore changé" in text


def test_history_fragment_is_the_region_of_the_page(partner) -> None:
    for number in range(60):
        services.add_care_unit(
            facility=FacilityFactory(partner=partner), name=f"S{number}", by=None, now=NOW
        )
    client = signed_in(manager_of(partner))
    url = "/structures/hopital/historique/"

    fragment = client.get(url, {"page": "2"}, headers=HTMX)

    assert region(fragment, "lines") == region(client.get(url, {"page": "2"}), "lines")
    assert len(soup(fragment).select(".timeline > li")) == 10


# --- sites and units ---------------------------------------------------------------------------


def site_values(**values: object) -> dict[str, object]:
    return {"name": "EHPAD du Port", "commune": "Pornic", "revision": 1, **values}


def test_manager_adds_edits_closes_and_reopens_a_site(partner) -> None:
    client = signed_in(manager_of(partner))

    added = client.post(
        "/structures/hopital/sites/ajouter/",
        site_values(finess_et="440 001 287", siret="732 829 320 00074", postcode="44210"),
        follow=True,
    )
    site = Facility.objects.get()
    assert "Le site « EHPAD du Port » est enregistré." in words(added)
    assert (site.finess_et, site.siret, site.siret_state) == (
        "440001287",
        "73282932000074",
        CheckState.VALID,
    )

    client.post(f"/structures/hopital/sites/{site.pk}/", site_values(name="EHPAD de la Plage"))
    client.post(f"/structures/hopital/sites/{site.pk}/fermer/", {"closed_on": "2026-12-31"})
    site.refresh_from_db()
    assert (site.name, str(site.closed_on)) == ("EHPAD de la Plage", "2026-12-31")
    assert "fermé le 31 décembre 2026" in words(client.get("/structures/hopital/sites/"))

    again = client.post(
        f"/structures/hopital/sites/{site.pk}/fermer/", {"closed_on": "2026-12-31"}, follow=True
    )
    opened = client.post(f"/structures/hopital/sites/{site.pk}/rouvrir/", follow=True)
    twice = client.post(f"/structures/hopital/sites/{site.pk}/rouvrir/", follow=True)
    assert "Ce site était déjà fermé." in words(again)
    assert "Le site est rouvert." in words(opened)
    assert "Ce site est déjà ouvert." in words(twice)


@pytest.mark.parametrize(
    ("values", "field", "sentence"),
    [
        ({"siret": "2,64403E+13"}, "siret", "Le tableur a arrondi ce numéro"),
        ({"finess_et": "440001288"}, "finess_et", "clé de ce numéro FINESS est fausse"),
        ({"postcode": "4421"}, "postcode", "Un code postal compte 5 chiffres."),
        ({"commune": ""}, "commune", "obligatoire"),
    ],
)
def test_site_form_says_what_is_wrong_at_its_field(partner, values, field, sentence) -> None:
    response = signed_in(manager_of(partner)).post(
        "/structures/hopital/sites/ajouter/", site_values(**values)
    )

    found = soup(response).find(id=f"id_{field}_error")
    assert response.status_code == 422
    assert sentence in " ".join(found.get_text(" ").split())


def test_site_form_refuses_the_finess_of_another_site(partner) -> None:
    own = FacilityFactory(partner=partner, finess_et="440001287", name="Le mien")
    FacilityFactory(finess_et="440000016", name="Secret d’un autre")
    client = signed_in(manager_of(partner))
    url = "/structures/hopital/sites/ajouter/"

    mine = words(client.post(url, site_values(finess_et="440001287")))
    foreign = words(client.post(url, site_values(finess_et="440000016")))
    edited = client.post(
        f"/structures/hopital/sites/{own.pk}/", site_values(finess_et="440000016")
    )

    assert "Votre site « Le mien » porte déjà ce FINESS." in mine
    assert "Un site d’une autre structure porte déjà ce FINESS." in foreign
    assert "Secret" not in foreign
    assert edited.status_code == 422


def test_site_form_warns_of_a_doubtful_number_and_of_a_day_missing(partner) -> None:
    client = signed_in(manager_of(partner))

    warned = client.post(
        "/structures/hopital/sites/ajouter/", site_values(finess_et="2A0000011"), follow=True
    )
    site = Facility.objects.get()
    refused = client.post(f"/structures/hopital/sites/{site.pk}/fermer/", {"closed_on": ""})

    assert "La clé de ce FINESS de Corse ne tombe pas juste" in words(warned)
    assert refused.status_code == 422


def test_sheet_warns_when_the_mailbox_seems_to_be_a_persons(partner) -> None:
    response = signed_in(manager_of(partner)).post(
        "/structures/hopital/modifier/",
        edit(partner, contact_email="camille.exemple@hopital.test"),
        follow=True,
    )

    assert "semble être celle d’une personne" in words(response)


def test_sheet_counts_no_need_for_who_may_open_none(partner) -> None:
    NeedFactory(published=True, partner=partner)
    welcoming = MembershipFactory(partner=partner, role=MemberRole.WELCOME_PARTNER).user

    assert "Ce qui lui manque" not in words(signed_in(welcoming).get("/structures/hopital/"))


def test_second_editor_of_a_site_is_told_and_loses_nothing_typed(partner) -> None:
    site = FacilityFactory(partner=partner, name="Avant")
    services.edit_facility(facility=site, revision=1, name="Par une autre", by=None, now=NOW)

    refused = signed_in(manager_of(partner)).post(
        f"/structures/hopital/sites/{site.pk}/", site_values(name="Le mien")
    )

    page = soup(refused)
    assert refused.status_code == 422
    assert "Par une autre" in page.select_one("tbody").get_text()
    assert page.find(id="id_name")["value"] == "Le mien"
    assert page.find(id="id_revision")["value"] == "2"


def test_damaged_siret_is_shown_to_who_can_mend_it(partner) -> None:
    FacilityFactory(partner=partner, siret_raw="2,64403E+13", siret_state=CheckState.WARN)
    neighbour = MembershipFactory(partner__territory=partner.territory).user

    assert "2,64403E+13" in words(signed_in(manager_of(partner)).get("/structures/hopital/sites/"))
    assert "2,64403E+13" not in words(signed_in(neighbour).get("/structures/hopital/sites/"))


def test_units_are_added_renamed_and_removed(partner) -> None:
    site = FacilityFactory(partner=partner)
    client = signed_in(manager_of(partner))
    url = f"/structures/hopital/sites/{site.pk}/services/"

    client.post(url, {f"site{site.pk}-name": "Médecine"})
    unit = CareUnit.objects.get()
    refused = client.post(url, {f"site{site.pk}-name": "médecine"})
    client.post(f"/structures/hopital/services/{unit.pk}/", {"name": "Médecine A"})

    assert refused.status_code == 422
    assert "Ce site a déjà un service de ce nom." in words(refused)
    assert CareUnit.objects.get().name == "Médecine A"

    CareUnitFactory(facility=site, name="Chirurgie")
    clash = client.post(f"/structures/hopital/services/{unit.pk}/", {"name": "Chirurgie"})
    client.post(f"/structures/hopital/services/{unit.pk}/retirer/")

    assert clash.status_code == 422
    assert CareUnit.objects.get().name == "Chirurgie"


def test_sites_and_units_of_another_structure_are_not_found(partner) -> None:
    foreign = FacilityFactory()
    unit = CareUnitFactory(facility=foreign)
    client = signed_in(manager_of(partner))

    for url in (f"sites/{foreign.pk}/", f"sites/{foreign.pk}/fermer/", f"services/{unit.pk}/"):
        assert client.get(f"/structures/hopital/{url}").status_code == 404


def test_sites_page_costs_the_same_for_one_and_many(partner, django_assert_num_queries) -> None:
    CareUnitFactory(facility__partner=partner)
    client = signed_in(manager_of(partner))
    client.get("/structures/hopital/sites/")

    with django_assert_num_queries(11):
        client.get("/structures/hopital/sites/")
    for _turn in range(3):
        CareUnitFactory.create_batch(2, facility=FacilityFactory(partner=partner))
    with django_assert_num_queries(11):
        client.get("/structures/hopital/sites/")
