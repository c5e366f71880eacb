"""The engine from the command line: counts as one JSON line last, exit status for scripts."""

import io
import json
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from ancrage.kit.management.import_command import ImportCommand
from ancrage.kit.tabular import open_table
from tests.kit.imports.helpers import HEADER, OWNER, csv_file
from tests.kit.imports.toy import stored_orders

pytestmark = pytest.mark.django_db


class Command(ImportCommand):
    kind = "toy-orders"

    def add_scope_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--owner", default=OWNER)

    def scope(self, options: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
        return options["owner"], {}


def run(path: Path, *arguments: str) -> list[str]:
    output = io.StringIO()
    call_command(Command(stdout=output), str(path), *arguments)
    return output.getvalue().splitlines()


@pytest.fixture
def needs(tmp_path):
    path = tmp_path / "besoins.csv"
    path.write_bytes(csv_file(HEADER, "A1;IDE;2;;;;", "A2;ASH;1;1,4;;;", "A3;Kiné;;;;;").read())
    return path


def test_command_applies_and_prints_counts_last(needs):
    *told, last = run(needs)

    assert told == [
        "ligne 3, colonne « ETP » (« 1,4 ») : Un poste ne peut pas dépasser 1 ETP (lu : 1,4). "
        "S’il s’agit de plusieurs postes, indiquez leur nombre et le temps de travail de chacun."
    ]
    assert json.loads(last) == {
        "read": 3, "created": 2, "changed": 0, "unchanged": 0, "to_check": 0, "rejected": 1,
        "ignored": 0, "closed": 0, "empty": 0, "applied": True,
    }  # fmt: skip
    assert sorted(stored_orders(OWNER)) == ["A1", "A3"]


def test_dry_run_writes_nothing_but_the_report(needs, tmp_path):
    report = tmp_path / "rapport.xlsx"

    last = run(needs, "--dry-run", "--report", str(report))[-1]

    assert json.loads(last)["applied"] is False
    assert stored_orders(OWNER) == {}
    with report.open("rb") as stream, open_table(stream, filename="rapport.xlsx") as table:
        lines = list(table.rows())
    assert [line.cells[7:9] for line in lines] == [
        ("Ligne du fichier", "Résultat de l’import"),
        (2, "à créer"),
        (3, "refusée"),
        (4, "à créer"),
    ]


def test_command_run_twice_has_nothing_left_to_do(needs):
    run(needs)

    told = run(needs)

    assert json.loads(told[-1])["unchanged"] == 2
    assert json.loads(told[-1])["applied"] is False


def test_command_takes_columns_as_told(tmp_path):
    path = tmp_path / "besoins.csv"
    path.write_bytes(csv_file("Réf;Qui;Combien", "A1;IDE;3").read())

    run(path, "--map", "Qui=profession", "--map", "Combien=posts")

    assert stored_orders(OWNER)["A1"]["posts"] == 3


@pytest.mark.parametrize(
    ("name", "content", "arguments", "message"),
    [
        ("absent.csv", None, (), "absent.csv : No such file or directory"),
        ("vide.csv", b"", (), "vide.csv : Ce fichier est vide."),
        ("a.csv", b"x;y\n1;2", ("--map", "sans signe"), "--map attend EN-TÊTE=CODE"),
        ("a.csv", b"x;y\n1;2", ("--map", "x=zzz"), "Cette colonne n’existe pas : « zzz »."),
        ("a.csv", b"M\xe9tier\n", (), "Ce tableau ne contient aucune ligne remplie."),
    ],
)
def test_command_fails_with_a_sentence(tmp_path, name, content, arguments, message):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)

    with pytest.raises(CommandError, match=message):
        run(path, *arguments)


def test_refused_line_stops_everything(tmp_path):
    path = tmp_path / "besoins.csv"
    path.write_bytes(csv_file(HEADER, "A1;IDE;;;;;", "A2;IDE;;;;;refusez-moi").read())

    with pytest.raises(CommandError, match=r"ligne 3 : Cette ligne est refusée par les tests\."):
        run(path)

    assert stored_orders(OWNER) == {}
