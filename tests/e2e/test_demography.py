"""Medical demography in a browser: an institution asks where to put three doctors, and prints."""

from playwright.sync_api import expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.site import Site

INSTITUTION = "institution@demo.example"


def test_an_institution_asks_where_to_put_three_and_prints(
    open_page: PageOpener, site: Site, sign_in: SignIn
):
    page = open_page(1440)
    sign_in(page, INSTITUTION)
    page.goto(f"{site.url}/demographie/")
    page.get_by_role("link", name="Où placer des postes").click()
    page.get_by_label("Postes à placer").fill("3")
    page.get_by_label("Réduire le manque").check()
    page.get_by_role("button", name="Chercher où placer ces postes").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Médecins généralistes\u00a0: où placer 3 postes"
    )
    answer = page.locator(".card", has=page.get_by_role("heading", name="Réduire le manque"))
    expect(answer).to_contain_text("Frossay")
    expect(answer).to_contain_text("On ne peut pas faire mieux")
    expect(page.locator("main")).to_contain_text("simulation, non opposable")
    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="Imprimer")).to_be_hidden()
    expect(answer).to_be_visible()
    assert page.pdf().startswith(b"%PDF")
    page.emulate_media(media="screen")

    with page.expect_download() as download:
        page.get_by_role("link", name="Exporter").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert "Frossay" in text
    assert "DREES, APL aux médecins généralistes 2015" in text
