"""Training, from a wish to a result: the person and the coordination, in turn."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import CANDIDATE, COORDINATOR, expect_title
from tests.e2e.site import Site

COURSE = "Accompagnement à la VAE d’aide-soignant"
PERSON = "Camille Le Goff"


def test_wish_becomes_a_place_a_presence_and_a_result(
    page: Page, open_page: PageOpener, site: Site, sign_in: SignIn
):
    person = open_page(1440)
    sign_in(person, CANDIDATE)
    sign_in(page, COORDINATOR)
    person.goto(f"{site.url}/formations/mes-formations/souhait/")
    person.get_by_label("Formation", exact=True).select_option(label=COURSE)
    for month in person.get_by_role("checkbox").all()[1:6]:
        month.check()
    start = person.get_by_role("combobox", name="Au départ de")
    start.fill("")
    start.press("Tab")
    person.get_by_role("button", name="Noter mon souhait").click()
    wish = person.locator("li", has_text=COURSE)
    expect(wish).to_contain_text("5 mois possibles")
    wish.get_by_role("link", name="Modifier").click()
    person.get_by_role("checkbox").nth(6).check()
    person.get_by_role("button", name="Enregistrer").click()
    expect(wish).to_contain_text("6 mois possibles")

    page.goto(f"{site.url}/formations/plan/")
    page.get_by_role("button", name="Refaire le plan").click()
    expect(page.get_by_text("Calcul en cours")).to_be_visible()
    site.manage("run_outbox")
    run = page.get_by_role("row").filter(has_text=COURSE).filter(has_text=PERSON)
    run.get_by_role("button", name="Ouvrir et proposer les places").click()
    expect(run).to_contain_text("Inscriptions ouvertes")

    person.goto(f"{site.url}/formations/mes-formations/")
    place = person.locator("li", has_text=COURSE).first
    place.get_by_role("button", name="Confirmer").click()
    expect(place).to_contain_text("Inscription confirmée")
    first = re.search(r"(\d\d)/(\d\d)/(\d{4}) –", place.inner_text())
    assert first
    day = "-".join(reversed(first.groups()))

    run.get_by_role("link", name=COURSE).click()
    page.get_by_text("Plus", exact=True).click()
    page.get_by_role("link", name="Ajouter une séance").click()
    page.get_by_label("Début").fill(f"{day}T09:00")
    page.get_by_label("Fin").fill(f"{day}T12:00")
    page.get_by_role("button", name="Ajouter").click()
    page.get_by_role("link", name="09:00 – 12:00").click()
    page.get_by_label(f"Présence de {PERSON}").select_option("present")
    page.get_by_role("button", name="Enregistrer la feuille").click()
    row = page.get_by_role("row").filter(has_text=PERSON)
    expect(row).to_contain_text("1 sur 1")
    row.get_by_role("link").click()
    expect_title(page, "Camille Le Goff (fictive)")
    page.get_by_label("Résultat", exact=True).select_option("passed")
    page.get_by_label("Résultat du").fill(day)
    page.get_by_role("button", name="Noter le résultat").click()

    expect(page.get_by_text("Résultat noté")).to_be_visible()
    person.reload()
    expect(place).to_contain_text("Réussite complète")
