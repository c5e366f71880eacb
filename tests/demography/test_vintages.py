"""Vintages stand side by side; a file of the same year gives way only when asked."""

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from ancrage.demography.enums import Care, Dataset
from ancrage.demography.models import Vintage
from ancrage.demography.queries import columns_of, latest, vintages
from ancrage.demography.services import (
    Draft,
    Origin,
    VintageHeld,
    forget_vintage,
    read_professionals,
    save_vintage,
)
from ancrage.kit.models import AuditLine

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 9, tzinfo=UTC)
INSEE = Origin("Insee, base permanente des équipements", "Licence Ouverte 2.0")


def draft(count: int = 3) -> Draft:
    text = f"code;effectif\n44131;{count}\n".encode()
    return read_professionals(io.BytesIO(text), filename="bpe.csv", care=Care.GP)


def save(count: int = 3, year: int = 2024, now: datetime = NOW, **options) -> tuple[Vintage, bool]:
    return save_vintage(draft=draft(count), year=year, origin=INSEE, by=None, now=now, **options)


def test_years_stand_side_by_side_and_the_latest_comes_first():
    save(3, 2023), save(5, 2024)

    assert [one.year for one in vintages()] == [2024, 2023]
    found = latest(Dataset.PROFESSIONALS, Care.GP)
    assert columns_of(found)["count"].tolist() == [5]
    assert latest(Dataset.PROFESSIONALS, Care.NURSE) is None
    with pytest.raises(ValueError, match="read-only"):
        columns_of(found)["count"][0] = 9


def test_the_same_file_twice_changes_nothing():
    first, changed = save()
    second, again = save(now=LATER)

    assert (changed, again) == (True, False)
    assert (second.pk, second.imported_at) == (first.pk, NOW)
    assert AuditLine.objects.filter(action="vintage.saved").count() == 1


def test_another_file_of_the_year_gives_way_only_when_asked():
    first, _changed = save(3)
    assert columns_of(first)["count"].tolist() == [3]

    with pytest.raises(VintageHeld, match="demandez à le remplacer"):
        save(4, now=LATER)
    replaced, _changed = save(4, now=LATER, replace=True)

    assert replaced.pk == first.pk
    assert columns_of(replaced)["count"].tolist() == [4]


def test_a_year_that_cannot_be_is_refused():
    with pytest.raises(ValidationError, match="de 1990 à 2100"):
        save(year=1815)


def test_a_file_taken_in_by_mistake_is_dropped():
    vintage, _changed = save()

    forget_vintage(vintage=vintage, by=None, now=LATER)

    assert list(vintages()) == []
    assert AuditLine.objects.filter(action="vintage.forgotten").count() == 1


def test_the_command_reads_first_then_writes(tmp_path: Path, capsys):
    path = tmp_path / "minutes.csv"
    path.write_text("origine,destination,minutes\n44131,44005,12\n", encoding="utf-8")
    told = {"year": 2024, "source": "IGN", "licence": "Licence Ouverte 2.0"}

    call_command("import_demography", "roads", path, dry_run=True, **told)
    tried = capsys.readouterr()
    held = vintages().count()
    call_command("import_demography", "roads", path, **told)

    assert json.loads(tried.out) == {
        "lines": 1,
        "columns": ["destination", "minutes", "origin"],
        "changed": False,
    }
    assert "1 trajet donné dans un seul sens" in tried.err
    assert (held, json.loads(capsys.readouterr().out)["changed"]) == (0, True)
    assert str(vintages().get()) == "Minutes de route entre communes, 2024"


@pytest.mark.parametrize(
    ("dataset", "options", "said"),
    [
        ("access", {}, "il faut dire la profession"),
        ("roads", {"care": "gp"}, "il ne faut pas dire la profession"),
        ("people", {}, "il manque la colonne « code »"),
        ("roads", {"year": 1815}, "de 1990 à 2100"),
        ("roads", {"file": Path("nulle-part.csv")}, "Impossible de lire"),
    ],
)
def test_the_command_says_why_nothing_is_written(tmp_path: Path, dataset, options, said):
    path = tmp_path / "minutes.csv"
    path.write_text("origine,destination,minutes\n44131,44005,12\n", encoding="utf-8")
    file = options.pop("file", path)
    told = {"year": 2024, "source": "IGN", "licence": "LO"} | options

    with pytest.raises(CommandError, match=said):
        call_command("import_demography", dataset, file, **told)

    assert vintages().count() == 0
