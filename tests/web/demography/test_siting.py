"""Where to put posts: asked, answered in words with its proof, reopened, exported, removed."""

import csv
import io
from dataclasses import replace
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from ancrage import __version__
from ancrage.demography.enums import Among, Care, StudyStatus
from ancrage.demography.models import Scenario, SitingStudy
from ancrage.demography.services import read_access
from ancrage.demography.services.siting import Asked, ask_study, plans, search_study
from ancrage.territory.models import Commune
from ancrage.web.demography.siting_words import Gain
from tests.demography.land import professionals, save
from tests.factories import TerritoryFactory
from tests.papers import pages_of

pytestmark = pytest.mark.django_db

URL = "/demographie/ou-placer/"
DATA = {"postes": "2", "objectif": "deficit", "parmi": "all", "seuil": "2,5", "minutes": "10"}


def study_of(territory, posts: int = 2, **options) -> SitingStudy:
    asked = Asked(posts, posts, 2.5, 10, Among.ALL, **options)
    return ask_study(territory=territory, care=Care.GP, asked=asked, by=None, now=timezone.now())


def text_of(response) -> str:
    page = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(page.get_text(" ").split()).replace("\u202f", " ").replace("\xa0", " ")


def test_a_study_is_asked_and_its_answer_is_shown_with_its_proof(client, watcher, land):
    response = client.post(f"{URL}chercher/", DATA)

    study = SitingStudy.objects.get()
    assert response.url == f"{URL}{study.pk}/"
    assert (study.posts, study.most, study.target, study.asked_by) == (2, 2, 2.5, watcher)
    page = client.get(response.url)
    said = text_of(page)
    assert "On ne peut pas faire mieux" in said
    assert "simulation, non opposable" in said
    assert said.count("Prouvé") == 3
    assert "Insee" not in said
    assert "Source fictive (Licence Ouverte 2.0)" in said
    assert text_of(client.get(URL)).count("Terminée") == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"postes": "0"}, "supérieure ou égale à 1"),
        ({"seuil": "-1"}, "Donnez un seuil d’au moins 0,01."),
        ({"parmi": "chosen"}, "Choisissez au moins une commune."),
        ({"parmi": "hosts"}, "Aucune commune ne peut recevoir de poste"),
    ],
)
def test_what_makes_no_sense_is_refused_with_the_form_kept(client, watcher, changed, said):
    response = client.post(f"{URL}chercher/", DATA | changed)

    assert response.status_code == 422
    assert said in text_of(response)
    assert not SitingStudy.objects.exists()
    page = BeautifulSoup(response.content, "html.parser")
    assert page.find("input", {"name": "minutes"})["value"] == "10"


def test_the_objective_that_was_asked_comes_first_and_another_shows_its_gains(
    client, watcher, land
):
    study = study_of(land, goal="cover")

    full = BeautifulSoup(client.get(f"{URL}{study.pk}/?objectif=deficit").content, "html.parser")
    fragment = client.get(
        f"{URL}{study.pk}/?objectif=deficit",
        headers={"HX-Request": "true", "HX-Target": "gains"},
    )

    heads = [node.get_text() for node in full.select(".card h2")][:3]
    assert heads[0] == "Que le plus de monde ait quelqu’un tout près"
    gains = full.find(id="gains")
    assert gains.find("caption").get_text().endswith("Réduire le manque")
    assert BeautifulSoup(fragment.content, "html.parser").find(id="gains").get_text() == (
        gains.get_text()
    )


def test_a_long_search_shows_its_progress_and_is_stopped(client, watcher, land, monkeypatch):
    monkeypatch.setattr(plans, "TINY", 0)
    study = study_of(land)

    page = client.get(f"{URL}{study.pk}/")
    assert "Preuve en cours" in text_of(page)
    assert "au plus" in text_of(page)
    progress = client.get(f"{URL}{study.pk}/avancement/")
    assert "en attente de son tour" in progress.content.decode()
    now = timezone.now()
    SitingStudy.objects.filter(pk=study.pk).update(
        turn="worst-off",
        turn_gap=0.031,
        began_at=now - timedelta(seconds=70),
        turned_at=now - timedelta(seconds=30),
    )
    progress = BeautifulSoup(client.get(f"{URL}{study.pk}/avancement/").content, "html.parser")
    said = " ".join(progress.get_text(" ").split())
    assert "objectif 2 sur 3" in said
    assert "depuis 1 min 10 s" in said
    assert "3,1" in said
    assert progress.progress["value"] == "50"
    assert client.post(f"{URL}{study.pk}/arreter/").status_code == 302
    assert "encore quelques secondes" in text_of(client.get(f"{URL}{study.pk}/"))
    search_study(study=SitingStudy.objects.get(), now=timezone.now() + timedelta(minutes=1))
    assert "Recherche arrêtée" in text_of(client.get(f"{URL}{study.pk}/"))
    assert b"voir le r" in client.get(f"{URL}{study.pk}/avancement/").content


def test_a_study_is_asked_otherwise_from_what_it_asked(client, watcher, land):
    study = study_of(land, goal="cover")
    page = BeautifulSoup(client.get(f"{URL}{study.pk}/").content, "html.parser")
    (href,) = [link["href"] for link in page.select("main a") if "postes=" in link["href"]]

    page = BeautifulSoup(client.get(href).content, "html.parser")
    form = page.select_one("form[action*=chercher]")

    told = {one["name"]: one["value"] for one in form.select("input[value]") if one.get("name")}
    assert (told["postes"], told["seuil"], told["minutes"]) == ("2", "2,50", "10")
    assert form.find("input", {"name": "objectif", "checked": True})["value"] == "cover"


def test_an_objective_that_decides_nothing_says_so_and_proposes_another_question(
    client, watcher, land
):
    save(professionals("44901;9;40\n44902;9;40\n44903;9;40\n44904;9;40\n"), 2025)
    asked = Asked(3, 3, 2.0, 10, Among.ALL)
    study = ask_study(territory=land, care=Care.GP, asked=asked, by=None, now=timezone.now())

    said = text_of(client.get(f"{URL}{study.pk}/"))

    assert "chaque commune a déjà quelqu’un chez elle" in said
    assert "Plus personne n’est sous 2,00" in said
    assert "l’accès moyen en France était de 3,3 en 2023" in said
    SitingStudy.objects.filter(pk=study.pk).update(today=study.today | {"farthest": 7.7})
    said = text_of(client.get(f"{URL}{study.pk}/"))
    assert "on a quelqu’un à 8 minutes" in said
    assert "moins de minutes, 5 par exemple" in said


def test_a_study_is_drawn_before_and_after_with_the_posts_written_where_they_go(
    client, watcher, land
):
    study = study_of(land)

    page = BeautifulSoup(client.get(f"{URL}{study.pk}/").content, "html.parser")

    before, after = page.select("svg.map")
    posts = dict(study.plans[0]["posts"])
    assert before.select(".map__circle") == []
    assert [mark.get_text() for mark in after.select(".map__count")] == [
        str(count) for count in sorted(posts.values(), reverse=True)
    ]
    assert len(before.select("path[data-place]")) == 4
    assert len(study.access) == 3
    assert page.select_one(".map-legend").get_text().count("2,50") == 3
    told = {row["data-place"]: row for row in page.select("tr[data-place]")}
    # The commune that nobody has published is drawn, and counts nowhere.
    assert told.keys() == study.access.keys()
    for code, count in posts.items():
        assert told[code].td.get_text() == str(count)


def test_what_is_only_computed_is_neither_under_the_threshold_nor_above():
    published = Gain("Val-Fictif", "44903", 2.0, 2.2, inside=True, target=2.5)
    computed = replace(published, is_computed=True)

    assert (published.stays_under, computed.stays_under) == (True, False)
    assert (replace(published, after=2.6).rises, replace(computed, after=2.6).rises) == (
        True,
        False,
    )


def test_the_paper_of_a_study_is_all_that_it_takes_to_redo_it(client, watcher, land):
    study = study_of(land)

    paper = client.get(f"{URL}{study.pk}/etude.pdf")

    assert paper.headers["Content-Type"] == "application/pdf"
    said = " ".join(" ".join(pages_of(paper.content)).split())
    for text in (
        "simulation, non opposable",
        "Où placer 2 postes dans le territoire",
        "On ne peut pas faire mieux",
        "Les trois réponses, côte à côte",
        "Communes qui gagnent",
        "proche-2015",
        study.digest[:12],
        "Source fictive (Licence Ouverte 2.0)",
        f"par Ancrage {__version__}",
        "de 3 600 à 6 000 actes par an",
    ):
        assert text in said.replace("\xa0", " ").replace("\u202f", " ")


def test_the_file_of_a_study_is_all_that_it_takes_to_redo_it(client, watcher, land):
    study = study_of(land)

    response = client.get(f"{URL}{study.pk}/export.csv")

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    kinds = [row[0] for row in rows[1:]]
    assert kinds.count("Demande") == 9
    told = {row[3]: row[7] for row in rows if row[0] in ("Demande", "Paramètre")}
    assert told["Paramètres"] == "proche-2015, valeurs du 25 mai 2018"
    assert told["Distance"] == "entière jusqu’à 5 minutes, puis en baisse jusqu’à 20"
    assert kinds.count("Fichier") == 2
    assert kinds.count("Commune possible") == 4
    assert kinds.count("Preuve") == 3
    posts = {(row[1], row[2]): int(row[4]) for row in rows if row[0] == "Poste"}
    assert posts == {
        (goal, code): count
        for goal, plan in zip(
            (
                "Réduire le manque",
                "Relever la commune la moins bien servie",
                "Que le plus de monde ait quelqu’un tout près",
            ),
            study.plans,
            strict=True,
        )
        for code, count in plan["posts"]
    }


def test_more_posts_than_useful_nobody_under_and_lonely_sites_are_said(client, watcher, land):
    study = study_of(land, 40)
    SitingStudy.objects.filter(pk=study.pk).update(alone=["44904"], is_outdated=True)

    said = text_of(client.get(f"{URL}{study.pk}/"))

    assert "suffisent : les autres n’apporteraient rien de plus" in said
    assert "Landes-Fictives : personne n’y habite à portée" in said
    assert "D’autres fichiers sont arrivés depuis" in said
    text = b"code;APL\n44901;4\n44902;4\n44903;4\n44904;4\n"
    save(read_access(io.BytesIO(text), filename="a.csv", care=Care.GP), 2025)
    asked = Asked(1, 1, 2.5, 10, Among.ALL)
    nobody = ask_study(territory=land, care=Care.GP, asked=asked, by=None, now=timezone.now())
    assert "Personne n’est sous le seuil" in text_of(client.get(f"{URL}{nobody.pk}/"))


def test_the_posts_of_an_objective_open_as_a_scenario(client, watcher, land):
    study = study_of(land)

    first = client.post(f"{URL}{study.pk}/scenario/", {"objectif": "deficit"})
    client.post(f"{URL}{study.pk}/scenario/", {"objectif": "deficit"})

    made, again = Scenario.objects.order_by("pk")
    assert first.url == f"/demographie/scenarios/{made.pk}/"
    assert [(step["code"], step["posts"] // 100) for step in made.steps] == [
        tuple(post) for post in study.plans[0]["posts"]
    ]
    assert again.name == f"{made.name} (2)"
    assert client.post(f"{URL}{study.pk}/scenario/", {"objectif": "rien"}).status_code == 404


def test_a_study_is_removed_and_brought_back(client, watcher, land):
    study = study_of(land)

    listed = client.post(f"{URL}{study.pk}/retirer/", follow=True)

    assert f"L’étude {study.pk} est retirée." in text_of(listed)
    assert "Aucune étude pour cette profession" in text_of(listed)
    assert client.get(f"{URL}{study.pk}/").status_code == 404
    back = client.post(f"{URL}retablir/", {"rows": study.pk})
    assert back.url == f"{URL}{study.pk}/"
    assert client.get(back.url).status_code == 200


def test_without_a_file_of_professionals_asking_is_refused(client, watcher):
    response = client.post(f"{URL}chercher/?profession=nurse", DATA)

    assert response.status_code == 422
    assert "Aucun fichier de professionnels n’est chargé" in text_of(response)


@pytest.mark.parametrize("count", [1, 3])
def test_pages_ask_as_many_queries_for_one_study_as_for_three(
    client, watcher, land, django_assert_num_queries, count
):
    studies = [study_of(land) for _study in range(count)]
    client.get(URL)

    with django_assert_num_queries(12):
        client.get(URL)
    with django_assert_num_queries(16):
        client.get(f"{URL}{studies[0].pk}/")


def test_a_study_of_another_territory_is_not_found(client, watcher):
    communes = list(Commune.objects.filter(insee__startswith="449"))
    study = study_of(TerritoryFactory(slug="ailleurs", communes=communes))

    assert study.status == StudyStatus.DONE
    assert client.get(f"{URL}{study.pk}/").status_code == 404
