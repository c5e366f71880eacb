"""The facts of a need as services take them, and what is derived from them."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from ancrage.kit.life import editing
from ancrage.kit.text import words
from ancrage.needs.models import LegalPublication, PracticeSheet
from ancrage.needs.validators import (
    WORDED,
    validate_facts,
    validate_practice,
    validate_publication,
    wording_remarks,
)
from ancrage.partners.models import Facility, Partner
from ancrage.professions.models import Profession, Specialty
from ancrage.territory.models import Commune


class OptionalFacts(TypedDict, total=False):
    """What may be said of a need later. FTE in hundredths, pay in cents."""

    facility: Facility | None
    unit: str
    reference: str
    specialty: Specialty | None
    positions: int
    fte_hundredths: int
    reason: str
    start_precision: str
    ends_on: date | None
    urgency: int
    works_days: bool
    works_nights: bool
    works_12h: bool
    works_weekends: bool
    pay_min_cents: int | None
    pay_max_cents: int | None
    pay_period: str
    pay_note: str
    housing_offered: bool
    description: str
    contact_email: str
    contact_phone: str
    audience: str


class NeedFacts(OptionalFacts, total=False):
    """Everything said of a need; the first four are what makes one."""

    profession: Profession
    commune: Commune
    contract: str
    starts_on: date


class PracticeFacts(TypedDict, total=False):
    """What is said of a practice. Rent in cents a month."""

    patients: int | None
    days: str
    home_visits_per_week: int | None
    rent_cents: int | None
    partners_count: int | None
    legal_form: str
    software: str
    secretariat: str
    retrocession_percent: int | None
    room_for_couple: bool
    note: str


class PublicationFacts(TypedDict, total=False):
    """What a public employer must publish, and where that stands."""

    branch: str
    is_creation: bool
    category: str
    corps_grade: str
    authority: str
    missions: str
    conditions: str
    address: str
    apply_before: date | None
    published_on: date | None
    reference: str


REQUIRED = ("profession", "commune", "contract", "starts_on")
FACTS: tuple[str, ...] = (*NeedFacts.__annotations__,)
PRACTICE: tuple[str, ...] = (*PracticeFacts.__annotations__,)
PUBLICATION: tuple[str, ...] = (*PublicationFacts.__annotations__,)
# Texts of the joined sheets that candidates read.
_PRACTICE_WORDED = ("note",)
_PUBLICATION_WORDED = ("missions", "conditions")


def facts_of(row: Model, names: tuple[str, ...] = FACTS) -> dict[str, Any]:
    """Return the facts a row holds, or those a new one starts from."""
    return editing.facts_of(row, names)


def check_need(
    facts: Mapping[str, Any], *, partner: Partner, on: date, start_is_new: bool = True
) -> None:
    """Refuse facts that cannot stand, with the reasons by field."""
    validate_facts(facts, on=on, start_is_new=start_is_new)
    facility = facts["facility"]
    if facility is not None and facility.partner_id != partner.pk:
        raise ValidationError(
            {"facility": _("Cet établissement n’appartient pas à la structure choisie.")}
        )


def check_sheets(
    practice: Mapping[str, Any] | None, publication: Mapping[str, Any] | None
) -> None:
    """Refuse a practice sheet or a legal publication that cannot stand."""
    if practice is not None:
        validate_practice(practice)
    if publication is not None:
        validate_publication(publication)


def search_text(facts: Mapping[str, Any], *, partner: Partner) -> str:
    """Return the folded words by which a need is found.

    Both languages and every known spelling of the profession, its specialty, the structure,
    the site, the commune, the unit, the reference and the description.
    """
    profession, specialty, facility = facts["profession"], facts["specialty"], facts["facility"]
    parts = [
        profession.label_fr,
        profession.label_en,
        profession.search,
        specialty.label_fr if specialty else "",
        partner.name,
        partner.short_name,
        facility.name if facility else "",
        facts["commune"].name,
        facts["unit"],
        facts["reference"],
        facts["description"],
    ]
    return " ".join(word for part in parts for word in words(part))


def wording_flags(
    facts: Mapping[str, Any],
    practice: PracticeSheet | Mapping[str, Any] | None = None,
    publication: LegalPublication | Mapping[str, Any] | None = None,
) -> str:
    """Return the codes of the wording rules that the texts trip, joined by spaces."""
    remarks = [
        *wording_remarks(facts, WORDED),
        *wording_remarks(_mapping(practice), _PRACTICE_WORDED),
        *wording_remarks(_mapping(publication), _PUBLICATION_WORDED),
    ]
    return " ".join(sorted({remark.code.removeprefix("wording.") for remark in remarks}))


def _mapping(
    sheet: PracticeSheet | LegalPublication | Mapping[str, Any] | None,
) -> Mapping[str, Any]:
    if sheet is None:
        return {}
    return sheet if isinstance(sheet, Mapping) else vars(sheet)
