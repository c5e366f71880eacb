"""Medical demography in a browser: an institution asks « what if », then where to put three."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.site import Site
from tests.papers import pages_of

INSTITUTION = "institution@demo.example"


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
