"""People known already: never merged blindly, never doubled unseen, nothing told of them."""

from datetime import timedelta

import pytest
from django.utils import translation

from ancrage.candidates.enums import CandidateStatus
from ancrage.candidates.models import Candidate, ErasedContact
from ancrage.candidates.services import forget_erased_contacts, merge_candidates
from ancrage.kit.imports import services as imports
from ancrage.kit.models import OutboxTask, StagedRow
from ancrage.privacy.models import DataSubject
from ancrage.privacy.services import erase_subject, limit_subject
from ancrage.professions.models import Profession
from tests.candidates.imports.helpers import (
    ALIX,
    accept,
    apply,
    codes,
    counted,
    lines,
    person,
    said,
    stage,
)
from tests.factories import CandidateFactory, TerritoryFactory
from tests.factories.moments import NOW
from tests.kit.imports.helpers import csv_file

pytestmark = pytest.mark.django_db

SHORT = "Nom;Prénom;Mail;Tél;Métier"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def nurse():
    return Profession.objects.get(code="nurse")


def known(territory, nurse, **facts):
    return CandidateFactory(
        territory=territory,
        **{
            "first_name": "Alix",
            "last_name": "Fictive",
            "email": "alix@exemple.test",
            "professions": [nurse],
            **facts,
        },
    )


def test_same_file_twice_changes_nothing_and_writes_to_nobody(territory):
    apply(lines(territory, ALIX))
    tasks = OutboxTask.objects.count()

    again = lines(territory, ALIX)

    assert counted(again) == {"read": 1, "unchanged": 1}
    assert codes(again, 2) == []
    assert (Candidate.objects.count(), OutboxTask.objects.count()) == (1, tasks)


def test_known_person_is_completed_after_agreement_and_never_rewritten(territory, nurse):
    alix = known(territory, nurse, phone="", commune=None, experience="over_20")
    row = "fictive;ALIX;Alix@exemple.test;06 12 34 56 78;Pornic;AS;Moins de 2 ans"
    staged = lines(territory, row, header="Nom;Prénom;Mail;Tél;Ville;Métier;Expérience")
    assert counted(staged) == {"read": 1, "to_check": 1}
    assert codes(staged, 2) == [("", "note", "kept"), ("", "check", "known")]

    apply(accept(staged, 2), now=LATER)

    alix.refresh_from_db()
    assert (alix.phone, alix.commune.name, alix.experience, alix.last_name) == (
        "+33612345678",
        "Pornic",
        "over_20",
        "Fictive",
    )
    held = alix.professions.order_by("-is_main").values_list("profession__code", flat=True)
    assert list(held) == ["nurse", "care_assistant"]
    assert Candidate.objects.count() == 1


def test_report_tells_nothing_of_a_known_person_that_the_file_did_not_say(territory, nurse):
    known(territory, nurse, phone="+33699000001", note="Zéphyr", commune=None)
    staged = lines(territory, "FICTIVE;Alix;alix@exemple.test;0612345678;IDE", header=SHORT)

    row = staged.rows.get(line=2)

    assert "699000001" not in f"{row.changes}{row.problems}{row.cells}"
    assert "Zéphyr" not in f"{row.changes}{row.problems}"
    assert "téléphone" in said(staged, 2)


@pytest.mark.parametrize(
    ("row", "reason", "in_english"),
    [
        ("AUTRE;Dominique;alix@exemple.test;;ASH", "même adresse électronique", "same e-mail"),
        ("AUTRE;Dominique;;06 99 00 00 01;ASH", "même téléphone", "same telephone"),
        ("FICTIVE;Alix;alix.bis@exemple.test;;IDE", "même nom et même métier", "same name"),
    ],
)
def test_whoever_resembles_a_profile_waits_for_an_agreement(
    territory, nurse, row, reason, in_english
):
    known(territory, nurse, phone="+33699000001")

    staged = lines(territory, row, header=SHORT)

    assert codes(staged, 2) == [("", "check", "alike")]
    assert reason in said(staged, 2)
    with translation.override("en"):
        assert in_english in said(staged, 2)
    apply(accept(staged, 2), now=LATER)
    assert Candidate.objects.count() == 2


def test_homonym_of_another_trade_or_another_territory_is_nobody_known(territory, nurse):
    known(territory, nurse)
    known(TerritoryFactory(), nurse, email="ailleurs@exemple.test", phone="+33699000002")

    staged = lines(
        territory,
        "FICTIVE;Alix;autre@exemple.test;;ASH",
        "LOIN;Claude;ailleurs@exemple.test;06 99 00 00 02;IDE",
        header=SHORT,
    )

    assert counted(staged) == {"read": 2, "created": 2}


def test_number_of_another_profile_cannot_be_taken(territory, nurse):
    known(territory, nurse, rpps="10000000017")

    staged = lines(territory, "AUTRE;Ange;b@exemple.test;;IDE;10000000017", header=f"{SHORT};RPPS")

    assert codes(staged, 2) == [("rpps", "check", "rpps_taken")]
    assert not staged.rows.get(line=2).can_be_accepted


def test_merged_profile_leads_to_the_one_that_was_kept(territory, nurse):
    kept = known(territory, nurse, email="garde@exemple.test", phone="+33699000001")
    merge_candidates(kept=kept, absorbed=known(territory, nurse, phone=""), by=None, now=NOW)

    staged = lines(territory, "FICTIVE;Alix;alix@exemple.test;06 99 00 00 01;IDE", header=SHORT)

    assert counted(staged) == {"read": 1, "unchanged": 1}


def test_two_profiles_of_one_person_are_to_be_merged_first(territory, nurse):
    known(territory, nurse)
    known(territory, nurse, email="", phone="+33699000001")

    staged = lines(territory, "FICTIVE;Alix;alix@exemple.test;06 99 00 00 01;IDE", header=SHORT)

    assert codes(staged, 2) == [("", "check", "several_profiles")]
    assert not staged.rows.get(line=2).can_be_accepted


def test_erased_person_and_frozen_person_are_asked_first_in_the_same_words(territory, nurse):
    gone = known(territory, nurse)
    erase_subject(subject=DataSubject.objects.get(pk=gone.subject_id), by=None, now=NOW)
    frozen = known(territory, nurse, first_name="Sacha", email="sacha@exemple.test")
    limit_subject(subject=frozen.subject, by=None, now=NOW)

    staged = lines(
        territory,
        "FICTIVE;Alix;alix@exemple.test;;IDE",
        "FICTIVE;Sacha;sacha@exemple.test;;IDE",
        header=SHORT,
    )

    assert codes(staged, 2) == codes(staged, 3) == [("", "check", "ask_first")]
    assert said(staged, 2) == said(staged, 3)
    apply(accept(staged, 2), now=LATER)
    assert person("Alix").status == CandidateStatus.PENDING


def test_erased_contact_designates_nobody_and_is_forgotten_in_its_turn(territory, nurse):
    gone = known(territory, nurse, phone="+33699000001")

    erase_subject(subject=gone.subject, by=None, now=NOW)

    kept = list(ErasedContact.objects.order_by("pk"))
    assert [len(one.digest) for one in kept] == [64, 64]
    assert forget_erased_contacts(now=NOW + timedelta(days=3 * 365)) == 0
    assert forget_erased_contacts(now=NOW + timedelta(days=3 * 365 + 1)) == 2


def test_erased_person_leaves_the_files_that_named_them(territory):
    other = "AUTRE;Ange;ange@exemple.test;;Pornic;IDE;;;;;;"
    staged = apply(lines(territory, ALIX, other))

    erase_subject(subject=person("Alix").subject, by=None, now=LATER)

    first, second = StagedRow.objects.filter(staged=staged).order_by("line")
    assert (first.cells, first.changes, first.key, first.outcome) == ([], [], "", "created")
    assert second.cells[1] == "Ange"


def test_double_inside_the_file_is_told_at_its_line(territory):
    staged = lines(
        territory,
        "FICTIVE;Alix;alix@exemple.test;06 12 34 56 78;IDE",
        "Fictive;ALIX;alix@exemple.test;;AS",
        "FICTIVE;Alix;alix@exemple.test;06 12 34 56 78;IDE",
        "AUTRE;Ange;;06 12 34 56 78;AS",
        "FICTIVE;Alix;x@exemple.test;;IDE",
        header=SHORT,
    )

    assert counted(staged) == {"read": 5, "created": 1, "to_check": 4}
    assert codes(staged, 3) == [("", "check", "alike_line")]
    assert ("", "check", "same_person") in codes(staged, 4)
    assert codes(staged, 5) == codes(staged, 6) == [("", "check", "alike_line")]
    apply(accept(staged, 5, 6), now=LATER)
    assert Candidate.objects.count() == 3


def test_correcting_a_line_frees_the_one_that_resembled_it(territory):
    staged = lines(
        territory,
        "FICTIVE;Alix;a@exemple.test;06 12 34 56 78;IDE",
        "AUTRE;Ange;b@exemple.test;06 12 34 56 78;AS",
        header=SHORT,
    )
    assert codes(staged, 3) == [("", "check", "alike_line")]

    imports.correct_row(
        staged=staged, line=2, values={"phone": "06 99 00 00 01"}, by=None, now=NOW
    )

    assert counted(staged) == {"read": 2, "created": 2}


def test_line_that_is_refused_makes_no_double(territory):
    staged = stage(
        territory,
        csv_file(
            SHORT, "FICTIVE;Alix;a@exemple.test;06;Dompteur", "FICTIVE;Alix;a@exemple.test;;IDE"
        ),
    )

    assert counted(staged) == {"read": 2, "created": 1, "rejected": 1}
