"""What a participant is told by mail: noted with the change that causes it, written later."""

from datetime import datetime

from django.utils import timezone

from ancrage.events.enums import EventState, News
from ancrage.events.models import Event, Participant
from ancrage.kit.models import OutboxTask
from ancrage.kit.outbox import enqueue

TELL = "events.tell"
_SILENT_STATES = frozenset({EventState.DRAFT, EventState.OVER, EventState.CANCELLED})


def tell(*, participant: Participant, news: News, now: datetime) -> None:
    """Have the participant told of their registration; once for each of its changes.

    Nothing leaves while the event is being prepared, nor once it is over.
    """
    if participant.event.state not in _SILENT_STATES:
        _note(participant, news, mark=str(participant.revision), now=now)


def remind(*, participant: Participant, news: News, at: datetime, now: datetime) -> bool:
    """Have the participant reminded at that moment, once for this day; False if it was noted."""
    day = timezone.localdate(participant.event.starts_at).isoformat()
    return _note(participant, news, mark=day, now=now, run_at=at)


def send_link(*, participant: Participant, now: datetime, renewed: bool = False) -> None:
    """Send the personal link again, once an hour at most; a new one at once."""
    mark = str(participant.revision) if renewed else f"{now:%Y%m%d%H}"
    _note(participant, News.LINK, mark=mark, now=now)


def tell_called_off(*, event: Event, now: datetime) -> None:
    """Tell everybody who has a place, or waits for one, that the event will not take place."""
    for participant in event.participants.filter(cancelled_at__isnull=True).order_by("pk"):
        _note(participant, News.CALLED_OFF, mark=str(event.revision), now=now)


def tell_back_on(*, event: Event, now: datetime) -> None:
    """Tell whoever learnt that the event was called off that it takes place after all.

    A mail of before that has not left says nothing any more: who awaits it learns nothing of this.
    """
    called_off = f"event-news:{News.CALLED_OFF}:"
    keys = OutboxTask.objects.filter(
        kind=TELL, key__startswith=called_off, done_at__isnull=True
    ).values_list("key", flat=True)
    unaware = {key.removeprefix(called_off).partition(":")[0] for key in keys}
    for participant in event.participants.filter(cancelled_at__isnull=True).order_by("pk"):
        if str(participant.pk) not in unaware:
            _note(participant, News.BACK_ON, mark=str(event.revision), now=now)


def _note(
    participant: Participant,
    news: News,
    *,
    mark: str,
    now: datetime,
    run_at: datetime | None = None,
) -> bool:
    if not participant.email:
        return False
    key = f"event-news:{news}:{participant.pk}:{mark}"
    payload = {"participant": participant.pk, "news": str(news), "key": f"{key}:mail"}
    return enqueue(key=key, kind=TELL, payload=payload, now=now, run_at=run_at)
