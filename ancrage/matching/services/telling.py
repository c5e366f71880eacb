"""The mails of introductions, written when they leave: what was taken back is not told.

They name the post and the structure, never the person to anybody else: a mail is read anywhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ancrage.kit.calendar import Event, invitation
from ancrage.kit.mail import queue_mail
from ancrage.kit.outbox import handles
from ancrage.matching.enums import (
    KEPT_FROM_PARTNER,
    CloseReason,
    IntroductionOrigin,
    IntroductionState,
    Side,
)
from ancrage.matching.models import Introduction, IntroductionMessage, IntroductionMove
from ancrage.matching.queries.board import with_everything
from ancrage.matching.queries.links import proposal_token
from ancrage.matching.queries.visibility import identity_released
from ancrage.matching.services.messages import TELL_MESSAGE
from ancrage.matching.services.moving import TELL
from ancrage.matching.services.posts.telling import tell_other_employers
from ancrage.partners.recipients import recipients_for
from ancrage.territory.queries import coordinators_of

_NEWS = "introductions/email/news"
_PROPOSAL = "introductions/email/proposal"
# What the person knows already, or did themselves.
_NOT_TOLD_TO_PERSON = frozenset(
    {
        CloseReason.ERASED,
        CloseReason.LIMITED,
        CloseReason.CONSENT_WITHDRAWN,
        CloseReason.HIRED_ELSEWHERE,
        CloseReason.MISTAKE,
    }
)
_EVENTS = {
    IntroductionState.AGREED: "to_answer",
    IntroductionState.ANSWERED: "accepted",
    IntroductionState.MEETING: "meeting",
    IntroductionState.OFFER: "offer",
    IntroductionState.HIRED: "hired",
    IntroductionState.CLOSED: "closed",
}


@dataclass(frozen=True)
class Mail:
    """One piece of news of an introduction, and what the outbox knows its mails by."""

    introduction: Introduction
    event: str
    key: str
    calendar: bool = False
    cancels: bool = False


@handles(TELL)
def _tell(payload: Mapping[str, Any], now: datetime) -> None:
    """Tell of a step, of a step taken back, or of a meeting that moved. Bears a second call."""
    if "moved" in payload:
        introduction = _read(payload["moved"])
        if introduction is not None and introduction.state == IntroductionState.MEETING:
            key = f"introduction-meeting:{introduction.pk}:{introduction.meeting_sequence}"
            news = Mail(introduction, "meeting_moved", f"{key}:mail", calendar=True)
            tell_person(news=news, now=now)
            tell_partner(news=news, now=now)
        return
    if "relayed" in payload:
        introduction = _read(payload["relayed"])
        if introduction is not None and introduction.state == IntroductionState.PROPOSED:
            key = f"introduction-relay:{introduction.pk}:mail"
            tell_proposal(introduction=introduction, key=key, reminds=False, now=now)
        return
    if "agreed_again" in payload:
        introduction = _read(payload["agreed_again"])
        if introduction is not None and introduction.state == IntroductionState.AGREED:
            key = f"introduction-agreed-again:{introduction.pk}:{introduction.revision}:mail"
            tell_partner(news=Mail(introduction, "to_answer", key), now=now)
        return
    key = payload.get("move") or payload["undone"]
    step = IntroductionMove.objects.filter(pk=key).first()
    introduction = _read(step.introduction_id) if step else None
    if step is None or introduction is None:
        return  # erased since
    if "undone" in payload:
        _tell_undone(introduction, step, now=now)
    elif step.undone_at is None:
        _tell_step(introduction, step, now=now)


@handles(TELL_MESSAGE)
def _tell_message(payload: Mapping[str, Any], now: datetime) -> None:
    """Say that a message waits, and nothing of what it says."""
    message = IntroductionMessage.objects.filter(pk=payload["message"]).first()
    introduction = _read(message.introduction_id) if message else None
    if message is None or introduction is None:
        return
    news = Mail(introduction, "message", f"introduction-message:{message.pk}")
    if message.side != Side.PERSON:
        tell_person(news=news, now=now)
    # An agreement given for another post does not tell the structure of this one.
    shown = introduction.agreed_at is not None and identity_released(introduction)
    if message.side != Side.PARTNER and shown:
        tell_partner(news=news, now=now)


def tell_proposal(*, introduction: Introduction, key: str, reminds: bool, now: datetime) -> bool:
    """Ask the person whether they agree, with the link that lets them say so."""
    candidate = introduction.candidate
    if not candidate.email or not candidate.subject.is_shown:
        return False
    return queue_mail(
        key=key,
        to=candidate.email,
        template=_PROPOSAL,
        context={
            "greeting": candidate.first_name,
            "need": introduction.need,
            "partner": introduction.partner,
            "asked_by_partner": introduction.origin == IntroductionOrigin.PARTNER,
            "reminds": reminds,
            "token": proposal_token(introduction, now=now),
        },
        language=candidate.language,
        now=now,
    )


def tell_person(*, news: Mail, now: datetime) -> None:
    """Write to the person, unless they left no address, asked for silence, or the charter keeps
    this from them."""
    candidate = news.introduction.candidate
    if not candidate.email or not candidate.subject.is_shown or news.introduction.is_held:
        return
    queue_mail(
        key=f"{news.key}:person",
        to=candidate.email,
        template=_NEWS,
        context={
            **_context(news),
            "greeting": candidate.first_name,
            "audience": "person",
            "reason": reason_shown(news.introduction, Side.PERSON),
        },
        language=candidate.language,
        now=now,
        invitation=_invitation(news, candidate.language, now=now),
    )


def tell_partner(*, news: Mail, now: datetime) -> None:
    """Write to those who recruit for the structure, or to its mailbox."""
    for recipient, _rows in recipients_for([news.introduction]):
        queue_mail(
            key=f"{news.key}:{recipient.key}",
            to=recipient.email,
            template=_NEWS,
            context={
                **_context(news),
                "greeting": recipient.user.first_name if recipient.user else "",
                "audience": "partner",
                "reason": reason_shown(news.introduction, Side.PARTNER),
            },
            language=recipient.language,
            now=now,
            invitation=_invitation(news, recipient.language, now=now),
        )


def tell_relay(*, introduction: Introduction, reminds: bool, now: datetime) -> None:
    """Tell the coordination of a request that waits for it, or once more."""
    key = f"introduction-relay-{'reminder' if reminds else 'asked'}:{introduction.pk}"
    news = Mail(introduction, "to_relay", key)
    for coordinator in coordinators_of(news.introduction.territory):
        queue_mail(
            key=f"{news.key}:user-{coordinator.pk}",
            to=coordinator.email,
            template=_NEWS,
            context={
                **_context(news),
                "greeting": coordinator.first_name,
                "audience": "coordination",
                "reason": "",
            },
            language=coordinator.language,
            now=now,
        )


def reason_shown(introduction: Introduction, side: Side) -> str:
    """Return why it ended, as a code that this side may read; empty where it may not.

    What concerns the person and another structure stays with the person.
    """
    reason = introduction.close_reason
    if side == Side.PARTNER and reason in KEPT_FROM_PARTNER:
        return ""
    return str(reason)


def calendar_of(*, introduction: Introduction, now: datetime, cancels: bool = False) -> str:
    """Return the invitation to the meeting, as a calendar file. It names no person."""
    if introduction.meeting_at is None:
        return ""
    site = settings.SITE_URL.rstrip("/")
    return invitation(
        Event(
            uid=f"introduction-{introduction.pk}@{urlsplit(site).hostname}",
            sequence=introduction.meeting_sequence,
            starts_at=introduction.meeting_at,
            minutes=introduction.meeting_minutes or 0,
            summary=_("Rencontre : %(profession)s, %(partner)s")
            % {
                "profession": introduction.need.profession,
                "partner": introduction.partner.name,
            },
            place=introduction.meeting_place,
            organizer=settings.CONTACT_EMAIL,
            written_at=now,
            is_cancelled=cancels,
        )
    )


def _tell_step(introduction: Introduction, step: IntroductionMove, *, now: datetime) -> None:
    key = f"introduction-news:{step.pk}"
    if step.after == IntroductionState.PROPOSED and introduction.is_held:
        tell_relay(introduction=introduction, reminds=False, now=now)
        return
    if step.after == IntroductionState.PROPOSED:
        tell_proposal(introduction=introduction, key=key, reminds=False, now=now)
        return
    if step.after == IntroductionState.CLOSED:
        _tell_end(introduction, step, key=key, now=now)
        return
    meets = step.after == IntroductionState.MEETING
    news = Mail(introduction, _EVENTS[IntroductionState(step.after)], key, calendar=meets)
    if step.after in (IntroductionState.AGREED, IntroductionState.MEETING):
        tell_partner(news=news, now=now)
    if step.after != IntroductionState.AGREED:
        tell_person(news=news, now=now)
    tell_other_employers(introduction=introduction, event=news.event, key=f"{key}:shared", now=now)


def _tell_end(
    introduction: Introduction, step: IntroductionMove, *, key: str, now: datetime
) -> None:
    if step.reason == CloseReason.MERGED:
        return  # the same introduction goes on, under the other profile
    met = introduction.meeting_at is not None and introduction.meeting_at > now
    news = Mail(introduction, "closed", key, calendar=met, cancels=met)
    if step.side != Side.PERSON and step.reason not in _NOT_TOLD_TO_PERSON:
        tell_person(news=news, now=now)
    if step.side != Side.PARTNER and _known_to_partner(introduction):
        tell_partner(news=news, now=now)
    if introduction.agreed_at is not None:
        tell_other_employers(
            introduction=introduction, event="closed", key=f"{key}:shared", now=now
        )


def _tell_undone(introduction: Introduction, step: IntroductionMove, *, now: datetime) -> None:
    if step.reason == CloseReason.MERGED:
        return  # nobody was told that it had ended
    news = Mail(introduction, "resumed", f"introduction-undone:{step.pk}:mail")
    told_partner = step.after in (
        IntroductionState.AGREED,
        IntroductionState.MEETING,
        IntroductionState.CLOSED,
    )
    if told_partner and step.side != Side.PARTNER and _known_to_partner(introduction):
        tell_partner(news=news, now=now)
    if step.after != IntroductionState.AGREED and step.side != Side.PERSON:
        tell_person(news=news, now=now)


def _known_to_partner(introduction: Introduction) -> bool:
    return introduction.agreed_at is not None or introduction.origin == IntroductionOrigin.PARTNER


def _context(news: Mail) -> dict[str, Any]:
    introduction = news.introduction
    return {
        "event": news.event,
        "introduction_pk": introduction.pk,
        "need": introduction.need,
        "partner": introduction.partner,
        "answer_due_on": introduction.answer_due_on,
        "meeting_at": introduction.meeting_at,
        "meeting_minutes": introduction.meeting_minutes,
        "meeting_place": introduction.meeting_place,
        "starts_on": introduction.starts_on,
        "stops_looking": introduction.candidate.settled_at is not None,
    }


def _invitation(news: Mail, language: str, *, now: datetime) -> str:
    if not news.calendar:
        return ""
    with translation.override(language):
        return calendar_of(introduction=news.introduction, now=now, cancels=news.cancels)


def _read(key: int) -> Introduction | None:
    found: Introduction | None = with_everything(Introduction.objects.all()).filter(pk=key).first()
    return found
