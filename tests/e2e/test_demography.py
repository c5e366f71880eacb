"""Medical demography in a browser: an institution asks « what if », then where to put three."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.site import Site
from tests.papers import pages_of

INSTITUTION = "institution@demo.example"
COORDINATOR = "coordination@demo.example"


def test_an_institution_asks_where_to_put_three_and_prints(
    open_page: PageOpener, site: Site, sign_in: SignIn
):
    page = open_page(1440)
    sign_in(page, INSTITUTION)
    page.goto(f"{site.url}/demographie/")
    page.get_by_role("link", name="Où placer des postes").click()
    page.get_by_label("Postes à placer").fill("3")
    page.get_by_label("Réduire le manque").check()
    page.get_by_role("button", name="Chercher où placer ces postes").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Médecins généralistes\u00a0: où placer 3 postes"
    )
    heading = page.get_by_role("heading", name="Réduire le manque", exact=True)
    answer = page.locator(".card", has=heading)
    expect(answer).to_contain_text("Frossay")
    expect(answer).to_contain_text("On ne peut pas faire mieux")
    expect(page.locator("main")).to_contain_text("simulation, non opposable")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()
    expect(answer).to_be_visible()
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="screen")

    with page.expect_download() as download:
        page.get_by_role("link", name="Exporter CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "Frossay" in text
    assert "DREES, APL aux médecins généralistes 2015" in text
    with page.expect_download() as download:
        page.get_by_role("link", name="Exporter PDF").click()
    told = " ".join(" ".join(pages_of(download.value.path().read_bytes())).split())
    for words in ("Frossay", "Avant et après", "On ne peut pas faire mieux", "non opposable"):
        assert words in told
    page.get_by_role("link", name="Relever la commune la moins bien servie").click()
    expect(page.locator("#gains")).to_contain_text("Accès avec ces postes")


def test_an_institution_asks_what_if_one_leaves_and_one_settles(
    open_page: PageOpener, site: Site, sign_in: SignIn
):
    page = open_page(1440)
    sign_in(page, INSTITUTION)
    page.goto(f"{site.url}/demographie/scenarios/")
    page.get_by_role("link", name="Nouveau scénario").first.click()
    page.get_by_label("Nom du scénario").fill("De Saint-Père à Frossay")
    page.get_by_label("Patients suivis par un professionnel").fill("1000")
    page.get_by_role("button", name="Créer, puis dire ce qui change").click()

    suppose(page, "S’en va", "Saint-Père-en-Retz")
    expect(page.locator("main")).to_contain_text("1 professionnel de moins à Saint-Père-en-Retz")
    suppose(page, "S’installe", "Frossay")

    main = page.locator("main")
    expect(main).to_contain_text("1 professionnel de plus à Frossay")
    expect(main).to_contain_text("habitants y gagnent")
    expect(main).to_contain_text("1\u202f000 patients cherchent quelqu’un")
    expect(main).to_contain_text("simulation, non opposable")
    with page.expect_download() as download:
        page.get_by_role("link", name="Exporter PDF").click()
    told = " ".join(" ".join(pages_of(download.value.path().read_bytes())).split())
    for words in ("De Saint-Père à Frossay", "Saint-Viaud", "simulation, non opposable"):
        assert words in told

    page.goto(f"{site.url}/demographie/scenarios/comparer/")
    page.get_by_label("Premier scénario").select_option(label="De Saint-Père à Frossay")
    page.wait_for_url("**/comparer/?*a=*")
    page.get_by_label("Second scénario").select_option(label="Deux départs à Saint-Père-en-Retz")
    expect(page.locator("#results")).to_contain_text("Commune par commune")


def suppose(page: Page, kind: str, commune: str) -> None:
    """Choose, read the preview, add."""
    page.get_by_label(kind, exact=True).check()
    page.get_by_label(re.compile(r"quelle commune")).select_option(label=commune)
    expect(page.locator("#apercu")).to_contain_text(commune)
    page.get_by_role("button", name="Ajouter au scénario").click()


@pytest.mark.parametrize("path", ["/demographie/departs/", "/composants/"])
def test_curves_are_read_on_a_phone(open_page: PageOpener, site: Site, sign_in: SignIn, path: str):
    page = open_page(390)
    sign_in(page, INSTITUTION)
    page.goto(site.url + path)

    words = page.locator("svg.chart text:visible")
    sizes = words.evaluate_all(
        "texts => texts.map(text => parseFloat(getComputedStyle(text).fontSize)"
        " * text.getScreenCTM().a)"
    )
    assert len(sizes) >= 8
    assert min(sizes) >= 12
    ends = words.evaluate_all("texts => texts.map(text => text.getBoundingClientRect().right)")
    assert max(ends) <= 390
    # The names of the curves stand above, where there is no room at their ends.
    expect(page.locator(".figure__legend").first).to_be_visible()
    expect(page.locator(".chart__name").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tab = page.locator(".tabs [aria-current]").first.bounding_box()
    assert tab is not None
    assert tab["x"] >= 0
    assert tab["x"] + tab["width"] <= 390


def test_a_coordinator_types_a_set_mends_it_and_counts_with_it(
    open_page: PageOpener, site: Site, sign_in: SignIn
):
    page = open_page(1440)
    sign_in(page, COORDINATOR)
    page.goto(f"{site.url}/demographie/")
    before = how_it_is_counted(page)
    page.get_by_role("link", name="Qualité").click()
    page.get_by_role("link", name="Paramètres du calcul").click()
    page.get_by_role("link", name="Nouveau jeu").first.click()
    page.get_by_label("Nom du jeu").fill("Médecins, feuille lue")
    page.get_by_label("Source").fill("Feuille « Paramètres » du classeur")
    page.get_by_label("Date des valeurs").fill("2023-12-31")
    page.get_by_label("Par paliers").check()
    steps = page.get_by_label(re.compile("^Paliers"))
    steps.fill("5 ; 1\n10 ; 0,3\n15 ; 0,6")
    page.get_by_label("Un poste à plein temps apporte").fill("5400")
    page.get_by_label("Seuil").fill("2,5")
    page.get_by_label("Ses actes, sans borne").check()
    page.get_by_role("button", name="Garder ce jeu").click()

    # Refused where it stands: the third line goes up again.
    expect(page.get_by_role("alert")).to_contain_text("Palier 3\u00a0: le poids remonte")
    page.get_by_role("alert").get_by_role("link").click()
    expect(steps).to_be_focused()
    expect(page.get_by_label("Nom du jeu")).to_have_value("Médecins, feuille lue")
    steps.fill("5 ; 1\n10 ; 0,3\n15 ; 0,1")
    page.get_by_role("button", name="Garder ce jeu").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Médecins, feuille lue")

    page.get_by_role("button", name="Compter avec ce jeu").click()
    expect(page.get_by_role("heading", name="Jeu du territoire")).to_be_visible()
    page.get_by_role("link", name="Carte", exact=True).click()
    after = how_it_is_counted(page)
    assert after != before
    counted = page.get_by_role("link", name=re.compile("^Médecins, feuille lue, version 1"))
    expect(counted).to_be_visible()
    counted.click()
    page.get_by_role("button", name="Revenir au jeu de la plateforme").click()
    page.goto(f"{site.url}/demographie/")
    assert how_it_is_counted(page) == before


def how_it_is_counted(page: Page) -> list[str]:
    """Return what we compute for each commune, as the table says it."""
    head = page.locator("#results thead th")
    column = ["Notre calcul" in text for text in head.all_inner_texts()].index(True)
    return page.locator(f"#results tbody tr > :nth-child({column + 1})").all_inner_texts()
