"""The directory of another territory taken over: recognised, created, changed, refused."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command

from ancrage.kit.imports import services as imports
from ancrage.kit.tabular.errors import TableError
from ancrage.partners.enums import PartnerKind
from ancrage.partners.models import Partner
from ancrage.resources.enums import ResourceKind, ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.services import edit_resource, pause_resource
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import ServiceOrigin, StructureOrigin, WelcomeTerms
from ancrage.welcome.services import inclusion
from ancrage.welcome.services.inclusion import owner_key_of_directory, table_of_inclusion
from tests.factories import (
    CommuneFactory,
    EpciFactory,
    FacilityFactory,
    PartnerFactory,
    TerritoryFactory,
)
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

SIRET = "91234567500017"
EARLIER = NOW - timedelta(days=1)
STRUCTURE = {
    "source": "dora",
    "id": "dora--12",
    "nom": "Maison fictive des familles",
    "date_maj": "2026-10-01",
    "siret": SIRET,
    "adresse": "4 rue du Port",
    "code_postal": "44210",
    "commune": "Pornic",
    "code_insee": "44131",
    "telephone": "02 40 82 00 00",
    "courriel": "accueil@familles.test",
    "site_web": "https://familles.test",
    "description": "Une maison inventée.",
}
SERVICE = {
    "source": "dora",
    "id": "dora--34",
    "structure_id": "dora--12",
    "nom": "Garde à horaires décalés",
    "description": "Accueil d’enfants avant 7 h et après 19 h.",
    "date_maj": "2026-10-02",
    "type": "accompagnement",
    "thematiques": ["famille--garde-denfants", "famille--soutien-aidants"],
    "frais": "payant",
    "frais_precisions": "450 € par mois (repas compris)",
    "publics": ["familles"],
    "modes_accueil": ["en-presentiel"],
    "modes_mobilisation": ["telephoner"],
    "zone_eligibilite": ["44131", "200067346"],
    "code_insee": "44131",
    "commune": "Pornic",
    "telephone": "+33240820001",
    "courriel": "garde@familles.test",
    "contact_nom_prenom": "Camille Exemple",
    "horaires_accueil": "Mo-Fr 06:00-22:00",
}


@pytest.fixture
def territory():
    pornic = CommuneFactory(insee="44131", name="Pornic", epci=EpciFactory(siren="200067346"))
    CommuneFactory(insee="44109", name="Nantes")
    return TerritoryFactory(slug="ici", communes=[pornic])


def stage(territory, structures=(STRUCTURE,), services=(SERVICE,), *, now=NOW, **options):
    document = {"structures": list(structures), "services": list(services)}
    stream = table_of_inclusion(io.BytesIO(json.dumps(document).encode()))
    with stream:
        return imports.stage_import(
            kind="data_inclusion",
            stream=stream,
            filename="annuaire.csv",
            owner_key=owner_key_of_directory(territory),
            by=None,
            now=now,
            options=options,
        )


def load(territory, *arguments, now=None, **options):
    """Take a file over: the first one the day before the others."""
    now = now or (NOW if StructureOrigin.objects.exists() else EARLIER)
    staged = stage(territory, *arguments, now=now, **options)
    return imports.apply_import(staged=staged, by=None, now=now)


def outcomes(staged):
    return list(staged.rows.order_by("line").values_list("outcome", flat=True))


def remarks(staged, number):
    """(column, code) of each remark on a line."""
    row = staged.rows.order_by("line")[number]
    return [(problem["column"], problem["code"]) for problem in row.problems]


def test_a_structure_and_its_service_are_made_and_published(territory):
    staged = load(territory)

    assert outcomes(staged) == ["created", "created"]
    partner = Partner.objects.get()
    assert (partner.name, partner.siren, partner.kind, partner.to_complete) == (
        "Maison fictive des familles", SIRET[:9], PartnerKind.WELCOME, True,
    )  # fmt: skip
    assert (partner.contact_phone, partner.commune.insee) == ("+33240820000", "44131")
    resource = Resource.objects.get()
    assert (resource.partner, resource.kind, resource.status, resource.title) == (
        partner, ResourceKind.SERVICE, ResourceStatus.PUBLISHED, "Garde à horaires décalés",
    )  # fmt: skip
    terms = WelcomeTerms.objects.get()
    assert (terms.kind, terms.themes, terms.has_places) == (
        WelcomeKind.CHILDCARE, ["famille--garde-denfants", "famille--soutien-aidants"], False,
    )  # fmt: skip
    assert (terms.price_cents, terms.price_note, terms.opening_hours, terms.area) == (
        45_000, "repas compris", "Mo-Fr 06:00-22:00", ["44131", "200067346"],
    )  # fmt: skip


def test_the_name_of_a_person_is_kept_nowhere(territory):
    staged = load(territory)

    assert remarks(staged, 1) == [("contact_nom_prenom", "person")]
    held = json.dumps([row.cells for row in staged.rows.all()])
    kept = json.dumps(list(ServiceOrigin.objects.values_list("record", flat=True)))
    assert "Camille" not in held + kept


def test_what_was_taken_over_is_published_again_as_it_was(territory):
    load(territory)
    offers = inclusion.open_offers(territory, Resource.objects.all(), on=NOW.date())

    (structure,) = inclusion.structure_records(territory, offers)
    (service,) = inclusion.service_records(territory, offers)

    told = {name: value for name, value in service.items() if value is not None}
    assert told == {name: one for name, one in SERVICE.items() if name != "contact_nom_prenom"}
    assert {name: one for name, one in structure.items() if one is not None} == STRUCTURE

    resource = Resource.objects.get()
    edit_resource(resource=resource, revision=resource.revision, by=None, now=NOW, title="Garde")
    (edited,) = inclusion.service_records(territory, offers)
    assert {**edited, "nom": SERVICE["nom"], "date_maj": SERVICE["date_maj"]} == service
    assert (edited["nom"], edited["date_maj"]) == ("Garde", NOW.date().isoformat())


def test_the_same_file_again_changes_nothing(territory):
    load(territory)

    staged = stage(territory)

    assert outcomes(staged) == ["unchanged", "unchanged"]
    with pytest.raises(imports.NothingToApply):
        imports.apply_import(staged=staged, by=None, now=NOW)


def test_a_published_offer_still_told_a_fortnight_later_is_confirmed(territory):
    load(territory)
    later = NOW + timedelta(days=15)

    staged = load(territory, now=later)

    assert outcomes(staged) == ["unchanged", "changed"]
    assert Resource.objects.get().confirmed_at == later


def test_a_newer_file_changes_what_was_not_edited_here_and_asks_for_the_rest(territory):
    load(territory)
    resource = Resource.objects.get()
    edit_resource(resource=resource, revision=resource.revision, by=None, now=NOW, title="D’ici")
    newer = {**SERVICE, "date_maj": "2026-11-01", "telephone": "0240820099", "publics": None}

    quiet = load(territory, (STRUCTURE,), (newer,))
    asked = stage(
        territory, (STRUCTURE,), ({**newer, "date_maj": "2026-11-02", "nom": "Autre nom"},)
    )

    resource.refresh_from_db()
    assert outcomes(quiet) == ["unchanged", "changed"]
    assert (resource.title, resource.contact_phone) == ("D’ici", "+33240820099")
    assert ("nom", "kept") in remarks(quiet, 1)
    assert outcomes(asked) == ["unchanged", "to_check"]
    line = asked.rows.get(outcome="to_check").line
    imports.decide_rows(staged=asked, lines=[line], accept=True, by=None, now=NOW)
    imports.apply_import(staged=asked, by=None, now=NOW)
    resource.refresh_from_db()
    assert resource.title == "Autre nom"


def test_an_older_file_takes_nothing_back(territory):
    load(territory)

    staged = stage(
        territory, (STRUCTURE,), ({**SERVICE, "date_maj": "2025-01-01", "nom": "Vieux"},)
    )

    assert outcomes(staged) == ["unchanged", "ignored"]


def test_an_offer_paused_here_stays_so(territory):
    load(territory)
    pause_resource(resource=Resource.objects.get(), by=None, now=NOW)

    staged = load(territory, (STRUCTURE,), ({**SERVICE, "date_maj": "2026-11-01"},))

    assert ("id", "status") in remarks(staged, 1)
    assert Resource.objects.get().status == ResourceStatus.PAUSED


@pytest.mark.parametrize("known_by", ["siret", "siren", "finess", "name"])
def test_a_structure_already_here_is_recognised_and_only_completed(territory, known_by):
    commune = territory.communes.get()
    facts = {
        "siret": {"name": "Autre"},
        "siren": {"name": "Autre", "siren": SIRET[:9]},
        "finess": {"name": "Autre", "finess_ej": "440000016"},
        "name": {"name": "MAISON FICTIVE DES FAMILLES", "commune": commune},
    }[known_by]
    facts = {"commune": commune, "contact_email": "", "website": "", **facts}
    if known_by == "name":
        facts["name"] = STRUCTURE["nom"]
    partner = PartnerFactory(territory=territory, contact_phone="+33240111111", **facts)
    if known_by == "siret":
        FacilityFactory(partner=partner, siret=SIRET)
    told = {**STRUCTURE, "siret": SIRET if known_by in ("siret", "siren") else None}
    if known_by == "finess":
        told |= {"source": "finess", "id": "finess--440000016"}
    service = {**SERVICE, "source": told["source"], "structure_id": told["id"]}

    staged = load(territory, (told,), (service,))

    assert outcomes(staged) == ["created", "created"]
    partner.refresh_from_db()
    assert Partner.objects.get() == partner
    assert (partner.name, partner.contact_phone, partner.website) == (
        facts["name"], "+33240111111", "https://familles.test",
    )  # fmt: skip
    assert Resource.objects.get().partner == partner


def test_two_structures_of_one_legal_body_make_one_of_ours(territory):
    second = {**STRUCTURE, "id": "dora--13", "nom": "Annexe fictive"}
    service = {**SERVICE, "id": "dora--35", "structure_id": "dora--13"}

    staged = load(territory, (STRUCTURE, second), (SERVICE, service))

    assert outcomes(staged) == ["created"] * 4
    assert set(StructureOrigin.objects.values_list("partner__name", flat=True)) == {
        "Maison fictive des familles"
    }
    assert Resource.objects.count() == 2


def test_a_service_names_a_structure_taken_over_before(territory):
    load(territory, (STRUCTURE,), ())

    staged = load(territory, (), ({**SERVICE, "code_insee": None, "commune": None},))

    assert outcomes(staged) == ["created"]
    assert Resource.objects.get().commune.insee == "44131"


@pytest.mark.parametrize(
    ("facts", "outcome", "remark"),
    [
        ({"structure_id": "dora--99"}, "rejected", ("structure_id", "unknown_structure")),
        ({"nom": None}, "rejected", ("nom", "required")),
        ({"nom": "Ab"}, "rejected", ("nom", "schema")),
        ({"nom": {"fr": "Garde"}}, "rejected", ("nom", "not_a_text")),
        ({"description": None}, "rejected", ("description", "schema")),
        ({"date_maj": "hier"}, "rejected", ("date_maj", "day")),
        ({"thematiques": ["sante--addictions"]}, "ignored", ("thematiques", "no_welcome")),
        ({"source": "ancrage-ici"}, "ignored", ("source", "")),
        (
            {"code_insee": "44109", "commune": "Nantes", "zone_eligibilite": ["france"]},
            "ignored",
            ("zone_eligibilite", "outside"),
        ),
        ({"publics": ["martiens"]}, "created", ("publics", "unknown_code")),
        ({"courriel": "camille.exemple@familles.test"}, "created", ("courriel", "person")),
        ({"telephone": "poste 12"}, "created", ("telephone", "phone")),
        ({"horaires_accueil": "tous les matins"}, "created", ("horaires_accueil", "hours")),
        ({"lien_mobilisation": "ici"}, "created", ("lien_mobilisation", "left_out")),
        ({"latitude": "nord"}, "created", ("latitude", "number")),
        ({"description": "A" * 7000}, "created", ("description", "cut")),
        ({"zone_eligibilite": ["44131", "99110"]}, "created", ("zone_eligibilite", "zone")),
    ],
)
def test_each_line_says_what_is_wrong_and_where(territory, facts, outcome, remark):
    staged = stage(territory, (STRUCTURE,), ({**SERVICE, "contact_nom_prenom": None, **facts},))

    assert outcomes(staged) == ["created", outcome]
    assert remark in remarks(staged, 1)
    assert staged.rows.order_by("line")[1].cells[0] == "services[0]"


def test_what_is_not_read_is_kept_in_words(territory):
    load(
        territory,
        (STRUCTURE,),
        ({
            **SERVICE, "horaires_accueil": "tous les matins", "publics": ["martiens", "familles"],
            "frais_precisions": "selon le quotient familial",
        },),
    )  # fmt: skip

    terms, origin = WelcomeTerms.objects.get(), ServiceOrigin.objects.get()
    assert (terms.opening_hours, terms.resource.days) == ("", "tous les matins")
    assert (terms.price_cents, terms.price_note) == (None, "selon le quotient familial")
    assert origin.record["publics"] == ["familles"]
    assert origin.record["inconnus"] == {"publics": ["martiens"]}


def test_a_structure_of_elsewhere_comes_only_with_a_service_for_here(territory):
    away = {**STRUCTURE, "code_insee": "44109", "commune": "Nantes"}
    here = {**SERVICE, "code_insee": "44109", "commune": "Nantes", "zone_eligibilite": ["44"]}
    territory.communes.get().department.__class__.objects.filter(communes__insee="44131").update(
        code="44"
    )

    alone = stage(territory, (away,), ())
    both = load(territory, (away,), (here,))

    assert outcomes(alone) == ["ignored"]
    assert outcomes(both) == ["created", "created"]


def test_drafts_are_made_when_asked(territory):
    load(territory, publish=False)

    assert Resource.objects.get().status == ResourceStatus.DRAFT


def test_csv_of_the_same_columns_is_read_too(territory):
    load(territory, (STRUCTURE,), ())
    header = "source,structure_id,id,nom,description,date_maj,thematiques,code_insee"
    line = (
        "dora,dora--12,dora--34,Garde,Accueil tôt le matin.,2026-10-02,"
        '"[""famille--garde-denfants""]",44131'
    )

    staged = imports.stage_import(
        kind="data_inclusion",
        stream=io.BytesIO(f"{header}\r\n{line}".encode()),
        filename="services.csv",
        owner_key=owner_key_of_directory(territory),
        by=None,
        now=NOW,
    )

    assert outcomes(staged) == ["created"]


def zipped(**files):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.json", json.dumps(content))
    return stream


def lines_of(stream):
    with table_of_inclusion(stream) as table:
        return table.read().decode().splitlines()


def test_every_shape_of_a_directory_gives_structures_first():
    both = [SERVICE, STRUCTURE]
    shapes = [
        io.BytesIO(json.dumps(both).encode("utf-8-sig")),
        io.BytesIO(json.dumps({"count": 2, "items": both, "next": None}).encode()),
        io.BytesIO(json.dumps({"services": [SERVICE], "structures": [STRUCTURE]}).encode()),
        zipped(structures=[STRUCTURE], services=[SERVICE]),
    ]

    tables = [lines_of(shape) for shape in shapes]

    natures = [[line.split(",")[1] for line in table] for table in tables]
    assert natures == [["nature", "structure", "service"]] * 4
    paths = [[line.split(",")[0] for line in table[1:]] for table in tables]
    assert paths == [
        ["[1]", "[0]"],
        ["items[1]", "items[0]"],
        ["structures[0]", "services[0]"],
        ["structures.json:[0]", "services.json:[0]"],
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "n\xe2\x80\x99est pas un annuaire"),
        (b"{}", "n\xe2\x80\x99est pas un annuaire"),
        (b'{"structures": []}', "n\xe2\x80\x99est pas un annuaire"),
        (b"<html>", "n\xe2\x80\x99est pas un annuaire"),
        (b"\xff\xfe[", "n\xe2\x80\x99est pas un annuaire"),
        (b'{"services": [{"id": "a"}, {"id": }]}', "services[1]"),
        (b'{"services": [{"id": "a"}', "services[0]"),
        (b'[{"id": "a"} {"id": "b"}]', "[0]"),
    ],
)
def test_a_file_that_is_no_directory_is_refused_in_a_sentence(content, said):
    said = said.encode("latin-1").decode() if "\xe2" in said else said

    with pytest.raises(TableError) as refused:
        table_of_inclusion(io.BytesIO(content))

    assert said in str(refused.value)


def test_a_record_larger_than_a_piece_is_read_whole():
    long = {**SERVICE, "description": "Accueil. " * 20_000}
    document = json.dumps({"services": [SERVICE, long, SERVICE]}).encode()

    lines = lines_of(io.BytesIO(document))

    assert len(lines) == 4
    assert len(lines[2]) > 160_000


def test_command_reads_a_zip_shows_then_writes(territory, tmp_path, capsys):
    path = tmp_path / "annuaire.zip"
    path.write_bytes(zipped(structures=[STRUCTURE], services=[SERVICE]).getvalue())

    call_command("import_data_inclusion", path, territory="ici", dry_run=True)
    assert not Resource.objects.exists()
    call_command("import_data_inclusion", path, territory="ici", draft=True)

    counts = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (counts["created"], counts["applied"]) == (2, True)
    assert Resource.objects.get().available_from >= date(2026, 11, 1)
    path.write_bytes(b"rien")
    with pytest.raises(CommandError, match="annuaire"):
        call_command("import_data_inclusion", path, territory="ici")
