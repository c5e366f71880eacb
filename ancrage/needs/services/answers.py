"""What a structure answers to a campaign, kept whole at each save."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from ancrage.accounts.models import User
from ancrage.kit.audit import record
from ancrage.needs.enums import AnswerStatus, CampaignStatus
from ancrage.needs.models import (
    AnswerLine,
    Campaign,
    CampaignAnswer,
    CampaignQuestion,
    OpenAnswer,
)
from ancrage.needs.queries.answers import Figures
from ancrage.needs.services.campaign_errors import (
    AnswerChangedMeanwhile,
    CampaignNotOpen,
    ProfessionNotAsked,
)
from ancrage.professions.models import Profession


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
    AnswerChangedMeanwhile, ProfessionNotAsked.
    """
    current = CampaignAnswer.objects.select_related("campaign", "partner").get(pk=answer.pk)
    if current.campaign.status != CampaignStatus.OPEN:
        raise CampaignNotOpen
    _check_asked(current.campaign, figures, open_answers)
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
        current.refresh_from_db()
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


def _check_asked(
    campaign: Campaign,
    figures: Mapping[Profession, Figures],
    open_answers: Mapping[CampaignQuestion, str],
) -> None:
    asked = set(campaign.professions.order_by("pk").values_list("pk", flat=True))
    questions = set(campaign.questions.order_by("pk").values_list("pk", flat=True))
    if {row.pk for row in figures} - asked or {row.pk for row in open_answers} - questions:
        raise ProfessionNotAsked
