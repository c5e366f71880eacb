"""One line of a data·inclusion table as a record, and the record as facts of ours.

What cannot be read is said at its field and never invented; the whole record is kept beside.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ancrage.kit.contacts import looks_like_a_person, normalise_phone
from ancrage.kit.imports import ImportRow
from ancrage.partners.validators import check_siret
from ancrage.resources.validators import LENGTHS
from ancrage.welcome.reference.schema import (
    FRANCE,
    PERSONAL,
    Field,
    Form,
    faults,
    is_zone,
)
from ancrage.welcome.validators import DEAREST_CENTS, validate_opening_hours

UNKNOWN_CODES = "inconnus"
_EVERYWHERE = {FRANCE, "99100"}
_COUNTRY = re.compile(r"99[0-5]\d{2}")
_AREA = re.compile(r"[0-9AB]{5}|[0-9]{2}|2[AB]|97[1-6]|[0-9]{9}")
_A_MONTH = re.compile(
    r"(\d{1,3}(?:[ \u00a0\u202f]?\d{3})*)(?:[.,](\d\d))?\s*€\s*(?:par|/)\s*mois(?:\s*\((.*)\))?\.?"
)
_LONGEST_NOTE, _LONGEST_HOURS, _LONGEST_ADDRESS, _LONGEST_SITE = 160, 255, 200, 200
_LONGEST_PHONE = 20


def is_service(row: ImportRow) -> bool:
    """Say whether a line is a service; a table that does not say names its structure."""
    told = row.values["nature"]
    return told == "service" if told else bool(row.values["structure_id"])


def record_of(row: ImportRow, fields: tuple[Field, ...]) -> dict[str, Any]:
    """Return the fields that the line gives, what the schema refuses left out and said.

    What is refused in a required field keeps the line out.
    """
    record = {
        field.name: row.values[field.name]
        for field in fields
        if row.values[field.name] is not None
    }
    unknown = {field.name: _take_unknown(row, record, field) for field in fields}
    required = {field.name for field in fields if field.required}
    said = {column for column, _problem in row.problems}
    for fault in faults(record, fields):
        if fault.field not in required:
            row.note(fault.field, fault.message, code="left_out", **fault.facts)
            record.pop(fault.field, None)
        elif fault.field not in said:
            row.error(fault.field, fault.message, code="schema", **fault.facts)
    if row.values[PERSONAL]:
        row.note(PERSONAL, _("Le nom d’une personne n’est pas repris."), code="person")
    kept = {name: codes for name, codes in unknown.items() if codes}
    return {**record, UNKNOWN_CODES: kept} if kept else record


def service_facts(row: ImportRow, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a service says of an offer, its commune and what it is for left out."""
    hours, days, tail = _hours(row, record.get("horaires_accueil") or "")
    cents, price_note = _price(record)
    description = (record.get("description") or "") + tail
    longest = LENGTHS["description"]
    if len(description) > longest:
        row.note(
            "description",
            _("Description de plus de %(longest)s signes : la suite n’est pas montrée."),
            code="cut",
            longest=longest,
        )
    return {
        "title": record.get("nom", ""),
        "description": description[:longest].strip(),
        "contact_email": _mailbox(row, record),
        "contact_phone": _phone(row, record),
        "days": days,
        "themes": list(record.get("thematiques") or ()),
        "address": _address(record),
        "comes_to_you": "a-distance" in (record.get("modes_accueil") or ()),
        "area": _area(row, record.get("zone_eligibilite") or ()),
        "price_cents": cents,
        "price_note": price_note,
        "opening_hours": hours,
    }


def structure_facts(row: ImportRow, record: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a structure says of itself, its commune left out."""
    site = record.get("site_web") or ""
    return {
        "name": record.get("nom", ""),
        "address": _address(record),
        "website": site if len(site) <= _LONGEST_SITE else "",
        "contact_email": _mailbox(row, record),
        "contact_phone": _phone(row, record),
        "presentation": record.get("description") or "",
    }


def siret_of(row: ImportRow, record: Mapping[str, Any]) -> str:
    """Return a SIRET that can be trusted, "" for none; a wrong one is said."""
    checked = check_siret(record.get("siret") or "")
    if checked.problem:
        row.note("siret", checked.problem, checked.suggestion, code="identifier", **checked.facts)
    return checked.value if checked.is_usable else ""


def zones_of(record: Mapping[str, Any]) -> set[str]:
    """Return the codes of the area that a service serves, the whole of France left out."""
    return set(record.get("zone_eligibilite") or ()) - _EVERYWHERE


def _take_unknown(row: ImportRow, record: dict[str, Any], field: Field) -> list[str]:
    """Take out of a list the codes that the schema does not know, and say them."""
    codes = record.get(field.name)
    if field.form not in (Form.CODES, Form.ZONES) or not isinstance(codes, list):
        return []
    unknown = [code for code in codes if not _is_known(code, field)]
    if unknown:
        known = [code for code in codes if code not in unknown]
        record[field.name] = known
        if not known:
            del record[field.name]
        row.note(
            field.name,
            _("« %(codes)s » : inconnu du schéma v1, gardé à part et non publié."),
            code="unknown_code",
            codes=", ".join(unknown)[:200],
        )
    return unknown


def _is_known(code: str, field: Field) -> bool:
    if field.form is Form.ZONES:
        return is_zone(code)
    return field.codes is None or code in field.codes


def _mailbox(row: ImportRow, record: Mapping[str, Any]) -> str:
    address = (record.get("courriel") or "").lower()
    if len(address) > LENGTHS["contact_email"]:
        return ""
    if address and looks_like_a_person(address):
        row.note(
            "courriel",
            _("Cette adresse semble celle d’une personne : elle n’est pas reprise."),
            code="person",
        )
        return ""
    return address


def _phone(row: ImportRow, record: Mapping[str, Any]) -> str:
    try:
        phone = normalise_phone(record.get("telephone") or "")
    except ValidationError as refused:
        row.note("telephone", refused.message, code="phone", **(refused.params or {}))
        return ""
    return phone if len(phone) <= _LONGEST_PHONE else ""


def _hours(row: ImportRow, text: str) -> tuple[str, str, str]:
    """(opening hours, days, end of the description): text where the notation is not read."""
    text = " ".join(text.split())
    if not text:
        return "", "", ""
    try:
        validate_opening_hours(text)
    except ValidationError:
        is_read = False
    else:
        is_read = len(text) <= _LONGEST_HOURS
    if is_read:
        return text, "", ""
    row.note(
        "horaires_accueil",
        _("Horaires non lus : gardés en texte. La notation lue est « Mo-Fr 08:30-12:30 »."),
        code="hours",
    )
    return ("", text, "") if len(text) <= LENGTHS["days"] else ("", "", f"\n\n{text}")


def _price(record: Mapping[str, Any]) -> tuple[int | None, str]:
    """(cents a month, note): an amount is read only where it is said to be a month's."""
    told = " ".join((record.get("frais_precisions") or "").split())
    if record.get("frais") == "gratuit":
        return 0, told[:_LONGEST_NOTE]
    amount = _A_MONTH.fullmatch(told)
    if amount:
        euros = int(re.sub(r"\D", "", amount[1]))
        cents = euros * 100 + int(amount[2] or 0)
        if cents <= DEAREST_CENTS:
            return cents, (amount[3] or "")[:_LONGEST_NOTE]
    return None, (told or ("payant" if record.get("frais") == "payant" else ""))[:_LONGEST_NOTE]


def _address(record: Mapping[str, Any]) -> str:
    parts = (record.get("adresse"), record.get("complement_adresse"))
    return ", ".join(" ".join(part.split()) for part in parts if part)[:_LONGEST_ADDRESS]


def _area(row: ImportRow, zones: Iterable[str]) -> list[str]:
    codes = [code.upper() if code != FRANCE else code for code in zones]
    if _EVERYWHERE & set(codes):
        return []
    abroad = [code for code in codes if _COUNTRY.fullmatch(code) or not _AREA.fullmatch(code)]
    if abroad:
        row.note(
            "zone_eligibilite",
            _("« %(codes)s » : zone hors de France ou inconnue, laissée de côté."),
            code="zone",
            codes=", ".join(abroad)[:200],
        )
    return list(dict.fromkeys(code for code in codes if code not in abroad))
