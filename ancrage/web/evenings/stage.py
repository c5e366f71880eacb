"""What the screen of the room and the organiser's panel both say of the round."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from ancrage.events.enums import EventState
from ancrage.events.models import Event
from ancrage.events.queries import Progress, progress_of

_FAR = 100 * 60_000


class Phase(Enum):
    """What everybody is doing."""

    # The doors are not open.
    CLOSED = "closed"
    # Doors open, no round begun.
    BEFORE = "before"
    RUNNING = "running"
    # The time of the round is over, nobody ended it yet.
    OVERTIME = "overtime"
    # Between two rounds.
    CHANGEOVER = "changeover"
    PAUSE = "pause"
    FINISHED = "finished"


@dataclass(frozen=True)
class Stage:
    """The round and its time, as the server counts them.

    `left` is in milliseconds, from the moment `now` of the server: no clock of a reader counts.
    It is negative once the time has passed. `total` is what it is a part of.
    """

    phase: Phase
    number: int | None
    following: int | None
    left: int
    total: int
    ends_at: datetime | None
    progress: Progress

    @property
    def stamp(self) -> str:
        """Changes when something other than time does."""
        ends = self.ends_at.isoformat() if self.ends_at else ""
        far = ":far" if self.is_far else ""
        return f"{self.phase.value}:{self.number}:{self.following}:{ends}{far}"

    @property
    def is_far(self) -> bool:
        """Whether what comes is hours or days away: nobody counts that in minutes."""
        return self.left >= _FAR

    @property
    def minutes(self) -> int:
        """Whole minutes left, never less than 0."""
        return max(0, self.left) // 60_000

    @property
    def seconds(self) -> int:
        """Seconds left beyond the minutes."""
        return max(0, self.left) // 1000 % 60


def stage_of(event: Event, *, now: datetime) -> Stage:
    """Return where the evening stands at `now`."""
    progress = progress_of(event, on=now)
    current, last, following = progress.current, progress.last, progress.following
    start, end = event.starts_at, event.starts_at
    if event.state != EventState.RUNNING:
        over = event.state == EventState.OVER
        phase, start, end = (Phase.FINISHED if over else Phase.CLOSED), now, now
    elif current is not None:
        start, end = current.started_at, current.ends_at
        phase = Phase.RUNNING if now < end else Phase.OVERTIME
    elif following is None:
        phase, start, end = Phase.FINISHED, now, now
    elif last is not None:
        start, end = last.ended_at or now, progress.due_at
        pause = (end - start).total_seconds() > 60 * event.changeover
        phase = Phase.PAUSE if pause else Phase.CHANGEOVER
    else:
        phase, start = Phase.BEFORE, min(event.doors_at, event.starts_at)
    return Stage(
        phase=phase,
        number=None if last is None else last.number + 1,
        following=None if following is None else following.number + 1,
        left=round((end - now).total_seconds() * 1000),
        total=max(1, round((end - start).total_seconds() * 1000)),
        ends_at=None if end == now else end,
        progress=progress,
    )
