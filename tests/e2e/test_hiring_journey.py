"""From a visitor to a hire, and out again: every side in turn, each in its own browser."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import (
    COORDINATOR,
    HOSPITAL_HR,
    codes_sent_to,
    expect_title,
    number_in,
    publish_short_need,
)
from tests.e2e.site import Site

FIRST, LAST = "Gwladys", "Kermadec-Essai"
NAME = f"{FIRST} {LAST}"
EMAIL = "gwladys.kermadec@demo.example"
PASSWORD = "un-phare-dans-la-brume-29"
TRADE = "Infirmier en soins généraux (IDE)"
TOWN = "Pornic"


def test_visitor_is_hired_then_leaves_without_a_trace(
    open_page: PageOpener, site: Site, sign_in: SignIn
):
    person, employer, coordinator = open_page(1440), open_page(1440), open_page(1440)
    sign_in(employer, HOSPITAL_HR)
    sign_in(coordinator, COORDINATOR)
    before = figures(coordinator, site)

    make_oneself_known(person, site)
    open_account(person, site)
    card = complete_profile(person)
    need = publish_short_need(employer, site, profession=TRADE).rstrip("/").rpartition("/")[2]
    introduction = ask_for(employer, card, need)
    accompany(coordinator, site)
    agree(person)
    meet_and_hire(employer, introduction)
    note_the_post(coordinator)

    after = figures(coordinator, site)
    assert after == Figures(
        before.known + 1, before.accompanied + 1, before.introduced + 1, before.hired + 1
    )
    read_who_looked(person, site)
    take_away_and_erase(person, site)
    employer.goto(introduction)
    expect(employer.locator("body")).not_to_contain_text(LAST)
    coordinator.goto(f"{site.url}/profils/?q={LAST}")
    expect(coordinator.locator("[data-announce]")).to_have_text("0 profil")


@dataclass(frozen=True)
class Figures:
    """The first four steps of the funnel."""

    known: int
    accompanied: int
    introduced: int
    hired: int


def figures(page: Page, site: Site) -> Figures:
    """Read the funnel as the coordination sees it."""
    page.goto(f"{site.url}/parcours/chiffres/")
    rows = page.get_by_role("table", name="Personnes à chaque étape").locator("tbody tr")
    return Figures(
        *(number_in(rows.nth(row).locator("td.number").first.inner_text()) for row in range(4))
    )


def make_oneself_known(page: Page, site: Site) -> None:
    """From the home page, in one form."""
    page.goto(site.url)
    page.get_by_role("link", name="Me faire connaître").first.click()
    page.get_by_label("Votre prénom").fill(FIRST)
    page.get_by_label("Votre nom").fill(LAST)
    page.get_by_label("Votre adresse électronique").fill(EMAIL)
    page.get_by_label("Votre métier").fill("IDE")
    page.get_by_label("Près de quelle commune").select_option(label=TOWN)
    page.get_by_role("checkbox", name=re.compile("sans mon nom")).check()
    page.get_by_role("button", name="Envoyer").click()
    expect_title(page, "Merci, c’est bien reçu")


def open_account(page: Page, site: Site) -> None:
    """With the same address: the profile waits there."""
    page.get_by_role("link", name="Ouvrir un compte").click()
    page.get_by_label("Prénom").fill(FIRST)
    page.get_by_label("Nom", exact=False).last.fill(LAST)
    page.get_by_label("Adresse électronique").fill(EMAIL)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Ouvrir mon compte").click()
    page.get_by_label("Code").wait_for()
    (code,) = codes_sent_to(site, EMAIL)
    page.get_by_label("Code").fill(code)
    page.locator("main").get_by_role("button").first.click()
    page.get_by_role("button", name="C’est le mien").click()
    expect_title(page, "Mon profil")


def complete_profile(page: Page) -> str:
    """Say when and for which contract; return the number of the card."""
    page.get_by_role("link", name="Souhaits et disponibilité").click()
    page.get_by_label("Disponible à partir du").fill(day_in(30).isoformat())
    page.get_by_role("checkbox", name="CDI").check()
    page.get_by_role("button", name="Enregistrer").click()
    expect_title(page, "Mon profil")
    found = re.search(r"numéro (\w{8})", page.locator("main").inner_text())
    assert found
    return found[1]


def ask_for(page: Page, card: str, need: str) -> str:
    """Find the card among those of the trade, ask for the person; return the request's page."""
    page.get_by_role("navigation", name="Navigation principale").get_by_text("Personnes").click()
    page.get_by_role("link", name="Vivier").click()
    page.get_by_label("Métier").select_option(label=TRADE)
    expect(page.get_by_role("link", name="Retirer le filtre")).to_be_visible()
    asking = page.get_by_role("link", name=f"carte {card}")
    number = 1
    while not asking.count():
        number += 1
        page.get_by_role("link", name="Suivante").click()
        expect(page.locator(".pagination [aria-current]")).to_contain_text(str(number))
    expect(page.locator("main")).not_to_contain_text(LAST)
    asking.click()
    page.get_by_label("Poste").select_option(need)
    page.get_by_role("button", name="Transmettre ma demande").click()
    expect_title(page, re.compile(r"Profil n°\s\d+"))
    expect(page.locator("main")).to_contain_text("Son identité ne vous est pas montrée")
    return page.url


def accompany(page: Page, site: Site) -> None:
    """The coordination finds the person and opens their journey."""
    page.goto(f"{site.url}/profils/")
    page.get_by_role("searchbox").fill(LAST)
    expect(page.get_by_role("link", name="Retirer le filtre")).to_be_visible()
    page.get_by_role("link", name=NAME).click()
    page.get_by_role("link", name="Ouvrir un parcours").click()
    page.get_by_label("Objectif").fill("Un poste de jour")
    page.get_by_label("Prochaine action").fill("Appeler après la réponse")
    page.get_by_label("À faire le").fill(day_in(7).isoformat())
    page.get_by_role("button", name="Ouvrir le parcours").click()
    expect_title(page, NAME)


def agree(page: Page) -> None:
    """The person reads the post and lets this structure know their name."""
    page.get_by_role("navigation", name="Navigation principale").get_by_text("Mon espace").click()
    page.get_by_role("link", name="Mes mises en relation").click()
    page.get_by_role("link", name="Lire et répondre").click()
    page.get_by_role("button", name="J’accepte").click()
    expect(page.locator("main")).to_contain_text("Réponse de la structure")


def meet_and_hire(page: Page, introduction: str) -> None:
    """The structure reads the name, meets, offers, hires."""
    page.goto(introduction)
    expect_title(page, NAME)
    page.get_by_role("button", name="Accepter de rencontrer").click()
    page.get_by_role("link", name="Fixer un rendez-vous").click()
    page.get_by_label("Jour et heure").fill(f"{day_in(7).isoformat()}T10:00")
    page.get_by_label("Lieu").fill("Service de chirurgie")
    page.get_by_role("button", name="Envoyer l’invitation").click()
    page.get_by_role("button", name="Faire une offre").click()
    page.get_by_role("link", name="Noter l’embauche").click()
    page.get_by_role("button", name="Noter l’embauche").click()
    expect(page.get_by_role("status").first).to_contain_text("Embauche notée")


def note_the_post(page: Page) -> None:
    """The coordination does not wait for the daily round to write the post in the journey."""
    page.locator("main summary", has_text="Plus").click()
    page.get_by_role("link", name="Noter une prise de poste").click()
    page.get_by_role("combobox", name="Métier").fill(TRADE)
    page.get_by_label("Structure").select_option(label="Hôpital de la Côte (fictif)")
    page.get_by_label("Prise de poste le").fill(day_in(0).isoformat())
    page.locator("main").get_by_role("button").first.click()
    expect(page.locator("main")).to_contain_text("En poste")


def read_who_looked(page: Page, site: Site) -> None:
    """« Mes données » names the reader, the structure and what was read."""
    page.goto(f"{site.url}/compte/donnees/")
    line = page.get_by_role("row").filter(has_text="Karim Hervé (fictif)").first
    expect(line).to_contain_text("Hôpital de la Côte (fictif)")
    expect(line).to_contain_text("nom, adresse électronique")


def take_away_and_erase(page: Page, site: Site) -> None:
    """A file of one's own, then nothing left."""
    page.get_by_role("link", name="Télécharger mes données").click()
    expect_title(page, "Confirmez que c’est bien vous")
    page.get_by_label("Votre mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Continuer").click()
    expect_title(page, "Votre fichier est prêt")
    with page.expect_download() as copy:
        page.get_by_role("link", name="Télécharger le fichier").click()
    assert copy.value.suggested_filename.endswith(".zip")
    page.goto(f"{site.url}/compte/donnees/")
    page.get_by_role("link", name="Effacer mon profil").click()
    page.get_by_role("button", name="Effacer mon profil").click()
    expect(page.get_by_role("link", name="Se connecter")).to_be_visible()


def day_in(days: int) -> date:
    """A day counted from today: the demo is loaded as of the day it runs."""
    return datetime.now(tz=UTC).date() + timedelta(days=days)
