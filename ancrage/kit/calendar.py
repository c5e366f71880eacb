"""Calendar files: one event, as RFC 5545 (iCalendar) and RFC 5546 (invitations) write it.

Lines are folded at 75 octets, texts escaped, moments in UTC. An event keeps its `uid`; each
change raises `sequence`, so that calendars replace what they hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

_LONGEST_LINE = 75
PRODUCT = "-//Ancrage//FR"


@dataclass(frozen=True)
class Event:
    """Something that takes place. `starts_at` and `written_at` carry their time zone."""

    uid: str
    sequence: int
    starts_at: datetime
    minutes: int
    summary: str
    written_at: datetime
    place: str = ""
    description: str = ""
    url: str = ""
    organizer: str = ""
    is_cancelled: bool = False
    # The last of the whole days that it takes, from the day of `starts_at` on; None: an hour.
    until: date | None = None


def agenda(events: Iterable[Event]) -> str:
    """Return the text of a file that tells of these events, and invites nobody."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    lines.append("METHOD:PUBLISH")
    for event in events:
        lines += _event_lines(event)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def invitation(event: Event) -> str:
    """Return the text of the file: an invitation, or the cancelling of one."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        f"METHOD:{'CANCEL' if event.is_cancelled else 'REQUEST'}",
        *_event_lines(event),
        "END:VCALENDAR",
    ]
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _event_lines(event: Event) -> list[str]:
    ends_at = event.starts_at + timedelta(minutes=event.minutes)
    when = [f"DTSTART:{_utc(event.starts_at)}", f"DTEND:{_utc(ends_at)}"]
    if event.until is not None:
        # The day after the last one (RFC 5545, 3.6.1).
        after = event.until + timedelta(days=1)
        when = [
            f"DTSTART;VALUE=DATE:{event.starts_at:%Y%m%d}",
            f"DTEND;VALUE=DATE:{after:%Y%m%d}",
        ]
    lines = [
        "BEGIN:VEVENT",
        f"UID:{_escaped(event.uid)}",
        f"SEQUENCE:{event.sequence}",
        f"DTSTAMP:{_utc(event.written_at)}",
        *when,
        f"SUMMARY:{_escaped(event.summary)}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
    ]
    optional = (
        ("LOCATION", _escaped(event.place)),
        ("DESCRIPTION", _escaped(event.description)),
        ("URL", event.url),
        ("ORGANIZER", f"mailto:{event.organizer}" if event.organizer else ""),
    )
    lines += [f"{name}:{value}" for name, value in optional if value]
    return [*lines, "END:VEVENT"]


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _escaped(text: str) -> str:
    bare = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    # Any other control character would end a line, and let a text write lines of its own.
    return "".join(
        "\\n" if mark == "\n" else mark
        for mark in bare.replace("\r\n", "\n").replace("\r", "\n")
        if mark == "\n" or mark.isprintable() or mark == "\u00a0" or mark == "\u202f"
    )


def _folded(line: str) -> str:
    """Break a line into pieces of at most 75 octets, between characters, each after a space."""
    pieces, piece, room = [], "", _LONGEST_LINE
    for mark in line:
        weight = len(mark.encode())
        if weight > room:
            pieces.append(piece)
            # The space that begins a piece counts among its octets.
            piece, room = "", _LONGEST_LINE - 1
        piece += mark
        room -= weight
    return "\r\n ".join([*pieces, piece])
