"""`check_schemes` lists what must be read again, and says so by its exit code."""

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from ancrage.schemes.models import Scheme
from ancrage.schemes.queries import Outdated, outdated_on

pytestmark = pytest.mark.django_db


def run(capsys, **options):
    """What the command writes, and its exit code."""
    try:
        call_command("check_schemes", **options)
    except SystemExit as stop:
        return capsys.readouterr().out, stop.code
    return capsys.readouterr().out, 0


def test_outdated_aids_are_listed_the_longest_overdue_first():
    found = outdated_on(date(2026, 11, 22))

    assert [(one.scheme.code, one.due_on) for one in found] == [
        ("bourse-manche", date(2010, 12, 31)),
        ("bourse-yonne", date(2018, 3, 31)),
        ("prime-exercice-territorial", date(2018, 12, 31)),
        ("prime-solidarite-territoriale-normandie", date(2023, 1, 3)),
        ("voitures-service-ain", date(2024, 12, 30)),
        ("voitures-service-autres", date(2024, 12, 30)),
        ("aide-garde-enfants", date(2025, 12, 31)),
        ("aide-mobilite-france-travail", date(2025, 12, 31)),
        ("pech", date(2025, 12, 31)),
    ]


def test_aid_is_trusted_through_its_last_day():
    scheme = Scheme.objects.get(code="cesp")
    Scheme.objects.exclude(pk=scheme.pk).delete()

    assert outdated_on(date(2027, 11, 21)) == []
    assert outdated_on(date(2027, 11, 22)) == [Outdated(scheme, date(2027, 11, 21))]


def test_command_fails_when_some_must_be_read_again(capsys):
    told, code = run(capsys, on="2026-11-22")

    assert code == 1
    assert told.splitlines()[0].startswith(
        "bourse-manche : vérifiée le 31/12/2009, à relire depuis le 31/12/2010 · https://"
    )
    assert told.splitlines()[-1] == "9 à relire sur 48 aides."


def test_command_writes_json(capsys):
    told, code = run(capsys, on="2026-11-22", json=True)

    assert code == 1
    assert [line["code"] for line in json.loads(told)][:2] == ["bourse-manche", "bourse-yonne"]
    assert set(json.loads(told)[0]) == {"code", "checked_on", "due_on", "source"}


def test_command_succeeds_when_all_is_up_to_date(capsys):
    Scheme.objects.update(checked_on=date(2026, 11, 20))

    assert run(capsys, on="2026-11-22") == ("0 à relire sur 48 aides.\n", 0)


def test_command_refuses_what_is_no_date():
    with pytest.raises(CommandError) as refusal:
        call_command("check_schemes", on="demain")

    assert refusal.value.returncode == 2
