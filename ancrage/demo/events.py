"""The meetings of the demo: one a year ago, one of this season, one tomorrow, one to come.

Tomorrow's evening is ready to be planned and played; `ancrage.demo.evening` plays it.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.candidates.queries import candidate_of
from ancrage.demo.calendar import people_stay_home
from ancrage.demo.guests import (
    Guest,
    Scene,
    draw_guests,
    draw_profile,
    register_guests,
    wish_each_other,
)
from ancrage.demo.past_events import play_past
from ancrage.events import services as events
from ancrage.events.enums import EventKind, EventState, PartyKind, SideRole
from ancrage.events.models import Event
from ancrage.privacy.terms import add_months
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Territory

SEED = 20261204
EVENING_TITLE = "Doc’dating du Pays de Retz"
EVENING_SLUG = "docdating-du-pays-de-retz"
HOSTS, VISITORS, TABLES = 100, 30, 26
_TEAMS = 3
_PLAYED = "professionnelle@demo.example"
_THURSDAY = 3
_HOUR = time(19, 30)
_PARTNERS = (
    "Communauté d’agglomération (fictive)\nConseil de l’ordre (fictif)\nMutuelle du Retz (fictive)"
)
_WELCOME = "Merci d’être là. Un tour dure sept minutes ; la cloche annonce le suivant."
_ACCESS = "Parking derrière la salle. Entrée de plain-pied par la cour."


def load_events(territory: Territory, users: Mapping[str, User], *, now: datetime) -> int:
    """Build the meetings of the demo; return how many."""
    scene = Scene(
        territory=territory,
        by=users["coordination@demo.example"],
        communes=list(territory.communes.order_by("insee")),
        doctor=Profession.objects.get(code="general_practitioner"),
        draws=Random(SEED),  # noqa: S311 - the same demo every time, no secret
        now=now,
    )
    today = timezone.localdate(now)
    year_ago = _thursday(timezone.localdate(add_months(now, -12)) - timedelta(days=8))
    season = _thursday(timezone.localdate(add_months(now, -3)) - timedelta(days=8))
    _past(scene, "Doc’dating : première édition", "docdating", on=year_ago, hosts=24, visitors=16)
    _past(scene, "Rencontres de l’emploi", "job_dating", on=season, hosts=12, visitors=18)
    load_tomorrow(scene, users[_PLAYED], on=today + timedelta(days=1))
    _to_come(scene, on=_thursday(today + timedelta(days=42)))
    return Event.objects.filter(territory=territory).count()


def evening_of_the_demo() -> Event | None:
    """Return the evening that the demo plays; None where it is not loaded."""
    rows = Event.objects.select_related("territory", "commune")
    return rows.filter(slug=EVENING_SLUG).first()


def evening_dates(on: date) -> dict[str, datetime]:
    """Return the dates of an evening: registrations end two days before, wishes that noon."""
    starts_at = _at(on, _HOUR)
    return {
        "doors_at": starts_at - timedelta(minutes=30),
        "starts_at": starts_at,
        "registration_closes_at": starts_at - timedelta(days=2),
        "wishes_close_at": _at(on, time(12)),
        "marks_close_at": starts_at + timedelta(days=2),
    }


def _past(scene: Scene, title: str, template: str, *, on: date, hosts: int, visitors: int) -> None:
    kind = EventKind.JOB_DATING if template == "job_dating" else EventKind.DOCDATING
    event = _open(scene, title, template, kind=kind, on=on, rounds=8, tables=hosts)
    closes = event.registration_closes_at
    here = register_guests(
        scene,
        event,
        draw_guests(scene, hosts=hosts, visitors=visitors),
        first=closes - timedelta(days=30),
        last=closes,
    )
    wish_each_other(scene, event, here, at=closes)
    events.move_event(event=event, after=EventState.CLOSED, by=scene.by, now=closes)
    play_past(scene, event)


def load_tomorrow(scene: Scene, played: User, *, on: date) -> None:
    """Build the evening that is ready to be planned and played."""
    event = _open(
        scene,
        EVENING_TITLE,
        "docdating",
        kind=EventKind.DOCDATING,
        on=on,
        rounds=12,
        tables=TABLES,
    )
    guests = draw_guests(scene, hosts=HOSTS, visitors=VISITORS - 1, teams=_TEAMS)
    guests.append(_couple(scene, guests[-1], played))
    closes = event.registration_closes_at
    here = register_guests(scene, event, guests, first=closes - timedelta(days=40), last=closes)
    wish_each_other(scene, event, here, at=min(closes + timedelta(hours=4), scene.now))
    events.move_event(event=event, after=EventState.CLOSED, by=scene.by, now=closes)


def _to_come(scene: Scene, *, on: date) -> None:
    """Open the registrations of a day whose places are still to be taken."""
    event = _open(
        scene,
        "Journée de découverte des lieux d’exercice",
        "discovery",
        kind=EventKind.DISCOVERY,
        on=on,
        rounds=6,
        tables=12,
    )
    register_guests(
        scene,
        event,
        draw_guests(scene, hosts=7, visitors=9),
        first=scene.now - timedelta(days=20),
        last=scene.now - timedelta(days=8),
    )


def _couple(scene: Scene, like: Guest, played: User) -> Guest:
    """Two professionals who look for one place: the account that plays a person, and a doctor."""
    return Guest(
        role=SideRole.VISITOR,
        people=[(played.first_name, played.last_name), ("Yann", "Le Goff (fictif)")],
        profiles=[like.profiles[0], draw_profile(scene, SideRole.VISITOR)],
        kind=PartyKind.COUPLE,
        name="Camille et Yann Le Goff (fictifs)",
        user=played,
        candidate=candidate_of(played),
    )


def _open(
    scene: Scene,
    title: str,
    template: str,
    *,
    kind: EventKind,
    on: date,
    rounds: int,
    tables: int,
) -> Event:
    """Announce an event seven weeks before it takes place, its room laid out."""
    dates = evening_dates(on)
    announced = min(dates["starts_at"], scene.now) - timedelta(days=49)
    steps: dict[str, Any] = {"by": scene.by, "now": announced}
    commune = Commune.objects.get(insee="44131")
    event = events.create_event(
        event=Event(
            territory=scene.territory,
            kind=kind,
            title=title,
            summary="Quelques minutes pour faire connaissance, puis on change de table"
            " (événement inventé pour la démonstration).",
            partners=_PARTNERS,
            commune=commune,
            place="Salle du Val Saint-Martin (fictive)",
            address="1 rue de la Salle (fictive)",
            access=_ACCESS,
            welcome=_WELCOME,
            rounds=rounds,
            minutes=7,
            changeover=2,
            guarantee=3,
            **dates,
        ),
        template=template,
        **steps,
    )
    event = events.set_table_count(event=event, count=tables, revision=event.revision, **steps)
    event = events.arrange_tables(event=event, columns=7, revision=event.revision, **steps)
    pause = {rounds // 2 - 1: 15}
    event = events.set_breaks(event=event, revision=event.revision, breaks=pause, **steps)
    events.move_event(event=event, after=EventState.OPEN, **steps)
    return event


def _thursday(day: date) -> date:
    """Return the Thursday of that day or the last one before it on which an evening is held."""
    found = day - timedelta(days=(day.weekday() - _THURSDAY) % 7)
    while people_stay_home(found):
        found -= timedelta(days=7)
    return found


def _at(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
