"""The advisor's day on one page; the early warnings."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import permitted
from ancrage.candidates.models import Candidate
from ancrage.journeys.models import FollowUp, Journey
from ancrage.journeys.queries import (
    Alert,
    Section,
    alert_counts,
    day_of_advisor,
    follow_ups_alerting,
    immersions_near,
    lost_people,
    stays_ending,
    steps_due,
)
from ancrage.kit.conditions import through
from ancrage.privacy.models import DataSubject
from ancrage.privacy.queries import subjects_to_tell
from ancrage.web.access import acts_on
from ancrage.web.journeys.reading import note_names
from ancrage.web.journeys.words import ALERTS, SECTIONS
from ancrage.web.rendering import render_page

PER_PAGE = 25
MOST_LINES = 10


@dataclass(frozen=True)
class Part:
    """One section of the day: its words, its lines, how many there are in all."""

    section: str
    title: Promise
    line: Promise
    journeys: list[Journey]
    count: int

    @property
    def more(self) -> int:
        """How many lines are only in the list."""
        return self.count - len(self.journeys)


@dataclass(frozen=True)
class AlertTab:
    """One kind of warning, and how many."""

    kind: str
    label: Promise
    count: int


@require_safe
@acts_on(Journey, "journeys.view")
def day(request: HttpRequest, journeys: QuerySet[Journey]) -> HttpResponse:
    """Late, today, to remind, waiting, soon: one's own people, or the whole team's."""
    today = timezone.localdate()
    whole_team = request.GET.get("vue") == "equipe"
    whose = Q() if whole_team else Q(advisor=request.user.pk)
    mine = journeys.filter(whose)
    found = day_of_advisor(mine, on=today)
    steps = list(steps_due(mine, on=today)[:MOST_LINES])
    immersions = list(immersions_near(mine, on=today)[:MOST_LINES])
    listed = [journey for lines in found.lines.values() for journey in lines]
    listed += [one.journey for one in (*steps, *immersions)]
    note_names(request, [journey.candidate for journey in listed])
    context = {
        "parts": [
            Part(one.value, *SECTIONS[one], found.lines[one], found.counts[one]) for one in Section
        ],
        "counts": {one.name.lower(): found.counts[one] for one in Section},
        "whole_team": whole_team,
        "steps": steps,
        "immersions": immersions,
        "alerts": _tabs(mine, _follow_ups(request).filter(through("stay__journey", whose))),
        "lost_count": _lost(request, on=today).count(),
        "to_tell_count": _to_tell(request).count(),
        "today": today,
        "reader_pk": request.user.pk,
    }
    return render_page(request, "journeys/day.html", context)


@require_safe
@acts_on(Journey, "journeys.view")
def alerts(request: HttpRequest, journeys: QuerySet[Journey]) -> HttpResponse:
    """The early warnings, kind by kind."""
    follow_ups = _follow_ups(request)
    tabs = _tabs(journeys, follow_ups)
    asked = request.GET.get("type", "")
    first = next((tab.kind for tab in tabs if tab.count), tabs[0].kind)
    kind = Alert(asked if asked in {tab.kind for tab in tabs} else first)
    today = timezone.localdate()
    rows: QuerySet[Any]
    if kind == Alert.CONTRACT_ENDING:
        rows = stays_ending(journeys, on=today)
    else:
        rows = follow_ups_alerting(follow_ups, kind, on=today)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    listed: list[Any] = list(page)
    note_names(request, [getattr(row, "stay", row).journey.candidate for row in listed])
    context = {"tabs": tabs, "kind": kind.value, "page": page, "label": ALERTS[kind]}
    return render_page(request, "journeys/alerts.html", context, fragment="results")


def _lost(request: HttpRequest, *, on: date) -> QuerySet[Any]:
    return lost_people(permitted(request.user, "journeys.open", Candidate.objects.all()), on=on)


def _to_tell(request: HttpRequest) -> QuerySet[DataSubject]:
    return subjects_to_tell(permitted(request.user, "subjects.tell", DataSubject.objects.all()))


def _tabs(journeys: QuerySet[Journey], follow_ups: QuerySet[FollowUp]) -> list[AlertTab]:
    counts = alert_counts(journeys, follow_ups, on=timezone.localdate())
    return [AlertTab(alert.value, ALERTS[alert], counts[alert]) for alert in Alert]


def _follow_ups(request: HttpRequest) -> QuerySet[FollowUp]:
    return permitted(request.user, "follow_ups.keep", FollowUp.objects.all())
