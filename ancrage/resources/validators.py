"""What a resource may say: one place for pages, API and imports."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from ancrage.kit.contacts import looks_like_a_person
from ancrage.resources.enums import ResourceKind

MAX_QUANTITY = 500
# A date further than that is a slip of the year.
YEARS_BACK = 5
YEARS_AHEAD = 12

# The longest each text may be, in characters; a test holds them to the columns.
LENGTHS: Mapping[str, int] = {
    "title": 160,
    "reference": 60,
    "days": 160,
    "description": 6000,
    "contact_email": 254,
}


def validate_facts(facts: Mapping[str, Any], *, on: date) -> None:
    """Refuse facts that cannot stand, every reason beside its field.

    `on` is today: it bounds the years that a slip of the keyboard would give.
    """
    reasons: dict[str, Any] = {}
    if not facts["title"]:
        reasons["title"] = _("Donnez un intitulé à cette ressource.")
    if facts["kind"] not in ResourceKind.values:
        reasons["kind"] = _("Choisissez la nature de la ressource.")
    if not 1 <= facts["quantity"] <= MAX_QUANTITY:
        reasons["quantity"] = _("Le nombre va de 1 à 500.")
    fte = facts["fte_hundredths"]
    if fte is not None and not 1 <= fte <= 100:
        reasons["fte_hundredths"] = _("La quotité va de 1 à 100 %.")
    for name, longest in LENGTHS.items():
        if len(facts[name]) > longest:
            reasons[name] = ValidationError(
                _("Ce texte est trop long : %(longest)d signes au plus."),
                params={"longest": longest},
            )
    _check_days(facts, reasons, on=on)
    if facts["contact_email"]:
        _check_mailbox(facts["contact_email"], reasons)
    if reasons:
        raise ValidationError(reasons)


def _check_days(facts: Mapping[str, Any], reasons: dict[str, Any], *, on: date) -> None:
    first, last = facts["available_from"], facts["available_to"]
    if not on.year - YEARS_BACK <= first.year <= on.year + YEARS_AHEAD:
        reasons["available_from"] = _("Cette date est très loin d’aujourd’hui : vérifiez l’année.")
    if last is None:
        return
    if last < first:
        reasons["available_to"] = _("La fin ne peut pas précéder le début.")
    elif last.year > on.year + YEARS_AHEAD:
        reasons["available_to"] = _("Cette fin est très loin d’aujourd’hui : vérifiez l’année.")


def _check_mailbox(address: str, reasons: dict[str, Any]) -> None:
    try:
        validate_email(address)
    except ValidationError:
        reasons["contact_email"] = _("Cette adresse n’est pas complète : service@exemple.fr.")
        return
    if looks_like_a_person(address):
        reasons["contact_email"] = _(
            "Cette adresse semble être celle d’une personne : donnez la boîte d’un service."
        )
