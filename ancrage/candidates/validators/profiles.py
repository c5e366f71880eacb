"""What a profile may say."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from ancrage.candidates.enums import DiplomaState, Experience, RegistrationState
from ancrage.professions.enums import ContractKind

# Computed once: a file of 20,000 people is judged with them.
_CONTRACTS = frozenset(ContractKind.values)
_DIPLOMAS = frozenset(DiplomaState.values)
_EXPERIENCES = frozenset(Experience.values)
_REGISTRATIONS = frozenset(RegistrationState.values)

YEARS_BACK = 1
YEARS_AHEAD = 6
MAX_PROFESSIONS = 6
MAX_KM = 1000
MAX_MINUTES = 240

# The longest each text may be, in characters; a test holds them to the columns.
LENGTHS: Mapping[str, int] = {
    "first_name": 80,
    "last_name": 80,
    "email": 254,
    "information_proof": 300,
    "employer_name": 160,
    "note": 4000,
}


def validate_profile(facts: Mapping[str, Any], *, on: date) -> None:
    """Refuse facts that cannot stand, every reason beside its field. `on` is today.

    `facts` may be a part of a profile: what is absent is not judged.
    """
    reasons: dict[str, Any] = {}
    for name, longest in LENGTHS.items():
        if len(facts.get(name) or "") > longest:
            reasons[name] = ValidationError(
                _("Ce texte est trop long : %(longest)d signes au plus."),
                params={"longest": longest},
            )
    _check_identity(facts, reasons)
    _check_wishes(facts, reasons, on=on)
    if "professions" in facts:
        _check_professions(facts["professions"], reasons)
    if reasons:
        raise ValidationError(reasons)


def validate_information(proof: str) -> None:
    """Refuse too long an account of how people were told that they were entered."""
    longest = LENGTHS["information_proof"]
    if len(proof) > longest:
        sentence = _("Ce texte est trop long : %(longest)d signes au plus.")
        reason = ValidationError(sentence, params={"longest": longest})
        raise ValidationError({"information_proof": reason})


def _check_identity(facts: Mapping[str, Any], reasons: dict[str, Any]) -> None:
    if "last_name" in facts and not facts["last_name"]:
        reasons["last_name"] = _("Indiquez le nom.")
    if facts.get("email"):
        try:
            validate_email(facts["email"])
        except ValidationError:
            reasons["email"] = _("Cette adresse n’est pas complète : prenom.nom@exemple.fr.")
    if "email" in facts and "phone" in facts and not facts["email"] and not facts["phone"]:
        reasons["email"] = _(
            "Indiquez une adresse électronique ou un téléphone, pour que l’on vous réponde."
        )


def _check_wishes(facts: Mapping[str, Any], reasons: dict[str, Any], *, on: date) -> None:
    if facts.get("experience") and facts["experience"] not in _EXPERIENCES:
        reasons["experience"] = _("Choisissez une tranche d’expérience.")
    unknown = [kind for kind in facts.get("contracts", ()) if kind not in _CONTRACTS]
    if unknown:
        reasons["contracts"] = _("Choisissez les contrats dans la liste.")
    _check_range(facts, reasons, "fte_min_hundredths", 1, 100, _("La quotité va de 1 à 100 %."))
    _check_range(facts, reasons, "fte_max_hundredths", 1, 100, _("La quotité va de 1 à 100 %."))
    low, high = facts.get("fte_min_hundredths"), facts.get("fte_max_hundredths")
    if low and high and low > high and "fte_max_hundredths" not in reasons:
        reasons["fte_max_hundredths"] = _("Le plus est au-dessous du moins.")
    _check_range(facts, reasons, "reach_km", 0, MAX_KM, _("La distance va de 0 à 1 000 km."))
    _check_range(
        facts, reasons, "reach_minutes", 1, MAX_MINUTES, _("Le trajet va de 1 à 240 minutes.")
    )
    first, last = facts.get("available_from"), facts.get("available_until")
    far = _("Cette date est très loin d’aujourd’hui : vérifiez l’année.")
    if first and not on.year - YEARS_BACK <= first.year <= on.year + YEARS_AHEAD:
        reasons["available_from"] = far
    if last and not on.year - YEARS_BACK <= last.year <= on.year + YEARS_AHEAD:
        reasons["available_until"] = far
    elif first and last and last < first:
        reasons["available_until"] = _("La fin de disponibilité précède son début.")


def _check_range(
    facts: Mapping[str, Any],
    reasons: dict[str, Any],
    name: str,
    least: int,
    most: int,
    sentence: Any,
) -> None:
    value = facts.get(name)
    if value is not None and not least <= value <= most:
        reasons[name] = sentence


def _check_professions(rows: Sequence[Mapping[str, Any]], reasons: dict[str, Any]) -> None:
    professions = [row["profession"] for row in rows]
    if not rows:
        reasons["professions"] = _("Indiquez au moins un métier, exercé ou visé.")
    elif len(rows) > MAX_PROFESSIONS:
        reasons["professions"] = ValidationError(
            _("Un profil compte au plus %(most)d métiers."), params={"most": MAX_PROFESSIONS}
        )
    elif len({profession.pk for profession in professions}) < len(professions):
        reasons["professions"] = _("Le même métier est écrit deux fois.")
    for row in rows:
        specialty = row.get("specialty")
        if specialty is not None and specialty.profession_id != row["profession"].pk:
            reasons["professions"] = _("Cette spécialité est celle d’un autre métier.")
        if row.get("diploma", DiplomaState.UNKNOWN) not in _DIPLOMAS:
            reasons["professions"] = _("Dites où vous en êtes du diplôme.")
        if row.get("registration", RegistrationState.UNKNOWN) not in _REGISTRATIONS:
            reasons["professions"] = _("Dites où vous en êtes de l’inscription.")
