"""What an import writes, again and again, and what it leaves alone."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from ancrage.kit.changes import ChangeSource
from ancrage.kit.imports import services as imports
from ancrage.needs import services as needs
from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need, NeedStatusChange
from ancrage.partners.services.declaring import (
    PUBLISH,
    PartnerGone,
    owner_of,
    partner_of,
)
from tests.factories import NeedFactory, PartnerFactory, ProfessionFactory, UserFactory
from tests.factories.moments import NOW
from tests.kit.imports.helpers import csv_file
from tests.needs.imports.helpers import HEADER, apply, counted, lines, need_called, remarks

pytestmark = pytest.mark.django_db

REFERENCED = ("A1;IDE;SSR;2;80 %;CDI;01/02/2027;;création;nuit", "A2;AS;SSR;1;1;CDD;01/03/2027;;;")
BARE = (";IDE;SSR;2;80 %;CDI;01/02/2027;;création;nuit", ";AS;SSR;1;1;CDD;01/03/2027;;;")
LATER = NOW + timedelta(days=3)


@pytest.mark.parametrize("rows", [REFERENCED, BARE], ids=["references", "no reference"])
def test_same_file_twice_changes_nothing(hospital, rows):
    apply(lines(hospital, *rows))
    again = lines(hospital, *rows)

    assert counted(again) == {"read": 2, "unchanged": 2}
    with pytest.raises(imports.NothingToApply):
        apply(again)
    assert Need.objects.count() == 2


def test_as_soon_as_possible_said_again_later_changes_nothing(hospital):
    apply(lines(hospital, "A1;IDE;;1;1;CDI;dès que possible;;;"))
    again = imports.stage_import(
        kind="needs",
        stream=csv_file(HEADER, "A1;IDE;;1;1;CDI;dès que possible;;;"),
        filename="b.csv",
        owner_key=owner_of(hospital),
        by=None,
        now=LATER,
    )

    assert counted(again) == {"read": 1, "unchanged": 1}


def test_changed_line_changes_its_need_only(hospital):
    apply(lines(hospital, *REFERENCED))
    untouched = need_called("A2")
    staged = lines(hospital, "A1;IDE;SSR;3;80 %;CDI;01/02/2027;;création;nuit", REFERENCED[1])

    assert counted(staged) == {"read": 2, "changed": 1, "unchanged": 1}
    assert staged.rows.get(line=2).shown_changes == [("nombre de postes", "2", "3")]
    apply(staged, now=LATER)
    assert (need_called("A1").positions, need_called("A1").confirmed_at) == (3, LATER)
    assert need_called("A2").updated_at == untouched.updated_at


def test_empty_cell_leaves_what_is_known(hospital):
    apply(lines(hospital, "A1;IDE;SSR;2;80 %;CDI;01/02/2027;;création;nuit"))
    apply(lines(hospital, "A1;IDE;;;;CDI;02/02/2027;;;"))

    need = need_called("A1")
    assert (need.unit, need.positions, need.fte_hundredths, need.works_nights) == (
        "SSR", 2, 80, True,
    )  # fmt: skip
    assert need.starts_on == date(2027, 2, 2)


def test_need_of_another_structure_with_the_same_reference_is_not_touched(hospital):
    other = NeedFactory(
        partner=PartnerFactory(territory=hospital.territory), reference="A1", positions=9
    )
    apply(lines(hospital, REFERENCED[0]))

    other.refresh_from_db()
    assert (other.positions, Need.objects.filter(reference="A1").count()) == (9, 2)


def test_created_needs_are_published_and_say_where_they_come_from(hospital):
    person = UserFactory()
    apply(lines(hospital, *REFERENCED), by=person)

    need = need_called("A1")
    assert (need.status, need.published_at, need.created_by) == (
        NeedStatus.PUBLISHED, NOW, person,
    )  # fmt: skip
    assert set(NeedStatusChange.objects.values_list("source", "after")) == {
        (ChangeSource.IMPORT, NeedStatus.PUBLISHED)
    }


def test_publication_may_be_chosen_after_the_dry_run(hospital):
    staged = lines(hospital, *REFERENCED, publish=False)
    apply(imports.set_options(staged=staged, options={PUBLISH: True}, by=None, now=NOW))

    assert set(Need.objects.values_list("status", flat=True)) == {NeedStatus.PUBLISHED}


def test_publication_of_an_import_that_is_over_is_refused(hospital):
    staged = apply(lines(hospital, *REFERENCED))

    with pytest.raises(imports.ImportNotReady):
        imports.set_options(staged=staged, options={PUBLISH: False}, by=None, now=NOW)


def test_draft_of_an_earlier_import_is_published_by_the_next(hospital):
    apply(lines(hospital, REFERENCED[0], publish=False))
    staged = lines(hospital, REFERENCED[0])

    assert staged.rows.get(line=2).shown_changes == [("État", "Brouillon", "Publié")]
    apply(staged)
    assert need_called("A1").status == NeedStatus.PUBLISHED


def test_closed_need_is_reopened_only_when_a_person_accepts(hospital):
    apply(lines(hospital, REFERENCED[0]))
    needs.fill_need(need=need_called("A1"), by=None, now=NOW)
    same = lines(hospital, REFERENCED[0])
    other = lines(hospital, "A1;IDE;SSR;4;80 %;CDI;01/02/2027;;création;nuit")

    assert counted(same) == {"read": 1, "unchanged": 1}
    assert counted(other) == {"read": 1, "to_check": 1}
    imports.decide_rows(staged=other, lines=[2], accept=True, by=None, now=NOW)
    apply(other)
    assert (need_called("A1").status, need_called("A1").positions) == (NeedStatus.PUBLISHED, 4)


def test_line_number_used_again_for_another_profession_is_held_back(hospital):
    NeedFactory(
        partner=hospital, reference="1", published=True, profession=ProfessionFactory(code="nurse")
    )
    staged = lines(hospital, "1;Kiné;;1;1;CDI;01/02/2027;;;")

    assert [(one.level, one.column) for one in remarks(staged, 2)] == [("check", "Réf")]


def test_complete_list_withdraws_what_it_does_not_name(hospital):
    apply(lines(hospital, *REFERENCED))
    by_hand = NeedFactory(partner=hospital, reference="", published=True)
    elsewhere = NeedFactory(published=True)
    staged = lines(hospital, REFERENCED[0], complete_list=True)

    assert counted(staged) == {"read": 1, "unchanged": 1, "closed": 2}
    apply(staged)
    assert dict(Need.objects.values_list("pk", "status")) == {
        need_called("A1").pk: NeedStatus.PUBLISHED,
        need_called("A2").pk: NeedStatus.WITHDRAWN,
        by_hand.pk: NeedStatus.WITHDRAWN,
        elsewhere.pk: NeedStatus.PUBLISHED,
    }


def test_missing_line_closes_nothing_unless_asked(hospital):
    apply(lines(hospital, *REFERENCED))
    again = lines(hospital, REFERENCED[0])

    assert counted(again) == {"read": 1, "unchanged": 1}


def test_practice_sheet_is_changed_by_the_next_file(hospital):
    header = "Réf;ETP;Métier;Statut;Début;Patientèle;Loyer"
    apply(
        lines(hospital, "C1;1;Médecin généraliste;successeur;01/02/2027;1800;400", header=header)
    )
    staged = lines(
        hospital, "C1;1;Médecin généraliste;successeur;01/02/2027;1700;400", header=header
    )

    assert staged.rows.get(line=2).shown_changes == [("patients suivis", "1800", "1700")]
    apply(staged)
    assert need_called("C1").practice_sheet.patients == 1700


def test_need_edited_after_the_dry_run_is_not_overwritten(hospital):
    apply(lines(hospital, REFERENCED[0]))
    staged = lines(hospital, "A1;IDE;SSR;3;80 %;CDI;01/02/2027;;création;nuit")
    needs.edit_need(need=need_called("A1"), revision=1, by=None, now=NOW, positions=7)

    with pytest.raises(imports.ImportStale):
        apply(staged)
    assert need_called("A1").positions == 7


@pytest.mark.parametrize("key", ["partner:", "territory:1", "partner:x", "partner:999999"])
def test_owner_that_is_no_structure_has_a_name(key):
    with pytest.raises(PartnerGone):
        partner_of(key)


def test_importing_two_hundred_lines_costs_a_fixed_number_of_queries(
    hospital, django_assert_max_num_queries
):
    rows = [f"A{number};IDE;SSR;2;80 %;CDI;01/02/2027;;création;nuit" for number in range(200)]
    with django_assert_max_num_queries(60):
        staged = lines(hospital, *rows)
    with django_assert_max_num_queries(60):
        apply(staged)

    assert Need.objects.count() == 200


def test_what_a_complete_list_withdrew_is_looked_for_again(hospital):
    absent = NeedFactory(partner=hospital, published=True)
    touched = NeedFactory(partner=hospital, published=True)
    staged = apply(lines(hospital, *REFERENCED, complete_list=True))
    for need in (absent, touched):
        need.refresh_from_db()
    needs.reopen_need(need=touched, by=None, now=NOW + timedelta(minutes=5))

    done = imports.put_back_missing(staged=staged, by=None, now=NOW + timedelta(hours=1))

    absent.refresh_from_db()
    assert (done, absent.status) == ((1, []), NeedStatus.PUBLISHED)


def test_remarks_and_changes_are_read_in_the_language_of_the_reader(hospital):
    apply(lines(hospital, REFERENCED[0], publish=False))
    apply(lines(hospital, "A3;IDE;SSR;1;1;CDI;01/03/2027;;;"))
    staged = lines(
        hospital,
        "A1;IDE;SSR;2;80 %;CDD;01/02/2027;;création;jour, week-end",
        "A3;IDE;SSR;1;1;CDI;dès que possible;;;poste de nuit",
        "A4;infirmier ou aide-soignant;SSR;1;1;CDI;01/03/2027;;;",
    )

    with translation.override("en"):
        rows = list(staged.rows.select_related("staged").order_by("line"))
        changes = [row.shown_changes for row in rows]
        remarks_read = [[one.sentence for one in row.remarks] for row in rows]

    assert changes[0] == [
        ("contract", "CDI (permanent)", "CDD (fixed term)"),
        ("weekend work", "no", "yes"),
        ("description", "nuit", "jour, week-end"),
        ("State", "Draft", "Published"),
    ]
    assert remarks_read[1] == [
        "Hours recognised in “poste de nuit”: night.",
    ]
    assert remarks_read[2] == [
        "“infirmier ou aide-soignant” names several professions: choose the right one. "
        "Suggestions: Aide-soignant (AS), Infirmier en soins généraux (IDE)."
    ]
