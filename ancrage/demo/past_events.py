"""A meeting of the demo that took place: who came, who wished to meet again, what it became."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from ancrage.demo.guests import Scene
from ancrage.events import services as events
from ancrage.events.enums import ContactOutcome, Interest, Presence, SideRole
from ancrage.events.models import Contact, ContactFollowUp, Event, Mark, Meeting, Participant
from ancrage.events.services import MONTHS_ASKED

_O = ContactOutcome
# What contacts became after 1, 3, 6 and 12 months; « None » for no answer any more.
_DOCTORS: Sequence[Sequence[ContactOutcome | None]] = (
    (_O.IN_TOUCH, _O.LOCUM, _O.LOCUM, _O.LOCUM),
    (_O.LOCUM, _O.LOCUM, _O.COLLABORATION, _O.ASSOCIATION),
    (_O.NOTHING_YET, _O.GAVE_UP, None, None),
    (_O.IN_TOUCH, _O.IN_TOUCH, _O.COLLABORATION, _O.COLLABORATION),
    (_O.IN_TOUCH, _O.NOTHING_YET, _O.GAVE_UP, _O.GAVE_UP),
)
_TRADES: Sequence[Sequence[ContactOutcome | None]] = (
    (_O.IN_TOUCH, _O.HIRED, _O.HIRED, _O.HIRED),
    (_O.IN_TOUCH, _O.NOTHING_YET, _O.GAVE_UP, None),
    (_O.NOTHING_YET, _O.GAVE_UP, None, None),
    (_O.IN_TOUCH, _O.IN_TOUCH, _O.HIRED, _O.HIRED),
)
_OPINIONS = (
    "Sept minutes suffisent pour se faire une idée (démonstration).",
    "La salle était un peu bruyante (démonstration).",
    "J’ai rencontré des confrères que je ne connaissais pas (démonstration).",
    "À refaire, avec une pause plus longue (démonstration).",
)
_YES = {SideRole.HOST: 0.5, SideRole.VISITOR: 0.45}


def play_past(scene: Scene, event: Event) -> None:
    """Plan an event whose registrations are closed, play it, and follow it until now."""
    planned = event.registration_closes_at + timedelta(hours=2)
    timetable = events.build_timetable(event=event, by=scene.by, now=planned, walk_less=False)
    events.publish_timetable(timetable=timetable, by=scene.by, now=planned)
    events.open_evening(event=event, by=scene.by, now=event.doors_at)
    _arrive(scene, event)
    ended = _play(scene, event)
    events.close_evening(event=event, by=scene.by, now=ended)
    _mark(scene, event, at=ended + timedelta(hours=12))
    events.open_contacts(event=event, now=event.marks_close_at)
    _tell_opinions(event, now=event.marks_close_at + timedelta(days=1))
    _follow(scene, event)


def _arrive(scene: Scene, event: Event) -> None:
    """Let four out of five come."""
    people = event.participants.select_related("event").order_by("pk")
    for rank, person in enumerate(people):
        if rank % 5 != 2:
            events.note_presence(
                participant=person,
                after=Presence.ARRIVED,
                seen=person.revision,
                by=scene.by,
                now=event.doors_at + timedelta(seconds=25 * rank),
            )


def _play(scene: Scene, event: Event) -> datetime:
    """Play every round at its hour; return when the last one ended."""
    pauses = dict(event.breaks.values_list("after_round", "minutes").order_by("pk"))
    ended = event.starts_at
    for number in range(event.rounds):
        starts = event.round_starts_at(number, pauses)
        ended = starts + timedelta(minutes=event.minutes)
        events.start_round(event=event, number=number, by=scene.by, now=starts)
        events.end_round(event=event, number=number, by=scene.by, now=ended)
    return ended


def _mark(scene: Scene, event: Event, *, at: datetime) -> None:
    """Let both sides of each meeting say whether they would meet again, all at once."""
    first: dict[int, Participant] = {}
    for person in event.participants.order_by("pk"):
        first.setdefault(person.party_id, person)
    held = Meeting.objects.filter(timetable__event=event, timetable__in_force=True, held=True)
    Mark.objects.bulk_create(
        Mark(
            participant=first[own],
            about_id=other,
            interest=Interest.YES if scene.draws.random() < _YES[role] else Interest.NO,
            at=at,
        )
        for meeting in held.order_by("pk")
        for own, other, role in (
            (meeting.host_id, meeting.visitor_id, SideRole.HOST),
            (meeting.visitor_id, meeting.host_id, SideRole.VISITOR),
        )
    )


def _tell_opinions(event: Event, *, now: datetime) -> None:
    people = event.participants.filter(arrived_at__isnull=False).select_related("event")
    for rank, person in enumerate(people.order_by("pk")):
        if rank % 2 == 0:
            events.give_feedback(
                participant=person,
                rating=(5, 4, 4, 3, 5)[rank // 2 % 5],
                comment=_OPINIONS[rank // 8 % len(_OPINIONS)] if rank % 8 == 0 else "",
                now=now,
            )


def _follow(scene: Scene, event: Event) -> None:
    """Ask what is due until now, and have most of it answered within days."""
    stories = _TRADES if event.kind == "job_dating" else _DOCTORS
    contacts = list(Contact.objects.filter(event=event).order_by("pk"))
    people: dict[int, Participant] = {}
    for person in event.participants.select_related("party__side").order_by("pk"):
        people.setdefault(person.party_id, person)
    for rank, months in enumerate(MONTHS_ASKED):
        rows = {
            (row.contact_id, row.side): row
            for row in ContactFollowUp.objects.filter(contact__event=event, months=months)
        }
        due = next(iter(rows.values())).due_on
        asked = timezone.make_aware(datetime.combine(due, time(9)))
        if asked > scene.now - timedelta(days=3):
            return
        events.tend_contacts(now=asked)
        for number, contact in enumerate(contacts):
            outcome = stories[number % len(stories)][rank]
            for side, party in (("visitor", contact.visitor_id), ("host", contact.host_id)):
                # One host out of three lets the other side tell.
                if outcome is None or (side == "host" and number % 3 == 1):
                    continue
                said: dict[str, Any] = {"outcome": outcome, "comment": ""}
                events.say_outcome(
                    participant=people[party],
                    follow_up=rows[contact.pk, side].pk,
                    now=asked + timedelta(days=1 + number % 2),
                    **said,
                )
