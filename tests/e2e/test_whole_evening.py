"""A Doc’dating from end to end: prepared, registered for, wished, planned, played, followed up.

Six doctors, four trainees and somebody who waits. Three of the ten do not come, two more leave in
the middle of the evening; one telephone loses its network.
"""

import json
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.checks import axe, overflow
from tests.e2e.conftest import PageOpener, SignIn
from tests.e2e.journeys import COORDINATOR, expect_title, first_link, text_of, until_kept
from tests.e2e.site import Site

TITLE = "Soirée de l’histoire fictive"
NAME = "Fictif"
TABLES, ROUNDS, PLACES = 6, 4, 4
IN_A_MONTH = timedelta(days=40)
# Pages that are as they are only of an evening planned, then of one being played.
_PLANNED = (
    "grille/versions/1/",
    "grille/versions/1/participants/",
    "grille/versions/1/voeux/",
    "grille/versions/1/publier/",
)
_PLAYED = ("soiree/", "soiree/salle/", "soiree/sur-place/")
# Those who do not register by the pages; then everybody's own link.
_OTHERS = """
import json
from django.utils import timezone
from ancrage.events.enums import RegistrationOrigin
from ancrage.events.models import Event
from ancrage.events.queries import personal_token
from ancrage.events.services import Person, register
event = Event.objects.get(pk={pk})
others = {{"host": ["Paul", "Rémi", "Salomé", "Tania", "Ulysse"], "visitor": ["Béa", "Chloé"]}}
for side in event.sides.all():
    for name in others[side.role]:
        register(
            side=side, people=[Person(name, "{name}")], origin=RegistrationOrigin.ORGANISER,
            by=None, now=timezone.now(),
        )
print(json.dumps({{one.first_name: personal_token(one) for one in event.participants.all()}}))
"""
# The answers stay open for two days: nobody waits for them here.
_OPEN_CONTACTS = """
from ancrage.events.models import Event
from ancrage.events.services import open_contacts
event = Event.objects.get(pk={pk})
open_contacts(event=event, now=event.marks_close_at)
"""
_FORGET = "from ancrage.events.models import Event; Event.objects.filter(title={title!r}).delete()"


@pytest.fixture
def forgotten(site: Site) -> Iterator[None]:
    """What the story leaves is taken away: no other story finds it."""
    yield
    shell(site, _FORGET.format(title=TITLE))


def defects(page: Page) -> list[object]:
    """What is wrong in a page of the evening that no walk by links reaches as it is here."""
    found: list[object] = []
    was = page.viewport_size
    for width in (1440, 320):
        page.set_viewport_size({"width": width, "height": 900})
        found += [(width, *defect) for defect in axe(page)]
        if too_wide := overflow(page):
            found.append((width, "overflow", too_wide))
    page.set_viewport_size(was or {"width": 1440, "height": 900})
    return found


def look_at(desk: Page, event: str, pages: Sequence[str]) -> None:
    found = {}
    for one in pages:
        answer = desk.goto(event + one)
        assert answer, one
        assert answer.ok, one
        found[one] = defects(desk)
    assert found == {one: [] for one in pages}


def shell(site: Site, code: str) -> str:
    return site.manage("shell", "--no-imports", "--command", code)


def button(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()


def prepare(desk: Page, site: Site) -> str:
    """Create an evening, give it rounds and tables, open it; return its address."""
    desk.goto(f"{site.url}/evenements/gestion/")
    desk.get_by_role("link", name="Créer un événement").click()
    starts = timezone.localdate() + IN_A_MONTH
    typed = {"Titre": TITLE, "Jour": starts.isoformat(), "Lieu": "Salle fictive"}
    for label, words in typed.items():
        desk.get_by_role("textbox", name=label).fill(words)
    commune = desk.get_by_role("combobox", name="Commune")
    commune.fill("Pornic")
    commune.press("Escape")
    desk.get_by_label("Places pour ceux qui changent de table").fill(str(PLACES))
    button(desk, "Créer l’événement")
    expect_title(desk, TITLE)
    event = desk.url
    desk.goto(f"{event}modifier/")
    desk.get_by_label("Nombre de tours").fill(str(ROUNDS))
    button(desk, "Enregistrer")
    desk.goto(f"{event}salle/")
    desk.get_by_label("Nombre de tables").fill(str(TABLES))
    button(desk, "Changer le nombre")
    expect(desk.get_by_text(f"{TABLES} tables, {TABLES} utilisables")).to_be_visible()
    desk.goto(f"{event}etat/open/")
    button(desk, "Ouvrir les inscriptions")
    expect(desk.get_by_text("Les inscriptions sont ouvertes.")).to_be_visible()
    return event


def register(phone: Page, public: str, way_in: str, name: str, *choices: str) -> None:
    phone.goto(public)
    phone.get_by_role("link", name=way_in).click()
    typed = {"Prénom": name, "Nom": NAME, "Adresse électronique": f"{name}@histoire.test"}
    for label, words in typed.items():
        phone.get_by_role("textbox", name=label, exact=True).fill(words)
    for choice in choices:
        phone.get_by_label(choice, exact=True).check()
    commune = phone.get_by_role("combobox", name="Commune du cabinet")
    if commune.count():
        commune.fill("Pornic")
        commune.press("Escape")
    phone.get_by_label("J’accepte que").check()
    button(phone, "M’inscrire")


def register_everybody(phone: Page, site: Site, pk: int) -> dict[str, str]:
    """Both sides register; a place is given back, and goes to who waits. Return the own links."""
    trainee = ("Interne, phase socle", "Remplacement régulier")
    phone.goto(f"{site.url}/evenements/")
    phone.get_by_role("link", name=TITLE).click()
    public = phone.url
    register(phone, public, "M’inscrire : médecin installé", "Odile", "Remplacement régulier")
    register(phone, public, "M’inscrire : interne ou remplaçant", "Alix", *trainee)
    register(phone, public, "M’inscrire : interne ou remplaçant", "Sam", *trainee)
    expect(phone.get_by_text("Vous avez une place")).to_be_visible()
    tokens = json.loads(shell(site, _OTHERS.format(pk=pk, name=NAME)))
    own = {name: f"/evenements/moi/{token}/" for name, token in tokens.items()}
    register(phone, public, "Rejoindre la liste d’attente", "Noa", *trainee)
    expect(phone.get_by_text("Liste d’attente, rang 1")).to_be_visible()
    assert defects(phone) == []

    phone.goto(site.url + own["Sam"])
    phone.get_by_role("link", name="Je viens, ou je ne viens plus").click()
    button(phone, "Je viens")
    expect(phone.get_by_text("C’est noté, nous vous attendons.")).to_be_visible()
    phone.get_by_role("link", name="Je ne viens plus").click()
    button(phone, "Je ne viens plus")
    expect(phone.get_by_text("Vous ne venez plus", exact=True)).to_be_visible()
    mails = site.mails()
    (to_odile,) = [mail for mail in mails if "Odile@histoire.test" in mail["To"]]
    assert first_link(text_of(to_odile), "/evenements/moi/") == own["Odile"]
    # Nobody is told of a place in a queue that they have left; a long subject is folded.
    (to_noa,) = [mail for mail in mails if "Noa@histoire.test" in mail["To"]]
    assert " ".join(to_noa["Subject"].split()) == f"Une place pour vous : {TITLE}"
    return own


def wish(phone: Page, own: str, name: str) -> None:
    phone.goto(f"{own}voeux/")
    phone.get_by_role("button", name=f"Souhaiter – {name} {NAME}").click()
    expect(phone.get_by_text(f"{name} {NAME} : vœu n° 1.")).to_be_visible()


def plan_and_print(desk: Page, event: str) -> None:
    desk.goto(f"{event}etat/closed/")
    button(desk, "Clore les inscriptions")
    desk.goto(f"{event}grille/")
    button(desk, "Calculer la grille")
    expect(desk.get_by_text("Personne ne peut avoir davantage de rencontres")).to_be_visible()
    look_at(desk, event, _PLANNED)
    desk.goto(f"{event}grille/versions/1/publier/")
    button(desk, "Publier cette version")
    expect(desk.get_by_text("La version 1 est en vigueur.")).to_be_visible()
    desk.goto(f"{event}fiches/personnes/")
    with desk.expect_download() as download:
        button(desk, "Préparer le PDF")
    assert download.value.path().read_bytes().startswith(b"%PDF-")


def check_in(desk: Page, event: str) -> None:
    """Seven of ten come: one said so, two are awaited no more."""
    desk.goto(f"{event}soiree/")
    button(desk, "Ouvrir la soirée")
    for name in ("Odile", "Paul", "Rémi", "Salomé", "Alix", "Chloé", "Noa"):
        button(desk, f"Arrivé·e – {name} {NAME}")
        expect(desk.get_by_text(f"{name} {NAME} : Sur place.")).to_be_visible()
    desk.get_by_role("link", name=f"Ulysse {NAME}").first.click()
    button(desk, f"Ne viendra pas – Ulysse {NAME}")
    expect(desk.get_by_text(f"Ulysse {NAME} : Ne vient pas.")).to_be_visible()


def plan_again(desk: Page, event: str, version: int) -> None:
    """Fill the gaps that the absent leave; who is concerned is shown before it is done."""
    desk.goto(f"{event}soiree/recalculer/")
    desk.get_by_label("Ne plus compter sur elles").check()
    button(desk, "Voir ce que cela donne")
    expect(desk.get_by_text("On ne compte plus sur")).to_be_visible()
    if version == 2:
        assert defects(desk) == []
    expect(desk.locator("main")).to_contain_text("qui n’est pas là")
    button(desk, "Appliquer")
    expect(desk.get_by_text(f"Version {version} en vigueur")).to_be_visible()


def find_the_table_without_network(phone: Page) -> None:
    where = phone.locator("[data-panel]")
    expect(where).to_contain_text("tour 2 sur 4")
    until_kept(phone)
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text("Pas de réseau")).to_be_visible()
    expect(where).to_contain_text("tour 2 sur 4")
    phone.context.set_offline(False)
    expect(phone.get_by_text("Pas de réseau")).to_be_hidden(timeout=30_000)


def say_yes(phone: Page, own: str, name: str) -> None:
    phone.goto(f"{own}soiree/")
    met = phone.locator("details").filter(has_text=f"– {name} {NAME}")
    met.locator("summary").click()
    met.get_by_label("Oui", exact=True).check()
    met.get_by_role("button", name="Garder ma réponse").click()
    expect(met).to_contain_text("Changer ma réponse")


def play(desk: Page, screen: Page, phone: Page, event: str, own: str) -> None:
    """Four rounds; in the second, two leave, and a telephone has no network."""
    screen.goto(f"{event}soiree/projection/")
    screen.keyboard.press("Space")
    expect(screen.get_by_text("Tour 1 sur 4")).to_be_visible()
    assert defects(screen) == []
    look_at(desk, event, _PLAYED)
    desk.goto(f"{event}soiree/")
    button(desk, "Terminer le tour")
    button(desk, "Commencer le tour 2")
    for name in ("Paul", "Chloé"):
        button(desk, f"S’en va – {name} {NAME}")
        expect(desk.get_by_text(f"{name} {NAME} : Parti·e.")).to_be_visible()
    plan_again(desk, event, 3)
    phone.goto(f"{own}soiree/")
    assert defects(phone) == []
    find_the_table_without_network(phone)
    for number in (3, 4):
        button(desk, "Terminer le tour")
        button(desk, f"Commencer le tour {number}")
    expect(desk.get_by_text("Tour 4 sur 4")).to_be_visible()
    desk.goto(f"{event}soiree/clore/")
    button(desk, "Terminer la soirée")
    expect(desk.get_by_text("La soirée est terminée. Merci")).to_be_visible()


@pytest.mark.usefixtures("forgotten")
def test_an_evening_from_registration_to_report(
    page: Page, open_page: PageOpener, site: Site, sign_in: SignIn
):
    desk, phone, screen = page, open_page(390), open_page(1440)
    sign_in(desk, COORDINATOR)
    sign_in(screen, COORDINATOR)
    event = prepare(desk, site)
    pk = int(re.findall(r"\d+", event)[-1])
    own = register_everybody(phone, site, pk)
    alix, odile = site.url + own["Alix"], site.url + own["Odile"]
    wish(phone, alix, "Odile")
    wish(phone, odile, "Alix")
    plan_and_print(desk, event)
    check_in(desk, event)
    plan_again(desk, event, 2)
    play(desk, screen, phone, event, alix)
    say_yes(phone, alix, "Odile")
    say_yes(phone, odile, "Alix")
    shell(site, _OPEN_CONTACTS.format(pk=pk))

    phone.goto(f"{alix}suites/")
    expect(phone.get_by_text("Odile@histoire.test")).to_be_visible()
    assert defects(phone) == []
    phone.goto(f"{odile}suites/")
    expect(phone.get_by_text("Alix@histoire.test")).to_be_visible()
    desk.goto(f"{event}bilan/")
    expect(desk.get_by_text("1 contact ouvert ;")).to_be_visible()
    expect(desk.get_by_role("row", name="Médecins installés 5 4 1 1")).to_be_visible()
    expect(desk.get_by_role("row", name="Internes et remplaçants 4 3 1 1")).to_be_visible()
