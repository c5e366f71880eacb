"""Needs in a browser: written in a minute, ticked all at once, answered from a mail."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import COORDINATOR
from tests.e2e.site import Site

EMPLOYER = "rh@hopital.demo.example"


def test_employer_publishes_a_need_by_keyboard_and_takes_it_back(
    page: Page, site: Site, sign_in: SignIn
) -> None:
    sign_in(page, EMPLOYER)
    page.goto(f"{site.url}/besoins/nouveau/")

    page.get_by_role("combobox", name="Métier").fill("aide-soi")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_label("Contrat").select_option("cdi")
    page.get_by_label("Prise de poste").fill("2027-01-04")
    page.get_by_role("button", name="Publier").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Compléter le besoin")
    expect(page.get_by_text("Besoin publié.")).to_be_visible()
    page.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text("Changement annulé.")).to_be_visible()
    expect(page.locator(".page-head")).to_contain_text("Brouillon")


def test_employer_ticks_the_whole_page_and_undoes(page: Page, site: Site, sign_in: SignIn) -> None:
    sign_in(page, EMPLOYER)
    page.goto(f"{site.url}/besoins/?etat=published")
    boxes = page.locator("input[name=need]")
    shown = boxes.count()

    page.get_by_label("Choisir toute la page").check()
    page.get_by_label("Avec la sélection").select_option("pause")
    page.get_by_role("button", name="Appliquer à la sélection").click()

    bar = page.locator(".undo")
    expect(bar).to_contain_text(re.compile(rf"{shown} besoins? mis en pause\."))
    bar.get_by_role("button", name="Annuler").click()
    expect(page.get_by_text(re.compile("Changement annulé|changements annulés"))).to_be_visible()
    page.goto(f"{site.url}/besoins/?etat=published")
    expect(boxes).to_have_count(shown)


def test_filters_change_the_list_and_its_address_without_a_reload(
    page: Page, site: Site, sign_in: SignIn
) -> None:
    sign_in(page, EMPLOYER)
    page.goto(f"{site.url}/besoins/")
    page.evaluate("() => { window.stayed = true; }")

    page.get_by_label("Périmètre").select_option("territoire")
    expect(
        page.get_by_role("link", name=re.compile("Retirer le filtre Périmètre"))
    ).to_be_visible()
    page.get_by_label("Mots").fill("pornic")
    page.wait_for_url(re.compile("q=pornic"))

    assert page.evaluate("() => window.stayed") is True
    assert "vue=territoire" in page.url


def test_address_holds_each_filter_once_however_often_it_changes(
    page: Page, site: Site, sign_in: SignIn
) -> None:
    sign_in(page, COORDINATOR)
    page.goto(f"{site.url}/besoins/?tri=debut&page=2")

    for profession in ("nurse", "care_assistant"):
        page.get_by_label("Métier").select_option(profession)
        page.wait_for_url(re.compile(f"metier={profession}"))
    page.get_by_label("Mots").fill("pornic")
    page.wait_for_url(re.compile("q=pornic"))

    assert page.url == f"{site.url}/besoins/?q=pornic&metier=care_assistant&tri=debut"
    found = page.locator(".active-filters__count").inner_text()
    page.reload()
    assert page.locator(".active-filters__count").inner_text() == found

    page.goto(f"{site.url}/territoire/?metier=care_assistant")
    for profession in ("nurse", "care_assistant"):
        page.locator("#id_metier").select_option(profession)
        page.wait_for_url(re.compile(f"metier={profession}"))
    assert page.url.count("metier=") == 1
    assert page.url.count("au=") == 1


def test_board_works_without_script(open_page: PageOpener, site: Site, sign_in: SignIn) -> None:
    page = open_page(1440)
    sign_in(page, EMPLOYER)
    plain = page.context.browser.new_context(
        java_script_enabled=False, storage_state=page.context.storage_state()
    )
    try:
        bare = plain.new_page()
        bare.goto(f"{site.url}/besoins/")
        expect(bare.locator("input[name=need]").first).to_be_visible()
        expect(bare.get_by_label("Choisir toute la page")).to_be_hidden()

        bare.get_by_label("Mots").fill("zzzz")
        bare.get_by_role("button", name="Actualiser").click()

        expect(bare.get_by_text("Aucun besoin ici")).to_be_visible()
    finally:
        plain.close()
