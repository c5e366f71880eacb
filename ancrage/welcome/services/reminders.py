"""The daily round: a request that nobody answers is asked again, at three days and at seven."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from ancrage.welcome.enums import OPEN_STATES
from ancrage.welcome.models import WelcomeRequest
from ancrage.welcome.services.telling import ask_partner

FIRST_AFTER = timedelta(days=3)
LAST_AFTER = timedelta(days=7)


@transaction.atomic
def remind_partners(*, now: datetime) -> int:
    """Ask once more the partners that have not answered; return of how many requests.

    Twice at most; a day missed is caught up by one reminder, not two. Safe to repeat.
    """
    first = Q(reminded_at__isnull=True, sent_at__lte=now - FIRST_AFTER)
    last = Q(reminded_at__lt=F("sent_at") + LAST_AFTER, sent_at__lte=now - LAST_AFTER)
    rows = WelcomeRequest.objects.filter(first | last, state__in=sorted(OPEN_STATES))
    reminded = 0
    for request in rows.select_related("partner", "resource", "project__subject").order_by("pk"):
        key = f"welcome-reminder:{request.pk}:{(now - request.sent_at).days}"
        if not ask_partner(request=request, key=key, reminds=True, now=now):
            continue
        WelcomeRequest.objects.filter(pk=request.pk).update(reminded_at=now)
        reminded += 1
    return reminded
