"""Cards for structures; profiles for the coordination that follows them; one's own."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from ancrage.api.errors import TooManyRequests
from ancrage.api.files import document_file
from ancrage.api.paging import LARGEST_PAGE, OffsetOf
from ancrage.api.schemas.candidates import (
    CandidateOut,
    CandidatesOut,
    CardOut,
    CardsOut,
    candidate_out,
    shown_profile_fields,
)
from ancrage.api.security import count_sheet, handing_over, needing, rows
from ancrage.candidates import services
from ancrage.candidates.enums import Experience
from ancrage.candidates.models import Candidate, Document
from ancrage.candidates.queries import (
    MOST_COUNTED,
    Card,
    CardCriteria,
    Cards,
    SearchCriteria,
    candidate_of,
    card_named,
    cards_matching,
    count_up_to,
    current_proofs,
    search_candidates,
    with_profile,
)
from ancrage.candidates.queries.bits import NIGHTS, TWELVE, WEEKENDS
from ancrage.kit.throttling import parse_rate, seconds_to_wait
from ancrage.partners.permissions import pools_of, workplaces_of
from ancrage.privacy.scopes import viewer_of
from ancrage.professions.enums import ContractKind
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune, Epci
from ancrage.territory.queries import point_of

router = Router(tags=["candidates"])

# The count of the page « Vivier »: whoever asks by both is counted once.
CARDS_RATE = parse_rate("60/m")


class CardFilters(Schema):
    """What a structure looks for: nothing that a card does not print.

    `profession` is our code, `zone` the SIREN of a grouping of communes, `month` the latest one.
    """

    profession: str = ""
    zone: str = ""
    contract: ContractKind | None = None
    experience: Experience | None = None
    month: str = Field("", pattern=r"^(20\d\d-(0[1-9]|1[0-2]))?$")
    # No more at once than the page shows.
    limit: int = Field(24, ge=1, le=24)
    offset: OffsetOf = 0


class CandidateFilters(Schema):
    """What to keep of the people followed. `q` is a name, a telephone, an address, a card.

    `commune` is an INSEE code, `km` how far around; what a person did not say shuts nothing.
    """

    q: str = Field("", max_length=120)
    profession: str = ""
    commune: str = ""
    km: float = Field(30, ge=0, le=500)
    available_on: date | None = None
    contract: ContractKind | None = None
    fte: float | None = Field(None, ge=0.01, le=1)
    nights: bool = False
    twelve_hours: bool = False
    weekends: bool = False
    experience: Experience | None = None
    in_pool: bool | None = None
    is_settled: bool | None = None
    limit: int = Field(100, ge=1, le=LARGEST_PAGE)
    # Nobody reads further: narrower criteria are for that.
    offset: int = Field(0, ge=0, le=MOST_COUNTED)


@router.get("", response=CandidatesOut, **needing("candidates.view"))
def list_candidates(request: HttpRequest, filters: Query[CandidateFilters]) -> dict[str, Any]:
    """The people you follow, nearest first around a commune, else the last changed.

    The list names nobody: each profile is read by its number, and its person is told.
    """
    rows(request, Candidate, "candidates.view")
    criteria = _criteria(filters)
    if criteria is None:
        return {"items": [], "count": 0, "has_more": False}
    found = search_candidates(criteria, viewer_of(request.user))
    count = count_up_to(found)
    page = found[filters.offset : min(filters.offset + filters.limit, MOST_COUNTED)]
    return {
        "items": list(page),
        "count": min(count, MOST_COUNTED),
        "has_more": count > MOST_COUNTED,
    }


@router.get("/cards", response=CardsOut, **needing("candidates.cards"))
def list_cards(request: HttpRequest, filters: Query[CardFilters]) -> dict[str, Any]:
    """The cards of people who agreed to show theirs, where at least five look alike."""
    criteria, territories = _card_criteria(filters), _pool_of(request)
    found = Cards((), total=0, is_hidden=False)
    if criteria is not None:
        found = cards_matching(
            criteria,
            territories=territories,
            partners=workplaces_of(request.user),
            offset=filters.offset,
            limit=filters.limit,
        )
    return {"items": list(found.cards), "count": found.total, "hidden": found.is_hidden}


@router.get("/cards/{slug:key}", response=CardOut, **needing("candidates.cards"))
def read_card(request: HttpRequest, key: str) -> Card:
    """One card, while it is shown."""
    card = card_named(key, territories=_pool_of(request), partners=workplaces_of(request.user))
    if card is None:
        raise Http404
    return card


@router.get("/own", response=CandidateOut, **needing("candidates.keep_own"))
def read_own_candidate(request: HttpRequest) -> CandidateOut:
    """Your own profile."""
    rows(request, Candidate, "candidates.keep_own")
    candidate = candidate_of(request.user)
    if candidate is None:
        raise Http404
    return _sheet(request, candidate)


@router.get("/documents/{int:pk}", **handing_over("candidate_files.read"))
def read_document(request: HttpRequest, pk: int) -> HttpResponse:
    """A file of a profile, its number read in the profile; the reading is noted, and shown to
    the person."""
    documents = rows(request, Document, "candidate_files.read")
    document = get_object_or_404(documents.select_related("candidate__subject"), pk=pk)
    count_sheet(request)
    return document_file(document, document.candidate, viewer=viewer_of(request.user))


@router.get("/{int:pk}", response=CandidateOut, **needing("candidates.view"))
def read_candidate(request: HttpRequest, pk: int) -> CandidateOut:
    """One profile; the reading is noted, and shown to the person."""
    candidates = rows(request, Candidate, "candidates.view")
    count_sheet(request)
    return _sheet(request, get_object_or_404(with_profile(candidates), pk=pk))


def _sheet(request: HttpRequest, candidate: Candidate) -> CandidateOut:
    viewer = viewer_of(request.user)
    seen = services.fields_seen(candidate=candidate, viewer=viewer) & shown_profile_fields()
    told = services.files_seen(candidate=candidate, viewer=viewer)
    services.note_reading(candidate=candidate, viewer=viewer, fields=seen, now=timezone.now())
    proofs = list(current_proofs(candidate)) if told else []
    documents = list(candidate.documents.order_by("kind", "-added_at", "pk")) if told else []
    return candidate_out(candidate, seen=seen, proofs=proofs, documents=documents, works_told=told)


def _pool_of(request: HttpRequest) -> list[int]:
    """Return the territories whose pool the caller's structures consult; count the call."""
    rows(request, Candidate, "candidates.cards")
    wait = seconds_to_wait(f"cards:user:{request.user.pk}", CARDS_RATE)
    if wait:
        raise TooManyRequests(wait)
    return pools_of(request.user)


def _card_criteria(filters: CardFilters) -> CardCriteria | None:
    """Return what is asked, or None where a code is unknown: nobody matches it."""
    profession = Profession.objects.filter(code=filters.profession).first()
    zone = Epci.objects.filter(siren=filters.zone).first()
    if (filters.profession and profession is None) or (filters.zone and zone is None):
        return None
    year, _dash, month = filters.month.partition("-")
    return CardCriteria(
        profession=profession,
        zone=zone,
        contract=filters.contract or "",
        experience=filters.experience or "",
        month=date(int(year), int(month), 1) if month else None,
    )


def _criteria(filters: CandidateFilters) -> SearchCriteria | None:
    """Return what is asked, or None where a code is unknown: nobody matches it."""
    profession = Profession.objects.filter(code=filters.profession).first()
    commune = Commune.objects.filter(insee=filters.commune).first()
    if (filters.profession and profession is None) or (filters.commune and commune is None):
        return None
    return SearchCriteria(
        text=filters.q,
        professions=(profession,) if profession else (),
        near=point_of(commune) if commune else None,
        km=filters.km,
        available_on=filters.available_on,
        contract=filters.contract or "",
        fte_hundredths=None if filters.fte is None else round(filters.fte * 100),
        hours=NIGHTS * filters.nights
        | TWELVE * filters.twelve_hours
        | WEEKENDS * filters.weekends,
        experience=filters.experience or "",
        in_pool=filters.in_pool,
        is_settled=filters.is_settled,
    )
