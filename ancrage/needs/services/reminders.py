"""Reminding the structures that have not answered a campaign."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from ancrage.needs.enums import CampaignStatus
from ancrage.needs.models import Campaign, CampaignAnswer
from ancrage.needs.queries.campaigns import answers_to_remind, not_reminded_since
from ancrage.needs.services.campaign_errors import CampaignNotOpen
from ancrage.needs.services.campaign_mail import mail_structures
from ancrage.needs.services.campaigns import tell_campaign

# A structure is not reminded twice within these days, whoever presses the button.
DAYS_BETWEEN_REMINDERS = 3


@transaction.atomic
def remind_late(*, campaign: Campaign, by: Any, now: datetime) -> int:
    """Remind the structures that have not answered; return how many were.

    None is reminded twice within DAYS_BETWEEN_REMINDERS, nor one without anybody to write to.
    Raises CampaignNotOpen.
    """
    if not Campaign.objects.filter(pk=campaign.pk, status=CampaignStatus.OPEN).exists():
        raise CampaignNotOpen
    until = now - timedelta(days=DAYS_BETWEEN_REMINDERS)
    late = list(answers_to_remind(campaign, reminded_until=until).values_list("pk", flat=True))
    mail_structures(
        answers=campaign.answers.filter(pk__in=late),
        template="needs/email/campaign_reminder",
        key=f"reminder-{now:%Y%m%d}",
        now=now,
    )
    # The condition again: of two people who press at once, the second counts nobody.
    reminded = (
        CampaignAnswer.objects.filter(pk__in=late)
        .filter(not_reminded_since(until))
        .update(last_reminded_at=now, reminders=F("reminders") + 1)
    )
    if reminded:
        tell_campaign(
            campaign=campaign,
            action="campaign.reminded",
            by=by,
            now=now,
            changes={"late": [0, reminded]},
        )
    return reminded
