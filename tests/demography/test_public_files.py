"""The real public files, where they are at hand: brought in the browser, and by the command."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone

from ancrage.demography.enums import Care, Dataset, FileStatus
from ancrage.demography.models import Vintage, VintageFile
from ancrage.demography.queries import columns_of, latest
from ancrage.kit.outbox import run_due
from tests.factories import TerritoryRoleFactory

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "demography"
BRING = "/demographie/sources/importer/"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not FOLDER.exists(), reason="the public files are not there"),
]


def test_the_published_access_of_a_country_is_brought_in_the_browser(client):
    client.force_login(TerritoryRoleFactory().user)
    content = (FOLDER / "communes_apl_2015.csv").read_bytes()
    told = {
        "fichier": SimpleUploadedFile("communes_apl_2015.csv", content),
        "contenu": "access",
        "profession": "gp",
        "annee": "2015",
        "source": "DREES, APL 2015",
        "licence": "Licence Ouverte 2.0",
    }

    response = client.post(BRING, told)
    assert VintageFile.objects.get().status == FileStatus.WAITING
    assert run_due(clock=timezone.now).done == 1
    assert VintageFile.objects.get().status == FileStatus.READY
    assert client.post(f"{response.url}garder/").status_code == 302

    vintage = Vintage.objects.get()
    columns = columns_of(vintage)
    merged = columns["code"][columns["merged"] > 0]
    assert vintage.lines == 35_228
    assert "49331" in merged.tolist()
    assert columns["access"][columns["code"] == "01001"].tolist() == [2.021]
    assert "née d’une fusion" in " ".join(vintage.told)


def test_the_other_files_are_read_by_the_command(capsys):
    told = {"source": "Fichiers publics", "licence": "Licence Ouverte 2.0"}
    communes, means = FOLDER / "communes_apl_2015.csv", FOLDER / "apl_departements_2023.csv"

    def read(*asked, **options) -> tuple[int, str]:
        call_command("import_demography", *asked, **told, **options)
        said = capsys.readouterr()
        return json.loads(said.out)["lines"], said.err

    # Paris is empty in the source: not told, which is not zero.
    assert read("professionals", communes, care="gp", year=2017)[0] < 35_228
    assert read("places", communes, year=2018)[0] == 35_228
    lines, said = read("means", means, care="nurse", year=2023)
    read("means", means, care="gp", year=2023)

    assert lines == 96
    assert "Mayotte (976) n’est pas dans ce fichier" in said
    found = {
        care: columns_of(latest(Dataset.MEANS, care))["access"][0]
        for care in (Care.GP, Care.NURSE)
    }
    assert found == {Care.GP: 2.64, Care.NURSE: 117.29}
