import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from ancrage.kit.imports import services as imports
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.services import give_resource, owner_of
from tests.factories import CommuneFactory, PartnerFactory, ProfessionFactory, TerritoryFactory
from tests.factories.moments import NOW
from tests.kit.imports.helpers import csv_file, outcomes

pytestmark = pytest.mark.django_db

HEADER = "Référence;Nature;Intitulé;Commune;Métier;Nombre;Quotité;Jours;Du;Au;Description;Contact"
LINE = (
    "LOG-1;Logement;Studio meublé;Pornic;;2;;;01/05/2027;31/10/2027;Face au port;"
    "accueil@exemple.test"
)


@pytest.fixture
def partner():
    pornic = CommuneFactory(insee="44131", name="Pornic", search_name="pornic")
    return PartnerFactory(
        slug="hopital", commune=pornic, territory=TerritoryFactory(communes=[pornic])
    )


def stage(partner, *lines, **options):
    return imports.stage_import(
        kind="resources",
        stream=csv_file(HEADER, *lines),
        filename="ressources.csv",
        owner_key=owner_of(partner),
        by=None,
        now=NOW,
        options=options,
    )


def apply(staged):
    return imports.apply_import(staged=staged, by=None, now=NOW)


def test_import_shares_each_line(partner):
    ProfessionFactory(code="nurse", label_fr="Infirmier test")

    apply(stage(partner, LINE, "T-1;tuteur;Tutrice;;;;20 %;mardi;;;;"))

    studio, tutor = Resource.objects.order_by("reference")
    assert (studio.kind, studio.title, studio.quantity, studio.commune.name) == (
        "housing",
        "Studio meublé",
        2,
        "Pornic",
    )
    assert (studio.available_from, studio.available_to) == (date(2027, 5, 1), date(2027, 10, 31))
    assert studio.status == ResourceStatus.PUBLISHED
    assert (tutor.kind, tutor.fte_hundredths, tutor.days, tutor.available_from) == (
        "tutor",
        20,
        "mardi",
        NOW.date(),
    )


def test_import_twice_changes_nothing_and_a_new_word_changes_one(partner):
    apply(stage(partner, LINE))

    again = stage(partner, LINE)
    changed = stage(partner, LINE.replace("Face au port", "Vue sur le jardin"))

    assert outcomes(again) == {2: "unchanged"}
    assert outcomes(changed) == {2: "changed"}
    apply(changed)
    assert Resource.objects.get().description == "Vue sur le jardin"


def test_import_without_reference_recognises_the_same_line(partner):
    line = LINE.removeprefix("LOG-1")
    apply(stage(partner, line))

    assert outcomes(stage(partner, line)) == {2: "unchanged"}
    assert Resource.objects.get().reference.startswith("import-")


def test_import_says_everything_that_is_wrong(partner):
    staged = stage(
        partner,
        "A;Bateau;Voilier;Pornic;;;;;;;;",
        "B;Logement;Studio;Porni;;;;;;;;",
        "C;Logement;Studio;Pornic;;;;;01/05/2020;01/06/2020;;",
        "D;Logement;Studio;Pornic;astrologue quantique;;;;;;;",
        "E;Logement;Studio;Pornic;;;;;01/05/2027;01/04/2027;;",
    )

    assert outcomes(staged) == dict.fromkeys(range(2, 7), "rejected")
    assert not Resource.objects.exists()


def test_import_of_what_was_given_asks_before_sharing_it_again(partner):
    apply(stage(partner, LINE))
    give_resource(resource=Resource.objects.get(), by=None, now=NOW)

    staged = stage(partner, LINE.replace("Studio", "Grand studio"))

    assert outcomes(staged) == {2: "to_check"}
    assert outcomes(stage(partner, LINE)) == {2: "unchanged"}


def test_import_asks_the_same_questions_for_many_lines(partner, django_assert_max_num_queries):
    lines = [LINE.replace("LOG-1", f"LOG-{n}") for n in range(60)]

    with django_assert_max_num_queries(40):
        stage(partner, *lines)


def test_command_imports_a_file_for_a_structure(partner, tmp_path):
    path = tmp_path / "ressources.csv"
    path.write_bytes(csv_file(HEADER, LINE).getvalue())
    out = StringIO()

    call_command("import_resources", str(path), "--partner", "hopital", "--draft", stdout=out)

    assert json.loads(out.getvalue().splitlines()[-1])["created"] == 1
    assert Resource.objects.get().status == ResourceStatus.DRAFT
