"""The campaigns to answer and those one runs or reads."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may, permitted
from ancrage.needs.enums import CampaignStatus
from ancrage.needs.models import Campaign, CampaignAnswer
from ancrage.needs.queries import campaign_counts, with_answer_counts
from ancrage.partners.permissions import partners_of
from ancrage.web.access import acts_on, reader
from ancrage.web.rendering import render_page

PER_PAGE = 20


@dataclass(frozen=True)
class Tab:
    """One state of the list."""

    label: str
    href: str
    count: int
    current: bool


@require_safe
@acts_on(Campaign, "campaigns.view")
def campaign_list(request: HttpRequest, campaigns: QuerySet[Campaign]) -> HttpResponse:
    """What one has to answer, then the campaigns of one's territories."""
    reads_results = may(request.user, "campaigns.results")
    context: dict[str, Any] = {
        "may_run": may(request.user, "campaigns.run"),
        "reads_results": reads_results,
        "today": timezone.localdate(),
        "answers": _own_answers(request),
    }
    if reads_results:
        # An employer sees the campaigns they answer: results have a scope of their own.
        readable = permitted(request.user, "campaigns.results", campaigns)
        status = _status_asked(request)
        found = readable.filter(status=status) if status else readable
        rows = with_answer_counts(found).select_related("territory")
        context["page"] = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
        context["tabs"] = _tabs(readable, status)
    return render_page(request, "campaigns/list.html", context, fragment="results")


def _own_answers(request: HttpRequest) -> Any:
    own = permitted(request.user, "answers.view", CampaignAnswer.objects.all()).filter(
        partner__in=partners_of(reader(request))
    )
    rows = own.select_related("campaign", "partner").order_by(
        "-campaign__status", "-campaign__reference_day", "partner__name", "pk"
    )
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("reponses"))


def _status_asked(request: HttpRequest) -> str:
    asked = request.GET.get("etat", "")
    return asked if asked in CampaignStatus.values else ""


def _tabs(campaigns: QuerySet[Campaign], current: str) -> list[Tab]:
    counts = campaign_counts(campaigns)
    address = reverse("campaigns:list")
    every = Tab(_("Toutes"), address, sum(counts.values()), not current)
    return [
        every,
        *(
            Tab(str(label), f"{address}?etat={value}", counts[value], current == value)
            for value, label in CampaignStatus.choices
            if counts[value] or current == value
        ),
    ]
