"""The structures that the caller may see."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router
from ninja.pagination import paginate

from ancrage.api.paging import Pages
from ancrage.api.schemas.needs import PartnerOut
from ancrage.api.security import needing, rows
from ancrage.partners.models import Partner

router = Router(tags=["partners"])


@router.get("", response=list[PartnerOut], **needing("partners.view"))
@paginate(Pages)
def list_partners(request: HttpRequest) -> QuerySet[Partner]:
    """The structures, by name."""
    return rows(request, Partner, "partners.view").order_by("name", "pk")


@router.get("/{slug}", response=PartnerOut, **needing("partners.view"))
def read_partner(request: HttpRequest, slug: str) -> Partner:
    """One structure."""
    return get_object_or_404(rows(request, Partner, "partners.view"), slug=slug)
