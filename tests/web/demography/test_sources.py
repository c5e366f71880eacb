"""Official files side by side; brought in three steps; removed after a question."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ancrage.demography.enums import Care, Dataset, FileStatus
from ancrage.demography.models import Vintage, VintageFile
from ancrage.demography.services import incoming
from ancrage.kit.outbox import run_due
from tests.demography.land import professionals, save, save_land, territory_of_land
from tests.factories import TerritoryRoleFactory

pytestmark = pytest.mark.django_db

URL = "/demographie/sources/"
BRING = f"{URL}importer/"
BPE = b"codgeo;effectif;age\n44901;3;50\n1001;2;\n"
DATA = {
    "contenu": "professionals",
    "profession": "gp",
    "annee": "2025",
    "source": "Insee, BPE 2025",
    "licence": "Licence Ouverte 2.0",
    "adresse": "",
}


@pytest.fixture
def coordinator(client):
    territory = territory_of_land()
    user = TerritoryRoleFactory(territory=territory).user
    client.force_login(user)
    return user


def bring(client, content: bytes = BPE, name: str = "bpe.csv", **changed):
    file = SimpleUploadedFile(name, content)
    return client.post(BRING, {**DATA, **changed, "fichier": file})


def text_of(response) -> str:
    page = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(page.get_text(" ").split()).replace("\u202f", " ").replace("\xa0", " ")


def test_files_stand_side_by_side_with_their_source_and_what_is_missing(client, coordinator):
    save_land()
    save(professionals("44901;9;50\n"), 2022)

    said = text_of(client.get(URL))

    assert said.index("2024 Médecins généralistes") < said.index("2022 Médecins")
    assert "Licence Ouverte 2.0" in said
    assert "Minutes de route entre communes" in said
    assert "Accessibilité publiée (APL) – Sages-femmes" in said


def test_a_file_is_read_told_then_kept(client, coordinator):
    response = bring(client)

    file = VintageFile.objects.get()
    assert response.url == f"{BRING}{file.pk}/"
    assert not Vintage.objects.exists()
    said = text_of(client.get(response.url))
    assert "2 lignes seraient gardées." in said
    assert "bpe.csv : 1 codes lus comme des nombres, zéros remis." in said
    assert "bpe.csv" in text_of(client.get(URL))
    kept = client.post(f"{BRING}{file.pk}/garder/")
    assert kept.url == URL
    vintage = Vintage.objects.get()
    assert (vintage.year, vintage.lines, vintage.imported_by) == (2025, 2, coordinator)
    assert vintage.source == "Insee, BPE 2025"
    assert not VintageFile.objects.exists()


def test_lines_at_fault_are_named_and_nothing_is_kept(client, coordinator):
    response = bring(client, b"codgeo;effectif\nPornic;3\n44901;beaucoup\n")

    said = text_of(client.get(response.url))
    assert "bpe.csv, ligne 2 :" in said
    assert "« beaucoup » n’est pas une valeur possible" in said
    file = VintageFile.objects.get()
    assert file.status == FileStatus.REFUSED
    refused = client.post(f"{BRING}{file.pk}/garder/")
    assert refused.status_code == 422
    assert client.post(f"{BRING}{file.pk}/abandonner/").url == URL
    assert not VintageFile.objects.exists()


def test_another_file_of_the_year_gives_way_only_when_asked(client, coordinator):
    save(professionals("44901;9;50\n"), 2025)
    bring(client)
    file = VintageFile.objects.get()

    assert "Un fichier de la même année est déjà là" in text_of(client.get(f"{BRING}{file.pk}/"))
    refused = client.post(f"{BRING}{file.pk}/garder/")
    assert refused.status_code == 422
    assert "demandez à le remplacer" in text_of(refused)
    assert client.post(f"{BRING}{file.pk}/garder/", {"remplacer": "on"}).status_code == 302
    assert Vintage.objects.get().lines == 2


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"profession": ""}, "Dites de quelle profession parle ce fichier."),
        ({"annee": "1066"}, "supérieure ou égale à 1"),
        ({"source": ""}, "Source"),
    ],
)
def test_what_is_not_told_is_asked_again(client, coordinator, changed, said):
    response = bring(client, **changed)

    assert response.status_code == 422
    assert said in text_of(response)
    assert not VintageFile.objects.exists()


def test_a_file_too_long_for_a_page_is_refused(client, coordinator, monkeypatch):
    monkeypatch.setattr("ancrage.web.demography.bringing_forms.MOST_BYTES", 8)

    response = bring(client)

    assert response.status_code == 422
    assert "gardez-en les départements" in text_of(response)


def test_a_long_file_is_read_by_the_outbox(client, coordinator, monkeypatch):
    monkeypatch.setattr(incoming, "READ_AT_ONCE", 4)
    bring(client, b"code;0 a 4 ans;5 a 9 ans\n44901;1;2\n", contenu="people")
    file = VintageFile.objects.get()
    assert (file.status, file.care) == (FileStatus.WAITING, "")
    assert "Lecture du fichier" in text_of(client.get(f"{BRING}{file.pk}/"))
    assert b"progress" in client.get(f"{BRING}{file.pk}/avancement/").content

    assert run_due(clock=timezone.now).done == 1
    incoming._handle({"file": 0}, timezone.now())

    assert b"voir ce qui a" in client.get(f"{BRING}{file.pk}/avancement/").content
    file.refresh_from_db()
    assert (file.status, file.lines, bytes(file.raw)) == (FileStatus.READY, 1, b"")
    assert incoming.read_file(file=file) is file


def test_what_was_never_confirmed_goes_after_a_week(client, coordinator):
    bring(client)
    VintageFile.objects.update(brought_at=timezone.now() - incoming.KEPT * 1.1)

    bring(client, name="autre.csv")

    assert VintageFile.objects.get().filename == "autre.csv"


def test_a_file_is_removed_after_a_question(client, coordinator):
    vintage = save(professionals("44901;9;50\n"), 2022)

    assert "Retirer ce fichier ?" in text_of(client.get(f"{URL}{vintage.pk}/retirer/"))
    assert client.post(f"{URL}{vintage.pk}/retirer/").url == URL
    assert not Vintage.objects.exists()


def test_an_institution_reads_and_does_not_import(client):
    territory = territory_of_land()
    client.force_login(TerritoryRoleFactory(territory=territory, institution=True).user)
    save_land()

    page = client.get(URL)

    assert "Importer un fichier" not in text_of(page)
    assert client.get(BRING).status_code == 403


def test_each_kind_of_file_has_its_reader():
    text = {
        Dataset.ACCESS: b"code;APL\n44901;3\n",
        Dataset.PEOPLE: b"code;age_0;age_5\n44901;3;4\n",
        Dataset.PROFESSIONALS: b"code;effectif\n44901;3\n",
        Dataset.ROADS: b"origine;destination;minutes\n44901;44902;4\n",
        Dataset.MEANS: b"dep;APL\n44;3\n",
        Dataset.PLACES: b"code;latitude;longitude\n44901;43;0\n",
    }
    read = {
        dataset: incoming.read_dataset(
            dataset, Care.GP, io.BytesIO(text[dataset]), filename="f.csv", sheet=None
        ).dataset
        for dataset in Dataset
    }

    assert read == {dataset: dataset for dataset in Dataset}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_as_many_queries_for_one_file_as_for_three(
    client, coordinator, django_assert_num_queries, count
):
    for year in range(2020, 2020 + count):
        save(professionals("44901;9;50\n"), year)

    with django_assert_num_queries(11):
        client.get(URL)
