import io
import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from ancrage.needs.enums import NeedStatus
from ancrage.needs.models import Need
from tests.needs.imports.helpers import HEADER

pytestmark = pytest.mark.django_db

LINES = (
    "A1;IDE;SSR;2;80 %;CDI;01/02/2027;;création;nuit",
    "A2;Dompteur;;1;1;CDI;01/02/2027;;;",
    "A3;Kiné;;1;1;PH ou contractuel;01/02/2027;;;",
)


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-16T09:30:00+00:00", tick=False)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "besoins.csv"
    path.write_text("\r\n".join((HEADER, *LINES)), encoding="utf-8")
    return path


def run(*arguments) -> list[str]:
    out = io.StringIO()
    call_command("import_needs", *map(str, arguments), stdout=out)
    return out.getvalue().splitlines()


def counts(created: int, applied: bool, unchanged: int = 0) -> dict[str, object]:
    return {
        "read": 3, "created": created, "changed": 0, "unchanged": unchanged, "to_check": 1,
        "rejected": 1, "ignored": 0, "closed": 0, "empty": 0, "applied": applied,
    }  # fmt: skip


def test_dry_run_prints_counts_last_and_writes_nothing(hospital, file):
    printed = run(file, "--partner", hospital.slug, "--dry-run")

    assert json.loads(printed[-1]) == counts(1, applied=False)
    assert any("Dompteur" in line for line in printed)
    assert Need.objects.count() == 0


def test_structure_is_found_by_its_finess_and_twice_is_once(hospital, file):
    hospital.finess_ej = "440000016"
    hospital.save()

    assert json.loads(run(file, "--partner", "440000016")[-1]) == counts(1, applied=True)
    again = json.loads(run(file, "--partner", "440000016")[-1])

    assert again == counts(0, applied=False, unchanged=1)
    assert Need.objects.get().status == NeedStatus.PUBLISHED


def test_drafts_and_report_are_made_when_asked_for(hospital, file, tmp_path):
    report = tmp_path / "rapport.xlsx"

    run(file, "--partner", hospital.slug, "--draft", "--report", report)

    assert Need.objects.get().status == NeedStatus.DRAFT
    assert openpyxl.load_workbook(report).worksheets[0]["A3"].value == "A2"


def test_unknown_structure_is_refused(hospital, file):
    with pytest.raises(CommandError, match="Aucune structure connue"):
        run(file, "--partner", "nulle-part")
