"""Reference lists: professions and communes."""

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router
from ninja.pagination import paginate

from ancrage.api.paging import Pages
from ancrage.api.schemas.common import CommuneOut, ProfessionOut
from ancrage.api.security import needing, rows
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune
from ancrage.territory.queries import commune_search

router = Router(tags=["reference"], auth=None)


@router.get("/professions", response=list[ProfessionOut], **needing("professions.view"))
def list_professions(request: HttpRequest) -> QuerySet[Profession]:
    """The professions in use, in the order lists show them."""
    professions = rows(request, Profession, "professions.view")
    return professions.filter(valid_to__isnull=True).order_by("rank", "pk")


@router.get("/communes", response=list[CommuneOut], **needing("communes.view"))
@paginate(Pages)
def list_communes(request: HttpRequest, q: str = "") -> QuerySet[Commune]:
    """The communes known here, or those that `q` (a name, a postcode) means."""
    known = rows(request, Commune, "communes.view")
    if q:
        return commune_search(q).filter(pk__in=known.values("pk"))
    return known.filter(valid_to__isnull=True).order_by("insee")
