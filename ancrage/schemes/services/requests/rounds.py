"""The daily round of requests: whoever waits for an answer is asked whether it came."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ancrage.kit.mail import queue_mail
from ancrage.partners.recipients import recipients_for
from ancrage.privacy.services import address_of
from ancrage.schemes.models import AidRequest
from ancrage.schemes.queries.requests import to_remind

REMIND_AFTER = timedelta(days=30)
MOST_REMINDERS = 3


@dataclass(frozen=True)
class TendedRequests:
    """About how many requests somebody was written to, in how many mails."""

    reminded: int
    mails: int


@transaction.atomic
def tend_requests(*, now: datetime) -> TendedRequests:
    """Ask about the requests without an answer for thirty days, three times at most.

    Safe to repeat: a second run the same day writes to nobody. A person without an address is
    left to the coordination, whose list shows what waits.
    """
    today = timezone.localdate(now)
    reminded = mails = 0
    for request in to_remind(before=today - REMIND_AFTER, most=MOST_REMINDERS):
        written = _write(request, today, now=now)
        if written:
            AidRequest.objects.filter(pk=request.pk).update(
                reminded_on=today, reminders=F("reminders") + 1
            )
            reminded += 1
            mails += written
    return TendedRequests(reminded, mails)


def _write(request: AidRequest, today: date, *, now: datetime) -> int:
    key = f"aid_requests.remind:{request.pk}:{today.isoformat()}"
    context = {"asked_on": request.asked_on, "request": request.pk}
    if request.subject is not None:
        address = address_of(request.subject)
        if address is None:
            return 0
        # The mail of a person names no aid: it may be read over a shoulder.
        return queue_mail(
            key=f"{key}:person",
            to=address.email,
            template="schemes/email/remind_person",
            context=context,
            language=address.language,
            now=now,
        )
    mails = 0
    for recipient, _requests in recipients_for([request]):
        mails += queue_mail(
            key=f"{key}:{recipient.key}",
            to=recipient.email,
            template="schemes/email/remind_partner",
            context={**context, "scheme": request.scheme, "partner": request.partner},
            language=recipient.language,
            now=now,
        )
    return mails
