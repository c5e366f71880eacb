"""Between the dry run and the decision: columns matched, cells corrected, lines accepted."""

from datetime import timedelta

import pytest
from django.utils import translation

from ancrage.kit.imports import services as imports
from ancrage.kit.models import ImportMapping, StagedChunk, StagedImport, StagedRow
from ancrage.kit.outbox import run_due
from tests.factories import UserFactory
from tests.factories.moments import NOW
from tests.kit.imports.helpers import (
    HEADER,
    OWNER,
    apply,
    counts,
    csv_file,
    outcomes,
    row_at,
    sentences,
    stage,
    xlsx_file,
)
from tests.kit.imports.toy import stored_orders

pytestmark = pytest.mark.django_db


def test_mapping_corrected_is_remembered_for_the_same_header():
    user = UserFactory()
    header = "Qui;Combien;Métier"
    staged = stage(csv_file(header, "IDE;3;médecine"))
    assert staged.codes == ["", "", "profession"]

    imports.remap(staged=staged, mapping={0: "profession", 1: "posts", 2: None}, by=user, now=NOW)

    assert staged.mapping == [["profession", "chosen"], ["posts", "chosen"], ["", ""]]
    assert outcomes(staged) == {2: "created"}
    assert ImportMapping.objects.get().updated_by == user
    later = stage(csv_file(header.upper(), "ASH;1;ménage"))
    assert later.mapping == [
        ["profession", "remembered"],
        ["posts", "remembered"],
        ["", "remembered"],
    ]
    assert outcomes(later) == {2: "created"}


def test_mapping_of_another_owner_is_not_taken():
    staged = stage(csv_file("Qui;Métier", "IDE;x"))
    imports.remap(staged=staged, mapping={0: "profession", 1: None}, by=None, now=NOW)

    other = stage(csv_file("Qui;Métier", "IDE;x"), owner_key="partner:13")

    assert other.codes == ["", "profession"]


def test_mapping_twice_to_one_column_is_refused():
    staged = stage(csv_file("Qui;Métier", "IDE;x"))

    with pytest.raises(imports.ColumnTakenTwice, match="« Métier » ne peut venir que d’une seule"):
        imports.remap(staged=staged, mapping={0: "profession"}, by=None, now=NOW)


@pytest.mark.parametrize("mapping", [{0: "inconnu"}, {7: "posts"}])
def test_mapping_to_nothing_known_is_refused(mapping):
    staged = stage(csv_file("Qui;Métier", "IDE;x"))

    with pytest.raises(imports.UnknownColumn):
        imports.remap(staged=staged, mapping=mapping, by=None, now=NOW)


def test_corrected_cell_lets_the_line_through_and_keeps_the_original():
    staged = stage(csv_file(HEADER, "A1;Dompteur;1;1,4;CDI;;", "A2;IDE;;;;;"))

    row = imports.correct_row(
        staged=staged, line=2, values={"profession": "ASH", "fte": "40 %"}, by=None, now=NOW
    )

    assert row.outcome == "created"
    assert row.cells[1:4] == ["Dompteur", "1", "1,4"]
    assert row.corrections == {"profession": "ASH", "fte": "40 %"}
    assert staged.counts == counts(read=2, created=2)
    apply(staged)
    assert stored_orders(OWNER)["A1"]["fte"] == 40


def test_correction_back_to_the_cell_is_dropped():
    staged = stage(csv_file(HEADER, "A1;Dompteur;;;;;"))
    imports.correct_row(staged=staged, line=2, values={"profession": "ASH"}, by=None, now=NOW)

    row = imports.correct_row(
        staged=staged, line=2, values={"profession": "Dompteur"}, by=None, now=NOW
    )

    assert (row.corrections, row.outcome) == ({}, "rejected")


def test_correcting_a_reference_frees_the_other_line():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;", "A1;ASH;;;;;"))
    assert outcomes(staged) == {2: "created", 3: "to_check"}

    imports.correct_row(staged=staged, line=2, values={"reference": "B1"}, by=None, now=NOW)

    assert outcomes(staged) == {2: "created", 3: "created"}


def test_corrected_reference_may_clash_with_a_later_line():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;ASH;;;;;"))

    imports.correct_row(staged=staged, line=2, values={"reference": "A2"}, by=None, now=NOW)

    assert outcomes(staged) == {2: "created", 3: "to_check"}


def test_correcting_what_does_not_exist_is_refused():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))

    with pytest.raises(imports.UnknownLine, match="La ligne 9 n’existe pas"):
        imports.correct_row(staged=staged, line=9, values={}, by=None, now=NOW)
    with pytest.raises(imports.UnknownColumn):
        imports.correct_row(staged=staged, line=2, values={"zzz": "1"}, by=None, now=NOW)


def test_accepted_duplicate_is_written_once_and_for_all():
    line = ";IDE;1;0,75;CDI;02/11/2026;"
    staged = stage(csv_file(HEADER, line, line))

    imports.decide_rows(staged=staged, lines=[3], accept=True, by=None, now=NOW)
    assert staged.counts == counts(read=2, created=2)
    apply(staged)

    assert len(stored_orders(OWNER)) == 2
    again = stage(csv_file(HEADER, line, line))
    assert again.counts == counts(read=2, unchanged=2)


def test_accepted_line_can_be_held_back_again():
    line = ";IDE;1;;;;"
    staged = stage(csv_file(HEADER, line, line))
    imports.decide_rows(staged=staged, lines=[3], accept=True, by=None, now=NOW)

    imports.decide_rows(staged=staged, lines=[3], accept=False, by=None, now=NOW)

    assert outcomes(staged) == {2: "created", 3: "to_check"}


def test_line_without_a_plan_cannot_be_accepted():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;", "A1;ASH;;;;;"))

    with pytest.raises(imports.LineNotAcceptable, match="La ligne 3 ne peut pas être acceptée"):
        imports.decide_rows(staged=staged, lines=[3], accept=True, by=None, now=NOW)


def test_another_header_line_reads_the_file_again():
    staged = stage(csv_file("Métier;Nb postes", "Poste;ETP", "IDE;2"))
    imports.choose_sheet(staged=staged, header_line=2, by=None, now=NOW)

    assert staged.labels == ["Poste", "ETP"]
    assert outcomes(staged) == {3: "rejected"}

    imports.choose_sheet(staged=staged, header_line=0, by=None, now=NOW)
    assert (staged.labels, list(outcomes(staged))) == (["A", "B"], [1, 2, 3])


def test_header_line_that_does_not_exist_changes_nothing():
    staged = stage(csv_file("Métier;Nb postes", "IDE;2"))

    imports.choose_sheet(staged=staged, header_line=30, by=None, now=NOW)

    assert outcomes(staged) == {2: "created"}


def test_another_sheet_may_be_read_by_the_worker():
    staged = stage(csv_file("Métier;Nb postes", "IDE;2"))

    imports.choose_sheet(staged=staged, header_line=0, background=True, by=None, now=NOW)
    assert staged.status == StagedImport.Status.PENDING
    run_due(clock=lambda: NOW)

    staged.refresh_from_db()
    assert (staged.status, staged.header_first) == (StagedImport.Status.STAGED, None)


def test_line_of_an_import_applied_meanwhile_cannot_be_corrected():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))
    apply(StagedImport.objects.get(pk=staged.pk))

    with pytest.raises(imports.ImportNotReady):
        imports.correct_row(staged=staged, line=2, values={"profession": "ASH"}, by=None, now=NOW)


def test_columns_still_unread_are_told_after_a_correction():
    staged = stage(csv_file("Qui;Combien;Métier;Étage", "IDE;3;médecine;2"))

    imports.remap(staged=staged, mapping={1: "posts"}, by=None, now=NOW)

    assert staged.notice_sentences == [
        "Colonnes non reconnues, conservées dans le rapport sans être lues : « Qui », « Étage »."
    ]


def test_cancelling_an_import_already_read_does_nothing():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))

    imports.cancel_import(staged=staged, by=None, now=NOW)

    assert staged.status == StagedImport.Status.STAGED


def test_absent_sheet_leaves_a_reason_and_another_can_be_chosen():
    staged = stage(xlsx_file(["Métier", "ETP"], ["IDE", 1]), "besoins.xlsx")

    imports.choose_sheet(staged=staged, sheet="Absente", by=None, now=NOW)
    assert staged.failure == (
        "La feuille « Absente » n’existe pas dans ce classeur. Feuilles présentes : « Besoins »."
    )

    imports.choose_sheet(staged=staged, sheet="Besoins", by=None, now=NOW)
    assert outcomes(staged) == {2: "created"}


def test_complete_list_can_be_ticked_and_unticked():
    apply(stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;")))
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))

    imports.set_options(staged=staged, options={"complete_list": True}, by=None, now=NOW)
    assert staged.counts == counts(read=1, unchanged=1, closed=1)

    imports.set_options(staged=staged, options={"complete_list": False}, by=None, now=NOW)
    assert staged.counts == counts(read=1, unchanged=1)


def test_abandoned_import_forgets_its_file_and_lines():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))

    imports.abandon_import(staged=staged, by=None, now=NOW)

    assert staged.status == StagedImport.Status.ABANDONED
    assert (StagedRow.objects.count(), StagedChunk.objects.count()) == (0, 0)
    for act in (
        lambda: apply(staged),
        lambda: imports.remap(staged=staged, mapping={}, by=None, now=NOW),
        lambda: imports.abandon_import(staged=staged, by=None, now=NOW),
    ):
        with pytest.raises(imports.ImportNotReady):
            act()


def test_old_imports_are_forgotten():
    old = stage(csv_file(HEADER, "A1;IDE;;;;;"), now=NOW - timedelta(days=100))
    recent = stage(csv_file(HEADER, "A2;IDE;;;;;"))
    apply(old)

    assert imports.forget_imports(before=NOW - timedelta(days=90)) == 1

    assert list(StagedImport.objects.values_list("pk", flat=True)) == [recent.pk]
    assert set(StagedRow.objects.values_list("staged", flat=True)) == {recent.pk}


def test_remarks_are_stored_as_french_sources_whatever_the_language():
    lines = (HEADER, "A1;Aide;1;1,4;titulère;;")
    in_french = row_at(stage(csv_file(*lines)), 2)
    with translation.override("en"):
        in_english = row_at(stage(csv_file(*lines)), 2)

    assert in_english.problems == in_french.problems
    assert sentences(in_english.staged, 2) == sentences(in_french.staged, 2)
