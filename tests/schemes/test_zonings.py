"""Zones of communes, from a file: all or nothing, each wrong line told by its number."""

import io
import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from ancrage.kit.models import AuditLine
from ancrage.schemes.enums import Zone
from ancrage.schemes.models import Zoning, ZoningList
from ancrage.schemes.services import ZoningsRefused, read_zonings, save_zonings
from ancrage.schemes.services.zonings import SavedZonings, ZoningLine
from tests.factories.moments import NOW

pytestmark = pytest.mark.django_db

FILE = """Code INSEE;Zonage;Depuis;Fin
44131;ZIP;01/01/2026;
44005.0;zac;2026-01-01;31/12/2027
"""


def read(text):
    return read_zonings(io.BytesIO(text.encode()), filename="zones.csv")


def save(text, **options):
    return save_zonings(lines=read(text), source="arrêté d’essai", by=None, now=NOW, **options)


def sentences(refusal):
    return list(refusal.value.messages)


def test_file_is_read():
    assert read(FILE) == [
        ZoningLine(2, "44131", Zone.ZIP, date(2026, 1, 1), None),
        ZoningLine(3, "44005", Zone.ZAC, date(2026, 1, 1), date(2027, 12, 31)),
    ]


def test_zonings_are_written_once_and_mended():
    first = save(FILE, whole_departments=frozenset({"44"}))
    again = save(FILE, whole_departments=frozenset({"44"}))
    ended = save(FILE.replace("01/01/2026;\n", "01/01/2026;30/06/2026\n"))

    assert (first, again, ended) == (
        SavedZonings(2, 0, 0, 2),
        SavedZonings(0, 0, 2, 0),
        SavedZonings(0, 1, 1, 0),
    )
    assert Zoning.objects.get(commune__insee="44131").ends_on == date(2026, 6, 30)
    lists = ZoningList.objects.order_by("zone").values_list("zone", "department__code")
    assert list(lists) == [("ZAC", "44"), ("ZIP", "44")]
    assert AuditLine.objects.filter(action="zonings.saved").count() == 2


def test_wrong_lines_are_all_told():
    with pytest.raises(ZoningsRefused) as refusal:
        read(
            "commune;zone;depuis;fin\n"
            "4413;ZIP;01/01/2026;\n"
            "44131;ZIPP;01/01/2026;\n"
            "44131;ZIP;;\n"
            "44131;ZIP;janvier;\n"
        )

    assert sentences(refusal) == [
        "Ligne 3 : « ZIPP » n’est pas une zone connue : ZIP, ZAC, ZAR, QPV, FRR, ZRR.",
        "Ligne 4 : la date « depuis » manque.",
        "Ligne 5 : « janvier » n’est pas une date : écrivez-la comme 31/12/2026.",
    ]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "commune;zonage\n44131;ZIP\n",
            "Ligne 1 : il manque les colonnes : depuis. Attendu : commune, zone, depuis, fin.",
        ),
        ("commune;zone;depuis\nabc;ZIP;01/01/2026\n", "Ligne 2 : « abc » n’est pas un code"),
    ],
)
def test_file_of_another_shape_is_refused(text, sentence):
    with pytest.raises(ZoningsRefused) as refusal:
        read(text)

    assert sentences(refusal)[0].startswith(sentence)


@pytest.mark.parametrize(
    ("rows", "options", "expected"),
    [
        (
            "75999;ZIP;01/01/2026;\n",
            {},
            "Ligne 2 : la commune 75999 n’est pas connue de la plateforme : importez d’abord les "
            "communes.",
        ),
        (
            "44131;ZIP;01/01/2026;31/12/2025\n",
            {},
            "Ligne 2 : la fin (31/12/2025) précède le début (01/01/2026).",
        ),
        (
            "44131;ZIP;01/01/2026;\n44131;ZIP;01/06/2026;\n",
            {},
            "Ligne 3 : deux périodes de la zone ZIP se chevauchent (depuis le 01/01/2026 et "
            "depuis le 01/06/2026).",
        ),
        (
            "44131;ZIP;01/01/2026;\n",
            {"whole_departments": frozenset({"999"})},
            "Le département « 999 » n’existe pas.",
        ),
    ],
)
def test_incoherent_zonings_are_refused_and_nothing_is_written(rows, options, expected):
    with pytest.raises(ZoningsRefused) as refusal:
        save(f"commune;zone;depuis;fin\n{rows}", **options)

    assert sentences(refusal) == [expected]
    assert not Zoning.objects.exists()


def test_period_that_meets_one_held_is_refused():
    save("commune;zone;depuis;fin\n44131;ZIP;01/01/2026;31/12/2026\n")

    with pytest.raises(ZoningsRefused) as refusal:
        save("commune;zone;depuis;fin\n44131;ZIP;31/12/2026;\n")

    assert sentences(refusal) == [
        "Ligne 2 : deux périodes de la zone ZIP se chevauchent (du 01/01/2026 au 31/12/2026 et "
        "depuis le 31/12/2026)."
    ]
    next_day = save("commune;zone;depuis;fin\n44131;ZIP;01/01/2027;\n")
    assert next_day.created == 1


def test_command_imports_and_counts(tmp_path, capsys):
    path = tmp_path / "zones.csv"
    path.write_text(FILE, encoding="utf-8")

    call_command("import_zonings", str(path), source="arrêté d’essai", whole="44")

    assert json.loads(capsys.readouterr().out) == {
        "created": 2,
        "changed": 0,
        "unchanged": 0,
        "lists": 2,
    }


def test_command_tells_what_is_wrong(tmp_path):
    path = tmp_path / "zones.csv"
    path.write_text("commune;zone;depuis\n44131;ZOP;01/01/2026\n", encoding="utf-8")
    empty = tmp_path / "vide.csv"
    empty.write_bytes(b"")

    with pytest.raises(CommandError, match="Ligne 2"):
        call_command("import_zonings", str(path), source="essai")
    with pytest.raises(CommandError, match="vide"):
        call_command("import_zonings", str(empty), source="essai")
    with pytest.raises(CommandError, match="absent"):
        call_command("import_zonings", str(tmp_path / "absent.csv"), source="essai")
