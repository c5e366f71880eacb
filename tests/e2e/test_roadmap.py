"""The coordination follows the roadmap; a structure, the action that it leads."""

from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn
from tests.e2e.journeys import COORDINATOR, expect_title
from tests.e2e.site import Site
from tests.papers import pages_of

ROADMAP = "Feuille de route des ressources humaines en santé (fictive)"
ACTION = "Plannings partagés entre EHPAD (fictif)"


def test_coordinator_updates_an_action_and_reads_computed_indicators(
    page: Page, site: Site, sign_in: SignIn
):
    sign_in(page, COORDINATOR)
    page.goto(f"{site.url}/feuille-de-route/")
    expect_title(page, ROADMAP)
    page.get_by_role("link", name=ACTION).click()
    expect_title(page, ACTION)

    page.get_by_role("button", name="Noter comme réalisée").click()
    expect(page.locator(".page-head")).to_contain_text("Réalisée")
    page.get_by_role("button", name="Annuler le dernier changement").click()
    expect(page.locator(".page-head")).to_contain_text("En cours")
    page.get_by_role("link", name="Atteint", exact=True).click()
    page.get_by_role("button", name="Noter").click()
    expect(page.get_by_role("main")).to_contain_text("Jalon atteint : bravo.")
    page.get_by_role("button", name="Remettre à faire").last.click()

    page.get_by_role("link", name=ROADMAP).click()
    row = page.get_by_role("row", name="Besoins pourvus")
    shown = row.get_by_role("cell").first.locator("strong").inner_text()
    row.get_by_role("link").click()
    expect(page.get_by_role("main")).to_contain_text("Calculé par la plateforme")
    running = page.get_by_role("row").filter(has_text="(en cours)")
    expect(running.get_by_role("cell").first).to_have_text(shown)


def test_structure_follows_its_own_action_only(page: Page, site: Site, sign_in: SignIn):
    sign_in(page, "direction@phare.demo.example")
    page.goto(f"{site.url}/feuille-de-route/")
    page.get_by_role("link", name=ACTION).click()
    expect(page.get_by_role("button", name="Noter comme réalisée")).to_be_visible()
    expect(page.get_by_role("link", name="Modifier", exact=True)).to_have_count(0)

    page.get_by_role("link", name=ROADMAP).click()
    page.get_by_role("link", name="Cellule d’écoute pour les soignants (fictif)").click()

    expect(page.get_by_role("button", name="Noter comme réalisée")).to_have_count(0)


def test_contents_of_a_report_lead_to_a_part_beside_it_and_folded_on_a_phone(
    page: Page, narrow_page: Page, site: Site, sign_in: SignIn
):
    for one in (page, narrow_page):
        sign_in(one, COORDINATOR)
        one.goto(f"{site.url}/rapports/?etat=published")
        one.get_by_role("main").get_by_role("link", name="Rapport d’activité").last.click()
    parts = page.get_by_role("navigation", name="Sommaire")

    parts.get_by_role("link", name="Rencontres").click()

    expect(page.get_by_role("heading", name="Rencontres", exact=True)).to_be_focused()
    expect(parts.locator("[aria-current=location]")).to_have_text("Rencontres")
    expect(parts).to_be_in_viewport()

    folded = narrow_page.get_by_role("navigation", name="Sommaire")
    expect(folded.get_by_role("link", name="Besoins")).to_be_hidden()
    folded.get_by_text("Sommaire").first.click()
    folded.get_by_role("link", name="Besoins").click()
    expect(narrow_page.get_by_role("heading", name="Besoins", exact=True)).to_be_focused()


def test_coordinator_comments_on_a_report_and_reads_it_on_paper(
    page: Page, site: Site, sign_in: SignIn
):
    sign_in(page, COORDINATOR)
    page.goto(f"{site.url}/rapports/?etat=draft")
    page.get_by_role("main").get_by_role("link", name="Rapport d’activité").first.click()
    page.locator("#needs").get_by_role("link", name="Commenter").click()
    page.get_by_label("Commentaire").fill("Les besoins d’été sont publiés plus tôt.")
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.locator("#needs")).to_contain_text("publiés plus tôt")
    said = page.locator("#needs .reading").inner_text()

    with page.expect_download() as started:
        page.get_by_role("link", name="Télécharger PDF").click()

    told = " ".join(" ".join(pages_of(started.value.path().read_bytes())).split())
    assert "Les besoins d’été sont publiés plus tôt." in told
    assert " ".join(said.split("à pourvoir")[0].split())[:60] in told
