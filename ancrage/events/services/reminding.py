"""The reminders: the evening before, where one says « je viens » or not, and the same day."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from ancrage.events.enums import PLACED_STATES, EventState, News
from ancrage.events.models import Participant
from ancrage.events.services.news import remind

# Hours of the territory. A morning event is reminded of the same day before people leave.
EVENING = time(18)
MORNING = time(7, 30)
# The round runs once a day: it notes what leaves before the next one, and a day more in case
# that one does not run.
AHEAD = timedelta(days=3)


@dataclass(frozen=True)
class Reminded:
    """How many reminders were noted, to leave in the evening and on the day."""

    eve: int
    same_day: int


@transaction.atomic
def note_reminders(*, now: datetime) -> Reminded:
    """Note the reminders of the events near, each to leave at its hour.

    Safe to repeat: one of each for a person and a day. One whose hour has passed leaves at once
    while it still holds; whoever has gone by then, or an event that was moved, is not written to.
    """
    people = Participant.objects.filter(
        state__in=PLACED_STATES,
        event__state__in=[EventState.OPEN, EventState.CLOSED],
        event__starts_at__gt=now,
        event__starts_at__lte=now + AHEAD,
    ).exclude(email="")
    eve = same_day = 0
    for participant in people.select_related("event").order_by("pk"):
        day = timezone.localdate(participant.event.starts_at)
        evening = timezone.make_aware(datetime.combine(day - timedelta(days=1), EVENING))
        morning = timezone.make_aware(datetime.combine(day, MORNING))
        if timezone.localdate(now) < day:
            eve += remind(participant=participant, news=News.EVE, at=max(evening, now), now=now)
        at = max(morning, now)
        if at < participant.event.doors_at:
            same_day += remind(participant=participant, news=News.SAME_DAY, at=at, now=now)
    return Reminded(eve=eve, same_day=same_day)
