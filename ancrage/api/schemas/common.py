"""What every part of the API speaks of: professions, places, posts."""

from datetime import date
from typing import Annotated, Any

from ninja import Schema
from pydantic import Field

from ancrage.candidates.enums import DocumentKind
from ancrage.kit.documents import DocumentFormat

# A number that a database holds as the key of a row.
Key = Annotated[int, Field(ge=1, le=9_223_372_036_854_775_807)]
Revision = Annotated[int, Field(ge=1, le=2_147_483_647)]


class ProfessionOut(Schema):
    """A profession."""

    code: str
    label: str
    family: str
    rome_codes: list[str]


class CommuneOut(Schema):
    """A commune, by its INSEE code."""

    insee: str
    name: str
    latitude: float | None
    longitude: float | None


class ZoneOut(Schema):
    """A grouping of communes, by its SIREN."""

    siren: str
    name: str


class PostOut(Schema):
    """A post, as what is about it names it."""

    id: int
    reference: str
    profession: ProfessionOut
    specialty: str | None
    partner: str
    partner_slug: str
    commune: CommuneOut
    starts_on: date

    @staticmethod
    def resolve_specialty(need: Any, context: Any) -> str | None:
        """The label of the specialty."""
        return str(need.specialty) if need.specialty else None

    @staticmethod
    def resolve_partner(need: Any, context: Any) -> str:
        """The name of the structure."""
        return str(need.partner.name)

    @staticmethod
    def resolve_partner_slug(need: Any, context: Any) -> str:
        """What filters call the structure by."""
        return str(need.partner.slug)


class FileOut(Schema):
    """A file of the person's; `id` is what its download asks for, `size` is in bytes."""

    id: int
    kind: DocumentKind
    title: str
    format: DocumentFormat
    size: int
