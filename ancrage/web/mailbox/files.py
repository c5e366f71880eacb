"""The mails of the demo, which leave nowhere: read back from the files they are written to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from email.utils import parsedate_to_datetime
from pathlib import Path

# What Django's file backend writes after each mail of a file.
_SEPARATOR = b"-" * 79


@dataclass(frozen=True)
class Mail:
    """One mail, as its reader would see it without pictures."""

    name: str
    to: str
    subject: str
    sent_at: datetime
    text: str


def mails_in(folder: Path) -> list[Mail]:
    """Return the mails kept in `folder`, the last written first."""
    names = sorted((path.name for path in folder.glob("*.log")), reverse=True)
    return [mail for name in names for mail in _read(folder / name)]


def mail_in(folder: Path, name: str) -> Mail | None:
    """Return the mail of that name, None when there is none."""
    return next((mail for mail in mails_in(folder) if mail.name == name), None)


def _read(path: Path) -> Iterator[Mail]:
    parts = path.read_bytes().split(_SEPARATOR)
    # The last one first, as the files themselves are read.
    for rank in range(len(parts) - 1, -1, -1):
        source = parts[rank].strip()
        if source:
            yield _mail(f"{path.stem}-{rank}", message_from_bytes(source, policy=default))


def _mail(name: str, message: EmailMessage) -> Mail:
    body = message.get_body(("plain",))
    # « -0000 », which Django writes, is read as a time of no zone: it is that of Greenwich.
    sent_at = parsedate_to_datetime(str(message["Date"])).replace(tzinfo=UTC)
    return Mail(
        name=name,
        to=str(message["To"]),
        subject=str(message["Subject"]).strip(),
        sent_at=sent_at,
        text=str(body.get_content()) if body is not None else "",
    )
