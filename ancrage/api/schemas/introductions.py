"""Introductions, as each side may read them."""

from datetime import date, datetime
from typing import Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from ancrage.api.schemas.common import FileOut, Key, PostOut, Revision
from ancrage.matching.enums import CloseReason, IntroductionOrigin, IntroductionState, Side
from ancrage.matching.queries import messages_shown, note_shown, side_of
from ancrage.matching.services import reason_shown

# What the pages offer on an introduction, and may be done by a program too.
ACTS = ("handle", "close", "write", "relay")


class IntroductionLine(Schema):
    """An introduction in a list. It names nobody: `id` stands for the person, whose `card` in
    the pool the coordination alone reads here.

    `side` says in which quality you read it; `reason` is empty where it is not yours to know.
    """

    id: int
    revision: int
    side: Side
    state: IntroductionState
    state_since: datetime
    origin: IntroductionOrigin
    card: str | None
    post: PostOut
    proposed_at: datetime
    agreed_at: datetime | None
    answer_due_on: date | None
    answered_at: datetime | None
    starts_on: date | None
    ended_at: datetime | None
    reason: str
    may: list[str]

    @staticmethod
    def resolve_side(row: Any, context: Any) -> Side:
        """As the pages tell it."""
        return side_of(row)

    @staticmethod
    def resolve_card(row: Any, context: Any) -> str | None:
        """The name drawn for the card, today."""
        return str(row.candidate.card) if side_of(row) == Side.COORDINATION else None

    @staticmethod
    def resolve_post(row: Any, context: Any) -> Any:
        """The need."""
        return row.need

    @staticmethod
    def resolve_reason(row: Any, context: Any) -> str:
        """What concerns the person and another structure stays with the person."""
        return reason_shown(row, side_of(row)) if not row.is_open else ""

    @staticmethod
    def resolve_may(row: Any, context: Any) -> list[str]:
        """What is left to you once it is over: nothing. A request is relayed while it is held."""
        acts = [act for act in ACTS if act != "relay" or row.is_held]
        return [act for act in acts if row.is_open and getattr(row, f"may_{act}")]


class IdentityOut(Schema):
    """Who the person is, and how to reach them."""

    name: str
    email: str
    phone: str
    commune: str


class MeetingOut(Schema):
    """When and where both sides meet."""

    at: datetime
    minutes: int
    place: str


class MessageOut(Schema):
    """A word from one side."""

    side: Side
    text: str
    at: datetime


class MoveOut(Schema):
    """One step: when, by which side, and what was noted, where it is yours to read."""

    state: IntroductionState
    at: datetime
    side: Side
    note: str


class IntroductionOut(IntroductionLine):
    """An introduction whole. `person` is null until the person agreed to be named to you;
    `documents` are those that they show to your structure."""

    person: IdentityOut | None
    meeting: MeetingOut | None
    messages: list[MessageOut]
    moves: list[MoveOut]
    documents: list[FileOut]

    @staticmethod
    def resolve_documents(row: Any, context: Any) -> list[dict[str, Any]]:
        """For the structure, while the person is named to it and something may come of it."""
        if side_of(row) != Side.PARTNER or not row.is_named or not row.is_open:
            return []
        shown = row.shown_documents.select_related("document").order_by("document__kind", "pk")
        names = ("kind", "title", "format", "size")
        return [
            {"id": one.pk, **{name: getattr(one.document, name) for name in names}}
            for one in shown
        ]

    @staticmethod
    def resolve_person(row: Any, context: Any) -> Any:
        """Put there by the operation, which notes the reading."""
        return row.person

    @staticmethod
    def resolve_meeting(row: Any, context: Any) -> dict[str, Any] | None:
        """Nothing until one is fixed."""
        if row.meeting_at is None:
            return None
        minutes, place = row.meeting_minutes, row.meeting_place
        return {"at": row.meeting_at, "minutes": minutes, "place": place}

    @staticmethod
    def resolve_messages(row: Any, context: Any) -> list[Any]:
        """Those that the reader's side may read, oldest first."""
        return list(messages_shown(row, side_of(row)))

    @staticmethod
    def resolve_moves(row: Any, context: Any) -> list[dict[str, Any]]:
        """Those that hold, oldest first. An end whose reason is not the reader's to know is the
        platform's: who ended it would tell half of it."""
        moves = row.moves.filter(undone_at__isnull=True).order_by("at", "pk")
        reader = side_of(row)
        hides_end = not row.is_open and row.close_reason and not reason_shown(row, reader)
        return [
            {
                "state": one.after,
                "at": one.at,
                "side": Side.PLATFORM if one.reason and hides_end else one.side,
                "note": note_shown(one, reader),
            }
            for one in moves
        ]


class Step(Schema):
    """A step to take, at the revision you read."""

    revision: Revision


class Answer(Step):
    """The structure accepts to meet, or declines with a reason of its own."""

    accepts: bool
    reason: CloseReason | None = None
    note: str = Field("", max_length=500)


class MeetingIn(Step):
    """When, for how long, where. The moment says its time zone."""

    at: AwareDatetime
    minutes: int = Field(45, ge=5, le=720)
    place: str = Field("", max_length=200)


class Offer(Step):
    """The structure offers the post."""

    note: str = Field("", max_length=500)


class Hire(Step):
    """The person takes the post. `fills_post`: one post fewer to fill; `ends_others`: the person
    no longer looks for another."""

    starts_on: date
    fills_post: bool = True
    ends_others: bool = True


class Close(Step):
    """It ends, for a reason that your side gives; the coordination may say who told it."""

    reason: CloseReason
    said_by: Side | None = None
    note: str = Field("", max_length=500)


class MessageIn(Schema):
    """A word to the other sides."""

    text: str = Field(min_length=1, max_length=4000)


class Proposal(Schema):
    """A post proposed to a person, by the coordination. `candidate` is the number of a profile."""

    candidate: Key
    post: Key
    message: str = Field("", max_length=4000)


class Request(Schema):
    """A structure asks to meet the person behind a card, for one of its own posts."""

    card: str = Field(max_length=8)
    post: Key
    message: str = Field("", max_length=4000)
