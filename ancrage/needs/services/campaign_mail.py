"""Writing to the people who answer a campaign."""

from datetime import datetime

from django.db.models import QuerySet

from ancrage.kit.mail import queue_mail
from ancrage.needs.models import CampaignAnswer
from ancrage.needs.queries.campaigns import recruiters_of


def mail_recruiters(
    *, answers: QuerySet[CampaignAnswer], template: str, key: str, now: datetime
) -> int:
    """Write to each person who recruits for the structures asked, in their language.

    Return how many mails were queued; one of the same `key` and person is queued once.
    """
    rows = list(answers.select_related("campaign", "partner").order_by("pk"))
    recruiters = recruiters_of([row.partner_id for row in rows])
    return sum(
        queue_mail(
            key=f"campaign-answer:{row.pk}:{key}:{person.pk}",
            to=person.email,
            template=template,
            context={"answer": row, "campaign": row.campaign, "partner": row.partner},
            language=person.language,
            now=now,
        )
        for row in rows
        for person in recruiters[row.partner_id]
    )
