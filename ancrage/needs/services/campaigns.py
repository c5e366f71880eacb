"""Collection campaigns: prepared by the coordination, answered by the structures, then closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ancrage.accounts.models import User
from ancrage.kit.audit import differences, record
from ancrage.kit.mail import queue_mail
from ancrage.needs.enums import AnswerStatus, CampaignStatus
from ancrage.needs.models import (
    AnswerLine,
    Campaign,
    CampaignAnswer,
    CampaignQuestion,
    OpenAnswer,
)
from ancrage.needs.queries.campaigns import Figures, answers_to_remind, structures_asked
from ancrage.partners.enums import MemberRole
from ancrage.partners.models import Membership, Partner
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory

# A structure is not reminded twice within these days, whoever presses the button.
DAYS_BETWEEN_REMINDERS = 3


class CampaignNameTaken(ValidationError):
    """Another campaign of the territory has that name."""

    def __init__(self) -> None:
        super().__init__(
            _("Une campagne du territoire porte déjà ce nom."), code="campaign_name_taken"
        )


class CampaignChangedMeanwhile(ValidationError):
    """Somebody else changed the campaign; `current` is as it is now."""

    def __init__(self, current: Campaign) -> None:
        self.current = current
        super().__init__(
            _("Cette campagne a été modifiée entre-temps : relisez-la avant d’enregistrer."),
            code="campaign_changed",
        )


class CampaignNotDraft(ValidationError):
    """Once open, what was asked no longer changes: answers would not compare."""

    def __init__(self) -> None:
        super().__init__(
            _("La campagne est ouverte : ses questions ne changent plus."), code="not_draft"
        )


class CampaignNotOpen(ValidationError):
    """Answers are taken while the campaign is open."""

    def __init__(self) -> None:
        super().__init__(
            _("La campagne n’est pas ouverte : elle ne reçoit pas de réponse."), code="not_open"
        )


class AnotherCampaignOpen(ValidationError):
    """A territory asks one thing at a time."""

    def __init__(self) -> None:
        super().__init__(
            _("Une campagne est déjà ouverte sur ce territoire : closez-la d’abord."),
            code="another_open",
        )


class CampaignEmpty(ValidationError):
    """A campaign asks about at least one profession."""

    def __init__(self) -> None:
        super().__init__(_("Choisissez au moins un métier à recenser."), code="campaign_empty")


class NobodyToAsk(ValidationError):
    """No structure of the territory recruits."""

    def __init__(self) -> None:
        super().__init__(
            _("Aucune structure du territoire ne recrute : il n’y a personne à interroger."),
            code="nobody_to_ask",
        )


class AnswerChangedMeanwhile(ValidationError):
    """A colleague saved the answer in between; `current` is as it is now."""

    def __init__(self, current: CampaignAnswer) -> None:
        self.current = current
        super().__init__(
            _("Un collègue a enregistré cette réponse entre-temps : comparez les deux."),
            code="answer_changed",
        )


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
    _tell(campaign, "campaign.created", by=by, now=now)
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
        raise CampaignChangedMeanwhile(current)
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
    _tell(current, "campaign.edited", by=by, now=now, changes=differences(before, after))
    return current


@transaction.atomic
def open_campaign(*, campaign: Campaign, by: Any, now: datetime) -> Campaign:
    """Ask every recruiting structure, by mail, for its answer.

    Raises CampaignNotDraft, AnotherCampaignOpen, NobodyToAsk.
    """
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
    _tell(
        campaign,
        "campaign.opened",
        by=by,
        now=now,
        changes={"status": [CampaignStatus.DRAFT.value, CampaignStatus.OPEN.value]},
    )
    for answer in campaign.answers.select_related("partner").order_by("pk"):
        _mail(answer, "needs/email/campaign_opened", key="opened", now=now)
    return campaign


@transaction.atomic
def remind_late(*, campaign: Campaign, by: Any, now: datetime) -> int:
    """Remind the structures that have not answered; return how many were.

    None is reminded twice within DAYS_BETWEEN_REMINDERS. Raises CampaignNotOpen.
    """
    if campaign.status != CampaignStatus.OPEN:
        raise CampaignNotOpen
    since = (now - timedelta(days=DAYS_BETWEEN_REMINDERS)).date()
    late = list(answers_to_remind(campaign, since=since))
    for answer in late:
        _mail(answer, "needs/email/campaign_reminder", key=f"reminder-{now:%Y%m%d}", now=now)
    CampaignAnswer.objects.filter(pk__in=[answer.pk for answer in late]).update(
        last_reminded_at=now, reminders=F("reminders") + 1
    )
    if late:
        _tell(campaign, "campaign.reminded", by=by, now=now, changes={"late": [0, len(late)]})
    return len(late)


@transaction.atomic
def close_campaign(*, campaign: Campaign, by: Any, now: datetime) -> Campaign:
    """Take no more answers; what is not sent does not count. Raises CampaignNotOpen."""
    closed = Campaign.objects.filter(pk=campaign.pk, status=CampaignStatus.OPEN).update(
        status=CampaignStatus.CLOSED, closed_at=now, revision=F("revision") + 1
    )
    if not closed:
        raise CampaignNotOpen
    campaign.refresh_from_db()
    _tell(
        campaign,
        "campaign.closed",
        by=by,
        now=now,
        changes={"status": [CampaignStatus.OPEN.value, CampaignStatus.CLOSED.value]},
    )
    return campaign


@transaction.atomic
def reopen_campaign(*, campaign: Campaign, by: Any, now: datetime) -> Campaign:
    """Take answers again: undoes `close_campaign`. Raises CampaignNotOpen, AnotherCampaignOpen."""
    try:
        with transaction.atomic():
            reopened = Campaign.objects.filter(
                pk=campaign.pk, status=CampaignStatus.CLOSED
            ).update(status=CampaignStatus.OPEN, closed_at=None, revision=F("revision") + 1)
    except IntegrityError:
        raise AnotherCampaignOpen from None
    if not reopened:
        raise CampaignNotOpen
    campaign.refresh_from_db()
    _tell(
        campaign,
        "campaign.reopened",
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
    _tell(current, "campaign.deleted", by=by, now=now)
    current.delete()


@transaction.atomic
def save_answer(
    *,
    answer: CampaignAnswer,
    revision: int,
    figures: Mapping[Profession, Figures],
    open_answers: Mapping[CampaignQuestion, str],
    comment: str = "",
    submit: bool,
    by: Any,
    now: datetime,
) -> CampaignAnswer:
    """Keep what a structure says, whole; send it when `submit`.

    A sent answer may be corrected until the campaign closes. Raises CampaignNotOpen,
    AnswerChangedMeanwhile.
    """
    current = CampaignAnswer.objects.select_related("campaign", "partner").get(pk=answer.pk)
    if current.campaign.status != CampaignStatus.OPEN:
        raise CampaignNotOpen
    before = current.status
    after = _next_status(current, submit=submit)
    values: dict[str, Any] = {
        "status": after,
        "comment": comment,
        "revision": F("revision") + 1,
        "started_at": current.started_at or now,
    }
    if submit:
        values |= {
            "submitted_at": now,
            "submitted_by": by if isinstance(by, User) else None,
        }
    if not CampaignAnswer.objects.filter(pk=answer.pk, revision=revision).update(**values):
        raise AnswerChangedMeanwhile(current)
    AnswerLine.objects.filter(answer=current).delete()
    AnswerLine.objects.bulk_create(
        [
            AnswerLine(answer=current, profession=profession, **vars(line))
            for profession, line in figures.items()
            if not line.is_empty
        ]
    )
    OpenAnswer.objects.filter(answer=current).delete()
    OpenAnswer.objects.bulk_create(
        [
            OpenAnswer(answer=current, question=question, text=text)
            for question, text in open_answers.items()
            if text
        ]
    )
    record(
        action="answer.submitted" if submit else "answer.saved",
        target=current,
        by=by,
        now=now,
        scope=f"partner:{current.partner_id}",
        changes={"status": [before, after]} if before != after else {},
    )
    current.refresh_from_db()
    return current


def _next_status(answer: CampaignAnswer, *, submit: bool) -> str:
    if submit or answer.status == AnswerStatus.SUBMITTED:
        return AnswerStatus.SUBMITTED
    return AnswerStatus.STARTED


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


def _tell(
    campaign: Campaign,
    action: str,
    *,
    by: Any,
    now: datetime,
    changes: Mapping[str, Any] | None = None,
) -> None:
    record(
        action=action,
        target=campaign,
        by=by,
        now=now,
        scope=f"territory:{campaign.territory_id}",
        changes=changes,
    )


def _mail(answer: CampaignAnswer, template: str, *, key: str, now: datetime) -> None:
    """Write to each person who recruits for the structure, in their language."""
    for member in _recruiters(answer.partner):
        queue_mail(
            key=f"campaign-answer:{answer.pk}:{key}:{member.pk}",
            to=member.email,
            template=template,
            context={"answer": answer, "campaign": answer.campaign, "partner": answer.partner},
            language=member.language,
            now=now,
        )


def _recruiters(partner: Partner) -> list[User]:
    memberships = Membership.objects.filter(
        partner=partner, role=MemberRole.EMPLOYER, ended_at__isnull=True
    )
    return list(
        User.objects.filter(pk__in=memberships.values("user"), is_active=True).order_by("pk")
    )
