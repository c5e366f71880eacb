"""Aids: a rule written and tried by the coordination; an aid followed by the one who asked."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import CANDIDATE, COORDINATOR, expect_title
from tests.e2e.site import Site


@pytest.mark.parametrize("scripts", [True, False], ids=["live", "without scripts"])
def test_coordinator_writes_a_rule_beside_its_trial(
    open_page: PageOpener, site: Site, sign_in: SignIn, scripts: bool
):
    page = open_page(1440, scripts=scripts)
    sign_in(page, COORDINATOR)
    page.goto(f"{site.url}/aides/bourse-vienne/regle/")
    answer = page.locator("#reponse")

    def tried() -> None:
        if not scripts:
            page.get_by_role("button", name="Essayer").click()

    page.locator("#id_text").fill("metier = nurse\nags <= 30")
    tried()
    expect(answer).to_contain_text("Ligne 2")
    page.get_by_role("button", name="Enregistrer la règle").click()
    expect(page.get_by_role("alert").first).to_contain_text("Ligne 2, colonne 1")

    page.locator("#id_text").fill("age <= 30")
    tried()
    expect(answer.locator(".tag")).to_have_text("À vérifier")
    for age, verdict in (("25", "Oui"), ("34", "Non")):
        page.locator("#id_essai-age").fill(age)
        tried()
        expect(answer.locator(".tag")).to_have_text(verdict)
    if scripts:
        # What is typed while an answer is awaited stays.
        age, held = page.locator("#id_essai-age"), list[Route]()

        def hold_first(route: Route) -> None:
            held.append(route)
            if len(held) > 1:
                route.continue_()

        page.route("**/regle/essai/", hold_first)
        with page.expect_request("**/regle/essai/"):
            age.fill("2")
        age.press_sequentially("9")
        held[0].continue_()
        expect(answer.locator(".tag")).to_have_text("Oui")
        expect(age).to_have_value("29")
    # A version of long after: no answer of the demo changes.
    page.locator("#id_applies_from").fill("2098-01-01" if scripts else "2099-01-01")
    page.get_by_role("button", name="Enregistrer la règle").click()

    expect_title(page, "Versions et cas")
    expect(page.locator("ins").first).to_contain_text("age <= 30")


def test_person_follows_an_aid_until_its_clock_runs(page: Page, site: Site, sign_in: SignIn):
    sign_in(page, CANDIDATE)
    page.goto(f"{site.url}/aides/cesp/")
    page.get_by_role("link", name="Suivre ma demande").click()
    page.get_by_label("Demandée le").fill("2026-01-05")
    page.get_by_role("button", name="Suivre cette demande").click()
    page.wait_for_url(re.compile(r"/aides/demandes/\d+/"))

    page.get_by_role("link", name="Accordée").click()
    page.get_by_label("Date").fill("2026-01-20")
    page.get_by_label("Montant accordé").fill("14 400")
    page.get_by_label("L’engagement commence le").fill("2026-01-20")
    page.get_by_label("Durée de la formation").fill("12")
    page.get_by_role("button", name="Enregistrer").click()

    clock = page.locator("#engagement")
    expect(clock.locator("progress")).to_be_visible()
    expect(clock).to_contain_text("Dernier jour dû")
    page.goto(f"{site.url}/aides/demandes/les-miennes/")
    expect(page.get_by_role("link", name=re.compile("CESP"))).to_be_visible()
