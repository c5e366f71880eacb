"""A shared post: detected by the coordination, agreed to from two mails, one need in the end."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import (
    COORDINATOR,
    HOSPITAL_HR,
    NURSING_HOME,
    first_link,
    mails_to,
    text_of,
)
from tests.e2e.site import Site

TRADE = "Diététicien"
REPLY = "/postes-partages/reponse/"


def test_two_fractions_become_one_need(open_page: PageOpener, site: Site, sign_in: SignIn):
    coordinator, employer = open_page(1440), open_page(390)
    sign_in(coordinator, COORDINATOR)

    detect(coordinator, site)
    file = open_file(coordinator)
    set_terms(coordinator)
    coordinator.get_by_role("button", name="Consulter les employeurs").click()
    expect(coordinator.locator("#messages")).to_contain_text("un courriel où répondre")
    for email in (HOSPITAL_HR, NURSING_HOME):
        agree_from_mail(employer, site, email)

    expect(employer.locator("main")).to_contain_text("Tous les employeurs sont d’accord")
    coordinator.goto(file)
    coordinator.get_by_role("link", name="Voir le besoin commun").click()
    expect(coordinator.locator("main")).to_contain_text("0,5 ETP à Hôpital de la Côte (fictif)")
    expect(coordinator.locator("main")).to_contain_text("0,4 ETP à EHPAD Le Phare (fictif)")
    number = re.search(r"/besoins/(\d+)/", coordinator.url)
    assert number
    employer.goto(f"{site.url}/offres/{number[1]}/")
    expect(employer.locator("main")).to_contain_text("Poste partagé")


def detect(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/postes-partages/detection/")
    page.get_by_role("button", name=re.compile("détection|Détecter")).click()
    expect(page.get_by_role("heading", name="Postes partagés possibles")).to_be_visible()
    site.manage("run_outbox")
    page.reload()


def open_file(page: Page) -> str:
    """Open the file of the two fractions that the demo leaves alone; return its address."""
    card = page.locator(".card", has=page.get_by_role("heading", name=re.compile(TRADE)))
    expect(card).to_contain_text("La personne y gagne 0,9 ETP")
    card.get_by_role("button", name="Ouvrir un dossier").click()
    page.wait_for_url(re.compile(r"/postes-partages/\d+/"))
    return page.url


def set_terms(page: Page) -> None:
    page.get_by_role("link", name="Fixer les conditions").click()
    page.get_by_label("Forme juridique").select_option(
        label="Mise à disposition d’un agent public"
    )
    page.get_by_role("button", name="Enregistrer les conditions").click()
    expect(page.locator("main")).to_contain_text("rembourse 44 % à Hôpital de la Côte (fictif)")


def agree_from_mail(page: Page, site: Site, email: str) -> None:
    """Follow the link of the mail, which needs no account, and press one button."""
    letters = [text_of(mail) for mail in mails_to(site, email)]
    asked = [text for text in letters if REPLY in text and TRADE in text]
    page.goto(site.url + first_link(asked[-1], REPLY))
    page.get_by_role("button", name="D’accord pour partager").click()
    expect(page.get_by_role("button", name="Annuler ma réponse")).to_be_visible()
