"""Who the person of an introduction is, as far as a side may know; each reading is noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ancrage.candidates.models import Candidate
from ancrage.candidates.queries import Card, card_named
from ancrage.candidates.services.reading import NAME
from ancrage.matching.enums import Side
from ancrage.matching.queries.visibility import scope_of, side_of
from ancrage.partners.permissions import workplaces_of_account
from ancrage.privacy.queries import visible_fields
from ancrage.privacy.scopes import Viewer
from ancrage.privacy.services import trace_access, trace_list

_SHOWN = ("first_name", "last_name", "email", "phone", "commune")


@dataclass(frozen=True)
class Identity:
    """Who the person is, as far as the reader may know."""

    name: str
    email: str
    phone: str
    commune: str


def read_identity(
    *, introduction: Any, side: Side, viewer: Viewer, now: datetime
) -> Identity | None:
    """Return the person's name and how to reach them, through the one door; None where hidden.

    `introduction` is a row annotated by `with_naming`, its profile, subject and commune joined.
    """
    if not introduction.is_named:
        return None
    candidate = introduction.candidate
    subject = candidate.subject
    # For this structure, or for the coordination: not for another one the reader works for.
    wanted = {scope_of(introduction)} if side == Side.PARTNER else {subject.home}
    narrowed = Viewer(viewer.user_pk, viewer.scopes & wanted)
    fields = visible_fields(narrowed, subject, Candidate, "identity")
    shown = [name for name in _SHOWN if name in fields]
    trace_access(subject=subject, viewer=narrowed, purpose="identity", fields=shown, now=now)
    if not shown:
        return None
    return Identity(
        name=candidate.full_name,
        email=candidate.email,
        phone=candidate.phone,
        commune=str(candidate.commune or ""),
    )


def read_card(*, introduction: Any, side: Side, viewer: Viewer) -> Card | None:
    """Return what the pool shows the structure of a person who has not agreed to be named yet.

    Through the door of the pool, with its limits: nothing once the card is not shown there, nor
    once the structure has known the name, which would then tell whose card it is. `introduction`
    is a row annotated by `with_naming`, its profile joined.
    """
    if side != Side.PARTNER or introduction.agreed_at is not None or not introduction.is_open:
        return None
    held = workplaces_of_account(viewer.user_pk).values_list("pk", flat=True)
    return card_named(
        introduction.candidate.card,
        territories=[introduction.territory_id],
        partners={introduction.partner_id, *held.order_by("pk")},
    )


def note_names(*, introductions: Iterable[Any], by: Any, now: datetime) -> None:
    """Write that a list named the people of these rows, where it did, once a day and a person.

    Rows are annotated by `with_naming`, their subjects joined; each name is read for the structure
    of the row, or for whoever follows the person.
    """
    trace_list(
        shown=(
            (
                row.candidate.subject_id,
                scope_of(row) if side_of(row) == Side.PARTNER else row.candidate.subject.home,
            )
            for row in introductions
            if row.is_named
        ),
        purpose="identity",
        fields=NAME,
        by=by,
        now=now,
    )
