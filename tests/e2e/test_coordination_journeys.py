"""What the coordination gathers: a hospital's spreadsheet, the answers to a campaign."""

import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import SignIn
from tests.e2e.journeys import COORDINATOR, NURSING_HOME, expect_title, number_in
from tests.e2e.site import Site

SHARED = Path(__file__).resolve().parents[3] / "shared/data/needs"
HOSPITAL_SHEET = SHARED / "besoins_hopital_titres_fusionnes.xlsx"


@pytest.fixture
def hospital_sheet(tmp_path: Path) -> Path:
    """The workbook of a hospital: titles merged above the header, an empty line, a total."""
    if HOSPITAL_SHEET.exists():
        return HOSPITAL_SHEET
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Prévisionnel"
    sheet.append(["CENTRE HOSPITALIER FICTIF – Prévisionnel des postes"])
    sheet.merge_cells("A1:G1")
    sheet.append(["Direction des ressources humaines"])
    sheet.merge_cells("A2:G2")
    sheet.append([])
    sheet.append(["N°", "Emploi", "Service", "Quotité", "Statut", "Prise de poste", "Obs."])
    for number, (emploi, service) in enumerate(
        [("IDE", "Urgences"), ("AS de nuit", "Médecine A"), ("Kiné", "SSR"), ("ASH", "Bloc")], 1
    ):
        sheet.append([f"E2E-{number}", emploi, service, "100 %", "CDI", "01/03/2027", ""])
    sheet.append([])
    sheet.append(["TOTAL", None, None, 4])
    path = tmp_path / "besoins.xlsx"
    book.save(path)
    return path


def positions_on_dashboard(page: Page, site: Site) -> int:
    page.goto(f"{site.url}/territoire/")
    return number_in(page.locator(".measure").first.inner_text().partition("\n")[2])


def test_coordinator_imports_a_hospital_sheet_and_the_dashboard_changes(
    page: Page, site: Site, sign_in: SignIn, hospital_sheet: Path
):
    sign_in(page, COORDINATOR)
    before = positions_on_dashboard(page, site)

    page.goto(f"{site.url}/imports/")
    page.get_by_role("link", name="Importer un tableau").first.click()
    target = page.locator("select[name=target]")
    target.select_option(
        label=next(
            text
            for text in target.locator("option").all_inner_texts()
            if "Hôpital de la Côte" in text
        )
    )
    page.locator("input[type=file]").set_input_files(hospital_sheet)
    page.get_by_role("button", name="Essayer ce fichier").click()
    if page.get_by_role("heading", name="Que contient chaque colonne ?").is_visible():
        page.get_by_role("button", name="Vérifier les lignes").click()
    expect_title(page, "Que ferait ce fichier ?")
    expect(page.get_by_text("rien n’est encore enregistré")).to_be_visible()
    expect(page.get_by_role("table", name="Lignes du fichier")).to_be_visible()
    trial = page.url
    assert positions_on_dashboard(page, site) == before

    page.goto(trial)
    page.get_by_label("Le publier dès l’import").check()
    page.get_by_role("button", name="Refaire l’essai avec ces choix").click()
    page.get_by_role("button", name=re.compile(r"Importer \(\d+ changement")).click()
    expect(page.get_by_role("heading", name="Ce qui a été écrit")).to_be_visible()
    page.get_by_role("link", name="Voir le tableau de bord").click()

    expect_title(page, "Où, quand, quels métiers ?")
    assert positions_on_dashboard(page, site) > before


def test_structure_answers_the_open_campaign(page: Page, site: Site, sign_in: SignIn):
    sign_in(page, NURSING_HOME)
    page.goto(f"{site.url}/campagnes/")

    page.get_by_role("link", name=re.compile("Répondre|Continuer|Corriger")).first.click()
    cell = page.get_by_label(re.compile("[Vv]acant")).first
    cell.fill("2,5")
    page.get_by_role("button", name=re.compile("^Envoyer")).click()

    expect(page.get_by_text("Envoyée").first).to_be_visible()


def test_sections_unfold_in_their_place_on_a_phone(narrow_page: Page, site: Site, sign_in: SignIn):
    sign_in(narrow_page, COORDINATOR)
    narrow_page.goto(f"{site.url}/territoire/")
    narrow_page.get_by_role("button", name="Menu", exact=True).click()
    sections = narrow_page.get_by_role("navigation", name="Navigation principale")

    sections.get_by_text("Personnes").click()

    last = sections.get_by_role("link", name="Contacts").bounding_box()
    after = sections.get_by_role("link", name="Structures").bounding_box()
    assert last is not None
    assert after is not None
    assert after["y"] >= last["y"] + last["height"]
