"""What a visitor does: with the keys alone, without JavaScript, on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.checks import overflow
from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import COORDINATOR, expect_title, number_in
from tests.e2e.site import Site

PHONE = 390
TABS_AT_MOST = 80


def reach(page: Page, name: str | re.Pattern[str]) -> None:
    """Press Tab until the element of that name has the focus, which must be seen."""
    wanted = name if isinstance(name, re.Pattern) else re.compile(re.escape(name))
    for _ in range(TABS_AT_MOST):
        page.keyboard.press("Tab")
        said, outline = page.evaluate(
            """() => {
                const here = document.activeElement;
                // A card that is a link shows the focus of its title around itself.
                const style = getComputedStyle(here.closest('.card--link') || here);
                const label = here.labels && here.labels.length ? here.labels[0].innerText : '';
                const words = here.getAttribute('aria-label') || label || here.innerText || '';
                return [words, style.outlineStyle + ' ' + style.outlineWidth];
            }"""
        )
        if wanted.search(said):
            assert not outline.startswith("none"), f"the focus on « {said} » is not seen"
            return
    raise AssertionError(f"{TABS_AT_MOST} tabs do not reach {name}")


def test_keys_alone_lead_from_home_to_an_offer_to_a_contact_sent(page: Page, site: Site):
    page.goto(site.url)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Aller au contenu")
    page.keyboard.press("Enter")

    reach(page, "Quel métier, quelle commune")
    page.keyboard.type("aide-soignant")
    page.keyboard.press("Enter")
    expect_title(page, "Les offres du territoire")
    reach(page, re.compile(r"^Aide-soignant"))
    page.keyboard.press("Enter")
    expect_title(page, re.compile("Aide-soignant"))
    reach(page, "Me faire rappeler")
    page.keyboard.press("Enter")
    expect_title(page, "Me faire connaître")
    reach(page, re.compile("^Nom|^Votre nom|^Prénom"))
    page.keyboard.type("Personne fictive du clavier")
    reach(page, re.compile("adresse électronique"))
    page.keyboard.type("clavier@exemple.test")
    reach(page, "Envoyer")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile("/me-faire-connaitre/merci/"))


def test_offers_and_overview_are_filtered_without_javascript(open_page: PageOpener, site: Site):
    page = open_page(1440, scripts=False)
    page.goto(f"{site.url}/offres/")
    before = page.locator("#results").inner_text()

    page.get_by_label("Mots").fill("kinesitherapeute")
    page.get_by_role("button", name="Actualiser").click()

    assert "q=kinesitherapeute" in page.url
    titles = page.locator("#results h2 a, #results h3 a").all_inner_texts()
    assert titles
    assert {title.partition(" ")[0] for title in titles} == {"Masseur-kinésithérapeute"}
    assert number_in(page.locator("#results").inner_text()) < number_in(before)

    page.goto(f"{site.url}/territoire/")
    page.locator("#id_metier").select_option(index=1)
    page.get_by_role("button", name="Actualiser").click()
    assert "metier=" in page.url
    expect(page.get_by_role("heading", name="Quels métiers", exact=True)).to_be_visible()


@pytest.mark.parametrize("width", [PHONE, 1440])
def test_legend_of_the_map_is_to_its_scale(open_page: PageOpener, site: Site, width: int):
    page = open_page(width)
    page.goto(f"{site.url}/territoire/")

    scales = page.evaluate(
        """() => [...document.querySelectorAll('.map, .map-legend__circles svg')].map(
            (drawing) => drawing.getBoundingClientRect().width / drawing.viewBox.baseVal.width)"""
    )

    assert len(scales) > 1
    assert scales == pytest.approx([scales[0]] * len(scales), rel=0.01)


def test_language_and_sign_in_need_no_javascript(open_page: PageOpener, site: Site):
    page = open_page(1440, scripts=False)
    page.goto(f"{site.url}/offres/")

    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url == f"{site.url}/offres/"
    page.get_by_role("button", name="Français").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    page.get_by_role("link", name="Se connecter").click()
    page.get_by_label("Adresse électronique").fill(COORDINATOR)
    page.get_by_label("Mot de passe").fill("ancrage-demo-2026")
    page.get_by_role("button", name="Se connecter").click()

    expect(page.get_by_text("Anne Moreau (fictive)").first).to_be_attached()


def test_phone_opens_the_menu_filters_and_reads_the_dashboard(
    open_page: PageOpener, site: Site, sign_in: SignIn
):
    page = open_page(PHONE)
    sign_in(page, COORDINATOR)
    page.goto(site.url)
    menu = page.get_by_role("button", name="Menu")
    section = page.get_by_role("navigation", name="Navigation principale")

    expect(section.get_by_role("link", name="Territoire")).to_be_hidden()
    menu.click()
    expect(menu).to_have_attribute("aria-expanded", "true")
    section.get_by_role("link", name="Territoire").click()
    expect_title(page, "Où, quand, quels métiers ?")
    assert overflow(page) == 0

    expect(page.locator("#id_metier")).to_be_hidden()
    page.get_by_role("search").get_by_text("Filtrer").click()
    page.locator("#id_metier").select_option(index=1)
    expect(page).to_have_url(re.compile("metier="))
    expect(page.locator("[data-filters-count]")).to_be_visible()
    expect(page.get_by_role("heading", name="Quand", exact=True)).to_be_visible()
    heat = page.get_by_role("region", name=re.compile("mois", re.IGNORECASE)).first
    heat.scroll_into_view_if_needed()
    assert overflow(page) == 0
