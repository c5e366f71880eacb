"""The mails of a registration, written when they leave: what changed meanwhile is not told.

Names were typed by strangers: they are laid on one line, and never decide to whom a mail goes.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ancrage.events.enums import PLACED_STATES, EventState, News, RegistrationState
from ancrage.events.models import Event, Participant
from ancrage.events.queries.links import personal_token
from ancrage.events.queries.places import rank_of
from ancrage.events.queries.whereabouts import whereabouts_of
from ancrage.events.services.attending import may_withdraw
from ancrage.events.services.news import TELL, send_link
from ancrage.kit.calendar import Event as CalendarEvent
from ancrage.kit.calendar import invitation
from ancrage.kit.mail import queue_mail
from ancrage.kit.outbox import handles
from ancrage.kit.text import fold

_MAIL = "registrations/email/news"
_REFUSED = "registrations/email/refused"
_REMINDERS = {News.EVE: timedelta(days=1), News.SAME_DAY: timedelta()}
# Those whose mail brings the calendar file.
_DATED = frozenset({News.REGISTERED, News.PROMOTED, News.CANCELLED, News.CALLED_OFF, News.BACK_ON})


@handles(TELL)
def _tell(payload: Mapping[str, Any], now: datetime) -> None:
    """Write one mail, if what it says is still so. Bears a second call."""
    participant = (
        Participant.objects.select_related("event__commune", "party__side", "subject")
        .filter(pk=payload["participant"], subject__anonymised_at__isnull=True)
        .first()
    )
    news = News(payload["news"])
    if participant is None or not participant.email or not _holds(participant, news, now=now):
        return
    queue_mail(
        key=payload["key"],
        to=participant.email,
        template=_MAIL,
        context=_context(participant, news, now=now),
        language=participant.language,
        now=now,
        invitation=_file(participant, now=now) if news in _DATED else "",
    )


def calendar_of(*, event: Event, now: datetime, participant: Participant | None = None) -> str:
    """Return the event as a calendar file, in the language that is active. It names nobody.

    With a participant it is the file of their mails: cancelled with their registration.
    """
    site = settings.SITE_URL.rstrip("/")
    own = f"-{participant.pk}" if participant else ""
    known = whereabouts_of(event)
    gone = participant is not None and participant.state == RegistrationState.CANCELLED
    return invitation(
        CalendarEvent(
            uid=f"event-{event.pk}{own}@{urlsplit(site).hostname}",
            sequence=event.revision + (participant.revision if participant else 0),
            starts_at=event.doors_at,
            minutes=int((known.ends_at - known.doors_at).total_seconds() // 60),
            summary=event.title,
            place=known.place,
            description=_("Accueil à %(doors)s, premier tour à %(starts)s.")
            % {"doors": _hour(event.doors_at), "starts": _hour(event.starts_at)},
            url=site + reverse("registrations:event", args=[event.slug]),
            organizer=settings.CONTACT_EMAIL,
            written_at=now,
            is_cancelled=gone or event.state == EventState.CANCELLED,
        )
    )


def answer_known_address(*, event: Event, email: str, language: str, now: datetime) -> None:
    """Write to who asked for a registration that holds an address already registered.

    The page says the same as to everybody: only the mail tells. To the owner of the address
    goes their link; to who would register them with others, why nothing was done.
    """
    known = _registered(event, email)
    if known is not None:
        send_link(participant=known, now=now)
        return
    digest = sha256(fold(email).encode()).hexdigest()[:24]
    queue_mail(
        key=f"event-refused:{event.pk}:{digest}:{now:%Y%m%d%H}",
        to=email,
        template=_REFUSED,
        context={"event": event},
        language=language,
        now=now,
    )


def send_lost_link(*, event: Event, email: str, now: datetime) -> None:
    """Send the personal link to that address, if it is registered; nobody is told whether."""
    known = _registered(event, email)
    if known is not None:
        send_link(participant=known, now=now)


def _registered(event: Event, email: str) -> Participant | None:
    rows = event.participants.filter(email_key=fold(email), cancelled_at__isnull=True)
    return rows.select_related("event").order_by("pk").first()


def _holds(participant: Participant, news: News, *, now: datetime) -> bool:
    state = participant.state
    if news in _REMINDERS:
        days = timezone.localdate(participant.event.starts_at) - timezone.localdate(now)
        return (
            state in PLACED_STATES
            and participant.subject.is_shown
            and may_withdraw(event=participant.event, now=now)
            and days == _REMINDERS[news]
        )
    if news in {News.REGISTERED, News.PROMOTED}:
        return state in PLACED_STATES
    if news == News.CALLED_OFF:
        return participant.event.state == EventState.CANCELLED
    if news == News.BACK_ON:
        return may_withdraw(event=participant.event, now=now)
    expected = {
        News.WAITING: RegistrationState.WAITING,
        News.CANCELLED: RegistrationState.CANCELLED,
    }
    return state == expected.get(news, state)


def _context(participant: Participant, news: News, *, now: datetime) -> dict[str, Any]:
    waits = participant.state == RegistrationState.WAITING
    return {
        "news": str(news),
        "event": participant.event,
        "side": participant.party.side,
        "greeting": one_line(participant.first_name),
        "token": personal_token(participant),
        "rank": rank_of(participant) if waits else 0,
        "together": participant.party.members.filter(cancelled_at__isnull=True).count(),
        "confirmed": participant.state == RegistrationState.CONFIRMED,
        "may_withdraw": may_withdraw(event=participant.event, now=now),
    }


def one_line(text: str) -> str:
    """Return a text typed by somebody without what would begin a line, or hide another."""
    return " ".join("".join(mark if mark.isprintable() else " " for mark in text).split())


def _file(participant: Participant, *, now: datetime) -> str:
    if participant.event.starts_at <= now:
        return ""
    with translation.override(participant.language):
        return calendar_of(event=participant.event, participant=participant, now=now)


def _hour(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M}"
