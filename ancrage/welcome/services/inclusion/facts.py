"""What an offer says, as plain values, and the same in the fields of data·inclusion."""

from collections.abc import Mapping
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ancrage.kit.contacts import looks_like_a_person
from ancrage.partners.models import Partner
from ancrage.resources.models import Resource
from ancrage.territory.models import Commune
from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.models import WelcomeTerms
from ancrage.welcome.reference.schema import FRANCE, SERVICE, STRUCTURE, Field, faults

_LONGEST_NAME, _SHORTEST_NAME, _SHORTEST_DESCRIPTION = 150, 3, 5
_MONTHS_A_YEAR = 12

# Fact → the fields of the schema that say it.
SAID_IN: Mapping[str, tuple[str, ...]] = {
    "title": ("nom",),
    "description": ("description",),
    "commune": ("commune", "code_insee", "code_postal", "latitude", "longitude"),
    "contact_email": ("courriel",),
    "contact_phone": ("telephone",),
    "themes": ("thematiques",),
    "address": ("adresse", "complement_adresse"),
    "comes_to_you": ("modes_accueil",),
    "area": ("zone_eligibilite",),
    "price_cents": ("frais", "frais_precisions"),
    "price_note": ("frais", "frais_precisions"),
    "opening_hours": ("horaires_accueil",),
    "days": ("horaires_accueil",),
    "name": ("nom",),
    "presentation": ("description",),
    "website": ("site_web",),
}


def facts_of_offer(resource: Resource, terms: WelcomeTerms) -> dict[str, Any]:
    """Return what an offer holds that data·inclusion can say; its commune as an INSEE code."""
    return {
        "title": resource.title,
        "description": resource.description,
        "commune": resource.commune.insee,
        "contact_email": resource.contact_email,
        "contact_phone": resource.contact_phone,
        "days": resource.days,
        "themes": list(terms.themes),
        "address": terms.address,
        "comes_to_you": terms.comes_to_you,
        "area": list(terms.area),
        "price_cents": terms.price_cents,
        "price_note": terms.price_note,
        "opening_hours": terms.opening_hours,
    }


def facts_of_partner(partner: Partner) -> dict[str, Any]:
    """Return what a structure holds that data·inclusion can say."""
    return {
        "name": partner.name,
        "address": partner.address,
        "commune": partner.commune.insee if partner.commune else "",
        "website": partner.website,
        "contact_email": partner.contact_email,
        "contact_phone": partner.contact_phone,
        "presentation": partner.presentation,
    }


def offer_record(resource: Resource, terms: WelcomeTerms) -> dict[str, Any]:
    """Say an offer in the fields of a service, but for who says it and when."""
    price, note = terms.price_cents, terms.price_note
    return {
        **_empty(SERVICE),
        "nom": _name(resource.title, WelcomeKind(terms.kind).label),
        "description": _description(resource, terms),
        **place_record(resource.commune),
        **_position(resource),
        "adresse": _address(resource, terms),
        "thematiques": list(dict.fromkeys(terms.themes)) or None,
        "frais": None if price is None and not note else "gratuit" if price == 0 else "payant",
        "frais_precisions": _price(price, note),
        "publics_precisions": _ages(terms),
        "zone_eligibilite": list(terms.area) or [FRANCE],
        "modes_accueil": None if terms.comes_to_you else ["en-presentiel"],
        "modes_mobilisation": _ways(resource),
        "telephone": resource.contact_phone or None,
        "courriel": mailbox(resource.contact_email),
        "horaires_accueil": terms.opening_hours or None,
    }


def partner_record(partner: Partner, *, siret: str) -> dict[str, Any]:
    """Say a structure in the fields of the schema, but for who says it and when."""
    return {
        **_empty(STRUCTURE),
        "nom": _name(partner.name, partner.get_kind_display()),
        "siret": siret or None,
        "adresse": partner.address or None,
        **place_record(partner.commune),
        "telephone": partner.contact_phone or None,
        "courriel": mailbox(partner.contact_email),
        "site_web": partner.website or None,
        "description": partner.presentation[:10_000] or None,
    }


def place_record(commune: Commune | None) -> dict[str, Any]:
    """Say a commune; its postcode only where it has no other."""
    if commune is None:
        return {}
    postcodes = [one.code for one in commune.postcodes.all()]
    return {
        "commune": commune.name,
        "code_insee": commune.insee,
        "code_postal": postcodes[0] if len(postcodes) == 1 else None,
    }


def mailbox(address: str) -> str | None:
    """Return the mailbox of a service; None for one that seems to be a person's."""
    return address if address and not looks_like_a_person(address) else None


def mended(record: dict[str, Any], fields: tuple[Field, ...]) -> dict[str, Any] | None:
    """Return the record without what does not follow the schema; None if it cannot do without."""
    wrong = {fault.field for fault in faults(record, fields)}
    if wrong & {field.name for field in fields if field.required}:
        return None
    return {**record, **dict.fromkeys(wrong)}


def _empty(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {field.name: None for field in fields}


def _name(title: str, kind: Any) -> str:
    name = title if len(title) >= _SHORTEST_NAME else f"{kind} {title}"
    return name[:_LONGEST_NAME].rstrip(" .")


def _description(resource: Resource, terms: WelcomeTerms) -> str:
    if len(resource.description) >= _SHORTEST_DESCRIPTION:
        return resource.description
    return f"{WelcomeKind(terms.kind).label}. {resource.title}. {resource.description}".strip()


def _address(resource: Resource, terms: WelcomeTerms) -> str | None:
    # A room may be at somebody's: its commune is enough to ask for it.
    is_dwelling = terms.kind == WelcomeKind.HOUSING and terms.has_places
    if is_dwelling:
        return None
    site = resource.facility.address if resource.facility else ""
    return terms.address or site or None


def _position(resource: Resource) -> dict[str, float | None]:
    site = resource.facility
    return {
        "latitude": site.latitude if site else None,
        "longitude": site.longitude if site else None,
    }


def _ways(resource: Resource) -> list[str] | None:
    ways = ["envoyer-un-courriel"] if mailbox(resource.contact_email) else []
    return [*ways, *(["telephoner"] if resource.contact_phone else [])] or None


def _price(cents: int | None, note: str) -> str | None:
    if not cents:
        return note or None
    euros, rest = divmod(cents, 100)
    amount = f"{euros},{rest:02d}" if rest else str(euros)
    with translation.override("fr"):
        a_month = _("%(amount)s € par mois") % {"amount": amount}
    return f"{a_month} ({note})" if note else a_month


def _ages(terms: WelcomeTerms) -> str | None:
    youngest, oldest = terms.age_from_months, terms.age_to_months
    if youngest is None and oldest is None:
        return None
    with translation.override("fr"):
        if oldest is None:
            return _("À partir de %(age)s.") % {"age": _age(youngest or 0)}
        if not youngest:
            return _("Jusqu’à %(age)s.") % {"age": _age(oldest)}
        return _("De %(from)s à %(to)s.") % {"from": _age(youngest), "to": _age(oldest)}


def _age(months: int) -> str:
    if months and months % _MONTHS_A_YEAR == 0:
        years = months // _MONTHS_A_YEAR
        return ngettext("%(count)s an", "%(count)s ans", years) % {"count": years}
    return ngettext("%(count)s mois", "%(count)s mois", months) % {"count": months}
