"""Journeys in a real Chromium, on the demo as a newcomer gets it.

    def test_coordinator_sees_the_map(page, site, sign_in):
        sign_in(page, "coordination@…")
        page.goto(site.url + "/")

A page fails its test by an error in its console (breaches of the content policy arrive there),
a request that leaves the machine, a file that is missing or a server error.
"""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response, sync_playwright

from tests.e2e.checks import AXE, why_not_checkable
from tests.e2e.site import Site

ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=fr-FR",
]
PAGE_FILES = {"script", "stylesheet", "font", "image"}
PageOpener = Callable[..., Page]
SignIn = Callable[[Page, str], None]


def missing(what: str) -> None:
    """Skip on a newcomer's machine; fail where the checks must not be lost unseen."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The demo, loaded and served once for all journeys."""
    site = Site(tmp_path_factory.mktemp("site"))
    yield site
    site.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
    if not os.path.exists(chromium):
        missing("Chromium is missing: install it, or name it in CHROMIUM")
    # Playwright keeps an event loop running in this thread, which Django takes for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    french = {**os.environ, "LANGUAGE": "fr", "LANG": "fr_FR.UTF-8"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGS, env=french)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[PageOpener]:
    """Open a page of this width in its own browser profile: nobody is signed in there.

    `scripts=False` opens it in a browser without JavaScript.
    """
    wrong: list[str] = []
    contexts = []

    def on_console(message: ConsoleMessage) -> None:
        # Refusals (403, 404, 410, 422) are answers; on_response judges them.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            wrong.append(f"console: {message.text}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((f"{site.url}/", "data:", "blob:", "about:")):
            wrong.append(f"leaves the machine: {request.url}")

    def on_response(response: Response) -> None:
        lost = response.status >= 400 and response.request.resource_type in PAGE_FILES
        if lost or response.status >= 500:
            wrong.append(f"{response.status}: {response.url}")

    def opener(width: int = 1440, *, scripts: bool = True) -> Page:
        context = browser.new_context(
            locale="fr-FR",
            timezone_id="Europe/Paris",
            viewport={"width": width, "height": 900},
            reduced_motion="reduce",
            java_script_enabled=scripts,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
        page.on("console", on_console)
        page.on("request", on_request)
        page.on("response", on_response)
        return page

    yield opener
    for context in contexts:
        context.close()
    assert wrong == [], site.log()


@pytest.fixture
def page(open_page: PageOpener) -> Page:
    """A page on a desk: 1440 pixels wide."""
    return open_page(1440)


@pytest.fixture
def narrow_page(open_page: PageOpener) -> Page:
    """A page on a small phone, or at 400 % zoom: 320 pixels wide."""
    return open_page(320)


@pytest.fixture(scope="session")
def sign_in(site: Site) -> SignIn:
    """Sign an account of the demo in, by its address, without passing the sign-in page."""

    def signed_in(page: Page, email: str) -> None:
        page.context.add_cookies(
            [{"name": site.cookie_name, "value": site.session_key(email), "url": site.url}]
        )

    return signed_in


@pytest.fixture(scope="session")
def axe_available() -> None:
    """Skip (or, in CI, fail) when the accessibility checker is not installed."""
    if not AXE.exists():
        missing("axe-core is missing (npm)")


@pytest.fixture(scope="session")
def html_checkable() -> None:
    """Skip (or, in CI, fail) when the HTML checker cannot run."""
    if reason := why_not_checkable():
        missing(reason)
