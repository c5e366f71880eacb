"""The reference of professions and specialties, typed by hand from public nomenclatures."""

from datetime import date

from ancrage.professions.reference.administration import ADMINISTRATION
from ancrage.professions.reference.care import CARE
from ancrage.professions.reference.medical import MEDICAL
from ancrage.professions.reference.nursing import NURSING
from ancrage.professions.reference.rehabilitation import REHABILITATION
from ancrage.professions.reference.shapes import ProfessionRow, SpecialtyRow
from ancrage.professions.reference.social import SOCIAL
from ancrage.professions.reference.specialties import SPECIALTIES
from ancrage.professions.reference.technical import TECHNICAL

SOURCE = "France Travail (ROME), ANS (TRE_G15, R94, R95, R38), Dares (FAP 2009), Insee (PCS-ESE)"
# The version that rows carry; the dates are those of the nomenclatures that were read.
VERSION = "ROME 4.60 · TRE R38 1.1.0"
READ_ON = date(2026, 8, 22)

PROFESSIONS: tuple[ProfessionRow, ...] = (
    *MEDICAL,
    *NURSING,
    *CARE,
    *TECHNICAL,
    *REHABILITATION,
    *SOCIAL,
    *ADMINISTRATION,
)

__all__ = [
    "PROFESSIONS",
    "READ_ON",
    "SOURCE",
    "SPECIALTIES",
    "VERSION",
    "ProfessionRow",
    "SpecialtyRow",
]
