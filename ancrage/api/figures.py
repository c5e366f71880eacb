"""Figures of one's territories: counts under five are hidden from every program.

A page shows the small ones to the coordination, which knows these people by name. What a
program reads goes further than its reader: nothing small leaves by here.
"""

from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from ancrage.accounts.policy import may_on
from ancrage.api.errors import Forbidden
from ancrage.api.schemas.figures import (
    AnswersOut,
    CharterOut,
    FiguresOut,
    OwnAnswersOut,
    figures_out,
)
from ancrage.api.security import needing, rows
from ancrage.candidates.enums import Origin
from ancrage.journeys.queries.figures import FigureFilter
from ancrage.journeys.services.figures import figures_of
from ancrage.matching.queries import Answers, answer_days, answers_in
from ancrage.partners.models import Charter, Partner
from ancrage.partners.permissions import partners_of
from ancrage.privacy.cells import masked, small_cell
from ancrage.professions.models import Profession
from ancrage.territory.models import Territory

router = Router(tags=["figures"])

M = TypeVar("M", bound=Model)


class FigureFilters(Schema):
    """Of whom the figures are: people known in `year`, of a profession (our code), an origin, a
    structure (its slug). `territory` is a slug; without it, the first of yours."""

    territory: str = ""
    year: int | None = Field(None, ge=2000, le=2100)
    profession: str = ""
    origin: Origin | None = None
    partner: str = ""


class TerritoryFilter(Schema):
    """Which of your territories; the first without it."""

    territory: str = ""


@router.get("/journeys", response=FiguresOut, **needing("journey_figures.view"))
def read_figures(request: HttpRequest, filters: Query[FigureFilters]) -> FiguresOut:
    """Funnel, groups, delays, retention, reasons of departures. Only those who follow the people
    may narrow them further than a year: of two figures, one less the other names a few."""
    territory = _chosen(rows(request, Territory, "journey_figures.view"), filters.territory)
    search = FigureFilter(
        territory=territory,
        year=filters.year,
        profession=_known(Profession.objects.filter(code=filters.profession), filters.profession),
        origin=filters.origin or "",
        partner=_known(Partner.objects.filter(slug=filters.partner), filters.partner),
    )
    if search.is_narrowed and not may_on(request.user, "journey_figures.detail", territory):
        raise Forbidden
    found = figures_of(search, on=timezone.localdate(), exact=False)
    return figures_out(territory.slug, found)


@router.get("/charter", response=CharterOut, **needing("charter.signatures"))
def read_charter_figures(request: HttpRequest, filters: Query[TerritoryFilter]) -> CharterOut:
    """How the territory answers the people it meets, and how your own structures do."""
    charters = rows(request, Charter, "charter.signatures")
    territories = Territory.objects.filter(pk__in=charters.order_by().values("territory"))
    territory = _chosen(territories, filters.territory)
    answers = answers_in(territory, on=timezone.localdate())
    own = partners_of(request.user).filter(territory=territory).order_by("name", "pk")
    return CharterOut(
        territory=territory.slug,
        answer_days=answer_days(territory),
        all=_masked(list(answers.values())),
        own=[_own(partner, answers.get(partner.pk, Answers())) for partner in own],
    )


def _chosen(territories: QuerySet[Territory], slug: str) -> Territory:
    """Return the territory asked for, the first without one; nothing that is not the caller's."""
    found = territories.filter(slug=slug) if slug else territories
    territory = found.order_by("name", "pk").first()
    if territory is None:
        raise Http404
    return territory


def _known(found: QuerySet[M], asked: str) -> M | None:
    """Return the row that a code names, None where none is asked; 404 for an unknown one."""
    if not asked:
        return None
    row = found.first()
    if row is None:
        raise Http404
    return row


def _masked(answers: list[Answers]) -> AnswersOut:
    in_time = sum(one.in_time for one in answers)
    expected = sum(one.expected for one in answers)
    if small_cell(expected):
        return AnswersOut(in_time=None, expected=None)
    # The late ones would be the difference.
    return AnswersOut(in_time=masked([in_time, expected - in_time])[0], expected=expected)


def _own(partner: Partner, answers: Answers) -> OwnAnswersOut:
    return OwnAnswersOut(partner=partner.slug, in_time=answers.in_time, expected=answers.expected)
