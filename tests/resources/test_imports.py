import json
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from ancrage.kit.imports import services as imports
from ancrage.partners.services.declaring import PartnerGone, owner_of
from ancrage.resources.enums import ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.services import give_resource
from tests.factories import (
    CommuneFactory,
    PartnerFactory,
    ProfessionFactory,
    ResourceFactory,
    TerritoryFactory,
)
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


def test_complete_list_withdraws_what_is_open_and_absent_alone(partner):
    absent = ResourceFactory(partner=partner, paused=True, reference="")
    draft = ResourceFactory(partner=partner)
    given = ResourceFactory(partner=partner, given=True)

    staged = stage(partner, LINE, complete_list=True)
    assert [(row.key, row.shown_changes) for row in staged.rows.filter(line__isnull=True)] == [
        (
            f"ressource-{absent.pk}",
            [(f"{absent.title}, {absent.commune.name}", "En pause", "Retirée")],
        )
    ]
    apply(staged)

    for row in (absent, draft, given):
        row.refresh_from_db()
    assert (absent.status, draft.status, given.status) == (
        ResourceStatus.WITHDRAWN, ResourceStatus.DRAFT, ResourceStatus.GIVEN,
    )  # fmt: skip


def test_refused_line_closes_nothing_that_it_may_name(partner):
    named = ResourceFactory(partner=partner, published=True, reference="LOG-9")
    other = ResourceFactory(partner=partner, published=True, reference="LOG-8")

    with_reference = stage(partner, "LOG-9;Bateau;Voilier;;;;;;;;;", complete_list=True)
    without = stage(partner, ";Bateau;Voilier;;;;;;;;;", complete_list=True)

    assert [row.key for row in with_reference.rows.filter(line__isnull=True)] == ["LOG-8"]
    assert not without.rows.filter(line__isnull=True).exists()
    assert {named.status, other.status} == {ResourceStatus.PUBLISHED}


def test_what_a_complete_list_withdrew_comes_back_as_it_was(partner):
    paused = ResourceFactory(partner=partner, paused=True)
    published = ResourceFactory(partner=partner, published=True)
    over = ResourceFactory(
        partner=partner,
        published=True,
        available_from=NOW.date(),
        available_to=NOW.date(),
    )
    staged = apply(stage(partner, LINE, complete_list=True))
    tomorrow = NOW + timedelta(hours=23)

    done, refused = imports.put_back_missing(staged=staged, by=None, now=tomorrow)

    for row in (paused, published, over):
        row.refresh_from_db()
    assert (done, [target for target, _reason in refused]) == (2, [over])
    assert (paused.status, published.status, over.status) == (
        ResourceStatus.PAUSED, ResourceStatus.PUBLISHED, ResourceStatus.WITHDRAWN,
    )  # fmt: skip


def test_draft_of_an_earlier_import_is_shared_by_the_next(partner):
    apply(stage(partner, LINE, publish=False))

    staged = stage(partner, LINE)

    assert staged.rows.get(line=2).shown_changes == [("État", "Brouillon", "Disponible")]
    apply(staged)
    assert Resource.objects.get().status == ResourceStatus.PUBLISHED


def test_import_for_a_structure_that_left_is_told(partner):
    staged = stage(partner, LINE)
    partner.left_at = NOW
    partner.save()

    with pytest.raises(PartnerGone, match="a quitté la plateforme"):
        apply(staged)


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
