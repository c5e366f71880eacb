"""People who look for a post: cards without names, and profiles for who follows them."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema

from ancrage.api.schemas.common import CommuneOut, FileOut, ProfessionOut, ZoneOut
from ancrage.candidates.enums import (
    CandidateStatus,
    DiplomaState,
    Experience,
    ProofKind,
    ProofState,
    RegistrationState,
)
from ancrage.candidates.models import Candidate, Document, Proof, SearchEntry
from ancrage.candidates.queries import Card
from ancrage.professions.enums import ContractKind


class CardOut(Schema):
    """A person without a name: five things, and the name drawn for the card."""

    key: str
    profession: ProfessionOut
    experience: Experience | None
    # Year and month, "2027-01".
    month: str | None
    zone: ZoneOut
    contracts: list[ContractKind]

    @staticmethod
    def resolve_experience(card: Card, context: Any) -> str | None:
        """Nothing where it was not said."""
        return card.experience or None

    @staticmethod
    def resolve_month(card: Card, context: Any) -> str | None:
        """The month alone: a card says no day."""
        return f"{card.month:%Y-%m}" if card.month else None


class CardsOut(Schema):
    """One page of cards. `count` is 0 or at least 5; `hidden` says that some people match, too
    few to be shown."""

    items: list[CardOut]
    count: int
    hidden: bool


class CandidateLine(Schema):
    """A profile in a list: what its card says, and when it changed. It names nobody."""

    id: int
    card: str
    profession: ProfessionOut
    zone: ZoneOut | None
    experience: Experience | None
    available_from: date | None
    contracts: list[ContractKind]
    in_pool: bool
    # They look for no post any more.
    is_settled: bool
    updated_at: datetime

    @staticmethod
    def resolve_id(row: SearchEntry, context: Any) -> int:
        """That of the profile."""
        return row.candidate.pk

    @staticmethod
    def resolve_card(row: SearchEntry, context: Any) -> str:
        """The name drawn for the card."""
        return row.candidate.card

    @staticmethod
    def resolve_zone(row: SearchEntry, context: Any) -> Any:
        """Where, as widely as the card says it."""
        return row.candidate.zone

    @staticmethod
    def resolve_experience(row: SearchEntry, context: Any) -> str | None:
        """Nothing where it was not said."""
        return row.candidate.experience or None

    @staticmethod
    def resolve_available_from(row: SearchEntry, context: Any) -> date | None:
        """The day itself: the coordination follows them."""
        return row.candidate.available_from

    @staticmethod
    def resolve_contracts(row: SearchEntry, context: Any) -> list[str]:
        """None at all means open to every one."""
        return list(row.candidate.contracts)

    @staticmethod
    def resolve_updated_at(row: SearchEntry, context: Any) -> datetime:
        """When the profile last changed."""
        return row.candidate.updated_at


class CandidatesOut(Schema):
    """One page of profiles. `count` stops at 1,000; `has_more` says that there are more."""

    items: list[CandidateLine]
    count: int
    has_more: bool


class WorkOut(Schema):
    """A profession of a person, and where they stand with it; null where you may not know."""

    profession: ProfessionOut
    is_main: bool
    specialty: str | None
    diploma: DiplomaState | None
    registration: RegistrationState | None


class ProofOut(Schema):
    """A dated proof."""

    kind: ProofKind
    department: str | None
    issued_on: date
    expires_on: date | None
    state: ProofState

    @staticmethod
    def resolve_department(proof: Proof, context: Any) -> str | None:
        """Its code."""
        return proof.department.code if proof.department else None


class WishesOut(Schema):
    """What a person looks for; null where they did not say, or where you may not know."""

    available_from: date | None
    available_until: date | None
    contracts: list[ContractKind] | None
    fte_min: Decimal | None
    fte_max: Decimal | None
    works_days: bool | None
    works_nights: bool | None
    works_12h: bool | None
    works_weekends: bool | None
    reach_km: int | None
    reach_minutes: int | None


class CandidateOut(Schema):
    """A profile whole: what the reader may know of it, null for the rest."""

    id: int
    card: str
    status: CandidateStatus
    in_pool: bool
    first_name: str | None
    last_name: str | None
    email: str | None
    phone: str | None
    rpps: str | None
    commune: CommuneOut | None
    zone: ZoneOut | None
    experience: Experience | None
    professions: list[WorkOut]
    wishes: WishesOut
    proofs: list[ProofOut]
    documents: list[FileOut]
    # Since when they look for no post any more.
    settled_at: datetime | None
    note: str | None
    created_at: datetime
    updated_at: datetime
    last_contact_at: datetime


def candidate_out(
    candidate: Any,
    *,
    seen: frozenset[str],
    proofs: list[Proof],
    documents: list[Document],
    works_told: bool,
) -> CandidateOut:
    """Return a profile read by `with_profile`, without the fields that are not in `seen`.

    `works_told`: whether the state of diplomas and registrations is told too.
    """

    def shown(name: str) -> Any:
        value = getattr(candidate, name) if name in seen else None
        return None if value == "" else value

    wishes = {
        name: shown(name) for name in WishesOut.model_fields if name not in ("fte_min", "fte_max")
    }
    return CandidateOut.from_orm(
        {
            **{name: shown(name) for name in _PERSONAL},
            "id": candidate.pk,
            "card": candidate.card,
            "status": candidate.status,
            "in_pool": candidate.in_pool,
            "professions": [_work(one, told=works_told) for one in candidate.listed_professions],
            "wishes": {
                **wishes,
                "fte_min": _fte(shown("fte_min_hundredths")),
                "fte_max": _fte(shown("fte_max_hundredths")),
            },
            "proofs": proofs,
            "documents": documents,
            "created_at": candidate.created_at,
            "updated_at": candidate.updated_at,
            "last_contact_at": candidate.subject.last_contact_at,
        }
    )


_PERSONAL = (
    *("first_name", "last_name", "email", "phone", "rpps", "commune", "zone", "experience"),
    *("settled_at", "note"),
)


def _work(row: Any, *, told: bool) -> dict[str, Any]:
    return {
        "profession": row.profession,
        "is_main": row.is_main,
        "specialty": str(row.specialty) if told and row.specialty else None,
        "diploma": row.diploma if told else None,
        "registration": row.registration if told else None,
    }


def _fte(hundredths: int | None) -> Decimal | None:
    return None if hundredths is None else Decimal(hundredths) / 100


def shown_profile_fields() -> frozenset[str]:
    """Return the fields of `Candidate` that a whole profile may show: those whose reading is
    noted."""
    wishes = set(WishesOut.model_fields) - {"fte_min", "fte_max"}
    told = {*_PERSONAL, *wishes, "fte_min_hundredths", "fte_max_hundredths"}
    return frozenset(told & set(Candidate.personal))
