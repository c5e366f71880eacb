"""Journeys: for the coordination that keeps them; one's own, for the person."""

from typing import Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from ninja.pagination import paginate
from pydantic import Field

from ancrage.api.errors import Conflict
from ancrage.api.paging import Pages
from ancrage.api.schemas.journeys import (
    ContactIn,
    JourneyLine,
    JourneyOut,
    NextActionIn,
    OwnJourneyOut,
    StepIn,
    StepOut,
    person_of,
)
from ancrage.api.security import count_sheet, needing, rows
from ancrage.journeys import services
from ancrage.journeys.models import Journey, Step
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


@router.post("/{int:pk}/next-action", response=JourneyLine, **needing("journeys.keep"))
def plan_next_action(request: HttpRequest, pk: int, body: NextActionIn) -> Any:
    """Say what comes next, when, and who must do it."""
    journey = _kept(request, pk)
    if journey.revision != body.revision:
        raise Conflict(_("Ce parcours a été modifié entre-temps."), current=journey.revision)
    services.plan_next_action(journey=journey, **body.dict(), **_signed(request))
    return _again(request, pk)


@router.post("/{int:pk}/contacts", response={201: JourneyLine}, **needing("journeys.keep"))
def log_contact(request: HttpRequest, pk: int, body: ContactIn) -> Status[Any]:
    """Note an exchange or an attempt; an exchange is a last contact of the person."""
    facts = body.dict() | {"waits_for": body.waits_for or ""}
    services.log_contact(journey=_kept(request, pk), **facts, **_signed(request))
    return Status(201, _again(request, pk))


@router.post("/{int:pk}/steps", response={201: StepOut}, **needing("journeys.keep"))
def add_step(request: HttpRequest, pk: int, body: StepIn) -> Status[Any]:
    """Add something to be done on the way to the goal."""
    step = services.add_step(journey=_kept(request, pk), **body.dict(), **_signed(request))
    return Status(201, step)


@router.post("/steps/{int:pk}/done", response=StepOut, **needing("journeys.keep_parts"))
def finish_step(request: HttpRequest, pk: int) -> Step:
    """Mark a step done today."""
    step = _step(request, pk)
    services.finish_step(step=step, **_signed(request))
    return _step(request, pk)


@router.post("/steps/{int:pk}/reopen", response=StepOut, **needing("journeys.keep_parts"))
def reopen_step(request: HttpRequest, pk: int) -> Step:
    """Put a step back among those to do."""
    step = _step(request, pk)
    services.reopen_step(step=step, **_signed(request))
    return _step(request, pk)


def _kept(request: HttpRequest, pk: int) -> Journey:
    kept = rows(request, Journey, "journeys.keep")
    return get_object_or_404(kept.select_related("candidate__subject", "territory"), pk=pk)


def _step(request: HttpRequest, pk: int) -> Step:
    steps = rows(request, Step, "journeys.keep_parts").select_related("journey")
    return get_object_or_404(steps, pk=pk)


def _again(request: HttpRequest, pk: int) -> Any:
    """The journey as the list says it: it names nobody."""
    search = JourneyFilter(state="")
    shown = rows(request, Journey, "journeys.view").filter(pk=pk)
    return journeys_matching(shown, search, on=timezone.localdate(), sort="next").get()


def _signed(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now()}
