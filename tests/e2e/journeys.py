"""What several journeys do alike."""

import re
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.site import Site

COORDINATOR = "coordination@demo.example"
HOSPITAL_HR = "rh@hopital.demo.example"
HOSPITAL_HEAD = "direction@hopital.demo.example"
NURSING_HOME = "direction@phare.demo.example"
CANDIDATE = "professionnelle@demo.example"
_IS_KEPT = """async () => {
  const [name] = await caches.keys();
  if (!navigator.serviceWorker.controller || !name) return false;
  const kept = await caches.open(name);
  return Boolean(await kept.match(location.pathname));
}"""
_PATIENCE = 40


def text_of(mail: EmailMessage) -> str:
    """The plain words of a mail."""
    part = mail.get_body(preferencelist=("plain",))
    assert part is not None
    return part.get_content()


def mails_to(site: Site, email: str) -> list[EmailMessage]:
    """The mails sent so far to this address, oldest first."""
    return [mail for mail in site.mails() if email in str(mail["To"])]


def codes_sent_to(site: Site, email: str) -> set[str]:
    """Every code mailed to this address; mails of one second have no order."""
    texts = "\n".join(text_of(mail) for mail in mails_to(site, email))
    return set(re.findall(r"\b\d{4}-\d{4}\b", texts))


def first_link(text: str, path: str) -> str:
    """Path of the first link of a mail that leads under `path`."""
    found = re.search(rf"https?://[^/\s]+({re.escape(path)}\S+)", text)
    assert found, text
    return found[1]


def expect_title(page: Page, title: str | re.Pattern[str]) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def number_in(text: str) -> int:
    """First whole number written in `text`, thousands apart or not."""
    found = re.search(r"\d[\d\s\u202f\u00a0]*", text)
    assert found, text
    return int(re.sub(r"\D", "", found[0]))


def publish_short_need(page: Page, site: Site, *, profession: str = "orthoptiste") -> str:
    """Publish a post with the short form alone; return the address of its sheet."""
    page.goto(f"{site.url}/besoins/nouveau/")
    page.get_by_label("Métier", exact=False).first.fill(profession)
    page.get_by_label("Nombre de postes").fill("1")
    page.get_by_label("Contrat").select_option(label="CDI")
    page.get_by_label("Prise de poste").fill("2027-09-06")
    page.get_by_role("button", name="Publier").click()
    page.wait_for_url(re.compile(r"/besoins/\d+/"))
    found = re.search(r"/besoins/\d+/", page.url)
    assert found
    return f"{site.url}{found[0]}"


def until_kept(phone: Page) -> None:
    """Wait until this page opens without network."""
    for _turn in range(_PATIENCE):
        if phone.evaluate(_IS_KEPT):
            return
        phone.wait_for_timeout(250)
    pytest.fail("the page was not kept for when there is no network")
