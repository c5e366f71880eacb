"""What an official file may change on a site we hold: three versions are compared.

What the file says now, what it said last time (`Facility.imported`), what the site holds. A value
that differs from what the file last said was edited here: the file never takes its place without
somebody's word.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ancrage.partners.models import Facility, FacilityCategory
from ancrage.partners.services.imports.record import FacilityRecord
from ancrage.territory.models import Commune

LABELS: Mapping[str, str | Promise] = {
    "name": _("Nom"),
    "finess_ej": _("FINESS juridique"),
    "category": _("Catégorie"),
    "commune": _("Commune"),
    "siret": _("SIRET"),
    "address": _("Adresse"),
    "postcode": _("Code postal"),
    "phone": _("Téléphone"),
    "opened_on": _("Ouvert le"),
    "latitude": _("Latitude"),
    "longitude": _("Longitude"),
}
# Where each field stands in the file, to say remarks at their column.
COLUMN_OF = {
    "name": "rs",
    "finess_ej": "nofinessej",
    "category": "categetab",
    "commune": "commune",
    "siret": "siret",
    "address": "voie",
    "postcode": "ligneacheminement",
    "phone": "telephone",
    "opened_on": "dateouv",
    "latitude": "coordx",
    "longitude": "coordy",
}


@dataclass(frozen=True)
class Known:
    """The rows of ours that a record names: its category and its commune, if we hold them."""

    category: FacilityCategory | None
    commune: Commune | None


@dataclass
class Merge:
    """What the file would change: `changes` freely, `disputed` with somebody's word only.

    Both map a field to (held, proposed). `kept` are the fields edited here about which the file
    says nothing new.
    """

    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    disputed: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def proposed_values(record: FacilityRecord, known: Known) -> dict[str, Any]:
    """Return what the file says of each field, as plain values; absent where it says nothing."""
    values: dict[str, Any] = {
        "name": record.name,
        "finess_ej": record.finess_ej,
        "category": known.category.code if known.category else "",
        # A commune that is not loaded yet is no value: the site waits to be placed.
        "commune": known.commune.insee if known.commune else "",
        "siret": record.siret.value or record.siret.raw.strip(),
        "address": record.address,
        "postcode": record.postcode,
        "phone": record.phone,
        "opened_on": record.opened_on.isoformat() if record.opened_on else "",
        "latitude": record.latitude,
        "longitude": record.longitude,
    }
    return {name: value for name, value in values.items() if value not in ("", None)}


def held_values(facility: Facility) -> dict[str, Any]:
    """Return what a site holds, as the plain values of `proposed_values`.

    The category and the commune must have been read with it.
    """
    return {
        "name": facility.name,
        "finess_ej": facility.finess_ej,
        "category": facility.category.code if facility.category else "",
        "commune": facility.commune.insee if facility.commune else "",
        "siret": facility.siret or facility.siret_raw,
        "address": facility.address,
        "postcode": facility.postcode,
        "phone": facility.phone,
        "opened_on": facility.opened_on.isoformat() if facility.opened_on else "",
        "latitude": facility.latitude,
        "longitude": facility.longitude,
    }


def merge(facility: Facility | None, proposed: Mapping[str, Any], record: FacilityRecord) -> Merge:
    """Compare the three versions of each field that the file fills in; all is new on no site."""
    if facility is None:
        return Merge(changes={name: (None, value) for name, value in proposed.items()})
    held, found = held_values(facility), Merge()
    for name, value in proposed.items():
        if value == held[name]:
            continue
        if name == "siret" and facility.siret and not record.siret.value:
            # A number that a spreadsheet destroyed never replaces one that somebody found.
            found.kept.append(name)
            continue
        last = facility.imported.get(name)
        pair = (held[name] if held[name] != "" else None, value)
        if held[name] in ("", None) or last == held[name]:
            found.changes[name] = pair
        elif last == value:
            found.kept.append(name)
        else:
            found.disputed[name] = pair
    return found


def write_values(
    facility: Facility, record: FacilityRecord, known: Known, names: list[str]
) -> None:
    """Put the values of those fields on the site; nothing is saved."""
    plain = {"name", "finess_ej", "address", "postcode", "phone", "latitude", "longitude"}
    for name in names:
        if name in plain:
            setattr(facility, name, getattr(record, name))
        elif name == "category":
            facility.category = known.category
        elif name == "commune":
            facility.commune = known.commune
        elif name == "siret":
            facility.siret = record.siret.value
            facility.siret_raw = "" if record.siret.value else record.siret.raw.strip()[:40]
            facility.siret_state = record.siret.state
        else:
            facility.opened_on = record.opened_on


def shown(name: str, value: Any) -> Any:
    """Return a plain value as people read it."""
    if name == "opened_on" and value:
        return date.fromisoformat(value)
    return value
