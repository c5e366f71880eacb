"""The pages of parameter sets: typed, seen, kept by version, chosen, archived, as a file."""

import csv
import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation

from ancrage.demography.enums import Among, Care, StepKind
from ancrage.demography.models import ParameterSet, ParameterVersion, Scenario, SitingStudy
from ancrage.demography.services import scenarios, sets, siting
from ancrage.demography.services.model import parameters_of
from ancrage.demography.services.model.sets import SETS_OF
from ancrage.demography.services.scenarios import Description, Step
from ancrage.demography.services.sets import Sheet, facts_of, parameters_from, read_sheet
from ancrage.web.demography.words import set_source
from tests.demography.land import NOW
from tests.factories import MembershipFactory, PartnerFactory
from tests.papers import pages_of
from tests.reading import page_of, text_of

pytestmark = pytest.mark.django_db

URL = "/demographie/parametres/"
HTMX = {"HX-Request": "true"}
TYPED = {
    "name": "Infirmiers 2023",
    "source": "DREES, APL 2023, feuille « Paramètres »",
    "dated": "2023-12-31",
    "decay": "paliers",
    "steps": "5 ; 1\n10\t0,5\n20 0.25",
    "closed": "1",
    "post": "1",
    "activity": "classes",
    "classes": "100 ; 0,5\n1 000 ; 1",
    "ages": "0 ; 0,5\n65 ; 2,5",
    "age_cap": "",
    "threshold": "73,1",
    "note": "Relevé du classeur.",
}


def make(land, name="Plus près", **changes) -> ParameterSet:
    facts = replace(facts_of(parameters_of(Care.GP)), approximate=False, **changes)
    sheet = Sheet(name, parameters_from(facts))
    return sets.make_set(territory=land, care=Care.GP, sheet=sheet, by=None, now=NOW)


def revise(made, name, **changes) -> ParameterSet:
    facts = replace(facts_of(parameters_of(Care.GP)), **changes)
    sheet = Sheet(name, parameters_from(facts), "Relu.")
    return sets.revise_set(chosen=made, sheet=sheet, number=made.number, by=None, now=NOW)


def test_a_set_is_typed_and_read_with_its_drawing(client, watcher, land):
    empty = page_of(client.get(f"{URL}nouveau/", {"profession": "nurse"}))
    assert empty.find(id="apercu").find("svg") is None

    made = client.post(f"{URL}nouveau/?profession=nurse", TYPED)

    row = ParameterSet.objects.get()
    assert (made.status_code, made.url) == (302, f"{URL}{row.pk}/")
    page = page_of(client.get(made.url))
    told = text_of(page.find("main"))
    assert "1 jusqu’à 5 minutes comprises, 0,5 jusqu’à 10 minutes comprises" in told
    assert "0,5 poste à partir de 100 actes, 1 poste à partir de 1 000 actes" in told
    assert "0,5 dès 0 ans, 2,5 dès 65 ans" in told
    assert page.find("svg", class_="chart") is not None
    assert facts_of(parameters_of(Care.NURSE, row.ref, territory=land)).threshold == 73.1
    # Sent again, the name is taken; what was typed stays.
    again = page_of(client.post(f"{URL}nouveau/?profession=nurse", TYPED), 422)
    assert "porte déjà ce nom" in text_of(again.find(id="id_name-errors") or again)
    assert again.find(attrs={"name": "steps"}).text.strip().startswith("5 ; 1")


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"steps": "5 ; 0,3\n10 ; 1"}, "steps", "Palier 2 : le poids remonte"),
        ({"steps": "5 ; 1\nbeaucoup ; 2"}, "steps", "Ligne 2 : « beaucoup ; 2 »"),
        ({"steps": ""}, "steps", "Donnez au moins un palier"),
        ({"decay": "droite"}, "full", "au bout de combien de minutes"),
        ({"decay": "droite", "full": "20", "nil": "5"}, "nil", "La droite descend"),
        ({"activity": "bornes", "floor": "9", "ceiling": "3"}, "floor", "ne dépasse pas le plaf"),
        ({"classes": "5 ; 1\n9 ; 0,5"}, "classes", "Classe 2"),
        ({"ages": "5 ; 1"}, "ages", "les âges commencent à 0"),
        ({"ages": "0,5 ; 1"}, "ages", "Un âge est un nombre entier"),
        ({"post": "-1"}, "post", "un nombre au-dessus de 0"),
        ({"age_cap": "900"}, "age_cap", "de 1 à 120 ans"),
        ({"post": "1e300"}, "post", "inférieure ou égale"),
        ({"threshold": "0"}, "threshold", "Un seuil est au-dessus de 0"),
        ({"steps": "1 ; 1\n" * 61}, "steps", "Soixante lignes"),
        ({"source": ""}, "source", "obligatoire"),
    ],
)
def test_what_makes_no_sense_is_said_at_its_field(client, watcher, changes, field, told):
    page = page_of(client.post(f"{URL}nouveau/?profession=nurse", TYPED | changes), 422)

    control = page.find(attrs={"name": field})
    block = control.find_parent(class_="field")
    assert told in text_of(block)
    assert ParameterSet.objects.count() == 0


def test_the_decay_is_drawn_while_it_is_typed(client, watcher):
    asked = {"decay": "paliers", "steps": "5 ; 1\n10 ; 0,5", "closed": "", "full": "", "nil": ""}

    found = page_of(client.get(f"{URL}nouveau/", asked, headers=HTMX))
    assert found.find("svg") is not None
    assert "1 avant 5 minutes, 0,5 avant 10 minutes" in text_of(found)
    growing = client.get(f"{URL}nouveau/", asked | {"steps": "5 ; 0,5\n10 ; 1"}, headers=HTMX)
    assert "le poids remonte" in text_of(page_of(growing))
    whole = page_of(client.get(f"{URL}nouveau/", TYPED | {"name": ""}))
    assert whole.find(id="apercu").find("svg") is not None


def test_sources_of_the_platform_are_read_in_english():
    sources = {one.source for known in SETS_OF.values() for one in known}

    with translation.override("en"):
        told = {set_source(one) for one in sources}

    assert len(told) == 2
    assert told & sources == set()
    assert set_source("DREES, APL 2023") == "DREES, APL 2023"


def test_a_copy_starts_from_any_set(client, watcher, land):
    made = make(land, slope=(3.0, 12.5))

    for ref, name, full in (("proche-2015", "proche-2015, copie", "5"), (
        made.ref, "Plus près (version 1), copie", "3",
    )):  # fmt: skip
        page = page_of(client.get(f"{URL}nouveau/", {"depuis": ref}))
        assert page.find(id="id_name")["value"] == name
        assert page.find(id="id_full")["value"] == full
        assert page.find(id="apercu").find("svg") is not None
    assert page_of(client.get(f"{URL}nouveau/", {"depuis": "rien"})).find(id="id_name")


def test_the_next_version_leaves_the_first_one(client, watcher, land):
    made = make(land)
    scenario = scenarios.make_scenario(
        territory=land,
        care=Care.GP,
        description=Description("Et si", parameters=made.ref),
        steps=[Step(StepKind.LEAVES, "44902", "Bourg-Fictif", posts=100)],
        by=None,
        now=NOW,
    )
    page = page_of(client.get(f"{URL}{made.pk}/modifier/"))
    typed = TYPED | {"name": "Plus près", "activity": "rien", "number": "1"}
    assert page.find(attrs={"name": "number"})["value"] == "1"

    done = client.post(f"{URL}{made.pk}/modifier/", typed)

    assert done.url == f"{URL}{made.pk}/"
    told = text_of(page_of(client.get(done.url)).find("main"))
    assert "version 2" in told
    assert "Distance : entière jusqu’à 5 minutes" in told
    old = text_of(page_of(client.get(done.url, {"version": "1"})).find("main"))
    assert "Une ancienne version" in old
    assert "Et si version 1" in old
    assert client.get(done.url, {"version": "9"}).status_code == 404
    behind = page_of(client.post(f"{URL}{made.pk}/modifier/", typed), 409)
    assert "Quelqu’un d’autre a gardé la version 2" in text_of(behind)
    assert behind.find(attrs={"name": "number"})["value"] == "2"
    assert page_of(client.post(f"{URL}{made.pk}/modifier/", typed | {"steps": ""}), 422)
    # The scenario says so, and takes it when it is told to.
    address = f"/demographie/scenarios/{scenario.pk}/"
    assert "Ses paramètres ont changé depuis" in text_of(page_of(client.get(address)))
    client.post(f"{address}recalculer/")
    assert Scenario.objects.get().version.number == 1
    client.post(f"{address}recalculer/", {"parametres": "nouveaux"})
    assert Scenario.objects.get().version.number == 2
    assert "Ses paramètres ont changé" not in text_of(page_of(client.get(address)))


def test_a_set_is_chosen_archived_taken_back_and_deleted(client, watcher, land):
    made = make(land)
    page = f"{URL}{made.pk}/"

    client.post(f"{page}choisir/")
    told = text_of(page_of(client.get("/demographie/")).find("main"))
    assert "Plus près, version 1, valeurs du 25 mai 2018" in told
    client.post(f"{page}ne-plus-choisir/")
    assert not ParameterSet.objects.get().is_default
    client.post(f"{page}archiver/")
    assert "Jeu archivé" in text_of(page_of(client.get(page)))
    refused = client.post(f"{page}choisir/", follow=True)
    assert "reprenez-le d’abord" in text_of(page_of(refused))
    assert "Plus près" not in text_of(page_of(client.get(URL)).find("main"))
    assert "Plus près" in text_of(page_of(client.get(URL, {"etat": "archives"})).find("main"))
    client.post(f"{page}reprendre/")
    client.post(f"{page}choisir/")
    asked = text_of(page_of(client.get(f"{page}supprimer/")))
    assert "les pages comptent de nouveau avec le jeu de la plateforme" in asked
    client.post(f"{page}supprimer/")
    assert ParameterVersion.objects.count() == 0


def test_a_set_that_was_used_is_not_deleted(client, watcher, land):
    made = make(land)
    asked = siting.Asked(1, 1, 2.5, 10, Among.ALL, parameters=made.ref)
    study = siting.ask_study(territory=land, care=Care.GP, asked=asked, by=None, now=NOW)
    revise(made, "Plus loin", slope=(5.0, 25.0))

    refused = client.post(f"{URL}{made.pk}/supprimer/", follow=True)

    assert "archivez-le" in text_of(page_of(refused))
    assert SitingStudy.objects.get().version.number == 1
    told = text_of(page_of(client.get(f"/demographie/ou-placer/{study.pk}/")).find("main"))
    assert "Ses paramètres ont changé depuis" in told
    assert "Plus près, version 1, valeurs du 25 mai 2018" in told


def test_a_file_is_read_shown_and_kept_only_once_it_is_saved(client, watcher, land):
    made = make(land, slope=(3.0, 12.5))
    file = b"".join(client.get(f"{URL}{made.pk}/jeu.csv").streaming_content)
    held = read_sheet(io.BytesIO(file), filename="jeu.csv")
    assert facts_of(held.sheet.values).slope == (3.0, 12.5)

    page = client.post(f"{URL}importer/", {"fichier": SimpleUploadedFile("jeu.csv", file)})

    shown = page_of(page)
    assert "rien n’est encore gardé" in text_of(shown)
    assert shown.find(id="id_name")["value"] == "Plus près"
    assert shown.find("form", attrs={"method": "post", "data-guard": True})["action"] == (
        f"{URL}nouveau/?profession=gp"
    )
    wrong = SimpleUploadedFile("jeu.csv", b"parametre;valeur\nvitesse;9\n")
    refused = page_of(client.post(f"{URL}importer/", {"fichier": wrong}), 422)
    assert "jeu.csv, ligne 2 : « vitesse »" in text_of(refused)
    wrong.seek(0)
    client.cookies["django_language"] = "en"
    refused = page_of(client.post(f"{URL}importer/", {"fichier": wrong}), 422)
    assert "jeu.csv, line 2: “vitesse” is not a known parameter." in text_of(refused)
    assert "jeu.csv: the distance is missing" in text_of(refused)
    client.cookies["django_language"] = "fr"
    long = SimpleUploadedFile("jeu.csv", b"x" * 300_000)
    assert "trop long" in text_of(page_of(client.post(f"{URL}importer/", {"fichier": long}), 422))
    built = b"".join(client.get(f"{URL}plateforme/proche-2015/jeu.csv").streaming_content)
    again = read_sheet(io.BytesIO(built), filename="jeu.csv").sheet.values
    assert again.decay == parameters_of(Care.GP).decay
    assert client.get(f"{URL}plateforme/inconnu/").status_code == 404


def test_the_list_is_searched_and_handed_over(client, watcher, land):
    make(land), make(land, "Plus loin", slope=(5.0, 25.0))

    found = page_of(client.get(URL, {"q": "loin"}, headers=HTMX))
    assert [text_of(one) for one in found.select("tbody th")][:1] == ["Plus loin"]
    assert "Plus près" not in text_of(found)
    assert "Aucun jeu du territoire ici" in text_of(
        page_of(client.get(URL, {"profession": "nurse"}))
    )
    text = b"".join(client.get(f"{URL}export.csv").streaming_content).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[:4] for row in rows[1:]] == [
        ["Plus loin", "Médecins généralistes", "Proposé", "1"],
        ["Plus près", "Médecins généralistes", "Proposé", "1"],
    ]
    assert "puis en baisse jusqu’à 25" in rows[1][6]


def test_pages_ask_as_much_for_one_as_for_many(client, watcher, land, django_assert_num_queries):
    made = make(land)
    address = f"{URL}{made.pk}/"
    client.get(URL), client.get(address)
    with django_assert_num_queries(8):
        client.get(URL)
    with django_assert_num_queries(14):
        client.get(address)
    for rank in range(3):
        make(land, f"Autre {rank}")
        made = revise(made, f"Version {rank}", slope=(1.0, 10.0 + rank))
    with django_assert_num_queries(8):
        client.get(URL)
    with django_assert_num_queries(14):
        client.get(address)


def test_readers_read_and_change_nothing(client, land):
    made = make(land)
    employer = MembershipFactory(partner=PartnerFactory(territory=land)).user
    client.force_login(employer)

    page = page_of(client.get(f"{URL}{made.pk}/"))

    assert "Modifier" not in text_of(page.find("main"))
    assert "Compter avec ce jeu" not in text_of(page.find("main"))
    assert "La coordination ou l’institution en tape" in text_of(
        page_of(client.get(URL, {"q": "rien"}))
    )
    for act in ("modifier/", "supprimer/"):
        assert client.get(f"{URL}{made.pk}/{act}").status_code == 403


def test_forms_offer_the_sets_and_papers_name_them(client, watcher, land):
    made = make(land, slope=(3.0, 12.5))
    new = page_of(client.get("/demographie/scenarios/nouveau/"))
    offered = [one["value"] for one in new.select("select[name=parameters] option")]
    assert offered[:3] == ["", "proche-2015", made.ref]
    typed = {"name": "Et si", "care": "nurse", "parameters": made.ref}
    refused = page_of(client.post("/demographie/scenarios/nouveau/", typed), 422)
    assert "Ce jeu ne compte pas cette profession" in text_of(refused)
    client.post("/demographie/scenarios/nouveau/", typed | {"care": "gp"})
    scenario = Scenario.objects.get()
    assert (scenario.version.of, scenario.follows_default) == (made, False)
    sets.archive_set(chosen=made, by=None, now=NOW)
    address = f"/demographie/scenarios/{scenario.pk}/"

    described = page_of(client.get(f"{address}decrire/"))

    chosen = described.select_one("select[name=parameters] option[selected]")
    assert chosen["value"] == made.ref
    client.post(
        f"{address}decrire/",
        {"name": "Et si ?", "parameters": made.ref, "revision": scenario.revision},
    )
    assert Scenario.objects.get().name == "Et si ?"
    sets.restore_set(chosen=made, by=None, now=NOW)
    scenarios.add_step(
        scenario=scenario,
        step=Step(StepKind.LEAVES, "44902", "Bourg-Fictif", posts=100),
        revision=2,
        by=None,
        now=NOW,
    )
    printed = " ".join(" ".join(pages_of(client.get(f"{address}scenario.pdf").content)).split())
    assert "Plus près, version 1" in printed
    file = b"".join(client.get(f"{address}export.csv").streaming_content).decode()
    assert "Plus près, version 1, valeurs du 25 mai 2018" in file
    assert "entière jusqu’à 3 minutes, puis en baisse jusqu’à 12,5" in file
    study = {
        "postes": "1", "seuil": "2,5", "objectif": "deficit", "parmi": "all", "minutes": "10",
        "parametres": made.ref,
    }  # fmt: skip
    client.post("/demographie/ou-placer/chercher/", study)
    assert SitingStudy.objects.get().version.of == made
    quality = text_of(page_of(client.get("/demographie/qualite/")).find("main"))
    assert "Les jeux de paramètres, côte à côte" in quality
    assert "Plus près, version 1" in quality
