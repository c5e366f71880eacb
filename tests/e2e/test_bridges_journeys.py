"""A care assistant sees how to become a nurse; the coordination, who could become one of hers."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn
from tests.e2e.journeys import COORDINATOR, expect_title
from tests.e2e.site import Site


def test_care_assistant_sees_the_ways_to_become_a_nurse(page: Page, site: Site, sign_in: SignIn):
    sign_in(page, "soignante@demo.example")
    page.goto(f"{site.url}/passerelles/ma-passerelle/")
    page.get_by_label("Métier ou titre visé").select_option("nurse")
    page.get_by_role("button", name="Voir les chemins").click()

    way = page.locator("section.card", has_text="Chemin 1").first
    expect(way).to_contain_text("AFGSU niveau 2 en cours de validité")
    expect(way).to_contain_text("à renouveler avant le")
    expect(way).to_contain_text("Étude promotionnelle")
    expect(way).to_contain_text("de service")


def test_coordinator_sees_who_could_become_a_care_assistant(
    page: Page, site: Site, sign_in: SignIn
):
    sign_in(page, COORDINATOR)
    page.goto(f"{site.url}/passerelles/devenir/")
    page.get_by_role("link", name="Aide-soignant (AS)").click()
    expect_title(page, "Qui pourrait devenir : Aide-soignant (AS)")
    page.get_by_label("Dans les").select_option("12")
    expect(page).to_have_url(re.compile("horizon=12"))

    expect(page.locator("#results table")).to_contain_text("(fictive)")
    expect(page.locator("main")).to_contain_text("Manque comblé")
