"""A household comes: its life project, a room granted, an employer who sees nothing of it."""

import re
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import (
    CANDIDATE,
    COORDINATOR,
    HOSPITAL_HR,
    expect_title,
    first_link,
    mails_to,
    text_of,
)
from tests.e2e.site import Site
from tests.papers import pages_of

PARTNER = "accueil@habitat.demo.example"
ROOM = "Deux T3 meublés pour une famille, Pornic"
MESSAGE = "Nous arrivons par le train du soir, avec deux valises."


def test_household_gets_a_room_and_its_employer_sees_nothing(
    open_page: PageOpener, site: Site, sign_in: SignIn
):
    person, partner = open_page(1440), open_page(1440)
    employer, coordinator = open_page(1440), open_page(1440)
    sign_in(person, CANDIDATE)
    sign_in(employer, HOSPITAL_HR)
    sign_in(coordinator, COORDINATOR)

    try:
        open_project(person, site)
        ask_for_the_room(person)
        grant(partner, site)
        booklet = read_booklet(person, site)
        assert ROOM in booklet
        assert "Accordée" in booklet
        see_nothing(employer, site)
        see_the_arrival_unblocked(coordinator, site)
    finally:
        withdraw(person, site)
    sign_in(partner, PARTNER)
    partner.goto(f"{site.url}/conciergerie/demandes/")
    expect(partner.locator("main")).not_to_contain_text(MESSAGE)


def open_project(page: Page, site: Site) -> None:
    """With a spouse who is a joiner and a baby."""
    page.goto(f"{site.url}/mon-projet-de-vie/")
    page.get_by_role("link", name="Ouvrir mon projet de vie").click()
    page.get_by_role("checkbox", name=re.compile("J’accepte que la coordination")).check()
    page.get_by_role("checkbox", name="Logement").check()
    page.get_by_role("combobox", name="Commune du travail").fill("Pornic")
    page.get_by_label("Adultes").fill("2")
    page.get_by_label("Âge des enfants à l’arrivée").fill("8 mois")
    page.get_by_role("combobox", name="Métier du conjoint").fill("Menuisier")
    page.get_by_role("button", name="Ouvrir mon projet").click()
    expect_title(page, "Mon projet de vie")


def ask_for_the_room(page: Page) -> None:
    """On days of its own calendar, which the page tells."""
    page.get_by_role("link", name="Logement", exact=True).click()
    page.get_by_role("link", name=f"Demander : {ROOM}").click()
    first = datetime.now(UTC).date() + timedelta(days=40)
    page.locator("#id_starts_on").fill(first.isoformat())
    page.locator("#id_ends_on").fill((first + timedelta(days=60)).isoformat())
    page.get_by_label("Message").fill(MESSAGE)
    page.get_by_role("checkbox", name=re.compile("J’accepte que «")).check()
    page.get_by_role("button", name="Envoyer la demande").click()
    expect_title(page, "Mon projet de vie")
    expect(page.locator("#demandes")).to_contain_text("Envoyée")


def grant(page: Page, site: Site) -> None:
    """From the link of the mail, without signing in: one button."""
    for mail in reversed(mails_to(site, PARTNER)):
        text = text_of(mail)
        if "/conciergerie/reponse/" not in text:
            continue
        page.goto(f"{site.url}{first_link(text, '/conciergerie/reponse/')}")
        if MESSAGE in page.locator("main").inner_text():
            break
    expect(page.locator("main")).to_contain_text(MESSAGE)
    page.get_by_role("button", name="Accorder").click()
    expect_title(page, "Merci")


def read_booklet(page: Page, site: Site) -> str:
    """Download the PDF and return its text on one line."""
    page.goto(f"{site.url}/mon-projet-de-vie/")
    expect(page.locator("#demandes")).to_contain_text("Accordée")
    page.get_by_role("link", name="Mon livret d’accueil").click()
    with page.expect_download() as started:
        page.get_by_role("link", name="Télécharger en français").click()
    return re.sub(r"\s+", " ", " ".join(pages_of(started.value.path().read_bytes())))


def see_nothing(page: Page, site: Site) -> None:
    """No page of the desk, no line of the lists of who recruits."""
    page.goto(f"{site.url}/conciergerie/suivi/")
    expect(page.locator("h1")).not_to_have_text("Qui attend quoi pour venir ?")
    for address in ("/vivier/", "/mises-en-relation/", "/besoins/"):
        page.goto(f"{site.url}{address}")
        expect(page.locator("main")).not_to_contain_text("Menuisier")


def see_the_arrival_unblocked(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/conciergerie/suivi/?q=Goff&situation=unblocked")
    expect(page.locator("#results")).to_contain_text("Le Goff")
    expect(page.locator("#results tbody")).to_contain_text("Arrivée débloquée")


def withdraw(page: Page, site: Site) -> None:
    """Leave the demo as it was."""
    page.goto(f"{site.url}/mon-projet-de-vie/retirer-mon-accord/")
    page.get_by_role("button", name="Retirer mon accord").click()
    expect_title(page, "Que faut-il à votre foyer pour venir ?")
