"""Official files side by side; brought in three steps; removed after a question."""

import io

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.utils import timezone
from openpyxl import Workbook

from ancrage.demography.enums import Care, Dataset, FileStatus
from ancrage.demography.models import Vintage, VintageFile
from ancrage.demography.queries import columns_of
from ancrage.demography.services import incoming
from ancrage.kit.outbox import run_due
from ancrage.privacy.retention import purge
from tests.demography.land import professionals, save, save_land, territory_of_land
from tests.factories import TerritoryRoleFactory

pytestmark = pytest.mark.django_db

URL = "/demographie/sources/"
BRING = f"{URL}importer/"
TWO_ROADS = b"origine;destination;minutes\n44901;44999;12\n44999;44901;13\n"
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
    assert "bpe.csv : 1 code lu comme un nombre, zéros remis." in said
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


@pytest.mark.parametrize("lines", [1, 2])
def test_remarks_are_read_in_the_language_of_each_reader(client, coordinator, lines):
    save_land()
    ages = b"code;0 a 4 ans;5 a 9 ans\n" + b"1001;NA;0\n1002;NA;0\n"[: 10 * lines]
    made = bring(client, ages, "ages.csv", contenu="people", profession="")

    french = text_of(client.get(made.url))
    client.cookies["django_language"] = "en"
    english = text_of(client.get(made.url))
    assert client.post(f"{made.url}garder/", {"malgre": "on"}).status_code == 302
    kept = text_of(client.get(URL))

    codes, blanks = {
        1: ("1 code lu comme un nombre", "1 case vide ou"),
        2: ("2 codes lus comme des nombres", "2 cases vides ou"),
    }[lines]
    assert f"ages.csv : {codes}, zéros remis." in french
    assert f"{blanks} « NA »." in french
    assert "ages.csv, ligne 2 : personne n’habite 01001." in french
    codes, blanks = {
        1: ("1 code was read as a number, its zeros", "1 cell is empty"),
        2: ("2 codes were read as numbers, their zeros", "2 cells are empty"),
    }[lines]
    for page in (english, kept):
        assert f"ages.csv: {codes} put back." in page
        assert f"{blanks} or “NA”." in page
        assert "ages.csv, line 2: nobody lives in 01001." in page
        assert "habite" not in page


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_refusal_is_read_in_the_language_of_each_reader(client, coordinator, language):
    client.cookies["django_language"] = language
    wrong = b"code;APL\nPornic;3\n44901;beaucoup\n44902;1\n44902;1\n" + b"x;1\n" * 19

    refused = bring(client, wrong, "apl.csv", contenu="access")
    untitled = bring(client, b"lieu;APL\n44901;3\n", "apl.csv", contenu="access")
    broken = bring(client, b" \n\n", "apl.csv", contenu="access")

    client.cookies["django_language"] = "fr"
    said = text_of(client.get(refused.url))
    assert "apl.csv, ligne 2 : « Pornic » n’est pas un code commune INSEE" in said
    assert "ligne 3 : « beaucoup » n’est pas une valeur possible pour l’accessibilité." in said
    assert "apl.csv, ligne 5 : la commune 44902 est déjà à la ligne 4." in said
    assert "… et 2 autres lignes." in said
    client.cookies["django_language"] = "en"
    said = text_of(client.get(refused.url))
    assert "apl.csv, line 2: “Pornic” is not an INSEE commune code" in said
    assert "line 3: “beaucoup” is not a possible value for the accessibility." in said
    assert "apl.csv, line 5: commune 44902 is already on line 4." in said
    assert "… and 2 other lines." in said
    assert (
        "apl.csv: the column “Code commune INSEE” is missing. Columns found: “lieu”, “APL”."
    ) in text_of(client.get(untitled.url))
    assert "apl.csv: This file is empty." in text_of(client.get(broken.url))


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


ELSEWHERE = b"code;APL\n01004;3,1\n44902;NA\n"


def test_a_file_of_elsewhere_is_kept_only_when_it_is_meant_and_takes_nothing_away(
    client, coordinator
):
    save_land()
    response = bring(client, ELSEWHERE, contenu="access")

    said = text_of(client.get(response.url))
    assert "aucune de ses 4 communes n’y est." in said
    assert "44902 (Bourg-Fictif)" in said
    refused = client.post(f"{response.url}garder/")
    assert refused.status_code == 422
    assert "cochez la case pour le garder tout de même" in text_of(refused)
    assert client.post(f"{response.url}garder/", {"malgre": "on"}).url == URL
    page = text_of(client.get("/demographie/?profession=gp"))
    assert (
        "le fichier de 2025 ne dit rien de ce territoire, celui de 2023 sert donc encore" in page
    )
    assert "3,60" in page


def test_a_preview_opens_without_the_columns_of_the_file(client, coordinator):
    made = bring(client, TWO_ROADS, "routes.csv", contenu="roads", profession="", malgre="on")
    # Roads of a country are a hundred megabytes once unpacked: no page does it.
    VintageFile.objects.update(contents=b"not to be read")

    assert "1 de ses 4 communes y est." in text_of(client.get(made.url))

    territory = coordinator.territory_roles.get().territory
    territory.communes.set(territory.communes.filter(insee__in=("44901", "44902")))
    assert "1 de ses 2 communes y est." in text_of(client.get(made.url))
    assert client.post(f"{made.url}garder/", {"malgre": "on"}).status_code == 302
    kept = Vintage.objects.get()
    assert (bytes(kept.contents), kept.lines) == (b"not to be read", 2)
    assert len(kept.digest) == 64


def test_a_file_that_tells_of_some_communes_says_how_many(client, coordinator):
    some = b"code;APL\n44901;3,1\n"
    response = bring(client, some, contenu="access")

    said = text_of(client.get(response.url))
    assert "1 de ses 4 communes y est. S’il est gardé, rien ne sera plus connu des autres." in said
    enough = bring(client, some + b"44902;2\n", name="assez.csv", contenu="access")
    assert "2 de ses 4 communes y sont." in text_of(client.get(enough.url))
    assert client.post(f"{enough.url}garder/").status_code == 302


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"code;APL\n44901;beaucoup\n", "n’est pas une valeur possible pour l’accessibilité."),
        (
            b"code;APL;Population\n44901;3;-5\n",
            "bpe.csv, ligne 2 : « -5 » n’est pas une valeur possible pour la population.",
        ),
        (
            b"lieu;APL;Note\n44901;3;4\n",
            "il manque la colonne « Code commune INSEE ». Colonnes trouvées : « lieu », « APL »,",
        ),
    ],
)
def test_what_is_wrong_is_said_in_the_words_of_the_file(client, coordinator, content, said):
    response = bring(client, content, contenu="access")

    assert said in text_of(client.get(response.url))


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


def long_file(client, monkeypatch, content: bytes, **changed) -> VintageFile:
    """Bring a file that the outbox reads."""
    monkeypatch.setattr(incoming, "READ_AT_ONCE", 4)
    bring(client, content, **changed)
    return VintageFile.objects.get()


def test_a_long_file_is_read_by_the_outbox(client, coordinator, monkeypatch):
    ages = b"code;0 a 4 ans;5 a 9 ans\n44901;1;2\n"
    file = long_file(client, monkeypatch, ages, contenu="people")
    assert (file.status, file.care) == (FileStatus.WAITING, "")
    assert "En attente de lecture" in text_of(client.get(f"{BRING}{file.pk}/"))
    progress = client.get(f"{BRING}{file.pk}/avancement/")
    assert b"<progress" in progress.content

    assert run_due(clock=timezone.now).done == 1
    incoming._handle({"file": 0}, timezone.now())

    assert client.get(f"{BRING}{file.pk}/avancement/")["HX-Redirect"] == f"{BRING}{file.pk}/"
    file.refresh_from_db()
    assert (file.status, file.lines, bytes(file.raw)) == (FileStatus.READY, 1, b"")
    assert incoming.read_file(file=file, now=timezone.now()) is file


ROADS = b"origine;destination;minutes\n" + b"".join(
    b"44901;%05d;12\n" % (44000 + rank) for rank in range(900)
)


def test_a_reading_says_how_far_it_is_and_stops_with_its_file(client, coordinator, monkeypatch):
    monkeypatch.setattr("ancrage.demography.services.reading.lines.WATCHED", 100)
    file = long_file(client, monkeypatch, ROADS, contenu="roads")
    seen: list[str] = []
    update = QuerySet.update

    def watched(rows, **changed):
        if "progress" in changed and changed["progress"] not in (0, 100):
            seen.append(text_of(client.get(f"{BRING}{file.pk}/")))
            if len(seen) == 2:
                client.post(f"{BRING}{file.pk}/abandonner/")
        return update(rows, **changed)

    monkeypatch.setattr(QuerySet, "update", watched)
    incoming.read_file(file=file, now=timezone.now())

    assert "Lecture du fichier" in seen[1]
    assert " %" in seen[1]
    assert len(seen) == 2
    assert not VintageFile.objects.exists()
    assert not Vintage.objects.exists()


def test_a_killed_reading_is_told_and_taken_up_again(client, coordinator, monkeypatch):
    file = long_file(client, monkeypatch, BPE)
    now = timezone.now()
    VintageFile.objects.update(attempt=1, progress=40, progressed_at=now)

    # Another process seems to read it: it is looked at again later.
    incoming._handle({"file": file.pk}, now + incoming.SILENCE / 2)
    assert VintageFile.objects.get().status == FileStatus.WAITING
    VintageFile.objects.update(progressed_at=now - incoming.SILENCE * 2)
    assert "elle reprendra du début" in text_of(client.get(f"{BRING}{file.pk}/"))
    incoming._handle({"file": file.pk}, now + incoming.LOOK_AGAIN)

    read = VintageFile.objects.get()
    assert (read.status, read.attempt, read.lines) == (FileStatus.READY, 2, 2)


def test_a_file_that_kills_its_reader_each_time_is_given_up(client, coordinator, monkeypatch):
    file = long_file(client, monkeypatch, BPE)
    VintageFile.objects.update(attempt=incoming.MOST_ATTEMPTS)

    incoming._handle({"file": file.pk}, timezone.now())

    given_up = VintageFile.objects.get()
    assert (given_up.status, bytes(given_up.raw)) == (FileStatus.REFUSED, b"")
    assert "s’est interrompue 5 fois" in text_of(client.get(f"{BRING}{file.pk}/"))


def test_what_is_not_kept_goes_in_time_and_what_may_name_people_after_a_day(
    client, coordinator, monkeypatch
):
    bring(client)
    read = VintageFile.objects.get()
    monkeypatch.setattr(incoming, "READ_AT_ONCE", 4)
    bring(client, name="extrait-rpps.csv")
    VintageFile.objects.update(brought_at=timezone.now() - incoming.UNREAD * 1.1)

    purge(now=timezone.now())
    assert list(VintageFile.objects.values_list("pk", flat=True)) == [read.pk]
    VintageFile.objects.update(brought_at=timezone.now() - incoming.KEPT * 1.1)
    bring(client, name="autre.csv")

    assert VintageFile.objects.get().filename == "autre.csv"


def drees(*years: int) -> bytes:
    """The workbook of the DREES: notes, then a sheet a year; heads on line 9, units under them."""
    book = Workbook()
    book.active.title = "Lisez-moi"
    for year in years:
        sheet = book.create_sheet(f"APL {year}")
        sheet["A1"], sheet["A3"] = "Accessibilité potentielle localisée", f"Année {year}"
        for column, (label, unit, value) in enumerate(
            (
                ("Code commune INSEE", None, "44901"),
                ("Commune", None, "Port-Fictif"),
                ("APL aux médecins généralistes", "C/an/hab", year / 1000),
                ("APL aux médecins généralistes de 65 ans et moins", "C/an/hab", 1.5),
            ),
            start=1,
        ):
            for line, cell in ((9, label), (10, unit), (11, value)):
                sheet.cell(line, column, cell)
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def test_the_sheets_of_a_workbook_are_chosen_and_kept_one_after_the_other(client, coordinator):
    response = bring(client, drees(2022, 2023, 2024), name="apl.xlsx", contenu="access")
    file = VintageFile.objects.get()
    page = text_of(client.get(response.url))
    assert (file.status, file.sheets) == (
        FileStatus.CHOOSING,
        ["APL 2022", "APL 2023", "APL 2024"],
    )
    assert "Quelles feuilles lire" in page
    assert "Lisez-moi" not in page

    chosen = {"feuille_0": "on", "annee_0": "2022", "feuille_2": "on", "annee_2": "2024"}
    first = client.post(f"{BRING}{file.pk}/feuilles/", chosen)
    following = client.post(f"{first.url}garder/", {"malgre": "on"})
    last = client.post(f"{following.url}garder/", {"malgre": "on"})

    assert last.url == URL
    kept = Vintage.objects.order_by("year")
    assert [(one.year, columns_of(one)["access"].tolist()) for one in kept] == [
        (2022, [2.022]),
        (2024, [2.024]),
    ]
    assert not VintageFile.objects.exists()


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({}, "Cochez une feuille au moins."),
        ({"feuille_0": "on"}, "Dites de quelle année parle cette feuille."),
        (
            {"feuille_0": "on", "annee_0": "2022", "feuille_1": "on", "annee_1": "2022"},
            "Deux feuilles portent la même année",
        ),
    ],
)
def test_sheets_that_are_not_chosen_are_asked_again(client, coordinator, chosen, said):
    response = bring(client, drees(2022, 2023), name="apl.xlsx", contenu="access")

    refused = client.post(f"{response.url}feuilles/", chosen)

    assert refused.status_code == 422
    assert said in text_of(refused)
    assert VintageFile.objects.get().status == FileStatus.CHOOSING


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

    with django_assert_num_queries(13):
        client.get(URL)
