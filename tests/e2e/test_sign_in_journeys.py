"""The doors: a typed code, a second factor, a click of the demo."""

import base64
import hmac
import time

from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import CANDIDATE, COORDINATOR, codes_sent_to, expect_title
from tests.e2e.site import Site


def sign_in_by_code(page: Page, site: Site, email: str) -> None:
    """Ask for a code, read it in the mail, type it."""
    old = codes_sent_to(site, email)
    page.goto(f"{site.url}/compte/connexion/")
    page.get_by_role("link", name="Recevoir un code").click()
    page.get_by_label("Adresse électronique").fill(email)
    page.get_by_role("button", name="Envoyer le code").click()
    expect_title(page, "Saisissez le code reçu")
    (code,) = codes_sent_to(site, email) - old
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Se connecter").click()


def totp_code(secret: str, *, steps_ahead: int = 0) -> str:
    """The six figures an application shows now, or after so many half minutes (RFC 6238)."""
    step = int(time.time()) // 30 + steps_ahead
    seal = hmac.digest(base64.b32decode(secret), step.to_bytes(8), "sha1")
    start = seal[-1] & 0x0F
    return f"{(int.from_bytes(seal[start : start + 4]) & 0x7FFFFFFF) % 1_000_000:06d}"


def test_typed_code_read_in_the_mail_opens_the_account(page: Page, site: Site):
    sign_in_by_code(page, site, COORDINATOR)

    expect(page.get_by_text("Anne Moreau (fictive)").first).to_be_visible()


def test_sign_in_page_of_the_demo_opens_an_account_in_one_click(page: Page, site: Site):
    page.goto(f"{site.url}/compte/connexion/")

    person = page.get_by_role("listitem").filter(has_text="Anne Moreau (fictive)")
    person.get_by_role("button", name="Entrer").click()

    expect(page.get_by_text("Anne Moreau (fictive)").first).to_be_visible()
    expect(page.get_by_role("link", name="Se connecter")).to_have_count(0)


def test_second_factor_is_added_then_asked_at_the_door(
    open_page: PageOpener, site: Site, sign_in: SignIn
):
    own, door = open_page(1440), open_page(1440)
    sign_in_by_code(own, site, CANDIDATE)
    own.goto(f"{site.url}/compte/second-facteur/application/")
    secret = own.locator("#secret").inner_text().replace(" ", "").strip()
    own.get_by_label("Code").last.fill(totp_code(secret))
    own.get_by_role("button", name="Activer").click()
    expect(own.get_by_role("heading", level=1)).not_to_have_text("Configurer une application")

    sign_in_by_code(door, site, CANDIDATE)
    expect_title(door, "Une dernière vérification")
    # A code serves once; the next is taken a little early, for clocks that run fast.
    door.get_by_label("Code").last.fill(totp_code(secret, steps_ahead=1))
    door.get_by_role("button", name="Se connecter").click()

    expect(door.get_by_text("Camille Le Goff (fictive)").first).to_be_visible()
