"""The shapes that programs read and write. FTE as a decimal, pay in euros, dates as ISO 8601."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from ancrage.api.schemas.common import CommuneOut, ProfessionOut
from ancrage.needs.enums import (
    Audience,
    NeedReason,
    NeedStatus,
    PayPeriod,
    StartPrecision,
    Urgency,
)
from ancrage.needs.models import Need
from ancrage.needs.offers import contact_of
from ancrage.partners.enums import PartnerKind
from ancrage.professions.enums import ContractKind

Fte = Annotated[Decimal, Field(ge=Decimal("0.01"), le=1, decimal_places=2)]
Euros = Annotated[Decimal, Field(ge=0, lt=10_000_000, decimal_places=2)]


class PartnerOut(Schema):
    """A structure."""

    slug: str
    name: str
    kind: PartnerKind
    website: str
    contact_email: str


class Pay(Schema):
    """A pay range."""

    low: Euros | None = None
    high: Euros | None = None
    period: PayPeriod | None = None
    note: str = Field("", max_length=160)


class OfferOut(Schema):
    """What anybody reads of a need."""

    id: int
    reference: str
    profession: ProfessionOut
    specialty: str | None
    partner: str
    commune: CommuneOut
    unit: str
    positions: int
    fte: Decimal
    contract: ContractKind
    starts_on: date
    start_precision: StartPrecision
    ends_on: date | None
    works_days: bool
    works_nights: bool
    works_12h: bool
    works_weekends: bool
    pay: Pay | None
    housing_offered: bool
    description: str
    contact_email: str
    contact_phone: str
    published_at: datetime | None
    confirmed_at: datetime | None

    @staticmethod
    def resolve_partner(need: Need, context: Any) -> str:
        """The name alone: the structure's sheet is for members."""
        return need.partner.name

    @staticmethod
    def resolve_contact_email(need: Need, context: Any) -> str:
        """The mailbox of the service, or that of the structure."""
        return contact_of(need).email

    @staticmethod
    def resolve_contact_phone(need: Need, context: Any) -> str:
        """The number of the service, or that of the structure."""
        return contact_of(need).phone

    @staticmethod
    def resolve_specialty(need: Need, context: Any) -> str | None:
        """The label of the specialty."""
        return str(need.specialty) if need.specialty else None

    @staticmethod
    def resolve_fte(need: Need, context: Any) -> Decimal:
        """Hundredths kept as integers come out as a decimal."""
        return Decimal(need.fte_hundredths) / 100

    @staticmethod
    def resolve_pay(need: Need, context: Any) -> Pay | None:
        """Cents kept as integers come out as euros."""
        if need.pay_min_cents is None and need.pay_max_cents is None and not need.pay_note:
            return None
        return Pay(
            low=_euros(need.pay_min_cents),
            high=_euros(need.pay_max_cents),
            period=PayPeriod(need.pay_period) if need.pay_period else None,
            note=need.pay_note,
        )


class NeedOut(OfferOut):
    """A need as members and coordination read it."""

    partner_slug: str
    status: NeedStatus
    audience: Audience
    reason: str
    urgency: Urgency
    revision: int
    created_at: datetime
    updated_at: datetime

    @staticmethod
    def resolve_contact_email(need: Need, context: Any) -> str:
        """What the need itself says, and what may be written back."""
        return need.contact_email

    @staticmethod
    def resolve_contact_phone(need: Need, context: Any) -> str:
        """What the need itself says, and what may be written back."""
        return need.contact_phone

    @staticmethod
    def resolve_partner_slug(need: Need, context: Any) -> str:
        """What to write back to name the structure."""
        return need.partner.slug


class NeedPatch(Schema):
    """What may be changed; what is absent stays. `revision` is the one you read."""

    revision: int
    profession: str | None = None
    commune: str | None = None
    contract: ContractKind | None = None
    starts_on: date | None = None
    start_precision: StartPrecision | None = None
    ends_on: date | None = None
    reference: str | None = Field(None, max_length=60)
    unit: str | None = Field(None, max_length=120)
    positions: int | None = Field(None, ge=1, le=500)
    fte: Fte | None = None
    reason: NeedReason | None = None
    urgency: Urgency | None = None
    works_days: bool | None = None
    works_nights: bool | None = None
    works_12h: bool | None = None
    works_weekends: bool | None = None
    pay: Pay | None = None
    housing_offered: bool | None = None
    description: str | None = Field(None, max_length=5000)
    contact_email: str | None = Field(None, max_length=254)
    contact_phone: str | None = Field(None, max_length=20)
    audience: Audience | None = None


class NeedIn(Schema):
    """A new need: structure, profession (our code), commune (INSEE), contract and start."""

    partner: str
    profession: str
    commune: str
    contract: ContractKind
    starts_on: date
    start_precision: StartPrecision = StartPrecision.DAY
    ends_on: date | None = None
    reference: str = Field("", max_length=60)
    unit: str = Field("", max_length=120)
    positions: int = Field(1, ge=1, le=500)
    fte: Fte = Decimal(1)
    reason: NeedReason | None = None
    urgency: Urgency = Urgency.NORMAL
    works_days: bool = False
    works_nights: bool = False
    works_12h: bool = False
    works_weekends: bool = False
    pay: Pay | None = None
    housing_offered: bool = False
    description: str = Field("", max_length=5000)
    contact_email: str = Field("", max_length=254)
    contact_phone: str = Field("", max_length=20)
    audience: Audience = Audience.PUBLIC
    publish: bool = False


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else Decimal(cents) / 100
