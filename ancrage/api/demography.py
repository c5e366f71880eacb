"""Medical demography: the sets of parameters that access is counted with, read only."""

from typing import Any, Literal

from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.pagination import paginate

from ancrage.api.paging import Pages
from ancrage.api.schemas.demography import BuiltInOut, SetLine, SetOut, VersionOut
from ancrage.api.security import needing, rows
from ancrage.demography.enums import Care
from ancrage.demography.models import ParameterSet, ParameterVersion
from ancrage.demography.services.model import SETS_OF
from ancrage.demography.services.sets import facts_of, read_version
from ancrage.territory.models import Territory

router = Router(tags=["demography"])
_VIEW: dict[str, Any] = needing("parameters.view")


class SetFilters(Schema):
    """What to keep: a territory by its slug, a profession, archived sets or not."""

    territory: str = ""
    profession: Care | None = None
    state: Literal["kept", "archived", "all"] = "kept"


@router.get("/parameters", response=list[SetLine], **_VIEW)
@paginate(Pages)
def list_sets(request: HttpRequest, filters: Query[SetFilters]) -> QuerySet[ParameterSet]:
    """The sets of the territories you read, by profession and by name."""
    found = rows(request, ParameterSet, "parameters.view").select_related("territory")
    if filters.territory:
        found = found.filter(territory__slug=filters.territory)
    if filters.profession:
        found = found.filter(care=filters.profession)
    if filters.state != "all":
        found = found.filter(archived_at__isnull=filters.state == "kept")
    return found.order_by("care", "name", "pk")


@router.get("/parameters/platform", response=list[BuiltInOut], **needing("demography.view"))
def list_built_in(request: HttpRequest) -> list[dict[str, Any]]:
    """The sets that come with the platform: what counts where a territory chose none."""
    rows(request, Territory, "demography.view")
    return [
        {"name": one.name, "profession": care, "values": facts_of(one)}
        for care in Care
        for one in SETS_OF[care]
    ]


@router.get("/parameters/{int:pk}", response=SetOut, **_VIEW)
def read_set(request: HttpRequest, pk: int) -> ParameterSet:
    """A set and its versions, archived sets included."""
    sets = rows(request, ParameterSet, "parameters.view").select_related("territory")
    versions = Prefetch("versions", ParameterVersion.objects.order_by("-number"))
    return get_object_or_404(sets.prefetch_related(versions), pk=pk)


@router.get("/parameters/{int:pk}/versions/{int:number}", response=VersionOut, **_VIEW)
def read_version_of(request: HttpRequest, pk: int, number: int) -> dict[str, Any]:
    """A version with its values: those a result was computed with stay readable."""
    sets = rows(request, ParameterSet, "parameters.view")
    versions = get_object_or_404(sets, pk=pk).versions.select_related("of")
    found = get_object_or_404(versions, number=number)
    return {
        **{name: getattr(found, name) for name in ("number", "name", "note", "made_at")},
        "values": facts_of(read_version(found)),
    }
