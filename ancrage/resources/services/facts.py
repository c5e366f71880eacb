"""The facts of a resource as services take them, and what is derived from them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _

from ancrage.kit.life import editing
from ancrage.kit.life.editing import refuse_missing
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
    return editing.facts_of(row, FACTS)


def check_resource(facts: Mapping[str, Any], *, partner: Partner, on: date) -> None:
    """Refuse facts that cannot stand, with the reasons by field."""
    refuse_missing({name: facts[name] or None for name in REQUIRED}, REQUIRED)
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
