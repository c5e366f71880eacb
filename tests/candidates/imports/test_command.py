import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from ancrage.candidates.models import Candidate
from tests.candidates.imports.helpers import HEADER, TOLD

pytestmark = pytest.mark.django_db

LINES = (
    "FICTIVE;Alix;alix@exemple.test;06 12 34 56 78;Pornic;IDE;;;;;;Rappeler",
    "INCONNU;Ange;ange@exemple.test;;Pornic;Dompteur;;;;;;",
    "LIMITE;Sacha;sacha@exemple.test;;Atlantis;AS;;;;;;",
    "NIR;Claude;claude@exemple.test;;Pornic;AS;;;;;;2 85 05 44 131 012 94",
)


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "contacts.csv"
    path.write_text("\r\n".join((HEADER, *LINES)), encoding="utf-8")
    return path


def run(*arguments) -> list[str]:
    out = io.StringIO()
    call_command("import_candidates", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


def counts(created: int, applied: bool, unchanged: int = 0) -> dict[str, object]:
    return {
        "read": 4, "created": created, "changed": 0, "unchanged": unchanged, "to_check": 1,
        "rejected": 2, "ignored": 0, "closed": 0, "empty": 0, "applied": applied,
    }  # fmt: skip


def test_dry_run_prints_counts_last_places_before_and_no_data(territory, file):
    printed = run(file, "--territory", "pays-de-retz", "--proof", TOLD, "--dry-run")

    assert json.loads(printed[-1]) == counts(1, applied=False)
    assert "ligne 3, colonne « Métier » : Métier inconnu" in printed[0]
    everything = "\n".join(printed)
    for secret in ("Alix", "Ange", "sacha", "Atlantis", "Dompteur", "131 012", "NIR"):
        assert secret not in everything
    assert Candidate.objects.count() == 0


def test_doubt_on_a_profession_is_told_without_the_words_of_the_file(territory, tmp_path):
    path = tmp_path / "doute.csv"
    line = "FICTIVE;Alix;alix@exemple.test;;Pornic;infirmier ou aide-soignant;;;;;;"
    path.write_text(f"{HEADER}\r\n{line}", encoding="utf-8")

    printed = run(path, "--territory", "pays-de-retz", "--proof", TOLD, "--dry-run")

    assert "«\u00a0…\u00a0» nomme plusieurs métiers\u00a0: choisissez le bon." in printed[0]
    assert "infirmier ou" not in "\n".join(printed)


def test_twice_is_once(territory, file):
    arguments = (file, "--territory", "pays-de-retz", "--proof", TOLD)

    assert json.loads(run(*arguments)[-1]) == counts(1, applied=True)
    again = json.loads(run(*arguments)[-1])

    assert again == counts(0, applied=False, unchanged=1)
    assert Candidate.objects.get().information_proof == TOLD


def test_report_holds_the_lines_of_the_file(territory, file, tmp_path):
    report = tmp_path / "rapport.xlsx"

    run(file, "--territory", "pays-de-retz", "--proof", TOLD, "--report", report)

    sheet = openpyxl.load_workbook(report).worksheets[0]
    assert [sheet.cell(row, 1).value for row in range(2, 6)] == [
        "FICTIVE",
        "INCONNU",
        "LIMITE",
        "NIR",
    ]


@pytest.mark.parametrize(
    ("territory_slug", "proof", "sentence"),
    [
        ("nulle-part", TOLD, "Aucun territoire"),
        ("pays-de-retz", "  ", "comment les personnes"),
        ("pays-de-retz", "x" * 301, "300 signes"),
    ],
)
def test_unknown_territory_or_missing_proof_is_refused(
    territory, file, territory_slug, proof, sentence
):
    with pytest.raises(CommandError, match=sentence):
        run(file, "--territory", territory_slug, "--proof", proof)
