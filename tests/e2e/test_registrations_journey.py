"""Registering on both sides, coming, giving one's place back to whoever waits."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.journeys import first_link, mails_to, text_of
from tests.e2e.site import Site

# An evening of its own, called off at the end: no other story finds it.
_OPEN = """
from datetime import timedelta
from django.utils import timezone
from ancrage.events.enums import EventState, SideRole
from ancrage.events.models import Event
from ancrage.events.services import create_event, move_event
from ancrage.territory.models import Territory
now = timezone.now()
territory = Territory.objects.order_by("pk").first()
starts = now + timedelta(days=40)
event = Event(
    territory=territory, kind="docdating", title="Soirée de l’histoire fictive",
    commune=territory.communes.order_by("pk").first(), place="Salle fictive",
    doors_at=starts, starts_at=starts, registration_closes_at=starts, wishes_close_at=starts,
    marks_close_at=starts + timedelta(days=2),
)
create_event(event=event, template="docdating", by=None, now=now)
event.sides.filter(role=SideRole.VISITOR).update(capacity=1)
move_event(event=event, after=EventState.OPEN, by=None, now=now)
print(event.slug)
"""
_CALL_OFF = """
from django.utils import timezone
from ancrage.events.models import Event
from ancrage.events.services import move_event
event = Event.objects.get(slug={slug!r})
move_event(event=event, after="cancelled", by=None, now=timezone.now())
"""


@pytest.fixture
def evening(site: Site) -> Iterator[str]:
    slug = site.manage("shell", "--no-imports", "--command", _OPEN).strip()
    yield f"{site.url}/evenements/{slug}/"
    site.manage("shell", "--no-imports", "--command", _CALL_OFF.format(slug=slug))


def register(page: Page, evening: str, button: str, name: str, *choices: str) -> None:
    page.goto(evening)
    page.get_by_role("link", name=button).click()
    typed = {"Prénom": name, "Nom": "Fictive", "Adresse électronique": f"{name}@histoire.test"}
    for label, words in typed.items():
        page.get_by_role("textbox", name=label, exact=True).fill(words)
    for choice in choices:
        page.get_by_label(choice, exact=True).check()
    commune = page.get_by_role("combobox", name="Commune du cabinet")
    if commune.count():
        commune.fill("Pornic")
        commune.press("Escape")
    page.get_by_role("button", name="M’inscrire").click()


def test_a_place_given_back_goes_to_who_waits(page: Page, site: Site, evening: str):
    trainee = ("Interne, phase socle", "Remplacement régulier")
    register(page, evening, "M’inscrire : médecin installé", "odile", "Collaboration")
    expect(page.get_by_text("Vous avez une place")).to_be_visible()
    register(page, evening, "M’inscrire : interne ou remplaçant", "alix", *trainee)
    expect(page.get_by_text("Vous avez une place")).to_be_visible()
    register(page, evening, "Rejoindre la liste d’attente", "sam", *trainee)
    expect(page.get_by_text("Liste d’attente, rang 1")).to_be_visible()

    (mail,) = mails_to(site, "alix@histoire.test")
    page.goto(site.url + first_link(text_of(mail), "/evenements/moi/"))
    page.get_by_role("link", name="Je viens, ou je ne viens plus").click()
    page.get_by_role("button", name="Je viens").first.click()
    expect(page.get_by_text("C’est noté, nous vous attendons.")).to_be_visible()
    page.get_by_role("link", name="Je ne viens plus").click()
    page.get_by_role("button", name="Je ne viens plus").click()
    expect(page.get_by_text("Vous ne venez plus", exact=True)).to_be_visible()

    # A long subject is folded on its way.
    told = {" ".join(mail["Subject"].split()) for mail in mails_to(site, "sam@histoire.test")}
    assert told == {
        "Liste d’attente : Soirée de l’histoire fictive",
        "Une place pour vous : Soirée de l’histoire fictive",
    }
