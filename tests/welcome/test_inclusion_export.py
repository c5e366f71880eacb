"""The open directory: what it says, what it never says, and that the schema accepts it."""

import io
import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ancrage.resources.enums import ResourceKind, ResourceStatus
from ancrage.resources.models import Resource
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.reference import kind_for
from ancrage.welcome.reference.schema import SERVICE, STRUCTURE, faults
from ancrage.welcome.services import inclusion
from tests.factories import (
    CommuneFactory,
    PartnerFactory,
    ResourceFactory,
    TerritoryFactory,
    WelcomeTermsFactory,
)
from tests.factories.moments import NOW

SCHEMAS = Path(__file__).parents[3] / "shared/data/data_inclusion_v1"
TODAY = NOW.date()


@pytest.fixture
def territory(db):
    return TerritoryFactory(slug="ici", name="Pays fictif")


@pytest.fixture
def offer(territory):
    """A crèche of a structure of the territory."""
    commune = CommuneFactory(insee="44131", name="Pornic")
    partner = PartnerFactory(
        territory=territory, slug="creche-fictive", name="Crèche fictive", commune=commune
    )
    resource = ResourceFactory(
        published=True,
        partner=partner,
        commune=commune,
        kind=ResourceKind.CHILDCARE,
        title="Places en horaires décalés",
        description="Accueil de 6 h à 22 h, du lundi au vendredi.",
        contact_email="accueil@creche.test",
        contact_phone="+33240820000",
    )
    return WelcomeTermsFactory(
        resource=resource,
        kind=WelcomeKind.CHILDCARE,
        themes=["famille--garde-denfants"],
        address="2 rue du Port",
        area=["44131", "200067346"],
        price_cents=45_050,
        price_note="repas compris",
        opening_hours="Mo-Fr 06:00-22:00",
        age_from_months=3,
        age_to_months=36,
    )


def exported(territory):
    offers = inclusion.open_offers(territory, Resource.objects.all(), on=TODAY)
    return json.loads(
        b"".join(inclusion.directory_pieces(territory=territory, offers=offers, now=NOW))
    )


def test_an_offer_is_said_in_the_fields_of_a_service(territory, offer):
    (service,) = exported(territory)["services"]

    assert {name: value for name, value in service.items() if value is not None} == {
        "source": "ancrage-ici",
        "id": f"ancrage-ici--{offer.resource_id}",
        "structure_id": "ancrage-ici--creche-fictive",
        "nom": "Places en horaires décalés",
        "description": "Accueil de 6 h à 22 h, du lundi au vendredi.",
        "date_maj": offer.updated_at.date().isoformat(),
        "adresse": "2 rue du Port",
        "commune": "Pornic",
        "code_insee": "44131",
        "code_postal": "44210",
        "thematiques": ["famille--garde-denfants"],
        "frais": "payant",
        "frais_precisions": "450,50 € par mois (repas compris)",
        "publics_precisions": "De 3 mois à 3 ans.",
        "zone_eligibilite": ["44131", "200067346"],
        "modes_accueil": ["en-presentiel"],
        "modes_mobilisation": ["envoyer-un-courriel", "telephoner"],
        "telephone": "+33240820000",
        "courriel": "accueil@creche.test",
        "horaires_accueil": "Mo-Fr 06:00-22:00",
    }
    assert set(service) == {field.name for field in SERVICE}


def test_the_structure_of_an_offer_comes_with_it_and_the_licence_with_both(territory, offer):
    PartnerFactory(territory=territory)

    told = exported(territory)

    (structure,) = told.pop("structures")
    assert (structure["id"], structure["nom"]) == ("ancrage-ici--creche-fictive", "Crèche fictive")
    assert set(structure) == {field.name for field in STRUCTURE}
    del told["services"]
    assert told == {
        "source": "ancrage-ici",
        "territoire": "Pays fictif",
        "schema": "data·inclusion 1.0.10",
        "licence": "Licence Ouverte 2.0",
        "licence_url": "https://www.etalab.gouv.fr/licence-ouverte-open-licence",
        "date": TODAY.isoformat(),
    }


def test_what_is_not_offered_today_is_not_said(territory, offer):
    partner = offer.resource.partner
    draft = ResourceFactory(partner=partner)
    over = ResourceFactory(
        partner=partner, published=True, available_to=TODAY - timedelta(days=1),
        available_from=date(2026, 1, 1),
    )  # fmt: skip
    for resource in (draft, over):
        WelcomeTermsFactory(resource=resource)
    ResourceFactory(partner=partner, published=True)
    WelcomeTermsFactory()

    told = exported(territory)

    assert [one["id"] for one in told["services"]] == [f"ancrage-ici--{offer.resource_id}"]
    Resource.objects.filter(pk=offer.resource_id).update(status=ResourceStatus.PAUSED)
    assert (exported(territory)["services"], exported(territory)["structures"]) == ([], [])


def test_neither_the_mailbox_of_a_person_nor_the_address_of_a_room_is_said(territory, offer):
    resource = offer.resource
    Resource.objects.filter(pk=resource.pk).update(contact_email="camille.exemple@creche.test")
    room = WelcomeTermsFactory(
        resource=ResourceFactory(partner=resource.partner, published=True),
        address="8 rue de la Chambre",
    )

    by_id = {one["id"]: one for one in exported(territory)["services"]}

    assert by_id[f"ancrage-ici--{resource.pk}"]["courriel"] is None
    assert by_id[f"ancrage-ici--{room.resource_id}"]["adresse"] is None


def test_archive_holds_both_lists_and_the_licence(territory, offer):
    stream = io.BytesIO()
    offers = inclusion.open_offers(territory, Resource.objects.all(), on=TODAY)

    inclusion.write_archive(stream=stream, territory=territory, offers=offers, now=NOW)

    with zipfile.ZipFile(stream) as archive:
        assert archive.namelist() == ["structures.json", "services.json", "LICENCE.txt"]
        (service,) = json.loads(archive.read("services.json"))
        assert service["nom"] == "Places en horaires décalés"
        assert "Licence Ouverte 2.0" in archive.read("LICENCE.txt").decode()


@pytest.mark.parametrize("name", ["annuaire.json", "annuaire.zip"])
def test_command_writes_either_file_and_counts(territory, offer, tmp_path, capsys, name):
    path = tmp_path / name

    call_command("export_data_inclusion", path, territory="ici")

    assert json.loads(capsys.readouterr().out) == {"structures": 1, "services": 1}
    assert zipfile.is_zipfile(path) is (path.suffix == ".zip")
    with pytest.raises(CommandError, match=r"annuaire\.json : "):
        call_command("export_data_inclusion", tmp_path / "absent/annuaire.json", territory="ici")


def test_command_asks_which_territory_when_there_are_several(territory, tmp_path):
    TerritoryFactory(slug="ailleurs")

    with pytest.raises(CommandError, match="ailleurs, ici"):
        call_command("export_data_inclusion", tmp_path / "annuaire.json")


@pytest.mark.skipif(not SCHEMAS.exists(), reason="the official schemas are not here")
def test_the_official_schema_accepts_what_we_write_and_knows_our_fields(territory, offer):
    validators = pytest.importorskip("jsonschema_rs")
    told = exported(territory)

    for name, fields, records in (
        ("structure", STRUCTURE, told["structures"]),
        ("service", SERVICE, told["services"]),
    ):
        schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text())
        check = validators.validator_for(schema, validate_formats=True)
        assert [str(error) for one in records for error in check.iter_errors(one)] == []
        official = set(schema["properties"]) - {"contact_nom_prenom"}
        assert official == {field.name for field in fields}
        assert set(schema["required"]) == {field.name for field in fields if field.required}
        codes = {key: set(one["enum"]) for key, one in schema["$defs"].items()}
        ours = [set(field.codes) for field in fields if field.codes]
        assert all(known in codes.values() for known in ours)


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("nom", "Ab", "nom : 3 signes au moins."),
        ("nom", "A" * 151, "nom : 150 signes au plus."),
        ("nom", None, "nom : ce champ est obligatoire."),
        ("nom", 12, "nom : un texte est attendu."),
        ("date_maj", "2026-02-30", "date_maj : « 2026-02-30 » n’est pas une date"),
        ("code_postal", "4421", "code_postal : « 4421 » n’a pas la forme attendue."),
        ("courriel", "accueil", "courriel : « accueil » n’est pas une adresse électronique."),
        ("lien_source", "javascript:alert(1)", "lien_source : « javascript:alert(1) » n’est pas"),
        ("lien_source", "http://[", "lien_source : « http://[ » n’est pas"),
        ("frais", "cher", "frais : « cher » n’est pas dans la liste du schéma."),
        ("thematiques", "famille", "thematiques : une liste de codes est attendue."),
        ("publics", [], "publics : la liste est vide"),
        ("publics", ["femmes", "femmes"], "publics : un code est donné deux fois."),
        ("zone_eligibilite", ["Pornic"], "zone_eligibilite : « Pornic » n’est pas dans la liste"),
        ("latitude", "47,1", "latitude : un nombre est attendu."),
        ("nombre_semaines", 0, "nombre_semaines : le nombre va de 1 à plus."),
        ("contact_nom_prenom", "Camille", "contact_nom_prenom : ce champ n’existe pas"),
    ],
)
def test_a_record_against_the_schema_is_told_field_by_field(field, value, sentence):
    record = {
        "source": "essai", "id": "essai--1", "structure_id": "essai--2", "nom": "Service fictif",
        "description": "Un service fictif.", "date_maj": "2026-11-22",
    }  # fmt: skip
    assert faults(record, SERVICE) == []

    (told,) = [str(one) for one in faults({**record, field: value}, SERVICE)]

    assert told.startswith(sentence)


@pytest.mark.parametrize(
    ("themes", "kind"),
    [
        (["famille--garde-denfants", "famille--soutien-aidants"], WelcomeKind.CHILDCARE),
        (["logement-hebergement--se-maintenir-dans-le-logement"], WelcomeKind.HOUSING),
        (
            ["mobilite--preparer-un-permis", "mobilite--financer-ma-mobilite",
             "logement-hebergement--louer-un-logement"],
            WelcomeKind.MOBILITY,
        ),
        (["numerique--acquerir-un-equipement", "mobilite--preparer-un-permis"],
         WelcomeKind.MOBILITY),
        (["sante--addictions"], None),
        ([], None),
    ],
)  # fmt: skip
def test_themes_tell_what_an_offer_is_for(themes, kind):
    assert kind_for(themes) is kind
