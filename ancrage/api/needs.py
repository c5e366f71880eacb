"""Needs of one's structures: read, write, move through their life."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from ninja.pagination import paginate

from ancrage.api.errors import Conflict
from ancrage.api.paging import Pages
from ancrage.api.schemas.needs import NeedIn, NeedOut, NeedPatch, Pay
from ancrage.api.security import needing, rows
from ancrage.kit.changes import ChangeSource
from ancrage.needs import services
from ancrage.needs.enums import NeedStatus, WithdrawReason
from ancrage.needs.models import Need
from ancrage.needs.queries import needs_with_words
from ancrage.partners.models import Partner
from ancrage.professions.models import Profession
from ancrage.territory.models import Commune

router = Router(tags=["needs"])


class NeedFilters(Schema):
    """What to keep of the needs one may see."""

    partner: str = ""
    status: NeedStatus | None = None
    profession: str = ""
    commune: str = ""
    q: str = ""


class Withdrawal(Schema):
    """Why a need is withdrawn."""

    reason: WithdrawReason
    note: str = ""


@router.get("", response=list[NeedOut], **needing("needs.view"))
@paginate(Pages)
def list_needs(request: HttpRequest, filters: Query[NeedFilters]) -> QuerySet[Need]:
    """The needs you may see, most recent first."""
    needs = _shown(needs_with_words(rows(request, Need, "needs.view"), filters.q))
    if filters.partner:
        needs = needs.filter(partner__slug=filters.partner)
    if filters.status:
        needs = needs.filter(status=filters.status)
    if filters.profession:
        needs = needs.filter(profession__code=filters.profession)
    if filters.commune:
        needs = needs.filter(commune__insee=filters.commune)
    return needs.order_by("-created_at", "-pk")


@router.post("", response={201: NeedOut}, **needing("partners.recruit_for"))
def create_need(request: HttpRequest, body: NeedIn) -> Status[Need]:
    """Write a need for one of your structures, as a draft or (`publish`) at once."""
    partner = get_object_or_404(rows(request, Partner, "partners.recruit_for"), slug=body.partner)
    facts = _facts(body.dict(exclude={"partner", "publish"}))
    need = services.create_need(
        partner=partner,
        by=request.user,
        now=timezone.now(),
        publish=body.publish,
        source=ChangeSource.API,
        **facts,
    )
    return Status(201, _again(request, need))


@router.get("/{pk}", response=NeedOut, **needing("needs.view"))
def read_need(request: HttpRequest, pk: int) -> Need:
    """One need."""
    return get_object_or_404(_shown(rows(request, Need, "needs.view")), pk=pk)


@router.patch("/{pk}", response=NeedOut, **needing("needs.edit"))
def edit_need(request: HttpRequest, pk: int, body: NeedPatch) -> Need:
    """Change what the body names; 409 if somebody else changed the need meanwhile."""
    need = get_object_or_404(rows(request, Need, "needs.edit"), pk=pk)
    facts = _facts(body.dict(exclude={"revision"}, exclude_unset=True))
    try:
        services.edit_need(
            need=need,
            revision=body.revision,
            by=request.user,
            now=timezone.now(),
            source=ChangeSource.API,
            **facts,
        )
    except services.NeedChangedMeanwhile as error:
        raise Conflict(" ".join(error.messages), current=error.current.revision) from error
    return _again(request, need)


@router.post("/{pk}/publish", response=NeedOut, **needing("needs.publish"))
def publish_need(request: HttpRequest, pk: int) -> Need:
    """Open a draft or a paused need to its audience."""
    return _move(request, pk, "needs.publish", services.publish_need, source=ChangeSource.API)


@router.post("/{pk}/pause", response=NeedOut, **needing("needs.publish"))
def pause_need(request: HttpRequest, pk: int) -> Need:
    """Hide a published need for a while."""
    return _move(request, pk, "needs.publish", services.pause_need, source=ChangeSource.API)


@router.post("/{pk}/confirm", response=NeedOut, **needing("needs.confirm"))
def confirm_need(request: HttpRequest, pk: int) -> Need:
    """Say that a published need still holds."""
    return _move(request, pk, "needs.confirm", services.confirm_need)


@router.post("/{pk}/fill", response=NeedOut, **needing("needs.close"))
def fill_need(request: HttpRequest, pk: int) -> Need:
    """Say that all the posts of a need are filled."""
    return _move(request, pk, "needs.close", services.fill_need, source=ChangeSource.API)


@router.post("/{pk}/withdraw", response=NeedOut, **needing("needs.close"))
def withdraw_need(request: HttpRequest, pk: int, body: Withdrawal) -> Need:
    """Take a need away, with the reason."""
    return _move(
        request,
        pk,
        "needs.close",
        services.withdraw_need,
        reason=body.reason,
        note=body.note,
        source=ChangeSource.API,
    )


def _move(
    request: HttpRequest, pk: int, permission: str, act: Callable[..., Any], **details: Any
) -> Need:
    need = get_object_or_404(rows(request, Need, permission), pk=pk)
    act(need=need, by=request.user, now=timezone.now(), **details)
    return _again(request, need)


def _again(request: HttpRequest, need: Need) -> Need:
    return _shown(rows(request, Need, "needs.view")).get(pk=need.pk)


def _shown(needs: QuerySet[Need]) -> QuerySet[Need]:
    return needs.select_related("profession", "specialty", "partner", "commune")


def _facts(body: dict[str, Any]) -> dict[str, Any]:
    """Turn the body into the facts of the services: rows for codes, integers for decimals."""
    facts = dict(body)
    if facts.get("profession") is not None:
        facts["profession"] = _named(Profession, "profession", "code", facts["profession"])
    if facts.get("commune") is not None:
        facts["commune"] = _named(Commune, "commune", "insee", facts["commune"])
    if "fte" in facts:
        fte = facts.pop("fte")
        facts["fte_hundredths"] = 100 if fte is None else int(fte * 100)
    if "reason" in facts:
        facts["reason"] = facts["reason"] or ""
    if "pay" in facts:
        facts |= _pay(facts.pop("pay"))
    return facts


def _pay(body: dict[str, Any] | None) -> dict[str, Any]:
    pay = Pay(**(body or {}))
    return {
        "pay_min_cents": _cents(pay.low),
        "pay_max_cents": _cents(pay.high),
        "pay_period": pay.period or "",
        "pay_note": pay.note,
    }


def _cents(euros: Decimal | None) -> int | None:
    return None if euros is None else int(euros * 100)


def _named(model: Any, field: str, column: str, code: str) -> Any:
    found = model.objects.filter(**{column: code}).first()
    if found is None:
        raise ValidationError({field: _("Code inconnu : %(code)s.") % {"code": code}})
    return found
