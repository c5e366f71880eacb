"""The board of introductions: by the mouse, without JavaScript, and by the keyboard alone."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import HOSPITAL_HR
from tests.e2e.site import Site

ANSWERED = "Réponse envoyée"
# More than stands before the last card of the board.
MOST_TABS = 80


def cards(page: Page, step: str) -> int:
    return int(page.locator(f"[data-column={step}] .board__head .count").inner_text())


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
        card.locator("summary").click()
        card.locator("button[value=answered]").click()

    expect(page.locator(".undo")).to_contain_text(ANSWERED)
    assert (cards(page, "agreed"), cards(page, "answered")) == (before[0] - 1, before[1] + 1)
    page.locator(".undo").get_by_role("button", name="Annuler").click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#messages")).to_contain_text("Étape annulée.")


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus: whoever has no mouse gets there so."""
    for _step in range(MOST_TABS):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached by the keyboard")


def test_card_goes_to_its_next_step_by_the_keyboard_alone(page: Page, site: Site, sign_in: SignIn):
    sign_in(page, HOSPITAL_HR)
    page.goto(f"{site.url}/mises-en-relation/")
    before = cards(page, "agreed"), cards(page, "answered")
    card = page.locator("[data-column=agreed] [data-card]").first

    tab_to(page, card.locator("summary"))
    page.keyboard.press("Enter")
    tab_to(page, card.locator("button[value=answered]"))
    page.keyboard.press("Enter")

    expect(page.locator(".undo")).to_contain_text(ANSWERED)
    assert (cards(page, "agreed"), cards(page, "answered")) == (before[0] - 1, before[1] + 1)
    tab_to(page, page.locator(".undo").get_by_role("button", name="Annuler"))
    page.keyboard.press("Enter")
    expect(page.locator("#messages")).to_contain_text("Étape annulée.")
