"""The legal publication of a public post: must it be, is it, and until when.

Décret 2018-1351 as read in `docs/features/needs.md`: a created or vacant permanent post, and any
contract of a year or more, is published without delay on the State's common site, for a month
at least. A listing on the platform never replaces it.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from ancrage.needs.models import LegalPublication, Need
from ancrage.partners.enums import PUBLIC_EMPLOYERS, PartnerKind
from ancrage.professions.enums import ContractKind

SHORTEST_MONTHS = 1
_PERMANENT = frozenset({ContractKind.CIVIL_SERVANT, ContractKind.CDI})
_DATED = frozenset({ContractKind.CDD, ContractKind.SALARIED})
# What the announcement must say; the rest of its content is in the need itself.
MANDATORY = ("category", "corps_grade", "authority", "missions", "address", "apply_before")


class Duty(StrEnum):
    """Whether the post must be published on the common site."""

    YES = "yes"
    NO = "no"
    TO_CHECK = "to_check"


class PublicationState(StrEnum):
    """Where the publication stands."""

    MISSING = "missing"
    RUNNING = "running"
    DONE = "done"
    TOO_SHORT = "too_short"


@dataclass(frozen=True)
class PublicationTracking:
    """What is known of the legal publication of a need.

    `month_ends_on` is the first day on which the month is complete; `missing` names the
    mandatory fields that are still empty.
    """

    duty: Duty
    state: PublicationState
    published_on: date | None
    month_ends_on: date | None
    apply_before: date | None
    missing: tuple[str, ...]


def duty_to_publish(need: Need) -> Duty:
    """Say whether the law asks for a publication: yes, no, or to check for want of an end."""
    if PartnerKind(need.partner.kind) not in PUBLIC_EMPLOYERS:
        return Duty.NO
    if need.contract in _PERMANENT:
        return Duty.YES
    if need.contract not in _DATED:
        return Duty.NO
    if need.ends_on is None:
        return Duty.TO_CHECK
    year_later = _months_after(need.starts_on, 12)
    return Duty.YES if need.ends_on >= year_later - timedelta(days=1) else Duty.NO


def publication_tracking(need: Need, *, on: date) -> PublicationTracking:
    """Return where the legal publication of `need` stands on that day. No query: the need is
    read with its partner and its publication."""
    sheet: LegalPublication | None = getattr(need, "publication", None)
    published_on = sheet.published_on if sheet else None
    apply_before = sheet.apply_before if sheet else None
    month_ends_on = _months_after(published_on, SHORTEST_MONTHS) if published_on else None
    return PublicationTracking(
        duty=duty_to_publish(need),
        state=_state(month_ends_on, apply_before, on=on),
        published_on=published_on,
        month_ends_on=month_ends_on,
        apply_before=apply_before,
        missing=tuple(name for name in MANDATORY if sheet is None or not getattr(sheet, name)),
    )


def _state(month_ends_on: date | None, apply_before: date | None, *, on: date) -> PublicationState:
    if month_ends_on is None:
        return PublicationState.MISSING
    if apply_before is not None and apply_before < month_ends_on:
        return PublicationState.TOO_SHORT
    return PublicationState.RUNNING if on < month_ends_on else PublicationState.DONE


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = (date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month + 1, min(day.day, last))
