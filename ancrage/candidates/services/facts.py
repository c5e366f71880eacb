"""The facts of a profile as pages and imports give them, and how they are kept."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from ancrage.candidates.enums import DiplomaState, RegistrationState, RppsState
from ancrage.candidates.models import Candidate, CandidateProfession
from ancrage.candidates.models.profiles import name_key_of
from ancrage.candidates.queries.directory import Directory, directory_of
from ancrage.candidates.validators import validate_profile
from ancrage.kit.contacts import normalise_phone
from ancrage.partners.models import Partner
from ancrage.partners.validators import normalise, validate_own_rpps
from ancrage.professions.enums import ContractKind, Registration
from ancrage.professions.models import Profession, Specialty
from ancrage.territory.models import Commune


class ProfessionFacts(TypedDict, total=False):
    """One profession of a person. The first of a list is the main one."""

    profession: Profession
    specialty: Specialty | None
    diploma: str
    registration: str


class CandidateFacts(TypedDict, total=False):
    """What a profile says; an absent key leaves the fact as it is."""

    first_name: str
    last_name: str
    email: str
    phone: str
    commune: Commune | None
    rpps: str
    experience: str
    available_from: date | None
    available_until: date | None
    contracts: Sequence[str]
    fte_min_hundredths: int | None
    fte_max_hundredths: int | None
    works_days: bool
    works_nights: bool
    works_12h: bool
    works_weekends: bool
    reach_km: int | None
    reach_minutes: int | None
    employer: Partner | None
    employer_name: str
    shown_to_employer: bool
    note: str
    professions: Sequence[ProfessionFacts]


COLUMNS = tuple(name for name in CandidateFacts.__annotations__ if name != "professions")
_TEXTS = ("first_name", "last_name", "email", "employer_name", "note")


def facts_of(candidate: Candidate) -> CandidateFacts:
    """Return what a profile says now. One query, for the professions."""
    facts: dict[str, Any] = {name: getattr(candidate, name) for name in COLUMNS}
    facts["professions"] = [
        {
            "profession": row.profession,
            "specialty": row.specialty,
            "diploma": row.diploma,
            "registration": row.registration,
        }
        for row in candidate.professions.select_related("profession", "specialty").order_by(
            "-is_main", "pk"
        )
    ]
    return CandidateFacts(**facts)  # type: ignore[typeddict-item]


def checked(facts: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """Return the facts bare and in one writing. Raises ValidationError, reasons by field."""
    clean = dict(facts)
    reasons: dict[str, Any] = {}
    for name in _TEXTS:
        if name in clean:
            clean[name] = " ".join(str(clean[name]).split()) if name != "note" else clean[name]
    if clean.get("email"):
        clean["email"] = clean["email"].strip().lower()
    if clean.get("phone"):
        try:
            clean["phone"] = normalise_phone(clean["phone"])
        except ValidationError as refusal:
            reasons["phone"] = refusal
    if clean.get("rpps"):
        try:
            validate_own_rpps(clean["rpps"])
            clean["rpps"] = normalise(clean["rpps"])
        except ValidationError as refusal:
            reasons["rpps"] = refusal
    if "contracts" in clean:
        wanted = set(clean["contracts"])
        known = [kind for kind in ContractKind.values if kind in wanted]
        clean["contracts"] = [*known, *sorted(wanted - set(known))]
    try:
        validate_profile(clean, on=on)
    except ValidationError as refusal:
        reasons = {**refusal.error_dict, **reasons}
    if reasons:
        raise ValidationError(reasons)
    return clean


def checked_whole(facts: Mapping[str, Any], *, on: date) -> dict[str, Any]:
    """Return the facts of a new profile as `checked` does: what it needs has to be there."""
    needed: dict[str, Any] = {"last_name": "", "email": "", "phone": "", "professions": []}
    return checked({**needed, **facts}, on=on)


def apply_columns(
    candidate: Candidate, facts: Mapping[str, Any], *, directory: Directory | None = None
) -> list[str]:
    """Set the columns of `facts` on a profile, unsaved; return the names that changed.

    `directory` knows the number of the facts, where many profiles are written at once.
    """
    changed = [
        name for name in COLUMNS if name in facts and getattr(candidate, name) != facts[name]
    ]
    for name in changed:
        setattr(candidate, name, facts[name])
    if {"first_name", "last_name"} & {*changed}:
        candidate.name_key = name_key_of(candidate.first_name, candidate.last_name)
    if "commune" in changed:
        commune = candidate.commune
        candidate.zone_id = commune.epci_id if commune else None
        candidate.latitude = commune.latitude if commune else None
        candidate.longitude = commune.longitude if commune else None
    if {"rpps", "first_name", "last_name"} & {*changed}:
        known = directory or directory_of([candidate.rpps])
        candidate.rpps_state = (
            known.state_of(candidate.rpps, name_key=candidate.name_key)
            if candidate.rpps
            else RppsState.NONE
        )
    return changed


def new_professions(
    candidate: Candidate, rows: Sequence[ProfessionFacts]
) -> list[CandidateProfession]:
    """Return, unsaved, the professions of a new profile, the main one first."""
    return [
        CandidateProfession(candidate=candidate, **_profession_values(row, is_main=rank == 0))
        for rank, row in enumerate(rows)
    ]


@transaction.atomic
def write_professions(candidate: Candidate, rows: Sequence[ProfessionFacts]) -> bool:
    """Make the professions of a profile those of `rows`, in their order; say if any changed."""
    wanted = [_profession_values(row, is_main=rank == 0) for rank, row in enumerate(rows)]
    held = {row.profession_id: row for row in candidate.professions.order_by("pk")}
    before = [_held_values(row) for row in sorted(held.values(), key=lambda one: not one.is_main)]
    if before == [{**one, "profession": one["profession"].pk} for one in wanted]:
        return False
    candidate.professions.exclude(profession__in=[one["profession"].pk for one in wanted]).delete()
    # First none is the main one: the constraint holds at every statement.
    candidate.professions.update(is_main=False)
    for values in reversed(wanted):
        row = held.get(values["profession"].pk) or CandidateProfession(candidate=candidate)
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return True


def _profession_values(row: ProfessionFacts, *, is_main: bool) -> dict[str, Any]:
    profession = row["profession"]
    needs_none = profession.registration in (Registration.NONE, Registration.REGULATED)
    usual = RegistrationState.NOT_REQUIRED if needs_none else RegistrationState.UNKNOWN
    return {
        "profession": profession,
        "specialty": row.get("specialty"),
        "diploma": row.get("diploma") or DiplomaState.UNKNOWN,
        "registration": row.get("registration") or usual,
        "is_main": is_main,
    }


def _held_values(row: CandidateProfession) -> dict[str, Any]:
    return {
        "profession": row.profession_id,
        "specialty": row.specialty,
        "diploma": row.diploma,
        "registration": row.registration,
        "is_main": row.is_main,
    }
