"""Tomorrow's evening of the demo, played step by step by the services that the pages call.

Where it stands is read from rows, so that an organiser may act on the pages between two steps.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ancrage.demo.events import evening_dates
from ancrage.events import services as events
from ancrage.events.enums import (
    EventAction,
    EventState,
    Interest,
    Presence,
    RegistrationOrigin,
    RegistrationState,
    SideRole,
    TimetableStatus,
)
from ancrage.events.models import Event, Feedback, Mark, Meeting, Participant
from ancrage.events.queries import (
    met_by,
    parties_present,
    people_of,
    presence_of,
    progress_of,
    timetable_in_force,
)
from ancrage.events.services import Choice
from ancrage.kit.audit import record

_SEED = 19300
# Promises that may be given up for a better evening when the rounds left are planned again.
_CHANGES = 10
_CHANCES = (Interest.YES, Interest.YES, Interest.PERHAPS, Interest.NO)
_LEAVE_AFTER = 3


class Step(TextChoices):
    """What happens at a press, in order."""

    PLAN = "plan", gettext_lazy("Calculer et publier la grille de passage")
    DOORS = "doors", gettext_lazy("Ouvrir l’accueil : les premiers arrivent")
    WITHOUT = "without", gettext_lazy("Un quart ne vient pas : recalculer")
    FIRST = "first", gettext_lazy("Commencer le premier tour")
    LATE = "late", gettext_lazy("Les retardataires arrivent, deuxième tour")
    LEAVE = "leave", gettext_lazy("Troisième tour : deux personnes partent")
    AGAIN = "again", gettext_lazy("Recalculer les tours qui restent")
    REST = "rest", gettext_lazy("Jouer les tours qui restent")
    MARKS = "marks", gettext_lazy("Chacun dit qui revoir, la soirée se termine")
    CONTACTS = "contacts", gettext_lazy("Ouvrir les contacts, recueillir les avis")


def next_step(event: Event, *, now: datetime) -> Step | None:
    """Say what the next press plays; None when all is played, or the event is not announced."""
    if event.state in {EventState.OPEN, EventState.CLOSED}:
        return Step.PLAN if timetable_in_force(event) is None else Step.DOORS
    if event.state == EventState.OVER:
        return Step.CONTACTS if now < event.marks_close_at else None
    if event.state != EventState.RUNNING:
        return None
    progress = progress_of(event, on=now)
    timetable = timetable_in_force(event)
    if progress.last is None:
        # Versions made during an evening say from which round.
        is_new = timetable is not None and "from_round" in timetable.instance
        return Step.FIRST if is_new else Step.WITHOUT
    if progress.following is None:
        return Step.MARKS
    begun = event.actual_rounds.count()
    if begun < _LEAVE_AFTER:
        return (Step.LATE, Step.LEAVE)[begun - 1]
    is_late = timetable is None or timetable.from_round < _LEAVE_AFTER
    return Step.AGAIN if begun == _LEAVE_AFTER and is_late else Step.REST


def play_next(*, event: Event, by: Any, now: datetime) -> str:
    """Play the next step; return in words what happened, "" when nothing is left.

    Raises what the services do: an organiser may have changed the evening meanwhile.
    """
    step = next_step(event, now=now)
    return _PLAYS[step](event, by, now) if step is not None else ""


def with_a_link(event: Event) -> list[Participant]:
    """Return a host and a visitor who come, whose personal pages are worth opening."""
    people = event.participants.filter(cancelled_at__isnull=True).select_related(
        "party__side", "subject", "event"
    )
    coming = [one for rank, one in enumerate(people.order_by("pk")) if not _is_absent(rank)]
    # The one who plays a person of the demo rather than another.
    coming.sort(key=lambda one: (one.subject.user_id is None, not one.email, one.pk))
    found = [
        next((one for one in coming if one.party.side.role == role), None)
        for role in (SideRole.HOST, SideRole.VISITOR)
    ]
    return [one for one in found if one is not None]


@transaction.atomic
def put_back(*, event: Event, by: Any, now: datetime) -> None:
    """Bring the evening back to tomorrow, before anything was planned or played.

    Registrations made in advance, answers, wishes and imposed pairs stay; people registered at
    the door go.
    """
    locked = Event.objects.select_for_update().get(pk=event.pk)
    people = locked.participants.all()
    locked.contacts.all().delete()
    Mark.objects.filter(participant__event=locked).delete()
    Feedback.objects.filter(participant__event=locked).delete()
    locked.timetables.all().delete()
    locked.actual_rounds.all().delete()
    at_the_door = people.filter(origin=RegistrationOrigin.WALK_IN)
    locked.parties.filter(members__in=at_the_door).delete()
    people.filter(cancelled_at__gte=locked.doors_at).update(
        state=RegistrationState.REGISTERED, cancelled_at=None
    )
    people.update(arrived_at=None, left_at=None, revision=F("revision") + 1)
    locked.tables.update(usable=True)
    before = locked.state
    for name, value in evening_dates(timezone.localdate(now) + timedelta(days=1)).items():
        setattr(locked, name, value)
    locked.state, locked.dropped_rounds = EventState.CLOSED, []
    locked.revision += 1
    locked.save()
    record(
        action=EventAction.MOVED,
        target=locked,
        by=by,
        now=now,
        scope=f"territory:{locked.territory_id}",
        changes={"state": [before, str(EventState.CLOSED)]},
    )


def _plan(event: Event, by: Any, now: datetime) -> str:
    """Publish the last version, or the first one."""
    timetable = event.timetables.filter(status=TimetableStatus.DONE).order_by("-version").first()
    if timetable is None:
        timetable = events.build_timetable(event=event, by=by, now=now, walk_less=False)
    events.publish_timetable(timetable=timetable, by=by, now=now)
    return _(
        "La version %(version)d de la grille est publiée : %(count)d rencontres, avec sa preuve."
    ) % {"version": timetable.version, "count": timetable.meetings.count()}


@transaction.atomic
def _doors(event: Event, by: Any, now: datetime) -> str:
    """Bring the evening forward to this hour, so that pages and screens live; open its doors."""
    starts_at = now.replace(second=0, microsecond=0)
    doors_at = starts_at - timedelta(minutes=30)
    current = events.edit_event(
        event=event,
        revision=event.revision,
        by=by,
        now=now,
        doors_at=doors_at,
        starts_at=starts_at,
        registration_closes_at=min(event.registration_closes_at, doors_at),
        wishes_close_at=min(event.wishes_close_at, doors_at),
        marks_close_at=starts_at + timedelta(days=2),
    )
    events.open_evening(event=current, by=by, now=now)
    coming = [
        person
        for rank, person in enumerate(_registered(event))
        if not _is_absent(rank) and not _is_late(rank)
    ]
    there = _note(coming, Presence.ARRIVED, by=by, first=doors_at, last=now)
    return _(
        "La soirée est avancée à maintenant, l’accueil est ouvert : %(there)d personnes sont là,"
        " %(awaited)d sont attendues."
    ) % {"there": there, "awaited": event.participants.filter(arrived_at=None).count()}


@transaction.atomic
def _without(event: Event, by: Any, now: datetime) -> str:
    """Note those who said that they do not come, and plan without whoever is not there."""
    missing = [one for rank, one in enumerate(_registered(event)) if _is_absent(rank)]
    told = _note(missing[::3], Presence.ABSENT, by=by, first=now, last=now)
    said = _("%(count)d personnes manquent, dont %(told)d ont prévenu.") % {
        "count": len(missing),
        "told": told,
    }
    return f"{said} {_replan(event, by, now)}"


@transaction.atomic
def _first(event: Event, by: Any, now: datetime) -> str:
    return _start(event, by, now)


@transaction.atomic
def _late(event: Event, by: Any, now: datetime) -> str:
    ended = _end(event, by, now)
    late = [one for rank, one in enumerate(_registered(event)) if _is_late(rank)]
    came = _note(late, Presence.ARRIVED, by=by, first=now, last=now)
    said = ngettext(
        "%(count)d retardataire arrive.", "%(count)d retardataires arrivent.", came
    ) % {"count": came}
    return f"{ended} {said} {_start(event, by, now)}".strip()


@transaction.atomic
def _leave(event: Event, by: Any, now: datetime) -> str:
    said = f"{_end(event, by, now)} {_start(event, by, now)}"
    linked = {one.party_id for one in with_a_link(event)}
    there = [
        one
        for one in _registered(event)
        if presence_of(one) == Presence.ARRIVED and one.party_id not in linked
    ]
    leaving = [
        [one for one in there if one.party.side.role == role][-1:]
        for role in (SideRole.HOST, SideRole.VISITOR)
    ]
    people = [one for pair in leaving for one in pair]
    _note(people, Presence.LEFT, by=by, first=now, last=now)
    names = ", ".join(one.full_name for one in people)
    gone = _("Partent au milieu du tour : %(names)s.") % {"names": names}
    return f"{said} {gone}".strip()


@transaction.atomic
def _again(event: Event, by: Any, now: datetime) -> str:
    return f"{_end(event, by, now)} {_replan(event, by, now)}".strip()


@transaction.atomic
def _rest(event: Event, by: Any, now: datetime) -> str:
    """Play what is left at once, between the end of the last round and now."""
    _end(event, by, now)
    last = progress_of(event, on=now).last
    ended = now if last is None or last.ended_at is None else last.ended_at
    coming = [slot.number for slot in progress_of(event, on=now).slots if slot.state == "coming"]
    step = max(now - ended, timedelta()) / (2 * max(1, len(coming)))
    held = 0
    for rank, number in enumerate(coming):
        begins = ended + 2 * rank * step
        events.start_round(event=event, number=number, by=by, now=begins)
        held += events.end_round(event=event, number=number, by=by, now=begins + step)
    return _("%(rounds)d tours joués, %(held)d rencontres tenues.") % {
        "rounds": len(coming),
        "held": held,
    }


@transaction.atomic
def _marks(event: Event, by: Any, now: datetime) -> str:
    """Let those who came say whom they would meet again, each for themselves."""
    _end(event, by, now)
    present = parties_present(people_of(event))
    draws = Random(_SEED)  # noqa: S311 - the same evening every time, no secret
    count = 0
    for person in _registered(event):
        if person.arrived_at is None or person.party_id not in present:
            continue
        for about in sorted(met_by(person) & present):
            events.keep_mark(
                participant=person, about=about, interest=draws.choice(_CHANCES), note="", now=now
            )
            count += 1
    events.close_evening(event=event, by=by, now=now)
    return _(
        "%(count)d réponses « revoir » sont données, chacune pour soi ; la soirée est terminée."
    ) % {"count": count}


@transaction.atomic
def _contacts(event: Event, by: Any, now: datetime) -> str:
    """Bring the term of the answers forward, and let people say what they thought."""
    current = events.edit_event(
        event=event, revision=event.revision, by=by, now=now, marks_close_at=now
    )
    opened = events.open_contacts(event=current, now=now)
    came = [one for one in _registered(event) if one.arrived_at is not None]
    for rank, person in enumerate(came[::3]):
        events.give_feedback(
            participant=person, rating=(5, 4, 4, 3, 5)[rank % 5], comment="", now=now
        )
    return _(
        "Le terme des réponses est avancé : %(opened)d contacts s’ouvrent, sur un oui des deux"
        " côtés ; %(opinions)d avis sont donnés. Lisez le bilan."
    ) % {"opened": opened, "opinions": len(came[::3])}


def _replan(event: Event, by: Any, now: datetime) -> str:
    choice = Choice(changes=_CHANGES)
    shown = events.propose_replan(event=event, choice=choice, now=now)
    timetable = events.confirm_replan(
        event=event, choice=choice, fingerprint=shown.fingerprint, by=by, now=now
    )
    return _(
        "La version %(version)d est en vigueur. Rencontres devenues impossibles : %(lost)d ;"
        " nouvelles : %(gained)d ; inchangées : %(kept)d."
    ) % {
        "version": timetable.version,
        "lost": shown.lost,
        "gained": shown.gained,
        "kept": shown.kept,
    }


def _start(event: Event, by: Any, now: datetime) -> str:
    following = progress_of(event, on=now).following
    if following is None:
        return ""
    events.start_round(event=event, number=following.number, by=by, now=now)
    count = Meeting.objects.filter(
        timetable__event=event, timetable__in_force=True, round=following.number
    ).count()
    return _("Le tour %(number)d commence : %(count)d rencontres.") % {
        "number": following.shown,
        "count": count,
    }


def _end(event: Event, by: Any, now: datetime) -> str:
    current = progress_of(event, on=now).current
    if current is None:
        return ""
    held = events.end_round(event=event, number=current.number, by=by, now=now)
    return _("Le tour %(number)d est terminé : %(held)d rencontres tenues.") % {
        "number": current.number + 1,
        "held": held,
    }


def _registered(event: Event) -> QuerySet[Participant]:
    """Return those who registered in advance, in order: their rank says what they will do."""
    people = Participant.objects.filter(event=event).exclude(origin=RegistrationOrigin.WALK_IN)
    return people.select_related("event", "party__side").order_by("pk")


def _is_absent(rank: int) -> bool:
    return rank % 4 == 3


def _is_late(rank: int) -> bool:
    return rank % 12 == 5


def _note(
    people: list[Participant], after: Presence, *, by: Any, first: datetime, last: datetime
) -> int:
    """Note where people are, one after the other; those who are noted already are left."""
    before = Presence.ARRIVED if after == Presence.LEFT else Presence.EXPECTED
    waiting = [one for one in people if presence_of(one) == before]
    step = (last - first) / max(1, len(waiting))
    for rank, person in enumerate(waiting, start=1):
        events.note_presence(
            participant=person,
            after=after,
            seen=person.revision,
            by=by,
            now=first + rank * step,
        )
    return len(waiting)


_PLAYS: Mapping[Step, Callable[[Event, Any, datetime], str]] = {
    Step.PLAN: _plan,
    Step.DOORS: _doors,
    Step.WITHOUT: _without,
    Step.FIRST: _first,
    Step.LATE: _late,
    Step.LEAVE: _leave,
    Step.AGAIN: _again,
    Step.REST: _rest,
    Step.MARKS: _marks,
    Step.CONTACTS: _contacts,
}
