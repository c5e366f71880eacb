import io

import pytest
from django.core.management import CommandError, call_command

from ancrage.candidates import services
from ancrage.candidates.enums import RppsState
from ancrage.candidates.models import DirectoryEntry
from tests.factories import CandidateFactory

pytestmark = pytest.mark.django_db

# The first columns of the layout, as published; the others are not read.
HEADER = (
    "Type d'identifiant PP|Identifiant PP|Identification nationale PP|Code civilité d'exercice|"
    "Libellé civilité d'exercice|Code civilité|Libellé civilité|Nom d'exercice|"
    "Prénom d'exercice|Code profession|Libellé profession|Numéro SIRET site|"
)


def line(kind, number, last, first, profession="60"):
    return f"{kind}|{number}|{kind}{number}|||M|Monsieur|{last}|{first}|{profession}|Infirmier||"


def directory(*lines, header=HEADER):
    return io.StringIO("\n".join([header, *lines]) + "\n")


def test_numbers_are_kept_once_with_the_folded_name_and_nothing_else():
    file = directory(
        line("8", "10000000017", "FICTIVE", "Anne-Élise"),
        line("8", "10000000017", "FICTIVE", "Anne-Élise", "10"),
        line("0", "440000001", "ANCIEN", "Adeli"),
        line("8", "123", "COURT", "Numéro"),
        'ligne "coupée',
        line("8", "10000000025", 'D"AUTRE', "Nom"),
    )

    loaded = services.load_directory(file=file)

    assert (loaded.numbers, loaded.passed_over, loaded.profiles) == (2, 4, 0)
    rows = DirectoryEntry.objects.order_by("rpps")
    assert list(rows.values_list("rpps", "name_key", "profession_code")) == [
        ("10000000017", "anne elise fictive", "60"),
        ("10000000025", "autre d nom", "60"),
    ]


def test_new_file_replaces_the_other_and_profiles_are_looked_for_again():
    found = CandidateFactory(rpps="10000000017", rpps_state=RppsState.KEY, last_name="Fictive")
    absent = CandidateFactory(rpps="10000000025", rpps_state=RppsState.KEY)
    without = CandidateFactory()
    services.load_directory(file=directory(line("8", "10000000033", "ANCIENNE", "Ligne")))

    loaded = services.load_directory(file=directory(line("8", "10000000017", "FICTIVE", "Alix")))

    assert DirectoryEntry.objects.count() == 1
    assert loaded.profiles == 1
    for candidate, state in (
        (found, RppsState.FOUND),
        (absent, RppsState.ABSENT),
        (without, RppsState.NONE),
    ):
        candidate.refresh_from_db()
        assert candidate.rpps_state == state


def test_another_file_is_refused_and_the_directory_stays():
    services.load_directory(file=directory(line("8", "10000000017", "FICTIVE", "Alix")))

    for file in (io.StringIO(""), directory(header="Nom|Prénom")):
        with pytest.raises(services.NotADirectory, match="identifiant pp"):
            services.load_directory(file=file)

    assert DirectoryEntry.objects.count() == 1


def test_many_lines_are_written_in_batches(monkeypatch):
    monkeypatch.setattr("ancrage.candidates.services.directory._BATCH", 2)
    lines = [line("8", f"1000000{rank:04d}", "FICTIVE", "Alix") for rank in range(5)]

    assert services.load_directory(file=directory(*lines)).numbers == 5
    assert DirectoryEntry.objects.count() == 5


def test_command_loads_a_file_or_says_what_is_wrong(tmp_path, capsys):
    file = tmp_path / "annuaire.txt"
    file.write_text(directory(line("8", "10000000017", "FICTIVE", "Alix")).read(), "utf-8-sig")

    call_command("import_directory", str(file))

    assert capsys.readouterr().out == '{"numbers": 1, "passed_over": 0, "profiles": 0}\n'
    file.write_text("Nom|Prénom\n", "utf-8")
    with pytest.raises(CommandError, match="Colonnes absentes"):
        call_command("import_directory", str(file))
    with pytest.raises(CommandError, match="illisible"):
        call_command("import_directory", str(tmp_path / "absent.txt"))
