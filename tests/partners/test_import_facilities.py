"""FINESS extracts: each layout, each defect met in real files, and what a second file changes."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ancrage.kit.imports import services as imports
from ancrage.kit.imports.models import StagedImport
from ancrage.kit.models import AuditLine
from ancrage.partners import services
from ancrage.partners.enums import CheckState, PartnerEvent, PartnerKind
from ancrage.partners.models import Facility, Partner
from ancrage.territory.models import Commune, Territory
from tests.factories import (
    CommuneFactory,
    FacilityCategoryFactory,
    FacilityFactory,
    PartnerFactory,
    TerritoryFactory,
)
from tests.factories.moments import NOW
from tests.partners.finess import line

pytestmark = pytest.mark.django_db

REAL = Path(__file__).parents[3] / "shared/data/finess_44_extrait_malmene_par_tableur.csv"


@pytest.fixture
def territory() -> Territory:
    FacilityCategoryFactory(code="500")
    return TerritoryFactory(slug="ici", communes=[commune("44131", "Pornic")])


def commune(insee: str, name: str) -> Commune:
    return Commune.objects.filter(insee=insee).first() or CommuneFactory(insee=insee, name=name)


def stage(territory: Territory, *lines: str, encoding: str = "utf-8", **options: Any):
    return imports.stage_import(
        kind="facilities",
        stream=io.BytesIO("\r\n".join(lines).encode(encoding)),
        filename="finess.csv",
        owner_key=services.owner_key_of(territory),
        by=None,
        now=NOW,
        options=options,
    )


def load(territory: Territory, *lines: str, **options: Any) -> StagedImport:
    staged = stage(territory, *lines, **options)
    return imports.apply_import(staged=staged, by=None, now=NOW)


def outcomes(staged: StagedImport) -> list[str]:
    return list(staged.rows.order_by("line").values_list("outcome", flat=True))


def remarks(staged: StagedImport, number: int = 1) -> list[tuple[str, str]]:
    """(column, code) of each remark on a line."""
    row = staged.rows.get(line=number)
    return [(problem["column"], problem["code"]) for problem in row.problems]


def test_import_creates_a_site_from_the_historical_layout(territory: Territory) -> None:
    partner = PartnerFactory(territory=territory, finess_ej="440041531", name="Hôpital")

    staged = load(territory, line())

    site = Facility.objects.get()
    assert outcomes(staged) == ["created"]
    assert (site.finess_et, site.finess_ej, site.partner) == ("440001287", "440041531", partner)
    assert (site.name, site.address, site.postcode) == (
        "SITE FICTIF DU PORT",
        "12 R DES QUAIS",
        "44210",
    )
    assert (site.siret, site.siret_state) == ("73282932000074", CheckState.VALID)
    assert (site.phone, str(site.opened_on)) == ("+33240821234", "2005-04-03")
    assert site.category is not None
    assert (site.category.code, site.commune.insee) == ("500", "44131")
    assert (site.source, site.version, site.revision) == ("FINESS", "02/06/2021", 1)
    assert remarks(staged) == [("commune", "insee_rebuilt")]
    partner.refresh_from_db()
    assert "440001287" in partner.search
    told = AuditLine.objects.get(action=PartnerEvent.SITE_IMPORTED)
    assert told.scope == f"partner:{partner.pk}"


def test_import_keeps_a_destroyed_siret_as_it_came_and_never_invents_it(territory) -> None:
    staged = load(territory, line(siret="2,64403E+13"))

    site = Facility.objects.get()
    assert (site.siret, site.siret_raw, site.siret_state) == ("", "2,64403E+13", CheckState.WARN)
    assert ("siret", "identifier") in remarks(staged)


def test_import_mends_what_is_sure_and_says_it(territory) -> None:
    staged = load(territory, line(phone="240821234", opened="01/01/1901", cat="999"))

    site = Facility.objects.get()
    assert (site.phone, site.opened_on, site.category) == ("+33240821234", None, None)
    assert remarks(staged) == [
        ("commune", "insee_rebuilt"),
        ("telephone", "leading_zero"),
        ("dateouv", "placeholder"),
        ("categetab", "category_unknown"),
        ("nofinessej", "no_partner"),
    ]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"et": ""}, "nofinesset"),
        ({"et": "440001288"}, "nofinesset"),
        ({"et": "44001287"}, "nofinesset"),
        ({"rs": "", "long": ""}, "rs"),
        ({"commune": "PORNIC"}, "commune"),
        ({"commune": "131", "dept": ""}, "commune"),
    ],
)
def test_import_refuses_a_line_it_cannot_place(territory, cells, column) -> None:
    staged = stage(territory, line(**cells))

    assert outcomes(staged) == ["rejected"]
    assert column in {name for name, _code in remarks(staged)}
    assert not Facility.objects.exists()


@pytest.mark.parametrize(
    "cells",
    [{"phone": "12"}, {"opened": "31/02/2020"}, {"siret": "123"}, {"ej": "440041532"}],
)
def test_import_leaves_out_a_secondary_value_it_cannot_read(territory, cells) -> None:
    staged = load(territory, line(**cells))

    assert outcomes(staged) == ["created"]
    site = Facility.objects.get()
    assert "" in (site.phone, site.siret, site.finess_ej) or site.opened_on is None


def test_import_keeps_a_site_whose_legal_body_is_unknown_until_it_is_entered(territory) -> None:
    load(territory, line())
    assert Facility.objects.get().partner is None

    partner = services.create_partner(
        territory=territory,
        kind=PartnerKind.PUBLIC_HOSPITAL,
        name="Hôpital",
        finess_ej="440041531",
        by=None,
        now=NOW,
    )

    assert Facility.objects.get().partner == partner
    assert outcomes(stage(territory, line())) == ["unchanged"]


def test_import_keeps_a_site_whose_commune_is_not_loaded_until_it_is(territory) -> None:
    partner = PartnerFactory(territory=territory, finess_ej="440041531")
    far = line(commune="999", town="44999 LOIN CEDEX 2")
    staged = load(territory, far)

    site = Facility.objects.get()
    assert (site.partner, site.commune, site.insee) == (None, None, "44999")
    assert ("commune", "commune_not_loaded") in remarks(staged)
    assert outcomes(stage(territory, far)) == ["unchanged"]

    commune("44999", "Loin")
    again = load(territory, far)

    site.refresh_from_db()
    assert outcomes(again) == ["changed"]
    assert (site.partner, site.commune.name) == (partner, "Loin")


def test_import_makes_structures_to_complete_when_asked(territory) -> None:
    other = line(et="440032399", long="USLD FICTIVE")
    elsewhere = line(et="440000016", ej="440000057", commune="184")
    commune("44184", "Ailleurs")

    staged = load(territory, line(), other, elsewhere, create_partners=True)

    partner = Partner.objects.get()
    assert outcomes(staged) == ["created"] * 3
    assert (partner.name, partner.finess_ej) == ("SITE FICTIF DU PORT", "440041531")
    assert (partner.kind, partner.to_complete) == (PartnerKind.PUBLIC_HOSPITAL, True)
    assert partner.facilities.count() == 2
    assert "440032399" in partner.search
    assert Facility.objects.get(finess_et="440000016").partner is None


def test_import_makes_structures_for_sites_that_were_waiting(territory) -> None:
    load(territory, line())

    again = load(territory, line(), create_partners=True)

    assert outcomes(again) == ["changed"]
    assert Facility.objects.get().partner == Partner.objects.get()
    assert outcomes(stage(territory, line(), create_partners=True)) == ["unchanged"]


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        ("Etablissement public de santé", PartnerKind.PUBLIC_HOSPITAL),
        ("Etablissement social et médico-social public", PartnerKind.PUBLIC_CARE_HOME),
        ("Etablissement de santé privé d'intérêt collectif", PartnerKind.ASSOCIATION),
        ("Etab de santé privé non lucratif", PartnerKind.ASSOCIATION),
        ("Privé", PartnerKind.PRIVATE),
    ],
)
def test_import_guesses_the_nature_of_a_structure_to_complete(territory, status, kind) -> None:
    load(territory, line(sph=status), create_partners=True)

    assert Partner.objects.get().kind == kind


def test_import_twice_changes_nothing(territory) -> None:
    load(territory, line())

    again = stage(territory, line())

    assert outcomes(again) == ["unchanged"]
    with pytest.raises(imports.NothingToApply):
        imports.apply_import(staged=again, by=None, now=NOW)


def test_import_follows_the_file_where_nobody_edited(territory) -> None:
    load(territory, line())

    again = load(territory, line(long="NOUVEAU NOM", phone=""))

    site = Facility.objects.get()
    assert outcomes(again) == ["changed"]
    # What the file no longer says is not erased.
    assert (site.name, site.phone, site.revision) == ("NOUVEAU NOM", "+33240821234", 2)


def test_import_keeps_what_was_edited_here_when_the_file_has_nothing_new(territory) -> None:
    load(territory, line())
    Facility.objects.update(name="Le Port, comme on l’appelle")

    again = stage(territory, line())

    assert outcomes(again) == ["unchanged"]
    assert ("rs", "kept") in remarks(again)


def test_import_asks_before_it_replaces_what_was_edited_here(territory) -> None:
    load(territory, line())
    Facility.objects.update(name="Le Port, comme on l’appelle")
    newer = line(long="NOUVEAU NOM", town="44211 PORNIC")

    staged = stage(territory, newer)

    assert outcomes(staged) == ["to_check"]
    assert ("rs", "disputed") in remarks(staged)
    imports.decide_rows(staged=staged, lines=[1], accept=True, by=None, now=NOW)
    imports.apply_import(staged=staged, by=None, now=NOW)
    site = Facility.objects.get()
    assert (site.name, site.postcode) == ("NOUVEAU NOM", "44211")
    assert outcomes(stage(territory, newer)) == ["unchanged"]


def test_import_asks_before_it_touches_a_site_entered_by_hand(territory) -> None:
    partner = PartnerFactory(territory=territory)
    FacilityFactory(
        partner=partner, finess_et="440001287", name="Le Port", commune=commune("44131", "Pornic")
    )

    staged = stage(territory, line())

    assert outcomes(staged) == ["to_check"]
    assert Facility.objects.get().name == "Le Port"


def test_import_never_puts_a_destroyed_siret_over_a_found_one(territory) -> None:
    load(territory, line(siret="2,64403E+13"))
    site = Facility.objects.get()
    services.put_siret(facility=site, siret="73282932000074")
    site.save()

    again = stage(territory, line(siret="2,644E+13"))

    assert outcomes(again) == ["unchanged"]
    assert ("siret", "kept") in remarks(again)


def test_import_leaves_the_sites_of_another_territory_alone(territory) -> None:
    FacilityFactory(finess_et="440001287", name="Ailleurs")

    staged = stage(territory, line(), "geolocalisation;440001287;350000;6700000;LAMBERT_93")

    assert outcomes(staged) == ["ignored", "ignored"]


def test_import_reads_the_first_line_and_the_positions_of_the_geolocated_file(territory) -> None:
    staged = load(
        territory,
        "finess;etalab;2;2026-05-11",
        line(),
        "geolocalisation;440001287;318000.5;6680000.2;1,ATLASANTE,100,IGN,LAMBERT_93;2026-05-11",
        "geolocalisation;440000016;318000.5;6680000.2;LAMBERT_93;2026-05-11",
        "geolocalisation;440001287;1;2;UTM_N20;2026-05-11",
        "equipement;440001287;1",
    )

    site = Facility.objects.get()
    assert outcomes(staged) == [
        "ignored",
        "created",
        "changed",
        "ignored",
        "ignored",
        "ignored",
    ]
    assert (round(site.latitude, 2), round(site.longitude, 2)) == (47.11, -2.04)
    again = stage(
        territory,
        "finess;etalab;1;2026-06-11",
        line(),
        "geolocalisation;440001287;318000,5;6680000,2",
    )
    assert outcomes(again) == ["ignored", "unchanged", "unchanged"]


def test_import_asks_before_it_moves_a_site_placed_here(territory) -> None:
    load(territory, line())
    Facility.objects.update(latitude=47.0, longitude=-2.0)

    staged = stage(territory, line(), "geolocalisation;440001287;318000;6680000;LAMBERT_93")

    assert outcomes(staged) == ["unchanged", "to_check"]


def test_import_reads_the_older_layout_with_its_header(territory) -> None:
    header = (
        "nofinesset;nofinessej;rs;rslongue;numvoie;typvoie;voie;departement;libdepartement;cog;"
        "codepostal;libelle_routage;ligneacheminement;telephone;categetab;siret;dateouv;coordx;"
        "coordy;sourcecoordet"
    )
    row = (
        "440001287;440041531;SITE DU PORT;;12;R;DES QUAIS;44;LOIRE ATLANTIQUE;44131;44210;PORNIC;"
        "44210 PORNIC;0240821234;500;73282932000074;2005-04-03;318000,5;6680000,2;LAMBERT_93"
    )

    staged = load(territory, header, row, encoding="latin-1")

    site = Facility.objects.get()
    assert outcomes(staged) == ["created"]
    assert (site.name, site.postcode, site.commune.insee) == ("SITE DU PORT", "44210", "44131")
    assert round(site.latitude, 2) == 47.11
    assert remarks(staged, 2) == [("nofinessej", "no_partner")]


@pytest.mark.parametrize(("x", "y"), [("6680000", "318000"), ("abc", "6680000"), ("47.1", "-2.0")])
def test_import_leaves_out_coordinates_that_are_nowhere(territory, x: str, y: str) -> None:
    header = "nofinesset;rs;departement;cog;coordx;coordy"

    staged = load(territory, header, f"440001287;SITE;44;44131;{x};{y}")

    assert Facility.objects.get().latitude is None
    assert ("coordx", "point") in remarks(staged, 2)


def test_import_reads_a_batch_in_a_fixed_number_of_queries(
    territory, django_assert_max_num_queries
) -> None:
    numbers = ["440001287", "440032399", "440000016", "440000271", "440000560", "440000644"]
    with django_assert_max_num_queries(60) as few:
        stage(territory, line())
    alone = len(few)

    with django_assert_max_num_queries(alone):
        stage(territory, *(line(et=number) for number in numbers))


# --- the command -------------------------------------------------------------------------------


def run(*arguments: str) -> dict[str, int]:
    out = io.StringIO()
    call_command("import_facilities", *arguments, stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def file_of(tmp_path: Path, *lines: str) -> str:
    path = tmp_path / "finess.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    return str(path)


def test_command_imports_for_the_only_territory(territory, tmp_path: Path) -> None:
    path = file_of(tmp_path, line())

    assert run(path, "--dry-run")["created"] == 1
    assert not Facility.objects.exists()
    assert run(path)["applied"] is True
    assert run(path)["unchanged"] == 1


def test_command_asks_which_territory_when_there_are_several(territory, tmp_path: Path) -> None:
    TerritoryFactory(slug="ailleurs")
    path = file_of(tmp_path, line())

    with pytest.raises(CommandError, match="ailleurs, ici"):
        run(path)

    assert run(path, "--territory", "ici")["created"] == 1


def test_command_makes_structures_when_asked(territory, tmp_path: Path) -> None:
    run(file_of(tmp_path, line()), "--create-partners")

    assert Partner.objects.get().to_complete


@pytest.mark.skipif(not REAL.exists(), reason="the real extract is not at hand")
def test_command_reads_the_real_extract_damaged_by_a_spreadsheet(territory) -> None:
    first = run(str(REAL))

    assert (first["read"], first["created"], first["rejected"]) == (34, 34, 0)
    assert Facility.objects.filter(siret="", siret_state=CheckState.WARN).count() == 34
    assert set(Facility.objects.values_list("siret_raw", flat=True)) >= {"2,644E+13"}
    assert run(str(REAL))["unchanged"] == 34


def test_import_reads_the_departments_of_overseas_and_of_corsica() -> None:
    """The official file writes 9D for 974, and the commune by its last three characters."""
    saint_denis, ajaccio = commune("97411", "Saint-Denis"), commune("2A004", "Ajaccio")
    away = TerritoryFactory(slug="la-bas", communes=[saint_denis, ajaccio])
    overseas = {"et": "970409991", "ej": "", "dept": "9D", "commune": "411"}
    corsican = {"et": "2A0000014", "ej": "", "dept": "2A", "commune": "004"}

    staged = load(
        away,
        line(**overseas, town="97400 SAINT DENIS"),
        line(**corsican, town="20000 AJACCIO"),
    )

    assert outcomes(staged) == ["created", "created"]
    sites = Facility.objects.order_by("finess_et")
    assert [(site.finess_et, site.commune) for site in sites] == [
        ("2A0000014", ajaccio), ("970409991", saint_denis),
    ]  # fmt: skip
