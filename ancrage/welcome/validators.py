"""What the terms of a welcome may say: one place for pages, API and imports."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from opening_hours import OpeningHours, ParserError  # type: ignore[attr-defined]

from ancrage.welcome.enums import WelcomeKind
from ancrage.welcome.reference import THEMES

LONGEST_AGE_MONTHS = 18 * 12
DEAREST_CENTS = 1_000_000
YEARS_AHEAD = 3
_DAY_MINUTES = 24 * 60
# A commune, a department, a group of communes (SIREN); « france » is an area left empty.
_AREA = re.compile(r"[0-9AB]{5}|[0-9]{2}|2[AB]|97[1-6]|[0-9]{9}")


def validate_terms(facts: Mapping[str, Any]) -> None:
    """Refuse terms that cannot stand, every reason beside its field."""
    reasons: dict[str, Any] = {}
    if facts["kind"] not in WelcomeKind.values:
        reasons["kind"] = _("Dites à quoi sert cette offre.")
    unknown = sorted(set(facts["themes"]) - THEMES)
    if unknown:
        reasons["themes"] = ValidationError(
            _("« %(theme)s » n’est pas une thématique connue."), params={"theme": unknown[0]}
        )
    strange = [code for code in facts["area"] if not _AREA.fullmatch(code)]
    if strange:
        reasons["area"] = ValidationError(
            _("« %(code)s » n’est le code ni d’une commune, ni d’un département, ni d’un EPCI."),
            params={"code": strange[0]},
        )
    price = facts["price_cents"]
    if price is not None and not 0 <= price <= DEAREST_CENTS:
        reasons["price_cents"] = _("Le prix va de 0 à 10 000 € par mois.")
    _check_ages(facts, reasons)
    if facts["opening_hours"]:
        try:
            validate_opening_hours(facts["opening_hours"])
        except ValidationError as error:
            reasons["opening_hours"] = error
    if reasons:
        raise ValidationError(reasons)


def validate_opening_hours(text: str) -> None:
    """Refuse hours that the notation of OpenStreetMap does not read."""
    try:
        OpeningHours(text)
    except ParserError:
        raise ValidationError(
            _(
                "Ces horaires ne se lisent pas. Écrivez-les comme « Mo-Fr 06:00-22:00 » (du lundi"
                " au vendredi de 6 h à 22 h) ; les jours sont Mo, Tu, We, Th, Fr, Sa, Su."
            ),
            code="opening_hours",
        ) from None


def _check_ages(facts: Mapping[str, Any], reasons: dict[str, Any]) -> None:
    youngest, oldest = facts["age_from_months"], facts["age_to_months"]
    for name, age in (("age_from_months", youngest), ("age_to_months", oldest)):
        if age is not None and not 0 <= age <= LONGEST_AGE_MONTHS:
            reasons[name] = _("L’âge va de 0 à 18 ans.")
    if youngest is not None and oldest is not None and oldest < youngest:
        reasons["age_to_months"] = _("L’âge maximal ne peut pas être sous l’âge minimal.")


def validate_project(facts: Mapping[str, Any], *, on: date) -> None:
    """Refuse a life project that cannot stand, every reason beside its field; `on` is today."""
    reasons: dict[str, Any] = {}
    if not set(facts["needs"]) <= set(WelcomeKind.values):
        reasons["needs"] = _("Choisissez ce que vous cherchez dans la liste.")
    arrives, leaves = facts["arrives_on"], facts["leaves_on"]
    for name, day in (("arrives_on", arrives), ("leaves_on", leaves)):
        if day is not None and not on.year - YEARS_AHEAD <= day.year <= on.year + YEARS_AHEAD:
            reasons[name] = _("Cette date est très loin d’aujourd’hui : vérifiez l’année.")
    if arrives is not None and leaves is not None and leaves < arrives:
        reasons["leaves_on"] = _("Le départ ne peut pas précéder l’arrivée.")
    if not 1 <= facts["adults"] <= 12:
        reasons["adults"] = _("Le foyer compte de 1 à 12 adultes.")
    ages = facts["child_ages"]
    if len(ages) > 12 or not all(0 <= age <= LONGEST_AGE_MONTHS for age in ages):
        reasons["child_ages"] = _("Donnez l’âge de chaque enfant, de 0 à 18 ans.")
    minutes = facts["max_minutes"]
    if minutes is not None and not 1 <= minutes <= 180:
        reasons["max_minutes"] = _("Le trajet accepté va de 1 à 180 minutes.")
    if not all(_is_shift(shift) for shift in facts["shifts"]):
        reasons["shifts"] = _("Un horaire commence et finit dans la même journée de 24 heures.")
    if reasons:
        raise ValidationError(reasons)


def _is_shift(shift: Sequence[int]) -> bool:
    if len(shift) != 3:
        return False
    day, begins, ends = shift
    return 0 <= day <= 6 and 0 <= begins < _DAY_MINUTES and 0 < ends - begins <= _DAY_MINUTES
