"""Answering from a mail: what a link lets do, and no more."""

from datetime import date, datetime

from django.db import transaction

from ancrage.resources.models import Resource
from ancrage.welcome.enums import ClosingReason
from ancrage.welcome.models import WelcomeRequest
from ancrage.welcome.services.answering import grant_request, refuse_request, undo_answer
from ancrage.welcome.services.links import asked_partner, given_reply, undo_token


@transaction.atomic
def grant_by_link(
    *,
    token: str,
    now: datetime,
    resource: Resource | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    answer: str = "",
) -> str:
    """Grant the request a link opens; return the secret part of the link that undoes it.

    Raises what `asked_partner` and `grant_request` raise.
    """
    asked = asked_partner(token=token, now=now)
    granted = grant_request(
        request=asked.request,
        by=asked.user,
        now=now,
        resource=resource,
        starts_on=starts_on,
        ends_on=ends_on,
        answer=answer,
    )
    return undo_token(granted.moves.order_by("-pk")[0], asked.user)


@transaction.atomic
def refuse_by_link(*, token: str, reason: ClosingReason, answer: str, now: datetime) -> str:
    """Refuse the request a link opens; return the secret part of the link that undoes it.

    Raises what `asked_partner` and `refuse_request` raise.
    """
    asked = asked_partner(token=token, now=now)
    refused = refuse_request(
        request=asked.request, reason=reason, by=asked.user, now=now, answer=answer
    )
    return undo_token(refused.moves.order_by("-pk")[0], asked.user)


def undo_by_link(*, token: str, now: datetime) -> WelcomeRequest:
    """Take back the answer that a link shows.

    Raises what `given_reply` and `undo_answer` raise.
    """
    given = given_reply(token=token, now=now)
    return undo_answer(request=given.request, by=given.user, now=now)
