"""The pages of scenarios: made, built with a preview, read, compared, handed over, refused."""

import tomllib
from pathlib import Path

import pytest

from ancrage import __version__
from ancrage.demography.enums import Care, StepKind
from ancrage.demography.models import Scenario
from ancrage.demography.services import scenarios as services
from ancrage.demography.services.scenarios import Description, Step
from tests.demography.land import NOW, professionals, save
from tests.factories import (
    MembershipFactory,
    PartnerFactory,
    TerritoryFactory,
)
from tests.papers import pages_of
from tests.reading import page_of, text_of

pytestmark = pytest.mark.django_db

URL = "/demographie/scenarios/"
HTMX = {"HX-Request": "true"}
LEAVES = Step(StepKind.LEAVES, "44902", "Bourg-Fictif", posts=100)
ARRIVES = Step(StepKind.ARRIVES, "44903", "Val-Fictif", posts=300)
TYPED = {"kind": "arrives", "commune": "44903", "posts": "3"}


@pytest.fixture(autouse=True)
def november(time_machine):
    """The pages read the clock: it stands still at the moment of the files."""
    time_machine.move_to(NOW, tick=False)


@pytest.fixture
def scenario(land):
    return make(land, "Un départ", LEAVES)


def make(land, name, *steps, shared=False) -> Scenario:
    return services.make_scenario(
        territory=land,
        care=Care.GP,
        description=Description(name, "Pourquoi.", 1_000, shared=shared),
        steps=steps,
        by=None,
        now=NOW,
    )


def test_a_scenario_is_named_then_built_step_by_step(client, watcher):
    empty = page_of(client.get(URL))
    assert "Aucun scénario ici" in text_of(empty)
    made = client.post(f"{URL}nouveau/", {"name": "Et si", "care": "gp", "patients_each": "900"})
    scenario = Scenario.objects.get()
    assert made.url == f"{URL}{scenario.pk}/"

    client.post(f"{made.url}ajouter/", {**TYPED, "revision": "1"})
    client.post(
        f"{made.url}ajouter/",
        {"kind": "leaves", "commune": "44902", "posts": "0,5", "revision": "2"},
    )

    told = text_of(page_of(client.get(made.url)).find("main"))
    assert "3 professionnels de plus à Val-Fictif" in told
    assert "0,5 professionnel de moins à Bourg-Fictif" in told
    assert "Repassent à 2,5 ou plus" in told
    assert "450 patients cherchent quelqu’un" in told
    assert "simulation, non opposable" in told
    client.post(f"{made.url}retirer/", {"rang": "0", "revision": "3"})
    scenario.refresh_from_db()
    assert [step.kind for step in services.steps_of(scenario)] == [StepKind.LEAVES]


def test_the_preview_is_the_same_in_the_page_and_in_its_fragment(client, watcher, scenario):
    whole = page_of(client.get(f"{URL}{scenario.pk}/", TYPED)).find(id="hypothese")
    part = page_of(client.get(f"{URL}{scenario.pk}/", TYPED, headers=HTMX))

    assert str(whole) == str(part).strip()
    assert "3 professionnels de plus à Val-Fictif" in text_of(part)
    assert "Repassent à 2,5 ou plus" in text_of(part)
    wrong = {"kind": "leaves", "commune": "44902", "posts": "9"}
    refused = page_of(client.get(f"{URL}{scenario.pk}/", wrong, headers=HTMX))
    assert "3 professionnels exercent" in text_of(refused)


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("arrives", ["Dans quelle commune ?", "Combien de professionnels ?"]),
        ("leaves", ["De quelle commune ?", "Combien de professionnels ?"]),
        ("half", ["Dans quelle commune ?", "Combien de professionnels ?"]),
        (
            "moves",
            ["De quelle commune ?", "Vers quelle commune ?", "Combien de professionnels ?"],
        ),
        ("people", ["Dans quelle commune ?", "Combien d’habitants en plus ?"]),
        ("nothing", ["Dans quelle commune ?", "Combien de professionnels ?"]),
    ],
)
def test_what_happens_says_which_questions_are_asked(client, watcher, scenario, kind, asked):
    typed = {"kind": kind, "commune": "44902", "to": "44903", "posts": "0,5", "people": "-40"}

    part = page_of(client.get(f"{URL}{scenario.pk}/", typed, headers=HTMX))

    labels = [text_of(one).removesuffix(" (obligatoire)") for one in part.select("label")]
    assert [label.removesuffix(" *") for label in labels] == [
        " ".join(one.split()) for one in asked
    ]
    # What another kind asks for is kept, and nobody is told off for what was not asked yet.
    kept = {one["name"]: one.get("value", "") for one in part.select("input")}
    chosen = {one.find_parent("select")["name"]: one["value"] for one in part.select("[selected]")}
    assert {**kept, **chosen} == {name: typed[name] for name in typed if name != "kind"}
    assert part.select(".field__errors, .error-summary") == []


def test_without_script_the_questions_follow_the_kind_and_say_what_is_missing(
    client, watcher, scenario
):
    first = page_of(client.get(f"{URL}{scenario.pk}/"))
    assert first.select_one("[name=kind][checked]")["value"] == "arrives"
    assert [text_of(one) for one in first.select("noscript button")] == [
        "Passer aux questions suivantes",
        "Voir d’abord",
    ]
    seen = page_of(
        client.get(f"{URL}{scenario.pk}/", {"kind": "moves", "posts": "2", "voir": "1"})
    )
    assert [text_of(one) for one in seen.select("form.form .field__errors")] == [
        "Dites dans quelle commune.",
        "Dites dans quelle autre commune.",
    ]
    assert seen.find(id="id_posts")["value"] == "2"


def test_the_answer_comes_first_then_what_is_supposed_then_what_else(client, watcher, land):
    empty = page_of(client.get(f"{URL}{make(land, 'Rien').pk}/"))
    assert [text_of(one) for one in empty.select("main h2")][:1] == ["Et si…"]

    full = page_of(client.get(f"{URL}{make(land, 'Un départ', LEAVES).pk}/"))

    assert [text_of(one) for one in full.select("main h2")][:4] == [
        "Ce qui en résulte",
        "Ce qui est supposé",
        "Et si, en plus…",
        "Où",
    ]
    assert full.select_one(".page-head__actions a")["href"] == "#et-si"
    assert [text_of(one) for one in full.select(".panel .measure__change")] == [
        "autant qu’aujourd’hui",
        "−0,24 par rapport à aujourd’hui",
    ]


def test_figures_are_explained_where_they_stand(client, watcher, land, scenario):
    def told(url: str) -> str:
        (folded,) = [
            one
            for one in page_of(client.get(url)).select("main details")
            if text_of(one.summary) == "Comment lire ces chiffres"
        ]
        return text_of(folded)

    for url in ("/demographie/", "/demographie/communes/44902/"):
        said = told(url)
        assert "combien de consultations un habitant peut espérer en un an" in said
        assert "Le seuil, 2,5 :" in said
        assert "Ce qu’un scénario ne dit pas" not in said
    assert "Ce qu’un scénario ne dit pas" in told(f"{URL}{scenario.pk}/")
    assert "Pas de seuil :" in told("/demographie/communes/44902/?profession=nurse")


def test_what_cannot_be_keeps_the_form_and_says_why(client, watcher, scenario):
    page = page_of(
        client.post(
            f"{URL}{scenario.pk}/ajouter/",
            {"kind": "leaves", "commune": "44902", "posts": "9", "revision": "1"},
        ),
        422,
    )

    assert page.find(id="id_posts")["value"] == "9"
    assert "il ne peut pas en partir davantage" in text_of(page)
    moves = client.post(
        f"{URL}{scenario.pk}/ajouter/",
        {"kind": "moves", "commune": "44902", "posts": "1", "revision": "1"},
    )
    assert "Dites dans quelle autre commune" in text_of(page_of(moves, 422))
    people = {"kind": "people", "commune": "44902", "posts": "", "people": "-200"}
    assert (
        client.post(f"{URL}{scenario.pk}/ajouter/", {**people, "revision": "1"}).status_code == 302
    )


def test_the_second_of_two_who_edit_is_told(client, watcher, scenario):
    services.add_step(scenario=scenario, step=ARRIVES, revision=1, by=None, now=NOW)

    step = client.post(f"{URL}{scenario.pk}/ajouter/", {**TYPED, "revision": "1"})
    page = page_of(step, 409)
    assert "a changé pendant que vous le modifiiez" in text_of(page)
    assert page.select_one("form.form input[name=revision]")["value"] == "2"
    page = page_of(client.get(f"{URL}{scenario.pk}/decrire/"))
    typed = {one["name"]: one.get("value", "") for one in page.select("form.form input[name]")}
    services.describe_scenario(
        scenario=scenario,
        description=Description("Leur nom", "Pourquoi.", 1_000),
        revision=2,
        by=None,
        now=NOW,
    )
    mine = {**typed, "name": "Mon nom", "note": "Pourquoi."}
    conflict = page_of(client.post(f"{URL}{scenario.pk}/decrire/", mine), 409)
    assert "Leur nom" in text_of(conflict)
    assert conflict.find(id="id_name")["value"] == "Mon nom"


def test_a_name_taken_is_said_in_the_form(client, watcher, land, scenario):
    make(land, "Autre")
    page = client.post(f"{URL}nouveau/", {"name": "Autre", "care": "gp"})
    assert "porte déjà ce nom" in text_of(page_of(page, 422))

    page = client.post(f"{URL}{scenario.pk}/decrire/", {"name": "Autre", "revision": "1"})
    assert "porte déjà ce nom" in text_of(page_of(page, 422))
    told = {"name": "Neuf", "revision": "1", "shared": "on"}
    assert client.post(f"{URL}{scenario.pk}/decrire/", told).status_code == 302
    scenario.refresh_from_db()
    assert (scenario.name, scenario.shared) == ("Neuf", True)


def test_new_files_are_said_and_the_scenario_is_computed_again(client, watcher, scenario):
    save(professionals("44902;5;40\n44951;60;50\n"), 2025)
    assert "Les fichiers ont changé depuis ce calcul" in text_of(
        page_of(client.get(f"{URL}{scenario.pk}/"))
    )

    page = client.post(f"{URL}{scenario.pk}/recalculer/", follow=True)

    told = text_of(page_of(page))
    assert "Recalculé avec ce qui est là aujourd’hui" in told
    assert "Les fichiers ont changé" not in told


def test_two_scenarios_are_compared_commune_by_commune(client, watcher, land, scenario):
    other = make(land, "Une arrivée", ARRIVES)

    page = page_of(client.get(f"{URL}comparer/", {"a": scenario.pk, "b": other.pk}))

    first = text_of(page.select("table tbody tr")[0])
    assert first.startswith("Val-Fictif")
    told = text_of(page.find("main"))
    assert "1 professionnel de moins à Bourg-Fictif" in told
    heads = [text_of(head) for head in page.select("table thead th")]
    assert heads == ["Commune", "Premier", "Second", "Écart"]
    drawn = {path["data-place"]: path.title.get_text() for path in page.select("path[data-place]")}
    assert len(drawn) == 4
    assert drawn["44903"].startswith("Val-Fictif")
    assert "Choisissez deux scénarios" in text_of(page_of(client.get(f"{URL}comparer/")))
    twice = client.get(f"{URL}comparer/", {"a": scenario.pk, "b": scenario.pk})
    assert "deux fois le même scénario" in text_of(page_of(twice))


def test_a_departure_begins_a_scenario_from_the_page_of_its_commune(client, watcher, land):
    commune = page_of(client.get("/demographie/communes/44902/"))
    (href,) = [link["href"] for link in commune.select("main a") if "depart=" in link["href"]]

    asked = page_of(client.get(href))
    assert asked.find("input", {"name": "name"})["value"] == "Un départ à Bourg-Fictif"
    assert "1 professionnel de moins à Bourg-Fictif" in text_of(asked.find("main"))
    client.post(href, {"name": "Un départ", "care": "gp"})

    made = Scenario.objects.get()
    assert [(step["kind"], step["code"], step["posts"]) for step in made.steps] == [
        ("leaves", "44902", 100)
    ]
    # Nobody works there: nobody can leave.
    assert "depart=" not in client.get("/demographie/communes/44903/").content.decode()
    refused = client.post(href, {"name": "Personne", "care": "midwife"})
    assert refused.status_code == 422


def test_a_copy_is_made_deleted_and_brought_back(client, watcher, scenario):
    copied = client.post(f"{URL}{scenario.pk}/copier/")
    copy = Scenario.objects.exclude(pk=scenario.pk).get()
    assert copied.url == f"{URL}{copy.pk}/"

    listed = page_of(client.post(f"{URL}{copy.pk}/supprimer/", follow=True))
    assert client.get(f"{URL}{copy.pk}/").status_code == 404
    bar = listed.select_one(".undo form")
    rows = {"rows": bar.find("input", {"name": "rows"})["value"]}
    assert client.post(bar["action"], rows).url == URL
    assert client.get(f"{URL}{copy.pk}/").status_code == 200
    assert client.post(bar["action"], rows).status_code == 404
    assert client.post(bar["action"], {"rows": "x"}).status_code == 404


def test_a_result_is_handed_over_with_all_that_redoing_it_takes(client, watcher, scenario):
    table = b"".join(client.get(f"{URL}{scenario.pk}/export.csv").streaming_content).decode()
    assert "simulation, non opposable" in table
    assert "1 professionnel de moins à Bourg-Fictif" in " ".join(table.split())
    assert "proche-2015" in table

    paper = client.get(f"{URL}{scenario.pk}/scenario.pdf")

    told = " ".join(" ".join(pages_of(paper.content)).split())
    assert "simulation, non opposable" in told
    for name in ("Un départ", "Bourg-Fictif", "proche-2015", "Source fictive", __version__):
        assert name in told


def test_a_structure_reads_what_is_shared_and_nothing_else(client, land, scenario):
    member = MembershipFactory(partner=PartnerFactory(territory=land)).user
    client.force_login(member)
    assert client.get(f"{URL}{scenario.pk}/").status_code == 404
    shared = make(land, "Partagé", LEAVES, shared=True)

    page = page_of(client.get(f"{URL}{shared.pk}/"))

    assert page.find(id="id_kind") is None
    listed = page_of(client.get(URL))
    assert [text_of(one) for one in listed.select("tbody th a")] == ["Partagé"]
    stranger = MembershipFactory(partner=PartnerFactory(territory=TerritoryFactory())).user
    client.force_login(stranger)
    assert client.get(f"{URL}{shared.pk}/").status_code == 404


def test_pages_ask_as_much_for_one_as_for_many(
    client, watcher, land, scenario, django_assert_num_queries
):
    client.get(URL), client.get(f"{URL}{scenario.pk}/")
    with django_assert_num_queries(12):
        client.get(URL)
    make(land, "Deux", LEAVES), make(land, "Trois", ARRIVES)
    with django_assert_num_queries(12):
        client.get(URL, {"q": ""})
    with django_assert_num_queries(13):
        client.get(f"{URL}{scenario.pk}/")


def test_the_version_on_papers_is_that_of_the_package():
    project = Path(__file__).parents[3] / "pyproject.toml"

    assert tomllib.loads(project.read_text("utf-8"))["project"]["version"] == __version__
