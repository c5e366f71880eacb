"""Writing to those who answer a campaign."""

from datetime import datetime

from django.db.models import QuerySet

from ancrage.kit.mail import queue_mail
from ancrage.needs.models import CampaignAnswer
from ancrage.partners.recipients import recipients_for


def mail_structures(
    *, answers: QuerySet[CampaignAnswer], template: str, key: str, now: datetime
) -> int:
    """Write to those who recruit for the structures asked, each in their language.

    A structure without any member is written to at its mailbox: the mail then says how to answer
    without an account. Return how many mails were queued; one of the same `key` and recipient
    is queued once.
    """
    rows = answers.select_related("campaign__territory", "partner").order_by("pk")
    return sum(
        queue_mail(
            key=f"campaign-answer:{row.pk}:{key}:{recipient.key}",
            to=recipient.email,
            template=template,
            context={
                "answer": row,
                "campaign": row.campaign,
                "partner": row.partner,
                "may_sign_in": recipient.user is not None,
            },
            language=recipient.language,
            now=now,
        )
        for recipient, theirs in recipients_for(rows)
        for row in theirs
    )
