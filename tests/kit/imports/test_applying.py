"""Applying: what was shown, all of it or nothing, once, one at a time for an owner."""

from datetime import timedelta

import pytest

from ancrage.kit.imports import applying
from ancrage.kit.imports import services as imports
from ancrage.kit.imports.applying import GATE_LEASE
from ancrage.kit.models import AuditLine, ImportGate, OutboxTask, StagedChunk, StagedImport
from tests.factories import UserFactory
from tests.factories.moments import NOW
from tests.kit.imports.helpers import HEADER, OWNER, apply, counts, csv_file, outcomes, stage
from tests.kit.imports.toy import Orders, stored_orders

pytestmark = pytest.mark.django_db

NURSE = {
    "profession": "nurse", "posts": 2, "fte": 80, "contract": "cdi", "starts_on": "2026-12-01",
    "description": None,
}  # fmt: skip


def test_apply_writes_what_was_shown():
    user = UserFactory()
    staged = stage(csv_file(HEADER, "A1;IDE;2;80 %;CDI;01/12/2026;", "A2;Dompteur;;;;;"))

    applied = apply(staged, by=user)

    assert stored_orders(OWNER) == {"A1": NURSE}
    assert (applied.status, applied.applied_at, applied.applied_by) == (
        StagedImport.Status.APPLIED,
        NOW,
        user,
    )
    assert StagedChunk.objects.count() == 0
    assert applied.rows.count() == 2


def test_apply_leaves_one_audit_line():
    user = UserFactory()
    staged = stage(csv_file(HEADER, "A1;IDE;2;;;;", "A2;IDE;;;;;"), filename="Ana Le Goff.csv")
    apply(staged, by=user)

    line = AuditLine.objects.get(action="import.applied")

    # The journal names no file: people name them after people.
    assert (line.actor, line.scope) == (user, OWNER)
    assert line.target_label == f"fichier {staged.pk}"
    assert line.changes == {"read": [0, 2], "created": [0, 2]}


def test_apply_changes_what_changed_and_nothing_else():
    apply(stage(csv_file(HEADER, "A1;IDE;2;80 %;CDI;01/12/2026;", "A2;ASH;;;;;")))
    staged = stage(csv_file(HEADER, "A1;IDE;3;80 %;CDI;01/12/2026;", "A2;ASH;;;;;"))

    assert staged.counts == counts(read=2, changed=1, unchanged=1)
    assert staged.rows.get(line=2).shown_changes == [("posts", "2", "3")]
    apply(staged)

    assert stored_orders(OWNER)["A1"] == {**NURSE, "posts": 3}


def test_apply_twice_is_refused():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))
    apply(staged)

    with pytest.raises(imports.ImportAlreadyApplied):
        apply(staged)


def test_apply_before_the_end_of_the_reading_is_refused():
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"), background=True)

    with pytest.raises(imports.ImportNotReady):
        apply(staged)


def test_apply_with_nothing_to_write_is_told():
    staged = stage(csv_file(HEADER, "A1;Dompteur;;;;;"))

    with pytest.raises(imports.NothingToApply, match="Il n’y a rien à appliquer"):
        apply(staged)

    staged.refresh_from_db()
    assert staged.status == StagedImport.Status.STAGED


def test_apply_is_refused_and_redone_when_a_target_changed_meanwhile():
    apply(stage(csv_file(HEADER, "A1;IDE;1;;;;", "A2;ASH;1;;;;")))
    staged = stage(csv_file(HEADER, "A1;IDE;2;;;;", "A2;ASH;2;;;;"))
    task = OutboxTask.objects.get(key=f"{OWNER}|A2")
    task.payload = {**task.payload, "posts": 2}
    task.save()

    with pytest.raises(imports.ImportStale) as stale:
        apply(staged)

    assert str(stale.value) == (
        "Les données ont changé depuis l’essai (lignes 3) : rien n’a été appliqué. L’essai vient "
        "d’être refait ; relisez-le, puis appliquez."
    )
    staged.refresh_from_db()
    assert staged.status == StagedImport.Status.STAGED
    assert outcomes(staged) == {2: "changed", 3: "unchanged"}
    assert staged.counts == counts(read=2, changed=1, unchanged=1)
    assert stored_orders(OWNER)["A1"]["posts"] == 1

    apply(staged)
    assert stored_orders(OWNER)["A1"]["posts"] == 2


def test_second_dry_run_of_the_same_lines_is_stale_once_the_first_is_applied():
    first = stage(csv_file(HEADER, "A1;IDE;1;;;;"))
    second = stage(csv_file(HEADER, "A1;IDE;2;;;;"))
    apply(first)

    with pytest.raises(imports.ImportStale):
        apply(second)

    assert stored_orders(OWNER)["A1"]["posts"] == 1


def test_refused_line_undoes_the_whole_import(monkeypatch):
    monkeypatch.setattr("ancrage.kit.imports.replanning.BATCH", 1)
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;refusez-moi", "A3;IDE;;;;;"))

    with pytest.raises(imports.RowRefused) as refused:
        apply(staged)

    assert (refused.value.line, str(refused.value)) == (
        3,
        "Cette ligne est refusée par les tests.",
    )
    assert stored_orders(OWNER) == {}
    staged.refresh_from_db()
    assert staged.status == StagedImport.Status.STAGED
    assert ImportGate.objects.get().token == ""


def test_failure_of_the_kind_undoes_everything_and_opens_the_gate(monkeypatch):
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))

    def fail(*_arguments):
        raise RuntimeError

    monkeypatch.setattr(Orders, "apply", fail)

    with pytest.raises(RuntimeError):
        apply(staged)

    assert stored_orders(OWNER) == {}
    assert ImportGate.objects.get().token == ""
    assert AuditLine.objects.count() == 0


def hold_gate(holder: StagedImport, *, until_minutes: int) -> ImportGate:
    return ImportGate.objects.create(
        kind="toy-orders",
        owner_key=OWNER,
        token="another",
        held_by=holder,
        held_until=NOW + timedelta(minutes=until_minutes),
    )


def test_second_import_of_an_owner_is_told_that_one_is_running():
    running = stage(csv_file(HEADER, "A1;IDE;;;;;"), "premier.csv")
    staged = stage(csv_file(HEADER, "A2;IDE;;;;;"))
    hold_gate(running, until_minutes=2)

    with pytest.raises(imports.AnotherImportRunning) as refusal:
        apply(staged)

    assert str(refusal.value) == (
        "Un autre import de la même structure est en train d’être appliqué (« premier.csv »). "
        "Attendez qu’il se termine, puis relancez celui-ci : rien n’est perdu."
    )
    assert stored_orders(OWNER) == {}


def test_gate_of_another_owner_does_not_stop_this_one():
    running = stage(csv_file(HEADER, "A1;IDE;;;;;"))
    hold_gate(running, until_minutes=2)

    apply(stage(csv_file(HEADER, "A2;IDE;;;;;"), owner_key="partner:13"))

    assert list(stored_orders("partner:13")) == ["A2"]


def test_gate_left_by_a_dead_process_opens_by_itself():
    dead = stage(csv_file(HEADER, "A1;IDE;;;;;"))
    hold_gate(dead, until_minutes=0)

    apply(stage(csv_file(HEADER, "A2;IDE;;;;;")))

    assert list(stored_orders(OWNER)) == ["A2"]
    gate = ImportGate.objects.get()
    assert (gate.token, gate.held_by, gate.held_until) == ("", None, None)


def test_gate_taken_at_the_very_same_moment_is_respected(monkeypatch):
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))

    def overtaken(_size):
        ImportGate.objects.update(token="another", held_until=NOW + GATE_LEASE)
        return "ours"

    monkeypatch.setattr("ancrage.kit.imports.applying.secrets.token_hex", overtaken)

    with pytest.raises(imports.AnotherImportRunning):
        apply(staged)

    assert ImportGate.objects.get().token == "another"
    assert stored_orders(OWNER) == {}


def test_import_abandoned_at_the_very_same_moment_writes_nothing(monkeypatch):
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))
    take_gate = applying._take_gate

    def abandoned(*arguments):
        imports.abandon_import(staged=staged, by=None, now=NOW)
        return take_gate(*arguments)

    monkeypatch.setattr(applying, "_take_gate", abandoned)

    with pytest.raises(imports.ImportNotReady):
        apply(staged)

    assert stored_orders(OWNER) == {}


def test_import_overtaken_while_it_was_too_slow_writes_nothing(monkeypatch):
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"))
    write = Orders.apply

    def overtaken(self, rows, context):
        write(self, rows, context)
        ImportGate.objects.update(token="another", held_until=NOW + GATE_LEASE)

    monkeypatch.setattr(Orders, "apply", overtaken)

    with pytest.raises(imports.AnotherImportRunning):
        apply(staged)

    assert stored_orders(OWNER) == {}


def test_complete_list_closes_what_the_file_does_not_name():
    apply(stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;", "A3;IDE;;;;;")))

    apply(stage(csv_file(HEADER, "A2;IDE;;;;;"), options={"complete_list": True}))

    assert list(stored_orders(OWNER)) == ["A2"]


def test_missing_line_closes_nothing_by_itself():
    apply(stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;")))

    apply(stage(csv_file(HEADER, "A2;IDE;3;;;;")))

    assert list(stored_orders(OWNER)) == ["A1", "A2"]


def test_complete_list_closes_nothing_that_a_refused_line_may_name():
    apply(stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;")))
    staged = stage(
        csv_file(HEADER, "A1;IDE;2;;;;", "A2;Dompteur;;;;;"), options={"complete_list": True}
    )

    assert staged.counts == counts(read=2, changed=1, rejected=1)
    assert staged.notice_sentences == [
        "Liste complète : rien ne sera clos tant que des lignes sont refusées ou à vérifier, car "
        "elles désignent peut-être ce qui semble manquer."
    ]
    apply(staged)
    assert sorted(stored_orders(OWNER)) == ["A1", "A2"]


def test_complete_list_closes_once_the_refused_line_is_corrected():
    apply(stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;", "A3;IDE;;;;;")))
    staged = stage(
        csv_file(HEADER, "A1;IDE;;;;;", "A2;Dompteur;;;;;"), options={"complete_list": True}
    )

    imports.correct_row(staged=staged, line=3, values={"profession": "IDE"}, by=None, now=NOW)

    assert staged.counts == counts(read=2, unchanged=2, closed=1)
    assert staged.notice_sentences == []
    apply(staged)
    assert sorted(stored_orders(OWNER)) == ["A1", "A2"]


def test_complete_list_is_stale_when_something_was_added_meanwhile():
    apply(stage(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;")))
    staged = stage(csv_file(HEADER, "A1;IDE;;;;;"), options={"complete_list": True})
    apply(stage(csv_file(HEADER, "A3;IDE;;;;;")))

    with pytest.raises(imports.ImportStale):
        apply(staged)

    staged.refresh_from_db()
    assert staged.counts == counts(read=1, unchanged=1, closed=2)
    assert sorted(stored_orders(OWNER)) == ["A1", "A2", "A3"]


def test_apply_costs_a_fixed_number_of_queries_per_batch(django_assert_num_queries):
    few = stage(
        csv_file(HEADER, *[f"A{number};Dompteur;;;;;" for number in range(3)], "Z;IDE;;;;;")
    )
    many = stage(
        csv_file(HEADER, *[f"B{number};Dompteur;;;;;" for number in range(300)], "Y;IDE;;;;;")
    )
    apply(stage(csv_file(HEADER, "X;IDE;;;;;")))

    with django_assert_num_queries(15):
        apply(few)
    with django_assert_num_queries(15):
        apply(many)
