"""Journeys: whole for the coordination, what is planned for the person."""

from datetime import date
from typing import Any

from ninja import Schema
from pydantic import Field

from ancrage.api.schemas.common import Revision
from ancrage.api.schemas.introductions import IdentityOut
from ancrage.journeys.enums import (
    ContactKind,
    ContactOutcome,
    FollowUpSide,
    FollowUpState,
    ImmersionKind,
    ImmersionState,
    JourneyState,
    MilestoneKind,
    WaitsFor,
)
from ancrage.journeys.models import Journey


class JourneyLine(Schema):
    """A journey in a list. It names nobody: `card` is the name drawn for the profile."""

    id: int
    revision: int
    candidate: int
    card: str
    profession: str | None
    state: JourneyState
    advisor: str | None
    next_action: str
    next_action_on: date | None
    waits_for: WaitsFor
    opened_on: date
    closed_on: date | None

    @staticmethod
    def resolve_candidate(row: Any, context: Any) -> int:
        """The number of the profile."""
        return int(row.candidate_id)

    @staticmethod
    def resolve_card(row: Any, context: Any) -> str:
        """The name drawn for the card."""
        return str(row.candidate.card)

    @staticmethod
    def resolve_profession(row: Any, context: Any) -> str | None:
        """The label of the main one."""
        return getattr(row, "profession_label", None)

    @staticmethod
    def resolve_advisor(row: Any, context: Any) -> str | None:
        """Who accompanies the person."""
        return row.advisor.full_name if row.advisor else None


class StepOut(Schema):
    """Something to be done on the way to the goal."""

    id: int
    label: str
    due_on: date | None
    done_on: date | None


class MilestoneOut(Schema):
    """Something reached for the first time."""

    kind: MilestoneKind
    on: date


class ContactOut(Schema):
    """An exchange, or an attempt."""

    kind: ContactKind
    outcome: ContactOutcome
    on: date
    note: str


class ImmersionOut(Schema):
    """Some days in a structure, before any post."""

    kind: ImmersionKind
    partner: str | None
    starts_on: date
    ends_on: date
    state: ImmersionState
    note: str

    @staticmethod
    def resolve_partner(row: Any, context: Any) -> str | None:
        """The name of the structure."""
        return row.partner.name if row.partner else None


class FollowUpOut(Schema):
    """What was asked after a hire, and what was answered."""

    months: int
    side: FollowUpSide
    due_on: date
    state: FollowUpState
    presence: str
    rating: int | None
    difficulties: list[str]
    wants_call: bool
    comment: str


class StayOut(Schema):
    """A post, from the first day until the person left, or until the last news."""

    partner: str | None
    profession: str
    post: str
    contract: str
    started_on: date
    contract_ends_on: date | None
    known_on: date
    ended_on: date | None
    leave_reason: str
    follow_ups: list[FollowUpOut]

    @staticmethod
    def resolve_partner(row: Any, context: Any) -> str | None:
        """The name of the structure."""
        return row.partner.name if row.partner else None

    @staticmethod
    def resolve_profession(row: Any, context: Any) -> str:
        """Our code."""
        return str(row.profession.code)

    @staticmethod
    def resolve_follow_ups(row: Any, context: Any) -> list[Any]:
        """In the order in which they are asked."""
        return list(row.follow_ups.all())


class OwnJourneyOut(Schema):
    """What the coordination plans with you."""

    goal: str
    state: JourneyState
    advisor: str | None
    next_action: str
    next_action_on: date | None
    waits_for: WaitsFor
    opened_on: date
    steps: list[StepOut]
    milestones: list[MilestoneOut]

    @staticmethod
    def resolve_advisor(row: Any, context: Any) -> str | None:
        """Who accompanies you."""
        return row.advisor.full_name if row.advisor else None

    @staticmethod
    def resolve_steps(row: Any, context: Any) -> list[Any]:
        """The nearest first."""
        return list(row.steps.all())

    @staticmethod
    def resolve_milestones(row: Any, context: Any) -> list[Any]:
        """The oldest first."""
        return list(row.milestones.all())


class JourneyOut(JourneyLine, OwnJourneyOut):
    """A journey whole, for who follows the person. `person` is null where you may not know."""

    person: IdentityOut | None
    close_reason: str
    contacts: list[ContactOut]
    immersions: list[ImmersionOut]
    stays: list[StayOut]

    @staticmethod
    def resolve_person(row: Any, context: Any) -> Any:
        """Put there by the operation, which notes the reading."""
        return row.person

    @staticmethod
    def resolve_contacts(row: Any, context: Any) -> list[Any]:
        """The last first."""
        return list(row.contacts.all())

    @staticmethod
    def resolve_immersions(row: Any, context: Any) -> list[Any]:
        """The last first."""
        return list(row.immersions.all())

    @staticmethod
    def resolve_stays(row: Any, context: Any) -> list[Any]:
        """The last first."""
        return list(row.stays.all())


def person_of(journey: Journey, seen: frozenset[str]) -> IdentityOut | None:
    """Return who the person is, as far as `seen` says; None where it says nothing."""
    if not seen:
        return None
    candidate = journey.candidate

    def shown(name: str) -> str:
        return str(getattr(candidate, name) or "") if name in seen else ""

    name = f"{shown('first_name')} {shown('last_name')}".strip()
    return IdentityOut(
        name=name, email=shown("email"), phone=shown("phone"), commune=shown("commune")
    )


class NextActionIn(Schema):
    """What comes next, its day and who must do it, at the revision you read."""

    revision: Revision
    next_action: str = Field(max_length=200)
    next_action_on: date
    waits_for: WaitsFor = WaitsFor.ADVISOR


class ContactIn(Schema):
    """An exchange or an attempt; with `next_action`, its day and who does it, what comes next is
    replaced in the same breath."""

    kind: ContactKind
    outcome: ContactOutcome
    on: date
    note: str = Field("", max_length=4000)
    next_action: str = Field("", max_length=200)
    next_action_on: date | None = None
    waits_for: WaitsFor | None = None


class StepIn(Schema):
    """A step to add."""

    label: str = Field(min_length=1, max_length=200)
    due_on: date | None = None
