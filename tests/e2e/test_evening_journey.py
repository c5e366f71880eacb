"""What an evening leaves on a telephone: nothing, once it is over or the link is dead."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PageOpener
from tests.e2e.journeys import until_kept
from tests.e2e.site import Site

# An evening of its own, whose registrations are over; called off at the end.
_PREPARE = """
import json
from datetime import timedelta
from django.utils import timezone
from ancrage.events.enums import EventState, RegistrationOrigin
from ancrage.events.models import Event
from ancrage.events.queries import personal_token
from ancrage.events.services import Person, create_event, move_event, register
from ancrage.territory.models import Territory
now = timezone.now()
territory = Territory.objects.order_by("pk").first()
starts = now + timedelta(hours=1)
event = Event(
    territory=territory, kind="docdating", title="Soirée du téléphone fictif", rounds=3,
    guarantee=1, commune=territory.communes.order_by("pk").first(), place="Salle fictive",
    doors_at=now, starts_at=starts, registration_closes_at=starts, wishes_close_at=starts,
    marks_close_at=starts + timedelta(days=2),
)
create_event(event=event, template="docdating", by=None, now=now)
move_event(event=event, after=EventState.OPEN, by=None, now=now)
for side in event.sides.all():
    for number in range(3):
        party = register(
            side=side, people=[Person(side.singular, f"Fictif {number}")],
            origin=RegistrationOrigin.ORGANISER, by=None, now=now,
        )
move_event(event=event, after=EventState.CLOSED, by=None, now=now)
print(json.dumps([event.pk, personal_token(party.members.get())]))
"""
_CALL_OFF = """
from django.utils import timezone
from ancrage.events.models import Event
from ancrage.events.services import move_event
event = Event.objects.get(pk={pk})
move_event(event=event, after="cancelled", by=None, now=timezone.now())
"""
_CHANGE_LINK = """
from ancrage.events.models import Participant
from ancrage.events.models.people import new_badge
from ancrage.events.queries import participant_of
Participant.objects.filter(pk=participant_of({token!r}).pk).update(badge=new_badge())
"""
# An answer that could not leave, as the page keeps it.
_QUEUE = """() => localStorage.setItem(
  `ancrage:answers:${location.pathname}`,
  JSON.stringify({ [`${location.pathname}revoir/0/`]: { interest: "yes", note: "" } }),
)"""
_LEFT = """async () => [
  ...Object.keys(localStorage).filter((key) => key.includes("/soiree/")),
  ...(await Promise.all((await caches.keys()).map(async (name) => {
    const kept = await (await caches.open(name)).keys();
    return kept.map((request) => new URL(request.url).pathname);
  }))).flat().filter((path) => path.includes("/soiree/")),
]"""
# What the worker does a day later, whose clock no test can move.
_AGE = """async () => {
  const [name] = await caches.keys();
  const cache = await caches.open(name);
  for (const request of await cache.keys()) {
    const kept = await cache.match(request);
    const headers = new Headers(kept.headers);
    if (!headers.has("Ancrage-Kept-Until")) continue;
    headers.set("Ancrage-Kept-Until", String(Date.now() - 1));
    await cache.put(request, new Response(await kept.text(), { headers }));
  }
}"""


@pytest.fixture
def evening(site: Site) -> Iterator[tuple[int, str]]:
    pk, token = json.loads(site.manage("shell", "--no-imports", "--command", _PREPARE))
    yield pk, token
    site.manage("shell", "--no-imports", "--command", _CALL_OFF.format(pk=pk))


def test_nothing_stays_on_a_telephone_after_the_evening(
    open_page: PageOpener, site: Site, evening: tuple[int, str]
):
    _pk, token = evening
    address = f"{site.url}/evenements/moi/{token}/soiree/"
    gone = "Rien n’est gardé sur ce téléphone"

    # A clock an hour fast changes nothing; a day later, the open page empties itself.
    phone = open_page(390)
    phone.clock.install(time=datetime.now(UTC) + timedelta(hours=1))
    phone.goto(address)
    until_kept(phone)
    phone.context.set_offline(True)
    phone.evaluate(_QUEUE)
    phone.clock.run_for(60_000)
    expect(phone.get_by_text("Pas de réseau")).to_be_visible()
    phone.clock.fast_forward("24:00:00")
    expect(phone.get_by_role("heading", name=gone)).to_be_visible()
    assert phone.evaluate(_LEFT) == []

    # So does one that is opened again, and the worker answers in its stead.
    later = open_page(390)
    later.goto(address)
    until_kept(later)
    later.context.set_offline(True)
    later.evaluate(_QUEUE)
    later.evaluate(_AGE)
    later.reload()
    expect(later.get_by_role("heading", name=gone)).to_be_visible()
    assert later.evaluate(_LEFT) == []


def test_a_dead_link_empties_the_telephone(
    open_page: PageOpener, site: Site, evening: tuple[int, str]
):
    _pk, token = evening
    phones = [open_page(390), open_page(390)]
    for phone in phones:
        phone.goto(f"{site.url}/evenements/moi/{token}/soiree/")
        until_kept(phone)
        phone.context.set_offline(True)
        phone.evaluate(_QUEUE)
    opened, closed = phones
    closed.goto("about:blank")
    site.manage("shell", "--no-imports", "--command", _CHANGE_LINK.format(token=token))

    # One that is still open asks by itself; another is opened by any page of the link.
    opened.context.set_offline(False)
    expect(opened.get_by_role("heading", name="Ce lien ne peut plus servir")).to_be_visible(
        timeout=30_000
    )
    closed.context.set_offline(False)
    closed.goto(f"{site.url}/evenements/moi/{token}/")
    closed.wait_for_load_state("networkidle")

    assert [phone.evaluate(_LEFT) for phone in phones] == [[], []]
