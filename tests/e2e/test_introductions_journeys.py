"""The board of introductions: by the mouse, and in a browser without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import HOSPITAL_HR
from tests.e2e.site import Site

ANSWERED = "Réponse envoyée"


def cards(page: Page, step: str) -> int:
    return page.locator(f"[data-column={step}] [data-card]").count()


@pytest.mark.parametrize("scripts", [True, False], ids=["dragged", "without scripts"])
def test_card_goes_to_its_next_step(
    open_page: PageOpener, site: Site, sign_in: SignIn, scripts: bool
):
    page = open_page(1440, scripts=scripts)
    sign_in(page, HOSPITAL_HR)
    page.goto(f"{site.url}/mises-en-relation/")
    before = cards(page, "agreed"), cards(page, "answered")
    card = page.locator("[data-column=agreed] [data-card]").first

    if scripts:
        card.locator(".note").first.drag_to(page.locator("[data-column=answered] .board__head"))
    else:
        card.get_by_role("combobox").select_option("answered")
        card.get_by_role("button").click()

    expect(page.locator(".undo")).to_contain_text(ANSWERED)
    assert (cards(page, "agreed"), cards(page, "answered")) == (before[0] - 1, before[1] + 1)
    page.locator(".undo").get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#messages")).to_contain_text("Étape annulée.")
