"""Every component in a real browser: accessible, readable on a phone, usable by keyboard."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.checks import axe, invalid_html, overflow
from tests.e2e.conftest import PageOpener
from tests.e2e.site import Site


def open_components(page: Page, site: Site) -> None:
    page.goto(f"{site.url}/composants/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Composants")


def suggestions(page: Page) -> Locator:
    """The propositions shown under the combobox."""
    return page.locator(".combobox__list:not([hidden]) [role=option]")


@pytest.mark.usefixtures("axe_available")
def test_checker_names_each_defect_and_where_it_is(page: Page):
    page.set_content(
        "<html lang=fr><title>Défauts</title><main><h1>Défauts</h1>"
        "<input id=nameless> <p style='color: #ccc'>Pâle</p></main></html>"
    )

    assert sorted(axe(page)) == [("color-contrast", ["p"]), ("label", ["#nameless"])]


@pytest.mark.usefixtures("axe_available")
@pytest.mark.parametrize("width", [1440, 390, 320])
def test_components_are_accessible(open_page: PageOpener, site: Site, width: int):
    page = open_page(width)

    open_components(page, site)

    assert axe(page) == []
    assert overflow(page) == 0


@pytest.mark.usefixtures("axe_available")
@pytest.mark.parametrize("width", [1440, 320])
def test_open_parts_are_accessible(open_page: PageOpener, site: Site, width: int):
    page = open_page(width)
    open_components(page, site)

    page.locator("#id_profession").press_sequentially("inf")
    expect(suggestions(page)).not_to_have_count(0)

    assert axe(page) == []
    assert overflow(page) == 0


@pytest.mark.usefixtures("html_checkable")
def test_components_are_valid_html(page: Page, site: Site, tmp_path: Path):
    files = []
    for name, path in [("page", ""), ("confirm", "confirmation/"), ("error", "nulle-part/")]:
        files.append(tmp_path / f"{name}.html")
        answer = page.request.get(f"{site.url}/composants/{path}")
        files[-1].write_text(answer.text(), encoding="utf-8")

    assert invalid_html(files) == []


def test_policy_of_the_browser_allows_nothing_inline(page: Page, site: Site):
    answer = page.goto(f"{site.url}/composants/")

    assert answer is not None
    assert "unsafe" not in answer.headers["content-security-policy"]


def test_combobox_by_keyboard_is_blind_to_accents_and_ligatures(page: Page, site: Site):
    open_components(page, site)
    field = page.locator("#id_profession")

    field.press_sequentially("medecin")
    expect(suggestions(page)).to_have_text(["Médecin généraliste"])
    field.press("ArrowDown")
    field.press("Enter")
    expect(field).to_have_value("Médecin généraliste")
    expect(field).to_have_attribute("aria-expanded", "false")

    field.fill("")
    field.press_sequentially("oenologue")
    expect(suggestions(page)).to_have_text(["Œnologue"])
    field.press("Escape")
    expect(suggestions(page)).to_have_count(0)
    expect(field).to_have_value("oenologue")


def test_filter_applies_at_once_and_stays_in_the_address(page: Page, site: Site):
    open_components(page, site)

    page.locator(".filters").get_by_label("Métier").select_option("infirmier")

    chip = page.get_by_role("link", name="Retirer le filtre Métier : Infirmier")
    expect(chip).to_be_visible()
    expect(page).to_have_url(f"{site.url}/composants/?metier=infirmier")
    expect(page.locator("#status")).to_have_text("5 métiers")
    swapped = page.locator("#results").inner_html()
    page.reload()
    assert page.locator("#results").inner_html() == swapped
    chip.click()
    expect(page.get_by_role("link", name="Retirer le filtre")).to_have_count(0)


def test_failed_exchange_is_said_where_it_is_seen(browser: Browser, site: Site):
    # A context of its own: here the network is meant to fail.
    context = browser.new_context(locale="fr-FR")
    page = context.new_page()
    open_components(page, site)
    page.route("**/composants/?*", lambda route: route.abort())

    page.locator(".filters").get_by_label("Métier").select_option("infirmier")

    expect(page.get_by_role("alert")).to_have_text(
        "L’action n’a pas abouti. Actualisez la page, puis recommencez."
    )
    context.close()


def test_whole_page_in_place_of_a_part_is_opened(page: Page, site: Site):
    open_components(page, site)
    # As when the session ended: the answer is another page, sign-in for example.
    page.route(
        "**/composants/?*",
        lambda route: route.fulfill(status=302, headers={"Location": f"{site.url}/offres/"}),
        times=1,
    )

    page.locator(".filters").get_by_label("Métier").select_option("infirmier")

    expect(page).to_have_url(f"{site.url}/offres/")


def test_refused_form_leads_to_its_first_mistake(page: Page, site: Site):
    open_components(page, site)

    page.get_by_role("button", name="Publier").last.click()

    expect(page).to_have_title("Erreur – Composants – Ancrage")
    summary = page.get_by_role("alert").filter(has_text="points sont à corriger")
    expect(summary).to_be_focused()
    summary.get_by_role("link").first.click()
    expect(page.get_by_label("Intitulé du poste").first).to_be_focused()


def test_menu_closes_on_escape_and_gives_the_focus_back(page: Page, site: Site):
    open_components(page, site)
    opener = page.locator("#actions summary")

    opener.press("Enter")
    expect(page.get_by_role("link", name="Tableur XLSX")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")

    expect(page.get_by_role("link", name="Tableur XLSX")).to_be_hidden()
    expect(opener).to_be_focused()


def test_menu_of_a_row_is_not_cut_by_its_table(narrow_page: Page, site: Site):
    open_components(narrow_page, site)
    row = narrow_page.get_by_role("row", name="Psychologues").first
    row.locator("summary").scroll_into_view_if_needed()

    row.locator("summary").click()

    sheet = row.locator(".menu__sheet").bounding_box()
    assert sheet is not None
    assert sheet["x"] >= 0
    assert sheet["x"] + sheet["width"] <= 320
    row.get_by_role("link", name="Retirer").click(trial=True)


def test_progress_asks_until_the_end_then_stops(page: Page, site: Site):
    open_components(page, site)

    expect(page.get_by_text("Terminé", exact=True)).to_be_visible(timeout=15_000)

    expect(page.locator("[data-hx-trigger^=every]")).to_have_count(0)


def test_undo_bar_can_be_closed(page: Page, site: Site):
    open_components(page, site)

    page.get_by_role("button", name="Fermer le message").click()

    expect(page.get_by_text("Besoin retiré.")).to_have_count(0)


def test_unsaved_changes_are_asked_about(page: Page, site: Site):
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_components(page, site)

    page.get_by_label("Intitulé du poste").first.press_sequentially("Infirmier")
    page.goto(f"{site.url}/composants/confirmation/")

    assert asked == ["beforeunload"]


def test_menu_of_sections_folds_on_a_phone(narrow_page: Page, site: Site):
    open_components(narrow_page, site)
    toggle = narrow_page.get_by_role("button", name="Menu")
    sections = narrow_page.get_by_role("navigation", name="Navigation principale")

    expect(sections).to_be_hidden()
    toggle.click()
    expect(toggle).to_have_attribute("aria-expanded", "true")
    expect(sections).to_be_visible()
    narrow_page.keyboard.press("Escape")
    expect(sections).to_be_hidden()
    expect(toggle).to_be_focused()


def test_page_without_scripts_offers_everything(browser: Browser, site: Site):
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 320, "height": 900}
    )
    page = context.new_page()

    page.goto(f"{site.url}/composants/?metier=infirmier")

    expect(page.get_by_role("navigation", name="Navigation principale")).to_be_visible()
    expect(page.get_by_role("button", name="Actualiser")).to_be_visible()
    expect(page.get_by_role("button", name="Menu")).to_be_hidden()
    expect(page.get_by_role("button", name="Copier")).to_have_count(0)
    assert page.locator("#id_profession_list option").count() == 9
    context.close()
