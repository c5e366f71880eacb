"""The roadmap as everybody entitled reads it: the whole, what is late, what changed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ancrage.accounts.policy import may, may_on
from ancrage.kit.tabular.cells import CellValue
from ancrage.kit.tabular.writing import ColumnToWrite
from ancrage.roadmap.enums import ROADMAP_TRANSITIONS, ActionState, RoadmapStatus
from ancrage.roadmap.models import Roadmap
from ancrage.roadmap.queries import (
    Overdue,
    axis_views,
    indicators_in,
    log_of,
    overdue_in,
    roadmaps_in_order,
    standings,
)
from ancrage.web.access import acts_on
from ancrage.web.journal import changes_in_words, words_of
from ancrage.web.life.files import as_csv
from ancrage.web.rendering import render_page
from ancrage.web.roadmap.search import LateForm, LogForm
from ancrage.web.roadmap.words import LATE_KINDS, status_acts
from ancrage.web.undo import undo_offered

PER_PAGE = 25
ALL = "toutes"


@require_safe
@acts_on(Roadmap, "roadmap.view")
def roadmap_list(request: HttpRequest, roadmaps: QuerySet[Roadmap]) -> HttpResponse:
    """The roadmap under way when there is one alone; else all those one may read."""
    found = roadmaps_in_order(roadmaps)
    running = [one.pk for one in found if one.status == RoadmapStatus.ACTIVE]
    if len(running) == 1 and ALL not in request.GET:
        return redirect("roadmap:detail", running[0])
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "may_create": may(request.user, "roadmap.create"),
    }
    return render_page(request, "roadmap/list.html", context)


@require_safe
@acts_on(Roadmap, "roadmap.view")
def detail(request: HttpRequest, roadmaps: QuerySet[Roadmap], pk: int) -> HttpResponse:
    """The axes, the state of their actions, their indicators against their targets."""
    roadmap = get_object_or_404(roadmaps.select_related("territory"), pk=pk)
    now = timezone.now()
    today = timezone.localdate(now)
    axes = axis_views(roadmap, on=today)
    stands = standings(indicators_in(roadmap), roadmap.territory, now=now)
    by_axis = [
        (one, [stand for stand in stands if stand.indicator.axis_id == one.axis.pk])
        for one in axes
    ]
    context = {
        "roadmap": roadmap,
        "axes": by_axis,
        "states": [(state, sum(one.counts[state] for one in axes)) for state in ActionState],
        "late": len(overdue_in(roadmap, on=today)),
        "reached": sum(stand.reached is True for stand in stands),
        "aimed": sum(stand.reached is not None for stand in stands),
        "today": today,
        **_rights(request, roadmap),
    }
    return render_page(request, "roadmap/detail.html", context)


@require_safe
@acts_on(Roadmap, "roadmap.view")
def late(request: HttpRequest, roadmaps: QuerySet[Roadmap], pk: int) -> HttpResponse:
    """What is past its day, the longest first."""
    roadmap = get_object_or_404(roadmaps, pk=pk)
    form = LateForm(request.GET, roadmap=roadmap)
    found = overdue_in(roadmap, form.search, on=timezone.localdate())
    context = {
        "roadmap": roadmap,
        "form": form,
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "kinds": LATE_KINDS,
        "query": request.GET.urlencode(),
    }
    return render_page(request, "roadmap/late.html", context, fragment="results")


@require_safe
@acts_on(Roadmap, "roadmap.view")
def late_csv(request: HttpRequest, roadmaps: QuerySet[Roadmap], pk: int) -> StreamingHttpResponse:
    """The same as a file."""
    roadmap = get_object_or_404(roadmaps, pk=pk)
    search = LateForm(request.GET, roadmap=roadmap).search
    lines = overdue_in(roadmap, search, on=timezone.localdate())
    columns = [
        ColumnToWrite(str(name), width)
        for name, width in (
            (_("Quoi"), 20),
            (_("Intitulé"), 40),
            (_("Axe"), 30),
            (_("Pilote"), 30),
            (_("Attendu le"), 12),
            (_("Jours de retard"), 12),
        )
    ]
    return as_csv(_("en-retard"), columns, _late_lines(lines))


@require_safe
@acts_on(Roadmap, "roadmap.view")
def log(request: HttpRequest, roadmaps: QuerySet[Roadmap], pk: int) -> HttpResponse:
    """Who changed what, and when; who is told to those who keep the roadmap only."""
    roadmap = get_object_or_404(roadmaps, pk=pk)
    form = LogForm(request.GET)
    page = Paginator(log_of(roadmap, form.search), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "roadmap": roadmap,
        "form": form,
        "page": page,
        "lines": [(line, words_of(line.action), changes_in_words(line)) for line in page],
        "shows_actors": may_on(request.user, "roadmap.edit", roadmap),
    }
    return render_page(request, "roadmap/log.html", context, fragment="results")


def _rights(request: HttpRequest, roadmap: Roadmap) -> dict[str, Any]:
    may_edit = may_on(request.user, "roadmap.edit", roadmap)
    return {
        "may_edit": may_edit,
        "may_create": may(request.user, "roadmap.create"),
        "moves": status_acts(ROADMAP_TRANSITIONS[RoadmapStatus(roadmap.status)])
        if may_edit
        else [],
        "undo": undo_offered(request, "roadmap") if may_edit else None,
    }


def _late_lines(lines: Sequence[Overdue]) -> Iterator[Sequence[CellValue]]:
    for one in lines:
        yield (
            str(LATE_KINDS[one.kind]),
            one.label,
            one.axis.title,
            one.led_by,
            one.due_on,
            one.days,
        )
