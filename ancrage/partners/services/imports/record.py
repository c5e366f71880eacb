"""One line of a FINESS extract as the platform understands it, whatever its layout.

What is damaged is kept as it came or left out, and always said at its column: never invented.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from ancrage.core.accessibility.lambert import OutsideTheGrid, from_lambert93
from ancrage.kit.imports import ImportRow
from ancrage.kit.tabular.parsers import date_parser, parse_phone
from ancrage.kit.tabular.problems import Guess, Level, Problem
from ancrage.partners.enums import PartnerKind
from ancrage.partners.validators import Identifier, check_finess, check_siret
from ancrage.territory.validators import NotACommuneCode, department_of, normal_insee

_STRUCTURE, _POSITION = "structureet", "geolocalisation"
_POSTCODE = re.compile(r"(\d{5})\b")
_CEDEX = re.compile(r"\bCEDEX\b.*", re.IGNORECASE)
_FIRST_DAY = date(1600, 1, 1)
_parse_date = date_parser(earliest=_FIRST_DAY)


@dataclass(frozen=True)
class FacilityRecord:
    """A site of the official list. A text is empty, a value None, where the file says nothing."""

    finess_et: str
    finess_ej: str
    name: str
    category: str
    insee: str
    town: str
    siret: Identifier
    address: str
    postcode: str
    phone: str
    opened_on: date | None
    latitude: float | None
    longitude: float | None
    status: str
    version: str


@dataclass(frozen=True)
class PositionRecord:
    """Where a site stands: the second kind of line of the geolocated file."""

    finess_et: str
    latitude: float
    longitude: float


def is_heading(row: ImportRow) -> bool:
    """Say whether the line is the first of the historical file, which names it."""
    return row.raw["line_type"].strip().casefold() == "finess"


def is_position(row: ImportRow) -> bool:
    """Say whether the line gives coordinates only."""
    return row.raw["line_type"].strip().casefold() == _POSITION


def is_foreign(row: ImportRow) -> bool:
    """Say whether the line is of a type that this import does not read."""
    return row.raw["line_type"].strip().casefold() not in ("", _STRUCTURE)


def position_of(row: ImportRow) -> PositionRecord | None:
    """Read a line of coordinates: number, X, Y and source stand in the first columns."""
    finess = check_finess(row.raw["nofinesset"])
    point = _point(row, "nofinessej", "rs", "rslongue")
    if not finess.is_usable or point is None:
        return None
    return PositionRecord(finess.value, *point)


def record_of(row: ImportRow) -> FacilityRecord | None:
    """Read a line of a site; None when it has no usable number, which is then said."""
    finess = _own_number(row)
    insee = _insee(row)
    name = _one_line(row, "rslongue") or _one_line(row, "rs")
    if not name:
        row.error("rs", _("Ce site n’a pas de nom : complétez la raison sociale."))
    siret, phone, opened_on = _siret(row), _phone(row), _opened_on(row)
    point = _point(row, "coordx", "coordy", "sourcecoordet") or (None, None)
    postcode = _POSTCODE.match(_one_line(row, "codepostal") or _one_line(row, "ligneacheminement"))
    if finess is None:
        return None
    return FacilityRecord(
        finess_et=finess,
        finess_ej=_legal_number(row),
        name=name[:200],
        category=_one_line(row, "categetab"),
        insee=insee,
        town=_town(row),
        siret=siret,
        address=_address(row)[:200],
        postcode=postcode[1] if postcode else "",
        phone=phone,
        opened_on=opened_on,
        latitude=point[0],
        longitude=point[1],
        status=_one_line(row, "libsph"),
        version=_one_line(row, "datemaj")[:40],
    )


def kind_of(record: FacilityRecord) -> PartnerKind:
    """Return the likeliest nature of the body that runs a site: its sheet says to check it."""
    status = record.status.casefold()
    if "public" in status:
        health = "santé" in status or "sante" in status
        return PartnerKind.PUBLIC_HOSPITAL if health else PartnerKind.PUBLIC_CARE_HOME
    if "intérêt collectif" in status or "non lucratif" in status:
        return PartnerKind.ASSOCIATION
    return PartnerKind.PRIVATE


def _one_line(row: ImportRow, code: str) -> str:
    return " ".join(row.raw[code].split())


def _own_number(row: ImportRow) -> str | None:
    checked = check_finess(row.raw["nofinesset"])
    if not checked.raw.strip():
        row.error("nofinesset", _("Le numéro FINESS du site manque : c’est lui qui le désigne."))
        return None
    if not checked.is_usable:
        row.error(
            "nofinesset", checked.problem, checked.suggestion, code="identifier", **checked.facts
        )
        return None
    _say(row, "nofinesset", checked)
    return checked.value


def _legal_number(row: ImportRow) -> str:
    checked = check_finess(row.raw["nofinessej"])
    _say(row, "nofinessej", checked)
    return checked.value


def _siret(row: ImportRow) -> Identifier:
    checked = check_siret(row.raw["siret"])
    _say(row, "siret", checked)
    return checked


def _say(row: ImportRow, code: str, checked: Identifier) -> None:
    if checked.problem:
        row.note(code, checked.problem, checked.suggestion, code="identifier", **checked.facts)


def _insee(row: ImportRow) -> str:
    """The INSEE code: given whole, or built from the department and the number in it."""
    code = "cog" if _one_line(row, "cog") else "commune"
    written, department = _one_line(row, code), _one_line(row, "departement")
    try:
        insee = normal_insee(written, department=department)
    except NotACommuneCode:
        row.error(
            code,
            _("Code commune illisible : « %(written)s » dans le département « %(department)s »."),
            code="commune",
            written=written,
            department=department,
        )
        return ""
    if insee != written:
        row.note(
            code,
            _("Code « %(written)s » du département %(department)s lu %(insee)s."),
            code="insee_rebuilt",
            written=written,
            department=department or department_of(insee),
            insee=insee,
        )
    return insee


def _phone(row: ImportRow) -> str:
    text = _one_line(row, "telephone")
    return str(_leniently(row, "telephone", parse_phone(text) if text else None) or "")


def _opened_on(row: ImportRow) -> date | None:
    text = _one_line(row, "dateouv")
    parsed = _parse_date(text) if text else None
    if isinstance(parsed, Problem) and parsed.code == "placeholder":
        row.note(
            "dateouv",
            _("%(date)s est une date de remplissage : la date d’ouverture reste vide."),
            code="placeholder",
            date=text,
        )
        return None
    day = _leniently(row, "dateouv", parsed)
    return day if isinstance(day, date) else None


def _leniently(row: ImportRow, code: str, parsed: Any) -> Any:
    """The value read, if any: whatever is wrong with it is said and keeps no line out."""
    if isinstance(parsed, Guess):
        row.add(code, _as_note(parsed.problem))
        return parsed.value
    if isinstance(parsed, Problem):
        row.add(code, _as_note(parsed))
        return None
    return parsed


def _as_note(problem: Problem) -> Problem:
    facts: Mapping[str, Any] = problem.facts
    return Problem(problem.message, problem.suggestion, Level.NOTE, problem.code, facts)


def _point(row: ImportRow, x: str, y: str, source: str) -> tuple[float, float] | None:
    written = (_one_line(row, x), _one_line(row, y))
    if not all(written):
        return None
    projection = _one_line(row, source).upper()
    if projection and "LAMBERT" not in projection:
        row.note(x, _("Coordonnées d’une autre projection que Lambert 93 : laissées de côté."))
        return None
    try:
        east, north = (float(text.replace(",", ".")) for text in written)
        point = from_lambert93(east, north)
    except (ValueError, OutsideTheGrid):
        row.note(
            x,
            _("Coordonnées illisibles ou hors métropole (%(x)s ; %(y)s) : laissées de côté."),
            code="point",
            x=written[0],
            y=written[1],
        )
        return None
    return round(point.latitude, 6), round(point.longitude, 6)


def _address(row: ImportRow) -> str:
    street = " ".join(
        part
        for code in ("numvoie", "typvoie", "voie", "compvoie")
        if (part := _one_line(row, code))
    )
    parts = (_one_line(row, "compldistrib"), street, _one_line(row, "lieuditbp"))
    return ", ".join(part for part in parts if part)


def _town(row: ImportRow) -> str:
    return _CEDEX.sub("", _POSTCODE.sub("", _one_line(row, "ligneacheminement"))).strip()
