"""The services and offers of a territory that anybody may read, in data·inclusion v1."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router

from ancrage.api.paging import Pages
from ancrage.api.schemas.directory import ServicesOut, StructuresOut
from ancrage.api.security import needing, rows
from ancrage.resources.models import Resource
from ancrage.territory.models import Territory
from ancrage.welcome.services import inclusion

router = Router(tags=["directory"], auth=None)


@router.get("/{territory}/services", response=ServicesOut, **needing("open_directory.view"))
def list_services(
    request: HttpRequest, territory: str, page: Query[Pages.Input]
) -> dict[str, Any]:
    """The services of the territory of that slug, under the Licence Ouverte 2.0."""
    here, offers = _open_offers(request, territory)
    shown = offers.order_by("pk")[page.offset : page.offset + page.limit]
    some = offers.filter(pk__in=[one.pk for one in shown.only("pk")])
    return {"items": list(inclusion.service_records(here, some)), "count": offers.count()}


@router.get("/{territory}/structures", response=StructuresOut, **needing("open_directory.view"))
def list_structures(
    request: HttpRequest, territory: str, page: Query[Pages.Input]
) -> dict[str, Any]:
    """The structures that give these services, under the Licence Ouverte 2.0."""
    here, offers = _open_offers(request, territory)
    own, read = inclusion.structures_of(here, offers)
    ours, last = own.count(), page.offset + page.limit
    items = [
        *inclusion.own_records(here, own[page.offset : last]),
        *inclusion.read_records(read[max(0, page.offset - ours) : max(0, last - ours)]),
    ]
    return {"items": items, "count": ours + read.count()}


def _open_offers(request: HttpRequest, slug: str) -> tuple[Territory, Any]:
    territory = get_object_or_404(rows(request, Territory, "territory.view"), slug=slug)
    offers = rows(request, Resource, "open_directory.view")
    today = timezone.localdate()
    return territory, inclusion.open_offers(territory, offers, on=today)
