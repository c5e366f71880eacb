"""One resource: its sheet, its history."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.resources.enums import CLOSED_STATUSES, ResourceStatus
from ancrage.resources.models import Resource
from ancrage.resources.queries import freshness_of, history_of
from ancrage.web.access import acts_on
from ancrage.web.life.lists import stage_of, stages_of
from ancrage.web.life.rights import with_rights
from ancrage.web.rendering import render_page
from ancrage.web.resources.words import happening
from ancrage.web.undo import undo_offered

ALL = ("partner", "partner__territory", "facility", "commune", "profession")


@require_safe
@acts_on(Resource, "resources.view")
def detail(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Everything a reader may know of the resource, and the buttons they may press."""
    rows = with_rights("resources", resources.select_related(*ALL), request.user)
    resource = get_object_or_404(rows, pk=pk)
    context = {
        "resource": resource,
        "stages": stages_of(
            resource, ResourceStatus, closed=CLOSED_STATUSES, goal=ResourceStatus.GIVEN
        ),
        "stage": stage_of(resource),
        "freshness": freshness_of(resource, now=timezone.now()),
        "is_closed": resource.status in CLOSED_STATUSES,
        "undo_offer": undo_offered(request, "resources"),
    }
    return render_page(request, "resources/detail.html", context)


@require_safe
@acts_on(Resource, "resources.edit")
def history(request: HttpRequest, resources: QuerySet[Resource], pk: int) -> HttpResponse:
    """Who did what, when, in plain words."""
    resource = get_object_or_404(resources.select_related("partner"), pk=pk)
    context = {
        "resource": resource,
        "happenings": [happening(entry) for entry in history_of(resource)],
    }
    return render_page(request, "resources/history.html", context)
