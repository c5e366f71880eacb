"""The facts of a resource as services take them, and what is derived from them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils import translation
from django.utils.translation import gettext as _

from ancrage.kit.contacts import normalise_phone
from ancrage.kit.text import words
from ancrage.partners.models import Facility, Partner
from ancrage.professions.models import Profession
from ancrage.resources.enums import ResourceKind
from ancrage.resources.models import Resource
from ancrage.resources.validators import validate_facts
from ancrage.territory.models import Commune


class OptionalFacts(TypedDict, total=False):
    """What may be said of a resource later. The shared working time is in hundredths."""

    facility: Facility | None
    reference: str
    profession: Profession | None
    quantity: int
    fte_hundredths: int | None
    days: str
    available_to: date | None
    description: str
    contact_email: str
    contact_phone: str


class ResourceFacts(OptionalFacts, total=False):
    """Everything said of a resource; the first four are what makes one."""

    kind: str
    title: str
    commune: Commune
    available_from: date


REQUIRED = ("kind", "title", "commune", "available_from")
FACTS: tuple[str, ...] = (*ResourceFacts.__annotations__,)


def facts_of(row: Resource) -> dict[str, Any]:
    """Return the facts a row holds, or those a new one starts from."""
    return {
        name: None
        if row._meta.get_field(name).is_relation and getattr(row, f"{name}_id") is None
        else getattr(row, name)
        for name in FACTS
    }


def normalised(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts with spaces trimmed, line ends plain and the telephone as E.164."""
    clean = {
        name: value.strip().replace("\r\n", "\n") if isinstance(value, str) else value
        for name, value in facts.items()
    }
    if clean.get("contact_phone"):
        try:
            clean["contact_phone"] = normalise_phone(clean["contact_phone"])
        except ValidationError as error:
            raise ValidationError({"contact_phone": error}) from None
    return clean


def check_resource(facts: Mapping[str, Any], *, partner: Partner, on: date) -> None:
    """Refuse facts that cannot stand, with the reasons by field."""
    missing = [name for name in REQUIRED if facts.get(name) in (None, "")]
    if missing:
        raise ValidationError(dict.fromkeys(missing, _("Ce renseignement est nécessaire.")))
    validate_facts(facts, on=on)
    facility = facts["facility"]
    if facility is not None and facility.partner_id != partner.pk:
        raise ValidationError(
            {"facility": _("Cet établissement n’appartient pas à la structure choisie.")}
        )


def search_text(facts: Mapping[str, Any], *, partner: Partner) -> str:
    """Return the folded words by which a resource is found, its nature in both languages."""
    profession, facility = facts["profession"], facts["facility"]
    kinds = []
    for language in ("fr", "en"):
        with translation.override(language):
            kinds.append(str(ResourceKind(facts["kind"]).label))
    parts = [
        facts["title"],
        *kinds,
        profession.label_fr if profession else "",
        profession.label_en if profession else "",
        profession.search if profession else "",
        partner.name,
        partner.short_name,
        facility.name if facility else "",
        facts["commune"].name,
        facts["reference"],
        facts["days"],
        facts["description"],
    ]
    return " ".join(word for part in parts for word in words(part))


def audited(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts as an audit line keeps them: rows by their French label."""
    return {
        name: getattr(value, "label_fr", str(value)) if isinstance(value, Model) else value
        for name, value in facts.items()
    }
