"""One need: its sheet, its history."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.matching.queries import part_of
from ancrage.needs.enums import CLOSED_STATUSES, NeedStatus
from ancrage.needs.models import Need
from ancrage.needs.offers import contact_of
from ancrage.needs.queries import (
    freshness_of,
    history_of,
    publication_tracking,
)
from ancrage.needs.services import facts_of
from ancrage.needs.validators import remarks_on
from ancrage.web.access import acts_on
from ancrage.web.life.lists import stage_of, stages_of
from ancrage.web.life.rights import with_rights
from ancrage.web.needs.words import happening, label_of
from ancrage.web.post_words import shared_lines
from ancrage.web.rendering import render_page
from ancrage.web.sheets import sheet_of
from ancrage.web.undo import undo_offered

ALL = (
    "partner",
    "facility",
    "commune",
    "profession",
    "specialty",
    "practice_sheet",
    "publication",
)


@require_safe
@acts_on(Need, "needs.view")
def detail(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Everything a reader may know of the need, and the buttons they may press."""
    now = timezone.now()
    rows = with_rights("needs", needs.select_related(*ALL), request.user)
    need = get_object_or_404(rows, pk=pk)
    context: dict[str, Any] = {
        "need": need,
        "sheet": sheet_of(need),
        "contact": contact_of(need),
        "stages": stages_of(need, NeedStatus, closed=CLOSED_STATUSES, goal=NeedStatus.FILLED),
        "stage": stage_of(need),
        "freshness": freshness_of(need, now=now),
        "is_closed": need.status in CLOSED_STATUSES,
        "undo_offer": undo_offered(request, "needs"),
        "shared": shared_lines(need) if need.status != NeedStatus.DRAFT else [],
        "part": part_of(need),
    }
    if need.may_edit:
        tracking = publication_tracking(need, on=timezone.localdate(now))
        context |= {
            "remarks": remarks_on(facts_of(need)),
            "tracking": tracking,
            "missing": [label_of(f"publication.{name}") for name in tracking.missing],
        }
    return render_page(request, "needs/detail.html", context)


@require_safe
@acts_on(Need, "needs.edit")
def history(request: HttpRequest, needs: QuerySet[Need], pk: int) -> HttpResponse:
    """Who did what, when, in plain words."""
    need = get_object_or_404(needs.select_related("partner", "profession", "specialty"), pk=pk)
    happenings = [happening(entry) for entry in history_of(need)]
    return render_page(request, "needs/history.html", {"need": need, "happenings": happenings})
