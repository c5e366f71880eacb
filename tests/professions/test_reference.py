"""The tables say what the public nomenclatures say, and never contradict themselves."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from ancrage.professions.enums import AliasKind
from ancrage.professions.reference import PROFESSIONS, SPECIALTIES
from ancrage.professions.reference.catalogue import rome_codes, writings
from ancrage.professions.reference.wordings import LEXICON
from ancrage.professions.spelling import Kind
from ancrage.professions.spelling.vocabulary import Vocabulary

DATA = Path(__file__).parents[3] / "shared/data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason="the public files are not here")


def rows_of(name: str, delimiter: str = ",") -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_every_line_of_the_list_to_carry_is_there():
    lines = Counter(row.row for row in PROFESSIONS)

    assert sorted(lines) == list(range(1, 54))
    assert {line: jobs for line, jobs in lines.items() if jobs > 1} == {
        21: 2,  # nurses at work, nurses at school
        28: 2,  # ambulance drivers and assistants
        34: 2,  # pharmacy technicians, hospital and community
        50: 2,  # home care assistants, family life assistants
        53: 3,  # directors of care homes, of hospitals, managers of home care
    }


def test_codes_and_labels_are_unique():
    assert len({row.code for row in PROFESSIONS}) == len(PROFESSIONS) == 59
    assert len({row.label_fr for row in PROFESSIONS}) == 59
    assert len({row.plural_fr for row in PROFESSIONS}) == 59
    assert len({row.label_en for row in PROFESSIONS}) == 59
    assert len({row.code for row in SPECIALTIES}) == len(SPECIALTIES) == 103
    assert len({row.label_fr for row in SPECIALTIES}) == 103


def test_specialties_belong_to_a_profession_and_variants_to_a_specialty():
    professions = {row.code for row in PROFESSIONS}
    heads = {row.code: row.profession for row in SPECIALTIES if not row.parent}

    assert {row.profession for row in SPECIALTIES} - professions == set()
    assert {row.parent for row in SPECIALTIES if row.parent} - set(heads) == set()
    assert [
        row.code for row in SPECIALTIES if row.parent and row.profession != heads[row.parent]
    ] == []


def test_specialties_named_by_a_profession_are_its_own():
    named = {
        (row.code, code.removeprefix("R38:"))
        for row in PROFESSIONS
        for code in row.ans_codes
        if code.startswith("R38:")
    }

    assert named - {(row.profession, row.code) for row in SPECIALTIES} == set()


def test_a_sure_writing_designates_one_profession():
    vocabulary = Vocabulary(list(writings()), LEXICON)

    torn = {
        tuple(sorted(key)): sorted(professions)
        for key, senses in vocabulary.senses.items()
        if len(professions := {s.wording.profession for s in senses if s.wording.certain}) > 1
        and not any(sense.is_discipline for sense in senses)
    }

    assert torn == {}


def test_a_writing_is_never_both_sure_and_doubtful():
    seen = defaultdict(set)
    for writing in writings():
        seen[writing.profession, writing.specialty, writing.text.casefold()].add(writing.certain)

    assert [key for key, certain in seen.items() if len(certain) > 1] == []


def test_kinds_of_writing_are_those_of_the_reader():
    assert {kind.value for kind in AliasKind} == {kind.value for kind in Kind}


def test_rome_codes_of_a_profession_come_before_those_of_its_specialties():
    assert rome_codes("nurse") == ["J1506"]
    assert rome_codes("specialist_doctor")[:2] == ["J1102", "J1111"]
    assert "J1128" in rome_codes("specialist_doctor")
    assert rome_codes("medical_intern") == []


@needs_data
def test_rome_codes_and_labels_are_those_of_rome():
    official = {row["code_rome"]: row["libelle_rome"] for row in rows_of("rome_v460_codes.csv")}
    ours = [pair for row in (*PROFESSIONS, *SPECIALTIES) for pair in row.rome]

    assert [
        (code, label)
        for code, label in ours
        if code not in official or (label and label != official[code])
    ] == []


@needs_data
def test_a_job_without_registration_is_not_regulated_health_work():
    regulated = {
        row["code_rome"]
        for row in rows_of("rome_v460_codes.csv")
        if row["emploi_reglemente"] == "O"
    }

    free_though_regulated = {
        row.code
        for row in PROFESSIONS
        if row.registration == "none" and {code for code, _label in row.rome} & regulated
    }

    # No register was found for them (standards.md); ROME flags the diploma or the function.
    assert free_though_regulated == {"family_economy_adviser", "medico_social_director"}


@needs_data
def test_ans_codes_are_active():
    active = {
        (row["nomenclature"].split("-")[0].removeprefix("TRE_"), row["code"])
        for row in rows_of("ans_professions_tre.csv")
        if row["statut"] == "actif"
    }
    specialties = {("R38", row["code"]) for row in rows_of("ans_specialites_tre_r38.csv")}
    ours = {tuple(code.split(":")) for row in PROFESSIONS for code in row.ans_codes}

    assert ours - active - specialties == set()
    assert ("R95", "93") in ours  # psychologists: G15 93 is closed on purpose


@needs_data
def test_specialties_are_those_of_tre_r38():
    official = {row["code"] for row in rows_of("ans_specialites_tre_r38.csv")}

    assert {row.code for row in SPECIALTIES} == official


@needs_data
def test_fap_codes_agree_with_the_crosswalks():
    pcs = {(row["Fap"], row["PCS"]) for row in rows_of("fap_pcs_sante_social.csv", ";")}
    rome = {(row["Fap"], row["Rome"]) for row in rows_of("fap_rome_sante_social.csv", ";")}
    parents = {row["code_rome"]: row["code_rome_parent"] for row in rows_of("rome_v460_codes.csv")}
    with_fap = [row for row in PROFESSIONS if row.fap_code]

    assert [
        (row.code, code)
        for row in with_fap
        for code in row.pcs_codes
        if (row.fap_code, code) not in pcs
    ] == []
    assert [
        (row.code, code)
        for row in with_fap
        for code, _label in row.rome
        if not {(row.fap_code, code), (row.fap_code, parents[code])} & rome
    ] == []
