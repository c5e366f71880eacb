"""Aids: the inventory, what it answers to facts, the zones of a commune."""

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from ninja.pagination import paginate
from pydantic import Field

from ancrage.api.paging import Pages
from ancrage.api.schemas.schemes import AnswerOut, QuestionIn, SchemeLine, SchemeOut, ZonesOut
from ancrage.api.security import needing, rows
from ancrage.schemes.enums import Payer, Receiver, Topic
from ancrage.schemes.models import Scheme
from ancrage.schemes.queries import (
    SchemeFilter,
    amounts_of,
    in_inventory,
    schemes_matching,
    zones_of_commune,
)
from ancrage.schemes.services import (
    SchemeSheet,
    aids_for,
    facts_of_commune,
    read_facts,
    sheet_of,
    sheets_of,
)
from ancrage.territory.models import Commune

router = Router(tags=["schemes"], auth=None)
_VIEW: dict[str, Any] = needing("schemes.view")


class SchemeFilters(Schema):
    """What to keep: words, subject, payer, receiver; `open` leaves closed aids out."""

    q: str = Field("", max_length=120)
    topic: Topic | None = None
    payer: Payer | None = None
    receiver: Receiver | None = None
    open: bool = False


@router.get("", response=list[SchemeLine], **_VIEW)
@paginate(Pages)
def list_schemes(request: HttpRequest, filters: Query[SchemeFilters]) -> list[Any]:
    """The inventory, closed aids included unless told otherwise."""
    today = timezone.localdate()
    asked = SchemeFilter(
        text=filters.q,
        topic=filters.topic,
        payer=filters.payer,
        receiver=filters.receiver,
        with_closed=not filters.open,
    )
    found = schemes_matching(in_inventory(rows(request, Scheme, "schemes.view")), asked, on=today)
    return [_line(sheet) for sheet in sheets_of(schemes=list(found), on=today)]


@router.post("/answers", response=list[AnswerOut], **_VIEW)
def answer(request: HttpRequest, body: QuestionIn) -> list[Any]:
    """What each aid answers to facts: yes first, then to check, then no. Nothing is kept."""
    on = body.on or timezone.localdate()
    place = {}
    if body.commune:
        commune = get_object_or_404(
            rows(request, Commune, "communes.view").select_related("department"),
            insee=body.commune,
        )
        place = facts_of_commune(commune=commune, on=on)
    return aids_for(
        facts={**place, **read_facts(body.facts)},
        on=on,
        receiver=body.receiver,
        schemes=in_inventory(rows(request, Scheme, "schemes.view")),
    )


@router.get("/zones/{insee}", response=ZonesOut, **_VIEW)
def read_zones(request: HttpRequest, insee: str) -> dict[str, Any]:
    """The zones of a commune, past ones included, each with its dates and its source."""
    commune = get_object_or_404(rows(request, Commune, "communes.view"), insee=insee)
    known = zones_of_commune(commune)
    return {
        "insee": commune.insee,
        "name": commune.name,
        "zones": list(known.rows),
        "whole_lists": dict(known.lists),
    }


@router.get("/{slug:code}", response=SchemeOut, **_VIEW)
def read_scheme(request: HttpRequest, code: str) -> dict[str, Any]:
    """One aid in full, with its rule and its amounts."""
    schemes = in_inventory(rows(request, Scheme, "schemes.view"))
    scheme = get_object_or_404(schemes, code=code)
    sheet = sheet_of(scheme=scheme, on=timezone.localdate())
    return {
        **_line(sheet),
        "content": scheme.content,
        "commitment": scheme.commitment,
        "rule": sheet.rule.text if sheet.rule else "",
        "amounts": list(amounts_of([scheme]).get(scheme.pk, ())),
    }


def _line(sheet: SchemeSheet) -> dict[str, Any]:
    one = sheet.scheme
    return {
        **{name: getattr(one, name) for name in ("code", "label", "topic", "payer")},
        **{name: getattr(one, name) for name in ("opens_on", "closes_on", "checked_on")},
        **{name: getattr(one, name) for name in ("source_name", "source_url")},
        "receivers": list(one.receivers),
        "is_closed": sheet.is_closed,
        "check_due_on": sheet.check_due_on,
        "cautions": list(sheet.cautions),
    }
