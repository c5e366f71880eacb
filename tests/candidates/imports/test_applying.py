"""Writing people: pending, told, asked; what is kept of their file, and how long."""

import io
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from ancrage.candidates import services
from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate, CandidateWord, SearchEntry
from ancrage.candidates.queries import confirm_token
from ancrage.candidates.services.imports import PROOF
from ancrage.kit.imports import ImportRun
from ancrage.kit.imports import services as imports
from ancrage.kit.imports.reporting import write_template
from ancrage.kit.models import AuditLine, OutboxTask, StagedImport
from ancrage.kit.outbox import run_due
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import expire_subjects
from ancrage.professions.models import Profession
from tests.candidates.imports.helpers import (
    ALIX,
    HEADER,
    TOLD,
    accept,
    apply,
    counted,
    lines,
    many,
    person,
    stage,
)
from tests.factories import CandidateFactory, UserFactory
from tests.factories.moments import NOW
from tests.kit.imports.helpers import csv_file

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


def test_each_person_is_told_once_with_the_link_and_the_source(territory, mailoutbox):
    apply(lines(territory, ALIX, "AUTRE;Ange;;06 99 00 00 01;Pornic;AS;;;;;;"))

    run_due(clock=lambda: NOW, limit=None)
    run_due(clock=lambda: LATER, limit=None)

    (mail,) = mailoutbox
    assert mail.to == ["alix@exemple.test"]
    assert territory.name in mail.body
    assert f"/profils/repondre/{confirm_token(person('Alix'))}/" in mail.body


def test_nobody_is_written_to_once_they_have_answered(territory, mailoutbox):
    apply(lines(territory, ALIX))
    services.confirm_candidate(candidate=person("Alix"), user=None, by=None, now=NOW)

    run_due(clock=lambda: LATER, limit=None)

    assert [mail.to for mail in mailoutbox] == []


def test_month_without_answer_erases_the_person(territory):
    apply(lines(territory, ALIX))

    expire_subjects(now=NOW + timedelta(days=31))

    assert Candidate.objects.count() == 0
    assert DataSubject.objects.get().anonymised_at is not None


def test_pending_people_are_found_by_the_coordination_and_by_no_search(territory):
    apply(lines(territory, ALIX))

    assert SearchEntry.objects.count() == 0
    words = set(CandidateWord.objects.values_list("word", flat=True))
    assert {"alix", "fictive", "0612345678", "pornic"} <= words


def test_journal_counts_the_people_and_names_nobody(territory):
    by = UserFactory()
    imports.apply_import(staged=lines(territory, ALIX), by=by, now=NOW)

    told = list(AuditLine.objects.order_by("pk").values_list("action", "actor", "scope"))

    scope = f"territory:{territory.pk}"
    assert told == [
        ("subject.opened", by.pk, scope),
        ("candidates.enter", by.pk, scope),
        ("import.applied", by.pk, scope),
    ]
    labels = " ".join(AuditLine.objects.values_list("target_label", flat=True)).lower()
    assert "alix" not in labels
    assert "fictive" not in labels


def test_import_without_proof_of_information_writes_nothing(territory):
    staged = lines(territory, ALIX, **{PROOF: " "})

    with pytest.raises(imports.RowRefused, match="informée"):
        apply(staged)

    assert (Candidate.objects.count(), DataSubject.objects.count()) == (0, 0)


def test_proof_that_is_too_long_is_refused(territory):
    with pytest.raises(ValidationError, match="300 signes"):
        services.enter_candidates(
            territory=territory, information_proof="x" * 301, people=[], by=None, now=NOW
        )


def test_queries_do_not_grow_with_the_people(territory, django_assert_max_num_queries):
    staged = lines(territory, *many(120))
    Candidate.objects.count()

    with django_assert_max_num_queries(60):
        apply(staged)

    assert Candidate.objects.count() == 120
    assert len(set(Candidate.objects.values_list("card", flat=True))) == 120


def test_address_learnt_later_brings_its_letter(territory, mailoutbox):
    nurse = Profession.objects.get(code="nurse")
    CandidateFactory(
        territory=territory,
        pending=True,
        first_name="Alix",
        last_name="Fictive",
        email="",
        phone="+33612345678",
        professions=[nurse],
    )

    apply(accept(lines(territory, ALIX), 2), now=LATER)
    run_due(clock=lambda: LATER, limit=None)

    assert [mail.to for mail in mailoutbox] == [["alix@exemple.test"]]


def test_file_of_people_is_forgotten_after_a_month(territory):
    apply(lines(territory, ALIX))
    lines(territory, "AUTRE;Ange;a@exemple.test;;Pornic;AS;;;;;;")

    assert services.forget_candidate_files(now=NOW + timedelta(days=30)) == 0
    assert services.forget_candidate_files(now=NOW + timedelta(days=30, seconds=1)) == 2
    assert StagedImport.objects.count() == 0


def test_abandoned_file_is_forgotten_at_once_marks_included(territory):
    staged = lines(territory, ALIX)
    assert staged.marks.count() == 3

    imports.abandon_import(staged=staged, by=None, now=NOW)

    assert (staged.rows.count(), staged.marks.count(), staged.chunks.count()) == (0, 0, 0)


def test_template_comes_back_as_the_person_of_its_example(territory):
    stream = io.BytesIO()
    write_template(kind="candidates", stream=stream, run=ImportRun("", {}, None, NOW))
    stream.seek(0)

    staged = stage(territory, stream, "profils.xlsx")

    assert counted(staged) == {"read": 1, "created": 1}


def test_columns_chosen_by_hand_are_remembered_for_the_next_file(territory):
    header = "Candidat;Où la joindre;Quoi"
    row = "FICTIVE Alix;alix@exemple.test;IDE"
    staged = stage(territory, csv_file(header, row))
    imports.remap(
        staged=staged,
        mapping={0: "full_name", 1: "email", 2: "profession"},
        by=None,
        now=NOW,
    )
    assert counted(staged) == {"read": 1, "created": 1}

    again = stage(territory, csv_file(header, row))

    assert [how for _code, how in again.mapping] == ["remembered"] * 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_any_encoding_gives_the_same_person(territory, encoding):
    row = "ÉLÉGANTE;Zoé;zoe@exemple.test;;Pornic;Infirmière;;;;;;"

    apply(stage(territory, csv_file(HEADER, row, encoding=encoding)))

    assert (person("Zoé").last_name, person("Zoé").status) == ("ÉLÉGANTE", CandidateStatus.PENDING)
    assert person("Zoé").information_proof == TOLD


def test_title_total_empty_line_and_repeated_header_are_left_aside(territory):
    staged = stage(
        territory,
        csv_file("Contacts au 15 octobre", "", HEADER, ALIX, "", HEADER, "TOTAL;1", ""),
    )

    assert counted(staged) == {"read": 3, "created": 1, "ignored": 2, "empty": 1}


def test_formula_in_a_name_is_never_taken_for_one(territory):
    staged = lines(territory, "=CMD();Alix;a@exemple.test;;Pornic;IDE;;;;;;")

    assert staged.rows.get(line=2).outcome != "created"


def test_outbox_holds_one_task_for_the_letters_of_a_batch(territory):
    apply(lines(territory, *many(5)))

    assert OutboxTask.objects.count() == 1
