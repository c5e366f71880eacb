"""The dry run: every line of a file is accounted for, with its reason, and nothing is written."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.utils.translation import gettext_lazy as _

from ancrage.kit.imports import Plan
from ancrage.kit.imports import services as imports
from ancrage.kit.imports.kinds import Outcome
from ancrage.kit.imports.planning import encode_changes
from ancrage.kit.models import (
    ImportGate,
    ImportMapping,
    OutboxTask,
    StagedImport,
    StagedRow,
)
from ancrage.kit.tabular.errors import EmptyFile, UnknownSheet, WrongExtension
from ancrage.kit.tabular.problems import Level
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
from tests.kit.imports.toy import Orders, stored_orders

pytestmark = pytest.mark.django_db


def test_dry_run_plans_each_line_and_writes_nothing():
    staged = stage(csv_file(HEADER, "A1;IDE;2;80 %;CDI;01/12/2026;nuit", "A2;Kiné;;;;;"))

    assert staged.status == StagedImport.Status.STAGED
    assert staged.counts == counts(read=2, created=2)
    assert staged.progress == 100
    assert outcomes(staged) == {2: "created", 3: "created"}
    assert row_at(staged, 2).shown_changes == [
        ("profession", "", "nurse"),
        ("posts", "", "2"),
        ("fte", "", "80"),
        ("contract", "", "cdi"),
        ("starts_on", "", "2026-12-01"),
        ("description", "", "nuit"),
    ]
    assert stored_orders(OWNER) == {}


def test_dry_run_adds_up_to_the_lines_read():
    staged = stage(
        csv_file(
            HEADER,
            "A1;IDE;2;80 %;CDI;01/12/2026;",
            "",
            "A2;Dompteur;1;1;CDI;;",
            "A3;IDE;1;1;PH ou contractuel;;",
            "TOTAL;;3;;;;",
            "A4;ASH;1;1;CDD;;",
        )
    )

    assert staged.counts == counts(read=5, created=2, to_check=1, rejected=1, ignored=1, empty=1)
    assert outcomes(staged) == {
        2: "created", 4: "rejected", 5: "to_check", 6: "ignored", 7: "created",
    }  # fmt: skip


def test_problem_tells_its_line_column_value_reason_and_suggestion():
    staged = stage(csv_file(HEADER, "A1;Aide-soignant;1;1,4;CDI;31/02/2027;"))

    remarks = row_at(staged, 2).remarks

    assert [(one.column_label, one.value, one.sentence, one.suggestion) for one in remarks] == [
        (
            "ETP",
            "1,4",
            "Un poste ne peut pas dépasser 1 ETP (lu : 1,4). S’il s’agit de plusieurs postes, "
            "indiquez leur nombre et le temps de travail de chacun.",
            "",
        ),
        (
            "Début",
            "31/02/2027",
            "Le 31/02/2027 n’existe pas dans le calendrier.",
            "28/02/2027",
        ),
    ]


def test_unknown_value_is_rejected_with_the_nearest():
    staged = stage(csv_file(HEADER, "A1;Dompteur;;;;;", "A2;Infirmière de nuit;;;;;"))

    assert sentences(staged, 2) == [("Métier", "Métier inconnu : « Dompteur ».", "")]
    assert outcomes(staged)[2] == "rejected"


def test_negative_posts_and_placeholder_dates_are_refused():
    staged = stage(csv_file(HEADER, "A1;IDE;-2;1;CDI;04/04/1904;"))

    assert sentences(staged, 2) == [
        ("Nb postes", "-2 est trop petit : le minimum est 1.", "2"),
        (
            "Début",
            "04/04/1904 est une date de remplissage, que les logiciels écrivent quand la vraie "
            "date est inconnue. Saisissez la vraie date ou videz la cellule.",
            "",
        ),
    ]


def test_formula_is_kept_as_text_and_never_evaluated():
    staged = stage(csv_file(HEADER, "A1;IDE;=1+1;;;;=HYPERLINK(“x”)"))

    row = row_at(staged, 2)
    assert row.cells[2] == {"formula": "=1+1", "shown": None}
    assert row.outcome == Outcome.TO_CHECK
    assert [remark.value for remark in row.remarks] == ["=1+1"]
    assert ("description", "", "=HYPERLINK(“x”)") in row.shown_changes


def test_escaped_text_is_given_back_on_import():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;'+33 sans suite"))

    assert ("description", "", "+33 sans suite") in row_at(staged, 2).shown_changes


def test_identical_line_is_to_check_and_can_be_accepted():
    line = ";IDE;1;0,75;CDI;02/11/2026;"
    staged = stage(csv_file(HEADER, line, line))

    assert outcomes(staged) == {2: "created", 3: "to_check"}
    assert sentences(staged, 3) == [
        (
            "",
            "Doublon : cette ligne est identique à la ligne 2. Acceptez-la s’il s’agit bien d’une "
            "autre, sinon laissez-la de côté.",
            "",
        )
    ]
    assert row_at(staged, 3).can_be_accepted


def test_identical_line_with_a_reference_brings_nothing():
    staged = stage(csv_file(HEADER, "A1;IDE;1;;;;", "A1;IDE;1;;;;"))

    assert outcomes(staged) == {2: "created", 3: "to_check"}
    assert not row_at(staged, 3).can_be_accepted
    assert sentences(staged, 3) == [
        ("", "Doublon de la ligne 2 : rien de plus ne serait enregistré.", "")
    ]


def test_same_reference_with_another_content_is_to_check():
    staged = stage(csv_file(HEADER, "A1;IDE;1;;;;", "A1;ASH;1;;;;"))

    assert outcomes(staged) == {2: "created", 3: "to_check"}
    assert not row_at(staged, 3).can_be_accepted
    assert "désignent la même chose" in sentences(staged, 3)[0][1]


def test_twins_are_recognised_across_batches(monkeypatch):
    monkeypatch.setattr("ancrage.kit.imports.staging.BATCH", 2)
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;", "A3;IDE;;;;;", "A1;IDE;;;;;"))

    assert outcomes(staged) == {2: "created", 3: "created", 4: "created", 5: "to_check"}
    assert row_at(staged, 5).first_line == 2
    assert row_at(staged, 5).occurrence == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("TOTAL;;12;;;;", "Ligne de total : elle n’est pas importée."),
        (";Sous-total Pôle gériatrie;;3,5;;;", "Ligne de total : elle n’est pas importée."),
        (HEADER, "En-tête répété au milieu du tableau : ligne ignorée."),
        (
            "Pôle gériatrie;;;;;;",
            "Une seule cellule remplie : ligne lue comme un intertitre, et ignorée.",
        ),
    ],
)
def test_line_that_is_not_data_is_ignored_with_its_reason(line, reason):
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;", line, "A2;IDE;;;;;"))

    assert outcomes(staged) == {2: "created", 3: "ignored", 4: "created"}
    assert sentences(staged, 3) == [("", reason, "")]


def test_line_with_its_only_required_cell_is_data():
    staged = stage(csv_file(HEADER, ";IDE;;;;;"))

    assert outcomes(staged) == {2: "created"}


def test_unknown_columns_are_kept_and_told():
    staged = stage(csv_file("Métier;Couleur;Étage", "IDE;bleu;3"))

    assert staged.notice_sentences == [
        "Colonnes non reconnues, conservées dans le rapport sans être lues : « Couleur », "
        "« Étage »."
    ]
    assert row_at(staged, 2).cells == ["IDE", "bleu", "3"]


def test_missing_required_column_is_told_on_every_line():
    staged = stage(csv_file("Réf;ETP;Statut", "A1;1;CDI"))

    assert [column.code for column in staged.missing_columns()] == ["profession"]
    assert sentences(staged, 2) == [
        (
            "Métier",
            "La colonne « Métier » est obligatoire et n’a pas été trouvée dans le fichier. "
            "Associez-la à l’une de ses colonnes.",
            "",
        )
    ]


def test_unreadable_required_cell_is_told_once():
    staged = stage(csv_file(HEADER, "A1;#REF!;2;;CDI;;"))

    assert sentences(staged, 2) == [
        (
            "Métier",
            "Le tableur affiche l’erreur #REF! à la place de la valeur. Saisissez-la.",
            "",
        )
    ]


def test_facts_that_are_translated_are_read_in_the_reader_s_language(monkeypatch):
    def refuse(_self, row, _context):
        row.error("", "Voyez %(what)s.", what=_("Oui"))
        return Plan.none()

    monkeypatch.setattr(Orders, "resolve", refuse)
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))

    assert row_at(staged, 2).problems[0]["facts"] == {"what": {"text": "Oui"}}
    assert sentences(staged, 2) == [("", "Voyez Oui.", "")]


def test_empty_required_cell_is_refused():
    staged = stage(csv_file(HEADER, "A1;;2;;CDI;;"))

    assert sentences(staged, 2) == [
        ("Métier", "Cette cellule est obligatoire et elle est vide.", "")
    ]


def test_file_without_header_is_told_and_can_be_mapped():
    staged = stage(csv_file("A1;IDE;2", "A2;ASH;1"))

    assert staged.header_first is None
    assert staged.labels == ["A", "B", "C"]
    assert "Aucune ligne d’en-tête reconnue" in staged.notice_sentences[0]
    assert staged.counts == counts(read=2, rejected=2)

    remapped = imports.remap(
        staged=staged, mapping={0: "reference", 1: "profession", 2: "posts"}, by=None, now=NOW
    )

    assert remapped.counts == counts(read=2, created=2)


def test_header_in_row_five_and_a_gap_keep_true_line_numbers():
    staged = stage(
        csv_file(
            "HÔPITAL DE LA CÔTE;;",
            "Recensement au 15/10/2026;;",
            "",
            "",
            "Métier;Nb postes;Quotité",
            "IDE;2;100%",
            "",
            "ASH;1;mi-temps",
        )
    )

    assert (staged.header_first, staged.header_last) == (5, 5)
    assert outcomes(staged) == {6: "created", 8: "created"}
    assert staged.counts == counts(read=2, created=2, empty=1)


def test_two_header_rows_are_merged():
    staged = stage(csv_file("Besoin;;Temps;", "Métier;Nb postes;ETP;Début", "IDE;2;1;01/12/2026"))

    assert (staged.header_first, staged.header_last) in {(1, 2), (2, 2)}
    assert staged.codes == ["profession", "posts", "fte", "starts_on"]
    assert outcomes(staged) == {3: "created"}


def test_the_right_sheet_is_read_among_several():
    stream = xlsx_file(["Métier", "Nb postes", "ETP"], ["IDE", 2, 0.8])

    staged = stage(stream, "besoins.xlsx")

    assert staged.sheet == "Besoins"
    assert row_at(staged, 2).shown_changes[:3] == [
        ("profession", "", "nurse"),
        ("posts", "", "2"),
        ("fte", "", "80"),
    ]


def test_unreadable_file_raises_and_keeps_nothing():
    with pytest.raises(EmptyFile):
        stage(io.BytesIO(b""))
    with pytest.raises(WrongExtension):
        stage(csv_file(HEADER), "besoins.xlsx")
    with pytest.raises(UnknownSheet):
        stage(xlsx_file(["Métier"], ["IDE"]), "besoins.xlsx", sheet="Absente")

    assert StagedImport.objects.count() == 0


def test_file_that_breaks_on_the_way_leaves_a_reason_and_no_line():
    lines = [f"A{number};IDE;;;;;" for number in range(600)]
    staged = stage(csv_file(HEADER, *lines, 'A999;IDE;;;;;"jamais refermé', "A1000;IDE;;;;;"))

    assert staged.status == StagedImport.Status.FAILED
    assert staged.failure == (
        "Un guillemet ouvert à la ligne 602 n’est jamais refermé : les lignes suivantes seraient "
        "avalées. Fermez-le ou retirez-le, puis déposez à nouveau le fichier."
    )
    assert staged.rows.count() == 0


def test_header_alone_is_told():
    staged = stage(csv_file(HEADER))

    assert staged.status == StagedImport.Status.FAILED
    assert staged.failure == (
        "Ce tableau ne contient aucune ligne remplie. Vérifiez la feuille choisie et enregistrez "
        "à nouveau le fichier."
    )


def test_same_file_again_is_told_to_be_done_already():
    lines = (HEADER, "A1;IDE;2;;;;")
    apply(stage(csv_file(*lines)))

    again = stage(csv_file(*lines))

    assert again.counts == counts(read=1, unchanged=1)
    assert again.notice_sentences == [
        "Ce même fichier a déjà été appliqué le 16/11/2026 et rien n’a changé depuis : il n’y a "
        "rien à faire."
    ]
    with pytest.raises(imports.NothingToApply):
        apply(again)


def test_same_file_of_another_owner_is_not_taken_for_done():
    lines = (HEADER, "A1;IDE;2;;;;")
    apply(stage(csv_file(*lines)))

    other = stage(csv_file(*lines), owner_key="partner:13")

    assert other.counts == counts(read=1, created=1)
    assert other.notice_sentences == []


def test_guess_goes_through_with_its_remark():
    staged = stage(csv_file(HEADER, "A1;IDE;deux;28h;CDD 6 mois;décembre 2026;"))

    assert outcomes(staged) == {2: "created"}
    assert {remark.level for remark in row_at(staged, 2).remarks} == {Level.NOTE}
    assert [remark.sentence for remark in row_at(staged, 2).remarks] == [
        "« deux » est lu 2.",
        "« 28h » est lu 80 % d’un temps plein de 35 heures.",
        "« CDD 6 mois » est lu « CDD ».",
        "« décembre 2026 » est lu 01/12/2026.",
    ]


def test_blank_words_are_empty_but_in_free_text():
    staged = stage(csv_file(HEADER, "A1;IDE;néant;-;N/A;sans objet;néant"))

    assert outcomes(staged) == {2: "created"}
    assert ("description", "", "néant") in row_at(staged, 2).shown_changes


def test_line_without_plan_nor_reason_is_refused_with_one(monkeypatch):
    monkeypatch.setattr(Orders, "resolve", lambda *_: Plan.none())
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))

    assert outcomes(staged) == {2: "rejected"}
    assert sentences(staged, 2) == [("", "Cette ligne ne peut pas être importée.", "")]


def test_line_that_the_kind_leaves_aside_is_ignored(monkeypatch):
    def leave(_self, row, _context):
        row.note("profession", "Hors du territoire.")
        return Plan.ignore()

    monkeypatch.setattr(Orders, "resolve", leave)
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;", "A1;ASH;;;;;"))

    assert outcomes(staged) == {2: "ignored", 3: "ignored"}
    assert sentences(staged, 2) == [("Métier", "Hors du territoire.", "")]


def test_known_file_without_header_is_read_by_position(monkeypatch):
    monkeypatch.setattr(Orders, "positional", ("reference", "profession", "posts", "", ""))
    staged = stage(csv_file("A1;IDE;2;x;y", "A2;ASH;1;x;y"))

    assert [how for _code, how in staged.mapping] == ["position"] * 3 + ["", ""]
    assert outcomes(staged) == {1: "created", 2: "created"}
    assert staged.notice_sentences == []
    assert [seen.samples for seen in staged.columns_seen()][:2] == [("A1", "A2"), ("IDE", "ASH")]


def test_long_list_of_missing_things_is_stored_whole(monkeypatch):
    monkeypatch.setattr("ancrage.kit.imports.staging.BATCH", 3)
    monkeypatch.setattr("ancrage.kit.imports.planning.BATCH", 3)
    apply(stage(csv_file(HEADER, *[f"A{number};IDE;;;;;" for number in range(9)])))

    staged = stage(csv_file(HEADER, "A0;IDE;;;;;"), options={"complete_list": True})
    apply(staged)

    assert staged.rows.filter(line=None).count() == 8
    assert list(stored_orders(OWNER)) == ["A0"]


def test_values_of_any_kind_are_shown_to_people():
    changes = {
        "quotité": (Decimal("0.5"), None),
        _("Métier"): (["b", "a"], {"d", "c"}),
        "état": (_("ouvert"), date(2026, 12, 1)),
        "objet": (StagedImport(filename="besoins.csv"), True),
    }
    row = StagedRow(changes=encode_changes(changes))

    assert row.shown_changes == [
        ("quotité", "0,5", ""),
        ("Métier", "b, a", "c, d"),
        ("état", "ouvert", "01/12/2026"),
        ("objet", "besoins.csv", "oui"),
    ]


def test_names_are_read_without_their_kind():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))

    assert staged.is_open
    assert staged.label_of("fte") == "ETP"
    assert staged.label_of("absente") == ""
    assert row_at(staged, 2).written("absente") == ""
    named = (
        staged,
        row_at(staged, 2),
        staged.chunks.get(),
        ImportMapping(kind="a", owner_key="b"),
    )
    assert [str(one) for one in named] == [
        "besoins.csv", f"{staged.pk}:2", f"{staged.pk}/0", "a b",
    ]  # fmt: skip
    assert str(ImportGate(kind="a", owner_key="b")) == "a b"


def test_imposed_mapping_prevails():
    staged = stage(
        csv_file("Réf;Poste;Métier", "A1;3;IDE"), mapping={"Poste": "posts", "Réf": "reference"}
    )

    assert staged.codes == ["reference", "posts", "profession"]
    assert [how for _code, how in staged.mapping] == ["chosen", "chosen", "label"]


def test_complete_list_announces_what_would_be_closed():
    apply(stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;")))

    partial = stage(csv_file(HEADER, "A1;IDE;;;;;"))
    complete = stage(csv_file(HEADER, "A1;IDE;;;;;"), options={"complete_list": True})

    assert partial.counts == counts(read=1, unchanged=1)
    assert complete.counts == counts(read=1, unchanged=1, closed=1)
    assert list(complete.rows.filter(line=None).values_list("key", "outcome")) == [
        ("A2", "closed")
    ]


def test_nothing_else_is_touched_by_a_dry_run():
    before = (OutboxTask.objects.count(), ImportMapping.objects.count())

    stage(csv_file(HEADER, "A1;IDE;;;;;"))

    assert (OutboxTask.objects.count(), ImportMapping.objects.count()) == before
