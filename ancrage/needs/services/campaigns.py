"""Collection campaigns: prepared by the coordination, answered by the structures, then closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from ancrage.accounts.models import User
from ancrage.kit.audit import differences, record
from ancrage.needs.enums import CampaignStatus
from ancrage.needs.models import Campaign, CampaignAnswer, CampaignQuestion
from ancrage.needs.queries.campaigns import structures_asked
from ancrage.needs.services.campaign_errors import (
    AnotherCampaignOpen,
    CampaignChangedMeanwhile,
    CampaignEmpty,
    CampaignNameTaken,
    CampaignNotClosed,
    CampaignNotDraft,
    CampaignNotOpen,
    DeadlinePassed,
    NobodyToAsk,
)
from ancrage.needs.services.campaign_mail import mail_structures
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory


@transaction.atomic
def create_campaign(
    *,
    territory: Territory,
    name: str,
    reference_day: date,
    closes_on: date,
    professions: Sequence[Profession],
    message: str = "",
    questions: Sequence[str] = (),
    by: Any,
    now: datetime,
) -> Campaign:
    """Prepare a campaign. Raises CampaignNameTaken, CampaignEmpty."""
    if not professions:
        raise CampaignEmpty
    campaign = Campaign(
        territory=territory,
        name=name,
        message=message,
        reference_day=reference_day,
        closes_on=closes_on,
        created_at=now,
        created_by=by if isinstance(by, User) else None,
    )
    _save(campaign)
    _ask(campaign, professions, questions)
    tell_campaign(campaign=campaign, action="campaign.created", by=by, now=now)
    return campaign


@transaction.atomic
def edit_campaign(
    *,
    campaign: Campaign,
    revision: int,
    name: str,
    reference_day: date,
    closes_on: date,
    professions: Sequence[Profession],
    message: str = "",
    questions: Sequence[str] = (),
    by: Any,
    now: datetime,
) -> Campaign:
    """Change a campaign in preparation.

    Raises CampaignNotDraft, CampaignChangedMeanwhile, CampaignNameTaken, CampaignEmpty.
    """
    if not professions:
        raise CampaignEmpty
    current = Campaign.objects.get(pk=campaign.pk)
    if current.status != CampaignStatus.DRAFT:
        raise CampaignNotDraft
    taken = Campaign.objects.filter(pk=campaign.pk, revision=revision).update(
        revision=F("revision") + 1
    )
    if not taken:
        raise CampaignChangedMeanwhile(Campaign.objects.get(pk=campaign.pk))
    after = {
        "name": name,
        "message": message,
        "reference_day": reference_day,
        "closes_on": closes_on,
    }
    before = {field: getattr(current, field) for field in after}
    current.refresh_from_db(fields=["revision"])
    for field, value in after.items():
        setattr(current, field, value)
    _save(current)
    _ask(current, professions, questions)
    tell_campaign(
        campaign=current,
        action="campaign.edited",
        by=by,
        now=now,
        changes=differences(before, after),
    )
    return current


@transaction.atomic
def open_campaign(*, campaign: Campaign, by: Any, now: datetime) -> Campaign:
    """Ask every recruiting structure, by mail, for its answer.

    Raises CampaignNotDraft, AnotherCampaignOpen, DeadlinePassed, NobodyToAsk.
    """
    if campaign.closes_on < timezone.localdate(now):
        raise DeadlinePassed
    partners = list(structures_asked(campaign.territory).order_by("name", "pk"))
    if not partners:
        raise NobodyToAsk
    try:
        with transaction.atomic():
            opened = Campaign.objects.filter(pk=campaign.pk, status=CampaignStatus.DRAFT).update(
                status=CampaignStatus.OPEN, opened_at=now, revision=F("revision") + 1
            )
    except IntegrityError:
        raise AnotherCampaignOpen from None
    if not opened:
        raise CampaignNotDraft
    CampaignAnswer.objects.bulk_create(
        [CampaignAnswer(campaign=campaign, partner=partner) for partner in partners]
    )
    campaign.refresh_from_db()
    tell_campaign(
        campaign=campaign,
        action="campaign.opened",
        by=by,
        now=now,
        changes={"status": [CampaignStatus.DRAFT.value, CampaignStatus.OPEN.value]},
    )
    mail_structures(
        answers=campaign.answers.all(),
        template="needs/email/campaign_opened",
        key="opened",
        now=now,
    )
    return campaign


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: Any, now: datetime) -> Campaign:
    """Take no more answers; what is not sent does not count. Raises CampaignNotOpen."""
    closed = Campaign.objects.filter(pk=campaign.pk, status=CampaignStatus.OPEN).update(
        status=CampaignStatus.CLOSED, closed_at=now, revision=F("revision") + 1
    )
    if not closed:
        raise CampaignNotOpen
    campaign.refresh_from_db()
    tell_campaign(
        campaign=campaign,
        action="campaign.closed",
        by=by,
        now=now,
        changes={"status": [CampaignStatus.OPEN.value, CampaignStatus.CLOSED.value]},
    )
    return campaign


@transaction.atomic
def reopen_campaign(*, campaign: Campaign, by: Any, now: datetime) -> Campaign:
    """Take answers again: undoes `close_campaign`.

    Raises CampaignNotClosed, AnotherCampaignOpen.
    """
    try:
        with transaction.atomic():
            reopened = Campaign.objects.filter(
                pk=campaign.pk, status=CampaignStatus.CLOSED
            ).update(status=CampaignStatus.OPEN, closed_at=None, revision=F("revision") + 1)
    except IntegrityError:
        raise AnotherCampaignOpen from None
    if not reopened:
        raise CampaignNotClosed
    campaign.refresh_from_db()
    tell_campaign(
        campaign=campaign,
        action="campaign.reopened",
        by=by,
        now=now,
        changes={"status": [CampaignStatus.CLOSED.value, CampaignStatus.OPEN.value]},
    )
    return campaign


@transaction.atomic
def delete_draft_campaign(*, campaign: Campaign, by: Any, now: datetime) -> None:
    """Forget a campaign that was never opened. Raises CampaignNotDraft."""
    current = Campaign.objects.get(pk=campaign.pk)
    if current.status != CampaignStatus.DRAFT:
        raise CampaignNotDraft
    tell_campaign(campaign=current, action="campaign.deleted", by=by, now=now)
    current.delete()


def _save(campaign: Campaign) -> None:
    try:
        with transaction.atomic():
            campaign.save()
    except IntegrityError:
        raise CampaignNameTaken from None


def _ask(campaign: Campaign, professions: Sequence[Profession], questions: Sequence[str]) -> None:
    campaign.professions.set(professions)
    campaign.questions.all().delete()
    CampaignQuestion.objects.bulk_create(
        [
            CampaignQuestion(campaign=campaign, position=rank, text=text.strip())
            for rank, text in enumerate((text for text in questions if text.strip()), start=1)
        ]
    )


def tell_campaign(
    *,
    campaign: Campaign,
    action: str,
    by: Any,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
) -> None:
    """Leave the trace of a change of `campaign`, for its territory."""
    record(
        action=action,
        target=campaign,
        by=by,
        now=now,
        scope=f"territory:{campaign.territory_id}",
        changes=changes,
    )
