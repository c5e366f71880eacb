"""Journeys: for the coordination that keeps them; one's own, for the person."""

from typing import Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.pagination import paginate
from pydantic import Field

from ancrage.api.paging import Pages
from ancrage.api.schemas.journeys import JourneyLine, JourneyOut, OwnJourneyOut, person_of
from ancrage.api.security import count_sheet, needing, rows
from ancrage.journeys import services
from ancrage.journeys.models import Journey
from ancrage.journeys.queries import JourneyFilter, Section, journeys_matching, whole_journey
from ancrage.partners.models import Partner
from ancrage.privacy.scopes import viewer_of
from ancrage.professions.models import Profession

router = Router(tags=["journeys"])


class JourneyFilters(Schema):
    """What to keep. `q` is a name, a commune or a card; `advisor` is you, or nobody; `section` a
    part of the day; `partner` keeps those in post there, by its slug."""

    q: str = Field("", max_length=100)
    state: Literal["open", "active", "in_post", "closed", "all"] = "open"
    advisor: Literal["", "me", "nobody"] = ""
    section: Section | None = None
    profession: str = ""
    partner: str = ""
    sort: Literal["next", "-next", "opened", "-opened", "contact", "-contact"] = "next"


@router.get("", response=list[JourneyLine], **needing("journeys.view"))
@paginate(Pages)
def list_journeys(request: HttpRequest, filters: Query[JourneyFilters]) -> QuerySet[Any]:
    """The journeys of the people you follow, the next action first. The list names nobody."""
    journeys = rows(request, Journey, "journeys.view")
    profession = Profession.objects.filter(code=filters.profession).first()
    partner = Partner.objects.filter(slug=filters.partner).first()
    if (filters.profession and profession is None) or (filters.partner and partner is None):
        return journeys.none()
    search = JourneyFilter(
        text=filters.q,
        state="" if filters.state == "all" else filters.state,
        advisor={"": None, "me": request.user.pk, "nobody": 0}[filters.advisor],
        profession=profession,
        partner=partner,
        section=filters.section or "",
    )
    return journeys_matching(journeys, search, on=timezone.localdate(), sort=filters.sort)


@router.get("/own", response=OwnJourneyOut, **needing("journeys.read_own"))
def read_own_journey(request: HttpRequest) -> Journey:
    """What the coordination plans with you."""
    journeys = whole_journey(rows(request, Journey, "journeys.read_own"))
    found = journeys.order_by("-opened_on", "-pk").first()
    if found is None:
        raise Http404
    return found


@router.get("/{int:pk}", response=JourneyOut, **needing("journeys.view"))
def read_journey(request: HttpRequest, pk: int) -> Journey:
    """One journey whole; the reading is noted, and shown to the person."""
    journey: Any = get_object_or_404(whole_journey(rows(request, Journey, "journeys.view")), pk=pk)
    count_sheet(request)
    seen = services.read_journey(
        journey=journey, viewer=viewer_of(request.user), now=timezone.now()
    )
    journey.person = person_of(journey, seen)
    return journey
