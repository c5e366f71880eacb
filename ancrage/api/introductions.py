"""Introductions: each side reads its own, and takes the steps that are its to take.

An agreement to be named is given where its wording is read: on the page or by the link of the
mail. No operation gives one, nor applies to a post, which is one.
"""

from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema, Status
from ninja.pagination import paginate
from pydantic import Field

from ancrage.api.errors import Conflict, TooManyRequests
from ancrage.api.files import document_file
from ancrage.api.paging import Pages
from ancrage.api.schemas.introductions import (
    ACTS,
    Answer,
    Close,
    Hire,
    IntroductionLine,
    IntroductionOut,
    MeetingIn,
    MessageIn,
    Offer,
    Proposal,
    Request,
    Step,
)
from ancrage.api.security import count_sheet, handing_over, needing, rows
from ancrage.candidates.models import Candidate
from ancrage.kit.throttling import parse_rate, seconds_to_wait
from ancrage.matching import services
from ancrage.matching.enums import IntroductionOrigin, IntroductionState, Side
from ancrage.matching.models import Introduction, ShownDocument
from ancrage.matching.queries import (
    IntroductionFilter,
    acts_allowed,
    introductions_matching,
    scope_of,
    side_of,
    with_everything,
    with_naming,
)
from ancrage.needs.models import Need
from ancrage.partners.models import Partner
from ancrage.privacy.scopes import Viewer, viewer_of
from ancrage.professions.models import Profession

router = Router(tags=["introductions"])

# The count of the page that asks from a card: whoever asks by both is counted once.
REQUEST_RATE = parse_rate("60/h")


class IntroductionFilters(Schema):
    """What to keep. `q` reads posts, numbers, and names that you may read; `partner` is a slug,
    `profession` our code; `late` keeps those unanswered past their day."""

    q: str = Field("", max_length=120)
    state: IntroductionState | None = None
    profession: str = ""
    partner: str = ""
    origin: IntroductionOrigin | None = None
    late: bool = False
    sort: Literal["-since", "since", "due", "-due", "partner", "profession", "-proposed"] = (
        "-since"
    )


@router.get("", response=list[IntroductionLine], **needing("introductions.list"))
@paginate(Pages)
def list_introductions(
    request: HttpRequest, filters: Query[IntroductionFilters]
) -> QuerySet[Introduction]:
    """Those of your structures, or of the territories you coordinate. The list names nobody."""
    found = _read(request, "introductions.list")
    profession = Profession.objects.filter(code=filters.profession).first()
    partner = Partner.objects.filter(slug=filters.partner).first()
    if (filters.profession and profession is None) or (filters.partner and partner is None):
        return found.none()
    search = IntroductionFilter(
        text=filters.q,
        state=filters.state or "",
        profession=profession,
        partner=partner,
        origin=filters.origin or "",
        late=filters.late,
    )
    return introductions_matching(found, search, on=timezone.localdate(), sort=filters.sort)


@router.get("/own", response=list[IntroductionLine], **needing("introductions.keep_own"))
@paginate(Pages)
def list_own_introductions(request: HttpRequest) -> QuerySet[Introduction]:
    """Your own, the last moved first."""
    return _read(request, "introductions.keep_own").order_by("-state_since", "-pk")


@router.get("/{int:pk}", response=IntroductionOut, **needing("introductions.view"))
def read_introduction(request: HttpRequest, pk: int) -> Introduction:
    """One introduction; where the person is named, the reading is noted and shown to them."""
    row: Any = get_object_or_404(_read(request, "introductions.view"), pk=pk)
    count_sheet(request)
    row.person = services.read_identity(
        introduction=row,
        side=side_of(row),
        viewer=viewer_of(request.user),
        now=timezone.now(),
    )
    return row


@router.post("", response={201: IntroductionLine}, **needing("introductions.propose"))
def propose_introduction(request: HttpRequest, body: Proposal) -> Status[Any]:
    """Propose a post to a person you follow. The structure sees nothing until they agree."""
    rows(request, Introduction, "introductions.propose")
    candidate = get_object_or_404(rows(request, Candidate, "candidates.view"), pk=body.candidate)
    row = services.propose_introduction(
        candidate=candidate,
        need=_post(request, "needs.edit", body.post),
        message=body.message,
        by=request.user,
        now=timezone.now(),
    )
    return Status(201, _again(request, row))


@router.post("/requests", response={201: IntroductionLine}, **needing("introductions.request"))
def request_introduction(request: HttpRequest, body: Request) -> Status[Any]:
    """Ask to meet the person behind a card. You know no name until they agree."""
    rows(request, Introduction, "introductions.request")
    wait = seconds_to_wait(f"introductions.request:user:{request.user.pk}", REQUEST_RATE)
    if wait:
        raise TooManyRequests(wait)
    row = services.request_introduction(
        card=body.card.upper(),
        need=_post(request, "needs.list_own", body.post),
        message=body.message,
        by=request.user,
        now=timezone.now(),
    )
    return Status(201, _again(request, row))


@router.get("/documents/{int:pk}", **handing_over("introduction_files.read"))
def read_shown_document(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that a person shows to your structure; the reading is noted, and shown to them."""
    shown = rows(request, ShownDocument, "introduction_files.read")
    one = get_object_or_404(
        shown.select_related("document", "introduction__candidate__subject"), pk=pk
    )
    count_sheet(request)
    viewer = Viewer(request.user.pk, frozenset({scope_of(one.introduction)}))
    return document_file(one.document, one.introduction.candidate, viewer=viewer)


@router.post("/{int:pk}/relay", response=IntroductionLine, **needing("introductions.relay"))
def relay_request(request: HttpRequest, pk: int, body: Step) -> Introduction:
    """Pass on a request that the charter keeps from being made directly: the person may answer."""
    row = _row(request, "introductions.relay", pk, body)
    services.relay_request(introduction=row, **_signed(request))
    return _again(request, row)


@router.post("/{int:pk}/answer", response=IntroductionLine, **needing("introductions.handle"))
def answer_introduction(request: HttpRequest, pk: int, body: Answer) -> Introduction:
    """Accept to meet the person, or decline with a reason: both stop the clock of the charter."""
    row = _row(request, "introductions.handle", pk, body)
    services.answer_introduction(
        introduction=row,
        side=side_of(row),
        accepts=body.accepts,
        reason=body.reason,
        note=body.note,
        **_signed(request),
    )
    return _again(request, row)


@router.post("/{int:pk}/meeting", response=IntroductionLine, **needing("introductions.handle"))
def plan_meeting(request: HttpRequest, pk: int, body: MeetingIn) -> Introduction:
    """Fix a meeting, or move it: both sides receive the invitation."""
    row = _row(request, "introductions.handle", pk, body)
    services.plan_meeting(
        introduction=row,
        side=side_of(row),
        meeting_at=body.at,
        minutes=body.minutes,
        place=body.place,
        **_signed(request),
    )
    return _again(request, row)


@router.post("/{int:pk}/offer", response=IntroductionLine, **needing("introductions.handle"))
def make_offer(request: HttpRequest, pk: int, body: Offer) -> Introduction:
    """Offer the post."""
    row = _row(request, "introductions.handle", pk, body)
    services.make_offer(introduction=row, side=side_of(row), note=body.note, **_signed(request))
    return _again(request, row)


@router.post("/{int:pk}/hire", response=IntroductionLine, **needing("introductions.handle"))
def hire(request: HttpRequest, pk: int, body: Hire) -> Introduction:
    """Note that the person takes the post."""
    row = _row(request, "introductions.handle", pk, body)
    services.hire(
        introduction=row,
        side=side_of(row),
        starts_on=body.starts_on,
        fills_post=body.fills_post,
        ends_others=body.ends_others,
        **_signed(request),
    )
    return _again(request, row)


@router.post("/{int:pk}/close", response=IntroductionLine, **needing("introductions.close"))
def close_introduction(request: HttpRequest, pk: int, body: Close) -> Introduction:
    """End it with a reason: your own, or for the coordination what a side told it."""
    row = _row(request, "introductions.close", pk, body)
    said_by = _who_says(body, side_of(row))
    how = {"introduction": row, "reason": body.reason, "note": body.note, **_signed(request)}
    if said_by == Side.PERSON:
        services.refuse_introduction(**how)
    else:
        services.close_introduction(side=said_by, **how)
    return _again(request, row)


@router.post("/{int:pk}/messages", response=IntroductionLine, **needing("introductions.write"))
def post_message(request: HttpRequest, pk: int, body: MessageIn) -> Introduction:
    """Write to the other sides, who are told by mail that a message waits."""
    row = get_object_or_404(_read(request, "introductions.write"), pk=pk)
    services.post_message(introduction=row, side=side_of(row), text=body.text, **_signed(request))
    return _again(request, row)


@router.post("/{int:pk}/undo", response=IntroductionLine, **needing("introductions.close"))
def undo_step(request: HttpRequest, pk: int, body: Step) -> Introduction:
    """Take your last step back, within a day."""
    row = _row(request, "introductions.close", pk, body)
    services.undo_last_move(introduction=row, side=side_of(row), **_signed(request))
    return _again(request, row)


def _read(request: HttpRequest, permission: str) -> QuerySet[Any]:
    """Return the rows of a permission, annotated with what their reader may know and do."""
    named = with_naming(rows(request, Introduction, permission), request.user)
    return with_everything(acts_allowed(named, request.user, ACTS))


def _row(request: HttpRequest, permission: str, pk: int, step: Step) -> Any:
    row = get_object_or_404(_read(request, permission), pk=pk)
    if row.revision != step.revision:
        raise Conflict(_("Cette mise en relation a avancé entre-temps."), current=row.revision)
    return row


def _again(request: HttpRequest, row: Introduction) -> Any:
    return _read(request, "introductions.view").get(pk=row.pk)


def _post(request: HttpRequest, permission: str, pk: int) -> Need:
    needs = rows(request, Need, permission).select_related("partner", "profession", "specialty")
    return get_object_or_404(needs, pk=pk)


def _who_says(body: Close, side: Side) -> Side:
    if side == Side.COORDINATION and body.said_by in (Side.PERSON, Side.PARTNER):
        return body.said_by
    if body.said_by not in (None, side):
        raise ValidationError({"said_by": _("Vous ne parlez que pour votre côté.")})
    return side


def _signed(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now()}
