"""A structure looks for somebody: by the place, then by the day, then asks to meet."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn
from tests.e2e.journeys import HOSPITAL_HR, expect_title
from tests.e2e.site import Site


def weigh(page: Page, *, place: int, day: int) -> list[str]:
    """Set two weights by the keyboard; return the cards in their new order."""
    for label, name, weight in (
        ("Proximité", "proximity", place),
        ("Date de début", "timing", day),
    ):
        page.get_by_label(label).fill(str(weight))
        page.get_by_label(label).press("Tab")
        expect(page).to_have_url(re.compile(rf"poids_{name}={weight}(&|$)"))
        expect(page.locator(".htmx-request")).to_have_count(0)
    return page.locator("#results h3").all_inner_texts()


def test_structure_moves_a_weight_and_asks_to_meet(page: Page, site: Site, sign_in: SignIn):
    sign_in(page, HOSPITAL_HR)
    page.goto(f"{site.url}/besoins/?metier=nurse")
    page.get_by_role("link", name="Trouver un profil").first.click()
    expect_title(page, "Trouver un profil")
    page.get_by_text("Ce qui compte dans le classement").click()

    by_place = weigh(page, place=100, day=0)
    by_day = weigh(page, place=0, day=100)

    assert by_place != by_day
    expect(page.locator("#results")).to_contain_text("À vérifier")
    page.get_by_role("link", name=re.compile("^Demander une mise en relation")).first.click()
    expect_title(page, "Demander une mise en relation")
    expect(page.locator("#id_besoin")).not_to_have_value("")
    page.get_by_role("button", name="Transmettre ma demande").click()
    expect(page.locator("#messages")).to_contain_text("Demande envoyée.")
