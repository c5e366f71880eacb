"""The public offers, without a token."""

from datetime import date

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema
from ninja.pagination import paginate
from pydantic import Field

from ancrage.api.paging import Pages
from ancrage.api.schemas.needs import OfferOut
from ancrage.api.security import needing, rows
from ancrage.needs.models import Need
from ancrage.needs.offers import OfferSearch, offers_matching
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune
from ancrage.territory.queries import communes_within

router = Router(tags=["offers"], auth=None)


class OfferFilters(Schema):
    """The criteria of the page « Offres ». `commune` is an INSEE code; `km` around it."""

    q: str = ""
    profession: str = ""
    commune: str = ""
    km: float = Field(0, ge=0, le=500)
    contract: ContractKind | None = None
    starts_from: date | None = None
    starts_by: date | None = None
    housing: bool = False


@router.get("", response=list[OfferOut], **needing("offers.view"))
@paginate(Pages)
def list_offers(request: HttpRequest, filters: Query[OfferFilters]) -> QuerySet[Need]:
    """The offers that match, most recent first."""
    offers = rows(request, Need, "offers.view")
    profession = Profession.objects.filter(code=filters.profession).first()
    if filters.profession and profession is None:
        return offers.none()
    search = OfferSearch(
        text=filters.q,
        profession=profession,
        communes=_reach(filters),
        contract=filters.contract or "",
        housing=filters.housing,
        starts_from=filters.starts_from,
        starts_by=filters.starts_by,
    )
    return offers_matching(offers, search)


@router.get("/{pk}", response=OfferOut, **needing("offers.view"))
def read_offer(request: HttpRequest, pk: int) -> Need:
    """One offer."""
    offers = rows(request, Need, "offers.view").select_related(
        "profession", "specialty", "partner", "commune"
    )
    return get_object_or_404(offers, pk=pk)


def _reach(filters: OfferFilters) -> set[int] | None:
    if not filters.commune:
        return None
    centre = Commune.objects.filter(insee=filters.commune).first()
    if centre is None:
        return set()
    if not filters.km or centre.latitude is None or centre.longitude is None:
        return {centre.pk}
    near = communes_within((centre.latitude, centre.longitude), filters.km)
    return {centre.pk, *(commune.pk for commune in near)}
